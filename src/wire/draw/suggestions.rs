//! Suggestions.

use super::Drawing;
use crate::desk::{DeskError, Reading, SuggestionEffect};
use crate::{
    model::{SuggestionState, SuggestionView, Waiting},
    text::{Offsets, Span},
    wire::page::*,
};

impl<F: Form> Drawing<'_, F> {
    /// The suggestions of a reading in the order they were made; without `all`, those that are open or overtaken.
    pub fn suggestions(&self, reading: &Reading, all: bool) -> Result<Vec<SuggestionDto<F>>, DeskError> {
        if reading.state.suggestions.is_empty() {
            return Ok(Vec::new());
        }
        let (offsets, waiting) = (Offsets::new(&reading.text), reading.state.waiting(reading.revision.id));
        let wanted = waiting.all().filter(|(_, state)| all || state.is_undecided());
        wanted.map(|(view, _)| self.suggestion((reading, &offsets), &waiting, view)).collect()
    }

    /// One suggestion of a reading.
    pub fn suggestion(
        &self,
        (reading, offsets): (&Reading, &Offsets),
        waiting: &Waiting,
        view: &SuggestionView,
    ) -> Result<SuggestionDto<F>, DeskError> {
        let (fact, state, in_text) =
            (&view.suggestion, waiting.state_of(view.id), waiting.is_in_text(view.id));
        let outer = fact.within.filter(|_| state == SuggestionState::Open && !in_text);
        let outer = outer.and_then(|id| reading.state.suggestion(id));
        let edits = match outer {
            Some(outer) => {
                let (words, places) = waiting.places_within(outer, view.id);
                edits(waiting, view, &Offsets::new(&words), &places)
            }
            None => edits(waiting, view, offsets, &waiting.places_of(view.id).collect::<Vec<_>>()),
        };
        let by = self.person(view.stamp.by)?;
        let (author, date) = match &view.author {
            Some(author) => (author.name.clone(), author.date.clone()),
            None => (F::name(&by), Some(view.stamp.at.to_string())),
        };
        let decision = view.decision();
        Ok(SuggestionDto {
            id: view.id.to_string(),
            number: self.number(view.id.0)?,
            kind: fact.kind.to_string(),
            state: state.to_string(),
            revision: self.number(fact.revision.0)?,
            edits,
            within: outer.map(|o| o.id.to_string()),
            author,
            date,
            of_file: view.author.is_some(),
            by,
            decided_by: self.somebody(decision.map(|d| d.stamp.by))?,
            decided_at: decision.map(|d| d.stamp.at.to_string()),
            note: decision.and_then(|d| d.value.note.clone()),
        })
    }

    /// What accepting suggestions does to claims.
    pub fn effects(&self, effects: Vec<SuggestionEffect>) -> Result<Vec<SuggestionEffectDto>, DeskError> {
        let one = |e: SuggestionEffect| {
            Ok(SuggestionEffectDto {
                claim: e.claim.to_string(),
                number: self.number(e.claim.0)?,
                now: e.now.to_string(),
                then: e.then.to_string(),
                words: e.words,
            })
        };
        effects.into_iter().map(one).collect()
    }
}

/// The edits of a suggestion. `places`: the number of an edit and the words that go, in the text of `offsets`.
fn edits<F: Form>(
    waiting: &Waiting,
    view: &SuggestionView,
    offsets: &Offsets,
    places: &[(usize, Span)],
) -> Vec<SuggestionEditDto<F>> {
    let edits = view.suggestion.edits.iter().zip(waiting.words_of(view)).enumerate();
    let edits = edits.map(|(nth, (edit, with))| {
        let spans =
            places.iter().filter(|(of, _)| *of == nth).filter_map(|(_, span)| F::span(offsets, *span));
        SuggestionEditDto { spans: spans.collect(), words: edit.words.clone(), with }
    });
    edits.collect()
}
