//! The structure of the document for programs that read it out: what is a heading, a list, a table, a note, a link.

use super::block::{Block, Change, Link, Look, Place, Role, Run};
use krilla::tagging::{
    Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree, TextDecorationType,
};
use std::{collections::BTreeMap, num::NonZeroU16};

/// What was drawn of a block, by the flow and the run.
#[derive(Default)]
pub struct Drawn(BTreeMap<(usize, u16), Pieces>);

/// What was drawn of a run.
#[derive(Default)]
struct Pieces {
    links: Vec<Identifier>,
    words: Vec<Identifier>,
}

impl Drawn {
    /// Notes words of a run.
    pub fn words(&mut self, flow: usize, run: u16, id: Identifier) {
        self.0.entry((flow, run)).or_default().words.push(id);
    }

    /// Notes the area of a link over a run.
    pub fn link(&mut self, flow: usize, run: u16, id: Identifier) {
        self.0.entry((flow, run)).or_default().links.push(id);
    }

    /// The elements of the first flow that is left, in the order of reading. Lines that are read from the right are drawn
    /// with their runs in the opposite order.
    fn nodes(&mut self, flow: usize, runs: &[Run]) -> Vec<Node> {
        let rest = self.0.split_off(&(flow + 1, 0));
        let list = std::mem::replace(&mut self.0, rest);
        list.into_iter().flat_map(|((_, run), pieces)| pieces.nodes(runs.get(usize::from(run)))).collect()
    }
}

impl Pieces {
    fn nodes(self, run: Option<&Run>) -> Vec<Node> {
        let words = self.words.into_iter().map(Node::from);
        let Some(kind) = run.and_then(kind) else { return words.collect() };
        let children = self.links.into_iter().map(Node::from).chain(words).collect();
        vec![TagGroup::with_children(kind, children).into()]
    }
}

/// The element of words that lead somewhere or look different.
fn kind(run: &Run) -> Option<TagKind> {
    let line = |kind| Some(Tag::Span.with_text_decoration_type(Some(kind)).into());
    match (&run.link, run.look) {
        (Some(Link::Address(_)), _) => Some(Tag::Link.into()),
        (Some(Link::Place(Place::Claim(n))), _) => {
            Some(Tag::Reference.with_alt_text(Some(format!("C{n}"))).into())
        }
        (Some(Link::Place(_)), _) => Some(Tag::Reference.into()),
        (None, Look { change: Some(Change::Deleted), .. }) => line(TextDecorationType::LineThrough),
        (None, Look { change: Some(Change::Inserted), .. }) => line(TextDecorationType::Underline),
        (None, Look { bold: true, .. }) => Some(Tag::Strong.into()),
        (None, Look { italic: true, .. }) => Some(Tag::Em.into()),
        _ => None,
    }
}

/// The tree of all blocks: what is beside the article in sections, items in lists, rows in tables, the blocks of a note in a note.
pub fn tree(blocks: &[Block], drawn: Vec<Drawn>, language: Option<&str>) -> TagTree {
    let mut tree = TagTree::new().with_lang(language.map(Into::into));
    let mut drawn = drawn.into_iter();
    for part in blocks.chunk_by(|a, b| a.beside == b.beside) {
        let nodes = elements(part, drawn.by_ref().take(part.len()));
        if part.iter().any(|b| b.beside) {
            tree.children.push(TagGroup::with_children(Tag::Section, nodes).into());
        } else {
            tree.children.extend(nodes);
        }
    }
    tree
}

/// The elements of blocks that follow each other.
fn elements(blocks: &[Block], drawn: impl Iterator<Item = Drawn>) -> Vec<Node> {
    let (mut all, mut open): (Vec<Node>, Option<(Group, TagGroup)>) = (Vec::new(), None);
    for (block, drawn) in blocks.iter().zip(drawn) {
        let group = Group::of(block);
        if open.as_ref().is_some_and(|(g, _)| Some(*g) != group) {
            all.extend(open.take().map(|(_, made)| Node::from(made)));
        }
        let nodes = element(block, drawn);
        match group {
            Some(group) => {
                open.get_or_insert_with(|| (group, TagGroup::new(group.kind()))).1.children.extend(nodes)
            }
            None => all.extend(nodes),
        }
    }
    all.extend(open.map(|(_, made)| Node::from(made)));
    all
}

/// What holds several blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    List(bool),
    Table,
    Note(Place),
}

impl Group {
    fn of(block: &Block) -> Option<Self> {
        match (block.note, block.role) {
            (Some(note), _) => Some(Self::Note(note)),
            (None, Role::Item(numbered, _)) => Some(Self::List(numbered)),
            (None, Role::Row) => Some(Self::Table),
            _ => None,
        }
    }

    fn kind(self) -> TagKind {
        match self {
            Self::List(true) => Tag::L(ListNumbering::Decimal).into(),
            Self::List(false) => Tag::L(ListNumbering::Disc).into(),
            Self::Table => Tag::Table.into(),
            Self::Note(_) => Tag::Note.into(),
        }
    }
}

/// The elements of one block.
fn element(block: &Block, mut drawn: Drawn) -> Vec<Node> {
    let label = block.label.as_deref().map(|runs| TagGroup::with_children(Tag::Lbl, drawn.nodes(0, runs)));
    let first = usize::from(label.is_some());
    let mut cells = block.cells.iter().enumerate().map(|(at, runs)| (runs, drawn.nodes(first + at, runs)));
    match block.role {
        Role::Row => vec![
            TagGroup::with_children(Tag::TR, cells.map(|(runs, nodes)| cell(runs, nodes)).collect()).into(),
        ],
        Role::Item(..) => {
            let body = TagGroup::with_children(Tag::LBody, cells.flat_map(|(_, nodes)| nodes).collect());
            let children = label.into_iter().chain([body]).map(Node::from).collect();
            vec![TagGroup::with_children(Tag::LI, children).into()]
        }
        role => {
            let words = cells.next().map(|(_, nodes)| TagGroup::with_children(kind_of(role, block), nodes));
            label.into_iter().chain(words).filter(|g| !g.children.is_empty()).map(Node::from).collect()
        }
    }
}

fn cell(runs: &[Run], nodes: Vec<Node>) -> Node {
    let head = !runs.is_empty() && runs.iter().all(|r| r.look.bold);
    let kind: TagKind = if head { Tag::TH(TableHeaderScope::Column).into() } else { Tag::TD.into() };
    TagGroup::with_children(kind, nodes).into()
}

fn kind_of(role: Role, block: &Block) -> TagKind {
    match role {
        Role::Heading(level) => {
            let level = u16::try_from(level).ok().and_then(NonZeroU16::new).unwrap_or(NonZeroU16::MIN);
            Tag::Hn(level, block.bookmark.as_ref().map(|(_, words)| words.clone())).into()
        }
        Role::Quote => Tag::BlockQuote.into(),
        _ => Tag::P.into(),
    }
}
