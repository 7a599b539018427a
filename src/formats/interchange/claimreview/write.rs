//! Writes claims as ClaimReview. Only verdicts that hold are exported: a reader of a feed sees the rating but not the
//! standing, so a stale rating would seem to apply to new words. A claim without a verdict is not a review.

use super::NAME;
use crate::{
    formats::{
        bundle::{Claim, Claims, Verdict},
        interchange::{
            ExportInput, WriteError, phrases,
            strict::{is_date, is_iri},
        },
    },
    model::{Dossier, Scale},
};
use serde_json::{Map, Value, json};

const VOCABULARY: &str = "https://schema.org";

/// Writes one review by itself, or several as a graph.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let mut reviews = reviews(&input.claims, input.dossier);
    let whole = if reviews.len() == 1 {
        let mut one = Map::from_iter([("@context".to_owned(), VOCABULARY.into())]);
        one.extend(reviews.remove(0));
        Value::Object(one)
    } else {
        graph(reviews)
    };
    bytes(&whole)
}

/// Several reviews in one document.
pub fn graph(reviews: Vec<Map<String, Value>>) -> Value {
    json!({ "@context": VOCABULARY, "@graph": reviews })
}

/// Writes all reviews as a feed.
pub fn write_feed(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let newest = input.dossier.newest();
    let entry = |review: Map<String, Value>| json!({ "@type": "DataFeedItem", "dateCreated": review.get("datePublished"), "item": [review] });
    let feed = json!({
        "@context": VOCABULARY, "@type": "DataFeed", "name": input.claims.article.title,
        "dateModified": newest.to_string(),
        "dataFeedElement": reviews(&input.claims, input.dossier).into_iter().map(entry).collect::<Vec<_>>(),
    });
    bytes(&feed)
}

fn bytes(json: &Value) -> Result<Vec<u8>, WriteError> {
    let mut made = serde_json::to_vec_pretty(json).map_err(|e| WriteError::Format(NAME, e.to_string()))?;
    made.push(b'\n');
    Ok(made)
}

/// A review for each claim whose verdict holds.
pub fn reviews(claims: &Claims, dossier: &Dossier) -> Vec<Map<String, Value>> {
    let holding = claims.claims.iter().filter(|c| c.standing == "checked");
    holding.filter_map(|c| Some(review(c, c.verdict.as_ref()?, claims, dossier))).collect()
}

fn review(c: &Claim, v: &Verdict, claims: &Claims, dossier: &Dossier) -> Map<String, Value> {
    let info = &claims.article.info;
    let words = phrases::words(c);
    let id = format!("urn:uuid:{}", c.id);
    let cited = c.evidence.iter().filter_map(|e| phrases::source(e, claims)).map(|s| {
        some([
            ("@type", Some("CreativeWork".into())),
            ("name", Some(s.title.into())),
            ("url", address(s.url)),
            ("author", people(s.authors)),
            ("datePublished", s.published.map(Into::into)),
        ])
    });
    let cited: Vec<_> = cited.collect();
    some([
        ("@type", Some(NAME.into())),
        ("@id", Some(id.clone().into())),
        // A reader needs an address: the article's own, if it is known.
        ("url", address(info.url).or(Some(id.into()))),
        ("datePublished", v.at.get(..10).map(Into::into)),
        ("author", v.by.map(|by| json!({ "@type": "Person", "name": by }))),
        ("publisher", info.outlet.map(|o| json!({ "@type": "Organization", "name": o }))),
        ("inLanguage", info.language.map(Into::into)),
        ("claimReviewed", Some(c.assertion.map_or_else(|| words.clone(), Into::into).into())),
        ("reviewRating", Some(rating(v, dossier).into())),
        ("reviewBody", Some(v.rationale.into())),
        ("itemReviewed", Some(reviewed(c, &words, claims).into())),
        ("citation", Some(cited).filter(|c| !c.is_empty()).map(Into::into)),
    ])
}

fn reviewed(c: &Claim, words: &str, claims: &Claims) -> Map<String, Value> {
    let info = &claims.article.info;
    let place = some([
        ("@type", Some("CreativeWork".into())),
        ("headline", claims.article.headline.map(Into::into)),
        ("url", address(info.url)),
        ("datePublished", day(info.date)),
    ]);
    some([
        ("@type", Some("Claim".into())),
        ("text", Some(words.into())),
        ("author", c.claimant.map(|n| json!({ "@type": "Person", "name": n }))),
        ("datePublished", day(info.date)),
        ("appearance", Some(place.into())),
    ])
}

/// The rating: always its name; its number only if both ends of its scale are known.
fn rating(v: &Verdict, dossier: &Dossier) -> Map<String, Value> {
    let numbered = v.value.zip(ends(v.scale, dossier));
    some([
        ("@type", Some("Rating".into())),
        ("alternateName", Some(v.label.into())),
        ("ratingValue", numbered.map(|(n, _)| n.into())),
        ("bestRating", numbered.map(|(_, (_, best))| best.into())),
        ("worstRating", numbered.map(|(_, (worst, _))| worst.into())),
        ("ratingExplanation", Some(v.rationale.into())),
    ])
}

/// The lowest and highest number of a scale.
fn ends(name: &str, dossier: &Dossier) -> Option<(i64, i64)> {
    let default = Scale::default_scale();
    let own = dossier.state.scales.values().map(|s| &s.value);
    let scale = own.chain([&default]).find(|s| s.name == name)?;
    let values = || scale.ratings.iter().filter_map(|r| r.value);
    values().min().zip(values().max()).filter(|(worst, best)| worst < best)
}

/// The address, if it is an IRI.
fn address(url: Option<&str>) -> Option<Value> {
    url.filter(|url| is_iri(url)).map(Into::into)
}

/// The date, if it is one of ISO 8601.
fn day(date: Option<&str>) -> Option<Value> {
    date.filter(|date| is_date(date)).map(Into::into)
}

fn people(names: &[String]) -> Option<Value> {
    let all: Vec<Value> = names.iter().map(|n| json!({ "@type": "Person", "name": n })).collect();
    (!all.is_empty()).then(|| all.into())
}

/// An object of the fields that have a value.
fn some<const N: usize>(fields: [(&str, Option<Value>); N]) -> Map<String, Value> {
    fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}
