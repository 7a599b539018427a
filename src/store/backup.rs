//! Copies a desk's file with SQLite's backup API. A copy is consistent even if others write meanwhile, and each one is
//! checked. A copy that is checked or copied again is only read.

use super::{
    Check, Store, StoreError,
    copy::{absolute, copy},
    migrate,
    seal::is_intact,
};
use crate::model::{Blobs, Digest, DigestReader, Doing, Progress, Steps};
use rusqlite::{Connection, MAIN_DB, OpenFlags, OptionalExtension, blob::ZeroBlob, params};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

impl Store {
    /// Copies the desk's file as it is now to `to`, where nothing exists. The files next to it are not in the copy.
    pub fn copy(&self, to: &Path, progress: &dyn Progress) -> Result<(), StoreError> {
        copy(&self.db, to, progress)
    }

    /// Copies the desk's file as it is now to `to`, where nothing exists, and stores the files next to it inside the copy,
    /// as far as `files` has them. The copy lists the others as files next to it.
    pub fn copy_whole(
        &self,
        to: &Path,
        files: &dyn Blobs,
        progress: &dyn Progress,
    ) -> Result<(), StoreError> {
        copy(&self.db, to, progress)?;
        let copy = Connection::open_with_flags(absolute(to)?, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Nobody reads the copy before it is complete, and an incomplete one is discarded, so it needs no rollback journal.
        // Until then it is not marked as a desk.
        copy.pragma_update(None, "journal_mode", "off")?;
        copy.pragma_update(None, "application_id", 0)?;
        let tx = copy.unchecked_transaction()?;
        let all = files_beside(&copy)?;
        let steps = Steps::new(progress, Doing::Copying, all.len() as u64);
        for (digest, bytes) in all {
            steps.next()?;
            if let Some(mut from) = files.open(&digest).map_err(failed)? {
                store_inside(&copy, &digest, bytes, &mut from)?;
            }
        }
        copy.execute("DELETE FROM file WHERE erased = 1", [])?;
        tx.commit()?;
        migrate::mark_as_desk(&copy)?;
        copy.pragma_update(None, "journal_mode", "delete")?;
        copy.close().map_err(|(_, e)| e.into())
    }
}

/// Recomputes every digest in a copy of the newest form that nobody writes to. Returns what it found, and the files that the
/// copy lists as next to it. Fails if it is not a desk or is damaged.
pub fn check_copy(path: &Path, progress: &dyn Progress) -> Result<(Check, Vec<(Digest, u64)>), StoreError> {
    let db = open_read_only(path)?;
    migrate::refuse_older(&db)?;
    let copy = Store::from_connection(db, path)?;
    let found = copy.check(&Steps::new(progress, Doing::Checking, copy.check_steps()?))?;
    match found.faults.first() {
        Some(fault) => {
            Err(StoreError::Damaged(format!("the copy at {} has a problem: {fault}", path.display())))
        }
        None => Ok((found, copy.all_beside()?)),
    }
}

/// Copies a desk's file of any form to `to`, where nothing exists, without writing to the original. Fails if it is not a
/// desk or is of a newer form.
pub fn copy_file(from: &Path, to: &Path, progress: &dyn Progress) -> Result<(), StoreError> {
    let no_copy = |e| match e {
        StoreError::Missing(path) => StoreError::NoCopy { path, why: "there is no such file".into() },
        StoreError::NotADesk { path, why } => StoreError::NoCopy { path, why },
        StoreError::Empty(path) => StoreError::NoCopy { path, why: "it is empty".into() },
        StoreError::Damaged(why) => StoreError::NoCopy { path: from.into(), why },
        other => other,
    };
    copy(&open_read_only(from).map_err(no_copy)?, to, progress).map_err(no_copy)
}

/// Reads a setting from a desk's file of any form, without writing to it.
pub fn setting_of(path: &Path, key: &str) -> Result<Option<String>, StoreError> {
    let db = open_read_only(path)?;
    let sealed = "SELECT count(*) FROM pragma_table_info('setting') WHERE name = 'digest'";
    if db.query_row(sealed, [], |r| r.get::<_, i64>(0))? == 0 {
        return Ok(db
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |r| r.get(0))
            .optional()?);
    }
    let row = |r: &rusqlite::Row| if is_intact(r, 2)? { r.get(1).map(Some) } else { Ok(None) };
    let found =
        db.query_row("SELECT key, value, digest FROM setting WHERE key = ?1", [key], row).optional()?;
    let damaged =
        || StoreError::Damaged(format!("the setting '{key}' of {} is not what was kept", path.display()));
    found.map(|value| value.ok_or_else(damaged)).transpose()
}

/// Opens a desk's file for reading. If no other program has it open, no file is written next to it.
pub(super) fn open_read_only(path: &Path) -> Result<Connection, StoreError> {
    if !path.exists() {
        return Err(StoreError::Missing(path.into()));
    }
    // The log is next to the file itself, also if `path` is a link to it.
    let mut log = path.canonicalize().unwrap_or_else(|_| path.into()).into_os_string();
    log.push("-wal");
    let written = PathBuf::from(log).metadata().is_ok_and(|log| log.len() > 0);
    connect_read_only(path, !written)
}

fn connect_read_only(path: &Path, immutable: bool) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let db = Connection::open_with_flags(uri(&absolute(path)?, immutable), flags)?;
    db.busy_timeout(Duration::from_secs(5))?;
    db.pragma_update(None, "trusted_schema", false)?;
    migrate::refuse_foreign(&db, path, false).map_err(|e| match e {
        StoreError::Damaged(why) => StoreError::NotADesk { path: path.into(), why },
        other => other,
    })?;
    Ok(db)
}

/// A path as an SQLite URI. With `immutable` SQLite creates no log; that is right if there is none.
fn uri(path: &Path, immutable: bool) -> String {
    // On Windows SQLite expects "file:/C:/a folder/a.desk".
    let windows = cfg!(windows);
    let mut uri = String::from(if windows && path.is_absolute() { "file:/" } else { "file:" });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if windows => uri.push('/'),
            b':' if windows => uri.push(':'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte))
            }
            other => uri += &format!("%{other:02X}"),
        }
    }
    uri + if immutable { "?immutable=1" } else { "" }
}

/// The files that a copy lists as next to it.
fn files_beside(copy: &Connection) -> Result<Vec<(Digest, u64)>, StoreError> {
    let mut rows = copy.prepare("SELECT digest, bytes FROM file WHERE erased = 0")?;
    let found = rows.query_map([], |r| Ok((Digest(r.get(0)?), r.get::<_, i64>(1)? as u64)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Copies a file into the table, a piece at a time. A damaged one remains listed as next to the desk's file.
fn store_inside(
    copy: &Connection,
    digest: &Digest,
    bytes: u64,
    from: &mut dyn Read,
) -> Result<(), StoreError> {
    let zeros = ZeroBlob(bytes);
    let sql = "INSERT INTO blob (digest, bytes) VALUES (?1, ?2) \
               ON CONFLICT (digest) DO UPDATE SET bytes = excluded.bytes RETURNING seq";
    let seq: i64 = copy.prepare_cached(sql)?.query_row(params![digest.0, zeros], |r| r.get(0))?;
    let mut blob = copy.blob_open(MAIN_DB, "blob", "bytes", seq, false)?;
    let mut from = from.take(bytes);
    let mut from = DigestReader::new(&mut from);
    io::copy(&mut from, &mut blob).map_err(failed)?;
    drop(blob);
    let from_where = if from.done() == (*digest, bytes) { "file" } else { "blob" };
    copy.execute(&format!("DELETE FROM {from_where} WHERE digest = ?1"), [digest.0])?;
    Ok(())
}

fn failed(e: io::Error) -> StoreError {
    match e.kind() {
        io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Io(e.to_string()),
    }
}
