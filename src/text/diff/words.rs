//! The second step: words and marks in the gaps between whole lines. Rare runs of words split a large gap into small
//! ones. A small gap gets its best alignment. Text with nothing in common stays a local replacement. The number of
//! words bounds the work of every step.

use super::{
    align::{Pair, Token, align},
    chain::{Anchor, heaviest},
    hash::{Table, hash, mix},
};
use crate::text::{Kind, tokens::token_at};

/// The most cells of a gap that is aligned with all its words. A larger one is aligned without those that only one side has.
const TINY_GAP: usize = 1 << 9;
/// The most cells of a gap that is aligned before rare runs are used to split it.
const SMALL_GAP: usize = 1 << 14;
/// The most cells of a gap that is aligned as a whole if nothing splits it.
const LARGE_GAP: usize = 1 << 19;
/// The number of words in a strip of a gap that nothing else splits.
const STRIP: usize = 256;
/// How deep gaps inside gaps are split.
const DEPTH: u32 = 12;
/// Lengths of the runs of words that split a gap, longest first.
const RUNS: [usize; 4] = [6, 3, 2, 1];

/// How many words a gap must have for only one run in `SAMPLE` to be looked at.
const LARGE: usize = 1 << 14;
const SAMPLE: u64 = 8;

/// Adds the words and marks of `text[from..to]` to `tokens`. They are no neighbours of the tokens already in the
/// list.
pub(super) fn read(text: &str, from: usize, to: usize, tokens: &mut Vec<Token>) {
    let mut place = tokens.last().map_or(0, |last| last.place + 2);
    let mut at = from;
    while at < to {
        let (end, kind) = plain_token(text, at).unwrap_or_else(|| part_at(text, at));
        let end = end.min(to);
        if kind != Kind::Blank {
            let hash = hash(&text.as_bytes()[at..end]);
            tokens.push(Token {
                hash,
                start: at as u32,
                end: end as u32,
                place,
                is_word: kind == Kind::Word,
            });
            place += 1;
        }
        at = end;
    }
}

/// The token at `at`, if a look at ASCII alone tells it, as it mostly does: a space, a mark that begins no number, or a word before
/// a blank or before a mark that does not go on with it.
fn plain_token(text: &str, at: usize) -> Option<(usize, Kind)> {
    let rest = &text.as_bytes()[at..];
    match rest {
        [b' ', next, ..] => next.is_ascii_graphic().then_some((at + 1, Kind::Blank)),
        [b'+' | b'-' | b'$', ..] => None,
        [mark, next, ..] if mark.is_ascii_punctuation() => next.is_ascii().then_some((at + 1, Kind::Mark)),
        _ => {
            let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            (len > 0 && ends_word(&rest[len..])).then_some((at + len, Kind::Word))
        }
    }
}

fn ends_word(rest: &[u8]) -> bool {
    match rest {
        [b' ' | b'\n' | b')' | b']' | b'"' | b';' | b'!' | b'?' | b'*' | b'`' | b'<' | b'>', ..] => true,
        [b'.' | b',' | b':', next, ..] => matches!(next, b' ' | b'\n'),
        _ => false,
    }
}

/// The token at `at`, or its first part.
fn part_at(text: &str, at: usize) -> (usize, Kind) {
    match token_at(text, at) {
        (end, Kind::Word) => (part_end(text, at, end), Kind::Word),
        other => other,
    }
}

/// The end of the first part of a compound ("well", "-" and "known"; "l", "’" and "eau"), so that a change of one part is no
/// change of all. A number stays whole ("5-3").
fn part_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = &text.as_bytes()[at..end];
    let joins = |i: &usize| match bytes[*i] {
        b'-' | b'\'' | b'_' => true,
        0xE2 => text[at + i..].starts_with(['’', '‐', '‑']),
        _ => false,
    };
    let first = (1..bytes.len().saturating_sub(1)).find(joins);
    let has_letters = |bytes: &[u8]| bytes.iter().any(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    first.filter(|_| has_letters(bytes)).map_or(end, |i| at + i)
}

/// How far a gap is split already.
#[derive(Clone, Copy, Default)]
struct Level {
    /// The position in `RUNS` of the longest run that may still split it. A run that split nothing is not tried again
    /// inside.
    run: usize,
    depth: u32,
}

/// Pairs the words of a gap, in order on both sides.
pub(super) fn pair(old: &[Token], new: &[Token], pairs: &mut Vec<Pair>) {
    split(old, new, pairs, Level::default());
}

fn split(old: &[Token], new: &[Token], pairs: &mut Vec<Pair>, level: Level) {
    let head = old.iter().zip(new).take_while(|(a, b)| a.hash == b.hash).count();
    pairs.extend(old[..head].iter().copied().zip(new[..head].iter().copied()));
    let (old, new) = (&old[head..], &new[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a.hash == b.hash).count();
    let (a, b) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    if !a.is_empty() && !b.is_empty() {
        pair_gap(a, b, pairs, level);
    }
    pairs.extend(old[a.len()..].iter().copied().zip(new[b.len()..].iter().copied()));
}

/// Pairs the words of a gap whose first and last words differ.
fn pair_gap(old: &[Token], new: &[Token], pairs: &mut Vec<Pair>, level: Level) {
    if old.len() * new.len() <= TINY_GAP {
        return align(old, new, pairs);
    }
    if old.len() * new.len() <= SMALL_GAP {
        let (old, new) = shared_tokens(old, new);
        return align(&old, &new, pairs);
    }
    if level.depth < DEPTH {
        for (run, length) in RUNS.iter().enumerate().skip(level.run) {
            let anchors = anchors(old, new, *length);
            if !anchors.is_empty() {
                return between(old, new, &anchors, pairs, Level { run, depth: level.depth + 1 });
            }
        }
    }
    align_without_anchors(old, new, pairs, level);
}

/// Aligns a large gap that no rare run splits. Without the words that only one side has, it may be smaller or begin
/// with the same words. Else it is aligned in strips, so that even a confused text never becomes one replacement.
fn align_without_anchors(old: &[Token], new: &[Token], pairs: &mut Vec<Pair>, level: Level) {
    let (a, b) = shared_tokens(old, new);
    let fewer = a.len() + b.len() < old.len() + new.len();
    if fewer && level.depth < DEPTH {
        split(&a, &b, pairs, Level { run: RUNS.len(), depth: level.depth + 1 });
    } else if a.len().saturating_mul(b.len()) <= LARGE_GAP {
        align(&a, &b, pairs);
    } else {
        let strips = a.len().max(b.len()).div_ceil(STRIP);
        let part = |tokens: usize, k: usize| tokens * k / strips;
        for k in 0..strips {
            let (from, to) = (part(a.len(), k), part(a.len(), k + 1));
            split(
                &a[from..to],
                &b[part(b.len(), k)..part(b.len(), k + 1)],
                pairs,
                Level { run: RUNS.len(), depth: DEPTH },
            );
        }
    }
}

fn between(old: &[Token], new: &[Token], anchors: &[Anchor], pairs: &mut Vec<Pair>, level: Level) {
    let (mut i, mut j) = (0, 0);
    for anchor in anchors {
        let (x, y, len) = (anchor.old as usize, anchor.new as usize, anchor.len as usize);
        if x < i || y < j {
            continue;
        }
        split(&old[i..x], &new[j..y], pairs, level);
        pairs.extend(old[x..x + len].iter().copied().zip(new[y..y + len].iter().copied()));
        (i, j) = (x + len, y + len);
    }
    split(&old[i..], &new[j..], pairs, level);
}

/// The heaviest ordered chain of runs of `n` tokens that occur once on both sides. In a large gap only some runs are looked at,
/// chosen by their first word, so the same ones on both sides (after Manber 1994). What is between them is split again.
fn anchors(old: &[Token], new: &[Token], n: usize) -> Vec<Anchor> {
    if old.len() < n || new.len() < n {
        return Vec::new();
    }
    let every = if n > 1 && old.len() + new.len() > LARGE { SAMPLE } else { 1 };
    let chosen = |tokens: &[Token]| {
        let mut keys: Vec<(u32, u64)> = Vec::with_capacity(tokens.len() / every as usize);
        let all = tokens.windows(n).enumerate().filter(|(_, run)| (run[0].hash >> 8) & (every - 1) == 0);
        keys.extend(all.map(|(at, run)| (at as u32, run.iter().fold(0, |key, token| mix(key, token.hash)))));
        keys
    };
    let (old, new) = (chosen(old), chosen(new));
    let mut table = Table::new(old.len() + new.len());
    for &(at, key) in &old {
        let slot = table.slot(key);
        slot.old = (slot.old.0 + 1, at);
    }
    for &(at, key) in &new {
        let slot = table.slot(key);
        slot.new = (slot.new.0 + 1, at);
    }
    let unique = old.iter().map(|&(_, key)| table.get(key)).filter(|slot| slot.is_unique());
    let joined = joined(unique.map(|slot| (slot.old.1, slot.new.1)), n as u32);
    let chain = heaviest(&joined);
    joined.into_iter().zip(chain).filter(|(_, in_chain)| *in_chain).map(|(anchor, _)| anchor).collect()
}

/// Joins runs that overlap on one diagonal, so that no two anchors share a token in order.
fn joined(starts: impl Iterator<Item = (u32, u32)>, n: u32) -> Vec<Anchor> {
    let mut all: Vec<Anchor> = Vec::new();
    for (old, new) in starts {
        match all.last_mut() {
            Some(last)
                if old <= last.old + last.len && new.wrapping_sub(old) == last.new.wrapping_sub(last.old) =>
            {
                last.len = old + n - last.old;
                last.weight = last.len;
            }
            _ => all.push(Anchor { old, new, len: n, weight: n }),
        }
    }
    all
}

/// Only the tokens that the other side has too.
fn shared_tokens(old: &[Token], new: &[Token]) -> (Vec<Token>, Vec<Token>) {
    let mut table = Table::new(old.len() + new.len());
    old.iter().for_each(|t| table.slot(t.hash).old.0 += 1);
    new.iter().for_each(|t| table.slot(t.hash).new.0 += 1);
    let both = |t: &&Token| {
        let slot = table.get(t.hash);
        slot.old.0 > 0 && slot.new.0 > 0
    };
    (old.iter().filter(both).copied().collect(), new.iter().filter(both).copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_compound_is_read_in_parts_and_a_number_whole() {
        let text = "well-known l’eau don't snake_case 5-3 2020–22 -1,387";
        let mut tokens = Vec::new();
        read(text, 0, text.len(), &mut tokens);
        let drawn: Vec<&str> = tokens.iter().map(|t| &text[t.start as usize..t.end as usize]).collect();
        let parts = "well - known l ’ eau don ' t snake _ case 5-3 2020–22 -1,387";
        assert_eq!(drawn.join(" "), parts);
    }

    proptest! {
        #[test]
        fn a_token_that_ascii_tells_is_the_one_of_the_tokens(text in "([a-c1-3 .,:;!?*_'$%+\\-\n]|é|’|\u{301}|東){1,12}") {
            if let Some(token) = plain_token(&text, 0) {
                prop_assert_eq!(token, token_at(&text, 0));
            }
        }
    }
}
