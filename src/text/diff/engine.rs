//! Runs the steps of a diff: first whole lines, then words in the gaps, then it drops what is not worth keeping.

use super::{
    Block,
    align::{Pair, Token},
    cleanup::cleanup,
    lines::{lines, push},
    slide::slide,
    words::{pair, read},
};

/// What two texts share.
pub(super) struct Shared {
    /// Text in the same order in both, neighbours joined.
    pub kept: Vec<Block>,
    /// Whole lines that are elsewhere now, in order of the old text.
    pub moved: Vec<Block>,
}

/// Finds what `old` and `new` share.
pub(super) fn shared(old: &str, new: &str) -> Shared {
    let found = lines(old, new);
    let mut gaps = Gaps::new(old, new, &found.moved);
    let mut kept = Vec::with_capacity(found.kept.len() * 2);
    let (mut o, mut n) = (0, 0);
    let end = Block { old: old.len(), new: new.len(), len: 0 };
    for block in found.kept.iter().chain([&end]) {
        gaps.fill((o, block.old), (n, block.new), &mut kept);
        push(&mut kept, *block);
        (o, n) = (block.old + block.len, block.new + block.len);
    }
    let mut kept = cleanup(old, new, kept);
    slide(old, new, &mut kept);
    kept.retain(|block| block.len > 0);
    Shared { kept, moved: found.moved }
}

/// Compares the gaps between kept lines, without the moved lines.
struct Gaps<'t> {
    old: &'t str,
    new: &'t str,
    /// The moved ranges of each side, in the order of that side.
    moved_old: Vec<(usize, usize)>,
    moved_new: Vec<(usize, usize)>,
    old_tokens: Vec<Token>,
    new_tokens: Vec<Token>,
    pairs: Vec<Pair>,
}

impl<'t> Gaps<'t> {
    fn new(old: &'t str, new: &'t str, moved: &[Block]) -> Self {
        let moved_old = moved.iter().map(|m| (m.old, m.old + m.len)).collect();
        let mut moved_new: Vec<_> = moved.iter().map(|m| (m.new, m.new + m.len)).collect();
        moved_new.sort_unstable();
        Self {
            old,
            new,
            moved_old,
            moved_new,
            old_tokens: Vec::new(),
            new_tokens: Vec::new(),
            pairs: Vec::new(),
        }
    }

    /// Adds what the two gaps share to `kept`.
    fn fill(&mut self, (o, o_end): (usize, usize), (n, n_end): (usize, usize), kept: &mut Vec<Block>) {
        if o == o_end || n == n_end {
            return;
        }
        self.old_tokens.clear();
        self.new_tokens.clear();
        self.pairs.clear();
        read_without(self.old, o, o_end, &self.moved_old, &mut self.old_tokens);
        read_without(self.new, n, n_end, &self.moved_new, &mut self.new_tokens);
        pair(&self.old_tokens, &self.new_tokens, &mut self.pairs);
        let (mut o, mut n) = (o, n);
        for (a, b) in &self.pairs {
            let (start, len) = ((a.start as usize, b.start as usize), (a.end - a.start) as usize);
            let same =
                self.old.as_bytes()[start.0..start.0 + len] == self.new.as_bytes()[start.1..b.end as usize];
            if same {
                keep_shared_blanks(self.old, self.new, (o, start.0), (n, start.1), kept);
                push(kept, Block { old: start.0, new: start.1, len });
                (o, n) = (start.0 + len, start.1 + len);
            }
        }
        keep_shared_blanks(self.old, self.new, (o, o_end), (n, n_end), kept);
    }
}

/// The tokens of `text[from..to]` outside the `moved` ranges.
fn read_without(text: &str, from: usize, to: usize, moved: &[(usize, usize)], tokens: &mut Vec<Token>) {
    let mut at = from;
    let first = moved.partition_point(|m| m.1 <= from);
    for &(start, end) in moved[first..].iter().take_while(|m| m.0 < to) {
        read(text, at, start.max(at), tokens);
        at = end;
    }
    read(text, at.min(to), to, tokens);
}

/// Keeps the blanks that both ranges begin with, and the blanks that both end with.
fn keep_shared_blanks(
    old: &str,
    new: &str,
    (o, o_end): (usize, usize),
    (n, n_end): (usize, usize),
    kept: &mut Vec<Block>,
) {
    let (a, b) = (&old[o..o_end], &new[n..n_end]);
    if a.is_empty() || b.is_empty() {
        return;
    }
    let blank = |c: char| c.is_whitespace();
    let lead = |text: &str| text.len() - text.trim_start_matches(blank).len();
    let head = if a[..lead(a)] == b[..lead(b)] { lead(a) } else { 0 };
    push(kept, Block { old: o, new: n, len: head });
    let (a, b) = (&a[head..], &b[head..]);
    let trail = |text: &str| text.len() - text.trim_end_matches(blank).len();
    let tail = trail(a).min(trail(b));
    if trail(a) > 0 && a[a.len() - trail(a)..] == b[b.len() - trail(b)..] {
        push(kept, Block { old: o_end - tail, new: n_end - tail, len: tail });
    }
}
