//! The tables `blob` and `file`: attached files and imported bytes by their hash, as they came. Small ones are kept in
//! `blob`; larger ones lie beside the desk's file, and `file` says which and how long they are.

use crate::model::{BlobRead, Blobs, Digest};
use crate::store::{Store, StoreError, Tx};
use rusqlite::{MAIN_DB, OptionalExtension, params};
use std::io;

/// The largest file that can be kept, in bytes: 256 MiB.
pub const MAX_BLOB: u64 = 256 << 20;

/// The longest file that is kept in the desk's own file, in bytes: 64 KiB. Longer ones lie beside it.
pub const INSIDE: u64 = 64 << 10;

/// Where the bytes of a hash are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilePlace {
    /// In the desk's own file.
    Inside,
    /// Beside it, of so many bytes.
    Beside(u64),
}

impl Store {
    /// Keeps bytes under their hash in the desk's own file. Keeping them twice is keeping them once.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        let digest = Digest::of(bytes);
        let sql = "INSERT INTO blob (digest, bytes) VALUES (?1, ?2) \
                   ON CONFLICT (digest) DO UPDATE SET bytes = excluded.bytes WHERE blob.bytes IS NULL";
        self.db.prepare_cached(sql)?.execute(params![digest.0, bytes])?;
        Ok(digest)
    }

    /// Where the bytes of that hash are; `None` where they are not kept.
    pub fn kept(&self, digest: &Digest) -> Result<Option<FilePlace>, StoreError> {
        let sql = "SELECT bytes FROM file WHERE digest = ?1 AND erased = 0";
        let beside = self.db.prepare_cached(sql)?.query_row([digest.0], |r| r.get::<_, i64>(0)).optional()?;
        match beside {
            Some(bytes) => Ok(Some(FilePlace::Beside(bytes as u64))),
            None => Ok(self.blob_seq(digest)?.map(|_| FilePlace::Inside)),
        }
    }

    /// Forgets the bytes of that hash: those in the desk's own file at once, those beside it are named by
    /// [`Store::erased_beside`] until they are gone.
    pub fn erase_blob(&self, digest: &Digest) -> Result<(), StoreError> {
        self.db.execute("UPDATE blob SET bytes = NULL WHERE digest = ?1", [digest.0])?;
        self.db.execute("UPDATE file SET erased = 1 WHERE digest = ?1", [digest.0])?;
        Ok(())
    }

    /// The files that lie beside the desk's file, with their lengths in bytes, in the order of their hashes.
    pub fn all_beside(&self) -> Result<Vec<(Digest, u64)>, StoreError> {
        let mut rows =
            self.db.prepare_cached("SELECT digest, bytes FROM file WHERE erased = 0 ORDER BY digest")?;
        let found = rows.query_map([], |r| Ok((Digest(r.get(0)?), r.get::<_, i64>(1)? as u64)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The files that were erased and may still lie beside the desk's file.
    pub fn erased_beside(&self) -> Result<Vec<Digest>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT digest FROM file WHERE erased = 1")?;
        Ok(rows.query_map([], |r| Ok(Digest(r.get(0)?)))?.collect::<Result<_, _>>()?)
    }

    /// The files in the desk's own file that are too long for it, with their lengths in bytes.
    pub fn too_long(&self) -> Result<Vec<(Digest, u64)>, StoreError> {
        // The number is that of the index: SQLite takes it only where it sees the same condition.
        let sql = "SELECT digest, length(bytes) FROM blob INDEXED BY blob_large WHERE length(bytes) > 65536";
        let mut rows = self.db.prepare_cached(sql)?;
        let found = rows.query_map([], |r| Ok((Digest(r.get(0)?), r.get::<_, i64>(1)? as u64)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Whether more than half of the desk's own file, and more than 1 MiB, is room that nothing is in.
    pub fn is_loose(&self) -> Result<bool, StoreError> {
        let number = |name: &str| self.db.pragma_query_value(None, name, |r| r.get::<_, i64>(0));
        let (free, all, page) = (number("freelist_count")?, number("page_count")?, number("page_size")?);
        Ok(free * 2 > all && free * page > 1 << 20)
    }

    /// Gives the room that nothing is in back to the disk. Where somebody else is writing, it stays as it is.
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
    /// Says that the bytes of that hash lie beside the desk's file, where they are whole already.
    pub fn put_beside(&self, digest: &Digest, bytes: u64) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO file (digest, bytes) VALUES (?1, ?2) ON CONFLICT (digest) DO UPDATE SET erased = 0";
        self.db.prepare_cached(sql)?.execute(params![digest.0, bytes as i64])?;
        Ok(())
    }

    /// Says that an erased file lies nowhere any more.
    pub fn gone(&self, digest: &Digest) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM file WHERE digest = ?1 AND erased = 1", [digest.0])?;
        Ok(())
    }

    /// Takes bytes out of the desk's own file that lie beside it now. Gives whether they were still there: they may have
    /// been erased meanwhile, and then nothing is said of them.
    pub fn moved_beside(&self, digest: &Digest, bytes: u64) -> Result<bool, StoreError> {
        let sql = "DELETE FROM blob WHERE digest = ?1 AND bytes IS NOT NULL";
        if self.db.execute(sql, [digest.0])? == 0 {
            return Ok(false);
        }
        self.put_beside(digest, bytes)?;
        Ok(true)
    }
}

/// What is kept in the desk's own file.
impl Blobs for Store {
    fn open(&self, digest: &Digest) -> io::Result<Option<BlobRead<'_>>> {
        let Some(seq) = self.blob_seq(digest).map_err(io::Error::other)? else { return Ok(None) };
        let blob = self.db.blob_open(MAIN_DB, "blob", "bytes", seq, true).map_err(io::Error::other)?;
        Ok(Some(Box::new(blob)))
    }
}
