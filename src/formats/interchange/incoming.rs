//! What the readers return: claims and sources from a file, before the desk matches them with its own.
//!
//! A reader adds nothing that the file does not say. If it refuses a file, the error names the place and the field.

use crate::{
    model::{Edtf, SourceKind, Stance},
    text::{Point, Range},
};
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
    pub what: String,
    /// Why.
    pub why: String,
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
    pub what: String,
    /// What to know.
    pub why: String,
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
    #[error("the file cannot be imported: it does not look like {0}; export it again in one of these")]
    Unknown(&'static str),
    /// It is not text.
    #[error("the file cannot be imported: it is not UTF-8 at byte {0}; export it again in UTF-8")]
    NotUtf8(usize),
    /// Something in it is wrong.
    #[error("the {format} file cannot be imported: {at}: {why}; nothing was recorded")]
    Bad {
        /// The format it was read as.
        format: &'static str,
        /// Where: a line, or the path of a field.
        at: String,
        /// What is wrong there.
        why: String,
    },
}

impl ReadError {
    pub(super) fn unknown(known: &'static str) -> Self {
        Self::Unknown(known)
    }

    pub(super) fn bad(format: &'static str, at: impl ToString, why: impl ToString) -> Self {
        Self::Bad { format, at: at.to_string(), why: why.to_string() }
    }
}

/// The bytes as text, without a byte order mark.
pub(super) fn decoded(bytes: &[u8]) -> Result<&str, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|e| ReadError::NotUtf8(e.valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Where an entry stands, by the numbers of its lines: `line 3`, `lines 3 to 900`.
pub(super) fn lines(first: usize, last: usize) -> String {
    if first == last { format!("line {first}") } else { format!("lines {first} to {last}") }
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
