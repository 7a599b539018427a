//! What a page hides from readers.

use crate::formats::article::html::tree::{Data, Edge, Element, NodeId, Tree};

/// Words in the class of what only screen readers read aloud.
const FOR_SCREEN_READERS: &[&str] = &[
    "sr-only",
    "sronly",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "screen-reader",
    "screenreader",
    "off-screen",
    "offscreen",
    "hidden-accessible",
    "ui-helper-hidden-accessible",
    "a11y-hidden",
    "assistive-text",
    "element-invisible",
    "accessibility-hidden",
    "hide-visually",
];

/// Classes of what is hidden until something is done, as style sheets name them the world over.
const HIDDEN: &[&str] = &[
    "hidden",
    "hide",
    "is-hidden",
    "u-hidden",
    "d-none",
    "dis-none",
    "display-none",
    "invisible",
    "tooltip",
    "tooltiptext",
    "tooltip-text",
    "popover",
    "printonly",
    "print-only",
    "d-print-block",
];

/// Says what a page hides. A page that hides most of its words shows them by script, so that counts for nothing.
pub struct Hidden {
    most: usize,
}

impl Hidden {
    /// For one page.
    pub fn new(tree: &Tree) -> Self {
        Self { most: letters(tree, NodeId::ROOT, usize::MAX) * 2 / 5 }
    }

    /// Whether an element and all in it is hidden.
    pub fn is(&self, tree: &Tree, id: NodeId) -> bool {
        let Some(element) = tree.element(id) else { return false };
        is_marked(element) && letters(tree, id, self.most.saturating_add(1)) <= self.most
    }
}

fn is_marked(element: &Element) -> bool {
    let attribute = |name| element.attribute(name);
    let styled = || attribute("style").is_some_and(is_hiding);
    let unseen = || {
        let icon = matches!(element.name(), "span" | "i" | "b" | "em" | "a" | "small");
        icon && attribute("aria-hidden").is_some_and(|v| v.eq_ignore_ascii_case("true"))
    };
    let unshown = || attribute("class").is_some_and(is_hidden_class);
    let aloud = || attribute("class").is_some_and(|c| c.split_ascii_whitespace().any(is_for_screen_readers));
    attribute("hidden").is_some_and(|v| !v.eq_ignore_ascii_case("until-found"))
        || styled()
        || unseen()
        || aloud()
        || unshown()
}

/// Whether one of the classes hides, and no other shows the element on wide screens (`hidden md:block`).
fn is_hidden_class(classes: &str) -> bool {
    let hides = |c: &str| HIDDEN.iter().any(|h| h.eq_ignore_ascii_case(c));
    let shows = |c: &str| {
        let wide = c.contains(':')
            || c.contains("-md")
            || c.contains("-lg")
            || c.contains("-sm")
            || c.contains("-xl");
        wide && ["block", "flex", "inline", "grid", "table", "visible"].iter().any(|s| c.contains(s))
    };
    let mut all = classes.split_ascii_whitespace();
    all.clone().any(|c| hides(c) || is_shown_on_demand(c)) && !all.any(shows)
}

/// Whether a class names a box that is shown while somebody points at a word (`author-hovercard`, `rollover-people-block`).
fn is_shown_on_demand(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let mut words = class.split(|c: char| !c.is_ascii_alphabetic());
    let points =
        |w: &str| matches!(w, "rollover" | "hover" | "mouseover" | "tooltip" | "popover" | "hovercard");
    let is_box =
        |w: &str| matches!(w, "block" | "box" | "card" | "content" | "bubble" | "popup" | "hovercard");
    words.clone().any(points) && words.any(is_box)
}

fn is_for_screen_readers(class: &str) -> bool {
    let class = class.to_ascii_lowercase().replace('_', "-");
    FOR_SCREEN_READERS
        .iter()
        .any(|w| class.strip_suffix(w).is_some_and(|before| before.is_empty() || before.ends_with('-')))
}

/// Whether a style hides: `display: none`, `visibility: hidden`, and Word's `mso-hide: all`.
fn is_hiding(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim().to_ascii_lowercase();
        matches!(
            (name.trim().to_ascii_lowercase().as_str(), value.as_str()),
            ("display", "none") | ("visibility", "hidden" | "collapse") | ("mso-hide", "all")
        )
    })
}

/// How many bytes of words are in a node; it stops counting at `most`.
fn letters(tree: &Tree, from: NodeId, most: usize) -> usize {
    let (mut walk, mut count) = (tree.walk(from), 0_usize);
    while let Some(edge) = walk.next() {
        let Edge::Enter(id) = edge else { continue };
        match tree.data(id) {
            Data::Text(words) => count = count.saturating_add(words.trim().len()),
            Data::Element(e) if super::look::of(e.name()) == super::look::Look::None => walk.pass(),
            Data::Document | Data::Element(_) | Data::Comment(_) => {}
        }
        if count >= most {
            break;
        }
    }
    count
}
