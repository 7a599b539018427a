//! The article as Markdown with a footnote for every claim, in the notation that GitHub and Pandoc share.
//!
//! The article keeps its headings, lists, quotations and emphasis. Markup, pictures, links, notes and code that its words
//! would be taken for are escaped, as is everything that a person wrote beside it: what was brought in from elsewhere does
//! nothing in whoever shows the file. Claims that stand nowhere in the text follow it in a list. Not read back as claims.

use super::{ExportInput, WriteError, phrases};
use crate::{
    formats::bundle::Claim,
    text::{Offsets, Point},
};
use std::fmt::Write;

/// The article.
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

/// The text with a reference behind the last word of every claim.
fn marked(input: &ExportInput) -> String {
    let offsets = Offsets::new(input.text);
    let end = |c: &Claim| Some((offsets.from_point(Point(c.spans.last()?.end)).ok()?.0, c.number));
    let mut ends: Vec<_> = input.claims.claims.iter().filter_map(end).collect();
    ends.sort_unstable();
    let (mut out, mut from) = (String::new(), 0);
    for (at, number) in ends {
        out += &tamed(&input.text[from..at]);
        let _ = write!(out, "[^{number}]");
        from = at;
    }
    out + &tamed(&input.text[from..])
}

/// A part of the article that keeps what a line begins with and its emphasis, and nothing else that Markdown acts on.
fn tamed(words: &str) -> String {
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

/// Words as words: on one line, and every character that Markdown reads as a sign behind a backslash.
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
    // What begins like a list or an underline.
    let digits = out.len() - out.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = digits > 0 && out[digits..].starts_with(['.', ')']);
    if numbered || out.starts_with(['-', '+', '=']) {
        out.insert(digits, '\\');
    }
    out
}
