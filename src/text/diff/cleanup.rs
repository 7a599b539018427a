//! What is kept between two changes must be worth reading: a single word, a mark or a blank between two changes is
//! reported as changed with them.

use super::Block;
use super::lines::push;
use crate::text::Kind;
use crate::text::tokens::token_at;

/// Drops the kept blocks that only break a change in two.
pub(super) fn cleanup(old: &str, new: &str, kept: Vec<Block>) -> Vec<Block> {
    let mut clean: Vec<Block> = Vec::with_capacity(kept.len());
    for (i, block) in kept.iter().enumerate() {
        let (o, n) = clean.last().map_or((0, 0), |last| (last.old + last.len, last.new + last.len));
        let changed_before = block.old > o || block.new > n;
        let (o, n) = kept.get(i + 1).map_or((old.len(), new.len()), |next| (next.old, next.new));
        let changed_after = o > block.old + block.len || n > block.new + block.len;
        if changed_before && changed_after && !is_worth_keeping(&old[block.old..block.old + block.len]) {
            continue;
        }
        push(&mut clean, *block);
    }
    clean
}

/// The fewest bytes of a single word that is worth keeping between two changes. "the" is too short.
const MIN_WORD_BYTES: usize = 6;

/// The fewest marks without a word between them that are worth keeping: the end of a link or of a tag (`"](`).
const MIN_MARKS: usize = 3;

/// Whether `text` has two words, or one word that is long enough or next to a line break, or several marks.
fn is_worth_keeping(text: &str) -> bool {
    if text.len() > 64 {
        return true;
    }
    let (mut at, mut words, mut marks) = (0, 0, 0);
    while at < text.len() && words < 2 {
        let (end, kind) = token_at(text, at);
        words += usize::from(kind == Kind::Word);
        marks += usize::from(kind == Kind::Mark);
        at = end;
    }
    match words {
        0 => marks >= MIN_MARKS,
        1 => text.contains('\n') || text.trim().len() >= MIN_WORD_BYTES,
        _ => true,
    }
}
