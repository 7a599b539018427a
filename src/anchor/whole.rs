//! Whether a place still has a whole statement, or only a part of what a claim said.
//!
//! An edit can leave a few words of a claim while the sentence around them now says something else. A claim on such a
//! rest looks as if somebody had checked it. So a place must have at least half of the claim's words, by weight, or
//! be the whole text that replaced them. If a claim began or ended at the edge of a clause and its outermost word is
//! gone, the place is extended to the edge of the clause that is there now. Only marks and the length of words decide
//! this, so it works the same in every language.

use super::{
    local::{Word, align_enough, read_words},
    sentence_pairs::ends_finally,
};
use crate::text::{Kind, Span, Token, is_wordly, sentences_in, tokens};
use std::collections::HashSet;

/// How many of a claim's words a place must have, in thousandths of their weight.
const MIN_SHARE: u32 = 500;
/// How many times as long as the claim its new place may be.
const MAX_GROWTH: usize = 2;
/// A claim of fewer words than this is a figure, a name or a phrase. It cannot lose a part.
const MIN_STATEMENT_WORDS: usize = 5;
/// The most cells an alignment of a claim with a place may have.
const MAX_CELLS: usize = 1 << 20;
/// The language whose rules split sentences. To detect a text's language costs more than everything else here. The
/// rules of another language can only split a sentence at an abbreviation, and then the place is shorter but not
/// wrong.
const SENTENCE_RULES: &str = "en";
/// How far around a place its sentence is searched for, in bytes.
const REACH: usize = 2048;

/// A claim in the old text: the text, the claim's span and its words.
pub(super) struct OldClaim<'t> {
    text: &'t str,
    span: Span,
    words: Vec<Word>,
}

impl<'t> OldClaim<'t> {
    pub fn new(text: &'t str, span: Span) -> Self {
        Self { text, span, words: read_words(span.of(text).unwrap_or_default()) }
    }

    /// The whole statement at or around `now` in `new`: the place itself, with the rest of its clause if an edge was
    /// lost; else the clause around it; else the sentence. `None` if none of them says the claim any more.
    /// `same_neighbours` says that the text next to the claim is still next to the place, so that the place is all
    /// that is left of the claim.
    pub fn whole_statement(&self, new: &str, now: Span, same_neighbours: bool) -> Option<Span> {
        let run = read_words(now.of(new).unwrap_or_default());
        let has_enough = self.is_half_in(&run);
        let lost = |word: Option<&Word>| word.is_some_and(|w| run.iter().all(|r| r.id != w.id));
        let (head, tail) = (lost(self.words.first()), lost(self.words.last()));
        if has_enough && !head && !tail || !has_enough && same_neighbours && self.is_as_long(&run) {
            return Some(now);
        }
        let surroundings = Surroundings::around(new, now);
        if has_enough {
            return Some(self.completed(&surroundings, now, same_neighbours, (head, tail)));
        }
        if same_neighbours && now.contains(&surroundings.sentence) {
            return Some(now);
        }
        let fits = |unit: &Span| {
            let run = read_words(unit.of(new).unwrap_or_default());
            run.len() <= MAX_GROWTH * self.words.len().max(MIN_STATEMENT_WORDS) && self.is_half_in(&run)
        };
        [surroundings.clause(now), surroundings.sentence].into_iter().find(fits)
    }

    /// Whether a place ends inside a clause where the claim ended at the edge of one and its outermost word is gone.
    pub fn is_torn(&self, new: &str, now: Span) -> bool {
        let run = read_words(now.of(new).unwrap_or_default());
        let lost = |word: Option<&Word>| word.is_some_and(|w| run.iter().all(|r| r.id != w.id));
        let (was, clause) = (
            Surroundings::around(self.text, self.span).clause(self.span),
            Surroundings::around(new, now).clause(now),
        );
        let head = lost(self.words.first()) && was.start >= self.span.start && clause.start < now.start;
        let tail = lost(self.words.last()) && was.end <= self.span.end && clause.end > now.end;
        head || tail
    }

    /// `now`, extended to the edge of its clause on each side where the claim ended at a clause edge and its
    /// outermost word is gone. If that adds more than the place has of the claim, it is another statement.
    fn completed(
        &self,
        surroundings: &Surroundings,
        now: Span,
        same_neighbours: bool,
        (head, tail): (bool, bool),
    ) -> Span {
        let (was, clause) =
            (Surroundings::around(self.text, self.span).clause(self.span), surroundings.clause(now));
        let ended = was.end <= self.span.end || self.span.of(self.text).is_some_and(ends_finally);
        let start = if head && was.start >= self.span.start { clause.start } else { now.start };
        let end = if tail && ended { clause.end } else { now.end };
        let most = MAX_GROWTH * if same_neighbours { now.len().max(self.span.len()) } else { now.len() };
        let is_short = |span: &Span| span.len() <= most;
        let candidates = [Span::new(start, end), Span::new(start, now.end), Span::new(now.start, end)];
        candidates.into_iter().find(is_short).unwrap_or(now)
    }

    /// Whether at least half of the claim is in a list of words. For a very long claim the order of words does not
    /// count.
    fn is_half_in(&self, run: &[Word]) -> bool {
        if self.words.len().saturating_mul(run.len()) > MAX_CELLS {
            let found: HashSet<u64> = run.iter().map(|w| w.id).collect();
            let weight = |all: bool| {
                let counted = self.words.iter().filter(|w| all || found.contains(&w.id));
                counted.map(|w| i64::from(w.weight)).sum::<i64>()
            };
            return 1000 * weight(false) >= i64::from(MIN_SHARE) * weight(true);
        }
        self.words.is_empty() || align_enough(&self.words, run, MIN_SHARE).is_some()
    }

    /// Whether the text that replaced a claim has at least half as many words, or the claim was only a phrase.
    fn is_as_long(&self, run: &[Word]) -> bool {
        self.words.len() < MIN_STATEMENT_WORDS || run.len() * 2 >= self.words.len()
    }
}

/// The paragraph around a span, but at most `reach` bytes on either side.
fn paragraph(text: &str, span: Span, reach: usize) -> (usize, usize) {
    let (mut from, mut to) = (span.start.0.saturating_sub(reach), (span.end.0 + reach).min(text.len()));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let start = text[from..span.start.0].rfind("\n\n").map_or(from, |n| from + n + 2);
    (start, text[span.end.0..to].find("\n\n").map_or(to, |n| span.end.0 + n))
}

/// The sentence around a place, cut into words and marks.
struct Surroundings<'t> {
    text: &'t str,
    sentence: Span,
    tokens: Vec<Token>,
}

impl<'t> Surroundings<'t> {
    /// The sentences that `span` is in, joined to one.
    fn around(text: &'t str, span: Span) -> Self {
        let (from, to) = paragraph(text, span, REACH);
        let near =
            sentences_in(&text[from..to], Some(SENTENCE_RULES)).into_iter().map(|s| s.shifted(from as isize));
        let here: Vec<Span> = near.filter(|s| s.overlaps(&span)).collect();
        let sentence = match (here.first(), here.last()) {
            (Some(first), Some(last)) => Span::new(first.start.min(span.start), last.end.max(span.end)),
            _ => span,
        };
        let moved = |t: Token| Token { span: t.span.shifted(sentence.start.0 as isize), ..t };
        let tokens = tokens(sentence.of(text).unwrap_or_default()).into_iter().map(moved).collect();
        Self { text, sentence, tokens }
    }

    /// The clause around `span`: from the mark before it to the mark after it. A mark at the end of the sentence
    /// belongs to it.
    fn clause(&self, span: Span) -> Span {
        let before = self.tokens.iter().enumerate().rev();
        let mut before = before.filter(|(_, t)| t.span.end <= span.start);
        let clause_start = before.find(|(at, _)| self.separates_clauses(*at)).map(|(at, _)| at + 1);
        let first = self.tokens[clause_start.unwrap_or(0)..].iter().find(|t| t.kind == Kind::Word);
        let after = self.tokens.iter().enumerate().filter(|(_, t)| t.span.start >= span.end);
        let stop = after.into_iter().find(|(at, _)| self.separates_clauses(*at) && !self.is_last(*at));
        let start = match (clause_start, first) {
            (None, _) => self.sentence.start,
            (Some(_), Some(word)) => word.span.start,
            (Some(_), None) => span.start,
        };
        Span::new(start.min(span.start), stop.map_or(self.sentence.end, |(_, t)| t.span.start).max(span.end))
    }

    /// Whether the token is a mark that separates clauses: a mark without words directly on both sides.
    fn separates_clauses(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let mark = token.span.of(self.text).and_then(|m| m.chars().next());
        let glued = |t: Option<&Token>| t.is_some_and(|t| t.kind == Kind::Word);
        let inside = mark.is_some_and(|m| m.is_ascii())
            && glued(at.checked_sub(1).and_then(|b| self.tokens.get(b)))
            && glued(self.tokens.get(at + 1));
        token.kind == Kind::Mark && !inside && !mark.is_some_and(|m| "*_`~&/@#'’%".contains(m))
    }

    /// Whether no word follows the token in its sentence.
    fn is_last(&self, at: usize) -> bool {
        let rest = self.tokens[at].span.end.0..self.sentence.end.0;
        self.text.get(rest).is_none_or(|rest| !rest.contains(is_wordly))
    }
}
