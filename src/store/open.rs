//! Opens a desk's file with the settings that make it durable and safe.

use super::{
    StoreError,
    content::unpacked::Unpacked,
    current::add_functions,
    migrate::{self, OlderForm},
};
use crate::store::copy::absolute;
use rusqlite::{Connection, OpenFlags, OptionalExtension, config::DbConfig};
use std::{
    cell::Cell,
    path::{Path, PathBuf},
    time::Duration,
};

/// How often and how many times a connection asks again while another one writes: for 5 s.
const ASK_AGAIN: Duration = Duration::from_millis(1);
const MOST_ASKED: i32 = 5000;

/// The flags to open a desk's file for reading and writing.
const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// An exclusive lock on a desk's file: nobody else has it open or can open it.
pub struct ExclusiveLock {
    _db: Connection,
}

/// The last row of the journal.
const LAST: &str = "SELECT seq, running FROM journal WHERE seq = (SELECT max(seq) FROM journal)";

/// The end of a journal: its last action's seq, and the digest over all actions up to it.
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
    /// Opens the desk at `path`. Fails if it does not exist, is not a desk, or is newer. An older form is migrated to the
    /// newest.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_after(path, false, |_| Ok(()))
    }

    /// Opens the desk at `path`, and creates it if it does not exist.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        Self::open_after(path, true, |_| Ok(()))
    }

    /// Opens a desk of the newest form that can only be read: its medium is read-only or full.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        let db = super::backup::open_read_only(path)?;
        migrate::refuse_older(&db)?;
        db.set_prepared_statement_cache_capacity(64);
        Self::from_connection(db, path)
    }

    /// Opens the desk at `path`. If it does not exist and `create` is set, it is created. If it is of an older form,
    /// `before` runs before the migration, and its result lives until the migration is done.
    pub fn open_after<G, E: From<StoreError>>(
        path: &Path,
        create: bool,
        before: impl FnOnce(&OlderForm) -> Result<G, E>,
    ) -> Result<Self, E> {
        if !create && !path.exists() {
            return Err(StoreError::Missing(path.into()).into());
        }
        Self::connect(path, create, before)
    }

    /// Locks the file at `path` for this program while the returned value lives. All data is in the file then, with no log
    /// next to it. Returns `None` if the file is damaged or not a desk. Fails with [`StoreError::Busy`] if somebody has it
    /// open.
    pub fn lock_exclusively(path: &Path) -> Result<Option<ExclusiveLock>, StoreError> {
        let lock = || {
            let db = Connection::open_with_flags(absolute(path)?, FLAGS)?;
            migrate::refuse_foreign(&db, path, false)?;
            // SQLite can leave this mode only if nobody else has the file open.
            db.pragma_update(None, "journal_mode", "delete")?;
            db.execute_batch("BEGIN EXCLUSIVE")?;
            Ok(ExclusiveLock { _db: db })
        };
        match lock() {
            Ok(lock) => Ok(Some(lock)),
            Err(StoreError::Busy) => Err(StoreError::Busy),
            Err(_) => Ok(None),
        }
    }

    /// A desk's file over a connection that is open, of the newest form. Gives the connection what statements need.
    pub(super) fn from_connection(db: Connection, path: &Path) -> Result<Self, StoreError> {
        rusqlite::vtab::array::load_module(&db)?;
        add_functions(&db)?;
        Ok(Self { db, path: path.into(), unpacked: Unpacked::default(), half_done: Cell::new(false) })
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves the content of the write-ahead log into the file and empties the log, so that no older page remains there.
    /// Returns whether that worked: it cannot while somebody reads an older state. It waits for that at most `patience`, and
    /// nobody can write meanwhile.
    pub fn empty_log(&self, patience: Duration) -> Result<bool, StoreError> {
        self.db.busy_timeout(patience)?;
        let blocked = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0));
        // This takes the place of what `wait_for_others` set: the connection still waits, and asks more rarely.
        self.db.busy_timeout(ASK_AGAIN * MOST_ASKED as u32)?;
        Ok(!blocked?)
    }

    /// The end of the journal as this connection sees it; `None` if the journal is empty.
    pub fn journal_end(&self) -> Result<Option<JournalEnd>, StoreError> {
        Ok(self.db.prepare_cached(LAST)?.query_row([], row).optional()?)
    }

    /// Whether the file and its log contain that end of the journal. It opens a new connection, so it ignores what this one
    /// has in memory.
    pub fn file_has(&self, (seq, running): &JournalEnd) -> Result<bool, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = Connection::open_with_flags(absolute(&self.path)?, flags)?;
        let sql = "SELECT running FROM journal WHERE seq = ?1";
        let found: Option<[u8; 32]> = file.query_row(sql, [seq], |r| r.get(0)).optional()?;
        Ok(found.as_ref() == Some(running))
    }

    /// On closing, SQLite will not write the log into the file: what is only in the log stays there.
    pub fn close_without_writing(&self) {
        // It cannot fail on an open connection.
        let _ = self.db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }

    /// Closes the file with everything in it and no log next to it.
    pub fn close(self) -> Result<(), StoreError> {
        self.db.pragma_update(None, "journal_mode", "delete")?;
        Ok(self.db.close().map_err(|(_, e)| e)?)
    }

    fn connect<G, E: From<StoreError>>(
        path: &Path,
        create: bool,
        before: impl FnOnce(&OlderForm) -> Result<G, E>,
    ) -> Result<Self, E> {
        let create_flag = if create { OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::empty() };
        let not_a_desk = |e: rusqlite::Error| match StoreError::from(e) {
            StoreError::Damaged(why) => StoreError::NotADesk { path: path.into(), why },
            other => other,
        };
        let mut db =
            Connection::open_with_flags(absolute(path)?, FLAGS | create_flag).map_err(StoreError::from)?;
        wait_for_others(&mut db).map_err(StoreError::from)?;
        migrate::refuse_foreign(&db, path, create).map_err(|e| match e {
            StoreError::Damaged(why) => StoreError::NotADesk { path: path.into(), why },
            other => other,
        })?;
        configure(&db).map_err(not_a_desk)?;
        if migrate::to_newest(&mut db, before)? {
            // The mark of a desk is written to the file itself at once, not only to the log.
            db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).map_err(StoreError::from)?;
        }
        Ok(Self::from_connection(db, path)?)
    }
}

/// Lets a connection wait while another one writes. It asks every millisecond: SQLite's own wait asks ever more rarely, and
/// misses the short pauses of long work.
fn wait_for_others(db: &mut Connection) -> rusqlite::Result<()> {
    db.busy_handler(Some(|asked| {
        std::thread::sleep(ASK_AGAIN);
        asked < MOST_ASKED
    }))
}

/// Sets up a connection. `synchronous=FULL`: with NORMAL, a power cut loses acknowledged edits in WAL mode. `ENABLE_QPSG`:
/// without it, SQLite prepares a statement again for each value that it compares with a partial index, which took a quarter
/// of a save. `trusted_schema=off`: a desk may come from somebody else. `secure_delete`: redacted data is overwritten.
fn configure(db: &Connection) -> rusqlite::Result<()> {
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
