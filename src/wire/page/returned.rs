//! Word files that come back.

use super::{DecisionDto, MergeView, Saved, crossing};

crossing! {
    /// Asks what a Word file brings to an article: the file at `path`, or the previewed import `draft`. `base` is the revision it was
    /// made on, if a person chose one.
    pub struct ReturnedRequest {
        pub article: String,
        pub path: Option<String>,
        pub draft: Option<String>,
        pub base: Option<String>,
    }

    /// What a Word file brings. Nothing is recorded.
    pub struct ReturnedView {
        /// Whether a desk wrote the file.
        pub is_ours: bool,
        /// How many edits were made without tracking them.
        pub edits: usize,
        /// The merge of these edits with the newest revision.
        pub merge: MergeView,
        /// What becomes suggestions.
        pub suggestions: Vec<ReturnedChangeDto>,
        /// How many of its changes are suggestions here already.
        pub known_suggestions: usize,
        /// How many new changes are in words that such a suggestion adds. They are not taken.
        pub not_taken: usize,
        /// What becomes answers.
        pub answers: Vec<ReturnedCommentDto>,
        /// What becomes queries.
        pub queries: Vec<ReturnedCommentDto>,
        /// Our own comments that are not as they were. Nothing is recorded of them.
        pub ours: Vec<ReturnedOursDto>,
    }

    /// A tracked change of somebody else.
    pub struct ReturnedChangeDto {
        #[cfg_attr(test, ts(type = "ChangeKind"))]
        pub kind: String,
        pub author: Option<String>,
        pub date: Option<String>,
        /// The words that go, and the words that come.
        pub words: String,
        pub with: String,
    }

    /// A new comment or reply.
    pub struct ReturnedCommentDto {
        pub author: Option<String>,
        pub date: Option<String>,
        pub text: String,
        /// The words it is on.
        pub quote: String,
        /// The number of the query it answers.
        pub query: Option<i64>,
        /// The number of the claim it is on.
        pub claim: Option<i64>,
        /// How many replies it has that come with it.
        pub replies: usize,
    }

    /// A comment of ours in the file: of the claim or query with that number.
    pub struct ReturnedOursDto {
        pub claim: Option<i64>,
        pub query: Option<i64>,
        #[cfg_attr(test, ts(type = "\"changed\" | \"gone\" | \"resolved\""))]
        pub what: String,
        pub words: String,
    }

    /// Records what a Word file brings, in one action. `newest` is the newest revision of the view. Fails with the code
    /// `revised_elsewhere` if it no longer is, and with `conflicts` if a conflict is undecided.
    pub struct TakeReturnedRequest {
        pub article: String,
        pub path: Option<String>,
        pub draft: Option<String>,
        pub base: Option<String>,
        pub newest: String,
        /// One decision for each conflict, in order.
        pub decisions: Vec<DecisionDto>,
        pub note: Option<String>,
    }

    /// What was recorded: the newest revision, how each claim is placed in it, and the action, to be undone by its id.
    pub struct TakenReturned {
        pub saved: Saved,
        pub action: String,
        pub suggestions: usize,
        pub answers: usize,
        pub queries: usize,
    }
}
