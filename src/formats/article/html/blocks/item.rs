//! The marks of items in lists.

use crate::formats::article::html::tree::{Element, NodeId, Tree};

/// A list that is open.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// The number of its next item; `None` if its items have none.
    next: Option<i64>,
}

impl List {
    /// The list that an element begins; `None` if it begins none.
    pub fn of(element: &Element) -> Option<Self> {
        match element.name() {
            "ol" => Some(Self { next: Some(number(element, "start").unwrap_or(1)) }),
            "ul" | "menu" | "dir" => Some(Self { next: None }),
            _ => None,
        }
    }

    /// The mark of its next item.
    pub fn mark(&mut self, item: &Element) -> String {
        let Some(next) = self.next else { return "- ".into() };
        let own = number(item, "value").unwrap_or(next);
        self.next = Some(own.saturating_add(1));
        format!("{own}. ")
    }
}

fn number(element: &Element, attribute: &str) -> Option<i64> {
    element.attribute(attribute)?.trim().parse().ok()
}

/// Whether an element is an item of one of Word's lists, which are paragraphs.
pub fn is_words_item(element: &Element) -> bool {
    let rule = element.attribute("style").and_then(|s| mso_list(s));
    element.name() == "p" && rule.is_some_and(|r| !r.eq_ignore_ascii_case("none"))
}

/// Whether an element holds the mark of an item of Word's.
pub fn is_words_mark(element: &Element) -> bool {
    element.attribute("style").and_then(mso_list).is_some_and(|r| r.eq_ignore_ascii_case("ignore"))
}

fn mso_list(style: &str) -> Option<&str> {
    let rules = style.split(';').filter_map(|rule| rule.split_once(':'));
    rules
        .into_iter()
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("mso-list"))
        .map(|(_, value)| value.trim())
}

/// The mark for what Word wrote before an item: a number stays, a bullet is `-`.
pub fn words_mark(tree: &Tree, id: NodeId) -> String {
    let written = tree.text(id);
    let written = written.trim();
    let counted =
        written.ends_with(['.', ')']) && written.chars().any(char::is_alphanumeric) && written.len() <= 12;
    if counted { format!("{written} ") } else { "- ".into() }
}
