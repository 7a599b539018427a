//! If a deletion or an insertion can be in several places with the same effect, it is moved to the place a reader
//! expects: the beginning of a line, else of a sentence, else of a clause, else of a word.

use super::Block;
use crate::text::tokens::is_wordly;

/// How far a change may be moved, in bytes, so that a long repetition costs no more than a short one.
const MAX_SHIFT: usize = 256;

/// Moves every change that touches one side only, between two kept blocks. A block that is used up becomes empty.
pub(super) fn slide(old: &str, new: &str, kept: &mut [Block]) {
    for i in 1..kept.len() {
        let (a, b) = (kept[i - 1], kept[i]);
        let (o, n) = ((a.old + a.len, b.old), (a.new + a.len, b.new));
        let by = match (o.1 > o.0, n.1 > n.0) {
            (true, false) => best_shift(old, o, a.len, b.len),
            (false, true) => best_shift(new, n, a.len, b.len),
            (true, true) | (false, false) => 0,
        };
        kept[i - 1].len = a.len.strict_add_signed(by);
        kept[i] = Block {
            old: b.old.strict_add_signed(by),
            new: b.new.strict_add_signed(by),
            len: b.len.strict_sub_signed(by),
        };
    }
}

/// The best number of bytes to move the range of `text`, within the kept text around it.
fn best_shift(text: &str, (start, end): (usize, usize), before: usize, after: usize) -> isize {
    let bytes = text.as_bytes();
    let same = |at: isize| bytes[start.strict_add_signed(at)] == bytes[end.strict_add_signed(at)];
    let left = (1..=before.min(MAX_SHIFT) as isize).take_while(|by| same(-by)).count() as isize;
    let right = (0..after.min(MAX_SHIFT) as isize).take_while(|by| same(*by)).count() as isize;
    let is_boundary = |by: &isize| {
        text.is_char_boundary(start.strict_add_signed(*by))
            && text.is_char_boundary(end.strict_add_signed(*by))
    };
    (-left..=right)
        .filter(is_boundary)
        .max_by_key(|&by| (rank(text, start.strict_add_signed(by)), -by.abs()))
        .unwrap_or(0)
}

/// How good the byte `at` is as the beginning of a change. Higher is better.
fn rank(text: &str, at: usize) -> u8 {
    let before = &text[..at];
    let last = before.chars().next_back().unwrap_or('\n');
    let next = text[at..].chars().next().unwrap_or('\n');
    let closes = |marks: &str| before.trim_end().ends_with(|c| marks.contains(c));
    match last {
        '\n' if before.ends_with("\n\n") || before.is_empty() => 6,
        '\n' => 5,
        _ if next.is_whitespace() && !last.is_whitespace() && closes(".!?…。") => 4,
        _ if !last.is_whitespace() => u8::from(!is_wordly(last) || !is_wordly(next)),
        _ if next.is_whitespace() => 1,
        _ if closes(".!?…。") => 4,
        _ if closes(",;:—–)") => 3,
        _ => 2,
    }
}
