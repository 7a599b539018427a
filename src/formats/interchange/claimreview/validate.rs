//! Validates reviews by the needs of programs that read ClaimReview: if a necessary field is missing, that is a fault; if a
//! usual one is missing, a warning. Source: schema.org, ClaimReview, Rating and Claim.

use super::NAME;
use crate::formats::{
    interchange::{
        loose::{all, is_a},
        strict::{Field, is_date, is_iri},
        validate::is_of,
    },
    validate::findings::{Findings, Kind},
};
use crate::messages::message;
use serde_json::Value;

/// The names of the vocabulary in a context.
const VOCABULARY: [&str; 4] =
    ["https://schema.org", "http://schema.org", "https://www.schema.org", "http://www.schema.org"];
/// The default ends of a scale: worst and best. Source: schema.org, bestRating and worstRating.
const ENDS: (f64, f64) = (1.0, 5.0);

/// Whether a file declares that it contains reviews: it has one at any depth, or it is an empty graph or feed.
pub fn is_declared_in(whole: &Value) -> bool {
    let mut any = false;
    reviews(&Field::whole(whole), &mut |_| any = true);
    let none = |v: &Value| v.as_array().is_some_and(Vec::is_empty);
    any || names_vocabulary(whole) && (none(&whole["@graph"]) || none(&whole["dataFeedElement"]))
}

/// Validates a file of reviews.
pub fn validate(whole: &Value) -> Findings {
    let mut findings = Findings::of(Kind::ClaimReview);
    let (whole, mut any) = (Field::whole(whole), false);
    whole.each().for_each(|one| context(&one, &mut findings));
    feed(&whole, &mut findings);
    reviews(&whole, &mut |one| {
        any = true;
        review(one, &mut findings);
    });
    if !any {
        findings.odd(&whole, message!("review_none"));
    }
    findings
}

/// Calls `found` for every review, at any depth, but not for reviews inside other reviews.
fn reviews(one: &Field, found: &mut dyn FnMut(&Field)) {
    match one.value {
        Value::Object(o) if is_of(one.value, NAME) || o.contains_key("claimReviewed") => found(one),
        Value::Object(o) => o.keys().for_each(|key| reviews(&one.at(key), found)),
        Value::Array(_) => one.each().for_each(|entry| reviews(&entry, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn names_vocabulary(one: &Value) -> bool {
    let named = |v: &Value| v.as_str().is_some_and(|v| VOCABULARY.contains(&v.trim_end_matches('/')));
    all(&one["@context"]).iter().any(|c| named(c) || named(&c["@vocab"]))
}

fn context(one: &Field, findings: &mut Findings) {
    let context = one.at("@context");
    if !context.is_there() {
        findings.missing(&context, message!("review_vocabulary"));
    } else if !names_vocabulary(one.value) {
        findings.bad(&context, message!("review_vocabulary"));
    }
}

/// Validates a DataFeed and its items.
fn feed(whole: &Field, findings: &mut Findings) {
    let items = whole.at("dataFeedElement");
    if items.is_there() && !is_of(whole.value, "DataFeed") {
        findings.bad(&whole.at("@type"), message!("review_feed"));
    }
    for item in items.each() {
        if !is_of(item.value, "DataFeedItem") {
            findings.bad(&item.at("@type"), message!("review_feed_item"));
        }
        if !item.at("item").is_there() {
            findings.missing(&item.at("item"), message!("review_feed_empty"));
        }
        date(&item.at("dateCreated"), findings);
    }
    date(&whole.at("dateModified"), findings);
}

fn date(field: &Field, findings: &mut Findings) {
    if field.is_there() && !field.text().is_some_and(is_date) {
        findings.bad(field, message!("review_date"));
    }
}

fn review(one: &Field, findings: &mut Findings) {
    if !is_a(one.value, "@type", NAME) {
        findings.needs_text(&one.at("@type"), message!("review_type"));
        if one.at("@type").is_there() {
            findings.bad(&one.at("@type"), message!("review_type"));
        }
    }
    findings.needs_text(&one.at("claimReviewed"), message!("review_claim"));
    from(one, findings);
    rating(&one.at("reviewRating"), findings);
    ["datePublished", "dateModified", "dateCreated"].iter().for_each(|key| date(&one.at(key), findings));
    if !one.at("datePublished").is_there() {
        findings.odd(&one.at("datePublished"), message!("review_no_date"));
    }
    item(&one.at("itemReviewed"), findings);
}

/// Validates the author and the address of a review: one of the two is required.
fn from(one: &Field, findings: &mut Findings) {
    let (url, author) = (one.at("url"), one.at("author"));
    match (url.is_there(), author.is_there()) {
        (false, false) => findings.missing(&url, message!("review_no_place")),
        (false, true) => findings.odd(&url, message!("review_no_url")),
        (true, false) => findings.odd(&author, message!("review_no_author")),
        (true, true) => {}
    }
    if url.is_there() {
        findings.needs_iri(&url, message!("review_url"));
    }
    people(&author, findings);
}

/// Validates people and organisations: each has a name or an address.
fn people(field: &Field, findings: &mut Findings) {
    for somebody in field.each() {
        match somebody.value {
            Value::Object(_) => {
                let (name, url) = (somebody.at("name"), somebody.at("url"));
                if name.text().is_none() && !url.text().is_some_and(is_iri) {
                    findings.needs_text(&name, message!("review_nobody"));
                }
            }
            Value::String(_) => findings.odd(&somebody, message!("review_unnamed")),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                findings.bad(&somebody, message!("review_agent"));
            }
        }
    }
}

/// Validates the rating: it has a name, or a number with the ends of the scale.
fn rating(one: &Field, findings: &mut Findings) {
    match one.value {
        Value::Null => return findings.missing(one, message!("review_no_rating")),
        Value::Object(_) => {}
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            return findings.bad(one, message!("review_rating"));
        }
    }
    if one.at("@type").is_there() && !is_a(one.value, "@type", "Rating") {
        findings.bad(&one.at("@type"), message!("review_rating_type"));
    }
    let (name, number) = (one.at("alternateName"), one.at("ratingValue"));
    if name.is_there() && name.text().is_none() {
        findings.bad(&name, message!("review_rating_words"));
    }
    match (name.is_there(), number.is_there()) {
        (false, false) => findings.missing(&name, message!("review_rating_empty")),
        (false, true) => {
            findings.odd(&name, message!("review_rating_unnamed"));
            let ends = ["bestRating", "worstRating"].map(|key| one.at(key));
            ends.iter().filter(|end| !end.is_there()).for_each(|end| {
                findings.missing(end, message!("review_scale_ends"));
            });
        }
        (true, _) => {}
    }
    within(one, findings);
}

/// Validates that the number is on its scale, for reversed scales too.
fn within(one: &Field, findings: &mut Findings) {
    let [value, worst, best] = ["ratingValue", "worstRating", "bestRating"].map(|key| {
        let field = one.at(key);
        let number = number(field.value);
        if field.is_there() && number.is_none() {
            findings.bad(&field, message!("review_number"));
        }
        (field, number)
    });
    let end = |field: &(Field, Option<f64>), usual| if field.0.is_there() { field.1 } else { Some(usual) };
    let (Some(low), Some(high)) = (end(&worst, ENDS.0), end(&best, ENDS.1)) else { return };
    if worst.0.is_there() && best.0.is_there() && low > high {
        findings.odd(&worst.0, message!("review_scale_turned"));
    }
    if low == high {
        findings.bad(&best.0, message!("review_scale_same"));
    }
    if value.1.is_some_and(|v| v < low.min(high) || v > low.max(high)) {
        findings.bad(&value.0, message!("review_off_scale", low = low.to_string(), high = high.to_string()));
    }
}

/// A number, with or without quotes: schema.org allows both.
fn number(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|n| n.is_finite())
}

/// Validates what was reviewed: the claim, or the work that contains it.
fn item(field: &Field, findings: &mut Findings) {
    if !field.is_there() {
        return findings.odd(field, message!("review_no_item"));
    }
    for one in field.each() {
        if !one.value.is_object() {
            findings.bad(&one, message!("review_item"));
            continue;
        }
        if !is_a(one.value, "@type", "Claim") && !is_a(one.value, "@type", "CreativeWork") {
            let kind = one.at("@type");
            findings.needs_text(&kind, message!("review_item_no_type"));
            if kind.text().is_some() {
                findings.odd(&kind, message!("review_item_type"));
            }
        }
        people(&one.at("author"), findings);
        date(&one.at("datePublished"), findings);
        for place in ["appearance", "firstAppearance"].iter().flat_map(|key| one.at(key).each()) {
            appearance(&place, findings);
        }
    }
}

/// Validates where a claim was made: a work, or its address.
fn appearance(one: &Field, findings: &mut Findings) {
    if one.value.is_object() {
        date(&one.at("datePublished"), findings);
        if one.at("url").is_there() {
            findings.needs_iri(&one.at("url"), message!("review_address"));
        }
    } else {
        findings.needs_iri(one, message!("review_work"));
    }
}
