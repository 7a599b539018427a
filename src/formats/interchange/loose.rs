//! Reads JSON tolerantly, as it occurs in practice: a text instead of a list, a number in quotes, a value in a wrapper.

use super::incoming::{ReadError, filled};
use crate::messages::message;
use serde_json::Value;

/// Parses the whole text as JSON. The error has the line and column.
pub fn json(format: &'static str, text: &str) -> Result<Value, ReadError> {
    serde_json::from_str(text).map_err(|e| {
        ReadError::bad(
            format,
            message!("place_line_column", line = e.line(), column = e.column()),
            message!("finding_no_json", e = e.to_string()),
        )
    })
}

/// The text of a value: a text, a number, `{"@value": ...}`, or the first text in a list.
pub fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => filled(s),
        Value::Number(n) => Some(n.to_string()),
        Value::Object(o) => words(o.get("@value").or_else(|| o.get("value"))?),
        Value::Array(all) => all.iter().find_map(words),
        Value::Null | Value::Bool(_) => None,
    }
}

/// A value as a list: a single value is a list of one, a missing value an empty list.
pub fn all(value: &Value) -> &[Value] {
    match value {
        Value::Array(all) => all,
        Value::Null => &[],
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            std::slice::from_ref(value)
        }
    }
}

/// Whether a value's `key` names this type, by itself or in a list, with or without its vocabulary before it.
pub fn is_a(value: &Value, key: &str, kind: &str) -> bool {
    let named = |t: &Value| t.as_str().is_some_and(|t| t.rsplit(['/', '#', ':']).next() == Some(kind));
    all(&value[key]).iter().any(named)
}

/// A number, in any form: `4`, `"4"`, `"4,5"`.
pub fn number(value: &Value) -> Option<f64> {
    let written = words(value)?.replace(',', ".");
    written.parse().ok().filter(|n: &f64| n.is_finite())
}
