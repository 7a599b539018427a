//! The options of lists: pages, filters and orders.

use clap::Args;

/// Which articles, and in which order.
#[derive(Args)]
pub struct ArticlesArgs {
    #[command(flatten)]
    pub list: ListArgs,
    /// Only those that are so far: checking, with-writer, ready, out or none
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// Only those with this tag or hashtag
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// Only those that are assigned to this person as a whole, or to none
    #[arg(long, value_name = "NAME")]
    pub assigned: Option<String>,
    /// Only those with open queries
    #[arg(long)]
    pub open_queries: bool,
}

/// Which part of a list, and in which order.
#[derive(Args, Default)]
pub struct ListArgs {
    /// The page, counted from 1; without it the whole list
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub page: Option<u32>,
    /// How many are on a page
    #[arg(long, value_name = "N", default_value_t = 50, requires = "page", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub per: u32,
    /// The order: touched (last changed first), headline, number or open (most open items first); for articles also date,
    /// deadline or state; for sources use (most used first)
    #[arg(long, value_name = "S")]
    pub sort: Option<String>,
    /// Only these: open, archived, queries (with open ones), assigned=NAME (a claim is), status=STATUS (of a claim: unchecked,
    /// checked, out-of-date, no-longer-in-text) or words=TEXT; for articles also assignee=NAME, state=STATE or tag=TAG;
    /// several filters narrow the list further
    #[arg(long = "filter", value_name = "F")]
    pub filters: Vec<String>,
}
