//! Searches a text for a quote without knowing where it was. Its rarest words suggest places; a local alignment
//! checks each place. The number of places is limited.

use super::{
    local::{Alignment, Word, align, read_words},
    sentence_pairs::with_edge_marks,
    whole::OldClaim,
};
use crate::text::Span;

/// The most places aligned for one quote.
const MAX_PLACES: usize = 24;
/// How many of a quote's rarest words suggest places.
const MAX_SEEDS: usize = 6;
/// How often a word may occur and still suggest places.
const MAX_OCCURRENCES: usize = 64;
/// How many words of a quote are aligned. Of a longer quote only the beginning is searched for.
const MAX_QUOTE_WORDS: usize = 200;
/// How many words of context are compared on each side.
const CONTEXT_WORDS: usize = 8;

/// The text around a quote.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'c> {
    /// The text before it. Only its last words are used.
    pub before: &'c str,
    /// The text after it. Only its first words are used.
    pub after: &'c str,
}

/// A place where a claim may be now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is: one span for each part of the quote that was found.
    pub spans: Vec<Span>,
    /// How well it fits, 0 to 1000: nine tenths for the share of the quote's words that are there, one tenth for the
    /// context.
    pub score: u32,
}

/// The best places in `text` for a claim with the words `quote`, best first, at most five.
///
/// A claim of several spans is searched for by its longest span. The others are added if they are found near it. A
/// place must have at least three tenths of the quote's words. If the whole statement around it is known, the
/// candidate is the whole statement.
pub fn find(text: &str, quote: &[String], context: Context) -> Vec<Candidate> {
    let Some(longest) = quote.iter().max_by_key(|q| q.len()) else { return Vec::new() };
    let index = Index::new(text);
    let mut places = index.places(&read_words(longest), context);
    places.retain(|p| p.alignment.share >= 300);
    places.truncate(5);
    places
        .iter()
        .map(|place| {
            let mut spans = index.all_spans(place, quote, longest);
            if let [only] = spans.as_mut_slice() {
                let whole = Span::at(0, longest.len());
                let claim = OldClaim::new(longest, whole);
                *only = claim.whole_statement(text, *only, false).unwrap_or(*only);
                *only = with_edge_marks((longest, whole), (text, *only));
            }
            Candidate { spans, score: place.score() }
        })
        .collect()
}

/// A place found for a quote.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// Where the quote's words are. Word numbers count in the whole text.
    pub alignment: Alignment,
    /// How much of the context agrees, in thousandths.
    pub context_share: u32,
}

impl Place {
    /// The score of the place, 0 to 1000.
    pub fn score(&self) -> u32 {
        (self.alignment.share * 9 + self.context_share) / 10
    }
}

/// The words of a text and where each occurs.
pub(crate) struct Index {
    pub words: Vec<Word>,
    /// Word numbers, sorted by word id, then by place.
    by_word: Vec<u32>,
}

impl Index {
    /// Indexes `text` by its words.
    pub fn new(text: &str) -> Self {
        let words = read_words(text);
        let mut by_word: Vec<u32> = (0..words.len() as u32).collect();
        by_word.sort_by_key(|&at| (words[at as usize].id, at));
        Self { words, by_word }
    }

    /// The span from the first to the last word of a place.
    pub fn span(&self, alignment: &Alignment) -> Span {
        Span::new(self.words[alignment.first].span.start, self.words[alignment.last].span.end)
    }

    /// Places for `quote`, best first. No two overlap.
    pub fn places(&self, quote: &[Word], context: Context) -> Vec<Place> {
        let quote = &quote[..quote.len().min(MAX_QUOTE_WORDS)];
        let (before, after) = (last_words(read_end(context.before)), first_words(read_start(context.after)));
        let mut found: Vec<Place> = Vec::new();
        for start in self.starts(quote) {
            let from = start.saturating_sub(quote.len() / 2 + 4);
            let to = (start + quote.len() + quote.len() / 2 + 4).min(self.words.len());
            let Some(mut alignment) = align(quote, &self.words[from..to]) else { continue };
            (alignment.first, alignment.last) = (alignment.first + from, alignment.last + from);
            let context_share = self.context_share(&alignment, &before, &after);
            found.push(Place { alignment, context_share });
        }
        found.sort_by_key(|p| (std::cmp::Reverse(p.score()), p.alignment.first));
        let mut apart: Vec<Place> = Vec::new();
        for place in found {
            if apart
                .iter()
                .all(|p| p.alignment.last < place.alignment.first || place.alignment.last < p.alignment.first)
            {
                apart.push(place);
            }
        }
        apart
    }

    /// Word numbers where the quote may begin. The quote's rarest words suggest them; those suggested most often come
    /// first.
    fn starts(&self, quote: &[Word]) -> Vec<usize> {
        let mut seeds: Vec<(usize, usize)> =
            quote.iter().enumerate().map(|(i, q)| (self.occurrences(q.id).len(), i)).collect();
        seeds.retain(|&(n, _)| n > 0);
        seeds.sort_unstable();
        let mut starts: Vec<usize> = Vec::new();
        for &(n, i) in seeds.iter().take(MAX_SEEDS) {
            if n <= MAX_OCCURRENCES || starts.is_empty() {
                starts.extend(
                    self.occurrences(quote[i].id)
                        .iter()
                        .take(MAX_OCCURRENCES)
                        .map(|&at| (at as usize).saturating_sub(i)),
                );
            }
        }
        starts.sort_unstable();
        let near = 2 + quote.len() / 8;
        let mut groups: Vec<(usize, usize)> = Vec::new();
        for start in starts {
            match groups.last_mut() {
                Some((first, votes)) if start - *first <= near => *votes += 1,
                _ => groups.push((start, 1)),
            }
        }
        groups.sort_by_key(|&(start, votes)| (std::cmp::Reverse(votes), start));
        groups.into_iter().take(MAX_PLACES).map(|(start, _)| start).collect()
    }

    fn occurrences(&self, id: u64) -> &[u32] {
        let from = self.by_word.partition_point(|&w| self.words[w as usize].id < id);
        let len = self.by_word[from..].partition_point(|&w| self.words[w as usize].id == id);
        &self.by_word[from..from + len]
    }

    /// How much of the context is around a place, in thousandths.
    fn context_share(&self, alignment: &Alignment, before: &[Word], after: &[Word]) -> u32 {
        let left = &self.words[alignment.first.saturating_sub(CONTEXT_WORDS)..alignment.first];
        let right = &self.words[(alignment.last + 1).min(self.words.len())
            ..(alignment.last + 1 + CONTEXT_WORDS).min(self.words.len())];
        let share = |side: &[Word], run: &[Word]| align(side, run).map_or(0, |l| l.share);
        (share(before, left) + share(after, right)) / 2
    }

    /// Spans for every part of a quote with several parts, near the place of its longest part.
    fn all_spans(&self, place: &Place, quote: &[String], longest: &str) -> Vec<Span> {
        let mut spans = vec![self.span(&place.alignment)];
        for part in quote.iter().filter(|q| q.as_str() != longest) {
            let words = read_words(part);
            let reach = 60 + words.len();
            let from = place.alignment.first.saturating_sub(reach);
            let to = (place.alignment.last + reach).min(self.words.len());
            if let Some(l) = align(&words, &self.words[from..to]).filter(|l| l.share >= 600) {
                spans.push(Span::new(
                    self.words[from + l.first].span.start,
                    self.words[from + l.last].span.end,
                ));
            }
        }
        spans.sort();
        spans
    }
}

fn last_words(words: Vec<Word>) -> Vec<Word> {
    words[words.len().saturating_sub(CONTEXT_WORDS)..].to_vec()
}

fn first_words(mut words: Vec<Word>) -> Vec<Word> {
    words.truncate(CONTEXT_WORDS);
    words
}

/// The words of the last 200 bytes.
fn read_end(text: &str) -> Vec<Word> {
    let mut from = text.len().saturating_sub(200);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    read_words(&text[from..])
}

/// The words of the first 200 bytes.
fn read_start(text: &str) -> Vec<Word> {
    let mut to = text.len().min(200);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    read_words(&text[..to])
}
