//! The formats of the field: what other people's programs write and read of claims and of sources.
//!
//! One room each, both directions in it where the field has both; a new one is a room and a line in [`FORMATS`]. None of
//! them carries the whole of an article, which is what the bundle is for. What is withheld goes out in none of them:
//! they are told from the same values as the bundle, behind the same guard.

mod annotation;
mod bibtex;
mod claimreview;
mod csl;
mod csv;
mod incoming;
mod judge;
mod keys;
mod loose;
mod markdown;
mod names;
mod phrases;
mod ris;
mod strict;
mod table;
mod xlsx;

pub(in crate::formats) use claimreview::{graph as review_graph, reviews};
pub use incoming::{ClaimIn, ClaimsIn, EvidenceIn, LeftOut, Quoted, ReadError, SourceIn};
pub(in crate::formats) use judge::fits_in_memory;
pub(in crate::formats) use judge::judge;
pub use judge::{MOST_JSON, NotSpoken};

use super::bundle::{self, Claims};
use crate::model::Dossier;
use thiserror::Error;

/// Every format, in the order they are offered.
pub const FORMATS: &[Format] = &[
    Format {
        slug: "csv",
        title: "Table of claims (CSV)",
        extension: "csv",
        holds: Holds::Claims,
        write: csv::write,
        reads: Reads::Nothing,
    },
    Format {
        slug: "xlsx",
        title: "Table of claims (Excel)",
        extension: "xlsx",
        holds: Holds::Claims,
        write: xlsx::write,
        reads: Reads::Nothing,
    },
    Format {
        slug: "markdown",
        title: "Article with footnotes (Markdown)",
        extension: "md",
        holds: Holds::Claims,
        write: markdown::write,
        reads: Reads::Nothing,
    },
    Format {
        slug: "claimreview",
        title: "ClaimReview (schema.org)",
        extension: "json",
        holds: Holds::Claims,
        write: claimreview::write,
        reads: Reads::Claims(claimreview::fits, claimreview::read),
    },
    Format {
        slug: "claimreview-feed",
        title: "ClaimReview feed (schema.org DataFeed)",
        extension: "json",
        holds: Holds::Claims,
        write: claimreview::write_feed,
        reads: Reads::Claims(claimreview::fits, claimreview::read),
    },
    Format {
        slug: "webannotation",
        title: "Web Annotation (W3C)",
        extension: "jsonld",
        holds: Holds::Claims,
        write: annotation::write,
        reads: Reads::Claims(annotation::fits, annotation::read),
    },
    Format {
        slug: "csl-json",
        title: "Sources (CSL-JSON)",
        extension: "json",
        holds: Holds::Sources,
        write: csl::write,
        reads: Reads::Sources(csl::fits, csl::read),
    },
    Format {
        slug: "bibtex",
        title: "Sources (BibTeX)",
        extension: "bib",
        holds: Holds::Sources,
        write: bibtex::write,
        reads: Reads::Sources(bibtex::fits, bibtex::read),
    },
    Format {
        slug: "ris",
        title: "Sources (RIS)",
        extension: "ris",
        holds: Holds::Sources,
        write: ris::write,
        reads: Reads::Sources(ris::fits, ris::read),
    },
];

/// One format of the field.
pub struct Format {
    /// The word it is named by on the command line and the wire.
    pub slug: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// How its files end, without the dot.
    pub extension: &'static str,
    /// What it tells of.
    pub holds: Holds,
    write: fn(&Told) -> Result<Vec<u8>, WriteError>,
    reads: Reads,
}

/// What a format tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The claims of an article, with verdicts and evidence.
    Claims,
    /// The sources of an article.
    Sources,
}

/// What can be read from a format: whether a text looks like it, and the reading.
enum Reads {
    Nothing,
    Claims(fn(&str) -> bool, fn(&str) -> Result<ClaimsIn, ReadError>),
    Sources(fn(&str) -> bool, fn(&str) -> Result<Vec<SourceIn>, ReadError>),
}

/// What every room is told of an article.
struct Told<'d> {
    dossier: &'d Dossier<'d>,
    claims: Claims<'d>,
    text: &'d str,
}

/// Why a file was not written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The article cannot be told at all.
    #[error(transparent)]
    Article(#[from] bundle::WriteError),
    /// The format's own writer refused.
    #[error("the article cannot be written as {0}: {1}; write another format")]
    Format(&'static str, String),
}

impl Format {
    /// The format of that slug. The error lists what there is.
    pub fn named(slug: &str) -> Result<&'static Self, String> {
        let all = || FORMATS.iter().map(|f| f.slug).collect::<Vec<_>>().join(", ");
        let found = FORMATS.iter().find(|f| f.slug == slug);
        found.ok_or_else(|| format!("'{slug}' is not a format Tickmark writes; use one of {}", all()))
    }

    /// The file's bytes: always the same for the same dossier.
    pub fn write(&self, dossier: &Dossier) -> Result<Vec<u8>, WriteError> {
        let (claims, text) = bundle::told(dossier)?;
        (self.write)(&Told { dossier, claims, text })
    }

    /// The name a file of it is offered under.
    pub fn offered_name(&self, dossier: &Dossier) -> String {
        let stem = bundle::plain_name(dossier);
        let what = match self.holds {
            Holds::Claims => "",
            Holds::Sources => "-sources",
        };
        format!("{}{what}.{}", stem.trim_end_matches(".zip"), self.extension)
    }
}

/// The claims in a file of any format that tells claims, recognised by its content.
pub fn read_claims(bytes: &[u8]) -> Result<ClaimsIn, ReadError> {
    let text = incoming::decoded(bytes)?;
    let fitting = FORMATS.iter().find_map(|f| match f.reads {
        Reads::Claims(fits, read) if fits(text) => Some(read),
        Reads::Claims(..) | Reads::Sources(..) | Reads::Nothing => None,
    });
    fitting.ok_or_else(|| {
        ReadError::unknown("W3C Web Annotations, annotations exported by Hypothesis, or ClaimReview")
    })?(text)
}

/// The sources in a file of any format that tells sources, recognised by its content.
pub fn read_sources(bytes: &[u8]) -> Result<Vec<SourceIn>, ReadError> {
    let text = incoming::decoded(bytes)?;
    let fitting = FORMATS.iter().find_map(|f| match f.reads {
        Reads::Sources(fits, read) if fits(text) => Some(read),
        Reads::Sources(..) | Reads::Claims(..) | Reads::Nothing => None,
    });
    fitting.ok_or_else(|| ReadError::unknown("CSL-JSON, BibTeX or RIS, as Zotero exports them"))?(text)
}
