//! Which stretches both texts share: whole lines first, then words in the gaps between them.

use super::Block;
use crate::text::tokens::token_at;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;

/// What `old` and `new` share, in order in both, neighbours joined.
pub(super) fn kept(old: &str, new: &str) -> Vec<Block> {
    let mut kept = Vec::new();
    align(&cut(old, line_end), &cut(new, line_end), &mut |o, n, gap| match gap {
        false => push(&mut kept, o, n),
        true => {
            let word = |text: &str, at| token_at(text, at).0;
            align(&within(old, o, word), &within(new, n, word), &mut |o, n, gap| {
                if !gap {
                    push(&mut kept, o, n);
                }
            });
        }
    });
    kept
}

type Piece<'t> = (usize, &'t str);

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}

fn cut(text: &str, end: impl Fn(&str, usize) -> usize) -> Vec<Piece<'_>> {
    within(text, (0, text.len()), end)
}

fn within(text: &str, (from, to): (usize, usize), end: impl Fn(&str, usize) -> usize) -> Vec<Piece<'_>> {
    let (mut all, mut at) = (Vec::new(), from);
    while at < to {
        let next = end(text, at).min(to);
        all.push((at, &text[at..next]));
        at = next;
    }
    all
}

/// Tells each shared run (`false`) and each differing gap (`true`) as byte ranges of both sides.
fn align(old: &[Piece], new: &[Piece], tell: &mut impl FnMut((usize, usize), (usize, usize), bool)) {
    let mut ids = HashMap::new();
    let mut number = |pieces: &[Piece<'_>]| -> Vec<u32> {
        pieces
            .iter()
            .map(|p| {
                let next = ids.len() as u32;
                *ids.entry(p.1.to_owned()).or_insert(next)
            })
            .collect()
    };
    let (a, b) = (number(old), number(new));
    let range = |p: &[Piece], from: usize, to: usize| match p.get(from..to) {
        Some([first, .., last]) => (first.0, last.0 + last.1.len()),
        Some([only]) => (only.0, only.0 + only.1.len()),
        _ => (0, 0),
    };
    for op in capture_diff_slices(Algorithm::Histogram, &a, &b) {
        let (o, n) = (op.old_range(), op.new_range());
        let kept = matches!(op, DiffOp::Equal { .. });
        tell(range(old, o.start, o.end), range(new, n.start, n.end), !kept);
    }
}

fn push(kept: &mut Vec<Block>, (o, end): (usize, usize), (n, _): (usize, usize)) {
    match kept.last_mut() {
        Some(last) if last.old + last.len == o && last.new + last.len == n => last.len += end - o,
        _ => kept.push(Block { old: o, new: n, len: end - o }),
    }
}
