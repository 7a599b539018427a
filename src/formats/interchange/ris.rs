//! Sources as RIS, which every reference manager reads. Tags and types: Research Information Systems, "RIS Format
//! Specifications", and the types Zotero writes.
//!
//! A kind without its own type is written in `M3` (type of work), so that it can be read again.

use super::{
    ExportInput, WriteError,
    csl::{doi, stands_in_another},
    dates::dated,
    fields::{Note, file_names},
    incoming::{LeftOut, ReadError, SourceIn, SourcesIn, UNTITLED, date, filled, lines, named_at},
    markup::{guarded, plain},
};
use crate::{
    formats::bundle::SourceEntry,
    messages::{Message, message},
    model::SourceKind,
};
use std::collections::HashSet;

const NAME: &str = "RIS";

/// RIS types and the kind that each is imported as. A kind is exported as its first type here.
const TYPES: [(&str, SourceKind); 63] = [
    ("RPRT", SourceKind::Report),
    ("JOUR", SourceKind::ArticleJournal),
    ("NEWS", SourceKind::ArticleNewspaper),
    ("MGZN", SourceKind::ArticleMagazine),
    ("BOOK", SourceKind::Book),
    ("CHAP", SourceKind::Chapter),
    ("ELEC", SourceKind::Webpage),
    ("BLOG", SourceKind::PostWeblog),
    ("DATA", SourceKind::Dataset),
    ("THES", SourceKind::Thesis),
    ("CPAPER", SourceKind::PaperConference),
    ("CASE", SourceKind::LegalCase),
    ("STAT", SourceKind::Legislation),
    ("BILL", SourceKind::Bill),
    ("HEAR", SourceKind::Hearing),
    ("PAT", SourceKind::Patent),
    ("MAP", SourceKind::Map),
    ("VIDEO", SourceKind::MotionPicture),
    ("SOUND", SourceKind::Song),
    ("MUSIC", SourceKind::MusicalScore),
    ("ART", SourceKind::Graphic),
    ("COMP", SourceKind::Software),
    ("PCOMM", SourceKind::PersonalCommunication),
    ("MANSCPT", SourceKind::Manuscript),
    ("PAMP", SourceKind::Pamphlet),
    ("ENCYC", SourceKind::EntryEncyclopedia),
    ("DICT", SourceKind::EntryDictionary),
    ("STAND", SourceKind::Standard),
    ("CLSWK", SourceKind::Classic),
    ("FIGURE", SourceKind::Figure),
    ("SLIDE", SourceKind::Speech),
    ("JFULL", SourceKind::Periodical),
    ("GOVDOC", SourceKind::Report),
    ("CONF", SourceKind::PaperConference),
    ("INPR", SourceKind::ArticleJournal),
    ("EJOUR", SourceKind::ArticleJournal),
    ("ABST", SourceKind::ArticleJournal),
    ("CTLG", SourceKind::ArticleMagazine),
    ("ADVS", SourceKind::MotionPicture),
    ("MPCT", SourceKind::MotionPicture),
    ("MULTI", SourceKind::MotionPicture),
    ("EBOOK", SourceKind::Book),
    ("EDBOOK", SourceKind::Book),
    ("SER", SourceKind::Book),
    ("ECHAP", SourceKind::Chapter),
    ("WEB", SourceKind::Webpage),
    ("DBASE", SourceKind::Dataset),
    ("AGGR", SourceKind::Dataset),
    ("LEGAL", SourceKind::LegalCase),
    ("UNBILL", SourceKind::Bill),
    ("ICOMM", SourceKind::PersonalCommunication),
    ("CHART", SourceKind::Graphic),
    ("UNPB", SourceKind::Manuscript),
    ("ANCIENT", SourceKind::Classic),
    ("EQUA", SourceKind::Document),
    ("GRANT", SourceKind::Document),
    ("GEN", SourceKind::Document),
    ("INTV", SourceKind::Interview),
    ("POST", SourceKind::Post),
    ("PODCST", SourceKind::Broadcast),
    ("RADIO", SourceKind::Broadcast),
    ("TVSHOW", SourceKind::Broadcast),
    ("PAMPH", SourceKind::Pamphlet),
];

/// The labels, in a note, of tags without a field of their own. Any other tag is its own label.
const LABELS: [(&str, &str); 39] = [
    ("AB", "Abstract"),
    ("N2", "Abstract"),
    ("KW", "Keywords"),
    ("VL", "Volume"),
    ("IS", "Issue"),
    ("M1", "Number"),
    ("SN", "ISBN or ISSN"),
    ("LA", "Language"),
    ("CY", "Place"),
    ("PP", "Place"),
    ("ET", "Edition"),
    ("T3", "Series"),
    ("A2", "Editor"),
    ("ED", "Editor"),
    ("A3", "Series editor"),
    ("A4", "Further people"),
    ("T2", "Container"),
    ("JF", "Journal"),
    ("JO", "Journal"),
    ("J1", "Journal"),
    ("J2", "Short title of the container"),
    ("JA", "Short title of the container"),
    ("ST", "Short title"),
    ("TT", "Translated title"),
    ("OP", "Original publication"),
    ("TA", "Translator"),
    ("SE", "Section"),
    ("PB", "Publisher"),
    ("DB", "Database"),
    ("DP", "Database provider"),
    ("AN", "Accession number"),
    ("CN", "Call number"),
    ("AD", "Address of the author"),
    ("DO", "DOI"),
    ("UR", "Address"),
    ("M2", "Pages"),
    ("RN", "Research note"),
    ("BT", "Book"),
    ("AV", "Location"),
];
/// Tags that say something only in the library that the file is from.
const INTERNAL: [&str; 3] = ["ID", "TY", "ER"];

/// Writes the sources.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    Ok(input.claims.sources.iter().map(record).collect::<String>().into_bytes())
}

fn record(s: &SourceEntry) -> String {
    let mut out = String::new();
    // A value is on one line, because a line break in it would begin a line without a tag.
    let mut put = |tag: &str, value: &str| {
        out += &format!("{tag}  - {}\r\n", value.split_whitespace().collect::<Vec<_>>().join(" "));
    };
    let kind = TYPES.iter().find(|(_, k)| k.as_str() == s.kind);
    put("TY", kind.map_or("GEN", |(t, _)| t));
    put("ID", &s.id);
    put("TI", &guarded(s.title));
    s.authors.iter().for_each(|a| put("AU", &guarded(a)));
    s.publisher.iter().for_each(|p| put(if stands_in_another(s.kind) { "T2" } else { "PB" }, &guarded(p)));
    if let Some(date) = s.published {
        put("PY", &date[..4]);
        put("DA", &date.replace('-', "/"));
    }
    s.accessed.iter().for_each(|d| put("Y2", &d.replace('-', "/")));
    s.url.iter().for_each(|u| put("UR", u));
    s.note.iter().flat_map(|n| n.lines()).for_each(|l| put("N1", &guarded(l)));
    if kind.is_none() {
        put("M3", s.kind);
    }
    out + "ER  - \r\n\r\n"
}

/// Whether a text looks like RIS. Some publishers write a few lines of their own first.
pub fn fits(text: &str) -> bool {
    let first = text.lines().filter(|l| !l.trim().is_empty()).take(10);
    !text.trim_start().starts_with(['{', '[', '<', '@'])
        && first.filter_map(tagged).any(|(tag, _)| tag == "TY")
}

/// Reads the sources in the text. Fails if there is none.
pub fn read(text: &str) -> Result<SourcesIn, ReadError> {
    let mut read = SourcesIn::default();
    let mut open: Option<Record> = None;
    let mut outside: Vec<Stray> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        match (tagged(line), &mut open) {
            (Some(("TY", kind)), _) => {
                read.sources.extend(open.replace(Record { kind, fields: Vec::new() }).map(Record::source));
            }
            (Some(("ER", _)), _) => read.sources.extend(open.take().map(Record::source)),
            (Some((tag, value)), Some(record)) => record.fields.push((tag, value.into())),
            (None, _) if line.trim().is_empty() => {}
            (None, Some(record)) => record.go_on(line),
            (_, None) => Stray::add(&mut outside, at + 1, line, read.sources.len()),
        }
    }
    read.sources.extend(open.map(Record::source));
    let why = || message!("ris_outside");
    if let (true, Some(stray)) = (read.sources.is_empty(), outside.first()) {
        return Err(ReadError::bad(NAME, lines(stray.first, stray.last), why()));
    }
    read.left_out = outside.iter().map(|stray| LeftOut { what: stray.what(), why: why() }).collect();
    Ok(read)
}

/// Lines that stand in no record, one after another.
struct Stray<'t> {
    /// The number of the first and of the last line, from 1.
    first: usize,
    last: usize,
    /// The first line.
    words: &'t str,
    /// How many records stand before them.
    records: usize,
}

impl<'t> Stray<'t> {
    /// Adds a line: to the last of `all` if no record stands between them.
    fn add(all: &mut Vec<Self>, line: usize, words: &'t str, records: usize) {
        match all.last_mut().filter(|stray| stray.records == records) {
            Some(stray) => stray.last = line,
            None => all.push(Self { first: line, last: line, words, records }),
        }
    }

    fn what(&self) -> Message {
        named_at(self.first, self.last, self.words.trim())
    }
}

/// A line's tag and value; `None` if it continues the line before.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.trim_start_matches('\u{feff}').split_at_checked(2)?;
    let sign = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let value = rest.trim_start_matches([' ', '\u{a0}']).strip_prefix('-')?;
    let parted =
        rest.starts_with([' ', '\u{a0}']) && tag.bytes().all(sign) && !tag.as_bytes()[0].is_ascii_digit();
    parted.then(|| (tag, value.trim()))
}

struct Record<'t> {
    kind: &'t str,
    /// The fields that were not used yet.
    fields: Vec<(&'t str, String)>,
}

impl Record<'_> {
    fn go_on(&mut self, line: &str) {
        if let Some((_, value)) = self.fields.last_mut() {
            value.push(' ');
            value.push_str(line.trim());
        }
    }

    /// Takes out the first value of the first of the tags that has one.
    fn first(&mut self, tags: &[&str]) -> Option<String> {
        tags.iter().find_map(|tag| {
            let at = self.fields.iter().position(|(t, v)| t == tag && !v.trim().is_empty())?;
            Some(plain(self.fields.remove(at).1.trim()))
        })
    }

    /// Takes out all values of these tags, in their order in the file.
    fn all(&mut self, tags: &[&str]) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.fields).into_iter().partition(|(t, _)| tags.contains(t));
        self.fields = left;
        let taken: Vec<(&str, String)> = taken;
        taken.iter().filter_map(|(_, v)| filled(v)).map(|v| plain(&v)).collect()
    }

    fn source(mut self) -> SourceIn {
        let work = self.first(&["M3"]);
        let own = work.as_deref().and_then(|w| w.parse().ok());
        let kind = self.kind.to_ascii_uppercase();
        let known = TYPES.iter().find(|(t, _)| *t == kind).map(|(_, k)| *k);
        let title = self.first(&["TI", "T1", "CT", "BT"]);
        let container = self.first(&["T2", "JF", "JO", "J1", "JA", "J2", "BT", "PB"]);
        let url = self.addresses();
        let doi_in = self.first(&["DO"]);
        let named =
            title.clone().or_else(|| container.clone()).or_else(|| url.clone()).or_else(|| doi_in.clone());
        let mut s = SourceIn::new(
            own.or(known).unwrap_or(SourceKind::Document),
            named.unwrap_or_else(|| UNTITLED.into()),
        );
        s.publisher = container.filter(|c| title.is_some() && *c != s.title);
        let mut note = Note::default();
        note.plain(filled(&self.all(&["N1"]).join("\n")));
        self.people(&mut s, &mut note);
        self.dates(&mut s, &mut note);
        note.line("Type", work.filter(|_| own.is_none()));
        note.line("Type", Some(kind).filter(|_| known.is_none() && own.is_none()));
        self.rest(&s, &mut note);
        note.line("DOI", doi_in.clone().filter(|_| url.is_some()));
        s.url = url.or_else(|| doi_in.as_deref().map(doi));
        s.note = note.text();
        s
    }

    /// Takes out the first address on the web. The others stay for the note.
    fn addresses(&mut self) -> Option<String> {
        let all = self.fields.iter().filter(|(t, _)| *t == "UR").flat_map(|(_, v)| apart(v));
        let all: Vec<String> = all.collect();
        self.fields.retain(|(t, _)| *t != "UR");
        self.fields.extend(all.iter().skip(1).map(|u| ("UR", u.clone())));
        let linked = |(t, v): &(&str, String)| matches!(*t, "L1" | "L2" | "LK") && v.starts_with("http");
        let mut link = || Some(self.fields.remove(self.fields.iter().position(linked)?).1);
        all.first().cloned().or_else(&mut link)
    }

    /// The authors in the file's order; if there are none, the editors.
    fn people(&mut self, s: &mut SourceIn, note: &mut Note) {
        for tags in [&["AU", "A1"][..], &["A2", "ED"], &["A3"], &["A4"]] {
            if !s.authors.is_empty() {
                return;
            }
            let all = self.all(tags);
            let each = all.iter().flat_map(|names| names.split(';')).filter_map(filled);
            let (others, named): (Vec<_>, Vec<_>) = each.partition(|n| is_nobody(n));
            let mut seen = HashSet::new();
            s.authors.extend(named.into_iter().filter(|name| seen.insert(name.clone())));
            note.line("Authors", others.first().map(|_| "and others".into()));
        }
    }

    fn dates(&mut self, s: &mut SourceIn, note: &mut Note) {
        let (day, year) = (self.first(&["DA"]), self.first(&["PY", "Y1"]));
        let (published, words) = published(day.as_deref(), year.as_deref());
        let seen = self.first(&["Y2"]);
        let (accessed, odd) = seen.as_deref().map_or((None, None), parted);
        note.line("Published", words);
        note.line("Accessed", odd);
        (s.published, s.accessed) = (published, accessed);
    }

    /// Puts all other fields into the note.
    fn rest(&mut self, s: &SourceIn, note: &mut Note) {
        let pages = [self.first(&["SP"]), self.first(&["EP"])];
        let pages: Vec<String> = pages.into_iter().flatten().collect();
        let mut lines: Vec<(&str, Vec<String>)> = Vec::new();
        for (tag, value) in std::mem::take(&mut self.fields) {
            let value = if tag.starts_with('L') && tag != "LA" && tag != "LB" {
                file_names(&value)
            } else {
                plain(&value)
            };
            let label = LABELS.iter().find(|(t, _)| *t == tag).map_or(tag, |(_, label)| *label);
            let known = s.publisher.as_ref() == Some(&value) || value == s.title || INTERNAL.contains(&tag);
            match lines.iter_mut().find(|(l, _)| *l == label) {
                _ if known || value.trim().is_empty() => {}
                Some((_, all)) => all.push(value),
                None => lines.push((label, vec![value])),
            }
        }
        lines.into_iter().for_each(|(label, all)| note.line(label, Some(all.join("; "))));
        note.line("Pages", filled(&pages.join("–")));
    }
}

/// The addresses in a value. An address may have a `;` or a blank in it: it ends there only if `http` follows.
fn apart(value: &str) -> Vec<String> {
    let starts = value.match_indices("http").map(|(at, _)| at);
    let mut from = 0;
    let mut all = Vec::new();
    for to in starts.filter(|at| value[..*at].ends_with([';', ' '])).chain([value.len()]) {
        all.extend(filled(value[from..to].trim_end_matches([';', ' '])));
        from = to;
    }
    all
}

fn is_nobody(name: &str) -> bool {
    matches!(
        name.to_lowercase().trim_end_matches('.'),
        "others" | "and others" | "et al" | "et al.," | "[et al]"
    )
}

/// A date from the fields for a day and for a year, and what they say beyond it.
fn published(day: Option<&str>, year: Option<&str>) -> (Option<crate::model::Edtf>, Option<String>) {
    let ((by_day, told), (by_year, told_year)) =
        (day.map_or((None, None), parted), year.map_or((None, None), parted));
    match (by_day, by_year, day, year) {
        (Some(date), Some(other), _, _)
            if !date.as_str().starts_with(other.as_str()) && !other.as_str().starts_with(date.as_str()) =>
        {
            (Some(date), Some(format!("{}, year {other}", day.unwrap_or_default())))
        }
        (Some(date), Some(other), _, _) if other.as_str().len() > date.as_str().len() => {
            (Some(other), told.or(told_year))
        }
        (Some(date), _, _, _) => (Some(date), told.or(told_year)),
        (None, Some(of_year), Some(words), _) => match parted(&format!("{words} {of_year}")) {
            (Some(date), None) => (Some(date), told_year),
            _ => (Some(of_year), Some(words.into())),
        },
        (None, of_year, _, _) => (of_year, told.or(told_year)),
    }
}

/// Reads a date in the form `YYYY/MM/DD/other`, in which any part may be missing, or in another form.
fn parted(written: &str) -> (Option<crate::model::Edtf>, Option<String>) {
    let parts: Vec<&str> = written.split('/').map(str::trim).collect();
    let day = date(&parts[..parts.len().min(3)].join("/"));
    let other = parts.get(3).and_then(|o| filled(o)).filter(|o| !o.contains(':'));
    match (day, parts.len()) {
        (Some(day), _) => (Some(day), other),
        (None, 3..) if parts[0].parse::<u16>().is_ok() => (dated(parts[0]).0, filled(written)),
        (None, _) => dated(written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_parted_only_where_the_next_begins() {
        for (value, all) in [
            ("https://x.example/a;jsessionid=1", &["https://x.example/a;jsessionid=1"][..]),
            ("https://a.example/1; https://b.example/2;", &["https://a.example/1", "https://b.example/2"]),
            ("http://a.example/1 http://b.example/2", &["http://a.example/1", "http://b.example/2"]),
            (" ; ", &[]),
        ] {
            assert_eq!(apart(value), all, "{value}");
        }
    }

    #[test]
    fn words_beyond_the_date_of_access_are_kept() {
        let read = read("TY  - BOOK\nTI  - A\nY2  - 2025/08/25/in the archive\nER  - \n").unwrap();
        let source = &read.sources[0];
        assert_eq!(source.accessed, "2025-08-25".parse().ok());
        assert_eq!(source.note.as_deref(), Some("Accessed: in the archive"));
    }

    #[test]
    fn stray_lines_between_two_records_are_one_entry() {
        let record = "TY  - BOOK\nTI  - A\nER  - \n";
        let read = read(&format!("{record}one\n\ntwo\n{record}three\n")).unwrap();
        let left: Vec<String> = read.left_out.iter().map(|l| l.what.to_string()).collect();
        assert_eq!(
            (read.sources.len(), left),
            (2, vec!["lines 4 to 6, one".into(), "line 10, three".into()])
        );
    }
}
