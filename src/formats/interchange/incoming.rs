//! What the readers return: claims and sources from a file, before the desk matches them with its own.
//!
//! A reader adds nothing that the file does not say. If it refuses a file, the error names the place and the field.

use crate::{
    messages::{Message, message, shown_in_english},
    model::{ClaimId, Edtf, SourceKind, Stance},
    text::{Point, Range},
};
use serde_json::Value;
use thiserror::Error;

/// The claims of a file, and its entries that are not claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimsIn {
    /// The claims, in the file's order.
    pub claims: Vec<ClaimIn>,
    /// Entries that are not a claim on words of a text.
    pub left_out: Vec<LeftOut>,
}

/// An entry that is not imported, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its words, or its place in the file.
    pub what: Message,
    /// Why.
    pub why: Message,
}

/// The sources of a file, and its entries that are no sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourcesIn {
    /// The sources, in the file's order.
    pub sources: Vec<SourceIn>,
    /// Entries that cannot be read.
    pub left_out: Vec<LeftOut>,
    /// What a person should know about entries that were read.
    pub remarks: Vec<Remark>,
}

/// Something to know about an entry that is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its place in the file and its name.
    pub what: Message,
    /// What to know.
    pub why: Message,
}

/// A claim from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimIn {
    /// The words it is about, one entry per span; at least one.
    pub quotes: Vec<Quoted>,
    /// The claim in plain words.
    pub assertion: Option<String>,
    /// Who makes the claim.
    pub claimant: Option<String>,
    /// The evidence for or against it.
    pub evidence: Vec<EvidenceIn>,
    /// Remarks, questions and ratings, for a person to read: a file gives no verdict.
    pub remarks: Vec<String>,
    /// The id of the claim and its verdict, if a desk wrote the file.
    pub own: Option<OwnClaim>,
}

/// What a desk wrote of a claim of its own into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnClaim {
    /// The claim.
    pub claim: ClaimId,
    /// Its verdict, if the file has one.
    pub verdict: Option<OwnVerdict>,
}

/// A verdict that a desk wrote into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnVerdict {
    /// The label of its rating.
    pub label: String,
    /// Its reason.
    pub rationale: String,
    /// How another desk reads it.
    pub read_as: ReadAs,
}

/// How a verdict of a file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// As this remark.
    Remark(String),
    /// As the only evidence of the claim.
    Evidence,
}

/// The claim that an id of our own form names.
pub(super) fn own_claim(id: &Value) -> Option<ClaimId> {
    id.as_str()?.strip_prefix("urn:uuid:")?.parse().ok()
}

/// Words of a text and the words around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quoted {
    /// The words.
    pub exact: String,
    /// The words before them.
    pub prefix: String,
    /// The words after them.
    pub suffix: String,
    /// Their position, in code points: a hint, which counts only if the same words are there.
    pub position: Option<Range<Point>>,
}

/// A source used for a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceIn {
    /// The source.
    pub source: SourceIn,
    /// What it does for the claim.
    pub stance: Stance,
    /// The exact words of the source.
    pub passage: Option<String>,
    /// Where in the source.
    pub locator: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// The title of a source that has none.
pub const UNTITLED: &str = "Untitled";

/// A source from a file. Names of people are `Family, Given`, other names are as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceIn {
    /// What it is.
    pub kind: SourceKind,
    /// Its title.
    pub title: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// Who published it, or the publication that contains it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// When it was accessed.
    pub accessed: Option<Edtf>,
    /// Where it is.
    pub url: Option<String>,
    /// Anything else that the file says about it.
    pub note: Option<String>,
    /// The original entry, attached to the source as a file: its name and bytes.
    pub raw: Option<(String, Vec<u8>)>,
}

impl SourceIn {
    /// Creates a source with only a kind and a title.
    pub(super) fn new(kind: SourceKind, title: String) -> Self {
        let (authors, publisher, published, accessed, url, note, raw) = Default::default();
        Self { kind, title, authors, publisher, published, accessed, url, note, raw }
    }
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// It is of no format that can be read.
    Unknown(&'static str),
    /// It is not text.
    NotUtf8(usize),
    /// Something in it is wrong.
    Bad {
        /// The format it was read as.
        format: &'static str,
        /// Where: a line, or the path of a field.
        at: Message,
        /// What is wrong there.
        why: Message,
    },
}

impl ReadError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Unknown(known) => message!("foreign_unknown", known = *known),
            Self::NotUtf8(byte) => message!("foreign_not_utf8", byte = *byte),
            Self::Bad { format, at, why } => {
                message!("foreign_bad", format = *format, at = at.clone(), why = why.clone())
            }
        }
    }

    pub(super) fn unknown(known: &'static str) -> Self {
        Self::Unknown(known)
    }

    pub(super) fn bad(format: &'static str, at: Message, why: Message) -> Self {
        Self::Bad { format, at, why }
    }
}

shown_in_english!(ReadError);

/// The bytes as text, without a byte order mark.
pub(super) fn decoded(bytes: &[u8]) -> Result<&str, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|e| ReadError::NotUtf8(e.valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Where an entry stands, by the numbers of its lines: `line 3`, `lines 3 to 900`.
pub(super) fn lines(first: usize, last: usize) -> Message {
    match first == last {
        true => message!("place_line", line = first),
        false => message!("place_lines", first = first, last = last),
    }
}

/// Where an entry stands, and its name.
pub(super) fn named_at(first: usize, last: usize, name: &str) -> Message {
    message!("place_named", place = lines(first, last), name = name)
}

/// The text without blanks at both ends; `None` if nothing is left.
pub(super) fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|t| !t.is_empty()).map(Into::into)
}

/// Reads a date with the precision that was written: a year, a month or a day. Reads all usual ways of writing a day. A date
/// that can be read in two ways is not read.
pub(super) fn date(written: &str) -> Option<Edtf> {
    let written = written.trim();
    let clock = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(':');
    let day = written.split_once(['T', ' ']).filter(|(_, rest)| clock(rest)).map_or(written, |(day, _)| day);
    let plain = day.replace('/', "-");
    let known = |p: &&str| !p.trim_matches('0').is_empty();
    let iso = || match plain.split('-').take_while(known).collect::<Vec<_>>()[..] {
        [y] => y.into(),
        [y, m] => format!("{y}-{m:0>2}"),
        [y, m, d] => format!("{y}-{m:0>2}-{d:0>2}"),
        _ => String::new(),
    };
    let packed = || match (plain.get(..4), plain.get(4..6), plain.get(6..)) {
        (Some(y), Some(m), Some(d)) => format!("{y}-{m}-{d}"),
        _ => String::new(),
    };
    let spelt = || crate::formats::article::day(written);
    iso().parse().or_else(|_| packed().parse()).ok().or_else(|| spelt()?.parse().ok())
}
