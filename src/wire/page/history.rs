//! Comparisons, the log, corrections, export and verification.

use super::{Form, PageForm, PersonDto, PlacementDto, RevisionRow, SpanDto, crossing, in_each_form};
use crate::messages::Message;

in_each_form! {
    /// A part of a comparison. `kind` is kept (both spans), deleted (old), inserted (new), movedFrom (old), movedTo (new).
    pub struct PartDto<F: Form = PageForm> {
        #[cfg_attr(test, ts(type = "PartKind"))]
        pub kind: String,
        pub old: Option<F::Span>,
        pub new: Option<F::Span>,
        /// The same number in a movedFrom and its movedTo.
        pub pair: Option<usize>,
    }

    /// One statement about a change. `kind` is fact_changed, verdict_fell, orphaned, moved, new_unchecked, context_changed
    /// or info_changed.
    pub struct StatementDto<F: Form = PageForm> {
        #[cfg_attr(test, ts(type = "StatementKind"))]
        pub kind: String,
        pub text: String,
        pub message: Message,
        pub claim: Option<String>,
        /// Its spans in the newer text, and in the older.
        pub new: Option<F::Span>,
        pub old: Option<F::Span>,
    }
}

crossing! {
    /// Compares two revisions, or a revision with a text that is not saved. `to` is the newest by default.
    pub struct CompareRequest { pub article: String, pub from: String, pub to: Option<String>, pub text: Option<String> }

    /// Two texts side by side, and how the claims were placed.
    pub struct Comparison {
        pub from: RevisionRow,
        /// Nothing if the newer side is a text that is not saved.
        pub to: Option<RevisionRow>,
        pub old_text: String,
        pub new_text: String,
        /// In reading order.
        pub parts: Vec<PartDto>,
        /// The same change as statements, the most important first.
        pub statements: Vec<StatementDto>,
        pub claims: Vec<PlacementDto>,
        pub written: usize,
        pub struck: usize,
        pub moved: usize,
    }

    /// Asks for the article as it was right after an action of its log.
    pub struct ThenRequest { pub article: String, pub action: String }

    /// The status of an article's claims while a revision was the newest.
    pub struct TimelinePoint {
        pub revision: RevisionRow,
        /// The last action while it was the newest: `article.then` shows the article as it was then.
        pub until: String,
        pub words: usize,
        pub claims: usize,
        pub checked: usize,
        pub stale: usize,
        pub orphaned: usize,
        pub unchecked: usize,
    }

    /// Asks who wrote the words of a revision, by default the newest.
    pub struct BlameRequest { pub article: String, pub revision: Option<String> }

    /// Words and who first wrote them. Together the spans cover the text, in order.
    pub struct AuthoredDto { pub span: SpanDto, pub revision: String, pub number: i64, pub by: PersonDto, pub at: String }

    /// Restores an old revision as a new one.
    pub struct RestoreRequest { pub article: String, pub revision: String }

    /// Asks what was corrected since a revision, as it was before the next one; by default since the article was last
    /// exported as verified.
    pub struct CorrectionsRequest { pub article: String, pub since: Option<String> }

    /// What was corrected. `since` is nothing if the article has not changed since it was exported as verified, or never
    /// was.
    pub struct CorrectionsView {
        pub since: Option<String>,
        pub entries: Vec<CorrectionDto>,
        /// The same as Markdown, to publish; empty if nothing was corrected.
        pub text: String,
    }

    /// One change. `kind` is changed, rated, removed, added or about.
    pub struct CorrectionDto {
        #[cfg_attr(test, ts(type = "CorrectionKind"))]
        pub kind: String,
        pub text: String,
        pub message: Message,
        pub why: Option<String>,
        pub claim: Option<String>,
    }

    /// What is open, and the warnings, before an export.
    pub struct ExportPreview {
        pub name: String,
        pub open: Vec<OpenItem>,
        /// Warnings: all evidence of a verdict is against it, or a withheld name occurs in what would be exported.
        pub warnings: Vec<String>,
        /// The same as messages.
        pub warning_messages: Vec<Message>,
        pub withheld: usize,
    }

    /// Something still open. `kind` is unchecked, stale, orphaned, query, no_evidence, disputed, sign_off, coverage or versions.
    pub struct OpenItem {
        #[cfg_attr(test, ts(type = "OpenKind"))]
        pub kind: String,
        pub text: String,
        pub message: Message,
        pub claim: Option<String>,
        pub query: Option<String>,
    }

    /// Exports an article to a file that the user chose. Fails with the code `needs_passphrase` if the key needs its
    /// passphrase, unless the bundle is unsigned.
    pub struct ExportRequest {
        pub article: String,
        pub path: String,
        #[serde(default)]
        pub unsigned: bool,
        /// Replace an existing file; a person confirmed it.
        #[serde(default)]
        pub replace: bool,
    }

    /// The result of `verify` for a file or folder.
    pub struct FindingsDto {
        pub path: String,
        /// bag, bundle, wacz, web-annotation, claim-review, or archive: a zip archive that was refused without reading it.
        #[cfg_attr(test, ts(type = "FileKind"))]
        pub kind: String,
        pub complete: bool,
        pub valid: bool,
        /// none, bad, unknown, or the signer's name among the contacts of this desk.
        pub signed: String,
        /// The key ID it was signed with.
        pub key: Option<String>,
        /// That key as one line, if it is not a contact's.
        pub unknown_key: Option<String>,
        /// The signer's name in the bundle itself; it proves nothing.
        pub signer_said: Option<String>,
        /// Whether the article counted as verified when the bundle was written; nothing if that is not stated.
        pub verified: Option<bool>,
        /// What the bundle itself states of that, by the rules of the version that wrote it.
        pub stated_verified: Option<bool>,
        /// What was open at that time.
        pub open: Vec<String>,
        /// If this desk has seen a newer bundle of the same article: the time of its last action.
        pub newer_seen: Option<String>,
        pub errors: Vec<FaultDto>,
    }

    /// A fault of a file. `path` is its entry or field; `said` is what the page shows, `message` the same in English.
    pub struct FaultDto {
        #[cfg_attr(test, ts(type = "FaultCode"))]
        pub code: String,
        pub path: Option<String>,
        pub message: String,
        pub said: Message,
    }

    /// Erases a recorded fact's content.
    pub struct RedactRequest { pub fact: String, pub why: Option<String> }
}
