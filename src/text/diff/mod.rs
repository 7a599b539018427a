//! What changed between two texts, as one value that the window, the command line, HTML and JSON draw from.
//!
//! Paragraph lines first, words inside what is left. Every step is bounded by work and never by a
//! clock, so the same two texts give the same answer on every machine.

mod engine;

use super::{Span, words};

/// A stretch of the change, in reading order: what was taken out stands before what came in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The same text in both.
    Kept {
        /// Where in the old text.
        old: Span,
        /// Where in the new text.
        new: Span,
    },
    /// Text that is gone.
    Deleted {
        /// Where it stood.
        old: Span,
    },
    /// Text that is new.
    Inserted {
        /// Where it stands.
        new: Span,
    },
    /// Text that went elsewhere: the place it left.
    MovedFrom {
        /// Where it stood.
        old: Span,
        /// Its number in [`Diff::moves`].
        id: usize,
    },
    /// Text that came from elsewhere: the place it went to.
    MovedTo {
        /// Where it stands.
        new: Span,
        /// Its number in [`Diff::moves`].
        id: usize,
    },
}

/// A passage that moved, perhaps edited on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where it stood.
    pub old: Span,
    /// Where it stands.
    pub new: Span,
    /// What changed inside it: kept, deleted and inserted parts that cover both spans.
    pub inner: Vec<Part>,
}

/// The whole difference: the parts cover both texts, each once and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The parts in reading order.
    pub parts: Vec<Part>,
    /// The moved passages, by the id the parts name.
    pub moves: Vec<Move>,
}

/// Words taken out, put in and moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Words of the old text that are gone, edits inside moved passages included.
    pub deleted: usize,
    /// Words of the new text that are new, edits inside moved passages included.
    pub inserted: usize,
    /// Words that stand elsewhere now.
    pub moved: usize,
}

/// Compares two texts.
///
/// ```
/// # use tickmark::text::{Part, diff, Span};
/// let diff = diff("a red cat", "a blue cat");
/// assert_eq!(diff.parts[1], Part::Deleted { old: Span::at(2, 5) });
/// assert_eq!(diff.parts[2], Part::Inserted { new: Span::at(2, 6) });
/// ```
pub fn diff(old: &str, new: &str) -> Diff {
    let kept = engine::kept(old, new);
    Diff { parts: parts(&kept, Span::at(0, old.len()), Span::at(0, new.len())), moves: Vec::new() }
}

/// Counts the words a difference touches.
pub fn stats(diff: &Diff, old: &str, new: &str) -> Stats {
    let mut stats = Stats::default();
    let inner = diff.moves.iter().flat_map(|m| m.inner.iter().map(|part| (part, true)));
    for (part, moved) in diff.parts.iter().map(|part| (part, false)).chain(inner) {
        match part {
            Part::Deleted { old: span } => stats.deleted += count(old, *span),
            Part::Inserted { new: span } => stats.inserted += count(new, *span),
            Part::Kept { new: span, .. } if moved => stats.moved += count(new, *span),
            Part::Kept { .. } | Part::MovedFrom { .. } | Part::MovedTo { .. } => {}
        }
    }
    stats
}

fn count(text: &str, span: Span) -> usize {
    words(span.of(text).unwrap_or_default()).len()
}

/// A stretch of text that both sides have: where it begins in each, and its length in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub old: usize,
    pub new: usize,
    pub len: usize,
}

/// The parts that cover `old` and `new` when `kept`, in order in both, is what they share.
fn parts(kept: &[Block], old: Span, new: Span) -> Vec<Part> {
    let (mut all, mut o, mut n) = (Vec::with_capacity(kept.len() * 3), old.start.0, new.start.0);
    let end = Block { old: old.end.0, new: new.end.0, len: 0 };
    for block in kept.iter().chain([&end]) {
        if block.old > o {
            all.push(Part::Deleted { old: Span::at(o, block.old) });
        }
        if block.new > n {
            all.push(Part::Inserted { new: Span::at(n, block.new) });
        }
        (o, n) = (block.old + block.len, block.new + block.len);
        if block.len > 0 {
            all.push(Part::Kept { old: Span::at(block.old, o), new: Span::at(block.new, n) });
        }
    }
    all
}
