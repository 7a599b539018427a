//! Holds selectors and states against the model: which part of a resource is meant, and of which moment.

use super::validate::Judge;
use crate::formats::interchange::strict::Field;
use serde_json::Value;

/// A selector, by "Selectors" of the model; an unknown one may be somebody's extension.
pub fn selector(judge: &mut Judge, one: &Field) {
    if !one.value.is_object() {
        return judge.findings.needs_iri(one, "a selector is an object or an IRI");
    }
    match one.value["type"].as_str() {
        Some("TextQuoteSelector") => quote(judge, one),
        Some("TextPositionSelector" | "DataPositionSelector") => position(judge, one),
        Some("FragmentSelector") => fragment(judge, one),
        Some("CssSelector" | "XPathSelector") => value(judge, one),
        Some("SvgSelector") if one.at("id").is_there() => {
            judge.findings.needs_iri(&one.at("id"), "it must be an IRI")
        }
        Some("SvgSelector") => value(judge, one),
        Some("RangeSelector") => range(judge, one),
        Some(_) => judge.findings.odd(&one.at("type"), "the model knows no selector of this type"),
        None => judge.findings.needs_text(&one.at("type"), "a selector says its one type"),
    }
    one.at("refinedBy").each().for_each(|finer| selector(judge, &finer));
}

fn value(judge: &mut Judge, one: &Field) {
    judge.findings.needs_text(&one.at("value"), "it has one text as its value");
}

fn quote(judge: &mut Judge, one: &Field) {
    judge.findings.needs_text(&one.at("exact"), "a text quote selector has exact words, as one text");
    for side in ["prefix", "suffix"].map(|key| one.at(key)) {
        if side.is_there() && !side.value.is_string() {
            judge.findings.bad(&side, "it must be one text");
        }
    }
}

fn position(judge: &mut Judge, one: &Field) {
    let mut number = |key: &str| {
        let field = one.at(key);
        if !field.is_there() {
            judge.findings.missing(&field, "a position has a start and an end");
        } else if !field.value.is_u64() {
            judge.findings.bad(&field, "it must be a whole number, 0 or more");
        }
        field.value.as_u64()
    };
    let (start, end) = (number("start"), number("end"));
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        judge.findings.bad(&one.at("end"), "it ends before it starts");
    }
}

fn fragment(judge: &mut Judge, one: &Field) {
    value(judge, one);
    let form = one.at("conformsTo");
    if form.is_there() {
        judge.findings.needs_iri(&form, "it must be the IRI of what the fragment is written after");
    } else {
        judge.findings.odd(&form, "a fragment says as a rule what it is written after");
    }
}

fn range(judge: &mut Judge, one: &Field) {
    for end in ["startSelector", "endSelector"].map(|key| one.at(key)) {
        match end.value {
            Value::Null => {
                judge.findings.missing(&end, "a range has a selector for its start and one for its end")
            }
            Value::Array(_) => judge.findings.bad(&end, "it must be one selector"),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => selector(judge, &end),
        }
    }
}

/// A state, by "States" of the model.
pub fn state(judge: &mut Judge, one: &Field) {
    if !one.value.is_object() {
        return judge.findings.needs_iri(one, "a state is an object or an IRI");
    }
    match one.value["type"].as_str() {
        Some("TimeState") => time(judge, one),
        Some("HttpRequestState") => value(judge, one),
        Some(_) => judge.findings.odd(&one.at("type"), "the model knows no state of this type"),
        None => judge.findings.needs_text(&one.at("type"), "a state says its one type"),
    }
    one.at("refinedBy").each().filter(|finer| finer.value.is_object()).for_each(|finer| {
        let is_state = finer.value["type"].as_str().is_some_and(|t| t.ends_with("State"));
        if is_state { state(judge, &finer) } else { selector(judge, &finer) }
    });
}

fn time(judge: &mut Judge, one: &Field) {
    one.at("sourceDate").each().for_each(|moment| judge.moment(&moment));
    one.at("cached").each().for_each(|copy| {
        judge.findings.needs_iri(&copy, "it must be the IRI of a copy");
    });
    let (start, end) = (one.at("sourceDateStart"), one.at("sourceDateEnd"));
    judge.moment(&start);
    judge.moment(&end);
    for (lacks, has) in [(&start, &end), (&end, &start)] {
        if has.is_there() && !lacks.is_there() {
            judge.findings.missing(lacks, "a stretch of time has a start and an end");
        }
    }
    if start.text().zip(end.text()).is_some_and(|(start, end)| start > end) {
        judge.findings.bad(&end, "it ends before it starts");
    }
}
