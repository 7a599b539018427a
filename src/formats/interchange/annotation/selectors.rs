//! Validates selectors and states: which part of a resource is meant, and at which time.

use crate::formats::{
    interchange::strict::{Field, is_moment_in_utc},
    validate::findings::Findings,
};
use crate::messages::message;
use serde_json::Value;

/// Validates a selector, by "Selectors" of the model. An unknown selector is only a warning: it may be an extension.
pub fn selector(findings: &mut Findings, one: &Field) {
    if !one.value.is_object() {
        return findings.needs_iri(one, message!("selector_no_object"));
    }
    match one.value["type"].as_str() {
        Some("TextQuoteSelector") => quote(findings, one),
        Some("TextPositionSelector" | "DataPositionSelector") => position(findings, one),
        Some("FragmentSelector") => fragment(findings, one),
        Some("CssSelector" | "XPathSelector") => value(findings, one),
        Some("SvgSelector") if one.at("id").is_there() => {
            findings.needs_iri(&one.at("id"), message!("finding_iri"))
        }
        Some("SvgSelector") => value(findings, one),
        Some("RangeSelector") => range(findings, one),
        Some(_) => findings.odd(&one.at("type"), message!("selector_unknown")),
        None if one.at("id").is_there() && !one.at("type").is_there() => {
            findings.needs_iri(&one.at("id"), message!("finding_iri"))
        }
        None => findings.needs_text(&one.at("type"), message!("selector_no_type")),
    }
    one.at("refinedBy").each().for_each(|finer| selector(findings, &finer));
}

fn value(findings: &mut Findings, one: &Field) {
    findings.needs_text(&one.at("value"), message!("selector_value"));
}

fn quote(findings: &mut Findings, one: &Field) {
    findings.needs_text(&one.at("exact"), message!("selector_exact"));
    for side in ["prefix", "suffix"].map(|key| one.at(key)) {
        if side.is_there() && !side.value.is_string() {
            findings.bad(&side, message!("finding_one_text"));
        }
    }
}

fn position(findings: &mut Findings, one: &Field) {
    let mut number = |key: &str| {
        let field = one.at(key);
        if !field.is_there() {
            findings.missing(&field, message!("selector_position"));
        } else if !field.value.is_u64() {
            findings.bad(&field, message!("finding_whole_number"));
        }
        field.value.as_u64()
    };
    let (start, end) = (number("start"), number("end"));
    if start.zip(end).is_some_and(|(start, end)| start > end) {
        findings.bad(&one.at("end"), message!("selector_ends_before"));
    }
}

fn fragment(findings: &mut Findings, one: &Field) {
    value(findings, one);
    let form = one.at("conformsTo");
    if form.is_there() {
        findings.needs_iri(&form, message!("selector_form"));
    } else {
        findings.odd(&form, message!("selector_no_form"));
    }
}

fn range(findings: &mut Findings, one: &Field) {
    for end in ["startSelector", "endSelector"].map(|key| one.at(key)) {
        match end.value {
            Value::Null => findings.missing(&end, message!("selector_range")),
            Value::Array(_) => findings.bad(&end, message!("selector_one")),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                selector(findings, &end)
            }
        }
    }
}

/// Validates a state, by "States" of the model.
pub fn state(findings: &mut Findings, one: &Field) {
    if !one.value.is_object() {
        return findings.needs_iri(one, message!("state_no_object"));
    }
    match one.value["type"].as_str() {
        Some("TimeState") => time(findings, one),
        Some("HttpRequestState") => value(findings, one),
        Some(_) => findings.odd(&one.at("type"), message!("state_unknown")),
        None if one.at("id").is_there() && !one.at("type").is_there() => {
            findings.needs_iri(&one.at("id"), message!("finding_iri"))
        }
        None => findings.needs_text(&one.at("type"), message!("state_no_type")),
    }
    one.at("refinedBy").each().filter(|finer| finer.value.is_object()).for_each(|finer| {
        let is_state = finer.value["type"].as_str().is_some_and(|t| t.ends_with("State"));
        if is_state { state(findings, &finer) } else { selector(findings, &finer) }
    });
}

fn time(findings: &mut Findings, one: &Field) {
    one.at("sourceDate").each().for_each(|date| moment(findings, &date));
    one.at("cached").each().for_each(|copy| {
        findings.needs_iri(&copy, message!("state_copy"));
    });
    let (start, end) = (one.at("sourceDateStart"), one.at("sourceDateEnd"));
    moment(findings, &start);
    moment(findings, &end);
    for (lacks, has) in [(&start, &end), (&end, &start)] {
        if has.is_there() && !lacks.is_there() {
            findings.missing(lacks, message!("state_time"));
        }
    }
    if start.text().zip(end.text()).is_some_and(|(start, end)| start > end) {
        findings.bad(&end, message!("selector_ends_before"));
    }
}

/// Validates a moment in UTC, if there is one.
pub(super) fn moment(findings: &mut Findings, field: &Field) {
    if field.is_there() && !field.text().is_some_and(is_moment_in_utc) {
        findings.bad(field, message!("state_moment"));
    }
}
