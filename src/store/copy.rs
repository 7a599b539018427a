//! Copies a desk's file page by page with SQLite, so that others can write meanwhile.

use super::StoreError;
use crate::model::{Doing, Progress};
use rusqlite::{
    Connection,
    backup::{Backup, Progress as Pages, StepResult},
};
use std::path::{Path, PathBuf};

/// How many pages are copied in one step.
const PAGES: i32 = 1024;

/// Copies the state that a connection sees now. SQLite starts a copy again when the file changes, so a copy of a busy desk
/// would never end. Therefore all steps read one snapshot.
pub(super) fn copy(from: &Connection, to: &Path, progress: &dyn Progress) -> Result<(), StoreError> {
    let snapshot = if from.is_autocommit() { Some(from.unchecked_transaction()?) } else { None };
    from.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0))?;
    let mut target = Connection::open(absolute(to)?)?;
    // A file from an earlier attempt is overwritten.
    let backup = Backup::new(from, &mut target)?;
    while backup.step(PAGES)? != StepResult::Done {
        let Pages { remaining, pagecount } = backup.progress();
        progress.at(Doing::Copying, (pagecount - remaining).max(0) as u64, pagecount.max(0) as u64)?;
    }
    drop((backup, snapshot));
    target.pragma_update(None, "journal_mode", "delete")?;
    target.close().map_err(|(_, e)| e.into())
}

/// The absolute path. SQLite gives names such as ":memory:" and "file:" a special meaning, but not absolute paths.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    let no_file = |why: std::io::Error| StoreError::Io(format!("'{}' names no file: {why}", path.display()));
    std::path::absolute(path).map_err(no_file)
}
