//! `suggestion`.

use clap::{Args, Subcommand};

#[derive(Args)]
pub struct SuggestionArgs {
    #[command(subcommand)]
    pub what: SuggestionWhat,
}

#[derive(Subcommand)]
pub enum SuggestionWhat {
    /// List the suggestions of an article that wait, each with what accepting it does to claims
    List {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// Those that were decided, too
        #[arg(long)]
        all: bool,
    },
    /// Show a suggestion
    Show {
        /// The suggestion: its number or id
        #[arg(value_name = "N")]
        suggestion: String,
    },
    /// Accept suggestions in one action, as a revision; exit 1 if one does not wait
    Accept {
        /// The suggestions: numbers or ids
        #[arg(value_name = "N", required = true)]
        suggestions: Vec<String>,
        /// A remark
        #[arg(long, value_name = "T")]
        note: Option<String>,
    },
    /// Reject suggestions in one action; exit 1 if one does not wait
    Reject {
        /// The suggestions: numbers or ids
        #[arg(value_name = "N", required = true)]
        suggestions: Vec<String>,
        /// A remark
        #[arg(long, value_name = "T")]
        note: Option<String>,
    },
    /// Suggest other words
    Make {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// The words, exactly as 'article' prints them
        #[arg(long, value_name = "T")]
        quote: String,
        /// Which occurrence of the words, from 1
        #[arg(long, value_name = "N")]
        occurrence: Option<usize>,
        /// The words to put in their place; empty to delete them
        #[arg(long, value_name = "T", allow_hyphen_values = true)]
        with: String,
    },
}
