//! What the keys of front matter mean.

use super::node::Node;
use crate::{
    formats::article::plain::dates,
    model::{Info, LeftOutReason},
};

/// What was found in front matter.
#[derive(Default)]
pub struct Found {
    /// The headline.
    pub title: Option<String>,
    /// The standfirst.
    pub summary: Option<String>,
    /// The info.
    pub info: Info,
    /// The keys whose values are in the info, as written, and what they became.
    pub reasons: Vec<(String, LeftOutReason)>,
}

const TITLE: &[&str] = &["title", "headline", "titre", "titel", "titulo"];
const SUMMARY: &[&str] = &[
    "standfirst",
    "subtitle",
    "subheadline",
    "dek",
    "deck",
    "summary",
    "excerpt",
    "lead",
    "teaser",
    "abstract",
    "description",
];
const BYLINE: &[&str] = &["byline", "author", "authors", "writer", "writers", "auteur", "autor"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publishdate",
    "publisheddate",
    "pubdate",
    "datepublished",
    "publishedat",
    "publishedon",
    "pubdatetime",
];
const TAGS: &[&str] = &["tags", "tag", "keywords", "topics", "categories"];
const OUTLET: &[&str] = &["outlet", "publication", "publisher", "newspaper"];
const PLACE: &[&str] = &["location", "place", "dateline"];
const URL: &[&str] = &["canonicalurl", "canonical", "url", "permalink"];
const LANGUAGE: &[&str] = &["lang", "language"];
/// Keys that say nothing about the article, and that only front matter has.
const OTHER: &[&str] = &[
    "layout",
    "slug",
    "draft",
    "template",
    "aliases",
    "lastmod",
    "weight",
    "image",
    "cover",
    "thumbnail",
    "toc",
];

/// Whether blogs use a key.
pub fn is_known(key: &str) -> bool {
    let key = bare(key);
    let all = [TITLE, SUMMARY, BYLINE, DATE, TAGS, OUTLET, PLACE, URL, LANGUAGE, OTHER];
    all.iter().any(|keys| keys.contains(&key.as_str()))
}

/// The key in lower case, without marks: `publish_date` and `publishDate` are one.
fn bare(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads the fields of front matter. `language` is that of the text.
pub fn read(node: &Node, language: Option<&str>) -> Found {
    let fields = fields(node);
    let mut found =
        Found { title: text(&fields, TITLE), summary: text(&fields, SUMMARY), ..Found::default() };
    let mut take =
        |keys: &[&str], why: LeftOutReason, set: &mut dyn FnMut(&mut Info, Vec<String>) -> bool| {
            let of = |key: &&str| fields.iter().find(|(k, _)| bare(k) == **key);
            for (key, value) in keys.iter().filter_map(of) {
                let values = values(value);
                if !values.is_empty() && set(&mut found.info, values) {
                    found.reasons.push((key.clone(), why));
                    return;
                }
            }
        };
    take(BYLINE, LeftOutReason::Byline, &mut |info, all| put(&mut info.byline, all.join(", ")));
    take(OUTLET, LeftOutReason::Outlet, &mut |info, all| put(&mut info.outlet, all.join(", ")));
    take(PLACE, LeftOutReason::Place, &mut |info, all| put(&mut info.place, all.join(", ")));
    take(TAGS, LeftOutReason::Tags, &mut |info, all| {
        info.tags = tags(all);
        !info.tags.is_empty()
    });
    take(URL, LeftOutReason::Url, &mut |info, all| {
        let web = all[0].starts_with("https://") || all[0].starts_with("http://");
        web && put(&mut info.url, all[0].clone())
    });
    take(DATE, LeftOutReason::Date, &mut |info, all| {
        let Some(when) = dates::when(&all[0], language).filter(|w| w.date.is_some()) else { return false };
        (info.date, info.time, info.zone) = (when.date, when.time, when.zone);
        true
    });
    take(LANGUAGE, LeftOutReason::FrontMatter, &mut |info, all| {
        let code = all[0].split(['-', '_']).next().unwrap_or("").to_lowercase();
        code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) && put(&mut info.language, code)
    });
    found
}

fn put(field: &mut Option<String>, value: String) -> bool {
    *field = Some(value);
    true
}

/// The fields of a block, with those of the tables in which Hugo and Zola keep more of them.
fn fields(node: &Node) -> Vec<(String, Node)> {
    let Node::Map(own) = node else { return Vec::new() };
    let more = own.iter().filter(|(key, _)| matches!(key.as_str(), "taxonomies" | "extra" | "params"));
    let more =
        more.flat_map(|(_, value)| if let Node::Map(fields) = value { fields.clone() } else { Vec::new() });
    own.iter().cloned().chain(more.collect::<Vec<_>>()).collect()
}

/// The first text of the keys, on one line.
fn text(fields: &[(String, Node)], keys: &[&str]) -> Option<String> {
    let of = |key: &&str| values(&fields.iter().find(|(k, _)| bare(k) == **key)?.1).into_iter().next();
    keys.iter().find_map(of)
}

/// The texts of a value, each on one line: a list's items, and the `name` of a person.
fn values(node: &Node) -> Vec<String> {
    match node {
        Node::Text(text) => {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if matches!(line.as_str(), "" | "~" | "null") { Vec::new() } else { vec![line] }
        }
        Node::List(all) => all.iter().flat_map(values).collect(),
        Node::Map(fields) => {
            fields.iter().filter(|(key, _)| key == "name").flat_map(|(_, name)| values(name)).collect()
        }
    }
}

/// The tags of a list, or of a text that separates them with commas.
fn tags(all: Vec<String>) -> Vec<String> {
    let [one] = &all[..] else { return all };
    one.split(',').map(|t| t.trim().trim_start_matches('#').to_owned()).filter(|t| !t.is_empty()).collect()
}
