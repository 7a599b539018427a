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
        let (end_o, end_n) = (block.old + block.len, block.new + block.len);
        let (next_o, next_n) = kept.get(i + 1).map_or((old.len(), new.len()), |next| (next.old, next.new));
        let before = Gap::between(&old[o..block.old], &new[n..block.new]);
        let after = Gap::between(&old[end_o..next_o], &new[end_n..next_n]);
        if !before.is_one_change_with(after) || is_worth_keeping(&old[block.old..end_o]) {
            push(&mut clean, *block);
        }
    }
    clean
}

/// What is between two kept blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    /// Other blanks, as where a line ends elsewhere now.
    Blanks,
    Change,
}

impl Gap {
    fn between(old: &str, new: &str) -> Self {
        let blank = |text: &str| !text.is_empty() && text.chars().all(char::is_whitespace);
        match (old.is_empty() && new.is_empty(), blank(old) && blank(new)) {
            (true, _) => Self::Nothing,
            (_, true) => Self::Blanks,
            _ => Self::Change,
        }
    }

    /// Whether a reader sees what is before and after a small kept block as one change. Blanks alone are none: in a text with
    /// other line ends every word may be between two of them.
    fn is_one_change_with(self, after: Self) -> bool {
        self != Self::Nothing && after != Self::Nothing && (self == Self::Change || after == Self::Change)
    }
}

/// The fewest bytes of a single word that is worth keeping between two changes. "the" is too short.
const MIN_WORD_BYTES: usize = 6;

/// The fewest marks without a word between them that are worth keeping, as between two cells of a table.
const MIN_MARKS: usize = 4;

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
