//! Reads sources from BibTeX. A flaw costs one entry, which is listed with its line; every other entry is imported.

use super::{
    NAME, TYPES,
    people::people,
    scan::{self, Entry},
    tex,
};
use crate::{
    formats::interchange::{
        csl::doi,
        dates::{Dated, dated, month},
        fields::{Note, file_names, label},
        incoming::{LeftOut, ReadError, Remark, SourceIn, SourcesIn, UNTITLED, filled, named_at},
    },
    messages::{Message, message},
    model::{Edtf, SourceKind},
};
use std::collections::{HashMap, HashSet, VecDeque};

/// How many entries can inherit from one another in a row.
const DEEPEST: usize = 8;
/// The most entries that one entry inherits from.
const MOST_PARENTS: usize = 64;
/// The most bytes that inherited fields may add to a file.
const MOST_INHERITED: usize = 64 << 20;
/// What looking at a field costs of these bytes, whether it is inherited or not.
const PER_FIELD: usize = 32;
/// Fields that an entry does not inherit: they are the parent's own.
const OWN: [&str; 14] = [
    "crossref",
    "xref",
    "xdata",
    "ids",
    "title",
    "subtitle",
    "doi",
    "url",
    "note",
    "annotation",
    "abstract",
    "keywords",
    "file",
    "entrysubtype",
];
/// Types of entries that are no sources.
const NO_SOURCES: [&str; 2] = ["xdata", "set"];
/// Types of entries that are part of another work.
const PARTS: [&str; 9] = [
    "inproceedings",
    "conference",
    "incollection",
    "inbook",
    "inreference",
    "suppbook",
    "suppcollection",
    "bookinbook",
    "article",
];

/// Whether a text looks like BibTeX.
pub fn fits(text: &str) -> bool {
    let opens = |l: &str| l.trim_start().strip_prefix('@').is_some_and(|r| r.contains(['{', '(']));
    !text.trim_start().starts_with(['{', '[', '<']) && text.lines().any(opens)
}

/// Reads the sources in the text. Fails if none of its entries can be read.
pub fn read(text: &str) -> Result<SourcesIn, ReadError> {
    let (entries, skipped) = scan::parts(text);
    if let (true, Some(first)) = (entries.is_empty(), skipped.first()) {
        return Err(ReadError::bad(NAME, named_at(first.line, first.last, &first.what), first.why.clone()));
    }
    let left = |s: scan::Skipped| LeftOut { what: named_at(s.line, s.last, &s.what), why: s.why };
    let mut read = SourcesIn { left_out: skipped.into_iter().map(left).collect(), ..SourcesIn::default() };
    let mut library = Library::new(&entries);
    for entry in entries.iter().filter(|e| !NO_SOURCES.contains(&e.kind.as_str())) {
        let (source, flaws) = library.source(entry);
        let name = if entry.key.is_empty() { &source.title } else { &entry.key };
        let what = named_at(entry.line, entry.line, name);
        read.remarks.extend(flaws.into_iter().map(|why| Remark { what: what.clone(), why }));
        read.sources.push(source);
    }
    Ok(read)
}

/// The entries of a file by their keys.
struct Library<'e> {
    keyed: HashMap<String, &'e Entry>,
    seen: HashSet<String>,
    /// How many bytes may still be inherited.
    room: usize,
}

impl<'e> Library<'e> {
    fn new(entries: &'e [Entry]) -> Self {
        let mut keyed = HashMap::new();
        for entry in entries.iter().filter(|e| !e.key.is_empty()) {
            keyed.entry(entry.key.to_lowercase()).or_insert(entry);
        }
        Self { keyed, seen: HashSet::new(), room: MOST_INHERITED }
    }

    /// The source of an entry, and its flaws.
    fn source(&mut self, entry: &Entry) -> (SourceIn, Vec<Message>) {
        let mut flaws = entry.flaws.clone();
        if !entry.key.is_empty() && !self.seen.insert(entry.key.clone()) {
            flaws.push(message!("bibtex_same_key"));
        }
        let odd = |v: &str| v.replace("\\$", "").matches('$').count() % 2 == 1;
        let alone = entry.fields.iter().filter(|(name, v)| !matches!(&**name, "url" | "file") && odd(v));
        flaws.extend(alone.map(|(name, _)| message!("bibtex_lone_dollar", name = name)));
        let mut fields = Values::new(entry);
        self.inherit(entry, &mut fields, &mut flaws);
        (fields.into_source(&entry.kind), flaws)
    }

    /// Adds the fields of all entries that an entry refers to, the nearest first. What is not inherited is a flaw.
    fn inherit(&mut self, entry: &Entry, fields: &mut Values, flaws: &mut Vec<Message>) {
        let part = PARTS.contains(&entry.kind.as_str());
        let mut seen = HashSet::from([entry.key.to_lowercase()]);
        let mut open: VecDeque<_> = parents_of(entry).into_iter().map(|name| (name, 1)).collect();
        while let Some((name, depth)) = open.pop_front() {
            let key = name.to_lowercase();
            if seen.contains(&key) {
                continue;
            }
            let name = scan::first_words(&name);
            if depth > DEEPEST || seen.len() > MOST_PARENTS {
                return flaws.push(too_far(&name));
            }
            if let Some(parent) = self.keyed.get(&key).copied() {
                if !fields.take_from(parent, part, &mut self.room) {
                    return flaws.push(too_long(&name));
                }
                open.extend(parents_of(parent).into_iter().map(|name| (name, depth + 1)));
            } else {
                flaws.push(message!("bibtex_no_parent", name = name));
            }
            seen.insert(key);
        }
    }
}

fn too_far(name: &str) -> Message {
    message!("bibtex_too_far", name = name, most_parents = MOST_PARENTS, deepest = DEEPEST)
}

fn too_long(name: &str) -> Message {
    message!("bibtex_too_long", name = name)
}

/// The keys of the entries that an entry inherits from: shared data, and the work that it is part of. No more than are followed,
/// and one.
fn parents_of(entry: &Entry) -> Vec<String> {
    let values = |of: &'static str| entry.fields.iter().filter(move |(name, _)| name == of).map(|(_, v)| v);
    let names = values("xdata").chain(values("crossref")).flat_map(|v| v.split(','));
    names.filter_map(filled).take(MOST_PARENTS + 1).collect()
}

/// The name of a parent's field in an entry that inherits it; `None` if it is not inherited. The parent's title is the container
/// of a part. Shared data (`data`) has nothing of its own.
fn inherited(name: &str, data: bool, part: bool) -> Option<&str> {
    match name {
        "title" if part && !data => Some("booktitle"),
        "subtitle" if part && !data => Some("booksubtitle"),
        "crossref" | "xdata" | "ids" => None,
        name => Some(name).filter(|name| data || !OWN.contains(name)),
    }
}

/// The fields of an entry that were not used yet.
struct Values {
    fields: Vec<(String, String)>,
    names: HashSet<String>,
}

impl Values {
    fn new(entry: &Entry) -> Self {
        let hidden = |name: &str| matches!(name, "crossref" | "xref" | "xdata" | "ids" | "options");
        let fields: Vec<_> = entry.fields.iter().filter(|(name, _)| !hidden(name)).cloned().collect();
        let names = fields.iter().filter(|(_, v)| !v.trim().is_empty()).map(|(n, _)| n.clone()).collect();
        Self { fields, names }
    }

    /// Adds the parent's fields that the entry lacks, and takes their bytes from `room`. Returns whether there was room for all.
    fn take_from(&mut self, parent: &Entry, part: bool, room: &mut usize) -> bool {
        let dated = self.names.contains("date") || self.names.contains("year");
        for (name, value) in &parent.fields {
            let name = inherited(name, parent.kind == "xdata", part)
                .filter(|name| !(dated && matches!(*name, "date" | "year" | "month" | "day")))
                .filter(|name| !self.names.contains(*name));
            let bytes = PER_FIELD + name.map_or(0, |name| name.len() + value.len());
            let Some(left) = room.checked_sub(bytes) else { return false };
            *room = left;
            if let Some(name) = name {
                self.names.insert(name.into());
                self.fields.push((name.into(), value.clone()));
            }
        }
        true
    }

    /// Takes the TeX of a field out. Of several fields with the same name the first is taken.
    fn raw(&mut self, name: &str) -> Option<String> {
        let at = self.fields.iter().position(|(n, v)| n == name && !v.trim().is_empty())?;
        Some(self.fields.remove(at).1)
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.raw(name).and_then(|tex| filled(&tex::text(&tex)))
    }

    /// Takes out a date, in which `~` means that it is not exact.
    fn as_written(&mut self, name: &str) -> Option<String> {
        let written = self.raw(name)?.replace(['{', '}'], "");
        filled(&if written.contains('\\') { tex::text(&written) } else { written })
    }

    /// Takes out the first of the fields that has a value.
    fn first(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// Takes out a title with its subtitle.
    fn title(&mut self, name: &str, subtitle: &str) -> Option<String> {
        let main = self.text(name)?;
        let sub = self.text(subtitle).map(|s| format!(": {s}")).unwrap_or_default();
        Some(main + &sub)
    }

    fn into_source(mut self, entry_type: &str) -> SourceIn {
        let url = self.raw("url").and_then(|tex| filled(&tex::address(&tex)));
        let kind = self.kind(entry_type);
        let title = self.title("title", "subtitle");
        let container = self.container();
        let mut note = Note::default();
        let named = title.clone().or_else(|| container.clone()).or_else(|| url.clone());
        let mut s = SourceIn::new(kind, named.unwrap_or_else(|| UNTITLED.into()));
        s.publisher = container.filter(|_| title.is_some());
        note.plain(self.text("note"));
        self.authors(&mut s, &mut note);
        self.dates(&mut s, &mut note);
        let how = self.raw("howpublished").map(|tex| (tex::address(&tex), tex::text(&tex)));
        let address =
            how.as_ref().map(|(a, _)| a.clone()).filter(|a| a.starts_with("http") && !a.contains(' '));
        let url = url.or_else(|| address.clone());
        note.plain(how.map(|(_, words)| words).filter(|_| address.is_none() || address != url));
        let doi_in = self.raw("doi").map(|d| tex::address(&d));
        self.rest(&s, &mut note);
        note.line("DOI", doi_in.clone().filter(|_| url.is_some()));
        s.url = url.or_else(|| doi_in.as_deref().map(doi));
        s.note = note.text();
        s
    }

    fn kind(&mut self, entry_type: &str) -> SourceKind {
        let subtype = self.raw("entrysubtype").unwrap_or_default();
        let exact = TYPES.iter().find(|(t, sub, _)| *t == entry_type && *sub == subtype);
        let loose = || TYPES.iter().find(|(t, sub, _)| *t == entry_type && sub.is_empty());
        let own: Option<SourceKind> = subtype.parse().ok();
        if exact.is_none() && own.is_none() && !subtype.is_empty() {
            self.fields.push(("type".into(), subtype));
        }
        exact.map(|t| t.2).or(own).or_else(|| loose().map(|t| t.2)).unwrap_or(SourceKind::Document)
    }

    fn container(&mut self) -> Option<String> {
        let journal = self.title("journaltitle", "journalsubtitle").or_else(|| self.text("journal"));
        let journal = journal.or_else(|| self.title("booktitle", "booksubtitle"));
        journal.or_else(|| self.first(&["institution", "school", "organization", "publisher"]))
    }

    /// The authors; if there are none, the editors or directors.
    fn authors(&mut self, s: &mut SourceIn, note: &mut Note) {
        for role in ["author", "editor", "director", "bookauthor"] {
            let Some((named, others)) = self.raw(role).map(|tex| people(&tex)) else { continue };
            if s.authors.is_empty() {
                s.authors = named;
                note.line("Authors", others.then(|| "and others".into()));
            } else {
                note.line(&label(role), Some(named.join("; ") + if others { " and others" } else { "" }));
            }
        }
    }

    fn dates(&mut self, s: &mut SourceIn, note: &mut Note) {
        let (date, year) = (self.as_written("date"), self.as_written("year"));
        let (month, day) = (self.text("month"), self.text("day"));
        let (published, words) = published(date, year, month, day);
        let seen = self.first(&["urldate", "lastaccessed", "lastchecked"]);
        let (accessed, odd) = seen.map_or((None, None), |d| dated(&d));
        (s.published, s.accessed) = (published, accessed);
        note.line("Published", words);
        note.line("Accessed", odd);
    }

    /// Puts all other fields into the note.
    fn rest(&mut self, s: &SourceIn, note: &mut Note) {
        for (name, tex) in std::mem::take(&mut self.fields) {
            let value = if name == "file" { file_names(&tex) } else { tex::text(&tex) };
            let label = match name.as_str() {
                "number" | "issue" => "Issue".into(),
                "isbn" | "issn" => name.to_uppercase(),
                name => label(name),
            };
            let people = matches!(&*name, "translator" | "annotator" | "commentator" | "holder");
            let value = if people { people_in_words(&tex) } else { value };
            note.line(&label, Some(value).filter(|v| s.publisher.as_ref() != Some(v)));
        }
    }
}

fn people_in_words(tex: &str) -> String {
    people(tex).0.join("; ")
}

/// A date, and what it says beyond a year, a month or a day.
fn published(
    whole: Option<String>,
    year: Option<String>,
    month_in: Option<String>,
    day: Option<String>,
) -> Dated {
    if let Some(whole) = whole {
        let (date, words) = dated(&whole);
        let of_year = || year.as_deref().map(dated).and_then(|(y, _)| y);
        return (date.or_else(of_year), words);
    }
    let Some(year) = year else { return (None, month_in) };
    let Some(said) = month_in else { return by_year(&year) };
    let (bare, odd) = by_year(&year);
    let (before, name) = day_and_month(&said);
    let day = day.or(before);
    let known = bare.as_ref().filter(|y| y.as_str().len() == 4 && odd.is_none());
    let exact = known.zip(month(&name)).and_then(|(y, m)| with_day(y, m, day.as_deref()));
    match exact {
        Some(date) => (Some(date), None),
        None => (bare, Some([day.unwrap_or_default(), said, year].join(" ").trim().into())),
    }
}

/// A year; one with a stroke is a range, never a month.
fn by_year(year: &str) -> Dated {
    match year.split_once('/') {
        Some((first, _)) => (first.trim().parse().ok(), Some(year.into())),
        None => dated(year),
    }
}

/// The day that stands before or behind a month: `10 jan`, `jan 10`, `10~ jan`.
fn day_and_month(said: &str) -> (Option<String>, String) {
    let words: Vec<&str> =
        said.split([' ', ',', '~']).map(|w| w.trim_matches('.')).filter(|w| !w.is_empty()).collect();
    let number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    match words[..] {
        [day, name] | [name, day] if number(day) && !number(name) => (Some(day.into()), name.into()),
        _ => (None, said.into()),
    }
}

fn with_day(year: &Edtf, month: u32, day: Option<&str>) -> Option<Edtf> {
    match day {
        Some(day) => format!("{year}-{month:02}-{:0>2}", day.trim()).parse().ok(),
        None => format!("{year}-{month:02}").parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_inherits_from_all_that_it_refers_to() {
        let read = read(
            "@inbook{k, title = {K}, crossref = {w}, xdata = {a, b}}\n@xdata{a, location = {Osk}}\n\
             @xdata{b, series = {Lakes}}\n@book{w, title = {W}, year = 2001}",
        )
        .unwrap();
        let source = &read.sources[0];
        assert_eq!((source.publisher.as_deref(), &source.published), (Some("W"), &"2001".parse().ok()));
        assert_eq!(source.note.as_deref(), Some("Location: Osk\nSeries: Lakes"));
        assert!(read.remarks.is_empty(), "{read:?}");
    }

    #[test]
    fn what_is_not_inherited_is_told() {
        let one = |n: usize| format!("@book{{k{n}, title = {{T}}, crossref = {{k{}}}}}\n", n + 1);
        let row: String = (0..=DEEPEST).map(one).collect();
        let far = read(&format!("{row}@book{{k{}, year = 2001}}", DEEPEST + 1)).unwrap();
        assert!(
            far.remarks.len() == 1 && far.remarks[0].why.to_string().contains("'k9'"),
            "{:?}",
            far.remarks
        );
        let circle = read("@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, crossref = {a}}");
        assert!(circle.unwrap().remarks.is_empty());
    }

    #[test]
    fn inherited_fields_cannot_fill_the_memory() {
        let child = |n: usize| format!("@book{{c{n}, title = {{C}}, crossref = {{p}}}}\n");
        let parent = format!("@book{{p, title = {{P}}, series = {{{}}}}}", "x".repeat(100));
        let entries = scan::parts(&((0..20).map(child).collect::<String>() + &parent)).0;
        let mut library = Library { room: 500, ..Library::new(&entries) };
        let told = |e: &&Entry| library.source(e).1.iter().any(|flaw| flaw.to_string().contains("too long"));
        assert_eq!(entries.iter().filter(told).count(), 18, "two had room");
    }
}
