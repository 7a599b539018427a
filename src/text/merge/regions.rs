//! Where the edits of the two sides meet, and the outcome at each place: one side's words, the same words of both
//! sides, or a conflict.
//!
//! A move links the old place of a sentence with its new place. If it is certain, the other side's edit of the
//! sentence moves with it. Else both places are conflicts, so that choosing one side for both neither loses nor
//! doubles the sentence.

use super::{
    side::{Edit, Move, Side},
    units::CutText,
};
use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

/// How many rounds follow the effects of moves on each other. After that, all of them become conflicts.
const ROUNDS: usize = 32;

/// The outcome of every edit.
pub(super) struct Plan {
    /// The places where something changed, in order of the base.
    pub regions: Vec<Region>,
    /// For each side, the moved sentences that also get the other side's edit: the sentence's number in this side,
    /// and its number in the other.
    pub followed: [HashMap<usize, usize>; 2],
}

/// Edits that belong together.
pub(super) struct Region {
    /// The sentences of the base that they replace.
    pub base: Range<usize>,
    /// The edits of each side, by number.
    pub edits: [Vec<usize>; 2],
    /// Its outcome.
    pub outcome: Outcome,
}

/// The outcome of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Only this side changed it.
    OneSide(usize),
    /// Both made the same change.
    SameEdit,
    /// Both inserted sentences here, and at least one only moved its sentences here. This side's sentences come
    /// first.
    BothInserts(usize),
    /// A person decides.
    Conflict,
}

impl Plan {
    /// Decides the outcome of the edits of two sides.
    pub fn of(texts: &[CutText; 3], sides: &[Side; 2]) -> Self {
        let mut following = initial_following(sides);
        for round in 0.. {
            let mut regions = regions(texts, sides, &following);
            spread_conflicts(sides, &following, &mut regions);
            let regions_of_edits = regions_of_edits(sides, &regions);
            let fails = |&(s, at): &(usize, usize)| {
                let m = sides[s].moves[at];
                let outcome = |edit: usize| regions_of_edits[s][edit].map(|r| regions[r].outcome);
                outcome(m.source) != Some(Outcome::OneSide(s))
                    || !matches!(outcome(m.target), Some(Outcome::OneSide(_) | Outcome::BothInserts(_)))
            };
            let failed: Vec<_> = following.iter().copied().filter(fails).collect();
            if failed.is_empty() {
                return Self { followed: [0, 1].map(|s| followed(sides, &following, s)), regions };
            }
            if round >= ROUNDS {
                following.clear();
            }
            failed.iter().for_each(|f| {
                following.remove(f);
            });
        }
        unreachable!("every round lets go of a move that was followed")
    }
}

/// The moves that the other side's edit may follow: a side, and the number of its move.
type Following = BTreeSet<(usize, usize)>;

fn initial_following(sides: &[Side; 2]) -> Following {
    let mut all = Following::new();
    for (s, side) in sides.iter().enumerate() {
        let follows = |m: &Move| m.sure && sides[1 - s].paired_at(m.from).is_some();
        all.extend(side.moves.iter().enumerate().filter(|(_, m)| follows(m)).map(|(at, _)| (s, at)));
    }
    all
}

fn followed(sides: &[Side; 2], following: &Following, s: usize) -> HashMap<usize, usize> {
    let moves = following.iter().filter(|(side, _)| *side == s).map(|(_, at)| sides[s].moves[*at]);
    moves.filter_map(|m| Some((m.to, sides[1 - s].became[m.from]?))).collect()
}

/// Which edits of each side are applied in place: all except those that follow a move.
fn in_place(sides: &[Side; 2], following: &Following) -> [Vec<bool>; 2] {
    let mut here = [0, 1].map(|s| vec![true; sides[s].edits.len()]);
    for &(s, at) in following {
        if let Some(edit) = sides[1 - s].paired_at(sides[s].moves[at].from) {
            here[1 - s][edit] = false;
        }
    }
    here
}

/// Collects the edits that meet.
fn regions(texts: &[CutText; 3], sides: &[Side; 2], following: &Following) -> Vec<Region> {
    let here = in_place(sides, following);
    let numbers = |s: usize| (0..sides[s].edits.len()).map(move |at| (s, at));
    let mut edits: Vec<(usize, usize)> =
        numbers(0).chain(numbers(1)).filter(|&(s, at)| here[s][at]).collect();
    edits.sort_by_key(|&(s, at)| (sides[s].edits[at].base.start, sides[s].edits[at].base.end, s));
    let mut all: Vec<Region> = Vec::new();
    for (s, at) in edits {
        let edit = &sides[s].edits[at];
        let last = |r: &Region| {
            r.edits[1 - s].iter().rev().take(2).any(|o| touch_same_sentences(edit, &sides[1 - s].edits[*o]))
        };
        match all.last_mut().filter(|r| last(r)) {
            Some(region) => {
                region.base.end = region.base.end.max(edit.base.end);
                region.edits[s].push(at);
            }
            None => {
                let mut edits = [Vec::new(), Vec::new()];
                edits[s].push(at);
                all.push(Region { base: edit.base.clone(), edits, outcome: Outcome::OneSide(s) });
            }
        }
    }
    for region in &mut all {
        region.outcome = outcome(texts, sides, region);
    }
    all
}

/// Whether edits of two sides touch the same sentences. Sentences inserted next to a passage that the other side
/// rewrote count as touching it, because they may be part of the same rewriting. Next to a deletion or an edit of one
/// sentence they do not.
fn touch_same_sentences(a: &Edit, b: &Edit) -> bool {
    let touches = |p: usize, e: &Edit| {
        e.base.start < p && p < e.base.end
            || (p == e.base.start || p == e.base.end) && !e.paired && !e.side.is_empty()
    };
    match (a.base.is_empty(), b.base.is_empty()) {
        (true, true) => a.base.start == b.base.start,
        (true, false) => touches(a.base.start, b),
        (false, true) => touches(b.base.start, a),
        (false, false) => a.base.start < b.base.end && b.base.start < a.base.end,
    }
}

fn outcome(texts: &[CutText; 3], sides: &[Side; 2], region: &Region) -> Outcome {
    match (region.edits[0].is_empty(), region.edits[1].is_empty()) {
        (false, true) => return Outcome::OneSide(0),
        (true, false) => return Outcome::OneSide(1),
        (true, true) | (false, false) => {}
    }
    let [ours, theirs] = [0, 1].map(|s| &texts[s + 1].keys[region.of(sides, s)]);
    if ours == theirs {
        return Outcome::SameEdit;
    }
    if region.base.is_empty() { two_insertions(sides, region) } else { Outcome::Conflict }
}

/// Decides two insertions at one place. Both stay if one only moves sentences here that the other does not move.
fn two_insertions(sides: &[Side; 2], region: &Region) -> Outcome {
    let [ours, theirs] = [0, 1].map(|s| moved_sentences(&sides[s], region.of(sides, s)));
    match (ours, theirs) {
        (Some(a), Some(b)) if a.is_disjoint(&b) => Outcome::BothInserts(usize::from(b.first() < a.first())),
        (Some(_), Some(_)) | (None, None) => Outcome::Conflict,
        (Some(_), None) => Outcome::BothInserts(0),
        (None, Some(_)) => Outcome::BothInserts(1),
    }
}

/// The sentences of the base that these sentences of a side were, if they all only moved here.
fn moved_sentences(side: &Side, mut run: Range<usize>) -> Option<BTreeSet<usize>> {
    let from = |to| side.was[to];
    let all: Option<BTreeSet<usize>> = run.by_ref().map(from).collect();
    all.filter(|a| !a.is_empty())
}

/// Turns places into conflicts if a move links them to a conflict, or if the other side touched the moved sentence.
fn spread_conflicts(sides: &[Side; 2], following: &Following, regions: &mut [Region]) {
    let (here, regions_of_edits) = (in_place(sides, following), regions_of_edits(sides, regions));
    for round in 0.. {
        let mut changed = false;
        for s in [0, 1] {
            for m in &sides[s].moves {
                let (Some(source), Some(target)) =
                    (regions_of_edits[s][m.source], regions_of_edits[s][m.target])
                else {
                    continue;
                };
                let touched = sides[1 - s].touching(m.from).is_some_and(|edit| here[1 - s][edit]);
                let open = |r: usize| regions[r].outcome == Outcome::Conflict;
                if touched || open(source) || open(target) || round >= ROUNDS {
                    for r in [source, target] {
                        changed |= regions[r].make_conflict();
                    }
                }
            }
        }
        if !changed {
            return;
        }
    }
}

/// The region of each edit of each side.
fn regions_of_edits(sides: &[Side; 2], regions: &[Region]) -> [Vec<Option<usize>>; 2] {
    let mut all = [0, 1].map(|s| vec![None; sides[s].edits.len()]);
    for (at, region) in regions.iter().enumerate() {
        for s in [0, 1] {
            region.edits[s].iter().for_each(|&edit| all[s][edit] = Some(at));
        }
    }
    all
}

impl Region {
    /// The sentences of a side in this region.
    pub fn of(&self, sides: &[Side; 2], s: usize) -> Range<usize> {
        let side = &sides[s];
        match (self.edits[s].first(), self.edits[s].last()) {
            (Some(&first), Some(&last)) => {
                let (first, last) = (&side.edits[first], &side.edits[last]);
                let before = first.base.start - self.base.start;
                first.side.start - before..last.side.end + self.base.end - last.base.end
            }
            // A side that changed nothing here has every sentence of the base.
            _ => self.base.clone().find_map(|b| side.became[b]).map_or(0..0, |at| at..at + self.base.len()),
        }
    }

    /// Makes it a conflict, unless both sides have the same edit. Returns whether the conflict is new.
    fn make_conflict(&mut self) -> bool {
        let is_new = matches!(self.outcome, Outcome::OneSide(_) | Outcome::BothInserts(_));
        if is_new {
            self.outcome = Outcome::Conflict;
        }
        is_new
    }
}
