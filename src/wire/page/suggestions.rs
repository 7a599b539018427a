//! Suggestions: changes that wait for a decision.

use super::{Form, PageForm, Saved, crossing, in_each_form};
use crate::messages::Message;

in_each_form! {
    /// A suggestion.
    pub struct SuggestionDto<F: Form = PageForm> {
        pub id: String,
        pub number: i64,
        /// insert, delete, replace or move.
        #[cfg_attr(test, ts(type = "ChangeKind"))]
        pub kind: String,
        /// open, accepted, rejected, overtaken or moot.
        #[cfg_attr(test, ts(type = "SuggestionState"))]
        pub state: String,
        /// The number of the revision it was made on.
        pub revision: i64,
        pub edits: Vec<SuggestionEditDto<F>>,
        /// The suggestion in whose added words this one waits. The spans of its edits count in the words that the other one adds,
        /// one edit after the other.
        pub within: Option<String>,
        /// Who made it: the name in the file it came with, else the person of the desk.
        pub author: Option<String>,
        /// When it was made: the time in the file, else when it was recorded.
        pub date: Option<String>,
        /// Whether author and date are those of a file. Then nobody of the desk is meant by the name.
        pub of_file: bool,
        /// Who recorded it.
        pub by: F::Person,
        /// Who decided it, when, and the remark; nothing while it waits.
        pub decided_by: Option<F::Person>,
        pub decided_at: Option<String>,
        pub note: Option<String>,
    }

    /// An edit of a suggestion.
    pub struct SuggestionEditDto<F: Form = PageForm> {
        /// Where the words are that go; one empty span where words are only added. Several if words that another suggestion added are
        /// between them: the new words belong to the first. None if the suggestion does not wait.
        pub spans: Vec<F::Span>,
        /// The words that go.
        pub words: String,
        /// The words that come, with what was accepted in them.
        pub with: String,
    }
}

crossing! {

    /// Lists an article's suggestions in the order they were made. Without `all`, those that are open or overtaken.
    pub struct SuggestionsRequest { pub article: String, pub all: bool }

    /// Asks what accepting open suggestions will do to the claims: each alone, or all of them together.
    pub struct SuggestionEffectsRequest { pub article: String, pub suggestions: Vec<String>, pub together: bool }

    /// What accepting does to claims. Claims that are not listed keep their status and sentence.
    pub struct SuggestionEffectsDto {
        /// The suggestion; nothing if it is all of them together.
        pub suggestion: Option<String>,
        pub effects: Vec<SuggestionEffectDto>,
    }

    /// What accepting does to one claim.
    pub struct SuggestionEffectDto {
        pub claim: String,
        pub number: i64,
        #[cfg_attr(test, ts(type = "Standing"))]
        pub now: String,
        #[cfg_attr(test, ts(type = "Standing"))]
        pub then: String,
        /// What changes, as messages.
        pub words: Vec<Message>,
    }

    /// Accepts or rejects suggestions of one article in one action. Fails with the code `not_open` if one does not wait.
    pub struct DecideRequest { pub article: String, pub suggestions: Vec<String>, pub note: Option<String> }

    /// The newest revision after a decision, how each claim is placed in it, and the action, to be undone by its id.
    pub struct DecidedDto { pub saved: Saved, pub action: String }

    /// Suggests changes of the newest revision, each on its own. `changes` is the composed change set against `base`, as CodeMirror writes it
    /// in JSON. Fails with the code `revised_elsewhere` if `base` is no longer the newest revision.
    pub struct SuggestRequest { pub article: String, pub base: String, pub changes: serde_json::Value }

    /// What was suggested, and the action.
    pub struct SuggestedDto { pub suggestions: Vec<SuggestionDto>, pub action: String }
}
