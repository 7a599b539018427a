//! A text that was written elsewhere, merged with the newest revision.

use super::{RevisionRow, SpanDto, crossing};

crossing! {
    /// Asks what merging a text that was written on the revision `base` would give. The text is sent, or read from `path`.
    pub struct MergeRequest { pub article: String, pub base: String, pub text: Option<String>, pub path: Option<String> }

    /// What it would give. Nothing is recorded.
    pub struct MergeView {
        pub base: RevisionRow,
        /// The newest revision: ours.
        pub newest: RevisionRow,
        pub base_text: String,
        pub our_text: String,
        pub their_text: String,
        /// In reading order.
        pub pieces: Vec<MergePiece>,
        pub conflicts: usize,
    }

    /// A stretch of the merged text: `text` where it stands, `conflict` where a person must decide.
    pub struct MergePiece { pub text: Option<String>, pub conflict: Option<ConflictDto> }

    /// A place where the two sides differ. `index` counts the conflicts from 0: a decision goes by it.
    pub struct ConflictDto { pub index: usize, pub base: VersionDto, pub ours: VersionDto, pub theirs: VersionDto }

    /// What one text has there, and where; nothing where it has nothing there.
    pub struct VersionDto { pub text: String, pub span: Option<SpanDto> }

    /// Saves a merge. `newest` is the newest revision of the proposal; refused with the code `revised_elsewhere` where that
    /// is no longer so, and with `conflicts` where one is undecided.
    pub struct SaveMergeRequest {
        pub article: String,
        pub base: String,
        pub newest: String,
        pub text: String,
        /// One for each conflict, in order.
        pub decisions: Vec<DecisionDto>,
        pub note: Option<String>,
    }

    /// Brings in the bundle at `path`, each conflict as decided. `newest` is the newest revision of the proposal; refused
    /// with the code `revised_elsewhere` where that is no longer so, and with `conflicts` where one is undecided.
    pub struct JoinRequest { pub path: String, pub article: String, pub newest: String, pub decisions: Vec<DecisionDto> }

    /// A decision on a conflict. `take` is base, ours, theirs or words.
    pub struct DecisionDto { pub take: String, pub words: Option<String> }
}
