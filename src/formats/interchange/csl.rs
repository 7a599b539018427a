//! Sources as CSL-JSON, the format of citation processors and Zotero.
//! Field names and types: Citation Style Language 1.0.2, `csl-data.json`.
//!
//! An unknown type is imported as a document, and an unreadable date goes into the note, so that nothing is lost. A file
//! that is not a list of items is refused.

use super::{
    ExportInput, WriteError,
    dates::{Dated, dated, season_named},
    fields::{Note, label},
    incoming::{LeftOut, ReadError, SourceIn, SourcesIn, UNTITLED, filled},
    loose,
    markup::{guarded, plain},
    names::{Name, joined},
};
use crate::{
    formats::bundle::SourceEntry,
    messages::{Message, message},
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
    put("title", Some(guarded(s.title).into()));
    put(
        "author",
        Some(s.authors.iter().map(|a| name(a)).collect::<Value>()).filter(|_| !s.authors.is_empty()),
    );
    put(
        if stands_in_another(s.kind) { "container-title" } else { "publisher" },
        s.publisher.map(|p| guarded(p).into()),
    );
    put("issued", s.published.map(parts));
    put("accessed", s.accessed.map(parts));
    put("URL", s.url.map(Into::into));
    put("note", s.note.map(|n| guarded(n).into()));
    all.into()
}

/// Whether a source of this kind is part of a container, such as a journal, rather than having a publisher.
pub fn stands_in_another(kind: &str) -> bool {
    kind.starts_with("article") || kind.starts_with("post") || kind.starts_with("entry") || kind == "webpage"
}

fn name(author: &str) -> Value {
    match Name::of(&guarded(author)) {
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

/// Reads the sources in the text. Fails if there is none.
pub fn read(text: &str) -> Result<SourcesIn, ReadError> {
    let json = loose::json(NAME, text)?;
    let items = match &json {
        Value::Object(o) => o.get("items").unwrap_or(&json),
        other => other,
    };
    let mut read = SourcesIn::default();
    for (at, item) in loose::all(items).iter().enumerate() {
        match Item::of(item) {
            Ok(item) => read.sources.push(item.source()),
            Err(why) => read.left_out.push(LeftOut { what: message!("place_item", number = at + 1), why }),
        }
    }
    match (read.sources.is_empty(), read.left_out.first()) {
        (true, Some(first)) => Err(ReadError::bad(NAME, first.what.clone(), first.why.clone())),
        _ => Ok(read),
    }
}

/// The fields of an item that were not used yet.
struct Item(Map<String, Value>);

impl Item {
    fn of(item: &Value) -> Result<Self, Message> {
        let fields = item.as_object().ok_or_else(|| message!("csl_no_object"))?;
        let some = ["type", "title", "URL", "DOI", "container-title"];
        let any = some.iter().any(|key| fields.get(*key).and_then(loose::words).is_some());
        any.then(|| Self(fields.clone())).ok_or_else(|| message!("csl_no_type"))
    }

    /// Takes out the text of a field.
    fn text(&mut self, key: &str) -> Option<String> {
        let shown = plain(&loose::words(self.0.get(key)?)?);
        self.0.remove(key);
        filled(&shown)
    }

    fn first(&mut self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.text(key))
    }

    fn source(mut self) -> SourceIn {
        let named = self.text("type");
        let kind = named.as_deref().and_then(kind);
        let title = self.first(&["title", "title-short", "shortTitle"]);
        let container = self.first(&["container-title", "publisher"]);
        let (url, doi_in) = (self.text("URL"), self.text("DOI"));
        let called =
            title.clone().or_else(|| container.clone()).or_else(|| url.clone()).or_else(|| doi_in.clone());
        let mut s =
            SourceIn::new(kind.unwrap_or(SourceKind::Document), called.unwrap_or_else(|| UNTITLED.into()));
        s.publisher = container.filter(|c| title.is_some() && *c != s.title);
        let mut note = Note::default();
        note.plain(self.text("note"));
        note.line("Type", named.filter(|_| kind.is_none()));
        s.authors = self.people();
        let (published, odd) = day(&self.0.remove("issued").unwrap_or_default());
        let (accessed, odd_access) = day(&self.0.remove("accessed").unwrap_or_default());
        (s.published, s.accessed) = (published, accessed);
        note.line("Published", odd);
        note.line("Accessed", odd_access);
        self.rest(&s, &mut note);
        note.line("DOI", doi_in.clone().filter(|_| url.is_some()));
        s.url = url.or_else(|| doi_in.as_deref().map(doi));
        s.note = note.text();
        s
    }

    /// The authors; if there are none, the editors, the directors and so on.
    fn people(&mut self) -> Vec<String> {
        for role in ["author", "editor", "director", "interviewer", "container-author"] {
            let named: Vec<_> = loose::all(&self.0.get(role).cloned().unwrap_or_default())
                .iter()
                .filter_map(person)
                .collect();
            if !named.is_empty() {
                self.0.remove(role);
                return named;
            }
        }
        Vec::new()
    }

    /// Puts all other fields into the note.
    fn rest(&mut self, s: &SourceIn, note: &mut Note) {
        let (first, then) = (["publisher", "volume", "issue", "page"], std::mem::take(&mut self.0));
        let ordered = first.iter().filter_map(|key| then.get_key_value(*key));
        let others = then.iter().filter(|(key, _)| !first.contains(&key.as_str()) && *key != "id");
        for (key, value) in ordered.chain(others) {
            let label = if key == "page" { "Pages".into() } else { label(key) };
            note.line(&label, shown(value).filter(|v| s.publisher.as_ref() != Some(v)));
        }
    }
}

/// The kind that a type names, in any usual spelling: `Article`, `motion-picture`, Zotero's `blogPost`.
fn kind(named: &str) -> Option<SourceKind> {
    let lower = named.trim().to_lowercase();
    let spelt = [lower.clone(), lower.replace('_', "-"), lower.replace(['-', ' '], "_")];
    let known = spelt.iter().find_map(|s| s.parse().ok());
    known.or_else(|| OTHER_TYPES.iter().find(|(t, _)| *t == lower).map(|(_, k)| *k))
}

/// Types of later versions of CSL, and of the programs that write it.
const OTHER_TYPES: [(&str, SourceKind); 12] = [
    ("preprint", SourceKind::Article),
    ("journal-article", SourceKind::ArticleJournal),
    ("journalarticle", SourceKind::ArticleJournal),
    ("newspaperarticle", SourceKind::ArticleNewspaper),
    ("magazinearticle", SourceKind::ArticleMagazine),
    ("blogpost", SourceKind::PostWeblog),
    ("book-chapter", SourceKind::Chapter),
    ("booksection", SourceKind::Chapter),
    ("proceedings-article", SourceKind::PaperConference),
    ("conferencepaper", SourceKind::PaperConference),
    ("posted-content", SourceKind::Article),
    ("monograph", SourceKind::Book),
];

/// The value of any field in words: a text, people, a date, a list, or else as JSON.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(b) => Some(b.to_string()),
        Value::String(_) | Value::Number(_) => loose::words(value).map(|w| plain(&w)),
        Value::Object(o) if o.contains_key("date-parts") || o.contains_key("raw") => {
            let (date, words) = day(value);
            words.or_else(|| date.map(|d| d.to_string()))
        }
        Value::Object(_) => person(value).or_else(|| Some(value.to_string()).filter(|v| v != "{}")),
        Value::Array(all) => filled(&all.iter().filter_map(shown).collect::<Vec<_>>().join("; ")),
    }
}

/// A DOI as an address.
pub fn doi(doi: &str) -> String {
    let bare = doi.trim();
    if bare.starts_with("http") {
        return bare.into();
    }
    let lower = bare.to_ascii_lowercase();
    let label = ["doi:", "doi.org/", "doi "].iter().find(|l| lower.starts_with(**l)).map_or(0, |l| l.len());
    format!("https://doi.org/{}", bare[label..].trim())
}

fn person(name: &Value) -> Option<String> {
    if let Value::String(whole) = name {
        return filled(&plain(whole));
    }
    let part = |key: &str| loose::words(&name[key]).map(|w| plain(&w)).unwrap_or_default();
    let family =
        format!("{} {} {}", part("dropping-particle"), part("non-dropping-particle"), part("family"));
    filled(&part("literal")).or_else(|| joined(&family, &part("given"), &part("suffix")))
}

/// A date, and what it says beyond a year, a month or a day.
fn day(value: &Value) -> Dated {
    let points: Vec<Vec<i64>> =
        loose::all(&value["date-parts"]).iter().map(numbers).filter(|p| !p.is_empty()).collect();
    let said = ["raw", "literal", "edtf"].iter().find_map(|k| loose::words(&value[*k]));
    let Some(first) = points.first() else {
        return said.or_else(|| value.as_str().and_then(filled)).map_or((None, None), |d| dated(&d));
    };
    let circa = !matches!(value["circa"], Value::Null | Value::Bool(false));
    let written: Vec<String> = points.iter().map(|p| written(p)).collect();
    let season =
        season(&value["season"]).or_else(|| first.get(1).filter(|m| **m > 12).and_then(|m| numbered(*m)));
    let year = first.first().filter(|y| (1..10_000).contains(*y)).map(|y| format!("{y:04}"));
    let exact: Option<Edtf> = written[0].parse().ok();
    let date = exact.or_else(|| year.and_then(|y| y.parse().ok()));
    let plain = date.as_ref().is_some_and(|d| d.as_str() == written[0]) && points.len() == 1 && !circa;
    let words = match season {
        Some(name) => format!("{name} {}", first[0]),
        None => written.join(" to "),
    };
    let told = !plain || words != written[0];
    (date, told.then(|| if circa { format!("about {words}") } else { words }))
}

/// The numbers of a date, which may stand in quotes.
fn numbers(parts: &Value) -> Vec<i64> {
    loose::all(parts).iter().map_while(|p| loose::words(p)?.parse().ok()).collect()
}

/// A date as it is written: `2019-07-01`, `0800`, `44 BC`.
fn written(parts: &[i64]) -> String {
    match parts[0] {
        year @ 0.. => {
            let rest = parts[1..].iter().filter(|n| **n > 0);
            rest.fold(format!("{year:04}"), |date, n| format!("{date}-{n:02}"))
        }
        before => format!("{} BC", before.unsigned_abs()),
    }
}

fn season(value: &Value) -> Option<String> {
    let said = loose::words(value)?;
    said.parse().ok().and_then(numbered).or(Some(said))
}

/// The name of a season; CSL counts from 1, EDTF from 21, and some programs write 13 to 16 for a month.
fn numbered(number: i64) -> Option<String> {
    let number = usize::try_from(number).ok()?;
    season_named(if (13..=16).contains(&number) { number - 12 } else { number }).map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_read_as_a_year() {
        assert_eq!(written(&[i64::MIN]), "9223372036854775808 BC");
        assert_eq!((written(&[-44]), written(&[800, 3])), ("44 BC".into(), "0800-03".into()));
    }
}
