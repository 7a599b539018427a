//! What one side did to the base: the sentences it replaced, inserted, deleted and moved.

use super::units::CutText;
use crate::text::words;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// The lowest likeness of two sentences that count as one edited sentence, as a share of their words.
const MIN_LIKENESS: f64 = 0.5;

/// The lowest likeness of a deleted and an inserted sentence that count as one sentence, moved and edited.
const MIN_LIKENESS_MOVED: f64 = 0.6;

/// The fewest words of a sentence that can count as moved although it was edited.
const MIN_MOVED_WORDS: usize = 4;

/// The most pairs of sentences compared to find edited ones that moved. With more pairs, only unchanged moved
/// sentences are found.
const MAX_PAIRS: usize = 250_000;

/// What one side did to the base.
pub(super) struct Side {
    /// Its edits in order, without overlaps.
    pub edits: Vec<Edit>,
    /// For each sentence of the base, the sentence of the side that it became in place.
    pub became: Vec<Option<usize>>,
    /// For each sentence of the side, the sentence of the base that it was, in place or elsewhere.
    pub was: Vec<Option<usize>>,
    /// Moved sentences, in order of the base.
    pub moves: Vec<Move>,
}

/// Sentences of the base that were replaced by sentences of the side. One of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub base: Range<usize>,
    pub side: Range<usize>,
    /// Whether one sentence became one similar sentence.
    pub paired: bool,
}

/// A sentence that moved from one edit to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// The sentence of the base.
    pub from: usize,
    /// The sentence of the side.
    pub to: usize,
    /// The edit it left.
    pub source: usize,
    /// The edit it moved to.
    pub target: usize,
    /// Whether the other side's edit of it can follow the move.
    pub sure: bool,
}

impl Side {
    /// Finds what `side` did to `base`.
    pub fn of(base: &CutText, side: &CutText) -> Self {
        let mut this = Self {
            edits: Vec::new(),
            became: vec![None; base.keys.len()],
            was: vec![None; side.keys.len()],
            moves: Vec::new(),
        };
        let mut words = Words { base, side, known: HashMap::new() };
        let ops = capture_diff_slices(Algorithm::Myers, &base.keys, &side.keys);
        let whole = whole_moves(&ops, base, side);
        whole.iter().for_each(|&(from, to)| this.was[to] = Some(from));
        let left: HashSet<usize> = whole.iter().map(|(from, _)| *from).collect();
        let best_likeness = this.best_likeness(&ops, &left, &mut words);
        for op in &ops {
            this.add(op, &left, &best_likeness, &mut words);
        }
        this.find_moves(whole, left, &mut words);
        this
    }

    /// The edit that replaced this sentence of the base, alone or with others.
    pub fn touching(&self, base: usize) -> Option<usize> {
        let at = self.edits.partition_point(|e| e.base.end <= base);
        self.edits.get(at).filter(|e| e.base.contains(&base)).map(|_| at)
    }

    /// The edit that turned this one sentence of the base into one similar sentence.
    pub fn paired_at(&self, base: usize) -> Option<usize> {
        self.touching(base).filter(|&at| self.edits[at].paired)
    }

    /// Adds an edit for what is not equal. If the number of sentences is the same, and each new sentence is most
    /// similar to the old one in its position, each is an edit of one sentence.
    fn add(
        &mut self,
        op: &DiffOp,
        left: &HashSet<usize>,
        best_likeness: &[HashMap<usize, f64>; 2],
        words: &mut Words,
    ) {
        let (base, side) = (op.old_range(), op.new_range());
        if let DiffOp::Equal { .. } = op {
            base.zip(side).for_each(|(b, s)| self.pair(b, s));
            return;
        }
        let most = |of: usize, unit: usize| best_likeness[of].get(&unit).copied().unwrap_or(MIN_LIKENESS);
        let best = |b, s| most(0, b).max(most(1, s));
        let stays = |b: usize, s: usize| !left.contains(&b) && self.was[s].is_none();
        let mut pairs = base.clone().zip(side.clone());
        if base.len() == side.len() && pairs.all(|(b, s)| stays(b, s) && words.likeness(b, s) >= best(b, s)) {
            for (b, s) in base.zip(side) {
                self.pair(b, s);
                self.edits.push(Edit { base: b..b + 1, side: s..s + 1, paired: true });
            }
        } else {
            self.edits.push(Edit { base, side, paired: false });
        }
    }

    /// The likeness of each deleted sentence to the most similar inserted one, anywhere, and the other way round.
    fn best_likeness(
        &self,
        ops: &[DiffOp],
        left: &HashSet<usize>,
        words: &mut Words,
    ) -> [HashMap<usize, f64>; 2] {
        let changed = || ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
        let gone: Vec<_> = changed().flat_map(DiffOp::old_range).filter(|b| !left.contains(b)).collect();
        let come: Vec<_> = changed().flat_map(DiffOp::new_range).filter(|s| self.was[*s].is_none()).collect();
        let mut best = [HashMap::new(), HashMap::new()];
        if gone.len() * come.len() <= MAX_PAIRS {
            for (&b, &s) in gone.iter().flat_map(|b| come.iter().map(move |s| (b, s))) {
                let likeness = words.likeness(b, s);
                for (best, unit) in best.iter_mut().zip([b, s]) {
                    let most = best.entry(unit).or_insert(MIN_LIKENESS);
                    *most = likeness.max(*most);
                }
            }
        }
        best
    }

    fn pair(&mut self, base: usize, side: usize) {
        (self.became[base], self.was[side]) = (Some(side), Some(base));
    }

    /// Finds what moved from one edit to another: unchanged sentences first, then edited ones, the most similar
    /// first.
    fn find_moves(&mut self, whole: Vec<(usize, usize)>, mut left: HashSet<usize>, words: &mut Words) {
        let (gone, come) = (self.places(|e| &e.base), self.places(|e| &e.side));
        let edit_of = |places: &[(usize, usize)], unit| places[places.partition_point(|p| p.0 < unit)].1;
        let whole = whole.into_iter().map(|(from, to)| {
            let (source, target) = (edit_of(&gone, from), edit_of(&come, to));
            Move { from, to, source, target, sure: true }
        });
        self.moves.extend(whole);
        for found in self.edited_moves(&gone, &come, &left, words) {
            if self.was[found.to].is_none() && left.insert(found.from) {
                self.was[found.to] = Some(found.from);
                self.moves.push(found);
            }
        }
        self.moves.sort_by_key(|m| m.from);
    }

    /// Sentences that may have moved and been edited, the most similar first. A move is sure only if nothing replaced
    /// the sentence. Else a sentence that was split would look like a move of its first half.
    fn edited_moves(
        &self,
        gone: &[(usize, usize)],
        come: &[(usize, usize)],
        left: &HashSet<usize>,
        words: &mut Words,
    ) -> Vec<Move> {
        let gone: Vec<_> = gone.iter().filter(|(from, _)| !left.contains(from)).collect();
        let come: Vec<_> = come.iter().filter(|(to, _)| self.was[*to].is_none()).collect();
        if gone.len() * come.len() > MAX_PAIRS {
            return Vec::new();
        }
        let mut found = Vec::new();
        for &&(from, source) in &gone {
            for &&(to, target) in come.iter().filter(|(_, target)| *target != source) {
                let likeness = words.likeness(from, to);
                if likeness >= MIN_LIKENESS_MOVED && words.of(0, from).len() >= MIN_MOVED_WORDS {
                    let sure = self.edits[source].side.is_empty();
                    found.push((likeness, Move { from, to, source, target, sure }));
                }
            }
        }
        found.sort_by(|(a, m), (b, n)| b.total_cmp(a).then((m.from, m.to).cmp(&(n.from, n.to))));
        found.into_iter().map(|(_, m)| m).collect()
    }

    /// The sentences of unpaired edits, of the base or of the side, in order, each with its edit.
    fn places(&self, of: impl Fn(&Edit) -> &Range<usize>) -> Vec<(usize, usize)> {
        let unpaired = self.edits.iter().enumerate().filter(|(_, e)| !e.paired);
        unpaired.flat_map(|(at, e)| of(e).clone().map(move |unit| (unit, at))).collect()
    }
}

/// Sentences that moved from one place to another word for word: their numbers in the base and in the side.
fn whole_moves(ops: &[DiffOp], base: &CutText, side: &CutText) -> Vec<(usize, usize)> {
    let changed = || ops.iter().enumerate().filter(|(_, op)| !matches!(op, DiffOp::Equal { .. }));
    let mut waiting: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
    for (place, op) in changed().rev() {
        for to in op.new_range().rev() {
            waiting.entry(side.keys[to]).or_default().push((to, place));
        }
    }
    let mut found = Vec::new();
    for (place, op) in changed() {
        for from in op.old_range() {
            let to = waiting.get_mut(&base.keys[from]).and_then(|all| all.pop_if(|(_, p)| *p != place));
            found.extend(to.map(|(to, _)| (from, to)));
        }
    }
    found
}

/// The words of sentences, sorted, each sentence read once.
struct Words<'s, 't> {
    base: &'s CutText<'t>,
    side: &'s CutText<'t>,
    known: HashMap<(u8, usize), Vec<&'t str>>,
}

impl<'t> Words<'_, 't> {
    /// The words of a sentence: `text` 0 is the base, 1 the side.
    fn of(&mut self, text: u8, unit: usize) -> &[&'t str] {
        let source = if text == 0 { self.base } else { self.side };
        self.known.entry((text, unit)).or_insert_with(|| {
            let sentence = source.words(unit);
            let mut all: Vec<&str> = words(sentence).iter().filter_map(|w| w.of(sentence)).collect();
            all.sort_unstable();
            all
        })
    }

    /// The share of words that two sentences have in common (Dice's coefficient, words counted with repetitions).
    fn likeness(&mut self, base: usize, side: usize) -> f64 {
        self.of(0, base);
        self.of(1, side);
        let (a, b) = (&self.known[&(0, base)], &self.known[&(1, side)]);
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while i < a.len() && j < b.len() {
            match a[i].cmp(b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
            }
        }
        if a.is_empty() || b.is_empty() { 0.0 } else { 2.0 * f64::from(shared) / (a.len() + b.len()) as f64 }
    }
}
