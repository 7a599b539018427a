//! Validates selectors and states: which part of a resource is meant, and at which time.

use crate::formats::{
    interchange::strict::{Field, is_moment_in_utc},
    validate::findings::Findings,
};
use serde_json::Value;

/// Validates a selector, by "Selectors" of the model. An unknown selector is only a warning: it may be an extension.
pub fn selector(findings: &mut Findings, one: &Field) {
    if !one.value.is_object() {
        return findings.needs_iri(one, "a selector is an object or an IRI");
    }
    match one.value["type"].as_str() {
        Some("TextQuoteSelector") => quote(findings, one),
        Some("TextPositionSelector" | "DataPositionSelector") => position(findings, one),
        Some("FragmentSelector") => fragment(findings, one),
        Some("CssSelector" | "XPathSelector") => value(findings, one),
        Some("SvgSelector") if one.at("id").is_there() => {
            findings.needs_iri(&one.at("id"), "it must be an IRI")
        }
        Some("SvgSelector") => value(findings, one),
        Some("RangeSelector") => range(findings, one),
        Some(_) => findings.odd(&one.at("type"), "the model knows no selector of this type"),
        None if one.at("id").is_there() && !one.at("type").is_there() => {
            findings.needs_iri(&one.at("id"), "it must be an IRI")
        }
        None => findings.needs_text(&one.at("type"), "a selector says its one type, or is told by its id"),
    }
    one.at("refinedBy").each().for_each(|finer| selector(findings, &finer));
}

fn value(findings: &mut Findings, one: &Field) {
    findings.needs_text(&one.at("value"), "it has one text as its value");
}

fn quote(findings: &mut Findings, one: &Field) {
    findings.needs_text(&one.at("exact"), "a text quote selector has exact words, as one text");
    for side in ["prefix", "suffix"].map(|key| one.at(key)) {
        if side.is_there() && !side.value.is_string() {
            findings.bad(&side, "it must be one text");
        }
    }
}

fn position(findings: &mut Findings, one: &Field) {
    let mut number = |key: &str| {
        let field = one.at(key);
        if !field.is_there() {
            findings.missing(&field, "a position has a start and an end");
        } else if !field.value.is_u64() {
            findings.bad(&field, "it must be a whole number, 0 or more");
        }
        field.value.as_u64()
    };
    let (start, end) = (number("start"), number("end"));
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        findings.bad(&one.at("end"), "it ends before it starts");
    }
}

fn fragment(findings: &mut Findings, one: &Field) {
    value(findings, one);
    let form = one.at("conformsTo");
    if form.is_there() {
        findings.needs_iri(&form, "it must be the IRI of what the fragment is written after");
    } else {
        findings.odd(&form, "a fragment says as a rule what it is written after");
    }
}

fn range(findings: &mut Findings, one: &Field) {
    for end in ["startSelector", "endSelector"].map(|key| one.at(key)) {
        match end.value {
            Value::Null => findings.missing(&end, "a range has a selector for its start and one for its end"),
            Value::Array(_) => findings.bad(&end, "it must be one selector"),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                selector(findings, &end)
            }
        }
    }
}

/// Validates a state, by "States" of the model.
pub fn state(findings: &mut Findings, one: &Field) {
    if !one.value.is_object() {
        return findings.needs_iri(one, "a state is an object or an IRI");
    }
    match one.value["type"].as_str() {
        Some("TimeState") => time(findings, one),
        Some("HttpRequestState") => value(findings, one),
        Some(_) => findings.odd(&one.at("type"), "the model knows no state of this type"),
        None if one.at("id").is_there() && !one.at("type").is_there() => {
            findings.needs_iri(&one.at("id"), "it must be an IRI")
        }
        None => findings.needs_text(&one.at("type"), "a state says its one type, or is told by its id"),
    }
    one.at("refinedBy").each().filter(|finer| finer.value.is_object()).for_each(|finer| {
        let is_state = finer.value["type"].as_str().is_some_and(|t| t.ends_with("State"));
        if is_state { state(findings, &finer) } else { selector(findings, &finer) }
    });
}

fn time(findings: &mut Findings, one: &Field) {
    one.at("sourceDate").each().for_each(|date| moment(findings, &date));
    one.at("cached").each().for_each(|copy| {
        findings.needs_iri(&copy, "it must be the IRI of a copy");
    });
    let (start, end) = (one.at("sourceDateStart"), one.at("sourceDateEnd"));
    moment(findings, &start);
    moment(findings, &end);
    for (lacks, has) in [(&start, &end), (&end, &start)] {
        if has.is_there() && !lacks.is_there() {
            findings.missing(lacks, "a stretch of time has a start and an end");
        }
    }
    if start.text().zip(end.text()).is_some_and(|(start, end)| start > end) {
        findings.bad(&end, "it ends before it starts");
    }
}

/// Validates a moment in UTC, if there is one.
pub(super) fn moment(findings: &mut Findings, field: &Field) {
    if field.is_there() && !field.text().is_some_and(is_moment_in_utc) {
        findings.bad(field, "it must be one date and time in UTC, such as 2025-08-25T14:00:00Z");
    }
}
