//! A figure that changed places with the next one still has the word that it counts: "12 wells and 14 barns", "14 barns and 12
//! wells". It is found by that word.

use super::local::{Word, read_words};
use crate::text::Span;

/// How many letters the word beside a figure must have to tell where the figure is.
const MIN_WEIGHT: i32 = 3;

/// The words directly before and after a claim in its line, by their ids.
pub(super) struct Neighbours {
    before: Option<u64>,
    after: Option<u64>,
}

impl Neighbours {
    /// The neighbours of the claim at `span`.
    pub fn of(text: &str, span: Span) -> Self {
        let line = text[..span.start.0].rfind('\n').map_or(0, |n| n + 1);
        let end = text[span.end.0..].find('\n').map_or(text.len(), |n| span.end.0 + n);
        let (before, after) = (read_words(&text[line..span.start.0]), read_words(&text[span.end.0..end]));
        let id = |word: Option<&Word>| word.filter(|w| w.weight >= MIN_WEIGHT).map(|w| w.id);
        Self { before: id(before.last()), after: id(after.first()) }
    }

    /// The only place in `run` with the words `quote` and one of these words still beside them.
    pub fn place_of(&self, quote: &[Word], run: &[Word]) -> Option<Span> {
        let same = |at: &usize| run[*at..].iter().zip(quote).all(|(a, b)| a.id == b.id);
        let is = |id: Option<u64>, at: Option<usize>| {
            id.is_some() && at.and_then(|at| run.get(at)).map(|w| w.id) == id
        };
        let beside =
            |at: &usize| is(self.before, at.checked_sub(1)) || is(self.after, Some(at + quote.len()));
        let starts = 0..(run.len() + 1).saturating_sub(quote.len());
        let mut places = starts.filter(same).filter(beside);
        let first = places.next().filter(|_| !quote.is_empty())?;
        let only = places.next().is_none();
        only.then(|| Span::new(run[first].span.start, run[first + quote.len() - 1].span.end))
    }
}
