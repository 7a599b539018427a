//! Errors of a desk's file. Each message says what a person can do.

use crate::{
    messages::{Message, message, shown_in_english},
    model::Cancelled,
};
use rusqlite::ErrorCode;
use std::path::PathBuf;
use thiserror::Error;

/// An error of a desk's file.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is no file.
    Missing(PathBuf),
    /// The file is something else.
    NotADesk {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// The file is empty.
    Empty(PathBuf),
    /// The file is not a copy of a desk.
    NoCopy {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A later version wrote it.
    Newer {
        /// The file.
        path: PathBuf,
        /// The form found.
        found: i64,
        /// The newest form known.
        known: i64,
    },
    /// Another program holds the file.
    Busy,
    /// The disk is full.
    Full,
    /// The file or its medium is read-only.
    ReadOnly,
    /// A command went on after one of its writes had failed.
    HalfDone,
    /// A person stopped the work.
    Cancelled(#[from] Cancelled),
    /// Reading or writing the file failed.
    Io(String),
    /// The stored data differs from what was recorded.
    Damaged(String),
    /// A file is over the limit.
    TooLarge {
        /// Its length in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A list cannot be sorted that way.
    Unordered {
        /// What is listed.
        what: String,
        /// The orders that it has.
        why: String,
    },
    /// A list cannot be filtered that way.
    Unfiltered {
        /// What is listed.
        what: String,
        /// The filters that it has.
        why: String,
    },
    /// Another error of the database.
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Missing(path) => message!("store_missing", path = path),
            Self::NotADesk { path, why } => message!("store_not_a_desk", path = path, why = why),
            Self::Empty(path) => message!("store_empty", path = path),
            Self::NoCopy { path, why } => message!("store_no_copy", path = path, why = why),
            Self::Newer { path, found, known } => {
                message!("store_newer", path = path, found = *found, known = *known)
            }
            Self::Busy => message!("store_busy"),
            Self::Full => message!("store_full"),
            Self::ReadOnly => message!("store_read_only"),
            Self::HalfDone => message!("store_half_done"),
            Self::Cancelled(inner) => inner.message(),
            Self::Io(why) => message!("store_io", why = why),
            Self::Damaged(why) => message!("store_damaged", why = why),
            Self::TooLarge { bytes, limit } => message!("store_too_large", bytes = *bytes, limit = *limit),
            Self::Unordered { what, why } => message!("store_unordered", what = what, why = why),
            Self::Unfiltered { what, why } => message!("store_unfiltered", what = what, why = why),
            Self::Sqlite(why) => message!("store_sqlite", why = why.to_string()),
        }
    }
}

shown_in_english!(StoreError);

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
