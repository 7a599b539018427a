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
mod fragment;
mod incoming;
mod keys;
mod loose;
mod markdown;
mod names;
mod phrases;
mod ris;
pub mod sheet;
mod strict;
mod table;
mod validate;
mod xlsx;

pub(in crate::formats) use claimreview::{graph as review_graph, reviews};
pub use incoming::{ClaimIn, ClaimsIn, EvidenceIn, LeftOut, Quoted, ReadError, SourceIn};
pub(in crate::formats) use validate::fits_in_memory;
pub(in crate::formats) use validate::validate;
pub use validate::{MOST_JSON, NotInterchange};

use super::bundle::{self, Claims};
use crate::model::Dossier;
use thiserror::Error;

/// Every format, in the order they are offered.
pub const FORMATS: &[Format] = &[
    Format {
        slug: "csv",
        title: "Table of claims (CSV)",
        extension: "csv",
        purpose: "For looking through the claims in any spreadsheet or script: one row for each claim, with its verdict and sources.",
        holds: Holds::Claims,
        write: csv::write,
        reads: Reads::Nothing,
    },
    Format {
        slug: "xlsx",
        title: "Table of claims (Excel)",
        extension: "xlsx",
        purpose: "For looking through the claims in Excel and sorting them there: one row for each claim, one for each source.",
        holds: Holds::Claims,
        write: xlsx::write,
        reads: Reads::Nothing,
    },
    Format {
        slug: "markdown",
        title: "Article with footnotes (Markdown)",
        extension: "md",
        purpose: "For reading the article with a footnote for each claim, in an editor, on GitHub or through Pandoc.",
        holds: Holds::Claims,
        write: markdown::write,
        reads: Reads::Nothing,
    },
    Format {
        slug: "fragment",
        title: "Article to paste into a content system (HTML)",
        extension: "html",
        purpose: "For pasting the checked article into a content system: clean HTML with a note for each verdict that holds, and the data that search engines read.",
        holds: Holds::Claims,
        write: fragment,
        reads: Reads::Nothing,
    },
    Format {
        slug: "claimreview",
        title: "ClaimReview (schema.org)",
        extension: "json",
        purpose: "For a website whose verdicts search engines and fact-check collections are to find.",
        holds: Holds::Claims,
        write: claimreview::write,
        reads: Reads::Claims(claimreview::fits, claimreview::read),
    },
    Format {
        slug: "claimreview-feed",
        title: "ClaimReview feed (schema.org DataFeed)",
        extension: "json",
        purpose: "For collections that read many ClaimReviews at one address.",
        holds: Holds::Claims,
        write: claimreview::write_feed,
        reads: Reads::Claims(claimreview::fits, claimreview::read),
    },
    Format {
        slug: "webannotation",
        title: "Web Annotation (W3C)",
        extension: "jsonld",
        purpose: "For programs that show notes at the words they are about, such as Hypothesis.",
        holds: Holds::Claims,
        write: annotation::write,
        reads: Reads::Claims(annotation::fits, annotation::read),
    },
    Format {
        slug: "sheet-html",
        title: "Questions to the writer (HTML for Word)",
        extension: "html",
        purpose: "For the writer, who answers the open questions in Word and sends the file back.",
        holds: Holds::Queries,
        write: sheet::html,
        reads: Reads::Nothing,
    },
    Format {
        slug: "sheet-md",
        title: "Questions to the writer (Markdown)",
        extension: "md",
        purpose: "For the writer, who answers the open questions in a text editor and sends the file back.",
        holds: Holds::Queries,
        write: sheet::markdown,
        reads: Reads::Nothing,
    },
    Format {
        slug: "sheet-txt",
        title: "Questions to the writer (text for a mail)",
        extension: "txt",
        purpose: "For the writer, who answers the open questions in a reply to a mail.",
        holds: Holds::Queries,
        write: sheet::text,
        reads: Reads::Nothing,
    },
    Format {
        slug: "csl-json",
        title: "Sources (CSL-JSON)",
        extension: "json",
        purpose: "For taking the sources into Zotero and other reference managers with every field.",
        holds: Holds::Sources,
        write: csl::write,
        reads: Reads::Sources(csl::fits, csl::read),
    },
    Format {
        slug: "bibtex",
        title: "Sources (BibTeX)",
        extension: "bib",
        purpose: "For citing the sources in LaTeX.",
        holds: Holds::Sources,
        write: bibtex::write,
        reads: Reads::Sources(bibtex::fits, bibtex::read),
    },
    Format {
        slug: "ris",
        title: "Sources (RIS)",
        extension: "ris",
        purpose: "For taking the sources into EndNote and other reference managers.",
        holds: Holds::Sources,
        write: ris::write,
        reads: Reads::Sources(ris::fits, ris::read),
    },
];

/// The article as a piece of HTML.
fn fragment(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    Ok(fragment::fragment(input.dossier, input.text, &input.claims).into_bytes())
}

/// One format of the field.
pub struct Format {
    /// The word it is named by on the command line and the wire.
    pub slug: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// How its files end, without the dot.
    pub extension: &'static str,
    /// What it is for, in one sentence.
    pub purpose: &'static str,
    /// What it tells of.
    pub holds: Holds,
    write: fn(&ExportInput) -> Result<Vec<u8>, WriteError>,
    reads: Reads,
}

/// What a format tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The claims of an article, with verdicts and evidence.
    Claims,
    /// The sources of an article.
    Sources,
    /// The open queries of an article.
    Queries,
}

/// What can be read from a format: whether a text looks like it, and the reading.
enum Reads {
    Nothing,
    Claims(fn(&str) -> bool, fn(&str) -> Result<ClaimsIn, ReadError>),
    Sources(fn(&str) -> bool, fn(&str) -> Result<Vec<SourceIn>, ReadError>),
}

/// What every room is told of an article.
struct ExportInput<'d> {
    dossier: &'d Dossier<'d>,
    claims: Claims<'d>,
    text: &'d str,
    numbers: &'d sheet::Numbers,
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

    /// The file's bytes: always the same for the same dossier. `numbers` are those of its queries on the desk.
    pub fn write(&self, dossier: &Dossier, numbers: &sheet::Numbers) -> Result<Vec<u8>, WriteError> {
        let (claims, text) = bundle::told(dossier)?;
        (self.write)(&ExportInput { dossier, claims, text, numbers })
    }

    /// The name a file of it is offered under.
    pub fn offered_name(&self, dossier: &Dossier) -> String {
        let stem = bundle::plain_name(dossier);
        let what = match self.holds {
            Holds::Claims => "",
            Holds::Sources => "-sources",
            Holds::Queries => "-questions",
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
