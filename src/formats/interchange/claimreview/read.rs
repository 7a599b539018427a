//! Reads ClaimReview as it occurs in practice: by itself, in graphs and feeds, with reversed scales, empty ids and dates in
//! many forms.
//!
//! Somebody else's review is a source: it is imported as evidence on the claim, together with its JSON. It gives no verdict
//! at this desk.

use super::{
    NAME, answer, page,
    rating::{rating_note, stance},
};
use crate::{
    formats::interchange::{
        incoming::{
            ClaimIn, ClaimsIn, EvidenceIn, LeftOut, OwnClaim, OwnVerdict, Quoted, ReadAs, ReadError,
            SourceIn, date, filled, own_claim,
        },
        loose::{all, is_a, json, words},
        markup::plain,
    },
    messages::{Message, message},
    model::SourceKind,
};
use serde_json::Value;
use std::collections::HashMap;

/// How many claims of one review its words are put to as a passage. More would repeat a long text too often.
const MOST_PASSAGES: usize = 5;

/// Whether a text looks like ClaimReview: JSON, or a web page with it.
pub fn fits(text: &str) -> bool {
    let named =
        ["ClaimReview\"", "\"claimReviewed\"", "\"claimReview\""].iter().any(|sign| text.contains(sign));
    text.trim_start().starts_with(['[', '{', '<']) && (named || page::has_data(text))
}

/// Reads the reviews in the text, at any depth.
pub fn read(text: &str) -> Result<ClaimsIn, ReadError> {
    let mut read = ClaimsIn::default();
    let whole = match text.trim_start().starts_with('<') {
        true => page_data(text, &mut read.left_out),
        false => json(NAME, text)?,
    };
    let mut found = Found { graph: named(&whole), ..Found::default() };
    found.collect(&whole);
    if found.reviews.is_empty() && found.answers.is_empty() {
        return Err(ReadError::bad(NAME, Message::verbatim("@type"), message!("review_none_in_file")));
    }
    for (at, review) in found.reviews.iter().enumerate() {
        let claims = found.claims(review);
        if claims.is_empty() {
            let what = words(&review["url"])
                .map_or_else(|| message!("place_review", number = at + 1), Message::verbatim);
            read.left_out.push(LeftOut { what, why: message!("review_no_claim") });
        }
        read.claims.extend(claims);
    }
    read.claims.extend(found.answers.iter().filter_map(|answer| answer::claim(answer)));
    Ok(read)
}

/// The data of a page as one list. A block that is no JSON is left out.
fn page_data(text: &str, left_out: &mut Vec<LeftOut>) -> Value {
    let mut all = Vec::new();
    for (at, block) in page::data(text).iter().enumerate() {
        match serde_json::from_str(block) {
            Ok(value) => all.push(value),
            Err(e) => left_out.push(LeftOut {
                what: message!("place_block", number = at + 1),
                why: message!("finding_no_json", e = e.to_string()),
            }),
        }
    }
    Value::Array(all)
}

/// The objects of a graph by their ids, for references from one to another.
fn named(whole: &Value) -> HashMap<&str, &Value> {
    let (mut all, mut open) = (HashMap::new(), vec![whole]);
    while let Some(value) = open.pop() {
        if let (Some(id), Some(o)) = (value["@id"].as_str(), value.as_object())
            && o.len() > 1
        {
            all.entry(id).or_insert(value);
        }
        match value {
            Value::Object(o) => open.extend(o.values()),
            Value::Array(list) => open.extend(list),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    all
}

/// The reviews of a file, and the claims of an answer of Google's Fact Check API.
#[derive(Default)]
struct Found<'v> {
    graph: HashMap<&'v str, &'v Value>,
    reviews: Vec<&'v Value>,
    answers: Vec<&'v Value>,
}

impl<'v> Found<'v> {
    fn collect(&mut self, value: &'v Value) {
        match value {
            Value::Object(_) if is_a(value, "@type", NAME) || is_a(value, "type", NAME) => {
                self.reviews.push(value)
            }
            Value::Object(o) if o.contains_key("claimReview") && o.contains_key("text") => {
                self.answers.push(value)
            }
            Value::Object(o) => o.values().for_each(|v| self.collect(v)),
            Value::Array(all) => all.iter().for_each(|v| self.collect(v)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// The object that a value refers to by its id; the value itself if it refers to none.
    fn meant(&self, value: &'v Value) -> &'v Value {
        let only_id = value.as_object().is_some_and(|o| o.len() == 1);
        let id = value["@id"].as_str().filter(|_| only_id);
        id.and_then(|id| self.graph.get(id)).copied().unwrap_or(value)
    }

    /// The claims of a review: those it is about, by their words or by what it says was reviewed.
    fn claims(&self, review: &'v Value) -> Vec<ClaimIn> {
        let items: Vec<&Value> = all(&review["itemReviewed"]).iter().map(|item| self.meant(item)).collect();
        let reviewed: Vec<(String, Option<&Value>)> = all(&review["claimReviewed"])
            .iter()
            .filter_map(|c| Some((claimed(self.meant(c))?, items.first().copied())))
            .collect();
        let told = |item: &&'v Value| Some((spoken(&item["text"])?, Some(*item)));
        let by_words: Vec<_> = items.iter().filter_map(told).collect();
        let one = (reviewed.len() == 1).then(|| reviewed[0].0.clone());
        let named = || items.iter().filter_map(|i| Some((spoken(&i["name"])?, Some(*i)))).collect();
        // Several claims reviewed at once are each a claim, unless the items say the words of each.
        let all = match (by_words.is_empty(), reviewed.is_empty()) {
            (false, _) if by_words.len() >= reviewed.len() => by_words,
            (_, false) => reviewed,
            (_, true) => named(),
        };
        let first = all.first().map(|(quote, _)| one.clone().unwrap_or_else(|| quote.clone()));
        let mut evidence = self.evidence(review, &first.unwrap_or_default());
        let own = self.own(review, &evidence);
        let mut claims = Vec::with_capacity(all.len());
        for (quote, item) in all {
            let assertion = one.clone().filter(|c| *c != quote);
            let claimant = item.and_then(|i| self.names(&i["author"]).into_iter().next());
            let quotes = vec![Quoted { exact: quote, ..Quoted::default() }];
            let shared = vec![evidence.clone()];
            // Its JSON is attached once: all claims of a review share the source.
            evidence.source.raw = None;
            evidence.passage = evidence.passage.filter(|_| claims.len() + 1 < MOST_PASSAGES);
            let own = own.clone();
            claims.push(ClaimIn { quotes, assertion, claimant, evidence: shared, remarks: Vec::new(), own });
        }
        claims
    }

    /// The claim of a desk that wrote this review, and its verdict.
    fn own(&self, review: &'v Value, evidence: &EvidenceIn) -> Option<OwnClaim> {
        let rating = all(&review["reviewRating"]).first().map_or(&Value::Null, |r| self.meant(r));
        let label = words(&rating["alternateName"]);
        let verdict = label.zip(evidence.passage.clone()).map(|(label, rationale)| OwnVerdict {
            label,
            rationale,
            read_as: ReadAs::Evidence,
        });
        Some(OwnClaim { claim: own_claim(&review["@id"])?, verdict })
    }

    fn evidence(&self, review: &'v Value, claimed: &str) -> EvidenceIn {
        let rating = all(&review["reviewRating"]).first().map_or(&Value::Null, |r| self.meant(r));
        let headline = spoken(&review["headline"]).or_else(|| spoken(&review["name"]));
        let mut source = SourceIn::new(
            SourceKind::Review,
            headline.unwrap_or_else(|| format!("Fact-check of {}", crate::messages::quoted(claimed))),
        );
        let written = words(&review["datePublished"]).or_else(|| words(&review["dateCreated"]));
        source.authors = self.names(&review["author"]);
        source.publisher = self.names(&review["publisher"]).into_iter().next();
        source.published = written.as_deref().and_then(date);
        source.url = words(&review["url"]).filter(|u| u.starts_with("http"));
        source.note = written.filter(|_| source.published.is_none()).map(|d| format!("Published: {d}"));
        source.raw = serde_json::to_vec_pretty(review).ok().map(|bytes| ("claimreview.json".into(), bytes));
        EvidenceIn {
            source,
            stance: stance(rating),
            passage: spoken(&rating["ratingExplanation"]).or_else(|| spoken(&review["reviewBody"])),
            locator: None,
            note: rating_note(rating),
        }
    }

    /// The names of people and organisations: objects, texts, or lists of either.
    fn names(&self, value: &'v Value) -> Vec<String> {
        let named = |v: &'v Value| if v.is_object() { spoken(&self.meant(v)["name"]) } else { spoken(v) };
        all(value).iter().filter_map(named).collect()
    }
}

/// The words of a claim: a text, or an object with its text or name.
fn claimed(value: &Value) -> Option<String> {
    if value.is_object() {
        spoken(&value["text"]).or_else(|| spoken(&value["name"])).or_else(|| spoken(value))
    } else {
        spoken(value)
    }
}

/// A text without HTML in it.
fn spoken(value: &Value) -> Option<String> {
    filled(&plain(&words(value)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_review_are_put_to_its_first_claims_only() {
        let reviewed: Vec<String> = (0..20).map(|n| format!("It rained {n} times")).collect();
        let review =
            serde_json::json!({ "@type": NAME, "claimReviewed": reviewed, "reviewBody": "It did not" });
        let claims = read(&review.to_string()).unwrap().claims;
        let with = claims.iter().filter(|c| c.evidence[0].passage.is_some()).count();
        assert_eq!((claims.len(), with), (20, MOST_PASSAGES));
    }
}
