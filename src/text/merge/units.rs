//! A text as its sentences and the gaps between them. Two sentences are the same if their words and marks are the
//! same, even with different line breaks.

use crate::text::{Span, language, sentences_in};
use std::collections::HashMap;

/// A text cut into sentences.
pub(super) struct CutText<'t> {
    pub text: &'t str,
    /// Where the sentences are.
    pub units: Vec<Span>,
    /// A number for each sentence. The same words have the same number in all texts that are read together.
    pub keys: Vec<usize>,
}

/// Cuts the base and its two edits into sentences. All follow the rules of the base's language.
pub(super) fn read<'t>(base: &'t str, ours: &'t str, theirs: &'t str) -> [CutText<'t>; 3] {
    let lang = language(base);
    let mut known = HashMap::new();
    [base, ours, theirs].map(|text| {
        let units = sentences_in(text, Some(&lang));
        let keys = units.iter().map(|unit| {
            let words: Vec<&str> = unit.of(text).unwrap_or_default().split_whitespace().collect();
            let next = known.len();
            *known.entry(words.join(" ")).or_insert(next)
        });
        CutText { text, keys: keys.collect(), units }
    })
}

impl<'t> CutText<'t> {
    /// The words of a sentence, with its line breaks.
    pub fn words(&self, unit: usize) -> &'t str {
        self.units[unit].of(self.text).unwrap_or_default()
    }

    /// From the start of the first sentence to the end of the last. `None` if there are none.
    pub fn span(&self, units: &std::ops::Range<usize>) -> Option<Span> {
        (!units.is_empty()).then(|| Span::new(self.units[units.start].start, self.units[units.end - 1].end))
    }
}
