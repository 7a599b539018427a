//! What changed between two texts, as one value. The window, the command line, HTML and JSON all show this value.
//!
//! It compares paragraph lines first, then words inside the rest. The work of every step is bounded, and no step
//! depends on a clock, so the same two texts give the same result on every machine.

mod align;
mod chain;
mod cleanup;
mod engine;
mod hash;
mod lines;
mod moves;
mod slide;
mod words;

use super::{Span, words};

/// A part of the change, in reading order: deleted text is before the text that replaced it.
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
        /// Where it was.
        old: Span,
    },
    /// Text that is new.
    Inserted {
        /// Where it is.
        new: Span,
    },
    /// The old place of text that moved.
    MovedFrom {
        /// Where it was.
        old: Span,
        /// Its number in [`Diff::moves`].
        id: usize,
    },
    /// The new place of text that moved.
    MovedTo {
        /// Where it is.
        new: Span,
        /// Its number in [`Diff::moves`].
        id: usize,
    },
}

/// A passage that moved, possibly with edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where it was.
    pub old: Span,
    /// Where it is.
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

/// The number of words deleted, inserted and moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Deleted words of the old text, including edits inside moved passages.
    pub deleted: usize,
    /// Inserted words of the new text, including edits inside moved passages.
    pub inserted: usize,
    /// Words that are elsewhere now.
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
    let shared = engine::shared(old, new);
    let moves = moves::moves(old, new, &shared.kept, &shared.moved);
    let plain = parts(&shared.kept, Span::at(0, old.len()), Span::at(0, new.len()));
    Diff { parts: with_moves(plain, &moves), moves }
}

/// Splits the moved passages off the deleted and inserted parts that contain them.
fn with_moves(plain: Vec<Part>, moves: &[Move]) -> Vec<Part> {
    if moves.is_empty() {
        return plain;
    }
    let from: Vec<(Span, usize)> = moves.iter().enumerate().map(|(id, m)| (m.old, id)).collect();
    let mut to: Vec<(Span, usize)> = moves.iter().enumerate().map(|(id, m)| (m.new, id)).collect();
    to.sort();
    let mut all = Vec::with_capacity(plain.len() + 4 * moves.len());
    for part in plain {
        match part {
            Part::Deleted { old } => {
                cut(old, &from, |old| Part::Deleted { old }, |old, id| Part::MovedFrom { old, id }, &mut all)
            }
            Part::Inserted { new } => {
                cut(new, &to, |new| Part::Inserted { new }, |new, id| Part::MovedTo { new, id }, &mut all)
            }
            Part::Kept { .. } | Part::MovedFrom { .. } | Part::MovedTo { .. } => all.push(part),
        }
    }
    all
}

/// Splits `span` into the parts outside the passages of `moved`, which are in order, and the parts inside.
fn cut(
    span: Span,
    moved: &[(Span, usize)],
    plain: fn(Span) -> Part,
    whole: fn(Span, usize) -> Part,
    all: &mut Vec<Part>,
) {
    let mut at = span.start;
    let first = moved.partition_point(|(m, _)| m.end <= span.start);
    for &(m, id) in moved[first..].iter().take_while(|(m, _)| m.end <= span.end) {
        all.extend((m.start > at).then(|| plain(Span::new(at, m.start))));
        all.push(whole(m, id));
        at = m.end;
    }
    all.extend((span.end > at).then(|| plain(Span::new(at, span.end))));
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

/// A block of text that both sides have: its start in each, and its length in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub old: usize,
    pub new: usize,
    pub len: usize,
}

/// The parts that cover `old` and `new`. `kept` is what they share, in order in both.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The two texts in one: `{-gone-}`, `{+come+}`, `{<id moved away>}`, `{>id moved here<}`.
    fn drawn(old: &str, new: &str) -> String {
        let mut out = String::new();
        for part in diff(old, new).parts {
            match part {
                Part::Kept { old: span, .. } => out += span.of(old).unwrap(),
                Part::Deleted { old: span } => out += &format!("{{-{}-}}", span.of(old).unwrap()),
                Part::Inserted { new: span } => out += &format!("{{+{}+}}", span.of(new).unwrap()),
                Part::MovedFrom { old: span, id } => out += &format!("{{<{id} {}>}}", span.of(old).unwrap()),
                Part::MovedTo { new: span, id } => out += &format!("{{>{id} {}<}}", span.of(new).unwrap()),
            }
        }
        out
    }

    #[test]
    fn words_and_numbers_change_whole() {
        assert_eq!(drawn("about 1,387 men", "about 1,487 men"), "about {-1,387-}{+1,487+} men");
        assert_eq!(drawn("they don't go", "they do go"), "they {-don't-}{+do+} go");
    }

    #[test]
    fn a_word_put_in_leaves_the_blanks_around_it() {
        assert_eq!(drawn("a red cat", "a big red cat"), "a {+big +}red cat");
        assert_eq!(drawn("one two three", "one three"), "one {-two -}three");
    }

    #[test]
    fn a_single_small_word_is_no_island_between_changes() {
        let drawn = drawn("cats ate the birds now", "dogs saw the trees now");
        assert_eq!(drawn, "{-cats ate the birds-}{+dogs saw the trees+} now");
    }

    #[test]
    fn a_sentence_that_moved_is_told_as_moved() {
        let (one, two, three) = (
            "The first one was here.",
            "Some other words follow it.",
            "The minister left the town on Friday at noon.",
        );
        let (old, new) = (format!("{three} {one} {two}"), format!("{one} {two} {three}"));
        assert!(drawn(&old, &new).contains(&format!("{{<0 {three}>}}")), "{}", drawn(&old, &new));
    }

    #[test]
    fn a_paragraph_edited_on_the_way_is_told_as_moved_with_its_edit() {
        let (one, two) = (
            "It rained for weeks on end in the whole of the north.\n\n",
            "Nobody had seen such a flood since the year the dam was built there.\n\n",
        );
        let moved = "The minister left the town on Friday at noon with two of his men.";
        let old = format!("{moved}\n\n{one}{two}");
        let new = format!("{one}{two}{}\n", moved.replace("Friday", "Monday"));
        let found = diff(&old, &new);
        assert_eq!(found.moves.len(), 1, "{}", drawn(&old, &new));
        assert!(
            found.moves[0]
                .inner
                .iter()
                .any(|p| matches!(p, Part::Deleted { old: span } if span.of(&old) == Some("Friday")))
        );
    }

    #[test]
    fn one_word_said_over_and_over_is_not_one_replacement() {
        let old = "word ".repeat(4000);
        let new = old.replacen("word word word word word ", "word word other word ", 40);
        let kept = diff(&old, &new).parts.iter().filter(|p| matches!(p, Part::Kept { .. })).count();
        assert!(kept > 20, "{kept}");
    }

    fn texts() -> impl Strategy<Value = (String, String)> {
        let sentence = prop::sample::select(vec![
            "The cat sat on the mat.",
            "A dog barked at 14:00 that day.",
            "It cost €5m in all, he said.",
            "Nobody left the town.",
            "# A heading",
            "x",
        ]);
        let gap = prop::sample::select(vec![" ", "\n", "\n\n", "  "]);
        let text = prop::collection::vec((sentence, gap), 0..12)
            .prop_map(|v| v.into_iter().flat_map(|(s, g)| [s, g]).collect::<String>());
        (text, prop::collection::vec((0..200usize, "[a-zé .]{0,5}"), 0..5)).prop_flat_map(|(old, edits)| {
            let mut new = old.clone();
            for (at, words) in edits {
                let at = (0..=at.min(new.len())).rev().find(|&b| new.is_char_boundary(b)).unwrap_or(0);
                new.insert_str(at, &words);
            }
            let lines: Vec<String> = new.split_inclusive('\n').map(str::to_owned).collect();
            (Just(old), Just(lines).prop_shuffle().prop_map(|l| l.concat()))
        })
    }

    proptest! {
        #[test]
        fn the_parts_tell_both_texts_once_and_in_order((old, new) in texts()) {
            let found = diff(&old, &new);
            let (mut o, mut n) = (String::new(), String::new());
            for part in &found.parts {
                match *part {
                    Part::Kept { old: a, new: b } => {
                        prop_assert_eq!(a.of(&old), b.of(&new));
                        o += a.of(&old).unwrap();
                        n += b.of(&new).unwrap();
                    }
                    Part::Deleted { old: a } => o += a.of(&old).unwrap(),
                    Part::Inserted { new: b } => n += b.of(&new).unwrap(),
                    Part::MovedFrom { old: a, id } => { prop_assert_eq!(a, found.moves[id].old); o += a.of(&old).unwrap() }
                    Part::MovedTo { new: b, id } => { prop_assert_eq!(b, found.moves[id].new); n += b.of(&new).unwrap() }
                }
            }
            let ids = found.parts.iter().filter(|p| matches!(p, Part::MovedFrom { .. } | Part::MovedTo { .. })).count();
            prop_assert_eq!(ids, 2 * found.moves.len());
            prop_assert_eq!((o, n), (old, new));
        }
    }
}
