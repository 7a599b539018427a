//! Which breaks and marks of blocks are there in which view. Between two blocks with words there is one break, and none at the
//! ends. A break that would be doubled in one view only, because one change takes away or adds a whole block, becomes part of
//! that change. Where no single change does, it stays in both.

use super::pieces::{Part, Pieces, State, VIEWS, View};
use std::ops::Range;

/// Settles the breaks and the marks of blocks. Afterwards, a view is its pieces one after the other.
pub fn settle(pieces: &mut Pieces) {
    drop_blanks(pieces);
    let needed = VIEWS.map(|view| needed_breaks(pieces, view));
    let shown = VIEWS.map(|view| shown_units(pieces, view));
    settle_marks(pieces, &shown);
    settle_breaks(pieces, &needed);
}

/// Empties the words of blocks that have only blanks, and takes blanks from the ends of blocks, where no change is near.
fn drop_blanks(pieces: &mut Pieces) {
    let mut from = 0;
    let mut was_free = true;
    for at in 0..=pieces.all.len() {
        let end = pieces.all.get(at).filter(|p| p.part == Part::Break);
        if end.is_none() && at < pieces.all.len() {
            continue;
        }
        let is_free = end.is_none_or(|p| p.state.is_free());
        trim(pieces, from..at, was_free, is_free);
        (from, was_free) = (at + 1, is_free);
    }
}

/// Takes blanks from the ends of the block in `range`; all, if it has nothing else. `starts` and `ends` say whether no change touches
/// the breaks around it.
fn trim(pieces: &mut Pieces, range: Range<usize>, starts: bool, ends: bool) {
    let Some(block) = pieces.all.get_mut(range) else { return };
    let is_blank = !block.iter().any(|p| p.is_content());
    if is_blank && starts && ends {
        block.iter_mut().for_each(|p| p.text.clear());
        return;
    }
    let words = |p: &&mut super::pieces::Piece| p.part != Part::Prefix;
    if let Some(first) =
        block.iter_mut().find(words).filter(|p| starts && p.part == Part::Words && p.state.is_free())
    {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = block.last_mut().filter(|p| ends && p.part == Part::Words && p.state.is_free()) {
        last.text.truncate(last.text.trim_end().len());
    }
}

/// For each piece, whether it is a break that a view needs: one between two blocks with content, the last that no
/// change touches, else the last; and if so, whether those blocks are in one list or table.
fn needed_breaks(pieces: &Pieces, view: View) -> Vec<Option<bool>> {
    let mut needed = vec![None; pieces.all.len()];
    let (mut waiting, mut last, mut unit) = (None, None, 0);
    for (at, piece) in pieces.all.iter().enumerate() {
        while pieces.units.get(unit).is_some_and(|u| u.piece <= at) {
            unit += 1;
        }
        if !piece.state.is_in(view) {
            continue;
        }
        if piece.part == Part::Break {
            let free = |at: usize| pieces.all.get(at).is_some_and(|p| p.state.is_free());
            waiting = waiting.filter(|w| free(*w) && !piece.state.is_free()).or(Some(at));
        } else if piece.is_content() {
            let own = unit.checked_sub(1).and_then(|u| pieces.units.get(u)).map(|u| u.group.as_deref());
            if let Some(need) =
                waiting.take().filter(|_| last.is_some()).and_then(|at: usize| needed.get_mut(at))
            {
                *need = Some(own.flatten().is_some() && own == last);
            }
            last = own;
        }
    }
    needed
}

/// For each unit, whether a view shows it as a block of its own: it has the first content after a break.
pub(super) fn shown_units(pieces: &Pieces, view: View) -> Vec<bool> {
    let mut shown = vec![false; pieces.units.len()];
    let (mut unit, mut is_fresh) = (0, true);
    for (at, piece) in pieces.all.iter().enumerate() {
        while pieces.units.get(unit).is_some_and(|u| u.piece <= at) {
            unit += 1;
        }
        match piece.part {
            Part::Break if piece.state.is_in(view) => is_fresh = true,
            _ if is_fresh && piece.is_content() && piece.state.is_in(view) => {
                is_fresh = false;
                if let Some(show) = unit.checked_sub(1).and_then(|u| shown.get_mut(u)) {
                    *show = true;
                }
            }
            _ => {}
        }
    }
    shown
}

/// The breaks around the block that a piece is in, or that begins at it.
fn around(pieces: &Pieces, at: usize, view: View) -> (Option<usize>, usize) {
    let is_break = |p: &super::pieces::Piece| p.part == Part::Break && p.state.is_in(view);
    let before = pieces.all.get(..at).and_then(|b| b.iter().rposition(is_break));
    let after = pieces.all.get(at..).and_then(|a| a.iter().position(is_break));
    (before, after.map_or(pieces.all.len(), |n| at + n))
}

/// The state that says with which one change the content in `range` comes or goes between the views; `None` if it is not one change,
/// or if there is content in both or in none.
fn one_change(pieces: &Pieces, range: Range<usize>, there: View) -> Option<State> {
    let block = pieces.all.get(range)?;
    let mut content = block.iter().filter(|p| p.is_content()).map(|p| p.state);
    let first = content.next()?;
    let other = if there == View::Before { View::After } else { View::Before };
    let alone = (first.within == 0) != (first.deleted.is_none());
    (alone && first.is_in(there) && !first.is_in(other) && content.all(|s| s == first)).then_some(first)
}

fn settle_breaks(pieces: &mut Pieces, needed: &[Vec<Option<bool>>; 2]) {
    let need = |view: usize, at: usize| needed.get(view).and_then(|n| n.get(at)).copied().flatten();
    let breaks =
        (0..pieces.all.len()).filter(|at| pieces.all.get(*at).is_some_and(|p| p.part == Part::Break));
    for at in breaks.collect::<Vec<_>>() {
        let needs = [need(0, at), need(1, at)];
        let Some(state) = pieces.all.get(at).map(|p| p.state) else { continue };
        let text = if needs.iter().flatten().all(|tight| *tight) { "\n" } else { "\n\n" };
        let there = VIEWS.map(|view| state.is_in(view));
        let (text, state) = match (needs.map(|n| n.is_some()), there) {
            ([false, false], [false, false]) => (text, state),
            ([false, false], _) => ("", state),
            ([true, false], [true, true]) => (text, joined(pieces, at, View::Before).unwrap_or(state)),
            ([false, true], [true, true]) => (text, joined(pieces, at, View::After).unwrap_or(state)),
            _ => (text, state),
        };
        if let Some(piece) = pieces.all.get_mut(at) {
            (piece.text, piece.state) = (text.to_owned(), state);
        }
    }
}

/// The change that takes away or adds the block after a break, or the one before, and with it the break.
fn joined(pieces: &Pieces, at: usize, there: View) -> Option<State> {
    let (_, after) = around(pieces, at + 1, there);
    let (before, _) = around(pieces, at, there);
    one_change(pieces, at + 1..after, there)
        .or_else(|| one_change(pieces, before.map_or(0, |b| b + 1)..at, there))
}

fn settle_marks(pieces: &mut Pieces, shown: &[Vec<bool>; 2]) {
    for unit in 0..pieces.units.len() {
        let is_shown = |view: usize| shown.get(view).and_then(|s| s.get(unit)).copied().unwrap_or(false);
        let Some(u) = pieces.units.get(unit) else { continue };
        let Some(state) = pieces.all.get(u.piece).map(|p| p.state) else { continue };
        let there = VIEWS.map(|view| state.is_in(view));
        let [before, after] = &u.marks;
        let (text, state) = match ([is_shown(0), is_shown(1)], there) {
            ([true, false], [true, true]) => (before.clone(), mark_state(pieces, u.piece, View::Before)),
            ([false, true], [true, true]) => (after.clone(), mark_state(pieces, u.piece, View::After)),
            ([false, false], [true, _] | [_, true]) => (String::new(), state),
            ([_, true], [false, _]) => (after.clone(), state),
            _ => (before.clone(), state),
        };
        let at = u.piece;
        if let Some(piece) = pieces.all.get_mut(at) {
            (piece.text, piece.state) = (text, state);
        }
    }
}

/// The change with which a block's mark comes or goes: that of its first content, else that of the break before it.
fn mark_state(pieces: &Pieces, at: usize, there: View) -> State {
    let (_, after) = around(pieces, at, there);
    let other = if there == View::Before { View::After } else { View::Before };
    let changes = |s: &State| s.is_in(there) && !s.is_in(other) && (s.within == 0) != s.deleted.is_none();
    let own = pieces.all.get(at..after).unwrap_or_default().iter().filter(|p| p.is_content());
    let first = own.map(|p| p.state).find(|s| s.is_in(there)).filter(changes);
    let before = || {
        let before = pieces.all.get(..at)?.iter().rev().find(|p| p.part == Part::Break)?;
        Some(before.state).filter(|s| (s.within == 0) != s.deleted.is_none())
    };
    // A merged block loses its mark with the break that is deleted: the break is there where the mark is.
    first.or_else(|| before().filter(|s| s.is_in(there))).unwrap_or_default()
}
