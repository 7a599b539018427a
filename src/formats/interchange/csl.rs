//! Sources as CSL-JSON, the format of citation processors and Zotero.
//! Field names and types: Citation Style Language 1.0.2, `csl-data.json`.
//!
//! An unknown type is imported as a document, and an unreadable date goes into the note, so that nothing is lost. A file
//! that is not a list of items is refused.

use super::{
    ExportInput, WriteError,
    incoming::{ReadError, SourceIn, date, filled},
    loose,
    names::{Name, joined},
};
use crate::{
    formats::bundle::SourceEntry,
    model::{Edtf, SourceKind},
};
use serde_json::{Map, Value, json};

const NAME: &str = "CSL-JSON";

/// Writes the sources.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let all: Vec<Value> = input.claims.sources.iter().map(item).collect();
    let made = serde_json::to_vec_pretty(&all).map_err(|e| WriteError::Format(NAME, e.to_string()))?;
    Ok([made.as_slice(), b"\n"].concat())
}

fn item(s: &SourceEntry) -> Value {
    let mut all = Map::new();
    let mut put = |key: &str, value: Option<Value>| drop(value.map(|v| all.insert(key.into(), v)));
    put("id", Some(s.id.clone().into()));
    put("type", Some(s.kind.into()));
    put("title", Some(s.title.into()));
    put(
        "author",
        Some(s.authors.iter().map(|a| name(a)).collect::<Value>()).filter(|_| !s.authors.is_empty()),
    );
    put(if stands_in_another(s.kind) { "container-title" } else { "publisher" }, s.publisher.map(Into::into));
    put("issued", s.published.map(parts));
    put("accessed", s.accessed.map(parts));
    put("URL", s.url.map(Into::into));
    put("note", s.note.map(Into::into));
    all.into()
}

/// Whether a source of this kind is part of a container, such as a journal, rather than having a publisher.
pub fn stands_in_another(kind: &str) -> bool {
    kind.starts_with("article") || kind.starts_with("post") || kind.starts_with("entry") || kind == "webpage"
}

fn name(author: &str) -> Value {
    match Name::of(author) {
        Name::Person { family, given, suffix: None } => json!({ "family": family, "given": given }),
        Name::Person { family, given, suffix } => {
            json!({ "family": family, "given": given, "suffix": suffix })
        }
        Name::Whole(name) => json!({ "literal": name }),
    }
}

/// A date as `{"date-parts": [[2025, 8]]}`.
fn parts(date: &str) -> Value {
    let parts: Vec<u32> = date.split('-').filter_map(|p| p.parse().ok()).collect();
    json!({ "date-parts": [parts] })
}

/// Whether a text looks like CSL-JSON: JSON without a JSON-LD context, so not of schema.org or the W3C.
pub fn fits(text: &str) -> bool {
    text.trim_start().starts_with(['[', '{']) && !text.contains("\"@context\"")
}

/// Reads the sources in the text.
pub fn read(text: &str) -> Result<Vec<SourceIn>, ReadError> {
    let json = loose::json(NAME, text)?;
    let items = match &json {
        Value::Object(o) => o.get("items").unwrap_or(&json),
        other => other,
    };
    loose::all(items).iter().enumerate().map(|(at, item)| one(at + 1, item)).collect()
}

fn one(at: usize, item: &Value) -> Result<SourceIn, ReadError> {
    let bad = |why: &str| ReadError::bad(NAME, format!("item {at}"), why);
    let fields = item.as_object().ok_or_else(|| bad("it is no object with the fields of a source"))?;
    let text = |key: &str| fields.get(key).and_then(loose::words);
    let first = |keys: &[&str]| keys.iter().find_map(|k| text(k));
    if first(&["type", "title", "URL", "DOI", "container-title"]).is_none() {
        return Err(bad("it has neither a type nor a title"));
    }
    let kind = text("type").and_then(|t| t.parse().ok()).unwrap_or(SourceKind::Document);
    let title = first(&["title", "title-short", "container-title", "URL", "DOI"]);
    let mut source = SourceIn::new(kind, title.unwrap_or_else(|| "Untitled".into()));
    source.authors = people(item);
    source.publisher = first(&["container-title", "publisher"]).filter(|p| *p != source.title);
    source.url = text("URL").or_else(|| text("DOI").map(|d| doi(&d)));
    let (published, odd) = day(&item["issued"]);
    let (accessed, odd_access) = day(&item["accessed"]);
    (source.published, source.accessed) = (published, accessed);
    let more = [
        text("note"),
        odd.map(|d| format!("Published: {d}")),
        odd_access.map(|d| format!("Accessed: {d}")),
        text("publisher").filter(|p| source.publisher.as_ref() != Some(p)).map(|p| format!("Publisher: {p}")),
        text("volume").map(|v| format!("Volume: {v}")),
        text("issue").map(|v| format!("Issue: {v}")),
        text("page").map(|v| format!("Pages: {v}")),
        text("DOI").filter(|_| text("URL").is_some()).map(|v| format!("DOI: {v}")),
        text("ISBN").map(|v| format!("ISBN: {v}")),
    ];
    source.note = noted(more);
    Ok(source)
}

/// A note of what a file says beyond the fields of a source, one line each.
pub fn noted(more: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    filled(&more.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

/// A DOI as an address.
pub fn doi(doi: &str) -> String {
    if doi.starts_with("http") {
        doi.into()
    } else {
        format!("https://doi.org/{}", doi.trim_start_matches("doi:"))
    }
}

/// The authors; if there are none, the editors, the directors and so on.
fn people(item: &Value) -> Vec<String> {
    let roles = ["author", "editor", "director", "interviewer", "container-author"];
    let named = |role: &&str| loose::all(&item[*role]).iter().filter_map(person).collect::<Vec<_>>();
    roles.iter().map(named).find(|all| !all.is_empty()).unwrap_or_default()
}

fn person(name: &Value) -> Option<String> {
    if let Value::String(whole) = name {
        return filled(whole);
    }
    let part = |key: &str| loose::words(&name[key]).unwrap_or_default();
    let family =
        format!("{} {} {}", part("dropping-particle"), part("non-dropping-particle"), part("family"));
    loose::words(&name["literal"]).or_else(|| joined(&family, &part("given"), &part("suffix")))
}

/// A date, and the words instead of a date that cannot be read.
fn day(value: &Value) -> (Option<Edtf>, Option<String>) {
    let parts = value["date-parts"].get(0).unwrap_or(&Value::Null);
    let parts: Vec<String> = loose::all(parts).iter().filter_map(loose::words).collect();
    let written = parts.join("-");
    let said = if written.is_empty() {
        ["raw", "literal"]
            .iter()
            .find_map(|k| loose::words(&value[*k]))
            .or_else(|| value.as_str().and_then(filled))
    } else {
        Some(written)
    };
    match said.as_deref().map(date) {
        Some(None) => (parts.first().and_then(|y| date(y)), said),
        Some(day) => (day, None),
        None => (None, None),
    }
}
