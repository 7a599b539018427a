//! Linked data (JSON-LD) by schema.org: the object that describes the article.

use crate::formats::article::html::tree::{NodeId, Tree};
use serde_json::Value;

/// The most that is read of one script, in bytes.
const LONGEST: usize = 2 << 20;
/// The most objects that are looked through.
const MOST: usize = 2_000;

/// What the linked data of a page states about its article.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// Its headline.
    pub headline: Option<String>,
    /// Its name, where that differs.
    pub name: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who publishes it.
    pub outlet: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
}

/// What the first article in the linked data states.
pub fn of(tree: &Tree) -> Stated {
    let scripts = tree.elements(NodeId::ROOT).filter(|id| {
        let kind = tree.attribute(*id, "type").unwrap_or("").trim();
        tree.name(*id) == "script" && kind.to_ascii_lowercase().starts_with("application/ld+json")
    });
    scripts.filter_map(|id| parsed(&raw(tree, id))).find_map(|data| article(&data)).unwrap_or_default()
}

fn raw(tree: &Tree, id: NodeId) -> String {
    let parts = tree.children(id).filter_map(|c| match tree.data(c) {
        crate::formats::article::html::tree::Data::Text(words) => Some(&**words),
        _ => None,
    });
    parts.collect()
}

/// Reads JSON as people write it into pages: in a comment or CDATA, with bare line breaks in its texts.
fn parsed(script: &str) -> Option<Value> {
    let bare = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let bare = bare
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    if bare.len() > LONGEST {
        return None;
    }
    let flat = || bare.replace(['\n', '\r', '\t'], " ");
    serde_json::from_str(bare).or_else(|_| serde_json::from_str(&flat())).ok()
}

/// The first object of a type of article, in order of the file.
fn article(data: &Value) -> Option<Stated> {
    let (mut open, mut count) = (vec![data], 0);
    while let Some(value) = open.pop() {
        count += 1;
        if count > MOST {
            return None;
        }
        if is_article(value) {
            return Some(stated(value));
        }
        match value {
            Value::Array(all) => open.extend(all.iter().rev()),
            Value::Object(fields) => {
                let inner = ["mainEntity", "mainEntityOfPage", "@graph", "hasPart"]
                    .iter()
                    .filter_map(|name| fields.get(*name));
                open.extend(inner);
            }
            _ => {}
        }
    }
    None
}

fn is_article(value: &Value) -> bool {
    let of = |kind: &Value| {
        kind.as_str().is_some_and(|k| {
            let k = k.rsplit(['/', ':']).next().unwrap_or(k);
            k.ends_with("Article")
                || k.ends_with("Posting") && k != "JobPosting"
                || matches!(k, "Report" | "Review" | "APIReference" | "OpinionNewsArticle")
        })
    };
    match value.get("@type") {
        Some(Value::Array(all)) => all.iter().any(of),
        Some(kind) => of(kind),
        None => false,
    }
}

fn stated(value: &Value) -> Stated {
    let text = |name: &str| value.get(name).and_then(words);
    Stated {
        headline: text("headline"),
        name: text("name"),
        byline: ["author", "creator"].iter().find_map(|name| names(value.get(*name)?)),
        outlet: value.get("publisher").and_then(names),
        date: text("datePublished").or_else(|| text("dateCreated")),
        language: value
            .get("inLanguage")
            .and_then(|l| words(l).or_else(|| l.get("alternateName").and_then(words))),
        url: text("url").or_else(|| {
            value.get("mainEntityOfPage").and_then(|m| words(m).or_else(|| m.get("@id").and_then(words)))
        }),
        tags: tags(value.get("keywords")),
    }
}

/// A text without tags and entities.
fn words(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let plain =
        if text.contains(['<', '&']) { Tree::parse(text).text(NodeId::ROOT) } else { text.to_owned() };
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(plain).filter(|t| !t.is_empty())
}

/// The names of persons or organisations, one or a list.
fn names(value: &Value) -> Option<String> {
    let all: Vec<&Value> = match value {
        Value::Array(all) => all.iter().take(12).collect(),
        one => vec![one],
    };
    let name =
        |v: &&Value| words(v).or_else(|| v.get("name").and_then(|n| words(n).or_else(|| words(n.get(0)?))));
    let mut found: Vec<String> = Vec::new();
    for name in all.iter().filter_map(name) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    (!found.is_empty()).then(|| found.join(", "))
}

fn tags(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(all)) => all.iter().filter_map(words).filter(|t| !t.contains(':')).collect(),
        Some(one) => words(one).into_iter().collect(),
        None => Vec::new(),
    }
}
