//! `import`, `article`, `revise`, `revision` and `diff`.

use clap::{Args, Subcommand, ValueEnum};

#[derive(Args)]
pub struct Import {
    /// The file, or - for standard input
    pub file: String,
    /// Recognise nothing; only normalise byte order mark and line ends
    #[arg(long)]
    pub as_is: bool,
    /// Import it although the same bytes are on the desk already
    #[arg(long)]
    pub again: bool,
    /// The encoding, if it is not recognised: windows-1252, windows-1251, shift_jis ...
    #[arg(long, value_name = "E")]
    pub encoding: Option<String>,
    /// Print what would be imported, and record nothing
    #[arg(long)]
    pub look: bool,
    /// What the file is, if it is not recognised: docx, html, mhtml, eml, pdf, markdown, text
    #[arg(long, value_name = "K")]
    pub kind: Option<String>,
    /// What to do with tracked changes: pending (decide one by one), accept, reject
    #[arg(long, value_name = "HOW", default_value = "pending")]
    pub changes: String,
    /// For a bundle: which words to keep where both changed the same sentence, ours (the desk's) or theirs (the bundle's)
    #[arg(long, value_name = "SIDE")]
    pub take: Option<Take>,
    /// For a bundle: accept what it says in the name of a person of this desk, although it is not signed with their key
    #[arg(long)]
    pub trust: bool,
}

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Article {
    #[command(subcommand)]
    pub what: Option<ArticleWhat>,
    /// The article: its number or id
    #[arg(value_name = "A", required = true)]
    pub article: Option<String>,
    /// An older revision, by number or id
    #[arg(long, value_name = "N")]
    pub revision: Option<String>,
    /// As it was right after an action, by its id from 'log A --json'
    #[arg(long, visible_alias = "at", value_name = "ACTION", conflicts_with = "revision")]
    pub then: Option<String>,
}

#[derive(Subcommand)]
pub enum ArticleWhat {
    /// Print or change an article's details; an empty value clears a field
    Info(Box<ArticleInfo>),
    /// Print or set an article's status: how far the work is, its deadline and its assignee. It is never exported
    Status {
        /// The article: its number or id
        article: String,
        /// checking, with-writer, ready or out; none for no state
        #[arg(long, value_name = "STATE")]
        state: Option<String>,
        /// A day such as 2026-12-01, or a time with its offset such as 2026-12-01T17:00+01:00; none for no deadline
        #[arg(long, value_name = "D")]
        deadline: Option<String>,
        /// Who it is assigned to, by name; none for no one
        #[arg(long, value_name = "NAME")]
        assign: Option<String>,
    },
    /// Archive an article
    Archive {
        /// The article: its number or id
        article: String,
    },
    /// Restore an archived article
    #[command(visible_alias = "restore")]
    Unarchive {
        /// The article: its number or id
        article: String,
    },
}

#[derive(Args)]
pub struct ArticleInfo {
    /// The article: its number or id
    pub article: String,
    /// Who wrote it
    #[arg(long)]
    pub byline: Option<String>,
    /// Where it was published
    #[arg(long)]
    pub outlet: Option<String>,
    /// The day it was published, such as 2025-08-25
    #[arg(long)]
    pub date: Option<String>,
    /// The time as written
    #[arg(long)]
    pub time: Option<String>,
    /// The time zone as written
    #[arg(long, visible_alias = "time-zone")]
    pub zone: Option<String>,
    /// Where it was written
    #[arg(long)]
    pub place: Option<String>,
    /// Its language, such as en
    #[arg(long)]
    pub language: Option<String>,
    /// Its URL
    #[arg(long)]
    pub url: Option<String>,
    /// A tag; may be given several times, all tags are replaced
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Option<Vec<String>>,
    /// A hashtag; may be given several times, all hashtags are replaced
    #[arg(long = "hashtag", value_name = "TAG")]
    pub hashtags: Option<Vec<String>>,
}

#[derive(Args)]
pub struct Revise {
    /// The article: its number or id
    #[arg(value_name = "A")]
    pub article: String,
    /// A file with the revision's whole text, in the form 'article' prints; - for standard input. A Word file that went out with
    /// 'export --format docx' is merged, its tracked changes become suggestions, its comments answers and queries
    pub file: String,
    /// Record nothing: list what a Word file brings
    #[arg(long, conflicts_with_all = ["take", "note", "suggest"])]
    pub look: bool,
    /// The revision the file is based on, if it is not the newest: the two are merged, sentence by sentence
    #[arg(long, value_name = "N")]
    pub base: Option<String>,
    /// Which words to keep where both changed the same sentence: ours (the newest revision's) or theirs (the file's)
    #[arg(long, value_name = "SIDE")]
    pub take: Option<Take>,
    /// Record nothing of the text: its differences from the newest revision become suggestions
    #[arg(long, conflicts_with_all = ["base", "note"])]
    pub suggest: bool,
    /// The file may replace the whole text, although the two have almost no words in common
    #[arg(long)]
    pub replace: bool,
    /// A note on the revision
    #[arg(long, value_name = "T")]
    pub note: Option<String>,
    /// The file's encoding, if it is not recognised: windows-1252, windows-1251, shift_jis ...
    #[arg(long, value_name = "E")]
    pub encoding: Option<String>,
}

/// Which words to keep in a conflict.
#[derive(Clone, Copy, ValueEnum)]
pub enum Take {
    /// The newest revision's
    Ours,
    /// The file's
    Theirs,
}

#[derive(Args)]
pub struct Revision {
    #[command(subcommand)]
    pub what: RevisionWhat,
}

#[derive(Subcommand)]
pub enum RevisionWhat {
    /// Restore an old revision's text as a new revision
    Restore {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// The old revision: its number or id
        #[arg(value_name = "N")]
        revision: String,
    },
}

#[derive(Args)]
pub struct Diff {
    /// The article: its number or id
    #[arg(value_name = "A")]
    pub article: String,
    /// The older revision; by default the one before the newer
    #[arg(long, value_name = "N")]
    pub from: Option<String>,
    /// The newer revision; by default the newest
    #[arg(long, value_name = "N")]
    pub to: Option<String>,
    /// How to print it
    #[arg(long, value_enum)]
    pub format: Option<DiffFormat>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum DiffFormat {
    Text,
    Html,
    Json,
}
