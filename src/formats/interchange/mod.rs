//! The formats in which other programs write and read claims and sources.
//!
//! Each format has its own module, with reader and writer if both are usual. To add one, write a module and an entry in
//! [`FORMATS`]. None of them contains a complete article; only the bundle does. None of them contains withheld content:
//! they are written from the same values as the bundle, after the same check.

mod annotation;
mod bibtex;
mod claim_table;
mod claimreview;
mod csl;
mod csv;
mod dates;
pub mod docx;
mod fields;
mod fragment;
mod incoming;
mod keys;
mod loose;
mod markdown;
mod markup;
mod names;
mod no_article;
mod pdf;
mod phrases;
mod ris;
pub mod sheet;
mod strict;
mod table;
mod validate;
mod xlsx;

pub(in crate::formats) use claimreview::{graph as review_graph, reviews};
pub use incoming::{
    ClaimIn, ClaimsIn, EvidenceIn, LeftOut, OwnClaim, OwnVerdict, Quoted, ReadAs, ReadError, Remark,
    SourceIn, SourcesIn, UNTITLED,
};
pub use no_article::{NoArticle, no_article};
pub(in crate::formats) use validate::fits_in_memory;
pub(in crate::formats) use validate::validate;
pub use validate::{MOST_JSON, NotInterchange};

use super::bundle::{self, Claims};
use crate::{
    messages::{Message, message, shown_in_english},
    model::{Dossier, RevisionId},
};
use std::cell::RefCell;
use thiserror::Error;

/// All formats, in the order of the menus.
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
        slug: "docx",
        title: "Article with comments (Word)",
        extension: "docx",
        purpose: "For an editor who works in Word: the article with its claims and queries as comments, and on request with the changes since a revision as tracked changes.",
        holds: Holds::Claims,
        write: docx::write,
        reads: Reads::Nothing,
    },
    Format {
        slug: "pdf",
        title: "Article with its claims (PDF)",
        extension: "pdf",
        purpose: "For reading, printing and passing on: the article with its claims numbered, then their verdicts and sources.",
        holds: Holds::Claims,
        write: pdf::write,
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

/// Writes the article as an HTML fragment.
fn fragment(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    Ok(fragment::fragment(input.dossier, input.text, &input.claims).into_bytes())
}

/// One format.
pub struct Format {
    /// Its name on the command line and the wire.
    pub slug: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The extension of its files, without the dot.
    pub extension: &'static str,
    /// What it is for, in one sentence.
    pub purpose: &'static str,
    /// What it contains.
    pub holds: Holds,
    write: fn(&ExportInput) -> Result<Vec<u8>, WriteError>,
    reads: Reads,
}

crate::model::slugs! {
    /// What a format contains.
    Holds, "content of a format", {
        /// The claims of an article, with verdicts and evidence.
        Claims = "claims",
        /// The sources of an article.
        Sources = "sources",
        /// The open queries of an article.
        Queries = "queries",
    }
}

/// What can be read from a format: a check whether a text looks like it, and the reader.
enum Reads {
    Nothing,
    Claims(fn(&str) -> bool, fn(&str) -> Result<ClaimsIn, ReadError>),
    Sources(fn(&str) -> bool, fn(&str) -> Result<SourcesIn, ReadError>),
}

/// The input of every writer: an article with its claims, newest text, and the numbers of its claims and queries.
struct ExportInput<'d> {
    dossier: &'d Dossier<'d>,
    claims: Claims<'d>,
    text: &'d str,
    numbers: &'d sheet::Numbers,
    since: Option<RevisionId>,
    warnings: RefCell<Vec<Message>>,
}

impl ExportInput<'_> {
    /// Warns that no font of this system has some characters.
    fn warn(&self, missing: impl Iterator<Item = char>) {
        const MOST: usize = 20;
        let shown = |c: char| format!("{c} (U+{:04X})", u32::from(c));
        let all: Vec<_> = missing.map(shown).collect();
        let more = if all.len() > MOST { ", …" } else { "" };
        if !all.is_empty() {
            let list = all.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ") + more;
            self.warnings.borrow_mut().push(message!(
                "pdf_missing",
                count = all.len() as i64,
                characters = list
            ));
        }
    }
}

/// A file and what its writer warns of.
#[derive(Debug)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is not as it should be in it.
    pub warnings: Vec<Message>,
}

/// Why a file was not written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The article cannot be exported at all.
    Article(#[from] bundle::WriteError),
    /// The writer of this format failed.
    Format(&'static str, String),
}

impl WriteError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Article(inner) => inner.message(),
            Self::Format(format, why) => message!("write_failed", format = *format, why = why),
        }
    }
}

shown_in_english!(WriteError);

impl Format {
    /// The format with that slug. The error lists all slugs.
    pub fn named(slug: &str) -> Result<&'static Self, Message> {
        let all = || FORMATS.iter().map(|f| f.slug).collect::<Vec<_>>().join(", ");
        let found = FORMATS.iter().find(|f| f.slug == slug);
        found.ok_or_else(|| message!("write_no_format", slug = slug, known = all()))
    }

    /// The formats whose files have names that end in this way; `ending` is without the dot.
    pub fn by_ending(ending: &str) -> Vec<&'static Self> {
        FORMATS.iter().filter(|f| f.extension.eq_ignore_ascii_case(ending)).collect()
    }

    /// Writes the file: always the same bytes for the same dossier; a PDF also depends on the fonts of the system. `numbers` are the numbers of its claims and queries on
    /// the desk.
    pub fn write(&self, dossier: &Dossier, numbers: &sheet::Numbers) -> Result<Vec<u8>, WriteError> {
        Ok(self.write_since(dossier, numbers, None)?.bytes)
    }

    /// The same with the changes since a revision, if this format has them, and with warnings. See
    /// [`Format::shows_changes`].
    pub fn write_since(
        &self,
        dossier: &Dossier,
        numbers: &sheet::Numbers,
        since: Option<RevisionId>,
    ) -> Result<Written, WriteError> {
        let (claims, text) = bundle::claims_and_text(dossier)?;
        let input = ExportInput { dossier, claims, text, numbers, since, warnings: RefCell::default() };
        let bytes = (self.write)(&input)?;
        Ok(Written { bytes, warnings: input.warnings.into_inner() })
    }

    /// Whether files of this format can show the changes since a revision.
    pub fn shows_changes(&self) -> bool {
        matches!(self.extension, "docx" | "pdf")
    }

    /// The same file with a byte order mark before it, by which Excel knows that a CSV file is UTF-8. Other formats have no
    /// use for one and stay as they are.
    pub fn with_mark(&self, bytes: Vec<u8>) -> Vec<u8> {
        if self.takes_mark() { [csv::MARK, &bytes].concat() } else { bytes }
    }

    /// Whether a byte order mark is of use in files of this format.
    pub fn takes_mark(&self) -> bool {
        self.extension == "csv"
    }

    /// The suggested name for a file of this format.
    pub fn offered_name(&self, dossier: &Dossier) -> String {
        let what = match self.holds {
            Holds::Claims => "",
            Holds::Sources => " (sources)",
            Holds::Queries => " (questions)",
        };
        format!("{}{what}.{}", bundle::offered_stem(dossier), self.extension)
    }
}

/// Reads the claims in a file of any format with claims. Recognises the format by the content.
pub fn read_claims(bytes: &[u8]) -> Result<ClaimsIn, ReadError> {
    let text = incoming::decoded(bytes)?;
    let fitting = FORMATS.iter().find_map(|f| match f.reads {
        Reads::Claims(fits, read) if fits(text) => Some(read),
        Reads::Claims(..) | Reads::Sources(..) | Reads::Nothing => None,
    });
    let table = || claim_table::fits(text).then_some(claim_table::read as fn(&str) -> _);
    fitting.or_else(table).ok_or_else(|| {
        ReadError::unknown(
            "W3C Web Annotations, annotations exported by Hypothesis, ClaimReview, an answer of Google's Fact Check API, or a \
             table (CSV) with a column of words of the article",
        )
    })?(text)
}

/// Reads the sources in a file of any format with sources. Recognises the format by the content.
pub fn read_sources(bytes: &[u8]) -> Result<SourcesIn, ReadError> {
    let text = incoming::decoded(bytes)?;
    let fitting = FORMATS.iter().find_map(|f| match f.reads {
        Reads::Sources(fits, read) if fits(text) => Some(read),
        Reads::Sources(..) | Reads::Claims(..) | Reads::Nothing => None,
    });
    fitting.ok_or_else(|| ReadError::unknown("CSL-JSON, BibTeX or RIS, as Zotero exports them"))?(text)
}
