//! `source` and `evidence`.

use super::lists::ListArgs;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args)]
pub struct Source {
    #[command(subcommand)]
    pub what: SourceWhat,
}

#[derive(Subcommand)]
pub enum SourceWhat {
    /// Add a source
    Add(Box<SourceFields>),
    /// Import sources from CSL-JSON, BibTeX or RIS; sources that are on the desk already are not added again
    Import {
        /// The file, or - for standard input
        file: String,
        /// Add sources even if the desk seems to have them: all, or those at these places in the file (--apart=2,5)
        #[arg(long, value_name = "N,…", num_args = 0..=1, require_equals = true, default_missing_value = "", value_delimiter = ',')]
        apart: Option<Vec<String>>,
    },
    /// Change a source; what is not given stays, an empty value clears a field
    Edit {
        /// The source: S4, 4 or its id
        #[arg(value_name = "S")]
        source: String,
        #[command(flatten)]
        fields: Box<SourceFields>,
        /// Include it in exports again
        #[arg(long, conflicts_with = "withhold")]
        open: bool,
    },
    /// List the addresses in links and notes of an article's file, each with the claims of its sentence; with --take, attach them to
    /// these claims as context, in one action
    Offered {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// Attach those with these numbers in the list, or all
        #[arg(long, value_name = "N", num_args = 0..)]
        take: Option<Vec<usize>>,
    },
    /// Keep a source in this file: the shared desk gets only digests of it, and exports leave it out. Before it is sent
    Keep {
        /// The source: S4, 4 or its id
        #[arg(value_name = "S")]
        source: String,
    },
    /// Show a source with its conversations and how it is reached
    Show {
        /// The source: S4, 4 or its id
        #[arg(value_name = "S")]
        source: String,
    },
    /// Record a conversation with a source; on background and off the record it is withheld from then on
    Interview {
        /// The source: S4, 4 or its id
        #[arg(value_name = "S")]
        source: String,
        /// With whom
        #[arg(long, value_name = "NAME")]
        with: String,
        /// In which role they spoke
        #[arg(long, value_name = "R")]
        role: Option<String>,
        /// phone, in-person, video, mail or message
        #[arg(long, value_name = "HOW")]
        how: String,
        /// When, such as 2025-08-25 or 25 Aug 2025
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// What was agreed on naming: record, background or off
        #[arg(long, value_name = "TERMS")]
        terms: String,
        /// What they confirmed
        #[arg(long, value_name = "T")]
        confirmed: Option<String>,
        /// Where the recording or the notes are
        #[arg(long, value_name = "T")]
        recording: Option<String>,
    },
    /// Say how a source is reached; it never goes out. What is not given stays, an empty value clears a field
    Contact {
        /// The source: S4, 4 or its id
        #[arg(value_name = "S")]
        source: String,
        /// Its phone number
        #[arg(long, value_name = "P")]
        phone: Option<String>,
        /// Its mail address
        #[arg(long, value_name = "M")]
        mail: Option<String>,
        /// Its postal address
        #[arg(long, value_name = "A")]
        address: Option<String>,
    },
    /// List the sources
    List {
        /// Words that must all occur
        words: Vec<String>,
        #[command(flatten)]
        list: ListArgs,
    },
}

#[derive(Args, Default)]
pub struct SourceFields {
    /// Its title
    #[arg(long, value_name = "T")]
    pub title: Option<String>,
    /// A CSL item type: article, webpage, report, dataset, book, interview, personal_communication ...
    #[arg(long, value_name = "K")]
    pub kind: Option<String>,
    /// An author; may be given several times
    #[arg(long = "author", value_name = "N")]
    pub authors: Option<Vec<String>>,
    /// Who published it
    #[arg(long, value_name = "T")]
    pub publisher: Option<String>,
    /// When it was published: 2025, 2025-08, 2025-08-25 or 25 Aug 2025
    #[arg(long, value_name = "D")]
    pub published: Option<String>,
    /// When you accessed it: 2025, 2025-08, 2025-08-25 or 25 Aug 2025
    #[arg(long, value_name = "D")]
    pub accessed: Option<String>,
    /// Its URL
    #[arg(long, value_name = "U")]
    pub url: Option<String>,
    /// Anything else
    #[arg(long, value_name = "T")]
    pub note: Option<String>,
    /// How far it can be relied on
    #[arg(long, value_name = "T")]
    pub reliability: Option<String>,
    /// Withhold it: exports contain only its digest
    #[arg(long)]
    pub withhold: bool,
    /// Keep it in this file only: the shared desk gets only digests of it, and exports leave it out
    #[arg(long)]
    pub keep_here: bool,
    /// A file to keep with it, at most 256 MiB; may be given several times
    #[arg(long = "file", value_name = "F")]
    pub files: Vec<PathBuf>,
}

#[derive(Args)]
pub struct Evidence {
    #[command(subcommand)]
    pub what: EvidenceWhat,
}

#[derive(Subcommand)]
pub enum EvidenceWhat {
    /// Use a source for a claim
    Add {
        /// The claim: C12, 12 or its id
        #[arg(value_name = "C")]
        claim: String,
        /// The source: S4, 4 or its id
        #[arg(value_name = "S")]
        source: String,
        /// supports, refutes or context
        #[arg(long, value_name = "STANCE")]
        stance: String,
        #[command(flatten)]
        text: PassageFields,
    },
    /// Change a piece of evidence; what is not given stays, an empty value clears a field
    Edit {
        /// The evidence's id
        #[arg(value_name = "E")]
        evidence: String,
        /// supports, refutes or context
        #[arg(long, value_name = "STANCE")]
        stance: Option<String>,
        #[command(flatten)]
        text: PassageFields,
    },
    /// Remove a piece of evidence
    #[command(visible_alias = "remove")]
    Retract {
        /// The evidence's id
        #[arg(value_name = "E")]
        evidence: String,
    },
}

#[derive(Args)]
pub struct PassageFields {
    /// The exact words of the source
    #[arg(long, value_name = "T")]
    pub passage: Option<String>,
    /// Where in the source: a page, a timecode
    #[arg(long, value_name = "T")]
    pub locator: Option<String>,
    /// Anything else
    #[arg(long, value_name = "T")]
    pub note: Option<String>,
}
