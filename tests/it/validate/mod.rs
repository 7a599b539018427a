//! Validation of any files: what each kind must contain, samples with one fault each, and files of no known kind.

mod annotations;
mod kinds;
mod reviews;
mod web_archives;

use serde_json::Value;
use tickmark::{
    formats::validate::{
        findings::{Fault, Findings},
        validate,
    },
    model::Handed,
};

/// The findings for these bytes, which are of a known kind.
pub fn found(bytes: &[u8]) -> Findings {
    validate(Handed::File(&bytes)).expect("a kind that is judged")
}

pub fn found_in(json: &Value) -> Findings {
    found(json.to_string().as_bytes())
}

/// The path and the code of every fault.
pub fn told(faults: &[Fault]) -> Vec<(&str, &str)> {
    faults.iter().map(|f| (f.path.as_str(), f.code.as_str())).collect()
}

/// Sets the value at a path such as `target.selector[0].exact`; null removes it.
pub fn put(json: &mut Value, path: &str, value: Value) {
    let steps: Vec<&str> = path.split(['.', '[']).collect();
    let (last, way) = steps.split_last().expect("a path");
    let mut at = json;
    for step in way {
        at = match step.strip_suffix(']') {
            Some(n) => &mut at[n.parse::<usize>().expect("a place in a list")],
            None => &mut at[*step],
        };
    }
    match last.strip_suffix(']') {
        Some(n) => at[n.parse::<usize>().expect("a place in a list")] = value,
        None if value.is_null() => drop(at.as_object_mut().expect("an object").remove(*last)),
        None => at[*last] = value,
    }
}
