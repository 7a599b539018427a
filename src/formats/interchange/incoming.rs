//! What the readers give: claims and sources as a file tells them, before the desk finds their place.
//!
//! A reader fills in nothing that the file does not say, and refuses a file by naming the place and the field.

use crate::{
    model::{Edtf, SourceKind, Stance},
    text::{Point, Range},
};
use thiserror::Error;

/// The claims of a file, and what in it is no claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimsIn {
    /// The claims, in the file's order.
    pub claims: Vec<ClaimIn>,
    /// Entries that were read and are no claim on words of a text.
    pub left_out: Vec<LeftOut>,
}

/// An entry that does not come in, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Which: its words, or its place in the file.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A claim as a file tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimIn {
    /// The words it is about, stretch by stretch; at least one.
    pub quotes: Vec<Quoted>,
    /// The claim in plain form.
    pub assertion: Option<String>,
    /// Who says so.
    pub claimant: Option<String>,
    /// What is brought for or against it.
    pub evidence: Vec<EvidenceIn>,
    /// What somebody remarked, asked or judged: for a person to look at, since a file gives no verdict.
    pub remarks: Vec<String>,
}

/// Words of a text and what stands around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quoted {
    /// The words.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands after them.
    pub suffix: String,
    /// Where they stood, in code points; a hint that counts only where the same words stand there.
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

/// A source as a file tells it. Names of people are `Family, Given`, others as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceIn {
    /// What it is.
    pub kind: SourceKind,
    /// Its title.
    pub title: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// Who published it, or what it stands in.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// When it was looked at.
    pub accessed: Option<Edtf>,
    /// Where it is.
    pub url: Option<String>,
    /// Anything else the file says of it.
    pub note: Option<String>,
    /// The file's own words on it, kept with it: a name and the bytes.
    pub raw: Option<(String, Vec<u8>)>,
}

impl SourceIn {
    /// A source of which only its kind and title are known.
    pub(super) fn new(kind: SourceKind, title: String) -> Self {
        let (authors, publisher, published, accessed, url, note, raw) = Default::default();
        Self { kind, title, authors, publisher, published, accessed, url, note, raw }
    }
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// It is of no format that is read.
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

/// Text that says something, its blanks trimmed, or nothing.
pub(super) fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|t| !t.is_empty()).map(Into::into)
}

/// A date as honest as it was written: a year, a month or a day. Written days are read in the ways the field writes them;
/// what can be read two ways is not read.
pub(super) fn date(written: &str) -> Option<Edtf> {
    let written = written.trim();
    let day = written.split(['T', ' ']).next().unwrap_or_default();
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
