//! Which pieces belong to one change.

use super::super::pieces::{Does, Mark, MarkId, NotePieces, Pieces};
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::HashMap;

/// How far apart a deletion and an insertion that touch may be to be one replacement.
const ONE_EDIT: TimeDelta = TimeDelta::minutes(10);

/// What is joined to one change besides runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linked {
    /// The sides of a move, and a note with its call.
    All,
    /// Nothing.
    Nothing,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Group {
    /// The change in whose added words it is.
    pub parent: Option<usize>,
    /// The author.
    pub author: Option<String>,
    /// The name of the move it is a side of.
    pub moved: Option<String>,
    inserted: Option<MarkDate>,
    deleted: Option<MarkDate>,
}

type MarkDate = Option<String>;

/// All changes, and the path of each piece through them, from the outermost to the innermost.
pub struct Groups {
    /// The changes. One that was joined to another is not on any path.
    pub all: Vec<Group>,
    paths: HashMap<usize, Vec<usize>>,
}

impl Group {
    /// When it inserted or deleted.
    pub fn date(&self, does: Does) -> Option<String> {
        self.side(does).cloned().flatten()
    }

    fn side(&self, does: Does) -> Option<&MarkDate> {
        match does {
            Does::Insert => self.inserted.as_ref(),
            Does::Delete => self.deleted.as_ref(),
        }
    }

    fn new(parent: Option<usize>, mark: &Mark) -> Self {
        let date = |does| (mark.does == does).then(|| mark.date.clone());
        Self {
            parent,
            author: mark.author.clone(),
            moved: mark.moved.clone(),
            inserted: date(Does::Insert),
            deleted: date(Does::Delete),
        }
    }

    /// Adds a mark that touches it, if it is part of the same change.
    fn join(&mut self, mark: &Mark) -> bool {
        let other = if mark.does == Does::Insert { Does::Delete } else { Does::Insert };
        let fits = match (self.side(mark.does), self.side(other)) {
            (Some(date), _) => *date == mark.date,
            (None, Some(date)) => mark.moved.is_none() && is_near(date.as_deref(), mark.date.as_deref()),
            (None, None) => false,
        };
        let joins = fits && self.author == mark.author && self.moved == mark.moved;
        if joins {
            let side = if mark.does == Does::Insert { &mut self.inserted } else { &mut self.deleted };
            side.get_or_insert_with(|| mark.date.clone());
        }
        joins
    }
}

/// Whether two times are of one edit. A time that is not known could be.
fn is_near(a: Option<&str>, b: Option<&str>) -> bool {
    let time = |t: Option<&str>| NaiveDateTime::parse_from_str(t?.get(..19)?, "%Y-%m-%dT%H:%M:%S").ok();
    match (time(a), time(b)) {
        (Some(a), Some(b)) => a.signed_duration_since(b).abs() <= ONE_EDIT,
        _ => true,
    }
}

impl Groups {
    /// Finds the changes of all pieces.
    pub fn of(pieces: &Pieces, notes: &[NotePieces], linked: Linked) -> Self {
        let mut groups = Self { all: Vec::new(), paths: HashMap::new() };
        let mut open: Vec<usize> = Vec::new();
        for (at, piece) in pieces.all.iter().enumerate().filter(|(_, p)| !p.text.is_empty()) {
            let marks = marks(pieces, at);
            open.truncate(marks.len());
            for (level, mark) in marks.iter().enumerate() {
                groups.enter(pieces, &mut open, level, *mark);
            }
            if !piece.state.is_free() {
                groups.paths.insert(at, open.clone());
            }
        }
        if linked == Linked::All {
            groups.link(pieces, notes);
        }
        groups
    }

    /// Goes on with the open change of that level, or opens another.
    fn enter(&mut self, pieces: &Pieces, open: &mut Vec<usize>, level: usize, mark: MarkId) {
        let Some(mark) = pieces.marks.get(mark) else { return };
        let going_on = open.get(level).and_then(|g| self.all.get_mut(*g));
        if going_on.is_some_and(|group| group.join(mark)) {
            return;
        }
        open.truncate(level);
        self.all.push(Group::new(open.last().copied(), mark));
        open.push(self.all.len() - 1);
    }

    /// The changes that a piece depends on, the outermost first.
    pub fn path(&self, piece: usize) -> &[usize] {
        self.paths.get(&piece).map_or(&[], Vec::as_slice)
    }

    /// Joins the sides of moves, and notes with their calls.
    fn link(&mut self, pieces: &Pieces, notes: &[NotePieces]) {
        let mut same: Vec<usize> = (0..self.all.len()).collect();
        for (call, own) in notes {
            let calling = (marks(pieces, *call), self.path(*call));
            for piece in own.clone() {
                let steps = marks(pieces, piece).into_iter().zip(self.path(piece));
                let shared = steps.zip(calling.0.iter().zip(calling.1)).take_while(|(a, b)| a.0 == *b.0);
                shared.for_each(|(a, b)| lead(&mut same, *a.1, *b.1));
            }
        }
        let mut moves: HashMap<(Option<usize>, &str), usize> = HashMap::new();
        for (at, group) in self.all.iter().enumerate() {
            if let Some(name) = &group.moved {
                let parent = group.parent.map(|p| leader(&same, p));
                let first = *moves.entry((parent, name)).or_insert(at);
                lead(&mut same, at, first);
            }
        }
        self.paths.values_mut().flatten().for_each(|g| *g = leader(&same, *g));
        self.all.iter_mut().for_each(|g| g.parent = g.parent.map(|p| leader(&same, p)));
    }
}

/// Joins two changes. The one that begins first leads.
fn lead(same: &mut [usize], a: usize, b: usize) {
    let (a, b) = (leader(same, a), leader(same, b));
    if let Some(later) = same.get_mut(a.max(b)) {
        *later = a.min(b);
    }
}

fn leader(same: &[usize], of: usize) -> usize {
    let mut at = of;
    while let Some(next) = same.get(at).copied().filter(|next| *next != at) {
        at = next;
    }
    at
}

/// The marks that a piece depends on: insertions from outside in, then the deletion.
fn marks(pieces: &Pieces, piece: usize) -> Vec<MarkId> {
    let Some(state) = pieces.all.get(piece).map(|p| p.state) else { return Vec::new() };
    let mut marks = pieces.insertions(state.within);
    marks.extend(state.deleted);
    marks
}
