//! Copies of a desk by SQLite's backup API: consistent while others write, each opened and checked after it is made.

use super::{Check, Store, StoreError};
use rusqlite::{Connection, backup::Backup};
use std::{path::Path, time::Duration};

impl Store {
    /// Copies the desk to `to`, which must not exist, and checks the copy.
    pub fn backup(&self, to: &Path) -> Result<Check, StoreError> {
        copy(&self.db, to)?;
        verify_copy(to)
    }
}

/// Opens a copy and checks every digest in it. Fails where it is no desk.
pub fn verify_copy(path: &Path) -> Result<Check, StoreError> {
    let copy = Store::open(path).map_err(|e| match e {
        StoreError::Missing(path) => StoreError::NoCopy { path, why: "there is no such file".into() },
        StoreError::NotADesk { path, why } => StoreError::NoCopy { path, why },
        other => other,
    })?;
    let found = copy.check()?;
    match found.faults.first() {
        Some(fault) => {
            Err(StoreError::Damaged(format!("the copy at {} is not sound: {fault}", path.display())))
        }
        None => Ok(found),
    }
}

pub(super) fn copy(from: &Connection, to: &Path) -> Result<(), StoreError> {
    let mut target = Connection::open(to)?;
    // What stands there from an earlier try is written over.
    Backup::new(from, &mut target)?.run_to_completion(1024, Duration::from_millis(2), None)?;
    target.pragma_update(None, "journal_mode", "delete")?;
    target.close().map_err(|(_, e)| e.into())
}
