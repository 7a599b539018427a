//! `claim`.

use super::lists::ListArgs;
use clap::{Args, Subcommand};

#[derive(Args)]
pub struct Claim {
    #[command(subcommand)]
    pub what: ClaimWhat,
}

#[derive(Subcommand)]
pub enum ClaimWhat {
    /// Mark words of the newest revision as a claim
    Mark {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        #[command(flatten)]
        quote: Quote,
        #[command(flatten)]
        fields: ClaimFields,
        /// Widen the words to the whole number, with its scale and unit, if their edges cut through it
        #[arg(long)]
        widen: bool,
    },
    /// Import claims from Web Annotations, Hypothesis or ClaimReview; each is attached to its words in the newest revision
    Import {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// The file, or - for standard input
        file: String,
    },
    /// List an article's claims in the order of its text, or those of the whole desk by number
    List {
        /// The article: its number or id; without it the claims of all articles
        #[arg(value_name = "A")]
        article: Option<String>,
        #[command(flatten)]
        list: ListArgs,
    },
    /// Show a claim with its evidence, verdicts and queries
    Show {
        /// The claim: C12, 12 or its id
        #[arg(value_name = "C")]
        claim: String,
    },
    /// Change a claim's details; an empty value clears one
    Edit {
        /// The claim: C12, 12 or its id
        #[arg(value_name = "C")]
        claim: String,
        #[command(flatten)]
        fields: ClaimFields,
    },
    /// Retract a claim
    Retract {
        /// The claim: C12, 12 or its id
        #[arg(value_name = "C")]
        claim: String,
    },
    /// Restore a retracted claim
    Restore {
        /// The claim: C12, 12 or its id
        #[arg(value_name = "C")]
        claim: String,
    },
    /// Attach a claim to other words of the newest revision; without --quote, list similar words
    #[command(visible_alias = "attach")]
    Reattach {
        /// The claim: C12, 12 or its id
        #[arg(value_name = "C")]
        claim: String,
        /// The words, exactly as 'article' prints them
        #[arg(long, value_name = "T")]
        quote: Option<String>,
        /// Which occurrence of the words, from 1
        #[arg(long, value_name = "N")]
        occurrence: Option<usize>,
    },
    /// Assign a claim to a colleague, or to no one
    Assign {
        /// The claim: C12, 12 or its id
        #[arg(value_name = "C")]
        claim: String,
        /// The colleague's name; without it, no one
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
    },
}

#[derive(Args)]
pub struct Quote {
    /// The words, exactly as 'article' prints them; given several times, they make one claim of several spans
    #[arg(long = "quote", value_name = "T", required = true)]
    pub quotes: Vec<String>,
    /// Which occurrence of the words, from 1
    #[arg(long, value_name = "N")]
    pub occurrence: Option<usize>,
}

#[derive(Args)]
pub struct ClaimFields {
    /// The claim in one sentence that is clear without the article
    #[arg(long, value_name = "T")]
    pub assertion: Option<String>,
    /// fact, figure, name, date, quotation, attribution, opinion or forecast
    #[arg(long, value_name = "K")]
    pub kind: Option<String>,
    /// Who makes the claim in the article
    #[arg(long, value_name = "N")]
    pub claimant: Option<String>,
    /// normal or high
    #[arg(long, value_name = "R")]
    pub risk: Option<String>,
}
