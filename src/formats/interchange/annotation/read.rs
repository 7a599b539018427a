//! Reads annotations: one, a list, a page, a collection, exports of Hypothesis and answers of its API.
//!
//! A file that breaks a rule of the model is refused, and the error names the field. A valid annotation that is not a claim,
//! such as a note on a whole page or a reply, is listed as left out.

use super::NAME;
use crate::{
    formats::interchange::{
        incoming::{
            ClaimIn, ClaimsIn, EvidenceIn, LeftOut, OwnClaim, OwnVerdict, Quoted, ReadAs, ReadError,
            SourceIn, filled, own_claim,
        },
        loose::{all, is_a, json, words},
    },
    messages::{Message, message},
    model::{SourceKind, Stance, Standing},
    text::{Point, Range},
};
use serde_json::Value;

/// Whether a text looks like annotations.
pub fn fits(text: &str) -> bool {
    let signs =
        ["anno.jsonld", "TextQuoteSelector", "\"Annotation\"", "\"export_userid\"", "\"AnnotationPage\""];
    text.trim_start().starts_with(['[', '{']) && signs.iter().any(|s| text.contains(s))
}

/// The claims in the text. Annotations on the same words are one claim.
pub fn read(text: &str) -> Result<ClaimsIn, ReadError> {
    let whole = json(NAME, text)?;
    let (at, items, ours) = listed(&whole);
    let mut read = ClaimsIn::default();
    for (n, item) in items.iter().enumerate() {
        let at = if items.len() == 1 && at.is_empty() { String::new() } else { format!("{at}[{n}].") };
        let item = Item { at, item, linked: ours && item["uri"].is_null() };
        match item.read()? {
            Ok(claim) => join(&mut read.claims, claim),
            Err(left) => read.left_out.push(left),
        }
    }
    Ok(read)
}

/// The annotations of a file: their path, the list, and whether they are real Web Annotations.
fn listed(whole: &Value) -> (&'static str, &[Value], bool) {
    let lists: [(&str, &Value, bool); 4] = [
        ("items", &whole["items"], true),
        ("first.items", &whole["first"]["items"], true),
        ("annotations", &whole["annotations"], false),
        ("rows", &whole["rows"], false),
    ];
    let found = lists.into_iter().find(|(_, list, _)| list.is_array());
    found.map_or(("", all(whole), true), |(at, list, proper)| (at, all(list), proper))
}

fn join(claims: &mut Vec<ClaimIn>, mut claim: ClaimIn) {
    let rated = |c: &ClaimIn| c.own.as_ref().is_some_and(|own| own.verdict.is_some());
    match claims.iter_mut().find(|c| c.quotes == claim.quotes && !(rated(c) && rated(&claim))) {
        Some(known) => {
            known.own = known.own.take().filter(|_| !rated(&claim)).or(claim.own);
            known.evidence.append(&mut claim.evidence);
            known.remarks.append(&mut claim.remarks);
            known.assertion = known.assertion.take().or(claim.assertion);
        }
        None => claims.push(claim),
    }
}

/// One annotation of a file.
struct Item<'v> {
    /// Its path, with a full stop at the end.
    at: String,
    item: &'v Value,
    /// Whether it must follow all rules of the model.
    linked: bool,
}

impl Item<'_> {
    fn bad(&self, field: &str, why: Message) -> ReadError {
        ReadError::bad(NAME, Message::verbatim(format!("{}{field}", self.at)), why)
    }

    fn read(&self) -> Result<Result<ClaimIn, LeftOut>, ReadError> {
        self.keeps_the_rules()?;
        let left = |why| Ok(Err(LeftOut { what: Message::verbatim(self.called()), why }));
        if all(&self.item["references"]).iter().any(Value::is_string) {
            return left(message!("entry_reply"));
        }
        let mut quotes = Vec::new();
        for (n, target) in all(&self.item["target"]).iter().enumerate() {
            quotes.extend(self.quoted(&format!("target[{n}]"), &target["selector"])?);
        }
        if quotes.is_empty() {
            return left(message!("entry_no_quote"));
        }
        let mut claim = ClaimIn { quotes, ..ClaimIn::default() };
        self.bodies(&mut claim)?;
        Ok(Ok(claim))
    }

    /// Checks the rules of the model. Source: Web Annotation Data Model, 3.1 and 3.2.4.
    fn keeps_the_rules(&self) -> Result<(), ReadError> {
        let item = self.item;
        if !item.is_object() {
            return Err(self.bad("", message!("annotation_no_object")));
        }
        if item["target"].is_null() || all(&item["target"]).is_empty() {
            return Err(self.bad("target", message!("annotation_no_target")));
        }
        if self.linked && !is_a(item, "type", "Annotation") {
            return Err(self.bad("type", message!("annotation_type")));
        }
        if self.linked && !item["id"].as_str().is_some_and(|id| id.contains(':')) {
            return Err(self.bad("id", message!("annotation_id")));
        }
        if !item["body"].is_null() && !item["bodyValue"].is_null() {
            return Err(self.bad("bodyValue", message!("annotation_two_bodies")));
        }
        Ok(())
    }

    /// A name for the annotation that a person recognises: its words, its id or its path.
    fn called(&self) -> String {
        let bodies = all(&self.item["body"]).iter().find_map(|b| words(&b["value"]));
        let text = words(&self.item["text"]).or(bodies).or_else(|| words(&self.item["bodyValue"]));
        text.or_else(|| words(&self.item["id"])).unwrap_or_else(|| self.at.trim_end_matches('.').into())
    }

    /// Reads the quotation of a target, if it has one.
    fn quoted(&self, at: &str, selector: &Value) -> Result<Option<Quoted>, ReadError> {
        let (mut quote, mut position) = (None, None);
        for s in all(selector).iter().flat_map(chained) {
            if is_a(s, "type", "TextQuoteSelector") {
                let exact = s["exact"].as_str().filter(|e| !e.trim().is_empty());
                let missing = || self.bad(&format!("{at}.selector.exact"), message!("selector_no_exact"));
                let side = |key: &str| s[key].as_str().unwrap_or_default().to_owned();
                let exact = exact.ok_or_else(missing)?.to_owned();
                quote.get_or_insert(Quoted {
                    exact,
                    prefix: side("prefix"),
                    suffix: side("suffix"),
                    position: None,
                });
            } else if is_a(s, "type", "TextPositionSelector") {
                position = Some(self.position(at, s)?);
            }
        }
        // Hypothesis counts UTF-16 units of the web page, which is not a position in this text.
        Ok(quote.map(|q| Quoted { position: position.filter(|_| self.linked), ..q }))
    }

    fn position(&self, at: &str, s: &Value) -> Result<Range<Point>, ReadError> {
        let number = |key: &str| {
            let n = s[key].as_u64().and_then(|n| usize::try_from(n).ok());
            n.ok_or_else(|| self.bad(&format!("{at}.selector.{key}"), message!("selector_whole_number")))
        };
        let (start, end) = (number("start")?, number("end")?);
        if start > end {
            return Err(self.bad(&format!("{at}.selector.end"), message!("selector_position_ends")));
        }
        Ok(Range::new(Point(start), Point(end)))
    }

    fn bodies(&self, claim: &mut ClaimIn) -> Result<(), ReadError> {
        let (mut rating, mut rationale) = (None, None);
        let motivation =
            all(&self.item["motivation"]).first().and_then(Value::as_str).unwrap_or("commenting");
        for (n, body) in all(&self.item["body"]).iter().map(preferred).enumerate() {
            let purpose = all(&body["purpose"]).first().and_then(Value::as_str).unwrap_or(motivation);
            let Some(text) = words(&body["value"]) else {
                claim.evidence.push(self.linked_to(n, body)?);
                continue;
            };
            match purpose {
                "describing" if claim.assertion.is_none() => claim.assertion = Some(text),
                "classifying" => rating = Some(text),
                "assessing" => rationale = Some(text),
                "tagging" if text.parse::<Standing>().is_ok() => {}
                "tagging" => claim.remarks.push(format!("Tag: {text}")),
                "questioning" => claim.remarks.push(text),
                _ => claim.remarks.push(self.signed(&text)),
            }
        }
        let rated = self.rated(rating.as_deref(), rationale.as_deref());
        claim.own = own_claim(&self.item["id"]).map(|claim| {
            let told = rating.zip(rationale).zip(rated.clone());
            let verdict = told.map(|((label, rationale), remark)| OwnVerdict {
                label,
                rationale,
                read_as: ReadAs::Remark(remark),
            });
            OwnClaim { claim, verdict }
        });
        claim.remarks.extend(rated);
        let plain = [&self.item["bodyValue"], &self.item["text"]].into_iter().filter_map(words);
        claim.remarks.extend(plain.map(|text| self.signed(&text)));
        let tags: Vec<_> = all(&self.item["tags"]).iter().filter_map(words).collect();
        claim.remarks.extend((!tags.is_empty()).then(|| format!("Tags: {}", tags.join(", "))));
        Ok(())
    }

    /// A rating and its rationale, as a remark in words. It is not a verdict: only a person at this desk gives verdicts.
    fn rated(&self, rating: Option<&str>, rationale: Option<&str>) -> Option<String> {
        let by = self.creator().map(|n| format!(" by {n}")).unwrap_or_default();
        match (rating, rationale) {
            (Some(rating), Some(why)) => Some(format!("Rated “{rating}”{by}: {why}")),
            (Some(rating), None) => Some(format!("Rated “{rating}”{by}")),
            (None, Some(why)) => Some(format!("Judged{by}: {why}")),
            (None, None) => None,
        }
    }

    fn signed(&self, text: &str) -> String {
        self.creator().map_or_else(|| text.into(), |by| format!("{by}: {text}"))
    }

    fn creator(&self) -> Option<String> {
        let creator = all(&self.item["creator"]).first().unwrap_or(&Value::Null);
        let shown = words(&creator["name"]).or_else(|| words(&self.item["user_info"]["display_name"]));
        let account = || words(&self.item["user"]).map(|u| u.trim_start_matches("acct:").to_owned());
        shown.or_else(account)
    }

    /// Reads a body that is another resource, or only its address, as a source.
    fn linked_to(&self, n: usize, body: &Value) -> Result<EvidenceIn, ReadError> {
        let source = if body["source"].is_null() { body } else { &body["source"] };
        let id = source.as_str().or_else(|| source["id"].as_str()).and_then(filled);
        let id = id.ok_or_else(|| self.bad(&format!("body[{n}]"), message!("annotation_empty_body")))?;
        let title = words(&source["label"]).unwrap_or_else(|| id.clone());
        let kind = if id.starts_with("http") { SourceKind::Webpage } else { SourceKind::Document };
        let mut from = SourceIn::new(kind, title);
        from.authors = all(&source["creator"]).iter().filter_map(|c| words(&c["name"])).collect();
        from.url = Some(id).filter(|id| !id.starts_with("urn:uuid:"));
        let selectors: Vec<_> = all(&body["selector"]).iter().flat_map(chained).collect();
        let part = |kind: &str, key: &str| {
            selectors.iter().find(|s| is_a(s, "type", kind)).and_then(|s| words(&s[key]))
        };
        Ok(EvidenceIn {
            source: from,
            stance: words(&body["label"]).and_then(|l| l.parse().ok()).unwrap_or(Stance::Context),
            passage: part("TextQuoteSelector", "exact"),
            locator: part("FragmentSelector", "value"),
            note: None,
        })
    }
}

/// The first of several bodies to choose from: the default choice, by the model.
fn preferred(body: &Value) -> &Value {
    if is_a(body, "type", "Choice") { all(&body["items"]).first().unwrap_or(body) } else { body }
}

/// A selector and the chain of selectors that refine it.
fn chained(selector: &Value) -> Vec<&Value> {
    let mut chain = vec![selector];
    while let Some(next) = chain.last().and_then(|s| s.get("refinedBy")) {
        chain.push(next);
    }
    chain
}
