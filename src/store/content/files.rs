//! The tables `blob` and `file`: attached files and imported bytes, unchanged and by their hash. Small ones are in `blob`.
//! Larger ones are stored next to the desk's file, and `file` lists them with their lengths.

use crate::model::{BlobRead, Blobs, Digest};
use crate::store::{Store, StoreError, Tx};
use rusqlite::{MAIN_DB, OptionalExtension, params};
use std::io;

/// The largest file that can be stored, in bytes: 256 MiB.
pub const MAX_BLOB: u64 = 256 << 20;

/// The longest file that is stored in the desk's own file, in bytes: 64 KiB. Longer ones are stored next to it.
pub const INSIDE: u64 = 64 << 10;

/// Where a file is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePlace {
    /// In the desk's own file.
    Inside,
    /// Next to it, with this length in bytes.
    Beside(u64),
}

impl Store {
    /// Stores bytes under their hash in the desk's own file. Bytes that are stored already are not stored twice.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        let digest = Digest::of(bytes);
        let sql = "INSERT INTO blob (digest, bytes) VALUES (?1, ?2) \
                   ON CONFLICT (digest) DO UPDATE SET bytes = excluded.bytes WHERE blob.bytes IS NULL";
        self.db.prepare_cached(sql)?.execute(params![digest.0, bytes])?;
        self.forget_remote_file(&digest)?;
        Ok(digest)
    }

    /// Where the file of that hash is stored; `None` if it is not.
    pub fn file_place(&self, digest: &Digest) -> Result<Option<FilePlace>, StoreError> {
        let sql = "SELECT bytes FROM file WHERE digest = ?1 AND erased = 0";
        let beside = self.db.prepare_cached(sql)?.query_row([digest.0], |r| r.get::<_, i64>(0)).optional()?;
        match beside {
            Some(bytes) => Ok(Some(FilePlace::Beside(bytes as u64))),
            None => Ok(self.blob_seq(digest)?.map(|_| FilePlace::Inside)),
        }
    }

    /// Erases the file of that hash. Bytes in the desk's own file are gone at once. A file next to it is listed by
    /// [`Store::erased_beside`] until it is gone.
    pub fn erase_blob(&self, digest: &Digest) -> Result<(), StoreError> {
        self.db.execute("UPDATE blob SET bytes = NULL WHERE digest = ?1", [digest.0])?;
        self.db.execute("UPDATE file SET erased = 1 WHERE digest = ?1", [digest.0])?;
        self.forget_remote_file(digest)
    }

    /// The files next to the desk's file, with their lengths in bytes, in the order of their hashes.
    pub fn all_beside(&self) -> Result<Vec<(Digest, u64)>, StoreError> {
        let mut rows =
            self.db.prepare_cached("SELECT digest, bytes FROM file WHERE erased = 0 ORDER BY digest")?;
        let found = rows.query_map([], |r| Ok((Digest(r.get(0)?), r.get::<_, i64>(1)? as u64)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The files that were erased and may still exist next to the desk's file.
    pub fn erased_beside(&self) -> Result<Vec<Digest>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT digest FROM file WHERE erased = 1")?;
        Ok(rows.query_map([], |r| Ok(Digest(r.get(0)?)))?.collect::<Result<_, _>>()?)
    }

    /// The files in the desk's own file that are too long for it, with their lengths in bytes.
    pub fn too_long(&self) -> Result<Vec<(Digest, u64)>, StoreError> {
        // The number must be the one in the index: SQLite uses the index only for the same condition.
        let sql = "SELECT digest, length(bytes) FROM blob INDEXED BY blob_large WHERE length(bytes) > 65536";
        let mut rows = self.db.prepare_cached(sql)?;
        let found = rows.query_map([], |r| Ok((Digest(r.get(0)?), r.get::<_, i64>(1)? as u64)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Whether more than half of the desk's own file, and more than 1 MiB, is unused.
    pub fn has_much_free_space(&self) -> Result<bool, StoreError> {
        let number = |name: &str| self.db.pragma_query_value(None, name, |r| r.get::<_, i64>(0));
        let (free, all, page) = (number("freelist_count")?, number("page_count")?, number("page_size")?);
        Ok(free * 2 > all && free * page > 1 << 20)
    }

    /// Returns unused space to the disk. If somebody else is writing, nothing happens.
    pub fn shrink(&self) -> Result<(), StoreError> {
        match self.db.execute_batch("VACUUM").map_err(StoreError::from) {
            Err(StoreError::Busy) => Ok(()),
            done => done,
        }
    }

    fn blob_seq(&self, digest: &Digest) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT seq FROM blob WHERE digest = ?1 AND bytes IS NOT NULL";
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], |r| r.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Records that the file of that hash is stored next to the desk's file. It must be complete there.
    pub fn put_beside(&self, digest: &Digest, bytes: u64) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO file (digest, bytes) VALUES (?1, ?2) ON CONFLICT (digest) DO UPDATE SET erased = 0";
        self.db.prepare_cached(sql)?.execute(params![digest.0, bytes as i64])?;
        self.forget_remote_file(digest)
    }

    /// Records that the bytes of an erased file are gone.
    pub fn forget_erased(&self, digest: &Digest) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM file WHERE digest = ?1 AND erased = 1", [digest.0])?;
        Ok(())
    }

    /// Removes bytes from the desk's own file that are now stored next to it. Returns whether they were still in it: if they
    /// were erased meanwhile, nothing is recorded.
    pub fn moved_beside(&self, digest: &Digest, bytes: u64) -> Result<bool, StoreError> {
        let sql = "DELETE FROM blob WHERE digest = ?1 AND bytes IS NOT NULL";
        if self.db.execute(sql, [digest.0])? == 0 {
            return Ok(false);
        }
        self.put_beside(digest, bytes)?;
        Ok(true)
    }
}

/// The files in the desk's own file.
impl Blobs for Store {
    fn open(&self, digest: &Digest) -> io::Result<Option<BlobRead<'_>>> {
        let Some(seq) = self.blob_seq(digest).map_err(io::Error::other)? else { return Ok(None) };
        let blob = self.db.blob_open(MAIN_DB, "blob", "bytes", seq, true).map_err(io::Error::other)?;
        Ok(Some(Box::new(blob)))
    }
}
