//! The nodes of a tree, and what is asked of them.

use html5ever::{Attribute, QualName, tendril::StrTendril};

/// The most elements that are inside each other. Deeper ones are cut: their words belong to the last one.
pub const MOST_DEEP: usize = 512;
/// The most nodes of a tree. The page ends there.
pub const MOST_NODES: usize = 300_000;

/// The place of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The document itself, which is the root.
    pub const ROOT: Self = Self(0);

    /// Its index, for tables with a row for each node.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A page as a tree.
#[derive(Debug, Default)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) is_cut: bool,
}

/// A node, and its neighbours.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<NodeId>,
    pub(super) before: Option<NodeId>,
    pub(super) after: Option<NodeId>,
    pub(super) first: Option<NodeId>,
    pub(super) last: Option<NodeId>,
    pub(super) depth: u32,
    pub(super) data: Data,
}

/// What a node is.
#[derive(Debug)]
pub enum Data {
    /// The document, or what a template holds.
    Document,
    /// An element.
    Element(Element),
    /// Words.
    Text(StrTendril),
    /// A comment.
    Comment(StrTendril),
}

/// An element with its attributes.
#[derive(Debug)]
pub struct Element {
    pub(super) name: QualName,
    pub(super) attributes: Vec<Attribute>,
    /// The contents of a template, which are in no tree.
    pub(super) template: Option<NodeId>,
}

impl Element {
    /// Its name in lower case.
    pub fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }
}

impl Tree {
    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the page goes on where the tree ends.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// What a node is.
    pub fn data(&self, id: NodeId) -> &Data {
        self.node(id).map_or(&Data::Document, |n| &n.data)
    }

    /// The node as an element; `None` if it is none.
    pub fn element(&self, id: NodeId) -> Option<&Element> {
        match self.data(id) {
            Data::Element(element) => Some(element),
            Data::Document | Data::Text(_) | Data::Comment(_) => None,
        }
    }

    /// The name of an element; empty for other nodes.
    pub fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", Element::name)
    }

    /// The value of an element's attribute.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.element(id)?.attribute(name)
    }

    /// The node that a node is in.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id)?.parent
    }

    /// The nodes that a node is in, from the innermost to the document.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(id), |at| self.parent(*at))
    }

    /// The nodes directly in a node.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self.node(id).and_then(|n| n.first);
        std::iter::successors(first, |at| self.node(*at).and_then(|n| n.after))
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.index())
    }
}
