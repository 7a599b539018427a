//! Names of authors, as pages write them.

use crate::formats::article::html::address;
use crate::formats::article::html::hints;
use crate::formats::article::html::tree::{NodeId, Tree};

/// The longest byline, in characters.
const LONGEST: usize = 100;

/// The words before the name of who wrote it, in lower case.
const BEFORE: &[&str] = &[
    "by",
    "by:",
    "written by",
    "posted by",
    "author:",
    "words by",
    "story by",
    "von",
    "von:",
    "par",
    "par:",
    "por",
    "por:",
    "di",
    "door",
    "av",
    "af",
    "text:",
    "autor:",
    "автор:",
    "przez",
    "tekst:",
    "от",
];

/// The name in a value; `None` for an address or anything that is no short name.
pub fn name(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let named = bare(&value);
    let handle = named.starts_with('@') || named.contains("://") || address::is_web(named);
    let count = named.chars().count();
    ((2..LONGEST).contains(&count) && !handle && named.contains(char::is_alphabetic))
        .then(|| named.to_owned())
}

/// A value without the words before a name.
fn bare(value: &str) -> &str {
    let low = value.to_lowercase();
    let begun = BEFORE.iter().filter(|b| low.strip_prefix(**b).is_some_and(|rest| rest.starts_with(' ')));
    let longest = begun.map(|b| b.len()).max().unwrap_or(0);
    value
        .get(longest..)
        .unwrap_or(value)
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '-' | '–' | '·' | ':'))
}

/// The author in the page's own words: the first short text in an element that is marked as one.
pub fn in_page(tree: &Tree) -> Option<String> {
    tree.elements(NodeId::ROOT).filter(|id| is_marked(tree, *id)).take(20).find_map(|id| {
        let inner = tree.elements(id).skip(1).find(|e| has(tree, *e, "itemprop", "name"));
        name(&tree.text(inner.unwrap_or(id)))
    })
}

fn has(tree: &Tree, id: NodeId, attribute: &str, word: &str) -> bool {
    let value = tree.attribute(id, attribute).unwrap_or("");
    value.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word))
}

fn is_marked(tree: &Tree, id: NodeId) -> bool {
    let Some(element) = tree.element(id) else { return false };
    if matches!(element.name(), "html" | "body" | "meta" | "link" | "script" | "img" | "input") {
        return false;
    }
    let classed = || {
        hints::words_of(element)
            .iter()
            .any(|w| matches!(w.as_str(), "byline" | "author" | "writtenby" | "pauthor" | "authorname"))
    };
    has(tree, id, "rel", "author") || has(tree, id, "itemprop", "author") || classed()
}
