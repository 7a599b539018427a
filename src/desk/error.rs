//! What a desk refuses, and why. The messages say what a person can do.

use crate::{
    files::FileError,
    formats::{article, bundle, interchange},
    model::Cancelled,
    store::StoreError,
};
use std::path::PathBuf;
use thiserror::Error;

/// What a desk refuses.
#[derive(Debug, Error)]
pub enum DeskError {
    /// Nothing of that name or number.
    #[error("there is no {what} {given} on this desk; {list} lists what there is")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// What was given.
        given: String,
        /// The command that lists existing ones.
        list: &'static str,
    },
    /// It is not known who works.
    #[error("it is not known who is working; give a name (on the command line: --as NAME)")]
    NoPerson,
    /// The key has a passphrase that was not given.
    #[error(
        "the key of {0} has a passphrase; give it (on the command line: at the terminal, with --passphrase-file FILE, or in TICKMARK_PASSPHRASE). Nothing was written"
    )]
    NeedsPassphrase(String),
    /// The passphrase is wrong.
    #[error("this is not the passphrase of the key of {0}; try again. Nothing was written")]
    WrongPassphrase(String),
    /// The text was revised since.
    #[error(
        "the article was revised elsewhere: revision {newest} is newer than the revision {base} this text was typed on; nothing was saved and the draft is kept. Compare the two, save this text as the newest revision, or keep the other one as the newest"
    )]
    RevisedElsewhere {
        /// The newest revision's number.
        newest: i64,
        /// The number of the revision the text was typed on.
        base: i64,
    },
    /// Saving would record nothing.
    #[error("no change: {0}")]
    NoChange(String),
    /// Another action was recorded since.
    #[error(
        "something else was done in the meantime; look again before you undo or redo. Nothing was changed"
    )]
    StaleUndo,
    /// A quotation that is not in the text, or occurs more than once.
    #[error("{0}")]
    Quote(String),
    /// The reason why the request is refused.
    #[error("{0}")]
    Refused(String),
    /// The bytes are not UTF-8.
    #[error("{why}")]
    NeedsEncoding {
        /// What was found and what to do.
        why: String,
        /// The stored bytes, if they are stored.
        draft: Option<uuid::Uuid>,
        /// The encoding they may be in.
        guess: crate::model::Encoding,
    },
    /// The text that was given cannot be an article.
    #[error(transparent)]
    Read(article::ReadError),
    /// The bundle cannot be read.
    #[error(transparent)]
    Bundle(#[from] bundle::ReadError),
    /// The bundle cannot be written.
    #[error(transparent)]
    Write(#[from] bundle::WriteError),
    /// A file of another program cannot be imported.
    #[error(transparent)]
    Foreign(#[from] interchange::ReadError),
    /// An article cannot be written for another program.
    #[error(transparent)]
    Speak(#[from] interchange::WriteError),
    /// The file at the desk's path is no longer the one that is open.
    #[error(
        "the desk's file {path} {how} while it was open, and nothing was written to it. Close the desk and look at what happened to the file: a program that syncs the folder may have put it elsewhere, or another version in its place. Then open it again, or restore a backup", path = path.display()
    )]
    Replaced {
        /// The desk's path.
        path: PathBuf,
        /// What happened to the file, as far as that is known.
        how: &'static str,
    },
    /// A person stopped the work.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The desk's own file cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DeskError {
    /// A refusal in words.
    pub fn refused(why: impl ToString) -> Self {
        Self::Refused(why.to_string())
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

/// The error for an unknown number or id. `list` is the command that shows the existing ones.
pub(in crate::desk) fn not_found(what: &'static str, given: impl ToString, list: &'static str) -> DeskError {
    DeskError::NotFound { what, given: given.to_string(), list }
}
