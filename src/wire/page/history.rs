//! Revisions compared, the log, and what goes out.

use super::{PersonDto, PlacementDto, RevisionRow, SpanDto, crossing};
use crate::messages::Message;

crossing! {
    /// Compares two revisions, or a revision with a text that is not saved. `to` is the newest where nothing is given.
    pub struct CompareRequest { pub article: String, pub from: String, pub to: Option<String>, pub text: Option<String> }

    /// Two texts side by side and what became of the claims.
    pub struct Comparison {
        pub from: RevisionRow,
        /// Nothing where the newer side is a text that is not saved.
        pub to: Option<RevisionRow>,
        pub old_text: String,
        pub new_text: String,
        /// In reading order.
        pub parts: Vec<PartDto>,
        /// The same change said in statements, weightiest first.
        pub statements: Vec<StatementDto>,
        pub claims: Vec<PlacementDto>,
        pub written: usize,
        pub struck: usize,
        pub moved: usize,
    }

    /// A stretch of a comparison. `kind` is kept (both spans), deleted (old), inserted (new), movedFrom (old), movedTo (new).
    pub struct PartDto {
        pub kind: String,
        pub old: Option<SpanDto>,
        pub new: Option<SpanDto>,
        /// Joins a movedFrom to its movedTo.
        pub pair: Option<usize>,
    }

    /// One line of a change said in statements. `kind` is fact_changed, verdict_fell, orphaned, moved, new_unchecked,
    /// context_changed or info_changed.
    pub struct StatementDto {
        pub kind: String,
        pub text: String,
        pub message: Message,
        pub claim: Option<String>,
        /// Where it is in the newer text, and in the older.
        pub new: Option<SpanDto>,
        pub old: Option<SpanDto>,
    }

    /// Asks for the article as it stood right after an action of its log.
    pub struct ThenRequest { pub article: String, pub action: String }

    /// What an article's claims were worth while a revision was the newest.
    pub struct TimelinePoint {
        pub revision: RevisionRow,
        /// The last action while it was the newest: `article.then` shows the article as it stood then.
        pub until: String,
        pub words: usize,
        pub claims: usize,
        pub checked: usize,
        pub stale: usize,
        pub orphaned: usize,
        pub unchecked: usize,
    }

    /// Asks who wrote the words of a revision, or of the newest.
    pub struct BlameRequest { pub article: String, pub revision: Option<String> }

    /// Words and who first wrote them: the stretches cover the text, in order.
    pub struct AuthoredDto { pub span: SpanDto, pub revision: String, pub number: i64, pub by: PersonDto, pub at: String }

    /// Brings an old revision back as a new one.
    pub struct RestoreRequest { pub article: String, pub revision: String }

    /// Asks what was corrected since a revision, as it stood before the next one; where none is given, since the article
    /// last went out as verified.
    pub struct CorrectionsRequest { pub article: String, pub since: Option<String> }

    /// What was corrected. `since` is nothing where the article has not changed since it went out as verified, or never did.
    pub struct CorrectionsView {
        pub since: Option<String>,
        pub entries: Vec<CorrectionDto>,
        /// The same as Markdown, to publish; empty where there is nothing.
        pub text: String,
    }

    /// One change. `kind` is changed, rated, removed, added or about.
    pub struct CorrectionDto { pub kind: String, pub text: String, pub message: Message, pub why: Option<String>, pub claim: Option<String> }

    /// What an export would leave open or tell.
    pub struct ExportPreview {
        pub name: String,
        pub open: Vec<OpenItem>,
        /// Verdicts that all of their evidence speaks against, and where a withheld name occurs in what would go out.
        pub warnings: Vec<String>,
        /// The same as messages.
        pub warning_messages: Vec<Message>,
        pub withheld: usize,
    }

    /// Something still open. `kind` is unchecked, stale, orphaned, query, no_evidence, disputed, sign_off or coverage.
    pub struct OpenItem { pub kind: String, pub text: String, pub message: Message, pub claim: Option<String>, pub query: Option<String> }

    /// Exports an article to a file that the shell has the user choose. Fails with the code `needs_passphrase` where the
    /// key waits for its passphrase, unless nobody is to sign.
    pub struct ExportRequest {
        pub article: String,
        pub path: String,
        #[serde(default)]
        pub unsigned: bool,
        /// Whether it takes the place of a file that stands there, as a person said.
        #[serde(default)]
        pub replace: bool,
    }

    /// What `verify` says of a file or folder.
    pub struct FindingsDto {
        pub path: String,
        /// bag, bundle, wacz, web-annotation, claim-review, or archive: a zip archive that was refused unread.
        pub kind: String,
        pub complete: bool,
        pub valid: bool,
        /// none, bad, unknown, or the name of who signed it as this desk knows them.
        pub signed: String,
        /// The id of the key it was signed with.
        pub key: Option<String>,
        /// That key, one line, where the desk does not know whose it is.
        pub unknown_key: Option<String>,
        /// The name the bundle itself tells, which proves nothing.
        pub signer_said: Option<String>,
        /// Whether the article counted as verified when it was written; nothing where that is not told.
        pub verified: Option<bool>,
        /// What was open then.
        pub open: Vec<String>,
        /// How far a newer bundle of the same article went that was seen here, where this one is older.
        pub newer_seen: Option<String>,
        pub errors: Vec<FaultDto>,
    }

    /// One fault of a file. `path` is the entry or the field it is about.
    pub struct FaultDto { pub code: String, pub path: Option<String>, pub message: String }

    /// Erases a recorded fact's content.
    pub struct RedactRequest { pub fact: String, pub why: Option<String> }
}
