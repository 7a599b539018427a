//! `sign-off`, `exempt`, `policy`, and what `verify` can require.

use super::claims::Quote;
use clap::{Args, ValueEnum};

/// What can be required of a file beyond being valid.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Require {
    /// The article counted as verified when the bundle was exported
    Verified,
    /// It is signed by a key this desk knows
    Signed,
}

#[derive(Args)]
pub struct SignOffArgs {
    /// The claim: its number or id
    #[arg(value_name = "C")]
    pub claim: String,
    /// A note
    #[arg(long, value_name = "T", conflicts_with = "take_back")]
    pub note: Option<String>,
    /// Undo your own sign-off
    #[arg(long, visible_alias = "undo")]
    pub take_back: bool,
}

#[derive(Args)]
pub struct Exempt {
    /// The article: its number or id
    #[arg(value_name = "A")]
    pub article: String,
    #[command(flatten)]
    pub quote: Quote,
    /// Why they need no check
    #[arg(long, value_name = "T", conflicts_with = "open_again")]
    pub note: Option<String>,
    /// Mark them as check needed again
    #[arg(long, visible_alias = "check-needed")]
    pub open_again: bool,
}

#[derive(Args)]
pub struct PolicyArgs {
    /// The percentage of sentences that must be checked or need no check
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub coverage: Option<u8>,
    /// Which verdicts need a second person: none, high (high-risk claims) or all
    #[arg(long, value_name = "RULE")]
    pub second: Option<String>,
    /// Whether every verdict needs evidence: true or false
    #[arg(long, value_name = "BOOL")]
    pub evidence: Option<bool>,
    /// Whether every query must be resolved: true or false
    #[arg(long, value_name = "BOOL")]
    pub queries: Option<bool>,
    /// Whether a claim is open when other words of its sentence changed, until somebody says that its verdict still holds:
    /// true or false
    #[arg(long, value_name = "BOOL")]
    pub context: Option<bool>,
}
