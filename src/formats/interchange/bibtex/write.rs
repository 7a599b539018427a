//! Writes sources as BibTeX.

use super::TYPES;
use crate::formats::{
    bundle::SourceEntry,
    interchange::{ExportInput, WriteError, csl::stands_in_another, markup, names::Name},
};

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
    if and || small || part.contains(['=', ';']) { format!("{{{}}}", escaped(part)) } else { escaped(part) }
}

/// Escapes words for TeX. Braces become commands, because BibTeX counts them even after a backslash.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for (at, c) in words.char_indices() {
        match c {
            '\\' => out += "\\textbackslash{}",
            '{' => out += "\\textbraceleft{}",
            '}' => out += "\\textbraceright{}",
            '~' => out += "\\textasciitilde{}",
            '^' => out += "\\textasciicircum{}",
            '<' if markup::tag(&words[at..]).is_some() => out += "<{}",
            '&' if markup::reference(&words[at..]).is_some() => out += "\\&{}",
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '-' if out.ends_with('-') => out += "{}-",
            '\'' if out.ends_with('\'') => out += "{}'",
            '`' if out.ends_with(['`', '?', '!']) => out += "{}`",
            c => out.push(c),
        }
    }
    out
}

/// An address, with only braces, backslashes and blanks escaped.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C").replace(char::is_whitespace, "%20")
}
