//! Reads ClaimReview as it occurs in practice: by itself, in graphs and feeds, with reversed scales, empty ids and dates in
//! many forms.
//!
//! Somebody else's review is a source: it is imported as evidence on the claim, together with its JSON. It gives no verdict
//! at this desk.

use super::NAME;
use crate::{
    formats::interchange::{
        incoming::{ClaimIn, ClaimsIn, EvidenceIn, LeftOut, Quoted, ReadError, SourceIn, date},
        loose::{all, is_a, json, number, words},
    },
    model::{SourceKind, Stance},
};
use serde_json::Value;

/// Names of ratings that refute a claim, and of those that support it ([`HOLDS`]), in the most common languages.
const FAILS: [&str; 12] = [
    "false",
    "fake",
    "incorrect",
    "wrong",
    "pants on fire",
    "four pinocchios",
    "faux",
    "falsch",
    "falso",
    "hoax",
    "falsa",
    "fabricated",
];
const HOLDS: [&str; 9] =
    ["true", "correct", "accurate", "vrai", "richtig", "wahr", "verdadero", "verdadeiro", "vero"];

/// Whether a text looks like ClaimReview.
pub fn fits(text: &str) -> bool {
    text.trim_start().starts_with(['[', '{'])
        && (text.contains("ClaimReview\"") || text.contains("\"claimReviewed\""))
}

/// Reads the reviews in the text, at any depth.
pub fn read(text: &str) -> Result<ClaimsIn, ReadError> {
    let whole = json(NAME, text)?;
    let mut found = Vec::new();
    collect(&whole, &mut found);
    if found.is_empty() {
        return Err(ReadError::bad(NAME, "@type", "nothing in the file is of the type ClaimReview"));
    }
    let mut read = ClaimsIn::default();
    for (at, review) in found.into_iter().enumerate() {
        match claim(review) {
            Some(claim) => read.claims.push(claim),
            None => {
                let what = words(&review["url"]).unwrap_or_else(|| format!("review {}", at + 1));
                read.left_out
                    .push(LeftOut { what, why: "it names no claim: 'claimReviewed' is empty".into() });
            }
        }
    }
    Ok(read)
}

fn collect<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(_) if is_a(value, "@type", NAME) || is_a(value, "type", NAME) => found.push(value),
        Value::Object(o) => o.values().for_each(|v| collect(v, found)),
        Value::Array(all) => all.iter().for_each(|v| collect(v, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn claim(review: &Value) -> Option<ClaimIn> {
    let claimed = words(&review["claimReviewed"]);
    let item = &review["itemReviewed"];
    let claim_text = words(&item["text"]).or_else(|| claimed.clone()).or_else(|| words(&item["name"]))?;
    let assertion = claimed.filter(|c| *c != claim_text);
    let quote = Quoted { exact: claim_text.clone(), ..Quoted::default() };
    let claimant = names(&item["author"]).into_iter().next();
    let evidence = vec![evidence(review, assertion.as_ref().unwrap_or(&claim_text))];
    Some(ClaimIn { quotes: vec![quote], assertion, claimant, evidence, remarks: Vec::new() })
}

fn evidence(review: &Value, claimed: &str) -> EvidenceIn {
    let rating = all(&review["reviewRating"]).first().unwrap_or(&Value::Null);
    let headline = words(&review["headline"]).or_else(|| words(&review["name"]));
    let mut source = SourceIn::new(
        SourceKind::Review,
        headline.unwrap_or_else(|| format!("Fact-check of {}", crate::messages::quoted(claimed))),
    );
    let written = words(&review["datePublished"]).or_else(|| words(&review["dateCreated"]));
    source.authors = names(&review["author"]);
    source.publisher = names(&review["publisher"]).into_iter().next();
    source.published = written.as_deref().and_then(date);
    source.url = words(&review["url"]).filter(|u| u.starts_with("http"));
    source.note = written.filter(|_| source.published.is_none()).map(|d| format!("Published: {d}"));
    source.raw = serde_json::to_vec_pretty(review).ok().map(|bytes| ("claimreview.json".into(), bytes));
    EvidenceIn {
        source,
        stance: stance(rating),
        passage: words(&rating["ratingExplanation"]).or_else(|| words(&review["reviewBody"])),
        locator: None,
        note: rating_note(rating),
    }
}

/// The names of people and organisations: objects, texts, or lists of either.
fn names(value: &Value) -> Vec<String> {
    all(value).iter().filter_map(|v| if v.is_object() { words(&v["name"]) } else { words(v) }).collect()
}

/// The rating in words, with its number as written.
fn rating_note(rating: &Value) -> Option<String> {
    let name = label(rating);
    let number = words(&rating["ratingValue"]).filter(|n| Some(n) != name.as_ref());
    let ends = words(&rating["worstRating"]).zip(words(&rating["bestRating"]));
    let number = number.map(|n| match ends {
        Some((worst, best)) => format!("{n}, where {worst} is worst and {best} best"),
        None => n,
    });
    match (name, number) {
        (Some(name), Some(number)) => Some(format!("Rated: {name} ({number})")),
        (Some(one), None) | (None, Some(one)) => Some(format!("Rated: {one}")),
        (None, None) => None,
    }
}

fn label(rating: &Value) -> Option<String> {
    let named = || words(&rating["alternateName"]).or_else(|| words(&rating["name"]));
    if rating.is_object() { named() } else { words(rating) }
}

/// The stance of a rating. If its number and its name contradict each other, the scale was probably reversed by mistake, so
/// neither counts.
fn stance(rating: &Value) -> Stance {
    let by_number = share(rating).map(|s| match s {
        s if s >= 0.75 => Stance::Supports,
        s if s <= 0.25 => Stance::Refutes,
        _ => Stance::Context,
    });
    let name = label(rating).unwrap_or_default().to_lowercase();
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    let by_name = if FAILS.contains(&name) {
        Some(Stance::Refutes)
    } else if HOLDS.contains(&name) {
        Some(Stance::Supports)
    } else {
        None
    };
    match (by_number, by_name) {
        (Some(number), Some(name)) if number != name => Stance::Context,
        (number, name) => name.or(number).unwrap_or(Stance::Context),
    }
}

/// The position of a rating on its scale, from 0 (worst) to 1 (best), for reversed scales too; `None` if it is outside.
/// Source: schema.org, Rating: by default 5 is best and 1 is worst.
fn share(rating: &Value) -> Option<f64> {
    let value = number(&rating["ratingValue"])?;
    let best = number(&rating["bestRating"]).unwrap_or(5.0);
    let worst = number(&rating["worstRating"]).unwrap_or(1.0);
    let share = (value - worst) / (best - worst);
    (0.0..=1.0).contains(&share).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_rating_is_read_whichever_way_its_scale_runs() {
        let rated = |v: Value, best: Value, worst: Value, name: &str| {
            stance(
                &json!({ "ratingValue": v, "bestRating": best, "worstRating": worst, "alternateName": name }),
            )
        };
        assert_eq!(rated(json!(1), json!(5), json!(1), "Nope"), Stance::Refutes);
        assert_eq!(rated(json!("5"), json!("1"), json!("5"), "Nope"), Stance::Refutes);
        assert_eq!(rated(json!("1"), json!("1"), json!("5"), "Yes"), Stance::Supports);
        assert_eq!(rated(json!("4,8"), Value::Null, Value::Null, "Nearly"), Stance::Supports);
        assert_eq!(
            rated(json!(5), json!(5), json!(1), "FALSE!"),
            Stance::Context,
            "number and name disagree"
        );
        assert_eq!(
            rated(json!(-1), json!(5), json!(1), "Faux"),
            Stance::Refutes,
            "the number is off the scale"
        );
        assert_eq!(rated(json!(3), json!(3), json!(3), ""), Stance::Context);
        assert_eq!(stance(&json!("False")), Stance::Refutes);
        assert_eq!(stance(&Value::Null), Stance::Context);
    }
}
