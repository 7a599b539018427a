//! JSON as a standard says it is to be: a value with the path it stands at, so that a fault names its field.

use super::loose::all;
use crate::formats::validate::findings::{Code, Findings};
use chrono::{DateTime, NaiveDateTime};
use serde_json::Value;

/// What stands where a field is missing.
const NOTHING: Value = Value::Null;

/// A value and the path it stands at, such as `first.items[2].target`; the whole file has none.
#[derive(Clone)]
pub struct Field<'v> {
    pub value: &'v Value,
    pub path: String,
}

impl<'v> Field<'v> {
    /// A whole file.
    pub fn whole(value: &'v Value) -> Self {
        Self { value, path: String::new() }
    }

    /// A field of it; null where it is missing.
    pub fn at(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { value: self.value.get(key).unwrap_or(&NOTHING), path: format!("{}{dot}{key}", self.path) }
    }

    /// Its entries where it is a list, itself where it is not, nothing where it is missing: JSON-LD writes a list of one
    /// either way. They are made one by one, so that a long list takes no memory beside itself.
    pub fn each(&self) -> impl Iterator<Item = Self> + use<'v> {
        let (path, listed) = (self.path.clone(), self.value.is_array());
        all(self.value).iter().enumerate().map(move |(n, value)| Self {
            value,
            path: if listed { format!("{path}[{n}]") } else { path.clone() },
        })
    }

    /// Whether it is missing or a list of nothing.
    pub fn is_empty(&self) -> bool {
        all(self.value).is_empty()
    }

    /// Whether something stands there.
    pub fn is_there(&self) -> bool {
        !self.value.is_null()
    }

    /// Its text, where it is one that says something.
    pub fn text(&self) -> Option<&'v str> {
        self.value.as_str().filter(|t| !t.trim().is_empty())
    }
}

impl Findings {
    /// A field that must be there and is not.
    pub(super) fn missing(&mut self, field: &Field, why: &str) {
        self.fault(&field.path, Code::Missing, why);
    }

    /// A field that is not what it must be.
    pub(super) fn bad(&mut self, field: &Field, why: &str) {
        self.fault(&field.path, Code::Field, why);
    }

    /// A field that is usual and missing, or odd.
    pub(super) fn odd(&mut self, field: &Field, why: &str) {
        let code = if field.is_there() { Code::Field } else { Code::Missing };
        self.warn(&field.path, code, why);
    }

    /// A text that says something, which has to be there.
    pub(super) fn needs_text(&mut self, field: &Field, why: &str) {
        match field.text() {
            Some(_) => {}
            None if field.is_there() => self.bad(field, why),
            None => self.missing(field, why),
        }
    }

    /// An IRI, which has to be there.
    pub(super) fn needs_iri(&mut self, field: &Field, why: &str) {
        match field.text() {
            Some(text) if is_iri(text) => {}
            None if !field.is_there() => self.missing(field, why),
            Some(_) | None => self.bad(field, why),
        }
    }
}

/// Whether a text is an IRI: a scheme, a colon, and something behind it without blanks. Source: RFC 3987, 2.2.
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

/// Whether a text is a date, or a date and a time, as ISO 8601 writes them.
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
