//! Validates a JSON file strictly by its standard. The readers in the other modules are tolerant.
//!
//! A reader asks what it can use of a file; a validator asks whether everybody else can read the file too. Each fault names
//! its field by the path.

use super::{annotation, claimreview, keys, loose};
use crate::{
    formats::validate::findings::{Code, Findings, Kind},
    messages::{Message, message, shown_in_english},
    model::{RangeReader, ReadAt},
};
use serde_json::Value;
use std::io::Read;
use thiserror::Error;

/// The longest JSON file that is validated, in bytes: 64 MiB.
pub const MOST_JSON: u64 = 64 << 20;

/// The most objects and lists in a JSON file that is validated, and the most entries ([`MOST_ENTRIES`]). In memory an object
/// can take a hundred times the space of its text, so a limit on the length is not enough.
const MOST_OBJECTS: usize = 500_000;
const MOST_ENTRIES: usize = 4_000_000;

/// The file is of no JSON format that can be validated.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotInterchange {
    /// It is neither JSON nor an archive.
    NoJson,
    /// It is JSON of another kind.
    Other,
    /// It is too long.
    TooLong,
    /// It has so many entries that it could fill the memory.
    TooMany,
    /// The disk failed.
    Unread(String),
}

impl NotInterchange {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::NoJson => message!("unverified_no_json"),
            Self::Other => message!("unverified_other_json"),
            Self::TooLong => message!("unverified_long", most = MOST_JSON),
            Self::TooMany => message!("unverified_many", objects = MOST_OBJECTS, entries = MOST_ENTRIES),
            Self::Unread(why) => message!("unverified_unread", why = why),
        }
    }
}

shown_in_english!(NotInterchange);

/// Validates a file that is not an archive.
pub fn validate(bytes: &dyn ReadAt) -> Result<Findings, NotInterchange> {
    if !begins_as_json(bytes) {
        return Err(NotInterchange::NoJson);
    }
    if bytes.len() > MOST_JSON {
        return Err(NotInterchange::TooLong);
    }
    let mut raw = Vec::new();
    let read = RangeReader::new(bytes, 0, MOST_JSON).read_to_end(&mut raw);
    read.map_err(|e| NotInterchange::Unread(e.to_string()))?;
    let text = super::incoming::decoded(&raw).map_err(|_| NotInterchange::NoJson)?;
    if !fits_in_memory(text) {
        return Err(NotInterchange::TooMany);
    }
    match serde_json::from_str(text) {
        Ok(whole) => by_kind(&whole, text),
        Err(e) => damaged(text, &e),
    }
}

/// Whether the first character, after blanks and a byte order mark, begins a list or an object. Only the start is read, so
/// that a large video is not read completely.
fn begins_as_json(bytes: &dyn ReadAt) -> bool {
    let mut start = Vec::new();
    let read = RangeReader::new(bytes, 0, 4096).read_to_end(&mut start);
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start();
    read.is_ok() && matches!(start.first(), Some(b'{' | b'['))
}

/// Whether a JSON text is below the limits on objects and entries. Brackets and commas inside texts count too, which is on
/// the safe side: no real file comes near the limits.
pub(in crate::formats) fn fits_in_memory(text: &str) -> bool {
    let count = |signs: &[u8]| text.bytes().filter(|b| signs.contains(b)).count();
    count(b"{[") <= MOST_OBJECTS && count(b",") <= MOST_ENTRIES
}

fn by_kind(whole: &Value, text: &str) -> Result<Findings, NotInterchange> {
    let mut findings = match () {
        () if annotation::is_declared_in(whole) => annotation::validate(whole),
        () if claimreview::is_declared_in(whole) => claimreview::validate(whole),
        () => return Err(NotInterchange::Other),
    };
    if let Some(why) = keys::first_duplicate(text) {
        findings.fault("", Code::Duplicate, Message::verbatim(why));
    }
    Ok(findings.conclude())
}

/// The findings for incomplete or damaged JSON. Its words show its kind.
fn damaged(text: &str, e: &serde_json::Error) -> Result<Findings, NotInterchange> {
    let kind = match () {
        () if annotation::fits(text) => Kind::WebAnnotation,
        () if claimreview::fits(text) => Kind::ClaimReview,
        () => return Err(NotInterchange::Other),
    };
    let mut findings = Findings::of(kind);
    findings.fault("", Code::Syntax, message!("finding_no_json", e = e.to_string()));
    Ok(findings.conclude())
}

/// Whether a value, or one in a list of values, is of this type, by `type` or `@type`.
pub(super) fn is_of(value: &Value, kind: &str) -> bool {
    loose::all(value).iter().any(|v| loose::is_a(v, "type", kind) || loose::is_a(v, "@type", kind))
}
