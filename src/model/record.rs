//! The canonical bytes of facts and actions.
//!
//! A record is a list of named texts. Each is written as `name:length:text` and a line feed, the length in UTF-8
//! bytes. So no text needs escaping, and equal records have equal bytes. An outsider can compute the digest of these
//! bytes with any tool. Nothing depends on a JSON writer or its version.

use crate::messages::{Message, message, shown_in_english};
use std::{io::Write, str::FromStr};
use thiserror::Error;

/// A list of named texts in a fixed order. A name may occur several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record(Vec<(String, String)>);

/// Bytes that are not a record, or a record without a required field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadRecord {
    /// The bytes end too early or have the wrong form.
    Form(usize),
    /// A field is missing.
    Missing(&'static str),
    /// A field has an invalid value.
    Field {
        /// The field.
        name: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

impl BadRecord {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Form(byte) => message!("record_form", byte = *byte),
            Self::Missing(name) => message!("record_missing", name = *name),
            Self::Field { name, why } => message!("record_field", name = *name, why = why),
        }
    }
}

shown_in_english!(BadRecord);

impl Record {
    /// Adds a field.
    pub fn put(&mut self, name: &str, value: impl ToString) -> &mut Self {
        self.0.push((name.into(), value.to_string()));
        self
    }

    /// Adds a field if there is a value.
    pub fn put_some(&mut self, name: &str, value: &Option<impl ToString>) -> &mut Self {
        if let Some(v) = value {
            self.put(name, v.to_string());
        }
        self
    }

    /// Adds one field for each value.
    pub fn put_all<T: ToString>(&mut self, name: &str, values: &[T]) -> &mut Self {
        values.iter().for_each(|v| {
            self.put(name, v.to_string());
        });
        self
    }

    /// The first field of that name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Every field of that name.
    pub fn texts<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The first field of that name, read as `T`. Fails if it is missing or cannot be read.
    pub fn get<T: FromStr<Err: ToString>>(&self, name: &'static str) -> Result<T, BadRecord> {
        self.maybe(name)?.ok_or(BadRecord::Missing(name))
    }

    /// The first field of that name, if there is one. Fails if it cannot be read.
    pub fn maybe<T: FromStr<Err: ToString>>(&self, name: &'static str) -> Result<Option<T>, BadRecord> {
        self.text(name).map(|v| read(name, v)).transpose()
    }

    /// Every field of that name, read as `T`. Fails if one cannot be read.
    pub fn all<T: FromStr<Err: ToString>>(&self, name: &'static str) -> Result<Vec<T>, BadRecord> {
        self.texts(name).map(|v| read(name, v)).collect()
    }

    /// The canonical bytes, which are valid UTF-8.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.iter().map(|(n, v)| n.len() + v.len() + 8).sum());
        for (name, value) in &self.0 {
            // Writing into memory cannot fail.
            let _ = writeln!(out, "{name}:{}:{value}", value.len());
        }
        out
    }

    /// Reads canonical bytes. Fails on anything [`Record::bytes`] would not write.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadRecord> {
        let text = std::str::from_utf8(bytes).map_err(|e| BadRecord::Form(e.valid_up_to()))?;
        let (mut fields, mut at) = (Vec::new(), 0);
        while at < text.len() {
            let (field, next) = field(text, at).ok_or(BadRecord::Form(at))?;
            fields.push(field);
            at = next;
        }
        Ok(Self(fields))
    }
}

fn read<T: FromStr<Err: ToString>>(name: &'static str, value: &str) -> Result<T, BadRecord> {
    value.parse().map_err(|e: T::Err| BadRecord::Field { name, why: e.to_string() })
}

fn field(text: &str, at: usize) -> Option<((String, String), usize)> {
    let (name, rest) = text[at..].split_once(':')?;
    let (digits, _) = rest.split_once(':')?;
    let len: usize = digits.parse().ok().filter(|n: &usize| n.to_string() == digits)?;
    let start = at + name.len() + digits.len() + 2;
    let end = start.checked_add(len)?;
    let value = text.get(start..end)?;
    (text.as_bytes().get(end) == Some(&b'\n')).then(|| ((name.into(), value.into()), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_from_its_bytes() {
        let mut r = Record::default();
        r.put("a", "x:1\n").put("b", "").put("a", "né");
        assert_eq!(Record::parse(&r.bytes()), Ok(r));
    }

    #[test]
    fn a_damaged_record_is_refused() {
        for bad in ["a:2:x\n", "a:1:x", "a:01:x\n", "a", "a:99999999999999999999:x\n", "a:1:é\n"] {
            assert!(Record::parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
