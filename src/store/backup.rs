//! Copies of a desk's file by SQLite's backup API: consistent while others write, each checked after it is made. A copy that
//! is checked or copied again is read and never written to.

use super::{
    Check, Store, StoreError,
    copy::{copy, whole},
    migrate,
    seal::holds,
};
use crate::model::{Blobs, Digest, DigestReader, Doing, Progress, Steps};
use rusqlite::{Connection, MAIN_DB, OpenFlags, OptionalExtension, blob::ZeroBlob, params};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

impl Store {
    /// Copies the desk's file as it is now to `to`, where nothing stands. What lies beside it is not in the copy.
    pub fn copy(&self, to: &Path, progress: &dyn Progress) -> Result<(), StoreError> {
        copy(&self.db, to, progress)
    }

    /// Copies the desk's file as it is now to `to`, where nothing stands, and puts what lies beside it into the copy, as
    /// `files` tells it. A file that `files` does not have stays named in the copy as lying beside it.
    pub fn copy_whole(
        &self,
        to: &Path,
        files: &dyn Blobs,
        progress: &dyn Progress,
    ) -> Result<(), StoreError> {
        copy(&self.db, to, progress)?;
        let copy = Connection::open_with_flags(whole(to)?, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Nobody reads the copy before all of it is there, and a half one is thrown away: no way back is kept. Until then it
        // does not say that it is a desk.
        copy.pragma_update(None, "journal_mode", "off")?;
        copy.pragma_update(None, "application_id", 0)?;
        let tx = copy.unchecked_transaction()?;
        let all = named_beside(&copy)?;
        let steps = Steps::new(progress, Doing::Copying, all.len() as u64);
        for (digest, bytes) in all {
            steps.next()?;
            if let Some(mut from) = files.open(&digest).map_err(failed)? {
                put_inside(&copy, &digest, bytes, &mut from)?;
            }
        }
        copy.execute("DELETE FROM file WHERE erased = 1", [])?;
        tx.commit()?;
        migrate::mark(&copy)?;
        copy.pragma_update(None, "journal_mode", "delete")?;
        copy.close().map_err(|(_, e)| e.into())
    }
}

/// Takes every digest again in a copy of the newest form that nobody writes to, and reads nothing else. Gives what was
/// found, and which files the copy names as lying beside it. Fails where it is no desk, or is not sound.
pub fn check_copy(path: &Path, progress: &dyn Progress) -> Result<(Check, Vec<(Digest, u64)>), StoreError> {
    let db = look(path)?;
    migrate::refuse_older(&db)?;
    let copy = Store::over(db, path);
    let found = copy.check(&Steps::new(progress, Doing::Checking, copy.check_steps()?))?;
    match found.faults.first() {
        Some(fault) => {
            Err(StoreError::Damaged(format!("the copy at {} has a problem: {fault}", path.display())))
        }
        None => Ok((found, copy.all_beside()?)),
    }
}

/// Copies a desk's file of any form to `to`, where nothing stands, without writing to it. Fails where it is no desk, or is
/// newer.
pub fn copy_file(from: &Path, to: &Path, progress: &dyn Progress) -> Result<(), StoreError> {
    let no_copy = |e| match e {
        StoreError::Missing(path) => StoreError::NoCopy { path, why: "there is no such file".into() },
        StoreError::NotADesk { path, why } => StoreError::NoCopy { path, why },
        StoreError::Empty(path) => StoreError::NoCopy { path, why: "it is empty".into() },
        StoreError::Damaged(why) => StoreError::NoCopy { path: from.into(), why },
        other => other,
    };
    copy(&look(from).map_err(no_copy)?, to, progress).map_err(no_copy)
}

/// A setting of a desk's file of any form, which is only read.
pub fn setting_of(path: &Path, key: &str) -> Result<Option<String>, StoreError> {
    let db = look(path)?;
    let sealed = "SELECT count(*) FROM pragma_table_info('setting') WHERE name = 'digest'";
    if db.query_row(sealed, [], |r| r.get::<_, i64>(0))? == 0 {
        return Ok(db
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |r| r.get(0))
            .optional()?);
    }
    let row = |r: &rusqlite::Row| if holds(r, 2)? { r.get(1).map(Some) } else { Ok(None) };
    let found =
        db.query_row("SELECT key, value, digest FROM setting WHERE key = ?1", [key], row).optional()?;
    let damaged =
        || StoreError::Damaged(format!("the setting '{key}' of {} is not what was kept", path.display()));
    found.map(|value| value.ok_or_else(damaged)).transpose()
}

/// Opens a desk's file to read it, and writes nothing beside it either where nobody else has it open.
pub(super) fn look(path: &Path) -> Result<Connection, StoreError> {
    if !path.exists() {
        return Err(StoreError::Missing(path.into()));
    }
    // The log is beside the file itself, also where a link leads to it.
    let mut log = path.canonicalize().unwrap_or_else(|_| path.into()).into_os_string();
    log.push("-wal");
    let written = PathBuf::from(log).metadata().is_ok_and(|log| log.len() > 0);
    opened(path, !written)
}

fn opened(path: &Path, immutable: bool) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let db = Connection::open_with_flags(uri(&whole(path)?, immutable), flags)?;
    db.busy_timeout(Duration::from_secs(5))?;
    db.pragma_update(None, "trusted_schema", false)?;
    migrate::refuse_foreign(&db, path, false).map_err(|e| match e {
        StoreError::Damaged(why) => StoreError::NotADesk { path: path.into(), why },
        other => other,
    })?;
    Ok(db)
}

/// A path as SQLite takes it with a word on how it is read: `immutable` where there is no log beside it, so that none is
/// made.
fn uri(path: &Path, immutable: bool) -> String {
    // Where paths have drives and other strokes, SQLite takes them as "file:/C:/a folder/a.desk".
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

/// The files that a copy names as lying beside it.
fn named_beside(copy: &Connection) -> Result<Vec<(Digest, u64)>, StoreError> {
    let mut rows = copy.prepare("SELECT digest, bytes FROM file WHERE erased = 0")?;
    let found = rows.query_map([], |r| Ok((Digest(r.get(0)?), r.get::<_, i64>(1)? as u64)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Puts a file into the table, a piece at a time. One that is not what was kept stays named as lying beside.
fn put_inside(copy: &Connection, digest: &Digest, bytes: u64, from: &mut dyn Read) -> Result<(), StoreError> {
    let room = ZeroBlob(bytes);
    let sql = "INSERT INTO blob (digest, bytes) VALUES (?1, ?2) \
               ON CONFLICT (digest) DO UPDATE SET bytes = excluded.bytes RETURNING seq";
    let seq: i64 = copy.prepare_cached(sql)?.query_row(params![digest.0, room], |r| r.get(0))?;
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
