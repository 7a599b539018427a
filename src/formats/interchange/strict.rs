//! Reads JSON strictly, as a standard requires: a value together with its path, so that a fault names its field.

use super::loose::all;
use crate::{
    formats::validate::findings::{Code, Findings},
    messages::Message,
};
use chrono::{DateTime, NaiveDateTime};
use serde_json::Value;

/// The value of a missing field.
const NOTHING: Value = Value::Null;

/// A value and its path, such as `first.items[2].target`; the path of the whole file is empty.
#[derive(Clone)]
pub struct Field<'v> {
    pub value: &'v Value,
    pub path: String,
}

impl<'v> Field<'v> {
    /// The value of the whole file.
    pub fn whole(value: &'v Value) -> Self {
        Self { value, path: String::new() }
    }

    /// A field of this value; null if it is missing.
    pub fn at(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { value: self.value.get(key).unwrap_or(&NOTHING), path: format!("{}{dot}{key}", self.path) }
    }

    /// The entries of a list, a single value as one entry, nothing if it is missing: JSON-LD may write a list of one in
    /// either way. The iterator creates them one by one, so that a long list takes no extra memory.
    pub fn each(&self) -> impl Iterator<Item = Self> + use<'v> {
        let (path, listed) = (self.path.clone(), self.value.is_array());
        all(self.value).iter().enumerate().map(move |(n, value)| Self {
            value,
            path: if listed { format!("{path}[{n}]") } else { path.clone() },
        })
    }

    /// Whether it is missing or an empty list.
    pub fn is_empty(&self) -> bool {
        all(self.value).is_empty()
    }

    /// Whether it exists and is not null.
    pub fn is_there(&self) -> bool {
        !self.value.is_null()
    }

    /// Its text, if it is a text that is not blank.
    pub fn text(&self) -> Option<&'v str> {
        self.value.as_str().filter(|t| !t.trim().is_empty())
    }
}

impl Findings {
    /// Adds a fault: a required field is missing.
    pub(super) fn missing(&mut self, field: &Field, why: Message) {
        self.fault(&field.path, Code::Missing, why);
    }

    /// Adds a fault: a field breaks a rule.
    pub(super) fn bad(&mut self, field: &Field, why: Message) {
        self.fault(&field.path, Code::Field, why);
    }

    /// Adds a warning: a usual field is missing, or a field is unusual.
    pub(super) fn odd(&mut self, field: &Field, why: Message) {
        let code = if field.is_there() { Code::Field } else { Code::Missing };
        self.warn(&field.path, code, why);
    }

    /// Checks a required text. Adds a fault if it is missing or blank.
    pub(super) fn needs_text(&mut self, field: &Field, why: Message) {
        match field.text() {
            Some(_) => {}
            None if field.is_there() => self.bad(field, why),
            None => self.missing(field, why),
        }
    }

    /// Checks a required IRI. Adds a fault if it is missing or not an IRI.
    pub(super) fn needs_iri(&mut self, field: &Field, why: Message) {
        match field.text() {
            Some(text) if is_iri(text) => {}
            None if !field.is_there() => self.missing(field, why),
            Some(_) | None => self.bad(field, why),
        }
    }
}

/// Whether a text is an IRI: a scheme, a colon, and a rest without blanks. Source: RFC 3987, 2.2.
pub fn is_iri(text: &str) -> bool {
    let allowed = |c: char| !c.is_whitespace() && !c.is_control() && !r#"<>"{}|\^`"#.contains(c);
    text.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !rest.is_empty()
            && rest.chars().all(allowed)
    })
}

/// Whether a text is an `xsd:dateTime` in UTC that ends with a Z.
pub fn is_moment_in_utc(text: &str) -> bool {
    text.as_bytes().get(10) == Some(&b'T')
        && text.ends_with('Z')
        && DateTime::parse_from_rfc3339(text).is_ok()
}

/// Whether a text is a date, or a date and a time, of ISO 8601.
pub fn is_date(text: &str) -> bool {
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f"];
    let zoned = ["%Y-%m-%dT%H:%M%#z", "%Y-%m-%dT%H:%M:%S%.f%#z"];
    let plain = text.replace(['Z', 'z'], "+00:00");
    text.parse::<crate::model::Edtf>().is_ok()
        || local.iter().any(|form| NaiveDateTime::parse_from_str(text, form).is_ok())
        || zoned.iter().any(|form| DateTime::parse_from_str(&plain, form).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_have_a_scheme_and_no_blanks() {
        for good in
            ["http://a.example/1", "urn:uuid:1", "acct:a@b.example", "https://é.example/ü#x", "mailto:a@b"]
        {
            assert!(is_iri(good), "{good}");
        }
        for bad in ["", "a", ":a", "http:", "1http://a", "http://a b", "http://a\n", "a/b:c", "http://<a>"] {
            assert!(!is_iri(bad), "{bad}");
        }
    }

    #[test]
    fn dates_are_those_of_iso_8601() {
        for good in [
            "2025",
            "2025-08",
            "2025-08-25",
            "2025-08-25T14:00",
            "2025-08-25T14:00:01",
            "2025-08-25T14:00Z",
            "2025-08-25T14:00:01.250Z",
            "2025-08-25T14:00:01+02:00",
            "2025-08-25T14:00:01+0200",
        ] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "25.8.2025",
            "August 25, 2025",
            "2025-02-30",
            "2025-08-25 14:00",
            "2025-08-25T25:00",
            "03/04/2025",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
        assert!(is_moment_in_utc("2025-08-25T14:00:01.250Z"));
        for bad in ["2025-08-25", "2025-08-25T14:00:01+02:00", "2025-08-25T14:00:01", "2025-08-25 14:00:01Z"]
        {
            assert!(!is_moment_in_utc(bad), "{bad}");
        }
    }
}
