//! Looks for a quote as if nothing were known of where it stood: by its rarest words, then by local
//! alignment around each place they name. Bounded: a fixed number of places is looked at.

use super::local::{Local, Word, align, read};
use super::whole::Claim;
use crate::text::Span;

/// How many places are aligned for one quote.
const PLACES: usize = 24;
/// How many of a quote's rarest words name places.
const SEEDS: usize = 6;
/// How many times a word may occur and still name places.
const COMMON: usize = 64;
/// How many words of a quote are aligned; a longer one is looked for by its beginning.
const LONGEST: usize = 200;
/// How many words of context are compared on each side.
const NEAR: usize = 8;

/// What stood around a quote.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'c> {
    /// The text before it; its last words count.
    pub before: &'c str,
    /// The text after it; its first words count.
    pub after: &'c str,
}

/// A place where a claim may stand again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where, one span for each part of the quote that was found.
    pub spans: Vec<Span>,
    /// How well, 0 to 1000: the share of the quote's words that stand there, with a tenth for what stands around it.
    pub score: u32,
}

/// The best places of `text` for a claim that read `quote`, best first, at most five.
///
/// A claim of several spans is looked for by its longest one; the others follow where they are found
/// near it. A place must hold at least three tenths of the quote's words; where the statement around it can be told whole,
/// it is offered whole.
pub fn find(text: &str, quote: &[String], context: Context) -> Vec<Candidate> {
    let Some(longest) = quote.iter().max_by_key(|q| q.len()) else { return Vec::new() };
    let index = Index::new(text);
    let mut places = index.places(&read(longest), context);
    places.retain(|p| p.local.share >= 300);
    places.truncate(5);
    places
        .iter()
        .map(|place| {
            let mut spans = index.all_spans(place, quote, longest);
            if let [only] = spans.as_mut_slice() {
                let claim = Claim::new(longest, Span::at(0, longest.len()));
                *only = claim.whole(text, *only, false).unwrap_or(*only);
            }
            Candidate { spans, score: place.score() }
        })
        .collect()
}

/// A place found for a quote.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// How the quote's words stand there, word numbers counted in the whole text.
    pub local: Local,
    /// How much of the context agrees, in thousandths.
    pub near: u32,
}

impl Place {
    /// The whole judgement, 0 to 1000.
    pub fn score(&self) -> u32 {
        (self.local.share * 9 + self.near) / 10
    }
}

/// The words of a text and where each occurs.
pub(crate) struct Index {
    pub words: Vec<Word>,
    /// Word numbers in order of word, then of place.
    by_word: Vec<u32>,
}

impl Index {
    /// Indexes `text` by its words.
    pub fn new(text: &str) -> Self {
        let words = read(text);
        let mut by_word: Vec<u32> = (0..words.len() as u32).collect();
        by_word.sort_by_key(|&at| (words[at as usize].id, at));
        Self { words, by_word }
    }

    /// The span from the first to the last word of a place.
    pub fn span(&self, local: &Local) -> Span {
        Span::new(self.words[local.first].span.start, self.words[local.last].span.end)
    }

    /// Places for `quote`, best first, no two overlapping.
    pub fn places(&self, quote: &[Word], context: Context) -> Vec<Place> {
        let quote = &quote[..quote.len().min(LONGEST)];
        let (before, after) = (last(read_end(context.before)), first(read_start(context.after)));
        let mut found: Vec<Place> = Vec::new();
        for start in self.starts(quote) {
            let from = start.saturating_sub(quote.len() / 2 + 4);
            let to = (start + quote.len() + quote.len() / 2 + 4).min(self.words.len());
            let Some(mut local) = align(quote, &self.words[from..to]) else { continue };
            (local.first, local.last) = (local.first + from, local.last + from);
            let near = self.near(&local, &before, &after);
            found.push(Place { local, near });
        }
        found.sort_by_key(|p| (std::cmp::Reverse(p.score()), p.local.first));
        let mut apart: Vec<Place> = Vec::new();
        for place in found {
            if apart.iter().all(|p| p.local.last < place.local.first || place.local.last < p.local.first) {
                apart.push(place);
            }
        }
        apart
    }

    /// Word numbers where the quote may begin, told by its rarest words, those named most often first.
    fn starts(&self, quote: &[Word]) -> Vec<usize> {
        let mut seeds: Vec<(usize, usize)> =
            quote.iter().enumerate().map(|(i, q)| (self.at(q.id).len(), i)).collect();
        seeds.retain(|&(n, _)| n > 0);
        seeds.sort_unstable();
        let mut starts: Vec<usize> = Vec::new();
        for &(n, i) in seeds.iter().take(SEEDS) {
            if n <= COMMON || starts.is_empty() {
                starts.extend(
                    self.at(quote[i].id).iter().take(COMMON).map(|&at| (at as usize).saturating_sub(i)),
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
        groups.into_iter().take(PLACES).map(|(start, _)| start).collect()
    }

    fn at(&self, id: u64) -> &[u32] {
        let from = self.by_word.partition_point(|&w| self.words[w as usize].id < id);
        let len = self.by_word[from..].partition_point(|&w| self.words[w as usize].id == id);
        &self.by_word[from..from + len]
    }

    /// How much of the context stands around a place, in thousandths.
    fn near(&self, local: &Local, before: &[Word], after: &[Word]) -> u32 {
        let left = &self.words[local.first.saturating_sub(NEAR)..local.first];
        let right = &self.words
            [(local.last + 1).min(self.words.len())..(local.last + 1 + NEAR).min(self.words.len())];
        let share = |side: &[Word], run: &[Word]| align(side, run).map_or(0, |l| l.share);
        (share(before, left) + share(after, right)) / 2
    }

    /// Spans for every part of a quote of several, near the place of its longest part.
    fn all_spans(&self, place: &Place, quote: &[String], longest: &str) -> Vec<Span> {
        let mut spans = vec![self.span(&place.local)];
        for part in quote.iter().filter(|q| q.as_str() != longest) {
            let words = read(part);
            let reach = 60 + words.len();
            let from = place.local.first.saturating_sub(reach);
            let to = (place.local.last + reach).min(self.words.len());
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

fn last(words: Vec<Word>) -> Vec<Word> {
    words[words.len().saturating_sub(NEAR)..].to_vec()
}

fn first(mut words: Vec<Word>) -> Vec<Word> {
    words.truncate(NEAR);
    words
}

/// The words of the last 200 bytes.
fn read_end(text: &str) -> Vec<Word> {
    let mut from = text.len().saturating_sub(200);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    read(&text[from..])
}

/// The words of the first 200 bytes.
fn read_start(text: &str) -> Vec<Word> {
    let mut to = text.len().min(200);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    read(&text[..to])
}
