//! The article in the fragment that a desk exported: its lines are those of the desk's text, and what was checked is no part of it.
//!
//! Its ids begin with `check-` and eight digits of the article's id. They stay when somebody pastes the fragment into a page.

use crate::formats::article::html::tree::{Element, NodeId, Tree};

/// Whether an element is such an article.
pub fn is_article(element: &Element) -> bool {
    element.name() == "article" && after_id(element).is_some_and(str::is_empty)
}

/// Whether an element is the number of a note in the text, or the part with the notes.
pub fn is_beside(tree: &Tree, id: NodeId) -> bool {
    match tree.name(id) {
        "sup" => {
            tree.children(id).any(|c| rest_of(tree, c).is_some_and(|r| is_number(r.strip_prefix("-at-"))))
        }
        "section" => {
            let lists = tree.children(id).filter(|c| tree.name(*c) == "ol");
            let mut items = lists.flat_map(|list| tree.children(list));
            items.any(|c| rest_of(tree, c).is_some_and(|r| is_number(r.strip_prefix('-'))))
        }
        _ => false,
    }
}

fn rest_of(tree: &Tree, id: NodeId) -> Option<&str> {
    after_id(tree.element(id)?)
}

/// What follows the article's digits in an id.
fn after_id(element: &Element) -> Option<&str> {
    let rest = element.attribute("id")?.strip_prefix("check-")?;
    let (digits, rest) = rest.split_at_checked(8)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(rest)
}

fn is_number(written: Option<&str>) -> bool {
    written.is_some_and(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit()))
}
