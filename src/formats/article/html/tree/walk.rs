//! Goes through a tree without calling itself.

use super::nodes::{Data, NodeId, Tree};

/// A step through a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A node begins.
    Enter(NodeId),
    /// A node ends.
    Leave(NodeId),
}

/// The steps through a node and all in it.
pub struct Walk<'t> {
    tree: &'t Tree,
    from: NodeId,
    next: Option<Edge>,
    /// The node that was entered last.
    entered: Option<NodeId>,
}

impl<'t> Walk<'t> {
    /// Begins at `from`.
    pub fn new(tree: &'t Tree, from: NodeId) -> Self {
        Self { tree, from, next: Some(Edge::Enter(from)), entered: None }
    }

    /// Leaves out what is in the node that was entered last.
    pub fn pass(&mut self) {
        if let Some(id) = self.entered {
            self.next = Some(Edge::Leave(id));
        }
    }

    fn after(&self, edge: Edge) -> Option<Edge> {
        match edge {
            Edge::Enter(id) => {
                Some(self.tree.node(id).and_then(|n| n.first).map_or(Edge::Leave(id), Edge::Enter))
            }
            Edge::Leave(id) if id == self.from => None,
            Edge::Leave(id) => {
                let node = self.tree.node(id)?;
                node.after.map(Edge::Enter).or(node.parent.map(Edge::Leave))
            }
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        let edge = self.next?;
        self.next = self.after(edge);
        self.entered = match edge {
            Edge::Enter(id) => Some(id),
            Edge::Leave(_) => None,
        };
        Some(edge)
    }
}

impl Tree {
    /// Goes through a node and all in it, in order.
    pub fn walk(&self, from: NodeId) -> Walk<'_> {
        Walk::new(self, from)
    }

    /// The elements in a node with it, in order.
    pub fn elements(&self, from: NodeId) -> impl Iterator<Item = NodeId> {
        self.walk(from).filter_map(|edge| match edge {
            Edge::Enter(id) if self.element(id).is_some() => Some(id),
            Edge::Enter(_) | Edge::Leave(_) => None,
        })
    }

    /// The words in a node one after the other, with single blanks.
    pub fn text(&self, from: NodeId) -> String {
        let mut text = String::new();
        for edge in self.walk(from) {
            match edge {
                Edge::Enter(id) => match self.data(id) {
                    Data::Text(words) => text.push_str(words),
                    Data::Document | Data::Element(_) | Data::Comment(_) => {}
                },
                Edge::Leave(id) if !self.name(id).is_empty() => text.push(' '),
                Edge::Leave(_) => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
