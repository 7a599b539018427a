//! Opening a desk's file with the settings its promises rest on.

use super::{StoreError, migrate, unpacked::Unpacked};
use rusqlite::{Connection, OpenFlags};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// An open desk file.
pub struct Store {
    pub(super) db: Connection,
    path: PathBuf,
    pub(super) unpacked: Unpacked,
}

impl Store {
    /// Opens the desk at `path`. Fails where there is none, where the file is something else, or is newer.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::Missing(path.into()));
        }
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens the desk at `path`, making it where there is none.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what is in the write-ahead log into the file and empties it, so that no older page stays behind there.
    /// Another open connection can keep it from being emptied; the next one to close does it then.
    pub fn leave_no_trace(&self) -> Result<(), StoreError> {
        let busy: i64 = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0))?;
        debug_assert!(busy == 0 || busy == 1, "a checkpoint says whether it was kept waiting");
        Ok(())
    }

    /// A number that changes when another connection wrote to the file.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.db.pragma_query_value(None, "data_version", |r| r.get(0))?)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let not_a_desk = |e: rusqlite::Error| match StoreError::from(e) {
            StoreError::Damaged(why) => StoreError::NotADesk { path: path.into(), why },
            other => other,
        };
        let mut db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(Duration::from_secs(5))?;
        migrate::refuse_foreign(&db, path).map_err(|e| match e {
            StoreError::Damaged(why) => StoreError::NotADesk { path: path.into(), why },
            other => other,
        })?;
        settle(&db).map_err(not_a_desk)?;
        migrate::to_newest(&mut db, path)?;
        Ok(Self { db, path: path.into(), unpacked: Unpacked::default() })
    }
}

/// The settings of a connection. `synchronous=FULL`: with NORMAL a power cut loses acknowledged edits in WAL mode.
/// `trusted_schema=off`: a desk may come from somebody else. `secure_delete`: what is redacted is overwritten.
fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "secure_delete", true)?;
    db.pragma_update(None, "cache_size", -65_536)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}
