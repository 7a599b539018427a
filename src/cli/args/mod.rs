//! The commands and options of the command line, by group.

mod articles;
mod claims;
mod desk;
mod gate;
mod hub;
mod keys;
mod lists;
mod parse;
mod queries;
mod sources;
mod suggestions;
mod verdicts;

pub use articles::{
    Article, ArticleInfo, ArticleWhat, Diff, DiffFormat, Import, Revise, Revision, RevisionWhat, Take,
};
pub use claims::{Claim, ClaimFields, ClaimWhat, Quote};
pub use desk::{DeskArgs, DeskWhat};
pub use gate::{Exempt, PolicyArgs, Require, SignOffArgs};
pub use hub::{HubArgs, HubWhat, VersionsArgs};
pub use keys::{Contact, ContactWhat, KeyArgs, KeyWhat, PassphraseFrom};
pub use lists::{ArticlesArgs, ListArgs};
pub use parse::parse;
pub use queries::{Query, QueryWhat};
pub use sources::{Evidence, EvidenceWhat, PassageFields, Source, SourceFields, SourceWhat};
pub use suggestions::{SuggestionArgs, SuggestionWhat};
pub use verdicts::{Reaffirm, Scale, ScaleWhat, Verdict, VerdictWhat};

use crate::desk::Access;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Check an article's facts: mark its statements as claims, give verdicts that hold only for the exact words they were
/// given on, revise the text, and export a bundle that others can check.
#[derive(Parser)]
#[command(name = "tickmark", version, about, max_term_width = 100)]
pub struct Cli {
    /// The desk file; by default the one the window opens
    #[arg(long, global = true, value_name = "FILE", env = "TICKMARK_DESK")]
    pub desk: Option<PathBuf>,
    /// Who is working; a new name is added with the first action, one like that of somebody here is refused
    // Its id is not that of an argument of a command: `contact add NAME` would set who works.
    #[arg(id = "as", long = "as", global = true, value_name = "NAME")]
    pub name: Option<String>,
    /// The name given with --as is that of a new person, though it is like the name of somebody here
    #[arg(long, global = true, requires = "as")]
    pub new_person: bool,
    /// Print exactly one JSON value; offsets are Unicode code points, end exclusive
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

impl Command {
    /// How the command uses the desk, in one transaction; nothing if it begins its transactions itself.
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
            | C::Versions(VersionsArgs { with: None, .. })
            | C::Policy(PolicyArgs {
                coverage: None,
                second: None,
                evidence: None,
                queries: None,
                context: None,
            })
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
            | C::Source(Source {
                what:
                    SourceWhat::List { .. } | SourceWhat::Show { .. } | SourceWhat::Offered { take: None, .. },
            })
            | C::Scale(Scale { what: ScaleWhat::List })
            | C::Suggestion(SuggestionArgs {
                what: SuggestionWhat::List { .. } | SuggestionWhat::Show { .. },
            })
            | C::Revise(Revise { look: true, .. })
            | C::Query(Query { what: QueryWhat::List { .. } }) => Some(Access::Read),
            // A command that also writes files, or takes long, begins its transactions itself.
            C::Claim(Claim { what: ClaimWhat::Import { .. } })
            | C::Source(Source {
                what:
                    SourceWhat::Add(_)
                    | SourceWhat::Import { .. }
                    | SourceWhat::Edit { .. }
                    | SourceWhat::Offered { take: Some(_), .. },
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
            | C::Exempt(_)
            | C::Policy(_)
            | C::Scale(_)
            | C::Query(_)
            | C::Suggestion(_)
            | C::Undo { .. }
            | C::Redo
            | C::Contact(_)
            | C::Versions(VersionsArgs { with: Some(_), .. })
            | C::Example => Some(Access::Write),
            C::Import(_)
            | C::Redact { .. }
            | C::Export { .. }
            | C::Verify { .. }
            | C::Key(_)
            | C::Hub(_)
            | C::Sync { .. }
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
    #[command(name = "wave", visible_alias = "exempt")]
    Exempt(Exempt),
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
    /// List suggested changes with what each does to claims, accept, reject or make them
    Suggestion(SuggestionArgs),
    /// List what was done to an article
    Log {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
    },
    /// Undo the last action; a save that is undone leaves its words as a draft
    Undo {
        /// The last action's id, which is needed only right after a redaction: that one cannot be undone itself
        #[arg(value_name = "ACTION")]
        action: Option<String>,
    },
    /// Redo the last action that was undone
    Redo,
    /// Erase a recorded fact's content; its digest and who erased it are kept
    Redact {
        /// The fact's id, from 'log A --json'
        fact: String,
        /// Why
        #[arg(long, value_name = "T")]
        why: Option<String>,
        /// Do not ask at the terminal whether to go on
        #[arg(long)]
        yes: bool,
    },
    /// Export an article as a bundle, a zipped BagIt bag that others can check, or its claims or sources in another format
    Export {
        /// The article: its number or id
        #[arg(value_name = "A")]
        article: String,
        /// The file to write, or a folder: then the file is named after the article
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Begin a CSV file with a byte order mark, by which Excel knows that it is UTF-8
        #[arg(long, requires = "format")]
        bom: bool,
        /// Replace an existing file
        #[arg(long)]
        force: bool,
        /// csv, xlsx, markdown, docx, pdf, fragment, claimreview, claimreview-feed or webannotation for its claims; sheet-html,
        /// sheet-md or sheet-txt for its open queries, to be answered; csl-json, bibtex or ris for its sources
        #[arg(long, value_name = "F")]
        format: Option<String>,
        /// Show the changes since this revision, by number or id: with '--format docx' as tracked changes, with pdf as marks
        #[arg(long, value_name = "REV", requires = "format")]
        changes_since: Option<String>,
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
    /// Found, join, leave or manage a shared desk: a PostgreSQL database that several people's desks exchange their work through
    Hub(HubArgs),
    /// Exchange what was recorded with the shared desk, once. Exit 1 if something waits
    Sync {
        /// First set aside what the shared desk refused, and what follows it: it stays in the history and does not count
        #[arg(long)]
        set_aside: bool,
        /// Then fetch all files that are only on the shared desk, to work without a network
        #[arg(long)]
        files: bool,
    },
    /// List the versions of an article, or merge the newest one with another; for a shared desk
    Versions(VersionsArgs),
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
        /// Do not ask at the terminal whether to go on
        #[arg(long)]
        yes: bool,
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
