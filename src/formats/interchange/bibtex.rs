//! Sources as BibTeX, in its extension BibLaTeX, which Zotero writes and reads.
//! Entry types and fields: "The biblatex Package", sections 2.1 and 2.2.
//!
//! The `biblatex` crate reads the file: it handles braces, names and TeX's accents. Strings made of strings and deeply
//! nested braces are refused first, because they could exhaust memory or stack. Cross-references are not followed.

use super::{
    ExportInput, WriteError,
    csl::{doi, noted, stands_in_another},
    incoming::{ReadError, SourceIn, date, filled},
    names::{Name, joined},
};
use crate::{
    formats::bundle::SourceEntry,
    model::{Edtf, SourceKind},
};
use biblatex::{Bibliography, ChunksExt, Entry, EntryType, ParseError, Person, RawBibliography, RawChunk};
use std::collections::HashMap;

const NAME: &str = "BibTeX";

/// How deep braces may be nested.
const DEEPEST: usize = 64;

/// Entry types, the `entrysubtype` that distinguishes kinds of one type, and the kind that each is imported as. A kind is
/// exported as its first entry here; a kind without an entry is exported as `misc` with its own name as the subtype.
const TYPES: [(&str, &str, SourceKind); 29] = [
    ("article", "", SourceKind::ArticleJournal),
    ("article", "newspaper", SourceKind::ArticleNewspaper),
    ("article", "magazine", SourceKind::ArticleMagazine),
    ("book", "", SourceKind::Book),
    ("incollection", "", SourceKind::Chapter),
    ("inproceedings", "", SourceKind::PaperConference),
    ("techreport", "", SourceKind::Report),
    ("phdthesis", "", SourceKind::Thesis),
    ("online", "", SourceKind::Webpage),
    ("dataset", "", SourceKind::Dataset),
    ("software", "", SourceKind::Software),
    ("patent", "", SourceKind::Patent),
    ("unpublished", "", SourceKind::Manuscript),
    ("booklet", "", SourceKind::Pamphlet),
    ("legislation", "", SourceKind::Legislation),
    ("jurisdiction", "", SourceKind::LegalCase),
    ("standard", "", SourceKind::Standard),
    ("artwork", "", SourceKind::Graphic),
    ("periodical", "", SourceKind::Periodical),
    ("video", "", SourceKind::MotionPicture),
    ("letter", "", SourceKind::PersonalCommunication),
    ("report", "", SourceKind::Report),
    ("thesis", "", SourceKind::Thesis),
    ("mastersthesis", "", SourceKind::Thesis),
    ("inbook", "", SourceKind::Chapter),
    ("conference", "", SourceKind::PaperConference),
    ("collection", "", SourceKind::Book),
    ("movie", "", SourceKind::MotionPicture),
    ("www", "", SourceKind::Webpage),
];

/// The sources.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    Ok(input.claims.sources.iter().map(entry).collect::<Vec<_>>().join("\n").into_bytes())
}

fn entry(s: &SourceEntry) -> String {
    let known = TYPES.iter().find(|(_, _, k)| k.as_str() == s.kind);
    let (kind, subtype) = known.map_or(("misc", s.kind), |(t, sub, _)| (*t, *sub));
    let mut out = format!("@{kind}{{source-{},\n", s.number);
    let mut put = |key: &str, value: String| out += &format!("  {key} = {{{value}}},\n");
    // A second pair of braces keeps the capitals of a title.
    put("title", format!("{{{}}}", escaped(s.title)));
    if !s.authors.is_empty() {
        put("author", s.authors.iter().map(|a| name(a)).collect::<Vec<_>>().join(" and "));
    }
    let publisher = match s.kind {
        "article" | "article-journal" | "article-newspaper" | "article-magazine" => "journaltitle",
        "report" | "thesis" => "institution",
        kind if stands_in_another(kind) => "organization",
        _ => "publisher",
    };
    s.publisher.iter().for_each(|p| put(publisher, escaped(p)));
    if let Some(date) = s.published {
        put("date", date.into());
        put("year", date[..4].into());
    }
    s.accessed.iter().for_each(|d| put("urldate", (*d).into()));
    s.url.iter().for_each(|u| put("url", address(u)));
    s.note.iter().for_each(|n| put("note", escaped(n)));
    if !subtype.is_empty() {
        put("entrysubtype", subtype.into());
    }
    out + "}\n"
}

fn name(author: &str) -> String {
    match Name::of(author) {
        Name::Person { family, given, suffix: None } => format!("{}, {}", bound(family), bound(given)),
        Name::Person { family, given, suffix: Some(suffix) } => {
            format!("{}, {}, {}", bound(family), bound(suffix), bound(given))
        }
        Name::Whole(name) => format!("{{{}}}", escaped(name)),
    }
}

/// A part of a name. It is in braces if it contains the word `and`, which would split the name, or begins with a lower-case
/// letter, which would make it a particle.
fn bound(part: &str) -> String {
    let and = part.split_whitespace().any(|w| w.eq_ignore_ascii_case("and"));
    let small = part.starts_with(|c: char| !c.is_uppercase());
    if and || small || part.contains('=') { format!("{{{}}}", escaped(part)) } else { escaped(part) }
}

/// Escapes words for TeX. Braces become commands, because BibTeX counts them even after a backslash.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '\\' => out += "\\textbackslash{}",
            '{' => out += "\\textbraceleft{}",
            '}' => out += "\\textbraceright{}",
            '~' => out += "\\textasciitilde{}",
            '^' => out += "\\textasciicircum{}",
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '-' if out.ends_with('-') => out += "{}-",
            c => out.push(c),
        }
    }
    out
}

/// An address, with only braces, backslashes and blanks escaped.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C").replace(char::is_whitespace, "%20")
}

/// Whether a text looks like BibTeX.
pub fn fits(text: &str) -> bool {
    let opens = |l: &str| l.trim_start().strip_prefix('@').is_some_and(|r| r.contains(['{', '(']));
    !text.trim_start().starts_with(['{', '[']) && text.lines().any(opens)
}

/// Reads the sources in the text.
pub fn read(text: &str) -> Result<Vec<SourceIn>, ReadError> {
    bounded(text)?;
    let bad = |e: ParseError| {
        let line = text.get(..e.span.start).map_or(1, |before| before.matches('\n').count() + 1);
        ReadError::bad(NAME, format!("line {line}"), e.kind)
    };
    let mut raw = RawBibliography::parse(text).map_err(bad)?;
    plain_strings(&raw)?;
    let mut addresses = HashMap::new();
    for entry in &mut raw.entries {
        let field = |f: &biblatex::Pair| f.key.v.to_ascii_lowercase();
        entry.v.fields.retain(|f| !matches!(&*field(f), "crossref" | "xdata" | "xref" | "file" | "abstract"));
        if let Some(url) = entry.v.fields.iter().find(|f| field(f) == "url") {
            addresses.insert(entry.v.key.v.to_owned(), raw_address(&url.value.v));
        }
        entry.v.fields.retain(|f| field(f) != "url");
    }
    let all = Bibliography::from_raw(raw).map_err(bad)?;
    Ok(all.iter().map(|e| source(e, addresses.remove(&e.key).flatten())).collect())
}

/// Refuses deeply nested braces: the parser would run out of stack.
fn bounded(text: &str) -> Result<(), ReadError> {
    let (mut depth, mut line) = (0_usize, 1);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'\n' => line += 1,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(ReadError::bad(NAME, format!("line {line}"), "braces stand in each other too deep"));
        }
    }
    Ok(())
}

/// Refuses strings made of other strings: a few lines of them can expand to a huge text.
fn plain_strings(raw: &RawBibliography) -> Result<(), ReadError> {
    let made = |chunk: &biblatex::Spanned<RawChunk>| matches!(chunk.v, RawChunk::Abbreviation(_));
    match raw.abbreviations.iter().find(|p| p.value.v.iter().any(made)) {
        Some(p) => {
            let at = format!("the string '{}'", p.key.v);
            Err(ReadError::bad(NAME, at, "it is made of other strings; write it out"))
        }
        None => Ok(()),
    }
}

/// An address in the file, without the TeX commands and escapes around it.
fn raw_address(chunks: &[biblatex::Spanned<RawChunk>]) -> Option<String> {
    let said = |c: &biblatex::Spanned<RawChunk>| match c.v {
        RawChunk::Normal(s) => s.to_owned(),
        RawChunk::Abbreviation(_) => String::new(),
    };
    let written: String = chunks.iter().map(said).collect();
    let bare = written.trim().trim_start_matches("\\url").trim_matches(['{', '}']);
    let plain = ["_", "%", "&", "#", "~"]
        .iter()
        .fold(bare.to_owned(), |s, sign| s.replace(&format!("\\{sign}"), sign));
    filled(&plain)
}

fn source(e: &Entry, url: Option<String>) -> SourceIn {
    let text = |key: &str| {
        filled(&e.get(key)?.format_verbatim()).map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let first = |keys: &[&str]| keys.iter().find_map(|k| text(k));
    let (title, subtitle) = (text("title"), text("subtitle").map(|s| format!(": {s}")));
    let title = title.map(|t| t + &subtitle.unwrap_or_default());
    let title = title.or_else(|| first(&["booktitle", "journaltitle", "journal"])).or(url.clone());
    let mut s = SourceIn::new(kind(e, text("entrysubtype")), title.unwrap_or_else(|| "Untitled".into()));
    s.authors = people(e);
    let containers =
        ["journaltitle", "journal", "booktitle", "institution", "school", "organization", "publisher"];
    s.publisher = first(&containers).filter(|p| *p != s.title);
    let (published, odd) = published(text("date"), text("year"), text("month"), text("day"));
    let seen = text("urldate");
    s.accessed = seen.as_deref().and_then(date);
    s.published = published;
    s.note = noted([
        text("note"),
        text("howpublished").filter(|h| !h.contains("http")),
        odd.map(|d| format!("Published: {d}")),
        seen.filter(|_| s.accessed.is_none()).map(|d| format!("Accessed: {d}")),
        text("publisher").filter(|p| s.publisher.as_ref() != Some(p)).map(|p| format!("Publisher: {p}")),
        text("volume").map(|v| format!("Volume: {v}")),
        first(&["number", "issue"]).map(|v| format!("Issue: {v}")),
        text("pages").map(|v| format!("Pages: {v}")),
        text("doi").filter(|_| url.is_some()).map(|v| format!("DOI: {v}")),
        text("isbn").map(|v| format!("ISBN: {v}")),
    ]);
    s.url = url.or_else(|| text("doi").map(|d| doi(&d)));
    s
}

fn kind(e: &Entry, subtype: Option<String>) -> SourceKind {
    let named = match &e.entry_type {
        EntryType::Unknown(name) => name.to_lowercase(),
        known => known.to_string(),
    };
    let subtype = subtype.unwrap_or_default();
    let exact = TYPES.iter().find(|(t, sub, _)| *t == named && *sub == subtype);
    let loose = || TYPES.iter().find(|(t, sub, _)| *t == named && sub.is_empty());
    let own = || subtype.parse().ok();
    exact.map(|t| t.2).or_else(own).or_else(|| loose().map(|t| t.2)).unwrap_or(SourceKind::Document)
}

/// The authors; if there are none, the editors or directors.
fn people(e: &Entry) -> Vec<String> {
    let named = |key: &&str| e.get_as::<Vec<Person>>(key).unwrap_or_default();
    let all =
        ["author", "editor", "director"].iter().map(named).find(|all| !all.is_empty()).unwrap_or_default();
    all.iter().filter_map(person).collect()
}

fn person(p: &Person) -> Option<String> {
    joined(&format!("{} {}", p.prefix, p.name), &p.given_name, &p.suffix)
}

/// A date, and the words instead of a date that cannot be read.
fn published(
    whole: Option<String>,
    year: Option<String>,
    month: Option<String>,
    day: Option<String>,
) -> (Option<Edtf>, Option<String>) {
    let whole = whole.map(|d| d.split('/').next().unwrap_or_default().to_owned()).filter(|d| !d.is_empty());
    let parts = [year.clone(), month.as_deref().and_then(number), day];
    let said: Vec<String> = parts.into_iter().map_while(|p| p).collect();
    let written = whole.or_else(|| filled(&said.join("-")));
    let read = written.as_deref().and_then(date).or_else(|| date(year.as_deref()?));
    let odd = written.filter(|_| read.is_none());
    (read, odd)
}

/// A month as a number: `8`, `aug`, `August`.
fn number(month: &str) -> Option<String> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = month.to_lowercase();
    let named = NAMES.iter().position(|n| start.starts_with(n)).map(|at| at + 1);
    named.or_else(|| month.parse().ok()).map(|n| n.to_string())
}
