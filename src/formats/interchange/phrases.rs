//! A claim's verdict, evidence and sources in words, for the formats that people read as text.

use crate::{
    formats::bundle::{Claim, Claims, Evidence, Query, Said, SourceEntry, SourceRef},
    messages::quoted,
};

/// A claim's verdict in words. If the claim's words have changed since, it says so.
pub fn verdict(c: &Claim) -> String {
    match (&c.verdict, c.standing) {
        (Some(v), "checked") => v.label.into(),
        (Some(v), "stale") => format!("Out of date, was: {}", v.label),
        (Some(v), _) => format!("No longer in text, was: {}", v.label),
        (None, "orphaned") => "No longer in text".into(),
        (None, _) => "Not checked".into(),
    }
}

/// The status of a claim in words, from its slug.
pub fn status(standing: &str) -> &str {
    match standing {
        "stale" => "out of date",
        "orphaned" => "no longer in text",
        other => other,
    }
}

/// The claim's current words. If it is no longer in the text: its assertion, or the words of its verdict.
pub fn words(c: &Claim) -> String {
    match (c.quote, c.assertion, &c.verdict) {
        ([], Some(assertion), _) => assertion.into(),
        ([], None, Some(v)) => v.words.join(" … "),
        (quote, _, _) => quote.join(" … "),
    }
}

/// The source of a piece of evidence, unless it is withheld.
pub fn source<'a, 'd>(e: &Evidence, claims: &'a Claims<'d>) -> Option<&'a SourceEntry<'d>> {
    match e.source {
        SourceRef::Number(n) => claims.sources.iter().find(|s| s.number == n),
        SourceRef::Withheld(_) => None,
    }
}

/// A piece of evidence in one line: `supports: The Report, p. 3: “It sank.”`
pub fn evidence(e: &Evidence, claims: &Claims) -> String {
    let from = source(e, claims).map_or("a withheld source".into(), citation);
    let locator = e.locator.map(|l| format!(", {l}")).unwrap_or_default();
    let passage = e.passage.map(|p| format!(": {}", quoted(p))).unwrap_or_default();
    let note = e.note.map(|n| format!(" ({n})")).unwrap_or_default();
    format!("{}: {from}{locator}{passage}{note}", e.stance)
}

/// A source in one line: `A. Author: The Report. Publisher, 2025-08. https://example.org`
pub fn citation(s: &SourceEntry) -> String {
    let by = if s.authors.is_empty() { String::new() } else { format!("{}: ", s.authors.join("; ")) };
    let imprint: Vec<_> = [s.publisher, s.published].into_iter().flatten().collect();
    let imprint = if imprint.is_empty() { String::new() } else { format!(". {}", imprint.join(", ")) };
    let url = s.url.map(|u| format!(". {u}")).unwrap_or_default();
    format!("{by}{}{imprint}{url}", s.title)
}

/// A query in one line, with its answers and whether it is resolved.
pub fn query(q: &Query) -> String {
    let written = |a: &Said| a.writer.zip(a.file).map(|(w, f)| format!(" (written by {w} in {f})"));
    let answers: String =
        q.answers.iter().map(|a| format!(" Answer: {}{}", a.text, written(a).unwrap_or_default())).collect();
    let end = match &q.resolution {
        Some(r) => r.note.map_or(" Resolved.".into(), |n| format!(" Resolved: {n}")),
        None => " Open.".into(),
    };
    format!("{}{answers}{end}", q.text)
}
