//! An edit as a value, like CodeMirror's `ChangeSet`: it can be applied, inverted and composed, and it maps a
//! position of the old text to the new one. Lengths are in UTF-8 bytes. It refuses a text that it was not made for.

use super::{Byte, Diff, Part, Span, diff};
use crate::messages::{Message, message, shown_in_english};
use thiserror::Error;

/// One step of a [`Change`] over the old text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Keep the next `n` bytes.
    Keep(usize),
    /// Replace the next `len` bytes with `with`; `len` 0 inserts, an empty `with` deletes.
    Replace {
        /// How many bytes of the old text are removed.
        len: usize,
        /// The new text.
        with: String,
    },
}

/// The neighbour a position stays with if text is inserted exactly there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The text before it: the inserted text is after the position.
    Before,
    /// The text after it: the inserted text is before the position.
    After,
}

/// The new place of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// The position in the new text.
    pub at: Byte,
    /// Whether the text on both sides of it was deleted.
    pub deleted: bool,
}

/// A change that does not fit the text, or the change, it was used with.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChangeError {
    /// The text does not have the length that the change was made for.
    Length {
        /// The length the change was made for.
        expected: usize,
        /// The length of the text it was given.
        found: usize,
    },
    /// A step ends inside a character.
    CutsCharacter {
        /// Where.
        at: usize,
    },
}

impl ChangeError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Length { expected, found } => {
                message!("change_length", expected = *expected, found = *found)
            }
            Self::CutsCharacter { at } => message!("change_cuts_character", at = *at),
        }
    }
}

shown_in_english!(ChangeError);

/// An edit of one text: steps that together read the old text once, from its start to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    steps: Vec<Step>,
}

impl Change {
    /// A change of these steps. Empty steps are dropped and neighbours of one kind (kept, deleted, inserted) are
    /// joined. A deletion next to an insertion stays two steps, as in CodeMirror's sections, because [`Change::map`]
    /// has different results for the two.
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut change = Self::default();
        steps.into_iter().for_each(|step| change.push(step, false));
        change
    }

    /// A change of these steps. A deletion next to an insertion becomes one replacement.
    fn joined(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut change = Self::default();
        steps.into_iter().for_each(|step| change.push(step, true));
        change
    }

    /// The change that turns `old` into `new`, from their diff. A moved passage is a deletion and an insertion.
    pub fn between(old: &str, new: &str) -> Self {
        Self::of(&diff(old, new), new)
    }

    /// The change that `diff` describes; `diff` was made for the new text `new`.
    pub fn of(diff: &Diff, new: &str) -> Self {
        let words = |span: &Span| span.of(new).unwrap_or_default().to_owned();
        Self::joined(diff.parts.iter().map(|part| match part {
            Part::Kept { old, .. } => Step::Keep(old.len()),
            Part::Deleted { old } | Part::MovedFrom { old, .. } => {
                Step::Replace { len: old.len(), with: String::new() }
            }
            Part::Inserted { new } | Part::MovedTo { new, .. } => Step::Replace { len: 0, with: words(new) },
        }))
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The length in bytes of the text it applies to.
    pub fn len_before(&self) -> usize {
        self.steps.iter().map(len_in_old).sum()
    }

    /// The length in bytes of the text it yields.
    pub fn len_after(&self) -> usize {
        self.steps.iter().map(len_in_new).sum()
    }

    /// The text after the edit. Fails if `old` has a different length than the change was made for, or a step cuts a
    /// character.
    pub fn apply(&self, old: &str) -> Result<String, ChangeError> {
        if self.len_before() != old.len() {
            return Err(ChangeError::Length { expected: self.len_before(), found: old.len() });
        }
        let (mut new, mut at) = (String::with_capacity(self.len_after()), 0);
        for step in &self.steps {
            let end = at + len_in_old(step);
            let words = old.get(at..end).ok_or(ChangeError::CutsCharacter { at: end })?;
            new.push_str(match step {
                Step::Keep(_) => words,
                Step::Replace { with, .. } => with,
            });
            at = end;
        }
        Ok(new)
    }

    /// The change that undoes this one, given the text it applies to.
    pub fn invert(&self, old: &str) -> Self {
        let mut at = 0;
        Self::new(self.steps.iter().map(|step| {
            at += len_in_old(step);
            match step {
                Step::Keep(n) => Step::Keep(*n),
                Step::Replace { len, with } => Step::Replace {
                    len: with.len(),
                    with: old.get(at - len..at).unwrap_or_default().to_owned(),
                },
            }
        }))
    }

    /// One change that does this one and then `next`. Fails when `next` was not made for this one's result.
    pub fn compose(&self, next: &Self) -> Result<Self, ChangeError> {
        if self.len_after() != next.len_before() {
            return Err(ChangeError::Length { expected: next.len_before(), found: self.len_after() });
        }
        let mut first = StepReader::new(&self.steps);
        let mut out = Self::default();
        for step in &next.steps {
            match step {
                Step::Keep(n) => first.take(*n, |step| out.push(step, true))?,
                Step::Replace { len, with } => {
                    out.push(Step::Replace { len: 0, with: with.clone() }, true);
                    let mut gone = 0;
                    first.take(*len, |step| gone += len_in_old(&step))?;
                    out.push(Step::Replace { len: gone, with: String::new() }, true);
                }
            }
        }
        first.rest(|step| out.push(step, true));
        Ok(out)
    }

    /// One change that does all of these, one after the other, to a text of `len` bytes. They are composed in pairs, so that many small
    /// ones take no longer than a few large ones. Fails when one was not made for the result of those before it.
    pub fn in_turn(changes: &[Self], len: usize) -> Result<Self, ChangeError> {
        match changes {
            [] => Ok(Self::new([Step::Keep(len)])),
            [one] => Self::new([Step::Keep(len)]).compose(one),
            many => {
                let (first, rest) = many.split_at(many.len() / 2);
                let first = Self::in_turn(first, len)?;
                first.compose(&Self::in_turn(rest, first.len_after())?)
            }
        }
    }

    /// The place in the new text of the position `at` of the old one.
    ///
    /// The rules are CodeMirror's `mapPos`, so that the page and the core agree: a position at either end of a
    /// replacement stays at that end. A position inside it goes to the end that `side` names. If text is only
    /// inserted, `side` decides.
    pub fn map(&self, at: Byte, side: Side) -> Mapped {
        let (mut old, mut new) = (0, 0);
        for step in &self.steps {
            let end = old + len_in_old(step);
            match step {
                Step::Keep(_) if end > at.0 => return Mapped { at: Byte(new + at.0 - old), deleted: false },
                Step::Replace { len, with }
                    if end > at.0 || end == at.0 && *len == 0 && side == Side::Before =>
                {
                    let stays = at.0 == old || side == Side::Before;
                    return Mapped {
                        at: Byte(if stays { new } else { new + with.len() }),
                        deleted: at.0 > old,
                    };
                }
                Step::Keep(_) | Step::Replace { .. } => {}
            }
            (old, new) = (end, new + len_in_new(step));
        }
        Mapped { at: Byte(new), deleted: false }
    }

    /// Appends a step. It is joined to the last step if both are of one kind, or if `join` is set.
    fn push(&mut self, step: Step, join: bool) {
        if len_in_old(&step) == 0 && len_in_new(&step) == 0 {
            return;
        }
        match (self.steps.last_mut(), step) {
            (Some(Step::Keep(n)), Step::Keep(more)) => *n += more,
            (Some(Step::Replace { len, with }), Step::Replace { len: more, with: words })
                if join || *len + more == 0 || with.is_empty() && words.is_empty() =>
            {
                *len += more;
                with.push_str(&words);
            }
            (_, step) => self.steps.push(step),
        }
    }
}

fn len_in_old(step: &Step) -> usize {
    match step {
        Step::Keep(n) => *n,
        Step::Replace { len, .. } => *len,
    }
}

fn len_in_new(step: &Step) -> usize {
    match step {
        Step::Keep(n) => *n,
        Step::Replace { with, .. } => with.len(),
    }
}

/// Reads the steps of a change, cut to lengths of its result.
struct StepReader<'s> {
    steps: &'s [Step],
    at: usize,
    used: usize,
}

impl<'s> StepReader<'s> {
    fn new(steps: &'s [Step]) -> Self {
        Self { steps, at: 0, used: 0 }
    }

    /// Reads `n` bytes of the result and emits the steps that made them.
    ///
    /// A replacement's deletion is emitted with its first byte. A pure deletion is emitted with the bytes after it.
    fn take(&mut self, mut n: usize, mut emit: impl FnMut(Step)) -> Result<(), ChangeError> {
        while n > 0 {
            let Some(step) = self.steps.get(self.at) else { return Ok(()) };
            let here = n.min(len_in_new(step) - self.used);
            emit(self.piece(step, here)?);
            n -= here;
            self.used += here;
            if self.used == len_in_new(step) {
                (self.at, self.used) = (self.at + 1, 0);
            }
        }
        Ok(())
    }

    fn piece(&self, step: &Step, here: usize) -> Result<Step, ChangeError> {
        Ok(match step {
            Step::Keep(_) => Step::Keep(here),
            Step::Replace { len, with } => {
                let words = with
                    .get(self.used..self.used + here)
                    .ok_or(ChangeError::CutsCharacter { at: self.used + here })?;
                Step::Replace { len: if self.used == 0 { *len } else { 0 }, with: words.to_owned() }
            }
        })
    }

    /// Emits the remaining steps. They can only be deletions at the very end.
    fn rest(self, mut emit: impl FnMut(Step)) {
        self.steps[self.at.min(self.steps.len())..].iter().for_each(|step| emit(step.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text and a change of it.
    fn changed() -> impl Strategy<Value = (String, Change)> {
        ("[a-dé ]{0,24}", change(24)).prop_map(|(text, steps)| fit(&text, steps))
    }

    fn change(most: usize) -> impl Strategy<Value = Vec<(usize, usize, String)>> {
        prop::collection::vec((0..most, 0..6usize, "[x-zß]{0,3}"), 0..5)
    }

    /// Makes steps out of (keep, delete, insert) triples, cut to whole characters of `text`.
    fn fit(text: &str, wanted: Vec<(usize, usize, String)>) -> (String, Change) {
        let (mut at, mut steps) = (0, Vec::new());
        let floor =
            |to: usize| (0..=to.min(text.len())).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(0);
        for (keep, delete, with) in wanted {
            let (from, to) = (floor(at + keep), floor(at + keep + delete));
            steps.extend([Step::Keep(from - at), Step::Replace { len: to - from, with }]);
            at = to;
        }
        steps.push(Step::Keep(text.len() - at));
        (text.to_owned(), Change::new(steps))
    }

    /// CodeMirror's rules on one replacement at bytes 2..4 by three bytes.
    #[test]
    fn a_position_maps_as_in_codemirror() {
        let change =
            Change::new([Step::Keep(2), Step::Replace { len: 2, with: "xyz".into() }, Step::Keep(2)]);
        let at = |b, side| change.map(Byte(b), side).at.0;
        assert_eq!([at(2, Side::Before), at(2, Side::After)], [2, 2]);
        assert_eq!([at(3, Side::Before), at(3, Side::After)], [2, 5]);
        assert_eq!([at(4, Side::Before), at(4, Side::After)], [5, 5]);
        let insert =
            Change::new([Step::Keep(2), Step::Replace { len: 0, with: "xyz".into() }, Step::Keep(2)]);
        assert_eq!([insert.map(Byte(2), Side::Before).at.0, insert.map(Byte(2), Side::After).at.0], [2, 5]);
    }

    #[test]
    fn a_change_for_another_text_is_refused() {
        assert_eq!(
            Change::new([Step::Keep(3)]).apply("ab"),
            Err(ChangeError::Length { expected: 3, found: 2 })
        );
        let cuts = Change::new([Step::Keep(1), Step::Replace { len: 1, with: String::new() }]);
        assert_eq!(cuts.apply("é"), Err(ChangeError::CutsCharacter { at: 1 }));
    }

    proptest! {
        #[test]
        fn undoing_a_change_gives_the_old_text((old, change) in changed()) {
            let new = change.apply(&old).unwrap();
            prop_assert_eq!(new.len(), change.len_after());
            prop_assert_eq!(change.invert(&old).apply(&new).unwrap(), old);
        }

        #[test]
        fn two_changes_composed_do_what_they_do_in_turn((old, first) in changed(), wanted in change(30)) {
            let middle = first.apply(&old).unwrap();
            let (_, second) = fit(&middle, wanted);
            let both = first.compose(&second).unwrap();
            prop_assert_eq!(both.apply(&old).unwrap(), second.apply(&middle).unwrap());
        }

        #[test]
        fn composing_is_associative_in_effect((old, a) in changed(), b in change(30), c in change(30)) {
            let (second, b) = fit(&a.apply(&old).unwrap(), b);
            let (_, c) = fit(&b.apply(&second).unwrap(), c);
            let left = a.compose(&b).unwrap().compose(&c).unwrap();
            let right = a.compose(&b.compose(&c).unwrap()).unwrap();
            prop_assert_eq!(left.apply(&old).unwrap(), right.apply(&old).unwrap());
        }

        #[test]
        fn changes_in_turn_are_one_change((old, a) in changed(), all in prop::collection::vec(change(30), 0..6)) {
            let (mut text, mut made) = (a.apply(&old).unwrap(), vec![a]);
            for wanted in all {
                let (_, next) = fit(&text, wanted);
                text = next.apply(&text).unwrap();
                made.push(next);
            }
            prop_assert_eq!(Change::in_turn(&made, old.len()).unwrap().apply(&old).unwrap(), text);
            prop_assert_eq!(Change::in_turn(&[], old.len()).unwrap().apply(&old).unwrap(), old);
        }

        #[test]
        fn mapping_keeps_the_order_of_positions((old, change) in changed(), side in prop::bool::ANY) {
            let side = if side { Side::Before } else { Side::After };
            let at: Vec<usize> = (0..=old.len()).map(|b| change.map(Byte(b), side).at.0).collect();
            prop_assert!(at.windows(2).all(|w| w[0] <= w[1]));
            prop_assert!(at.iter().all(|&b| b <= change.len_after()));
        }

        #[test]
        fn the_change_between_two_texts_makes_one_of_the_other(old in "[ab .\n]{0,30}", new in "[ab .\n]{0,30}") {
            prop_assert_eq!(Change::between(&old, &new).apply(&old).unwrap(), new);
        }
    }
}
