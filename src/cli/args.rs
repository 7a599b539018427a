//! What can be said on the command line.

use crate::desk::Access;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Check an article's facts: mark its statements as claims, give verdicts that hold only for the exact words they were
/// given on, revise the text, and export a bundle that others can check.
#[derive(Parser)]
#[command(name = "tickmark", version, about, max_term_width = 100)]
pub struct Cli {
    /// The desk file; by default the one the window opens
    #[arg(long, global = true, value_name = "FILE", env = "TICKMARK_DESK")]
    pub desk: Option<PathBuf>,
    /// Who is working; a new name is added with the first action
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub name: Option<String>,
    /// Print exactly one JSON value; offsets are Unicode code points, end exclusive
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

impl Command {
    /// What the whole command does with the desk, in one transaction; nothing where it says itself what is one.
    pub fn access(&self) -> Option<Access> {
        use Command as C;
        match self {
            C::Articles(_)
            | C::Revisions { .. }
            | C::Blame { .. }
            | C::Timeline { .. }
            | C::Diff(_)
            | C::Coverage { .. }
            | C::Gate { .. }
            | C::Policy(PolicyArgs { coverage: None, second: None, evidence: None, queries: None })
            | C::Corrections { .. }
            | C::Log { .. }
            | C::Search { .. }
            | C::Disclose { .. }
            | C::Article(Article { what: None, .. })
            | C::Article(Article {
                what: Some(ArticleWhat::Status { state: None, deadline: None, assign: None, .. }),
                ..
            })
            | C::Claim(Claim {
                what:
                    ClaimWhat::List { .. } | ClaimWhat::Show { .. } | ClaimWhat::Reattach { quote: None, .. },
            })
            | C::Source(Source { what: SourceWhat::List { .. } | SourceWhat::Show { .. } })
            | C::Scale(Scale { what: ScaleWhat::List })
            | C::Query(Query { what: QueryWhat::List { .. } }) => Some(Access::Read),
            // What works on files as well, or takes long, says itself what is one transaction.
            C::Claim(Claim { what: ClaimWhat::Import { .. } })
            | C::Source(Source {
                what: SourceWhat::Add(_) | SourceWhat::Import { .. } | SourceWhat::Edit { .. },
            }) => None,
            C::Source(_)
            | C::Article(_)
            | C::Revise(_)
            | C::Revision(_)
            | C::Claim(_)
            | C::Evidence(_)
            | C::Verdict(_)
            | C::Reaffirm(_)
            | C::SignOff(_)
            | C::Wave(_)
            | C::Policy(_)
            | C::Scale(_)
            | C::Query(_)
            | C::Undo
            | C::Redo
            | C::Contact(_)
            | C::Example => Some(Access::Write),
            C::Import(_)
            | C::Redact { .. }
            | C::Export { .. }
            | C::Verify { .. }
            | C::Key(_)
            | C::Check { .. }
            | C::Backup { .. }
            | C::Desk(_)
            | C::Restore { .. }
            | C::Call
            | C::Completions { .. }
            | C::Man => None,
        }
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// Import an article from a text file, or a bundle with its whole history
    Import(Import),
    /// List the articles
    Articles(ArticlesArgs),
    /// Print an article, change its details or status, archive or restore it
    Article(Article),
    /// Save a file as the article's next revision, and list what happened to its claims
    Revise(Revise),
    /// List an article's revisions
    Revisions {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
    },
    /// Show who wrote which words of an article, and in which revision; words keep their author when they move
    #[command(visible_alias = "authors")]
    Blame {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// An older revision, by number or id
        #[arg(long, value_name = "N")]
        revision: Option<String>,
    },
    /// Show an article's size and the status of its claims at each revision
    Timeline {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
    },
    /// Restore an old revision as a new one
    Revision(Revision),
    /// Compare two revisions, word by word and in statements
    Diff(Diff),
    /// Mark, list, show, edit, retract, restore or re-attach claims
    Claim(Claim),
    /// Add, change, import or list sources
    Source(Source),
    /// Add, change or remove evidence
    Evidence(Evidence),
    /// Give a verdict on a claim's exact words, or withdraw it
    Verdict(Verdict),
    /// Say that an out-of-date verdict still holds on the current words
    #[command(visible_alias = "still-holds")]
    Reaffirm(Reaffirm),
    /// Sign off a colleague's verdict as the second person, or undo your sign-off
    SignOff(SignOffArgs),
    /// Show which sentences are checked, need no check or are open, and what in them can be checked
    Coverage {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// Only those that are open
        #[arg(long)]
        open: bool,
    },
    /// Mark sentences as “No check needed”; this holds for exactly their words
    #[command(visible_alias = "exempt")]
    Wave(Wave),
    /// Say whether an article counts as verified; if not, list what is open, exit 1
    Gate {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
    },
    /// Print what was corrected since an article was last exported as verified, as Markdown to publish
    Corrections {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// Compare with this revision (number or id), as it was before the next one
        #[arg(long, value_name = "N")]
        since: Option<String>,
    },
    /// Print or set the requirements for an article to count as verified
    #[command(visible_alias = "requirements")]
    Policy(PolicyArgs),
    /// List rating scales, or add one
    Scale(Scale),
    /// Ask, answer, resolve or list queries
    Query(Query),
    /// List what was done to an article
    Log {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
    },
    /// Undo the last action; a save that is undone leaves its words as a draft
    Undo,
    /// Redo the last action that was undone
    Redo,
    /// Erase a recorded fact's content; its digest and who erased it are kept
    Redact {
        /// The fact's id, from 'log A --json'
        fact: String,
        /// Why
        #[arg(long, value_name = "T")]
        why: Option<String>,
    },
    /// Export an article as a bundle, a zipped BagIt bag that others can check, or its claims or sources in another format
    Export {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Replace an existing file
        #[arg(long)]
        force: bool,
        /// csv, xlsx, markdown, fragment, claimreview, claimreview-feed or webannotation for its claims; sheet-html, sheet-md
        /// or sheet-txt for its open queries, to be answered; csl-json, bibtex or ris for its sources
        #[arg(long, value_name = "F")]
        format: Option<String>,
        /// Only if the article counts as verified; otherwise nothing is written, exit 1
        #[arg(long, conflicts_with = "format")]
        verified: bool,
        /// Do not sign it
        #[arg(long, conflicts_with = "format")]
        unsigned: bool,
        #[command(flatten)]
        passphrase: PassphraseFrom,
    },
    /// Check any file: its kind, and whether it is complete, valid, signed and verified. Known kinds: BagIt bag, bundle, WACZ
    /// web archive, W3C Web Annotations, ClaimReview. Exit 1 if it is not valid, 2 if it is of no known kind
    Verify {
        /// The file, or the folder of a bag
        path: PathBuf,
        /// Require more than valid, exit 1 if it is not: verified, signed (by a key this desk knows)
        #[arg(long, value_name = "WHAT", value_delimiter = ',')]
        require: Vec<Require>,
        /// Compare a file from 'disclose' with the bundle: exit 1 if it is not what the bundle withholds
        #[arg(long, value_name = "FILE")]
        disclosed: Option<String>,
    },
    /// Print everything a bundle withholds of a source, with the salts that let an auditor prove it
    Disclose {
        /// The source: its number or id
        #[arg(value_name = "S")]
        source: String,
        /// Only what is quoted in this article
        #[arg(long, value_name = "A")]
        article: Option<String>,
        /// Write it to a file that only you may read
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        /// Replace an existing file
        #[arg(long, requires = "to")]
        force: bool,
    },
    /// Print your public key, made on first use; set, change or remove its passphrase
    Key(KeyArgs),
    /// Add, list or remove contacts: other people and their public keys
    Contact(Contact),
    /// Search articles, claims and sources
    Search {
        /// Words that must all occur
        #[arg(required = true)]
        words: Vec<String>,
    },
    /// Check the whole desk: every record and every file against its digest. Exit 1 if there is a problem
    Check {
        /// First rebuild what is derived from the records: lists, counts and the search index
        #[arg(long)]
        rebuild: bool,
    },
    /// Copy the desk with all its files to one new file and check the copy; or set a second folder for automatic backups
    Backup {
        /// The file to write
        #[arg(required_unless_present = "second")]
        file: Option<PathBuf>,
        /// A folder, preferably on another disk, where each automatic backup is kept too; 'none' for no such folder
        #[arg(long, value_name = "DIR", conflicts_with = "file")]
        second: Option<PathBuf>,
    },
    /// Show where the parts of the desk are, and what to copy to move it to another computer
    Desk(DeskArgs),
    /// Restore a backup of the desk; the current desk is backed up first
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Answer JSON requests from standard input, one per line: the window's own commands
    Call,
    /// Add the example articles to the desk
    Example,
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

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
    /// The encoding, if it is not UTF-8 or UTF-16 with a byte order mark: windows-1252
    #[arg(long, value_name = "E")]
    pub encoding: Option<String>,
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
    /// A file with the revision's whole text, in the form 'article' prints; - for standard input
    pub file: String,
    /// The revision the file is based on, if it is not the newest: the two are merged, sentence by sentence
    #[arg(long, value_name = "N")]
    pub base: Option<String>,
    /// Which words to keep where both changed the same sentence: ours (the newest revision's) or theirs (the file's)
    #[arg(long, value_name = "SIDE", requires = "base")]
    pub take: Option<Take>,
    /// A note on the revision
    #[arg(long, value_name = "T")]
    pub note: Option<String>,
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

#[derive(Args)]
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
    /// The claim: C12, 12 or its id
    #[arg(value_name = "C")]
    pub claim: String,
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
pub struct Wave {
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
}

#[derive(Args)]
pub struct DeskArgs {
    #[command(subcommand)]
    pub what: DeskWhat,
}

#[derive(Subcommand)]
pub enum DeskWhat {
    /// Print where the desk file, its folder of files, its keys and its backups are
    Where,
}

/// Where the passphrase of one's key comes from, where it has one.
#[derive(Args)]
pub struct PassphraseFrom {
    /// The file whose first line is the passphrase of your key, - for standard input; without it TICKMARK_PASSPHRASE is
    /// taken, else it is asked for at the terminal
    #[arg(long, value_name = "FILE", global = true)]
    pub passphrase_file: Option<String>,
}

#[derive(Args)]
pub struct KeyArgs {
    #[command(subcommand)]
    pub what: Option<KeyWhat>,
    /// Write it to a file in minisign's form
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "export")]
    pub force: bool,
    #[command(flatten)]
    pub passphrase: PassphraseFrom,
}

#[derive(Subcommand)]
pub enum KeyWhat {
    /// Set, change or remove the passphrase of your key; a key that has none gets the one that is given for it
    Passphrase {
        /// The file whose first line is the new passphrase, - for standard input; else it is asked for
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<String>,
        /// Remove it: whoever can read your files can sign as you
        #[arg(long, conflicts_with = "new_passphrase_file")]
        remove: bool,
    },
}

#[derive(Args)]
pub struct Contact {
    #[command(subcommand)]
    pub what: ContactWhat,
}

#[derive(Subcommand)]
pub enum ContactWhat {
    /// Add a public key with its owner's name
    Add {
        /// The owner of the key
        name: String,
        /// The key, or a file that holds it
        key: String,
    },
    /// List the contacts
    List,
    /// Remove a contact
    Remove {
        /// The name, or the key's id
        named: String,
    },
}
