//! The headline in the data of a page, without the name of the site.

use super::{linked_data::Stated, meta::Meta};
use crate::formats::article::html::tree::{NodeId, Tree};

/// What stands between a headline and the name of a site.
const PARTERS: &[&str] =
    &[" | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " / ", " > ", "｜", " ‹ ", " › "];

/// The headlines that the data of a page names, the likeliest first.
pub fn of(tree: &Tree, meta: &Meta, stated: &Stated, outlet: Option<&str>) -> Vec<String> {
    let written = tree.elements(NodeId::ROOT).find(|id| tree.name(*id) == "title").map(|id| tree.text(id));
    let named =
        ["dc:title", "dc.title", "dcterm:title", "og:title", "title", "twitter:title", "parsely-title"];
    let metas = named.iter().filter_map(|name| meta.first(name).map(str::to_owned));
    // A page that shows the name of its article as its heading has something else, as a description, in the place of a headline.
    let is_heading = |name: &String| {
        let mut headings = tree.elements(NodeId::ROOT).filter(|id| tree.name(*id) == "h1");
        headings.any(|id| letters(&tree.text(id)) == letters(name))
    };
    let shown = stated.name.clone().filter(is_heading);
    let data = [shown, stated.headline.clone(), stated.name.clone()].into_iter().flatten().chain(metas);
    let data = data.map(|t| flat(&t));
    let page = written.map(|t| without_site(&flat(&t), outlet));
    data.chain(page).filter(|t| !letters(t).is_empty()).collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters and digits of a text in lower case, to compare it.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A title without the name of the outlet before or behind it.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet.map(letters).filter(|o| !o.is_empty()) else { return title.to_owned() };
    let ours = |part: &str| letters(part) == outlet;
    for parter in PARTERS {
        if let Some((before, _)) = title.rsplit_once(parter).filter(|(b, a)| ours(a) && !b.is_empty()) {
            return before.trim().to_owned();
        }
        if let Some((_, after)) = title.split_once(parter).filter(|(b, a)| ours(b) && !a.is_empty()) {
            return after.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The title of a page without the name of its site: that is the last part or the first, and short.
fn without_site(title: &str, outlet: Option<&str>) -> String {
    let bare = without_outlet(title, outlet);
    if bare != title {
        return bare;
    }
    let cut = |parter: &&&str| title.contains(**parter);
    let Some(parter) = PARTERS.iter().find(cut) else { return title.to_owned() };
    let (before, last) = title.rsplit_once(parter).unwrap_or((title, ""));
    let (_, after) = title.split_once(parter).unwrap_or((title, ""));
    let words =
        |t: &str| t.split_whitespace().count().max(t.chars().filter(|c| *c >= '\u{3000}').count() / 2);
    if words(before) >= words(last) && words(before) > 2 {
        before.trim().to_owned()
    } else if words(after) > 2 {
        after.trim().to_owned()
    } else {
        title.to_owned()
    }
}

/// How alike two texts are, by the words that they share: from 0 to 1.
pub fn nearest(a: &str, b: &str) -> f32 {
    let words = |t: &str| -> Vec<String> {
        let parts = t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let mut all: Vec<String> = parts.take(60).map(str::to_lowercase).collect();
        if all.len() < 3 {
            all = t
                .chars()
                .filter(|c| c.is_alphanumeric())
                .take(120)
                .map(|c| c.to_lowercase().collect())
                .collect();
        }
        all
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let shared = a.iter().filter(|w| b.contains(w)).count() + b.iter().filter(|w| a.contains(w)).count();
    shared as f32 / (a.len() + b.len()) as f32
}
