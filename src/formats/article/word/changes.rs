//! Tracked changes from the pieces of a document: a run of one author, time and kind is one change; a deletion that touches an insertion
//! of its author is a replacement; the sides of a move are one; what changes another's insertion hangs on it.

mod apply;
mod group;

pub use apply::applied;

use super::pieces::{Does, NotePieces, Pieces, VIEWS};
use crate::{
    model::{ChangeKind, Edit, FileChange},
    text::Span,
};
use group::{Groups, Linked};

/// The changes that turn the text before them into the text with all of them.
///
/// Where the edits of moves and notes could not be told apart from others at the same place, moves are a deletion and an insertion. As
/// a last resort, one change replaces all that differs.
pub fn changes(pieces: &Pieces, notes: &[NotePieces]) -> Vec<FileChange> {
    let [before, after] = VIEWS.map(|view| pieces.text(view));
    let tries = [Linked::All, Linked::Nothing].into_iter().map(|linked| built(pieces, notes, linked));
    let mut sound = tries.filter(|found| applied(found, &before).as_deref() == Some(after.as_str()));
    sound.next().unwrap_or_else(|| vec![whole(&before, &after)])
}

/// A change while its edits are collected.
#[derive(Clone, Debug, Default)]
struct Collected {
    edits: Vec<Edit>,
    last_piece: usize,
    inserts: bool,
    deletes: bool,
}

impl Collected {
    /// The edit that goes on at `offset` with the piece `at`, or a new one.
    fn edit(&mut self, at: usize, offset: usize) -> Option<&mut Edit> {
        let goes_on = self.edits.last().is_some_and(|e| e.span.end.0 == offset) && self.last_piece == at;
        if !goes_on {
            self.edits.push(Edit { span: Span::at(offset, offset), with: String::new() });
        }
        self.last_piece = at + 1;
        self.edits.last_mut()
    }
}

fn built(pieces: &Pieces, notes: &[NotePieces], linked: Linked) -> Vec<FileChange> {
    let groups = Groups::of(pieces, notes, linked);
    let mut collected = vec![Collected::default(); groups.all.len()];
    let mut added = vec![0; groups.all.len()];
    let mut offset = 0;
    let there = pieces.all.iter().enumerate().filter(|(_, p)| !p.text.is_empty());
    for (nth, (at, piece)) in there.enumerate() {
        let path = groups.path(at);
        let deleted = piece.state.deleted.is_some();
        let (inserts, deletion) = match path.split_last() {
            Some((last, outer)) if deleted => (outer, Some(*last)),
            _ => (path, None),
        };
        let base = inserts.last().copied();
        let mut outer = None;
        for group in inserts {
            let place = outer.map_or(Some(&offset), |o: usize| added.get(o)).copied().unwrap_or(0);
            if let Some(c) = collected.get_mut(*group) {
                c.inserts = true;
                let edit = c.edit(nth, place).filter(|_| Some(*group) == base);
                edit.into_iter().for_each(|e| e.with.push_str(&piece.text));
            }
            outer = Some(*group);
        }
        let counted = base.and_then(|b| added.get_mut(b)).unwrap_or(&mut offset);
        if let Some(c) = deletion.and_then(|d| collected.get_mut(d)) {
            c.deletes = true;
            let end = *counted + piece.text.len();
            c.edit(nth, *counted).into_iter().for_each(|e| e.span = Span::at(e.span.start.0, end));
        }
        *counted += piece.text.len();
    }
    listed(&groups, collected)
}

/// The changes in the order in which they begin. The number of an outer change is lower than those within it.
fn listed(groups: &Groups, collected: Vec<Collected>) -> Vec<FileChange> {
    let mut numbers = vec![None; groups.all.len()];
    let mut list = Vec::new();
    for (at, (group, found)) in groups.all.iter().zip(collected).enumerate() {
        if found.edits.is_empty() {
            continue;
        }
        if let Some(number) = numbers.get_mut(at) {
            *number = Some(list.len());
        }
        let kind = match (found.inserts, found.deletes) {
            (true, true) if group.moved.is_some() => ChangeKind::Move,
            (true, true) => ChangeKind::Replace,
            (true, false) => ChangeKind::Insert,
            (false, _) => ChangeKind::Delete,
        };
        list.push(FileChange {
            kind,
            edits: found.edits,
            within: group.parent.and_then(|p| numbers.get(p).copied().flatten()),
            author: group.author.clone(),
            date: group.date(Does::Insert).or_else(|| group.date(Does::Delete)),
        });
    }
    list
}

/// One change for all that differs.
fn whole(before: &str, after: &str) -> FileChange {
    let same = before.char_indices().zip(after.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    let start = same.unwrap_or(before.len().min(after.len()));
    let with = after.get(start..).unwrap_or_default().to_owned();
    let edits = vec![Edit { span: Span::at(start, before.len()), with }];
    FileChange { kind: ChangeKind::Replace, edits, within: None, author: None, date: None }
}

#[cfg(test)]
mod tests;
