//! Validates a JSON file strictly by its standard. The readers in the other modules are tolerant.
//!
//! A reader asks what it can use of a file; a validator asks whether everybody else can read the file too. Each fault names
//! its field by the path.

use super::{annotation, claimreview, keys, loose};
use crate::{
    formats::validate::findings::{Code, Findings, Kind},
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
    #[error(
        "this file cannot be verified: it is neither a zip archive (a BagIt bag, a Tickmark bundle or a WACZ) nor JSON \
         (W3C Web Annotations or ClaimReview)"
    )]
    NoJson,
    /// It is JSON of another kind.
    #[error(
        "this JSON file cannot be verified: nothing in it is a W3C Web Annotation (the type 'Annotation', \
         'AnnotationPage' or 'AnnotationCollection', or the context 'http://www.w3.org/ns/anno.jsonld') or a ClaimReview \
         (the type 'ClaimReview' of schema.org, or 'claimReviewed')"
    )]
    Other,
    /// It is too long.
    #[error(
        "this file cannot be verified: it is longer than {MOST_JSON} bytes, the most of a JSON file that is read"
    )]
    TooLong,
    /// It has so many entries that it could fill the memory.
    #[error(
        "this file cannot be verified: it holds more than {MOST_OBJECTS} objects and lists, or more than {MOST_ENTRIES} \
         entries, the most of a JSON file that are read"
    )]
    TooMany,
    /// The disk failed.
    #[error("this file cannot be verified: it could not be read: {0}")]
    Unread(String),
}

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
        findings.fault("", Code::Duplicate, why);
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
    findings.fault("", Code::Syntax, format!("it is no JSON: {e}"));
    Ok(findings.conclude())
}

/// Whether a value, or one in a list of values, is of this type, by `type` or `@type`.
pub(super) fn is_of(value: &Value, kind: &str) -> bool {
    loose::all(value).iter().any(|v| loose::is_a(v, "type", kind) || loose::is_a(v, "@type", kind))
}
