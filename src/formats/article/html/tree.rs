//! A page as a tree, as browsers build it, within limits: the depth, the number of nodes and of attributes of a tag. What is beyond
//! them is cut off; nothing in here calls itself, so no page is too deep for the stack.

mod limits;
mod nodes;
mod sink;
mod walk;

pub use nodes::{Data, Element, NodeId, Tree};
pub use walk::{Edge, Walk};

use html5ever::{
    TokenizerResult,
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};
use limits::Limited;
use sink::Sink;

impl Tree {
    /// Builds the tree of a page or of a part of one.
    pub fn parse(html: &str) -> Self {
        let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
        let builder = Limited::new(TreeBuilder::new(Sink::default(), options));
        let tokenizer = Tokenizer::new(builder, TokenizerOpts::default());
        let input = BufferQueue::default();
        for part in limits::with_few_attributes(html) {
            input.push_back(StrTendril::from_slice(part));
        }
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        tokenizer.end();
        tokenizer.sink.tree()
    }

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

#[cfg(test)]
mod tests {
    use super::{nodes::MOST_DEEP, nodes::MOST_NODES, *};

    fn deepest(tree: &Tree) -> usize {
        tree.elements(NodeId::ROOT).map(|id| tree.ancestors(id).count()).max().unwrap_or(0)
    }

    #[test]
    fn deep_pages_are_cut_and_keep_their_words() {
        for open in ["<div>", "<div></x>", "<b><i>", "<table><tr><td>", "<a href=x><p>", "<ul><li>"] {
            let tree = Tree::parse(&format!("{}ferry", open.repeat(20_000)));
            assert!(deepest(&tree) <= MOST_DEEP + 8, "{open}: {}", deepest(&tree));
            assert!(tree.text(NodeId::ROOT).contains("ferry"), "{open}");
        }
    }

    #[test]
    fn closed_elements_do_not_count_as_depth() {
        let page = format!("{}<p>ferry <b>fare</b></p>", "<div><p><br>a</p></div>".repeat(3_000));
        let tree = Tree::parse(&page);
        assert_eq!(tree.elements(NodeId::ROOT).filter(|id| tree.name(*id) == "b").count(), 1);
    }

    #[test]
    fn cut_elements_take_their_ends_with_them() {
        let page = format!("{}deep{}<p>after</p>", "<div>".repeat(2_000), "</div>".repeat(2_000));
        let tree = Tree::parse(&page);
        let after = tree.elements(NodeId::ROOT).find(|id| tree.name(*id) == "p").expect("a paragraph");
        assert_eq!(tree.ancestors(after).count(), 3);
    }

    #[test]
    fn a_page_of_too_many_nodes_ends() {
        let tree = Tree::parse(&"<p>ferry</p>".repeat(MOST_NODES));
        assert!(tree.len() <= MOST_NODES + 600, "{}", tree.len());
        assert!(tree.text(NodeId::ROOT).starts_with("ferry ferry"));
    }

    #[test]
    fn the_attributes_of_a_tag_are_counted() {
        let many: String = (0..30_000).map(|n| format!(" a{n}=\"x > y\"")).collect();
        let tree = Tree::parse(&format!("<p{many}>ferry</p><p id=b>fare</p>"));
        assert_eq!(tree.text(NodeId::ROOT), "ferry fare");
        let last = tree.elements(NodeId::ROOT).last().expect("an element");
        assert_eq!(tree.attribute(last, "id"), Some("b"));
    }
}
