//! Suggestions for the page and for scripts: what both show of one.

use crate::desk::Reading;
use crate::{
    model::{SuggestionState, SuggestionView, Waiting},
    text::Span,
};

/// A suggestion as it is in one revision.
pub struct Suggested<'r> {
    /// The suggestion.
    pub view: &'r SuggestionView,
    /// Its state.
    pub state: SuggestionState,
    /// Its edits.
    pub edits: Vec<SuggestedAt>,
    /// The suggestion in whose added words it waits, if it is not in the text.
    pub outer: Option<&'r SuggestionView>,
    /// The words of all edits of that suggestion, in which its spans count.
    pub outer_words: String,
    /// The name and time in the file it came with.
    pub of_file: Option<(Option<&'r str>, Option<&'r str>)>,
}

/// An edit of a suggestion.
pub struct SuggestedAt {
    /// Where its words are, in bytes of the text or of [`Suggested::outer_words`].
    pub spans: Vec<Span>,
    /// The words that go.
    pub words: String,
    /// The words that come.
    pub with: String,
}

/// The suggestions of a reading in the order they were made; without `all`, those that are open or overtaken.
pub fn suggested<'r>(reading: &'r Reading, waiting: &Waiting<'r>, all: bool) -> Vec<Suggested<'r>> {
    let undecided = |s: SuggestionState| matches!(s, SuggestionState::Open | SuggestionState::Overtaken);
    let wanted = waiting.all().filter(|(_, state)| all || undecided(*state));
    wanted.map(|(view, state)| one(reading, waiting, view, state)).collect()
}

/// One suggestion of a reading.
pub fn one<'r>(
    reading: &'r Reading,
    waiting: &Waiting<'r>,
    view: &'r SuggestionView,
    state: SuggestionState,
) -> Suggested<'r> {
    let (in_text, with) = (waiting.is_in_text(view.id), waiting.words_of(view));
    let outer = view.suggestion.within.filter(|_| state == SuggestionState::Open && !in_text);
    let outer = outer.and_then(|id| reading.state.suggestion(id));
    let (outer_words, inside) = outer.map(|o| waiting.places_within(o, view.id)).unwrap_or_default();
    let places: Vec<(usize, Span)> = if in_text { waiting.places_of(view.id).collect() } else { inside };
    let edits = view.suggestion.edits.iter().zip(with).enumerate();
    let edits = edits.map(|(nth, (edit, with))| SuggestedAt {
        spans: places.iter().filter(|(of, _)| *of == nth).map(|(_, span)| *span).collect(),
        words: edit.words.clone(),
        with,
    });
    let author = view.author.as_ref();
    Suggested {
        view,
        state,
        edits: edits.collect(),
        outer,
        outer_words,
        of_file: author.map(|a| (a.name.as_deref(), a.date.as_deref())),
    }
}
