//! What a desk refuses, and why. The messages say what a person can do.

use crate::{
    files::FileError,
    formats::{article, bundle, interchange},
    hub::HubError,
    messages::{Message, message, shown_in_english},
    model::Cancelled,
    store::StoreError,
};
use std::path::PathBuf;
use thiserror::Error;

/// What a desk refuses.
#[derive(Debug, Error)]
pub enum DeskError {
    /// Nothing of that name or number.
    NotFound {
        /// What was looked for.
        what: Missing,
        /// What was given.
        given: String,
    },
    /// It is not known who works.
    NoPerson,
    /// A name that the desk does not know and that is like one it knows.
    LikeKnown {
        /// The name that was given.
        given: String,
        /// The name of the person who may be meant.
        known: String,
    },
    /// The key has a passphrase that was not given.
    NeedsPassphrase(String),
    /// The passphrase is wrong.
    WrongPassphrase(String),
    /// The text was revised since.
    RevisedElsewhere {
        /// The newest revision's number.
        newest: i64,
        /// The number of the revision the text was typed on.
        base: i64,
    },
    /// Saving would record nothing.
    NoChange(Message),
    /// A suggestion does not wait for a decision.
    NotOpen(Message),
    /// Another action was recorded since.
    StaleUndo,
    /// A quotation that is not in the text, or occurs more than once.
    Quote(Message),
    /// The reason why the request is refused.
    Refused(Message),
    /// The bytes are not UTF-8.
    NeedsEncoding {
        /// What was found and what to do.
        why: Message,
        /// The stored bytes, if they are stored.
        draft: Option<uuid::Uuid>,
        /// The encoding they may be in.
        guess: crate::model::Encoding,
    },
    /// The text that was given cannot be an article.
    Read(article::ReadError),
    /// The bundle cannot be read.
    Bundle(#[from] bundle::ReadError),
    /// The bundle cannot be written.
    Write(#[from] bundle::WriteError),
    /// A file of another program cannot be imported.
    Foreign(#[from] interchange::ReadError),
    /// An article cannot be written for another program.
    Speak(#[from] interchange::WriteError),
    /// The file at the desk's path is no longer the one that is open.
    Replaced {
        /// The desk's path.
        path: PathBuf,
        /// What happened to the file, as far as that is known.
        how: Loss,
    },
    /// The hub of a shared desk refused something, or cannot be reached.
    Hub(#[from] HubError),
    /// A person stopped the work.
    Cancelled(#[from] Cancelled),
    /// A file cannot be read or written.
    File(#[from] FileError),
    /// The desk's own file cannot be read or written.
    Store(#[from] StoreError),
}

impl DeskError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::NotFound { what, given } => what.message(given),
            Self::NoPerson => message!("desk_no_person"),
            Self::LikeKnown { given, known } => message!("desk_like_known", given = given, known = known),
            Self::NeedsPassphrase(name) => message!("desk_needs_passphrase", name = name),
            Self::WrongPassphrase(name) => message!("desk_wrong_passphrase", name = name),
            Self::RevisedElsewhere { newest, base } => {
                message!("desk_revised_elsewhere", newest = *newest, base = *base)
            }
            Self::NoChange(why) => message!("desk_no_change", why = why.clone()),
            Self::StaleUndo => message!("desk_stale_undo"),
            Self::Quote(why) | Self::Refused(why) | Self::NotOpen(why) | Self::NeedsEncoding { why, .. } => {
                why.clone()
            }
            Self::Read(inner) => inner.message(),
            Self::Bundle(inner) => inner.message(),
            Self::Write(inner) => inner.message(),
            Self::Foreign(inner) => inner.message(),
            Self::Speak(inner) => inner.message(),
            Self::Replaced { path, how: Loss::Deleted } => message!("desk_deleted", path = path),
            Self::Replaced { path, how: Loss::Replaced } => message!("desk_replaced", path = path),
            Self::Replaced { path, how: Loss::Overwritten } => message!("desk_overwritten", path = path),
            Self::Hub(inner) => inner.message(),
            Self::Cancelled(inner) => inner.message(),
            Self::File(inner) => inner.message(),
            Self::Store(inner) => inner.message(),
        }
    }
}

shown_in_english!(DeskError);

impl DeskError {
    /// A refusal.
    pub fn refused(why: Message) -> Self {
        Self::Refused(why)
    }

    /// Whether a person stopped the work.
    pub fn is_cancelled(&self) -> bool {
        matches!(
            self,
            Self::Cancelled(_)
                | Self::Store(StoreError::Cancelled(_))
                | Self::Write(bundle::WriteError::Cancelled)
        )
    }
}

/// What happened to the file of an open desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// It was deleted or moved away.
    Deleted,
    /// Another file is in its place.
    Replaced,
    /// Another program wrote over it.
    Overwritten,
}

/// What a number, a name or an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// An article.
    Article,
    /// A revision of an article.
    Revision,
    /// A recorded action.
    Action,
    /// A recorded fact.
    Fact,
    /// A claim.
    Claim,
    /// A claim of the article that was named with it.
    ClaimOfArticle,
    /// A source.
    Source,
    /// A query.
    Query,
    /// A suggestion.
    Suggestion,
    /// A piece of evidence.
    Evidence,
    /// A person.
    Person,
    /// A file attached to a source.
    File,
    /// A contact with a key.
    Contact,
}

impl Missing {
    fn message(self, given: &str) -> Message {
        match self {
            Self::Article => message!("missing_article", given = given),
            Self::Revision => message!("missing_revision", given = given),
            Self::Action => message!("missing_action", given = given),
            Self::Fact => message!("missing_fact", given = given),
            Self::Claim => message!("missing_claim", given = given),
            Self::ClaimOfArticle => message!("missing_claim_of_article", given = given),
            Self::Source => message!("missing_source", given = given),
            Self::Query => message!("missing_query", given = given),
            Self::Suggestion => message!("missing_suggestion", given = given),
            Self::Evidence => message!("missing_evidence", given = given),
            Self::Person => message!("missing_person", given = given),
            Self::File => message!("missing_file", given = given),
            Self::Contact => message!("missing_contact", given = given),
        }
    }
}

/// The error for an unknown number, name or id.
pub(in crate::desk) fn not_found(what: Missing, given: impl ToString) -> DeskError {
    DeskError::NotFound { what, given: given.to_string() }
}
