//! The `meta` elements of a page.

use crate::formats::article::html::tree::{NodeId, Tree};

/// The most that is read of one value, in bytes.
const LONGEST: usize = 2_000;

/// The names and values of a page's `meta` elements, in order.
pub struct Meta(Vec<(String, String)>);

impl Meta {
    /// Collects them. Names are in lower case.
    pub fn of(tree: &Tree) -> Self {
        let mut all = Vec::new();
        for id in tree.elements(NodeId::ROOT).filter(|id| tree.name(*id) == "meta") {
            let Some(value) = tree.attribute(id, "content").map(str::trim) else { continue };
            if value.is_empty() || value.len() > LONGEST {
                continue;
            }
            let names =
                ["property", "name", "itemprop", "http-equiv"].iter().filter_map(|a| tree.attribute(id, a));
            let names = names.flat_map(str::split_ascii_whitespace).take(8);
            all.extend(names.map(|name| (name.to_ascii_lowercase(), value.to_owned())));
        }
        Self(all)
    }

    /// The first value of that name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// All values of that name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, _)| n == name).map(|(_, value)| value.clone()).collect()
    }
}
