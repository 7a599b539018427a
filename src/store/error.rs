//! Errors of a desk's file. Each message says what a person can do.

use crate::model::Cancelled;
use rusqlite::ErrorCode;
use std::path::PathBuf;
use thiserror::Error;

/// An error of a desk's file.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no desk at {0}; a command that writes makes one")]
    Missing(PathBuf),
    /// The file is something else.
    #[error(
        "{path} is not a Tickmark desk ({why}); nothing was changed. Name another file, or restore a backup of the desk"
    )]
    NotADesk {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// The file is empty.
    #[error(
        "{0} is empty: it is no desk, and nothing was changed. It may be what is left of a desk that was emptied, or of a copy that was stopped; put a backup in its place with 'tickmark restore FILE', or remove it"
    )]
    Empty(PathBuf),
    /// The file is not a copy of a desk.
    #[error(
        "{path} is not a backup of a desk ({why}); nothing was changed. Name a file that 'tickmark backup' wrote"
    )]
    NoCopy {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A later version wrote it.
    #[error(
        "{path} was written by a newer Tickmark (its form is {found}, this one knows {known}); nothing was changed. Open it with the newer version"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The form found.
        found: i64,
        /// The newest form known.
        known: i64,
    },
    /// Another program holds the file.
    #[error("the desk is being written to by another program; nothing was changed. Try again in a moment")]
    Busy,
    /// The disk is full.
    #[error(
        "the disk is full; what was being saved is not saved, all that was saved before is kept. Free some space and try again"
    )]
    Full,
    /// The file or its medium is read-only.
    #[error(
        "the desk cannot be written to (its file or medium is read-only); nothing was changed. Copy it to a place that can be written to"
    )]
    ReadOnly,
    /// A command went on after one of its writes had failed.
    #[error("a part of what was to be recorded failed, so nothing of it was recorded; try it again")]
    HalfDone,
    /// A person stopped the work.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// Reading or writing the file failed.
    #[error(
        "reading or writing the desk's file failed ({0}); all that was saved before is kept. Check the disk, then run 'tickmark check'"
    )]
    Io(String),
    /// The stored data differs from what was recorded.
    #[error(
        "the desk is damaged: {0}. Run 'tickmark check', and restore a backup with 'tickmark restore FILE'"
    )]
    Damaged(String),
    /// A file is over the limit.
    #[error(
        "a file of {bytes} bytes is over the limit of {limit}; keep it elsewhere and name its place in the source's note"
    )]
    TooLarge {
        /// Its length in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A list cannot be sorted that way.
    #[error("{what} cannot be put in that order; use --sort {why}")]
    Unordered {
        /// What is listed.
        what: String,
        /// The orders that it has.
        why: String,
    },
    /// A list cannot be filtered that way.
    #[error("{what} cannot be filtered by that; use --filter {why}")]
    Unfiltered {
        /// What is listed.
        what: String,
        /// The filters that it has.
        why: String,
    },
    /// Another error of the database.
    #[error("the database refused: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// Whether the file may still be readable: only its medium is read-only or full.
    pub fn may_be_read(&self) -> bool {
        matches!(self, Self::Full | Self::ReadOnly | Self::Io(_))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(e: rusqlite::Error) -> Self {
        match e.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Self::Io(e.to_string()),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(e.to_string()),
            _ => Self::Sqlite(e),
        }
    }
}
