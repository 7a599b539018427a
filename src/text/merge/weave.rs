//! The result, sentence by sentence: what both kept, the outcome of each region, and the conflicts.

use super::{
    Conflict, Item, Version,
    gaps::{Ends, choose},
    regions::{Outcome, Plan, Region},
    side::Side,
    units::CutText,
};
use std::ops::Range;

/// The sentences and conflicts of the result, in order.
pub(super) fn items(texts: &[CutText; 3], sides: &[Side; 2], plan: &Plan) -> Vec<Item> {
    let (builder, mut all, mut at) = (ItemBuilder { texts, sides, plan }, Vec::new(), 0);
    for region in &plan.regions {
        all.extend((at..region.base.start).map(|unit| builder.kept(unit)));
        builder.region(region, &mut all);
        at = at.max(region.base.end);
    }
    all.extend((at..texts[0].units.len()).map(|unit| builder.kept(unit)));
    all
}

struct ItemBuilder<'s, 't> {
    texts: &'s [CutText<'t>; 3],
    sides: &'s [Side; 2],
    plan: &'s Plan,
}

impl ItemBuilder<'_, '_> {
    /// A sentence of the base that neither side changed.
    fn kept(&self, unit: usize) -> Item {
        self.same([Some(unit), self.sides[0].became[unit], self.sides[1].became[unit]])
    }

    fn region(&self, region: &Region, all: &mut Vec<Item>) {
        match region.outcome {
            Outcome::OneSide(s) => self.taken(region, s, all),
            Outcome::BothInserts(first) => {
                self.taken(region, first, all);
                self.taken(region, 1 - first, all);
            }
            Outcome::SameEdit => {
                let [ours, theirs] = [0, 1].map(|s| region.of(self.sides, s));
                let was =
                    |o: usize, t: usize| self.sides[0].was[o].filter(|b| self.sides[1].was[t] == Some(*b));
                all.extend(ours.zip(theirs).map(|(o, t)| self.same([was(o, t), Some(o), Some(t)])));
            }
            Outcome::Conflict => {
                let [ours, theirs] = [0, 1].map(|s| region.of(self.sides, s));
                all.push(self.conflict([region.base.clone(), ours, theirs]));
            }
        }
    }

    /// What one side has in a region, with the other side's edits of the sentences it moved there.
    fn taken(&self, region: &Region, s: usize, all: &mut Vec<Item>) {
        let edits = region.edits[s].iter().map(|&edit| self.sides[s].edits[edit].side.clone());
        all.extend(edits.flatten().map(|unit| self.one(s, unit)));
    }

    fn one(&self, s: usize, unit: usize) -> Item {
        let was = self.sides[s].was[unit];
        let follows = self.plan.followed[s].get(&unit).copied();
        let other = follows.or_else(|| was.and_then(|b| self.sides[1 - s].became[b]));
        let mut at = [was, None, None];
        (at[1 + s], at[2 - s]) = (Some(unit), other);
        let key = |text: usize| at[text].map(|u| self.texts[text].keys[u]);
        let (mine, theirs) = (key(1 + s), key(2 - s));
        if mine == theirs && mine == key(0) {
            self.same(at)
        } else if follows.is_none() || mine == theirs {
            self.text(at, 1 + s)
        } else if mine == key(0) {
            self.text(at, 2 - s)
        } else {
            self.conflict(at.map(|unit| unit.map_or(0..0, |u| u..u + 1)))
        }
    }

    /// A sentence with the same words in all texts that have it. Only its line breaks may differ.
    fn same(&self, at: [Option<usize>; 3]) -> Item {
        let words = [0, 1, 2].map(|text| at[text].map(|unit| self.texts[text].words(unit)));
        Item::Text { words: choose(words).unwrap_or_default().to_owned(), ends: Ends::of(at) }
    }

    /// A sentence in the words of one text.
    fn text(&self, at: [Option<usize>; 3], text: usize) -> Item {
        let words = at[text].map(|unit| self.texts[text].words(unit)).unwrap_or_default();
        Item::Text { words: words.to_owned(), ends: Ends::of(at) }
    }

    fn conflict(&self, units: [Range<usize>; 3]) -> Item {
        let version = |text: usize| {
            let span = self.texts[text].span(&units[text]);
            let words = span.and_then(|s| s.of(self.texts[text].text)).unwrap_or_default().to_owned();
            Version { words, span, ends: Ends::run(text, &units[text]) }
        };
        Item::Conflict(Box::new(Conflict { base: version(0), ours: version(1), theirs: version(2) }))
    }
}
