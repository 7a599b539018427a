//! The claims and sources as rows and columns, for formats that are tables.

use super::{ExportInput, phrases};
use crate::formats::bundle::{Claim, SourceEntry};

/// The content of one cell.
pub enum Cell {
    /// Words, which may be empty.
    Text(String),
    /// A whole number.
    Number(i64),
}

/// The columns of a table of claims, and their preferred widths in characters.
pub const CLAIMS: [(&str, u16); 18] = [
    ("Number", 8),
    ("Words", 48),
    ("Claim", 36),
    ("Kind", 11),
    ("Claimant", 20),
    ("Risk", 8),
    ("Status", 17),
    ("Why out of date", 28),
    ("Rating", 16),
    ("Value", 7),
    ("Scale", 12),
    ("Reason", 48),
    ("Checked by", 18),
    ("Checked at", 24),
    ("Evidence", 60),
    ("Queries", 36),
    ("Place", 12),
    ("Remark", 36),
];

/// The columns of a table of sources, and their preferred widths in characters.
pub const SOURCES: [(&str, u16); 9] = [
    ("Number", 8),
    ("Kind", 16),
    ("Title", 48),
    ("Authors", 30),
    ("Publisher", 24),
    ("Published", 12),
    ("Accessed on", 12),
    ("URL", 48),
    ("Note", 36),
];

/// One row for every claim, in the order of the text.
pub fn claims(input: &ExportInput) -> Vec<Vec<Cell>> {
    input.claims.claims.iter().map(|c| claim(c, input)).collect()
}

fn claim(c: &Claim, input: &ExportInput) -> Vec<Cell> {
    let lines = |all: Vec<String>| Cell::Text(all.join("\n"));
    let v = c.verdict.as_ref();
    let place = c.spans.iter().map(|s| format!("{}–{}", s.start, s.end)).collect::<Vec<_>>();
    vec![
        number(c.number),
        Cell::Text(c.quote.join(" … ")),
        text(c.assertion),
        text(c.kind),
        text(c.claimant),
        text(Some(c.risk)),
        text(Some(phrases::status(c.standing))),
        Cell::Text(c.reasons.join("; ")),
        text(v.map(|v| v.label)),
        v.and_then(|v| v.value).map_or_else(|| text(None), Cell::Number),
        text(v.map(|v| v.scale)),
        text(v.map(|v| v.rationale)),
        text(v.and_then(|v| v.by)),
        text(v.map(|v| v.at.as_str())),
        lines(c.evidence.iter().map(|e| phrases::evidence(e, &input.claims)).collect()),
        lines(c.queries.iter().map(phrases::query).collect()),
        Cell::Text(place.join(", ")),
        text(c.remark.as_deref()),
    ]
}

/// One row for every source.
pub fn sources(input: &ExportInput) -> Vec<Vec<Cell>> {
    input.claims.sources.iter().map(source).collect()
}

fn source(s: &SourceEntry) -> Vec<Cell> {
    let rest = [s.publisher, s.published, s.accessed, s.url, s.note].map(text);
    let first = [number(s.number), text(Some(s.kind)), text(Some(s.title)), Cell::Text(s.authors.join("; "))];
    first.into_iter().chain(rest).collect()
}

fn text(words: Option<&str>) -> Cell {
    Cell::Text(words.unwrap_or_default().into())
}

fn number(n: usize) -> Cell {
    Cell::Number(n as i64)
}
