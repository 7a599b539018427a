//! Import, read and revise an article, and what is typed but not saved.

use super::{
    ClaimRow, Counts, Form, Given, PageForm, PersonDto, QueryDto, SpanDto, SuggestionDto, crossing,
    in_each_form,
};
use crate::messages::Message;

in_each_form! {
    /// A revision that went out verified: its number, when, and who exported it.
    pub struct PublishedDto<F: Form = PageForm> { pub number: i64, pub at: String, pub by: F::Person }

    /// An article's status as it is now.
    pub struct StatusDto<F: Form = PageForm> {
        #[cfg_attr(test, ts(type = "WorkState | null"))]
        pub state: Option<String>,
        pub deadline: Option<String>,
        pub assignee: Option<F::Person>,
    }

    /// How one claim was placed in a revision.
    pub struct PlacementDto<F: Form = PageForm> {
        pub claim: String,
        pub number: i64,
        #[cfg_attr(test, ts(type = "Placement"))]
        pub placement: String,
        #[cfg_attr(test, ts(type = "Standing"))]
        pub standing: String,
        pub context_changed: bool,
        pub spans: Vec<F::Span>,
        pub quote: Option<String>,
        pub was: Option<String>,
        /// What changed, in words.
        pub reasons: Vec<String>,
        /// The same as messages.
        pub reason_messages: Vec<Message>,
    }
}

crossing! {
    /// The details of an article: byline, outlet, date and so on.
    #[derive(Default, Eq)]
    pub struct InfoDto {
        pub byline: Option<String>,
        pub outlet: Option<String>,
        pub date: Option<String>,
        pub time: Option<String>,
        pub zone: Option<String>,
        pub place: Option<String>,
        pub language: Option<String>,
        pub url: Option<String>,
        pub tags: Vec<String>,
        pub hashtags: Vec<String>,
    }

    /// Previews pasted text as an article. `as_is` turns recognition off. `html`: the same with its formatting, which is read
    /// instead.
    pub struct PasteRequest { pub text: String, pub as_is: bool, pub html: Option<String> }

    /// Previews a file whose bytes the page has, in Base64: it was dropped on the page.
    pub struct DroppedRequest { pub name: String, pub base64: String }

    /// Previews a stored import again with other options. `encoding` confirms one, or chooses another; so does `kind` with what
    /// the file is. `changes` says what to do with tracked changes.
    pub struct PreviewRequest {
        pub draft: String,
        pub as_is: bool,
        pub encoding: Option<String>,
        #[cfg_attr(test, ts(type = "ArticleKind | null"))]
        pub kind: Option<String>,
        #[cfg_attr(test, ts(type = "ChangesAs | null"))]
        pub changes: Option<String>,
    }

    /// The preview of an import, to be corrected before it is saved. The desk stores the file itself.
    pub struct Proposal {
        pub draft: String,
        pub name: String,
        pub text: String,
        pub info: InfoDto,
        pub left_out: Vec<LeftOutDto>,
        pub recognised: Vec<RecognisedDto>,
        /// What the file is.
        #[cfg_attr(test, ts(type = "ArticleKind"))]
        pub kind: String,
        /// What is done with its tracked changes.
        #[cfg_attr(test, ts(type = "ChangesAs"))]
        pub changes_as: String,
        /// Its tracked changes, which wait for a decision.
        pub changes: Vec<FileChangeDto>,
        /// Its comments.
        pub comments: Vec<FileCommentDto>,
        /// Its links.
        pub links: Vec<FileLinkDto>,
        /// Its pictures.
        pub pictures: Vec<FilePictureDto>,
        pub encoding: String,
        pub as_is: bool,
        /// The encodings it can be read in.
        pub encodings: Vec<String>,
        /// True if the encoding is not certain. The text is read in the likely one, and the user confirms it or chooses another.
        pub needs_encoding: bool,
        /// The article that was imported from the same bytes, if there is one.
        pub existing: Option<String>,
    }

    /// A line of the input that is not in the text as written, and why.
    pub struct LeftOutDto {
        pub line: usize,
        pub text: String,
        #[cfg_attr(test, ts(type = "LeftOutReason"))]
        pub why: String,
    }

    /// A part of the text that was recognised: headline, standfirst, heading, paragraph ...
    pub struct RecognisedDto {
        #[cfg_attr(test, ts(type = "BlockKind"))]
        pub kind: String,
        pub span: SpanDto,
        /// The line, paragraph or page of the file where it begins.
        pub line: usize,
    }

    /// A tracked change of a file. `words` go, `with` comes.
    pub struct FileChangeDto {
        #[cfg_attr(test, ts(type = "ChangeKind"))]
        pub kind: String,
        pub words: String,
        pub with: String,
        pub author: Option<String>,
        pub date: Option<String>,
    }

    /// A comment in a file. `reply_to` is the index of the comment it answers. `of_claim`: whether it marks a claim of another
    /// desk, or answers one that does.
    pub struct FileCommentDto {
        pub author: Option<String>,
        pub date: Option<String>,
        pub text: String,
        pub quote: String,
        pub reply_to: Option<usize>,
        pub resolved: bool,
        pub of_claim: bool,
    }

    /// A link in a file.
    pub struct FileLinkDto { pub url: String, pub words: String, pub note: Option<String> }

    /// A picture in a file. `bytes`: how long it is, if the file has it.
    pub struct FilePictureDto {
        pub name: String,
        pub bytes: Option<usize>,
        pub alt: Option<String>,
        pub caption: Option<String>,
    }

    /// A picture of an article. `near`: the paragraph that it stood in or after when it came. `file`: the digest of its bytes, and
    /// `bytes` how many they are, if the desk has them.
    pub struct PictureDto {
        pub name: String,
        pub file: Option<String>,
        pub bytes: Option<u64>,
        pub alt: Option<String>,
        pub caption: Option<String>,
        pub near: String,
    }

    /// Shows a stored picture, by the digest of its bytes.
    pub struct PictureRequest { pub digest: String }

    /// A picture as a `data:` address.
    pub struct PictureAnswer { pub address: String }

    /// Saves a previewed import with the user's corrections. `encoding`, `kind` and `changes` are those of the preview.
    pub struct ConfirmRequest {
        pub draft: String,
        pub text: String,
        pub info: InfoDto,
        pub again: bool,
        /// Whether it was read as it is.
        #[serde(default)]
        #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
        pub as_is: bool,
        pub encoding: Option<String>,
        #[cfg_attr(test, ts(type = "ArticleKind | null"))]
        pub kind: Option<String>,
        #[cfg_attr(test, ts(type = "ChangesAs | null"))]
        pub changes: Option<String>,
    }

    /// Deletes a previewed import.
    pub struct DiscardRequest { pub draft: String }

    /// Names an article.
    pub struct ArticleRequest { pub article: String }

    /// Opens an article at a revision, or at the newest.
    pub struct OpenRequest { pub article: String, pub revision: Option<String> }

    /// One revision in the list.
    pub struct RevisionRow {
        pub id: String,
        pub number: i64,
        /// The revision it is based on; for a merge, the one that was the newest then.
        pub parent: Option<String>,
        pub by: PersonDto,
        pub at: String,
        pub note: Option<String>,
        /// The number of the revision whose text it restored.
        pub restores: Option<i64>,
        pub words: usize,
        /// Words inserted and deleted, compared with the revision before.
        pub written: usize,
        pub struck: usize,
    }

    /// An article open on the desk.
    pub struct ArticleView {
        pub id: String,
        pub number: i64,
        pub headline: String,
        pub archived: bool,
        pub revision: RevisionRow,
        /// Whether that is the newest revision: only it can be edited.
        pub newest: bool,
        pub text: String,
        pub info: InfoDto,
        pub counts: Counts,
        /// The live claims in the order of the text, orphans last.
        pub claims: Vec<ClaimRow>,
        /// Queries on the article and its claims.
        pub queries: Vec<QueryDto>,
        /// The suggestions that are open or overtaken, in the order they were made; none in an older revision.
        pub suggestions: Vec<SuggestionDto>,
        /// How many pictures came with it.
        pub pictures: usize,
        pub draft: Option<DraftDto>,
        /// How far the work on it is: checking, with-writer, ready or out; nothing if it is not set.
        #[cfg_attr(test, ts(type = "WorkState | null"))]
        pub state: Option<String>,
        /// The deadline: a day, or a time with its offset from UTC.
        pub deadline: Option<String>,
        /// Who it is assigned to.
        pub assignee: Option<PersonDto>,
        /// How it last went out verified.
        pub published: Option<PublishedDto>,
    }

    /// Sets an article's status. An absent field stays unchanged; null clears it. `assignee` is a person's id; a deadline is
    /// a day, or a time with its offset from UTC.
    pub struct StatusRequest {
        pub article: String,
        #[serde(default)]
        #[cfg_attr(test, ts(optional, type = "WorkState | null"))]
        pub state: Given<String>,
        #[serde(default)]
        #[cfg_attr(test, ts(optional, as = "Option<Option<String>>"))]
        pub deadline: Given<String>,
        #[serde(default)]
        #[cfg_attr(test, ts(optional, as = "Option<Option<String>>"))]
        pub assignee: Given<String>,
    }

    /// Typed text that was not saved.
    pub struct DraftDto {
        pub base: String,
        pub base_number: i64,
        /// Whether `base` is still the newest revision.
        pub current: bool,
        pub text: String,
        /// The composed change set against the base, as CodeMirror writes it in JSON; nothing if it is not known.
        pub changes: Option<serde_json::Value>,
        pub at: String,
    }

    /// Saves typed text as a draft. `changes` is the composed change set to `base`. Instead of the whole text, the page may
    /// send `changes` and `base_digest`, the SHA-256 of the text that the changes were made on.
    pub struct KeepDraftRequest {
        pub article: String,
        pub base: String,
        pub text: Option<String>,
        pub changes: Option<serde_json::Value>,
        pub base_digest: Option<String>,
    }

    /// Saves typed text as a revision. Fails with the code `revised_elsewhere` if `base` is no longer the newest. `on_top`
    /// saves it anyway, as a revision after the newest.
    pub struct SaveRequest {
        pub article: String,
        pub base: String,
        pub text: String,
        pub changes: Option<serde_json::Value>,
        pub note: Option<String>,
        pub on_top: bool,
    }

    /// A saved revision, and how each live claim was placed in it.
    pub struct Saved { pub revision: RevisionRow, pub placements: Vec<PlacementDto> }

    /// Archives an article or restores it.
    pub struct ArchiveRequest { pub article: String, pub archived: bool }

    /// Changes the details of an article at its newest revision.
    pub struct InfoRequest { pub article: String, pub info: InfoDto }
}
