//! Sources as RIS, which every reference manager reads. Tags and types: Research Information Systems, "RIS Format
//! Specifications", and the types Zotero writes.
//!
//! A kind without its own type is written in `M3` (type of work), so that it can be read again.

use super::{
    ExportInput, WriteError,
    csl::{doi, noted, stands_in_another},
    incoming::{ReadError, SourceIn, date, filled},
};
use crate::{formats::bundle::SourceEntry, model::SourceKind};

const NAME: &str = "RIS";

/// RIS types and the kind that each is imported as. A kind is exported as its first type here.
const TYPES: [(&str, SourceKind); 37] = [
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
    ("GOVDOC", SourceKind::Report),
    ("CONF", SourceKind::PaperConference),
    ("INPR", SourceKind::ArticleJournal),
    ("EJOUR", SourceKind::ArticleJournal),
    ("ADVS", SourceKind::MotionPicture),
    ("EBOOK", SourceKind::Book),
    ("UNPB", SourceKind::Manuscript),
];

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
    put("TI", s.title);
    s.authors.iter().for_each(|a| put("AU", a));
    s.publisher.iter().for_each(|p| put(if stands_in_another(s.kind) { "T2" } else { "PB" }, p));
    if let Some(date) = s.published {
        put("PY", &date[..4]);
        put("DA", &date.replace('-', "/"));
    }
    s.accessed.iter().for_each(|d| put("Y2", &d.replace('-', "/")));
    s.url.iter().for_each(|u| put("UR", u));
    s.note.iter().flat_map(|n| n.lines()).for_each(|l| put("N1", l));
    if kind.is_none() {
        put("M3", s.kind);
    }
    out + "ER  - \r\n\r\n"
}

/// Whether a text looks like RIS.
pub fn fits(text: &str) -> bool {
    text.lines().find(|l| !l.trim().is_empty()).and_then(tagged).is_some_and(|(tag, _)| tag == "TY")
}

/// Reads the sources in the text.
pub fn read(text: &str) -> Result<Vec<SourceIn>, ReadError> {
    let (mut all, mut open): (Vec<SourceIn>, Option<Record>) = (Vec::new(), None);
    for (at, line) in text.lines().enumerate() {
        let bad = |why: &str| ReadError::bad(NAME, format!("line {}", at + 1), why);
        match (tagged(line), &mut open) {
            (Some(("TY", kind)), _) => {
                all.extend(open.replace(Record { kind, fields: Vec::new() }).map(Record::source));
            }
            (Some(("ER", _)), _) => all.extend(open.take().map(Record::source)),
            (Some((tag, value)), Some(record)) => record.fields.push((tag, value.into())),
            (Some((tag, _)), None) => {
                return Err(bad(&format!("'{tag}' stands before any record; a record begins with 'TY  - '")));
            }
            (None, _) if line.trim().is_empty() => {}
            (None, Some(record)) => record.go_on(line),
            (None, None) => return Err(bad("it is no line of RIS; a record begins with 'TY  - '")),
        }
    }
    all.extend(open.map(Record::source));
    Ok(all)
}

/// A line's tag and value; `None` if it continues the line before.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let sign = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let value = rest.trim_start_matches([' ', '\u{a0}']).strip_prefix('-')?;
    let parted =
        rest.starts_with([' ', '\u{a0}']) && tag.bytes().all(sign) && !tag.as_bytes()[0].is_ascii_digit();
    parted.then(|| (tag, value.trim()))
}

struct Record<'t> {
    kind: &'t str,
    fields: Vec<(&'t str, String)>,
}

impl Record<'_> {
    fn go_on(&mut self, line: &str) {
        if let Some((_, value)) = self.fields.last_mut() {
            value.push(' ');
            value.push_str(line.trim());
        }
    }

    fn first(&self, tags: &[&str]) -> Option<String> {
        tags.iter().find_map(|tag| self.all(tag).next())
    }

    fn all(&self, tag: &str) -> impl Iterator<Item = String> {
        self.fields.iter().filter(move |(t, _)| *t == tag).filter_map(|(_, v)| filled(v))
    }

    fn source(self) -> SourceIn {
        let work = self.first(&["M3"]);
        let own = work.as_deref().and_then(|w| w.parse().ok());
        let known = TYPES.iter().find(|(t, _)| *t == self.kind).map(|(_, k)| *k);
        let title = self.first(&["TI", "T1", "CT", "BT", "T2", "UR", "DO"]);
        let mut s = SourceIn::new(
            own.or(known).unwrap_or(SourceKind::Document),
            title.unwrap_or_else(|| "Untitled".into()),
        );
        let roles = ["AU", "A1", "A2", "ED", "A3"];
        let named = |role: &&str| self.all(role).collect::<Vec<_>>();
        s.authors = roles.iter().map(named).find(|all| !all.is_empty()).unwrap_or_default();
        s.publisher = self.first(&["T2", "JF", "JO", "JA", "PB"]).filter(|p| *p != s.title);
        let written = self.first(&["DA", "PY", "Y1"]);
        let seen = self.first(&["Y2"]);
        (s.published, s.accessed) = (written.as_deref().and_then(day), seen.as_deref().and_then(day));
        s.url = self.first(&["UR", "L1", "L2"]).or_else(|| self.first(&["DO"]).map(|d| doi(&d)));
        s.note = noted([
            filled(&self.all("N1").collect::<Vec<_>>().join("\n")),
            written.filter(|_| s.published.is_none()).map(|d| format!("Published: {d}")),
            seen.filter(|_| s.accessed.is_none()).map(|d| format!("Accessed: {d}")),
            self.first(&["PB"])
                .filter(|p| s.publisher.as_ref() != Some(p))
                .map(|p| format!("Publisher: {p}")),
            work.filter(|_| own.is_none()).map(|w| format!("Type: {w}")),
            self.first(&["VL"]).map(|v| format!("Volume: {v}")),
            self.first(&["IS"]).map(|v| format!("Issue: {v}")),
            pages(self.first(&["SP"]), self.first(&["EP"])),
            self.first(&["DO"])
                .filter(|_| self.first(&["UR", "L1", "L2"]).is_some())
                .map(|v| format!("DOI: {v}")),
            self.first(&["SN"]).map(|v| format!("ISBN or ISSN: {v}")),
        ]);
        s
    }
}

fn pages(from: Option<String>, to: Option<String>) -> Option<String> {
    let all: Vec<_> = from.into_iter().chain(to).collect();
    (!all.is_empty()).then(|| format!("Pages: {}", all.join("–")))
}

/// Reads a date in the form `YYYY/MM/DD/other`; any part may be missing.
fn day(written: &str) -> Option<crate::model::Edtf> {
    let ymd: Vec<&str> = written.split('/').take(3).collect();
    date(&ymd.join("/")).or_else(|| date(written))
}
