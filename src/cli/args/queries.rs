//! `query`.

use clap::{Args, Subcommand};

#[derive(Args)]
pub struct Query {
    #[command(subcommand)]
    pub what: QueryWhat,
}

#[derive(Subcommand)]
pub enum QueryWhat {
    /// Ask about an article or a claim
    Ask {
        /// The article (3) or the claim (C12), or an id
        on: String,
        /// The question
        #[arg(required_unless_present = "said")]
        text: Option<String>,
        /// The question
        #[arg(long = "text", value_name = "T", conflicts_with = "text")]
        said: Option<String>,
        /// The claim it is about, if ON is an article
        #[arg(long, value_name = "C")]
        claim: Option<String>,
        /// Who is asked
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
    },
    /// Answer a query
    Answer {
        /// The query: Q2, 2 or its id
        #[arg(value_name = "Q")]
        query: String,
        /// The answer
        #[arg(required_unless_present = "said")]
        text: Option<String>,
        /// The answer
        #[arg(long = "text", value_name = "T", conflicts_with = "text")]
        said: Option<String>,
    },
    /// Resolve a query
    Resolve {
        /// The query: Q2, 2 or its id
        #[arg(value_name = "Q")]
        query: String,
        /// What was decided
        #[arg(long, value_name = "T")]
        note: Option<String>,
    },
    /// Record the answers of a sheet that came back ('export A --format sheet-html'): a page as Word saves it, Markdown, text,
    /// or a mail that quotes it or has it attached (.eml)
    Import {
        /// The file, or - for standard input
        file: String,
        /// The article: its number or id; otherwise the one the sheet is about
        #[arg(long, value_name = "A")]
        article: Option<String>,
        /// Who wrote the answers; otherwise the name in the sheet
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// List the queries of an article, or of the whole desk
    List {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: Option<String>,
        /// Only those that are not resolved
        #[arg(long)]
        open: bool,
    },
}
