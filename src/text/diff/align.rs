//! The best alignment of two short lists of words. Kept words score, and every kept stretch costs, so that scattered
//! single words are not kept.
//!
//! Dynamic programming with an affine cost for a new stretch (after Gotoh 1982). It takes as many steps as there are
//! pairs of words.

/// The score of a kept word and of a kept mark, and the cost of each kept stretch: the same as one word. So of the
/// alignments with the most kept words, the one with the fewest stretches wins.
const WORD_SCORE: i32 = 4;
const MARK_SCORE: i32 = 1;
const STRETCH_COST: i32 = 4;

/// The step that led to the best score of a cell.
const UP: u8 = 1;
const LEFT: u8 = 2;
const PAIRED: u8 = 3;
/// Set if the pair of a cell continues the stretch of the pair before it.
const CONTINUES: u8 = 4;

/// The score of a cell that cannot end in a pair.
const IMPOSSIBLE: i32 = i32::MIN / 2;

/// Pairs the words of `old` and `new` in the best way, in order.
pub(super) fn align(old: &[Token], new: &[Token], pairs: &mut Vec<Pair>) {
    let width = new.len() + 1;
    let mut steps = vec![0u8; (old.len() + 1) * width];
    let mut best = vec![0i32; width];
    let mut paired = vec![IMPOSSIBLE; width];
    for (i, a) in old.iter().enumerate() {
        let next_to = |tokens: &[Token], at: usize| at > 0 && tokens[at - 1].place + 1 == tokens[at].place;
        let follows = next_to(old, i);
        let (mut best_before, mut paired_before) = (best[0], paired[0]);
        for (j, b) in new.iter().enumerate() {
            let (mut score, mut step, mut pair) = (best[j + 1], UP, IMPOSSIBLE);
            if best[j] > score {
                (score, step) = (best[j], LEFT);
            }
            if a.hash == b.hash {
                let start = best_before - STRETCH_COST;
                let continues = follows && paired_before > start && next_to(new, j);
                pair = if a.is_word { WORD_SCORE } else { MARK_SCORE }
                    + if continues { paired_before } else { start };
                if pair > score {
                    (score, step) = (pair, PAIRED);
                }
                step |= if continues { CONTINUES } else { 0 };
            }
            (best_before, paired_before) = (best[j + 1], paired[j + 1]);
            (best[j + 1], paired[j + 1]) = (score, pair);
            steps[(i + 1) * width + j + 1] = step;
        }
    }
    trace(old, new, &steps, pairs);
}

fn trace(old: &[Token], new: &[Token], steps: &[u8], pairs: &mut Vec<Pair>) {
    let (width, from) = (new.len() + 1, pairs.len());
    let (mut i, mut j, mut inside) = (old.len(), new.len(), false);
    while i > 0 && j > 0 {
        let step = steps[i * width + j];
        if inside || step & 3 == PAIRED {
            pairs.push((old[i - 1], new[j - 1]));
            inside = step & CONTINUES != 0;
            (i, j) = (i - 1, j - 1);
        } else if step & 3 == UP {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs[from..].reverse();
}

/// A word or mark of one side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub hash: u64,
    pub start: u32,
    pub end: u32,
    /// Its position in the side's list of tokens. Two tokens are neighbours if it differs by one.
    pub place: u32,
    pub is_word: bool,
}

/// A token of the old side and its partner on the new side.
pub(super) type Pair = (Token, Token);
