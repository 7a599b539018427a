//! Merges a text that was written elsewhere with the newest revision.

use super::{RevisionRow, SpanDto, crossing};

crossing! {
    /// Asks for the merge of a text that was written on the revision `base`. The text is sent, or read from `path`.
    pub struct MergeRequest { pub article: String, pub base: String, pub text: Option<String>, pub path: Option<String> }

    /// A proposed merge. Nothing is recorded.
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
        /// Whether the text has almost no words in common with the newest revision.
        pub is_unrelated: bool,
    }

    /// A part of the merged text: `text`, or a `conflict` that a person must decide.
    pub struct MergePiece { pub text: Option<String>, pub conflict: Option<ConflictDto> }

    /// A conflict between the two sides. `index` counts the conflicts from 0; decisions are in this order.
    pub struct ConflictDto { pub index: usize, pub base: VersionDto, pub ours: VersionDto, pub theirs: VersionDto }

    /// The words of one text there, and their span; no span if there are no words.
    pub struct VersionDto { pub text: String, pub span: Option<SpanDto> }

    /// Saves a merge. `newest` is the newest revision of the proposal. Fails with the code `revised_elsewhere` if it no
    /// longer is, and with `conflicts` if a conflict is undecided.
    pub struct SaveMergeRequest {
        pub article: String,
        pub base: String,
        pub newest: String,
        pub text: String,
        /// One decision for each conflict, in order.
        pub decisions: Vec<DecisionDto>,
        pub note: Option<String>,
    }

    /// Imports the bundle at `path` with a decision on each conflict. `newest` is the newest revision of the proposal. Fails
    /// with the code `revised_elsewhere` if it no longer is, and with `conflicts` if a conflict is undecided.
    pub struct JoinRequest { pub path: String, pub article: String, pub newest: String, pub decisions: Vec<DecisionDto> }

    /// A decision on a conflict. `take` is base, ours, theirs or words.
    pub struct DecisionDto {
        #[cfg_attr(test, ts(type = "\"base\" | \"ours\" | \"theirs\" | \"words\""))]
        pub take: String,
        pub words: Option<String>,
    }
}
