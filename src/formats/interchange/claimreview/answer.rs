//! Reads answers of Google's Fact Check API: claims, each with the reviews of it.

use super::rating::stance;
use crate::{
    formats::interchange::{
        incoming::{ClaimIn, EvidenceIn, Quoted, SourceIn, date},
        loose::{all, words},
        markup::plain,
    },
    model::SourceKind,
};
use serde_json::Value;

/// The claim of an answer; `None` if it has no words.
pub fn claim(answer: &Value) -> Option<ClaimIn> {
    let exact = text(&answer["text"])?;
    let claimed =
        words(&answer["claimDate"]).map(|d| format!("Claimed: {}", d.split('T').next().unwrap_or_default()));
    let evidence =
        all(&answer["claimReview"]).iter().map(|review| evidence(review, &exact, claimed.as_deref()));
    Some(ClaimIn {
        evidence: evidence.collect(),
        claimant: text(&answer["claimant"]),
        quotes: vec![Quoted { exact, ..Quoted::default() }],
        ..ClaimIn::default()
    })
}

fn evidence(review: &Value, claim: &str, claimed: Option<&str>) -> EvidenceIn {
    let title =
        text(&review["title"]).unwrap_or_else(|| format!("Fact-check of {}", crate::messages::quoted(claim)));
    let mut source = SourceIn::new(SourceKind::Review, title);
    let publisher = &review["publisher"];
    let written = words(&review["reviewDate"]);
    source.publisher = text(&publisher["name"]).or_else(|| text(&publisher["site"]));
    source.published = written.as_deref().and_then(date);
    source.url = words(&review["url"]).filter(|u| u.starts_with("http"));
    let language = words(&review["languageCode"]).map(|l| format!("Language: {l}"));
    let odd = written.filter(|_| source.published.is_none()).map(|d| format!("Published: {d}"));
    let lines: Vec<String> = odd.into_iter().chain(language).collect();
    source.note = Some(lines.join("\n")).filter(|n| !n.is_empty());
    source.raw = serde_json::to_vec_pretty(review).ok().map(|bytes| ("claimreview.json".into(), bytes));
    let rated = text(&review["textualRating"]).map(|r| format!("Rated: {r}"));
    let note: Vec<String> = rated.into_iter().chain(claimed.map(Into::into)).collect();
    EvidenceIn {
        source,
        stance: stance(&review["textualRating"]),
        passage: None,
        locator: None,
        note: Some(note.join("\n")).filter(|n| !n.is_empty()),
    }
}

fn text(value: &Value) -> Option<String> {
    Some(plain(&words(value)?)).filter(|t| !t.is_empty())
}
