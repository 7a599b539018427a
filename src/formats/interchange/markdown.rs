//! Writes the article as Markdown with a footnote for every claim, in the syntax of GitHub and Pandoc.
//!
//! The article keeps its headings, lists, quotations and emphasis. All other markup in its words is escaped (HTML, images,
//! links, notes, code), and so is everything that a person wrote about it: imported text must not act in a program that
//! shows the file. Claims that are no longer in the text follow in a list. This format is only written, not read.

use super::{ExportInput, WriteError, phrases};
use crate::{
    formats::bundle::Claim,
    text::{Offsets, Point},
};
use std::fmt::Write;

/// Writes the article.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let claims = &input.claims.claims;
    let mut out = marked(input);
    out.truncate(out.trim_end().len());
    out.push('\n');
    for c in claims.iter().filter(|c| !c.spans.is_empty()) {
        note(&mut out, &format!("[^{}]: ", c.number), c, input);
    }
    let mut gone = claims.iter().filter(|c| c.spans.is_empty()).peekable();
    if gone.peek().is_some() {
        out.push_str("\n---\n\nNo longer in text:\n");
        gone.for_each(|c| note(&mut out, "-   ", c, input));
    }
    Ok(out.into_bytes())
}

/// The text with a footnote reference after the last word of every claim.
fn marked(input: &ExportInput) -> String {
    let offsets = Offsets::new(input.text);
    let end = |c: &Claim| Some((offsets.from_point(Point(c.spans.last()?.end)).ok()?.0, c.number));
    let mut ends: Vec<_> = input.claims.claims.iter().filter_map(end).collect();
    ends.sort_unstable();
    let (mut out, mut from) = (String::new(), 0);
    for (at, number) in ends {
        out += &escape_markup(&input.text[from..at]);
        let _ = write!(out, "[^{number}]");
        from = at;
    }
    out + &escape_markup(&input.text[from..])
}

/// A part of the article that keeps marks at the start of lines and emphasis. All other Markdown is escaped.
fn escape_markup(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '[' | ']' | '<' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn note(out: &mut String, opening: &str, c: &Claim, input: &ExportInput) {
    let mut paragraphs = vec![lead(c)];
    paragraphs.extend(c.verdict.as_ref().map(|v| escaped(v.rationale)));
    paragraphs.extend(c.remark.as_ref().map(|r| format!("{}.", escaped(r))));
    if c.standing == "stale" && !c.reasons.is_empty() {
        paragraphs.push(format!("Since the verdict: {}", escaped(&c.reasons.join("; "))));
    }
    let list: Vec<_> =
        c.evidence.iter().map(|e| format!("- {}", escaped(&phrases::evidence(e, &input.claims)))).collect();
    paragraphs.extend(Some(list.join("\n")).filter(|l| !l.is_empty()));
    paragraphs.extend(c.queries.iter().map(|q| format!("Query: {}", escaped(&phrases::query(q)))));
    let indented = paragraphs.join("\n\n").replace('\n', "\n    ").replace("\n    \n", "\n\n");
    let _ = write!(out, "\n{opening}{indented}\n");
}

/// The verdict and the claim: `**True.** The ferry sank in 2020. (Ana, 2025-08-25)`
fn lead(c: &Claim) -> String {
    let claim = c.assertion.map(str::to_owned).unwrap_or_else(|| phrases::words(c));
    let signed = c.verdict.as_ref().map(|v| {
        let day = v.at.get(..10).unwrap_or_default();
        format!(" ({})", v.by.into_iter().chain([day]).map(escaped).collect::<Vec<_>>().join(", "))
    });
    let claim = if claim.is_empty() { claim } else { format!(" {}", escaped(&claim)) };
    format!("**{}.**{claim}{}", escaped(&phrases::verdict(c)), signed.unwrap_or_default())
}

/// Words on one line, with every Markdown character escaped.
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::new();
    for c in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' | '!' | '^'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    // Escapes a start that looks like a list or an underline.
    let digits = out.len() - out.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = digits > 0 && out[digits..].starts_with(['.', ')']);
    if numbered || out.starts_with(['-', '+', '=']) {
        out.insert(digits, '\\');
    }
    out
}
