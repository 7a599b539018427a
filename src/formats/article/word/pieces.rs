//! The words of a document in pieces, each with the tracked changes that it depends on. A view is the text with none or with all of
//! them accepted: the pieces that are there then, one after the other.

use crate::model::{BlockKind, Origin};
use std::{collections::HashMap, ops::Range};

/// How deep insertions are followed into each other.
const DEEPEST: usize = 8;

/// What a tracked change does to a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Does {
    /// The piece is there only with it.
    Insert,
    /// The piece is gone with it.
    Delete,
}

/// A tracked change as marked in the file. Marks that say the same are one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// What it does.
    pub does: Does,
    /// The author's name in the file.
    pub author: Option<String>,
    /// The time in the file.
    pub date: Option<String>,
    /// The name of the move that it is one side of.
    pub moved: Option<String>,
}

/// A mark, by its index in [`Pieces::marks`].
pub type MarkId = usize;
/// Insertions inside each other, by their index in [`Pieces::chains`]. 0: none.
pub type ChainId = usize;

/// Which changes a piece depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The insertions it is in.
    pub within: ChainId,
    /// The deletion that takes it away.
    pub deleted: Option<MarkId>,
}

/// What a piece is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Words,
    /// The label of a footnote: part of the text, and none of its words.
    Label,
    /// The lines between the cells of a row.
    Frame,
    /// The mark at the beginning of a block: `# `, `- `. Empty for most.
    Prefix,
    /// The break after a block.
    Break,
}

/// A piece.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// What it is for.
    pub part: Part,
    /// The changes it depends on.
    pub state: State,
}

/// The two texts that a document with tracked changes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// No change accepted: the text before them.
    Before,
    /// All changes accepted.
    After,
}

/// Both views.
pub const VIEWS: [View; 2] = [View::Before, View::After];

/// A footnote: the piece that calls it, and its own pieces. Who adds or takes away the call does so with the note.
pub type NotePieces = (usize, Range<usize>);

/// A paragraph or row.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it is.
    pub kind: BlockKind,
    /// Where it begins in the file.
    pub from: Origin,
    /// Its mark with changes rejected, and with changes accepted.
    pub marks: [String; 2],
    /// The list or table it is in. Blocks of one list or table have no empty line between them.
    pub group: Option<String>,
    /// The piece that begins it.
    pub piece: usize,
}

/// The words of a document in order.
#[derive(Clone, Debug)]
pub struct Pieces {
    /// The pieces.
    pub all: Vec<Piece>,
    /// The blocks that the pieces are in, in order.
    pub units: Vec<Unit>,
    /// The marks.
    pub marks: Vec<Mark>,
    /// Chains of insertions: the chain outside, and the innermost insertion.
    pub chains: Vec<(ChainId, MarkId)>,
    known_marks: HashMap<Mark, MarkId>,
    known_chains: HashMap<(ChainId, MarkId), ChainId>,
    /// Up to here no piece may grow, because something counts from its end.
    sealed: usize,
}

impl Default for Pieces {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            units: Vec::new(),
            marks: Vec::new(),
            chains: vec![(0, 0)],
            known_marks: HashMap::new(),
            known_chains: HashMap::new(),
            sealed: 0,
        }
    }
}

impl State {
    /// Whether a piece is there in a view.
    pub fn is_in(self, view: View) -> bool {
        match view {
            View::Before => self.within == 0,
            View::After => self.deleted.is_none(),
        }
    }

    /// Whether no change touches it.
    pub fn is_free(self) -> bool {
        self.within == 0 && self.deleted.is_none()
    }
}

impl Piece {
    /// Whether it is there in a view.
    pub fn is_in(&self, view: View) -> bool {
        !self.text.is_empty() && self.state.is_in(view)
    }

    /// Whether it is what a block holds, and not only blanks or what is around it.
    pub fn is_content(&self) -> bool {
        match self.part {
            Part::Words => !self.text.trim().is_empty(),
            Part::Label | Part::Frame => true,
            Part::Prefix | Part::Break => false,
        }
    }
}

impl Pieces {
    /// The state inside a mark, for a piece that would have `state` outside of it; `None` if such a piece is in no text: who inserted
    /// it took it away again.
    pub fn enter(&mut self, state: State, mark: Mark) -> Option<State> {
        let does = mark.does;
        let id = self.mark(mark);
        match does {
            Does::Insert => Some(State { within: self.inner(state.within, id), ..state }),
            Does::Delete if state.within != 0 && self.is_same_author(state.within, id) => None,
            Does::Delete => Some(State { deleted: state.deleted.or(Some(id)), ..state }),
        }
    }

    fn mark(&mut self, mark: Mark) -> MarkId {
        let next = self.marks.len();
        let id = *self.known_marks.entry(mark.clone()).or_insert(next);
        if id == next {
            self.marks.push(mark);
        }
        id
    }

    /// Whether the innermost insertion of a chain and a mark are by one author.
    fn is_same_author(&self, chain: ChainId, mark: MarkId) -> bool {
        let author = |m: MarkId| self.marks.get(m).map(|m| &m.author);
        self.chains.get(chain).is_some_and(|(_, m)| author(*m) == author(mark))
    }

    /// The chain with one more insertion. An insertion inside another of its author says nothing new, nor does one that is
    /// nested deeper than anybody works.
    fn inner(&mut self, chain: ChainId, mark: MarkId) -> ChainId {
        let is_old = self.is_same_author(chain, mark) || self.insertions(chain).len() >= DEEPEST;
        if chain != 0 && is_old {
            return chain;
        }
        let next = self.chains.len();
        let id = *self.known_chains.entry((chain, mark)).or_insert(next);
        if id == next {
            self.chains.push((chain, mark));
        }
        id
    }

    /// The insertions of a chain, the outermost first.
    pub fn insertions(&self, chain: ChainId) -> Vec<MarkId> {
        let mut found = Vec::new();
        let mut at = chain;
        while let Some((outer, mark)) = self.chains.get(at).filter(|_| at != 0) {
            found.push(*mark);
            at = *outer;
        }
        found.reverse();
        found
    }

    /// A place between pieces. What is added later is behind it.
    pub fn here(&mut self) -> usize {
        self.sealed = self.all.len();
        self.sealed
    }

    /// Adds words or another part.
    pub fn push(&mut self, part: Part, text: &str, state: State) {
        let grows = self.sealed < self.all.len() && matches!(part, Part::Words);
        if let Some(last) = self.all.last_mut().filter(|l| grows && l.part == part && l.state == state) {
            last.text.push_str(text);
        } else {
            self.all.push(Piece { text: text.to_owned(), part, state });
        }
    }

    /// Begins a block.
    pub fn begin(&mut self, kind: BlockKind, from: Origin, state: State) -> usize {
        let piece = self.all.len();
        self.units.push(Unit { kind, from, marks: Default::default(), group: None, piece });
        self.push(Part::Prefix, "", state);
        self.units.len() - 1
    }

    /// The lengths of the text before each piece in a view, in bytes; one more for the end.
    pub fn offsets(&self, view: View) -> Vec<usize> {
        let mut at = 0;
        let mut offsets = Vec::with_capacity(self.all.len() + 1);
        for piece in &self.all {
            offsets.push(at);
            at += if piece.is_in(view) { piece.text.len() } else { 0 };
        }
        offsets.push(at);
        offsets
    }

    /// The text of a view.
    pub fn text(&self, view: View) -> String {
        self.all.iter().filter(|p| p.is_in(view)).map(|p| p.text.as_str()).collect()
    }

    /// The words between two places in a view, without marks of blocks and labels of notes.
    pub fn words(&self, from: usize, to: usize, view: View) -> String {
        let between = self.all.get(from..to.max(from)).unwrap_or_default();
        let mut words = String::new();
        for piece in between.iter().filter(|p| p.is_in(view)) {
            match piece.part {
                Part::Words => words.push_str(&piece.text),
                Part::Frame if !words.ends_with(' ') => words.push(' '),
                Part::Break => words.push('\n'),
                Part::Frame | Part::Label | Part::Prefix => {}
            }
        }
        words.trim().to_owned()
    }
}
