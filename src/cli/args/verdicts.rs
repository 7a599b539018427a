//! `verdict`, `reaffirm` and `scale`.

use clap::{Args, Subcommand};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Verdict {
    #[command(subcommand)]
    pub what: Option<VerdictWhat>,
    /// The claim: C12, 12 or its id
    #[arg(value_name = "C", required = true)]
    pub claim: Option<String>,
    /// The rating: true, mostly-true, misleading, mostly-false, false, unproven, opinion, or one of the desk's own
    #[arg(value_name = "RATING", required = true)]
    pub rating: Option<String>,
    /// The reason
    #[arg(long, visible_alias = "reason", value_name = "T", required = true)]
    pub rationale: Option<String>,
    /// The rating scale, by name
    #[arg(long, value_name = "NAME")]
    pub scale: Option<String>,
    /// What becomes of the evidence that was there before the claim's words changed: keep (all stays), earlier (it stays, marked as
    /// of the earlier words) or remove
    #[arg(long, value_name = "CHOICE", default_value = "keep")]
    pub evidence: String,
}

#[derive(Subcommand)]
pub enum VerdictWhat {
    /// Withdraw the verdict; it stays in the claim's history
    Withdraw {
        /// The claim: C12, 12 or its id
        #[arg(value_name = "C")]
        claim: String,
    },
}

#[derive(Args)]
pub struct Reaffirm {
    /// The claim, or several of one article: C12, 12 or its id
    #[arg(value_name = "C", required_unless_present = "all_context")]
    pub claims: Vec<String>,
    /// Every claim of this article whose verdict holds while other words of its sentence changed
    #[arg(long, value_name = "A", conflicts_with = "claims")]
    pub all_context: Option<String>,
    /// Why it still holds; by default the earlier reason
    #[arg(long, visible_alias = "reason", value_name = "T")]
    pub rationale: Option<String>,
}

#[derive(Args)]
pub struct Scale {
    #[command(subcommand)]
    pub what: ScaleWhat,
}

#[derive(Subcommand)]
pub enum ScaleWhat {
    /// List the rating scales
    List,
    /// Add a rating scale
    Add {
        /// Its name
        #[arg(long)]
        name: String,
        /// A step, truest first: SLUG|LABEL|FAMILY|VALUE|MEANING, FAMILY one of holds, partly, fails, open; VALUE and
        /// MEANING may be left empty
        #[arg(long = "rating", value_name = "R", required = true)]
        ratings: Vec<String>,
    },
}
