//! Two edits of one text brought together: the three-way merge of a file that was edited elsewhere.
//!
//! The unit is the sentence. What only one side changed is taken; what both changed alike is taken once; what both
//! changed differently is a [`Conflict`] that a person decides. Two wordings of one sentence are never blended: a year
//! that is 1976 on one side and 1979 on the other comes out as a conflict and never as both. A passage that one side moved takes along the
//! sentences the other side edited in it; where that cannot be done surely, both places become conflicts, so that
//! choosing one side for both neither loses nor doubles it. The answer depends on the three texts alone; no step looks at a clock.
//!
//! It records nothing, and knows neither claims nor revisions.

mod gaps;
mod regions;
mod side;
mod units;
mod weave;

use super::Span;
use gaps::{Ends, Gaps};

/// The two edits of one text brought together. Nothing is decided yet where they differ.
#[derive(Clone, Debug)]
pub struct Merge {
    items: Vec<Item>,
    gaps: Gaps,
}

/// A stretch of the merged text, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stands, with the blanks and line breaks around it.
    Text(String),
    /// What a person must decide.
    Conflict(Box<Conflict>),
}

/// One place where the two sides differ and neither is a mere copy of the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What stood there before both.
    pub base: Version,
    /// What the one side has.
    pub ours: Version,
    /// What the other side has.
    pub theirs: Version,
}

/// What one text has at a conflict, without the blanks around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The words; nothing where the text has nothing there.
    pub words: String,
    /// Where they stand in that text; nothing where it has nothing there.
    pub span: Option<Span>,
    ends: Ends,
}

/// What a person decides about a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// As it stood before both.
    Base,
    /// As the one side has it.
    Ours,
    /// As the other side has it.
    Theirs,
    /// In other words; blank words leave the place empty.
    Words(String),
}

/// A sentence of the result, or a conflict.
#[derive(Clone, Debug)]
enum Item {
    Text { words: String, ends: Ends },
    Conflict(Box<Conflict>),
}

/// Brings together two edits, `ours` and `theirs`, of the text `base`.
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
    let sheets = units::read(base, ours, theirs);
    let sides = [side::Side::of(&sheets[0], &sheets[1]), side::Side::of(&sheets[0], &sheets[2])];
    let plan = regions::Plan::of(&sheets, &sides);
    Merge { items: weave::items(&sheets, &sides, &plan), gaps: Gaps::of(&sheets) }
}

impl Merge {
    /// The conflicts in reading order: a decision names one by its place here.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.items.iter().filter_map(|item| match item {
            Item::Conflict(conflict) => Some(&**conflict),
            Item::Text { .. } => None,
        })
    }

    /// The merged text, where there is no conflict.
    pub fn text(&self) -> Option<String> {
        self.resolve(&[])
    }

    /// The merged text as decided; nothing while a conflict is undecided.
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

    /// The merged text in pieces: what stands, and the conflicts between.
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
    /// The words a decision stands for, and where they stand.
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
