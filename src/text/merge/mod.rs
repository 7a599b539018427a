//! Merges two edits of one text: the three-way merge of a file that was edited elsewhere.
//!
//! The unit is the sentence. What only one side changed is taken. What both changed the same way is taken once. What
//! both changed differently is a [`Conflict`] that a person decides. Two wordings of one sentence are never mixed: if
//! a year is 1976 on one side and 1979 on the other, the result is a conflict and never a sentence with both.
//! If one side moved a passage, the other side's edits of its sentences move with it. If that is not certain, both
//! places become conflicts. Then choosing one side for both neither loses nor doubles the passage. The result depends
//! on the three texts alone; no step uses a clock.
//!
//! It records nothing. It knows neither claims nor revisions.

mod gaps;
mod regions;
mod side;
mod units;
mod weave;

use super::Span;
use gaps::{Ends, Gaps};

/// The merge of two edits of one text. Conflicts are not decided yet.
#[derive(Clone, Debug)]
pub struct Merge {
    items: Vec<Item>,
    gaps: Gaps,
}

/// A part of the merged text, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Merged text, with the blanks and line breaks around it.
    Text(String),
    /// What a person must decide.
    Conflict(Box<Conflict>),
}

/// One place where the two sides differ and neither is a mere copy of the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The text before both edits.
    pub base: Version,
    /// The text of our side.
    pub ours: Version,
    /// The text of the other side.
    pub theirs: Version,
}

/// The text of one version at a conflict, without the blanks around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The words. Empty if the text has nothing here.
    pub words: String,
    /// Their place in that text. `None` if the text has nothing here.
    pub span: Option<Span>,
    ends: Ends,
}

/// What a person decides about a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The text before both edits.
    Base,
    /// The text of our side.
    Ours,
    /// The text of the other side.
    Theirs,
    /// Other words. Blank words leave the place empty.
    Words(String),
}

/// A sentence of the result, or a conflict.
#[derive(Clone, Debug)]
enum Item {
    Text { words: String, ends: Ends },
    Conflict(Box<Conflict>),
}

/// Merges two edits, `ours` and `theirs`, of the text `base`.
///
/// ```
/// # use tickmark::text::{Decision, merge};
/// let merged = merge("It rained. He left.", "It poured. He left.", "It rained. He stayed.");
/// assert_eq!(merged.text().as_deref(), Some("It poured. He stayed."));
/// let merged = merge("It opened in 1974.", "It opened in 1976.", "It opened in 1979.");
/// assert_eq!(merged.text(), None);
/// assert_eq!(merged.resolve(&[Some(Decision::Theirs)]).as_deref(), Some("It opened in 1979."));
/// ```
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merge {
    let texts = units::read(base, ours, theirs);
    let sides = [side::Side::of(&texts[0], &texts[1]), side::Side::of(&texts[0], &texts[2])];
    let plan = regions::Plan::of(&texts, &sides);
    Merge { items: weave::items(&texts, &sides, &plan), gaps: Gaps::of(&texts) }
}

impl Merge {
    /// The conflicts in reading order. A decision refers to one by its position here.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.items.iter().filter_map(|item| match item {
            Item::Conflict(conflict) => Some(&**conflict),
            Item::Text { .. } => None,
        })
    }

    /// The merged text. `None` if there is a conflict.
    pub fn text(&self) -> Option<String> {
        self.resolve(&[])
    }

    /// The merged text with the decisions applied. `None` while a conflict is undecided.
    pub fn resolve(&self, decisions: &[Option<Decision>]) -> Option<String> {
        let (mut chosen, mut decided) = (Vec::with_capacity(self.items.len()), decisions.iter());
        for item in &self.items {
            match item {
                Item::Text { words, ends } => chosen.push((words.as_str(), *ends)),
                Item::Conflict(conflict) => {
                    let (words, ends) = conflict.decided(decided.next()?.as_ref()?);
                    chosen.extend((!words.is_empty()).then_some((words, ends)));
                }
            }
        }
        Some(self.gaps.join(&chosen))
    }

    /// The merged text in pieces: text and conflicts.
    pub fn pieces(&self) -> Vec<Piece> {
        let (mut all, mut text, mut before) = (Vec::new(), self.gaps.head().to_owned(), None);
        for item in &self.items {
            let ends = item.ends();
            text += before.map_or("", |b| self.gaps.between(&b, &ends));
            match item {
                Item::Text { words, .. } => text += words,
                Item::Conflict(conflict) => {
                    all.push(Piece::Text(std::mem::take(&mut text)));
                    all.push(Piece::Conflict(conflict.clone()));
                }
            }
            before = Some(ends);
        }
        all.push(Piece::Text(text + self.gaps.tail()));
        all.retain(|p| !matches!(p, Piece::Text(t) if t.is_empty()));
        all
    }
}

impl Conflict {
    /// The words a decision chooses, and their ends.
    fn decided<'s>(&'s self, decision: &'s Decision) -> (&'s str, Ends) {
        match decision {
            Decision::Base => (&self.base.words, self.base.ends),
            Decision::Ours => (&self.ours.words, self.ours.ends),
            Decision::Theirs => (&self.theirs.words, self.theirs.ends),
            Decision::Words(words) => (words.trim(), self.ends()),
        }
    }

    fn ends(&self) -> Ends {
        self.base.ends.or(self.ours.ends).or(self.theirs.ends)
    }
}

impl Item {
    fn ends(&self) -> Ends {
        match self {
            Self::Text { ends, .. } => *ends,
            Self::Conflict(conflict) => conflict.ends(),
        }
    }
}

#[cfg(test)]
mod tests;
