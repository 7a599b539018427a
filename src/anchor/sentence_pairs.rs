//! Sentences that are verbatim in both texts, each matched to itself. A claim in such a sentence follows it, wherever the
//! diff would put the claim's words. And no claim of another sentence may be placed there: it is already somebody else's.

use super::{
    local::read_words,
    look_alike::Statement,
    sentence_cut::{Key, closes, cut, for_each_character, is_final, is_letter, key},
};
use crate::text::{Span, is_wordly};
use std::{collections::HashMap, ops::Range};
use unicode_normalization::char::is_combining_mark;

/// How much a sentence must say to be recognised elsewhere by its words alone, as [`Key::weight`].
const MIN_WEIGHT: u32 = 12;

/// How many words a sentence or a claim must have to be recognised in another sentence.
const MIN_REPEATED_WORDS: usize = 5;

/// The two texts.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

/// The keys of the sentences of both texts that the diff does not keep.
type Keys = [Vec<Option<Key>>; 2];

/// The sentences of two texts and which are the same.
pub(super) struct SentencePairs<'t> {
    old_text: &'t str,
    new_text: &'t str,
    old: Vec<Span>,
    new: Vec<Span>,
    /// For each old sentence its new one.
    new_of: Vec<Option<u32>>,
    /// For each new sentence its old one.
    old_of: Vec<Option<u32>>,
}

impl<'t> SentencePairs<'t> {
    /// Matches the sentences of two texts. `kept_at` returns where the diff has a span of the old text unchanged.
    pub fn new(old_text: &'t str, new_text: &'t str, kept_at: impl Fn(Span) -> Option<Span>) -> Self {
        let mut pairs = Self::unmatched(old_text, new_text);
        pairs.match_kept(kept_at);
        let keys = [pairs.keys(Side::Old), pairs.keys(Side::New)];
        for kind in [|k: &Key| k.exact, |k: &Key| k.letters] {
            pairs.match_unique(&keys, kind);
            pairs.match_neighbours(&keys, kind);
        }
        pairs
    }

    /// The keys of the sentences of one side that are not matched yet.
    fn keys(&self, side: Side) -> Vec<Option<Key>> {
        let (text, all, matched) = match side {
            Side::Old => (self.old_text, &self.old, &self.new_of),
            Side::New => (self.new_text, &self.new, &self.old_of),
        };
        let free = |(span, matched): (&Span, &Option<u32>)| {
            if matched.is_none() { span.of(text).map(key) } else { None }
        };
        all.iter().zip(matched).map(free).collect()
    }

    fn unmatched(old_text: &'t str, new_text: &'t str) -> Self {
        let (old, new) = (cut(old_text), cut(new_text));
        let (new_of, old_of) = (vec![None; old.len()], vec![None; new.len()]);
        Self { old_text, new_text, old, new, new_of, old_of }
    }

    /// Matches the sentences that the diff keeps whole.
    fn match_kept(&mut self, kept_at: impl Fn(Span) -> Option<Span>) {
        for at in 0..self.old.len() {
            let Some(now) = kept_at(self.old[at]) else { continue };
            let to = self.new.partition_point(|s| s.start < now.start);
            if self.new.get(to).is_some_and(|s| *s == now) {
                self.join(at, to);
            }
        }
    }

    /// Matches the sentences that are left once in each text.
    fn match_unique(&mut self, keys: &Keys, kind: fn(&Key) -> u64) {
        let mut seen: HashMap<u64, [(u32, usize); 2]> = HashMap::new();
        for (side, taken) in [&self.new_of, &self.old_of].into_iter().enumerate() {
            let free = keys[side].iter().enumerate().filter(|(at, _)| taken[*at].is_none());
            for (at, key) in free.filter_map(|(at, key)| Some((at, key.filter(|k| k.weight >= MIN_WEIGHT)?)))
            {
                let both = seen.entry(kind(&key)).or_default();
                both[side] = (both[side].0 + 1, at);
            }
        }
        for [old, new] in seen.into_values() {
            if old.0 == 1 && new.0 == 1 {
                self.join(old.1, new.1);
            }
        }
    }

    /// Matches the sentences that follow, or are followed by, a matched one on both sides.
    fn match_neighbours(&mut self, keys: &Keys, kind: fn(&Key) -> u64) {
        for at in 1..self.old.len() {
            let to = self.new_of[at - 1].map(|to| to as usize + 1);
            self.join_if_same(at, to, keys, kind);
        }
        for at in (0..self.old.len().saturating_sub(1)).rev() {
            let to = self.new_of[at + 1].and_then(|to| (to as usize).checked_sub(1));
            self.join_if_same(at, to, keys, kind);
        }
    }

    fn join_if_same(&mut self, at: usize, to: Option<usize>, keys: &Keys, kind: fn(&Key) -> u64) {
        let Some(to) = to.filter(|&to| to < self.new.len()) else { return };
        let free = self.new_of[at].is_none() && self.old_of[to].is_none();
        let both = keys[0][at].zip(keys[1][to]).filter(|_| free);
        if both.is_some_and(|(a, b)| kind(&a) == kind(&b)) {
            self.join(at, to);
        }
    }

    fn join(&mut self, old: usize, new: usize) {
        (self.new_of[old], self.old_of[new]) = (Some(new as u32), Some(old as u32));
    }

    /// Where a span of the old text is, if all its sentences are matched and still follow each other.
    pub fn place(&self, span: Span) -> Option<Span> {
        let (from, to) = touched(&self.old, span);
        let first = self.new_of.get(from).copied().flatten()?;
        let follow = (from..to).all(|i| self.new_of[i] == Some(first + (i - from) as u32));
        if from >= to || !follow {
            return None;
        }
        let (head, tail) = (self.pair(from), self.pair(to - 1));
        let start = self.start_in(head, span)?;
        let end = self.end_in(tail, span)?;
        (start < end).then(|| Span::at(start, end))
    }

    /// Where most of a claim is whose sentences all stand but no longer follow each other: its largest sentence, if that has more
    /// than the others together.
    pub fn largest_part(&self, span: Span) -> Option<Span> {
        let (from, to) = touched(&self.old, span);
        let all_stand = to > from + 1 && self.new_of[from..to].iter().all(Option::is_some);
        let parts =
            || self.old[from..to].iter().map(|s| Span::new(s.start.max(span.start), s.end.min(span.end)));
        let largest = parts().max_by_key(Span::len).filter(|p| all_stand && 2 * p.len() > span.len())?;
        self.place(largest)
    }

    /// Whether a claim's words are certainly the same at `now`: its sentence is the same, byte by byte, and nothing in the
    /// claim is read by what is beside the sentence, as marks of emphasis and of lists and figures at the end of a line are.
    pub fn is_untouched(&self, span: Span, now: Span) -> bool {
        let (from, to) = touched(&self.old, span);
        if to != from + 1 || self.new_of[from].is_none() {
            return false;
        }
        let (was, is) = self.pair(from);
        if !was.contains(&span) || !is.contains(&now) {
            return false;
        }
        let same_place = span.start.0 - was.start.0 == now.start.0 - is.start.0 && span.len() == now.len();
        let claim = span.of(self.old_text).unwrap_or_default();
        is_read_alone(claim) && same_place && was.of(self.old_text) == is.of(self.new_text)
    }

    /// Whether a claim on `span` may be placed at `place`. If all of it is in sentences that are matched to others, these must
    /// say the claim's words, and not about something else.
    pub fn allows(&self, span: Span, place: Span) -> bool {
        let ((from, to), (first, past)) = (touched(&self.old, span), touched(&self.new, place));
        let own = |i: usize| self.old_of[i].is_none_or(|o| (from..to).contains(&(o as usize)));
        first >= past || (first..past).any(own) || self.may_repeat((span, from..to), (place, first..past))
    }

    /// Whether new sentences of others may have the claim of `old` ones: it is long enough to be recognised, and they are not
    /// its sentence about something else.
    fn may_repeat(&self, (span, old): (Span, Range<usize>), (place, new): (Span, Range<usize>)) -> bool {
        let claim = read_words(span.of(self.old_text).unwrap_or_default());
        if claim.len() < MIN_REPEATED_WORDS {
            return false;
        }
        let around = |all: &[Span], at: Range<usize>| Span::new(all[at.start].start, all[at.end - 1].end);
        let own = Statement::new(self.old_text, around(&self.old, old));
        let other = Statement::new(self.new_text, around(&self.new, new));
        let is_verbatim = span.of(self.old_text) == place.of(self.new_text);
        is_verbatim && !ends_finally(own.words()) || !own.is_about_something_else(&other)
    }

    /// The spans of an old sentence and of its new one.
    fn pair(&self, old: usize) -> (Span, Span) {
        let new = self.new_of[old].map_or(Span::at(0, 0), |to| self.new[to as usize]);
        (self.old[old], new)
    }

    fn start_in(&self, (was, now): (Span, Span), span: Span) -> Option<usize> {
        let (old, new) = (was.of(self.old_text)?, now.of(self.new_text)?);
        let at = span.start.0.saturating_sub(was.start.0);
        if old == new {
            return Some(now.start.0 + at);
        }
        let marks = old[at..].chars().take_while(|c| !is_wordly(*c) && !c.is_whitespace()).count();
        let start = start_of(new, characters_before(old, at))?;
        let before = new[..start].chars().rev().take_while(|c| !is_wordly(*c) && !c.is_whitespace());
        Some(now.start.0 + start - before.take(marks).map(char::len_utf8).sum::<usize>())
    }

    fn end_in(&self, (was, now): (Span, Span), span: Span) -> Option<usize> {
        let (old, new) = (was.of(self.old_text)?, now.of(self.new_text)?);
        let at = (span.end.0 - was.start.0).min(old.len());
        if old == new {
            return Some(now.start.0 + at);
        }
        let claim = span.of(self.old_text)?;
        if span.end >= was.end && ends_finally(claim) {
            return Some(now.end.0);
        }
        let marks = claim.chars().rev().take_while(|c| !is_wordly(*c) && !c.is_whitespace()).count();
        let end = end_of(new, characters_before(old, at))?;
        let after = new[end..].chars().take_while(|c| !is_letter(*c) && !c.is_whitespace());
        Some(now.start.0 + end + after.take(marks).map(char::len_utf8).sum::<usize>())
    }
}

/// Whether nothing in a claim is read by what is beside its sentence, as marks of emphasis and of lists and figures at the end
/// of a line are.
pub(super) fn is_read_alone(claim: &str) -> bool {
    !claim.contains(['*', '_', '`', '~', '[', ']', '<', '&', '\n'])
        && claim.starts_with(char::is_alphabetic)
        && !claim.ends_with(char::is_numeric)
}

/// Whether the sentences of a claim stand whole in `kept`, a piece of the old text that is also in the new one, `by` bytes on.
/// It reads the claim's paragraphs alone. `None` if they are too long for that.
pub(super) fn stand_whole((old, new): (&str, &str), span: Span, kept: Span, by: isize) -> Option<bool> {
    let was = paragraphs(old, span);
    if kept.start.0 + 2 <= was.start.0 && was.end.0 + 2 <= kept.end.0 {
        return Some(true);
    }
    let now = paragraphs(new, span.shifted(by));
    if was.len().max(now.len()) > MAX_PARAGRAPHS {
        return None;
    }
    let sentences = |text: &str, at: Span| -> Vec<Span> {
        let all = at.of(text).map(cut).unwrap_or_default();
        all.into_iter().map(|s| s.shifted(at.start.0 as isize)).collect()
    };
    let (before, after) = (sentences(old, was), sentences(new, now));
    let (from, to) = touched(&before, span);
    let stands = |s: &Span| kept.contains(s) && after.binary_search(&s.shifted(by)).is_ok();
    Some(from < to && before[from..to].iter().all(stands))
}

/// How long the paragraphs of a claim may be to be cut into sentences for it alone, in bytes.
const MAX_PARAGRAPHS: usize = 4096;

/// The paragraphs that a claim is in.
fn paragraphs(text: &str, span: Span) -> Span {
    let start = text[..span.start.0].rfind("\n\n").map_or(0, |n| n + 2);
    Span::at(start, text[span.end.0..].find("\n\n").map_or(text.len(), |n| span.end.0 + n))
}

/// Where claims are again whose sentences were cut and came back: `then` is a text in which each was at its spans, `without`
/// the text before they came back, and `now` the text in which they are. `None` for a claim whose sentences are not there
/// verbatim, or not once.
pub fn put_back(then: &str, claims: &[&[Span]], without: &str, now: &str) -> Vec<Option<Vec<Span>>> {
    let mut pairs = SentencePairs::unmatched(then, now);
    let texts = (keys(without, &cut(without)), keys(now, &pairs.new));
    claims.iter().map(|spans| put_one_back(&mut pairs, then, spans, &texts)).collect()
}

/// The place of one claim; the keys are those of the sentences before and after.
fn put_one_back(
    pairs: &mut SentencePairs,
    then: &str,
    spans: &[Span],
    (before, after): &(Vec<Key>, Vec<Key>),
) -> Option<Vec<Span>> {
    for span in spans {
        let (from, to) = touched(&pairs.old, *span);
        let run = keys(then, &pairs.old[from..to]);
        if run.iter().map(|k| k.weight).sum::<u32>() < MIN_WEIGHT || !runs(before, &run).is_empty() {
            return None;
        }
        let [only] = runs(after, &run)[..] else { return None };
        (from..to).for_each(|at| pairs.join(at, only + at - from));
    }
    spans.iter().map(|span| pairs.place(*span)).collect()
}

fn keys(text: &str, sentences: &[Span]) -> Vec<Key> {
    sentences.iter().filter_map(|s| s.of(text)).map(key).collect()
}

/// Where a run of sentences begins among others.
fn runs(all: &[Key], run: &[Key]) -> Vec<usize> {
    let same = |at: &usize| all[*at..].iter().zip(run).all(|(a, b)| a.exact == b.exact);
    (0..(all.len() + 1).saturating_sub(run.len())).filter(same).collect()
}

/// The numbers of the sentences that a span overlaps.
fn touched(all: &[Span], span: Span) -> (usize, usize) {
    (all.partition_point(|s| s.end <= span.start), all.partition_point(|s| s.start < span.end))
}

/// How many characters of words are before the byte `at`.
fn characters_before(text: &str, at: usize) -> usize {
    let mut n = 0;
    for_each_character(&text[..at], |_, c| n += usize::from(c.is_alphanumeric()));
    n
}

/// Where the first character begins that has `n` characters of words before it.
fn start_of(text: &str, n: usize) -> Option<usize> {
    let (mut seen, mut start) = (0, None);
    for_each_character(text, |end, c| {
        if c.is_alphanumeric() && seen == n && start.is_none() {
            start = text[..end].char_indices().next_back().map(|(at, _)| at);
        }
        seen += usize::from(c.is_alphanumeric());
    });
    start
}

/// Where the character ends that is the `n`th of those of words.
fn end_of(text: &str, n: usize) -> Option<usize> {
    let (mut seen, mut found) = (0, None);
    for_each_character(text, |end, c| {
        seen += usize::from(c.is_alphanumeric());
        if seen == n && found.is_none() {
            found = Some(end);
        }
    });
    let marks = found.map(|end| {
        text[end..].chars().take_while(|c| is_combining_mark(*c)).map(char::len_utf8).sum::<usize>()
    });
    found.zip(marks).map(|(end, marks)| end + marks)
}

/// `now`, widened over the final mark of its sentence and what closes it if `was` ended with one. What a claim ended
/// with belongs to it, also where the words beside it changed.
pub(super) fn with_edge_marks((old, was): (&str, Span), (new, now): (&str, Span)) -> Span {
    let (quote, run) = (was.of(old).unwrap_or_default(), now.of(new).unwrap_or_default());
    let ended = ends_finally(quote) && !ends_finally(run);
    let after = &new[now.end.0..];
    let tail = after.find(|c| !is_final(c) && !closes(c)).unwrap_or(after.len());
    let is_end = after[tail..]
        .chars()
        .next()
        .is_none_or(|c| !is_wordly(c) || after[..tail].ends_with(['。', '！', '？']));
    let tail = if ended && after[..tail].contains(is_final) && is_end { tail } else { 0 };
    Span::at(now.start.0, now.end.0 + tail)
}

/// Whether a text ends with the final mark of a sentence, within what closes it or not.
pub(super) fn ends_finally(text: &str) -> bool {
    text.trim_end_matches(closes).ends_with(is_final)
}
