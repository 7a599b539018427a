//! Suggestions.

use super::Drawing;
use crate::desk::Reading;
use crate::{
    text::Offsets,
    wire::{
        WireError,
        convert::spans_out,
        page::*,
        suggested::{Suggested, SuggestedAt, suggested},
    },
};

impl Drawing<'_> {
    /// The suggestions of a reading in the order they were made; without `all`, those that are open or overtaken.
    pub fn suggestions(&self, reading: &Reading, all: bool) -> Result<Vec<SuggestionDto>, WireError> {
        if reading.state.suggestions.is_empty() {
            return Ok(Vec::new());
        }
        let (offsets, waiting) = (Offsets::new(&reading.text), reading.state.waiting(reading.revision.id));
        suggested(reading, &waiting, all).iter().map(|s| self.suggestion(s, &offsets)).collect()
    }

    fn suggestion(&self, s: &Suggested, offsets: &Offsets) -> Result<SuggestionDto, WireError> {
        let inner = s.outer.map(|_| Offsets::new(&s.outer_words));
        let edit = |e: &SuggestedAt| SuggestionEditDto {
            spans: spans_out(inner.as_ref().unwrap_or(offsets), &e.spans),
            words: e.words.clone(),
            with: e.with.clone(),
        };
        let (fact, by) = (&s.view.suggestion, self.person(s.view.stamp.by)?);
        let (author, date) = match s.of_file {
            Some((name, date)) => (name.map(str::to_owned), date.map(str::to_owned)),
            None => (Some(by.name.clone()), Some(s.view.stamp.at.to_string())),
        };
        let decision = s.view.decision();
        Ok(SuggestionDto {
            id: s.view.id.to_string(),
            number: self.number(s.view.id.0)?,
            kind: fact.kind.to_string(),
            state: s.state.to_string(),
            revision: self.number(fact.revision.0)?,
            edits: s.edits.iter().map(edit).collect(),
            within: s.outer.map(|o| o.id.to_string()),
            author,
            date,
            of_file: s.of_file.is_some(),
            by,
            decided_by: self.somebody(decision.map(|d| d.stamp.by))?,
            decided_at: decision.map(|d| d.stamp.at.to_string()),
            note: decision.and_then(|d| d.value.note.clone()),
        })
    }
}
