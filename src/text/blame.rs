//! Who wrote which words: every part of a text is traced to the edition that first had it.
//!
//! Moved words keep their author. An edition's new words are also searched for in earlier editions, so words that
//! were deleted and restored keep the edition that wrote them.

use super::{Part, Span, diff};

/// How many earlier editions are searched for words that an edition's own predecessors do not have.
const MAX_EARLIER: usize = 8;

/// One edition of a text and its predecessors. It is compared with the first predecessor first, then with the others,
/// such as the other side of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition<'t> {
    /// The whole text.
    pub text: &'t str,
    /// Its predecessors, by their positions in the list. All are before its own position.
    pub parents: Vec<usize>,
}

/// A span of the last edition, and the edition that wrote it, by its position in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its place.
    pub span: Span,
    /// The edition that wrote it.
    pub edition: usize,
}

/// Traces every byte of the last edition. The spans cover it in order, and two neighbours always have different
/// editions.
///
/// ```
/// # use tickmark::text::{Edition, blame};
/// let editions = [("built in 1911", vec![]), ("built in 1912", vec![0]), ("built in 1911", vec![1])];
/// let editions = editions.map(|(text, parents)| Edition { text, parents });
/// let traced = blame(&editions);
/// assert_eq!(traced.len(), 1);
/// assert_eq!(traced[0].edition, 0);
/// ```
pub fn blame(editions: &[Edition<'_>]) -> Vec<Written> {
    let mut traced: Vec<Vec<Written>> = Vec::with_capacity(editions.len());
    for at in 0..editions.len() {
        let mut trace = Trace { known: Vec::new(), text: editions[at].text };
        for earlier in editions_to_search(editions, at) {
            if trace.gaps().iter().any(|gap| trace.may_come_from(*gap, editions[earlier].text)) {
                trace.add_shared(editions[earlier].text, &traced[earlier]);
            }
        }
        traced.push(trace.finish(at));
    }
    traced.pop().unwrap_or_default()
}

/// The editions to search, best first: the predecessors, then the earlier ones, newest first.
fn editions_to_search(editions: &[Edition<'_>], at: usize) -> Vec<usize> {
    let parents = &editions[at].parents;
    let older = (0..at).rev().filter(|other| !parents.contains(other)).take(MAX_EARLIER);
    parents.iter().copied().chain(older).collect()
}

/// What is known so far of one edition's text, in order, without overlaps.
struct Trace<'t> {
    known: Vec<Written>,
    text: &'t str,
}

impl Trace<'_> {
    /// The spans that are not traced yet.
    fn gaps(&self) -> Vec<Span> {
        let (mut gaps, mut at) = (Vec::new(), 0);
        for known in &self.known {
            gaps.extend((known.span.start.0 > at).then(|| Span::at(at, known.span.start.0)));
            at = known.span.end.0;
        }
        gaps.extend((self.text.len() > at).then(|| Span::at(at, self.text.len())));
        gaps
    }

    /// Whether the gap's words could come from `earlier`. At first anything could, later only words that `earlier`
    /// has as a whole.
    fn may_come_from(&self, gap: Span, earlier: &str) -> bool {
        let words = gap.of(self.text).unwrap_or_default().trim();
        self.known.is_empty() || (!words.is_empty() && earlier.contains(words))
    }

    /// Adds what the gaps share with an earlier edition, whose own spans are `written`.
    fn add_shared(&mut self, earlier: &str, written: &[Written]) {
        let gaps = self.gaps();
        for (old, new) in shared(earlier, self.text) {
            for gap in gaps.iter().filter(|g| g.start < new.end && new.start < g.end) {
                let (start, end) = (new.start.max(gap.start).0, new.end.min(gap.end).0);
                let back = Span::at(old.start.0 + (start - new.start.0), old.start.0 + (end - new.start.0));
                self.known.extend(within(written, back).map(|w| Written {
                    span: Span::at(
                        w.span.start.0 - back.start.0 + start,
                        w.span.end.0 - back.start.0 + start,
                    ),
                    edition: w.edition,
                }));
            }
        }
        self.known.sort_by_key(|w| w.span);
    }

    /// All spans of the text. What is not traced belongs to this edition. Blanks belong to the words before them.
    fn finish(mut self, own: usize) -> Vec<Written> {
        let blank = |span: Span| span.of(self.text).is_some_and(|t| t.trim().is_empty());
        let before = |span: Span| self.known.iter().rfind(|w| w.span.end <= span.start).map(|w| w.edition);
        let edition = |span| before(span).filter(|_| blank(span)).unwrap_or(own);
        let gaps: Vec<Written> =
            self.gaps().into_iter().map(|span| Written { span, edition: edition(span) }).collect();
        self.known.extend(gaps);
        self.known.sort_by_key(|w| w.span);
        let mut joined: Vec<Written> = Vec::new();
        for next in self.known {
            match joined.last_mut().filter(|last| last.edition == next.edition) {
                Some(last) => last.span.end = next.span.end,
                None => joined.push(next),
            }
        }
        joined
    }
}

/// The parts of `written` inside `span`, cut to it.
fn within(written: &[Written], span: Span) -> impl Iterator<Item = Written> + '_ {
    let from = written.partition_point(|w| w.span.end <= span.start);
    written[from..].iter().take_while(move |w| w.span.start < span.end).map(move |w| Written {
        span: Span::new(w.span.start.max(span.start), w.span.end.min(span.end)),
        edition: w.edition,
    })
}

/// The spans two texts share, including moved ones, each with its place in both.
fn shared(old: &str, new: &str) -> Vec<(Span, Span)> {
    let diff = diff(old, new);
    let inside = diff.moves.iter().flat_map(|m| &m.inner);
    let kept = |part: &Part| match part {
        Part::Kept { old, new } => Some((*old, *new)),
        Part::Deleted { .. } | Part::Inserted { .. } | Part::MovedFrom { .. } | Part::MovedTo { .. } => None,
    };
    diff.parts.iter().chain(inside).filter_map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words of the last edition with the number of the edition that wrote them.
    fn traced_words(editions: &[(&str, &[usize])]) -> String {
        let list: Vec<Edition> =
            editions.iter().map(|(text, parents)| Edition { text, parents: parents.to_vec() }).collect();
        let last = editions.last().expect("a edition").0;
        let words = blame(&list)
            .into_iter()
            .map(|w| format!("{}[{}]", w.edition, w.span.of(last).expect("a stretch")));
        words.collect()
    }

    #[test]
    fn new_words_belong_to_the_edition_that_added_them() {
        assert_eq!(traced_words(&[("It is red.", &[]), ("It is blue.", &[0])]), "0[It is ]1[blue]0[.]");
    }

    #[test]
    fn moved_paragraphs_keep_their_author() {
        let (a, b) =
            ("The council met on Monday in the old town hall.", "Nobody was hurt in the fire at the mill.");
        let (first, second) = (format!("{a}\n\n{b}\n\nEnd of it."), format!("{b}\n\n{a}\n\nEnd of it."));
        let traced = traced_words(&[(&first, &[]), (&second, &[0])]);
        assert!(!traced.contains("1["), "{traced}");
    }

    #[test]
    fn restored_words_keep_their_author() {
        let (full, cut) = ("One stays. Two goes away. Three stays.", "One stays. Three stays.");
        assert_eq!(traced_words(&[(full, &[]), (cut, &[0]), (full, &[1])]), format!("0[{full}]"));
    }

    #[test]
    fn a_merge_takes_words_from_both_sides() {
        let base = "The bridge is old. The road is new.";
        let ours = "The bridge is very old. The road is new.";
        let theirs = "The bridge is old. The road is quite new.";
        let both = "The bridge is very old. The road is quite new.";
        let traced = traced_words(&[(base, &[]), (ours, &[0]), (theirs, &[0]), (both, &[1, 2])]);
        assert_eq!(traced, "0[The bridge is ]1[very ]0[old. The road is ]2[quite ]0[new.]");
    }

    proptest! {
        #[test]
        fn every_byte_has_one_author(texts in proptest::collection::vec("[ab1 .\n]{0,40}", 1..5)) {
            let list: Vec<Edition> = texts.iter().enumerate()
                .map(|(at, text)| Edition { text, parents: at.checked_sub(1).into_iter().collect() }).collect();
            let mut at = 0;
            for written in blame(&list) {
                prop_assert_eq!(written.span.start.0, at);
                prop_assert!(written.edition < texts.len());
                at = written.span.end.0;
            }
            prop_assert_eq!(at, texts.last().expect("a text").len());
        }
    }
}
