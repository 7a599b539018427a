//! Writes claims as a collection of annotations. Only verdicts that hold are exported: an annotation cannot say that its
//! words have changed since. A claim that is no longer in the text has no target and is left out.

use super::NAME;
use crate::{
    formats::{
        bundle::{Claim, Evidence, Placed, Query, SourceEntry},
        interchange::{ExportInput, WriteError, phrases, strict::is_iri},
    },
    text::{Offsets, Point, Range},
};
use serde_json::{Map, Value, json};

/// How many characters before and after a quotation are written, so that programs can find it again.
const AROUND: usize = 32;

/// Writes the collection, with all annotations on one page.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let items = annotations(input);
    let article = format!("urn:uuid:{}", input.claims.article.id);
    let collection = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("{article}#claims"),
        "type": "AnnotationCollection",
        "label": input.claims.article.title,
        "total": items.len(),
        "first": { "id": format!("{article}#claims-1"), "type": "AnnotationPage", "startIndex": 0, "items": items },
    });
    let mut made =
        serde_json::to_vec_pretty(&collection).map_err(|e| WriteError::Format(NAME, e.to_string()))?;
    made.push(b'\n');
    Ok(made)
}

fn annotations(input: &ExportInput) -> Vec<Value> {
    let offsets = Offsets::new(input.text);
    let placed = input.claims.claims.iter().filter(|c| !c.spans.is_empty());
    let claims = placed.map(|c| claim(c, input, &offsets));
    claims.chain(input.claims.queries.iter().map(|q| on_the_whole(q, input))).collect()
}

fn claim(c: &Claim, input: &ExportInput, offsets: &Offsets) -> Value {
    let bodies = bodies(c, input);
    let mut all = head(&c.id, c.by, &c.at);
    let holds = c.standing == "checked";
    all.insert("motivation".into(), if holds { "assessing" } else { "highlighting" }.into());
    if !bodies.is_empty() {
        all.insert("body".into(), bodies.into());
    }
    let mut targets: Vec<Value> = c.spans.iter().map(|s| target(*s, input, offsets)).collect();
    let one = targets.len() == 1;
    all.insert("target".into(), if one { targets.remove(0) } else { targets.into() });
    all.into()
}

fn head(id: &str, by: Option<&str>, at: &str) -> Map<String, Value> {
    let mut all = Map::new();
    all.insert("id".into(), format!("urn:uuid:{id}").into());
    all.insert("type".into(), "Annotation".into());
    all.insert("created".into(), at.into());
    by.map(|by| all.insert("creator".into(), json!({ "type": "Person", "name": by })));
    all
}

fn bodies(c: &Claim, input: &ExportInput) -> Vec<Value> {
    let text =
        |purpose: &str, value: &str| json!({ "type": "TextualBody", "purpose": purpose, "value": value });
    let mut all: Vec<Value> = c.assertion.iter().map(|a| text("describing", a)).collect();
    match &c.verdict {
        Some(v) if c.standing == "checked" => {
            all.extend([text("classifying", v.label), text("assessing", v.rationale)]);
        }
        Some(_) | None => all.push(text("tagging", c.standing)),
    }
    all.extend(c.evidence.iter().filter_map(|e| Some(link(e, phrases::source(e, &input.claims)?))));
    all.extend(c.queries.iter().map(|q| text("questioning", q.text)));
    all
}

/// A source, with the page or time and the passage.
fn link(e: &Evidence, s: &SourceEntry) -> Value {
    let id = iri(s.url, &s.id);
    let mut source = Map::from_iter([("id".to_owned(), id.into()), ("label".to_owned(), s.title.into())]);
    if !s.authors.is_empty() {
        source.insert("creator".into(), s.authors.iter().map(|a| json!({ "name": a })).collect());
    }
    let mut body =
        json!({ "type": "SpecificResource", "purpose": "linking", "label": e.stance, "source": source });
    let words = e.passage.map(|p| json!({ "type": "TextQuoteSelector", "exact": p }));
    let selector = match (e.locator, words) {
        (Some(place), None) => Some(json!({ "type": "FragmentSelector", "value": place })),
        (Some(place), Some(words)) => {
            Some(json!({ "type": "FragmentSelector", "value": place, "refinedBy": words }))
        }
        (None, words) => words,
    };
    if let Some(selector) = selector {
        body["selector"] = selector;
    }
    body
}

/// The article's address, or its id if it has none.
fn address(input: &ExportInput) -> String {
    iri(input.claims.article.info.url, &input.claims.article.id)
}

/// The address if it is an IRI, else the id.
fn iri(url: Option<&str>, id: &str) -> String {
    url.filter(|url| is_iri(url)).map_or_else(|| format!("urn:uuid:{id}"), Into::into)
}

/// Words of the newest revision: their quotation, their position, and the time of that revision.
fn target(at: Placed, input: &ExportInput, offsets: &Offsets) -> Value {
    let (exact, before, after) = around(at, input.text, offsets);
    let mut target = json!({
        "source": address(input),
        "selector": [
            { "type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after },
            { "type": "TextPositionSelector", "start": at.start, "end": at.end },
        ],
    });
    if let Some(newest) = input.dossier.state.newest() {
        target["state"] = json!({ "type": "TimeState", "sourceDate": newest.stamp.at.to_string() });
    }
    target
}

fn around<'t>(at: Placed, text: &'t str, offsets: &Offsets) -> (&'t str, &'t str, &'t str) {
    let Ok(span) = offsets.span_from_points(Range::new(Point(at.start), Point(at.end))) else {
        return ("", "", "");
    };
    let (start, end) = (span.start.0, span.end.0);
    let from = text[..start].char_indices().rev().take(AROUND).last().map_or(start, |(i, _)| i);
    let to = text[end..].char_indices().nth(AROUND).map_or(text.len(), |(i, _)| end + i);
    (&text[start..end], &text[from..start], &text[end..to])
}

/// A query on the article as a whole.
fn on_the_whole(q: &Query, input: &ExportInput) -> Value {
    let mut all = head(&q.id, q.by, &q.at);
    all.insert("motivation".into(), "questioning".into());
    all.insert("body".into(), json!({ "type": "TextualBody", "purpose": "questioning", "value": q.text }));
    all.insert("target".into(), address(input).into());
    all.into()
}
