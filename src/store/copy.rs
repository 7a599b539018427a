//! A desk's file copied page by page by SQLite itself, so that others may write meanwhile.

use super::StoreError;
use crate::model::{Doing, Progress};
use rusqlite::{
    Connection,
    backup::{Backup, Progress as Pages, StepResult},
};
use std::path::{Path, PathBuf};

/// How many pages are copied at a step.
const PAGES: i32 = 1024;

/// Copies what a connection sees now, whoever writes meanwhile: SQLite begins again where the file changes under a copy, and
/// beside a busy writer it would never end; so all of it is one read.
pub(super) fn copy(from: &Connection, to: &Path, progress: &dyn Progress) -> Result<(), StoreError> {
    let snapshot = if from.is_autocommit() { Some(from.unchecked_transaction()?) } else { None };
    from.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0))?;
    let mut target = Connection::open(whole(to)?)?;
    // What stands there from an earlier try is written over.
    let backup = Backup::new(from, &mut target)?;
    while backup.step(PAGES)? != StepResult::Done {
        let Pages { remaining, pagecount } = backup.progress();
        progress.at(Doing::Copying, (pagecount - remaining).max(0) as u64, pagecount.max(0) as u64)?;
    }
    drop((backup, snapshot));
    target.pragma_update(None, "journal_mode", "delete")?;
    target.close().map_err(|(_, e)| e.into())
}

/// The path from the root on. SQLite takes some names for something else than a file, ":memory:" and "file:" among them, but
/// none that begins so.
pub(super) fn whole(path: &Path) -> Result<PathBuf, StoreError> {
    let told = |why: std::io::Error| StoreError::Io(format!("'{}' names no file: {why}", path.display()));
    std::path::absolute(path).map_err(told)
}
