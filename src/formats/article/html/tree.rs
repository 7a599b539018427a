//! A page as a tree, as browsers build it, within limits: the depth, the number of nodes and of attributes of a tag. What is beyond
//! them is cut off; nothing in here calls itself, so no page is too deep for the stack.

mod limits;
mod nodes;
mod parse;
mod sink;
mod walk;

pub use nodes::{Data, Element, MOST_NODES, NodeId, Tree};
pub use walk::Edge;

#[cfg(test)]
mod tests {
    use super::{nodes::MOST_DEEP, *};

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
        assert!(tree.text(NodeId::ROOT).starts_with("ferry ferry") && tree.is_cut());
    }

    #[test]
    fn a_page_of_which_nothing_is_lost_is_not_cut() {
        let tree = Tree::parse(&format!("<p>ferry</p>{}<!-- a -->\n</body>", "<br>".repeat(MOST_NODES - 6)));
        assert!(tree.len() >= MOST_NODES - 1 && !tree.is_cut(), "{}", tree.len());
        assert!(Tree::parse(&format!("{}fare", "<br>".repeat(MOST_NODES))).is_cut());
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
