//! Opening a desk's file with the settings its promises rest on.

use super::{
    StoreError,
    content::unpacked::Unpacked,
    migrate::{self, Due},
};
use crate::store::copy::whole;
use rusqlite::{Connection, OpenFlags, OptionalExtension, config::DbConfig};
use std::{
    cell::Cell,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long a connection waits for one that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// How a desk's file is opened to be worked on.
const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// A desk's file that nobody else has open, nor can open.
pub struct Alone {
    _db: Connection,
}

/// The last row of the journal.
const LAST: &str = "SELECT seq, running FROM journal WHERE seq = (SELECT max(seq) FROM journal)";

/// Where a journal ends: its last action's seq, and the digest over everything up to that.
pub type JournalEnd = (i64, [u8; 32]);

fn row(r: &rusqlite::Row) -> rusqlite::Result<JournalEnd> {
    Ok((r.get(0)?, r.get(1)?))
}

/// An open desk file.
pub struct Store {
    pub(super) db: Connection,
    path: PathBuf,
    pub(super) unpacked: Unpacked,
    /// Whether a write inside the open transaction failed after it wrote something.
    pub(super) half_done: Cell<bool>,
}

impl Store {
    /// Opens the desk at `path`. Fails where there is none, where the file is something else, or is newer. One of an older
    /// form is brought to the newest.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_after(path, false, |_| Ok(()))
    }

    /// Opens the desk at `path`, making it where there is none.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        Self::open_after(path, true, |_| Ok(()))
    }

    /// Opens a desk of the newest form that can only be read: on a medium that is read-only, or on a disk without any room.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        let db = super::backup::look(path)?;
        migrate::refuse_older(&db)?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(Self::over(db, path))
    }

    /// Opens the desk at `path`, making it where there is none and `create` says so. Where it is of an older form, `before`
    /// is asked before that is changed; what it gives is held until the desk is of the newest form.
    pub fn open_after<G, E: From<StoreError>>(
        path: &Path,
        create: bool,
        before: impl FnOnce(&Due) -> Result<G, E>,
    ) -> Result<Self, E> {
        if !create && !path.exists() {
            return Err(StoreError::Missing(path.into()).into());
        }
        Self::connect(path, create, before)
    }

    /// Keeps everybody else from the file at `path` as long as what is given lives, with everything in the file and no log
    /// beside it; `None` where the file is damaged, or no desk. Fails with [`StoreError::Busy`] where somebody has it open.
    pub fn alone(path: &Path) -> Result<Option<Alone>, StoreError> {
        let taken = || {
            let db = Connection::open_with_flags(whole(path)?, FLAGS)?;
            migrate::refuse_foreign(&db, path, false)?;
            // SQLite takes a file out of this mode only where nobody else has it open.
            db.pragma_update(None, "journal_mode", "delete")?;
            db.execute_batch("BEGIN EXCLUSIVE")?;
            Ok(Alone { _db: db })
        };
        match taken() {
            Ok(alone) => Ok(Some(alone)),
            Err(StoreError::Busy) => Err(StoreError::Busy),
            Err(_) => Ok(None),
        }
    }

    /// A desk's file over a connection that is open, of the newest form.
    pub(super) fn over(db: Connection, path: &Path) -> Self {
        Self { db, path: path.into(), unpacked: Unpacked::default(), half_done: Cell::new(false) }
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what is in the write-ahead log into the file and empties it, so that no older page stays behind there. Gives
    /// whether it did: it cannot be emptied while somebody reads an older state. That is waited for at the most `patience`, in
    /// which nobody can write.
    pub fn leave_no_trace(&self, patience: Duration) -> Result<bool, StoreError> {
        self.db.busy_timeout(patience)?;
        let kept_waiting = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0));
        self.db.busy_timeout(PATIENCE)?;
        Ok(!kept_waiting?)
    }

    /// Where the journal ends as this connection sees it; nothing where nothing was done yet.
    pub fn journal_end(&self) -> Result<Option<JournalEnd>, StoreError> {
        Ok(self.db.prepare_cached(LAST)?.query_row([], row).optional()?)
    }

    /// Whether the file and its log have that end of the journal; what this connection holds in its memory is left aside.
    pub fn file_has(&self, (seq, running): &JournalEnd) -> Result<bool, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = Connection::open_with_flags(whole(&self.path)?, flags)?;
        let sql = "SELECT running FROM journal WHERE seq = ?1";
        let found: Option<[u8; 32]> = file.query_row(sql, [seq], |r| r.get(0)).optional()?;
        Ok(found.as_ref() == Some(running))
    }

    /// Writes nothing into the file when this is closed: what is only in the log stays there.
    pub fn close_without_writing(&self) {
        // It fails for no connection that is open.
        let _ = self.db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }

    /// Closes the file, with everything in it and no log beside it.
    pub fn close(self) -> Result<(), StoreError> {
        self.db.pragma_update(None, "journal_mode", "delete")?;
        Ok(self.db.close().map_err(|(_, e)| e)?)
    }

    fn connect<G, E: From<StoreError>>(
        path: &Path,
        create: bool,
        before: impl FnOnce(&Due) -> Result<G, E>,
    ) -> Result<Self, E> {
        let made = if create { OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::empty() };
        let not_a_desk = |e: rusqlite::Error| match StoreError::from(e) {
            StoreError::Damaged(why) => StoreError::NotADesk { path: path.into(), why },
            other => other,
        };
        let mut db = Connection::open_with_flags(whole(path)?, FLAGS | made).map_err(StoreError::from)?;
        db.busy_timeout(PATIENCE).map_err(StoreError::from)?;
        migrate::refuse_foreign(&db, path, create).map_err(|e| match e {
            StoreError::Damaged(why) => StoreError::NotADesk { path: path.into(), why },
            other => other,
        })?;
        settle(&db).map_err(not_a_desk)?;
        if migrate::to_newest(&mut db, before)? {
            // What says that the file is a desk stands in the file itself at once, and not only in the log beside it.
            db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).map_err(StoreError::from)?;
        }
        Ok(Self::over(db, path))
    }
}

/// The settings of a connection. `synchronous=FULL`: with NORMAL a power cut loses acknowledged edits in WAL mode.
/// `ENABLE_QPSG`: without it SQLite prepares a statement anew for each value that it holds against a partial index, which took
/// a quarter of a save. `trusted_schema=off`: a desk may come from somebody else. `secure_delete`: what is redacted is overwritten.
fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "secure_delete", true)?;
    db.pragma_update(None, "cache_size", -65_536)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(128);
    Ok(())
}
