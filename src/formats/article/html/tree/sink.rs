//! Where html5ever puts the nodes that it makes.

use super::nodes::{Data, Element, Node, NodeId, Tree};
use html5ever::{
    Attribute, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    local_name, ns,
    tendril::StrTendril,
};
use std::{
    borrow::Cow,
    cell::{Cell, Ref, RefCell},
};

/// A tree while it is built.
pub struct Sink {
    tree: RefCell<Tree>,
    /// How deep the element is that is open now.
    depth: Cell<usize>,
    /// The name of what is no element. html5ever promises never to ask for it.
    nameless: RefCell<QualName>,
}

impl Default for Sink {
    fn default() -> Self {
        let sink = Self {
            tree: RefCell::default(),
            depth: Cell::new(0),
            nameless: RefCell::new(QualName::new(None, ns!(html), local_name!(""))),
        };
        sink.add(Data::Document);
        sink
    }
}

impl Sink {
    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.tree.borrow().len()
    }

    /// How deep the element is that is open now.
    pub fn depth(&self) -> usize {
        self.depth.get()
    }

    /// An end tag came. html5ever does not report every element that it closes; the depth is exact again with the next element.
    pub fn ends(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }

    /// The tree.
    pub fn into_tree(self) -> Tree {
        self.tree.into_inner()
    }

    fn add(&self, data: Data) -> NodeId {
        let tree = &mut self.tree.borrow_mut().nodes;
        let id = NodeId(u32::try_from(tree.len()).unwrap_or(u32::MAX));
        tree.push(Node { parent: None, before: None, after: None, first: None, last: None, depth: 0, data });
        id
    }

    fn node(&self, child: NodeOrText<NodeId>) -> NodeId {
        match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(words) => self.add(Data::Text(words)),
        }
    }

    /// Adds words to a node if it has words too.
    fn join(&self, to: Option<NodeId>, child: &NodeOrText<NodeId>) -> bool {
        let mut tree = self.tree.borrow_mut();
        let words = match child {
            NodeOrText::AppendText(words) => words,
            NodeOrText::AppendNode(_) => return false,
        };
        match to.and_then(|id| tree.node_mut(id)).map(|n| &mut n.data) {
            Some(Data::Text(before)) => {
                before.push_tendril(words);
                true
            }
            _ => false,
        }
    }

    fn measure(&self, id: NodeId) {
        let tree = self.tree.borrow();
        if let Some(node) = tree.node(id).filter(|n| matches!(n.data, Data::Element(_))) {
            self.depth.set(node.depth as usize);
        }
    }
}

fn name_of(tree: &Tree, id: NodeId) -> Option<&QualName> {
    tree.element(id).map(|e| &e.name)
}

impl Tree {
    fn detach(&mut self, id: NodeId) {
        let Some(node) = self.node_mut(id) else { return };
        let (parent, before, after) = (node.parent.take(), node.before.take(), node.after.take());
        match before.and_then(|b| self.node_mut(b)) {
            Some(node) => node.after = after,
            None => drop(parent.and_then(|p| self.node_mut(p)).map(|p| p.first = after)),
        }
        match after.and_then(|a| self.node_mut(a)) {
            Some(node) => node.before = before,
            None => drop(parent.and_then(|p| self.node_mut(p)).map(|p| p.last = before)),
        }
    }

    /// Puts a node into a parent, before one of its children or as its last.
    fn insert(&mut self, parent: NodeId, id: NodeId, before: Option<NodeId>) {
        self.detach(id);
        let depth = self.node(parent).map_or(0, |p| p.depth.saturating_add(1));
        let left = match before {
            Some(sibling) => self.node(sibling).and_then(|n| n.before),
            None => self.node(parent).and_then(|n| n.last),
        };
        if let Some(node) = self.node_mut(id) {
            (node.parent, node.before, node.after, node.depth) = (Some(parent), left, before, depth);
        }
        match left.and_then(|l| self.node_mut(l)) {
            Some(node) => node.after = Some(id),
            None => drop(self.node_mut(parent).map(|p| p.first = Some(id))),
        }
        match before.and_then(|b| self.node_mut(b)) {
            Some(node) => node.before = Some(id),
            None => drop(self.node_mut(parent).map(|p| p.last = Some(id))),
        }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        NodeId::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::filter_map(self.tree.borrow(), |tree| name_of(tree, *target))
            .unwrap_or_else(|_| self.nameless.borrow())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        let template = flags.template.then(|| self.add(Data::Document));
        self.add(Data::Element(Element { name, attributes, template }))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.add(Data::Comment(text))
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> NodeId {
        self.add(Data::Comment(data))
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let last = self.tree.borrow().node(*parent).and_then(|n| n.last);
        if self.join(last, &child) {
            return;
        }
        let id = self.node(child);
        self.tree.borrow_mut().insert(*parent, id, None);
        self.measure(id);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        let inside = self.tree.borrow().parent(*element).is_some();
        if inside {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &NodeId) {
        let depth = self.tree.borrow().node(*node).map_or(0, |n| n.depth as usize);
        self.depth.set(depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.tree.borrow().element(*target).and_then(|e| e.template).unwrap_or(*target)
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let (parent, before) = match self.tree.borrow().node(*sibling) {
            Some(node) => (node.parent, node.before),
            None => (None, None),
        };
        let Some(parent) = parent else { return };
        if self.join(before, &child) {
            return;
        }
        let id = self.node(child);
        self.tree.borrow_mut().insert(parent, id, Some(*sibling));
        self.measure(id);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        if let Some(Node { data: Data::Element(element), .. }) = tree.node_mut(*target) {
            let missing = attributes.into_iter().filter(|a| element.attribute(&a.name.local).is_none());
            let missing = missing.collect::<Vec<_>>();
            element.attributes.extend(missing);
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.node(*node).and_then(|n| n.first) {
            tree.insert(*new_parent, child, None);
        }
    }
}
