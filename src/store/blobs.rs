//! The table `blob`: attached files and imported bytes, by their hash, kept as they came.

use super::{Store, StoreError};
use crate::model::{BlobRead, Blobs, Digest};
use rusqlite::{MAIN_DB, OptionalExtension, params};
use std::io;

/// The largest file that can be kept, in bytes: 256 MiB.
pub const MAX_BLOB: u64 = 256 << 20;

impl Store {
    /// Keeps bytes under their hash. Keeping them twice is keeping them once.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        if bytes.len() as u64 > MAX_BLOB {
            return Err(StoreError::TooLarge { bytes: bytes.len() as u64, limit: MAX_BLOB });
        }
        let digest = Digest::of(bytes);
        let sql = "INSERT INTO blob (digest, bytes) VALUES (?1, ?2) \
                   ON CONFLICT (digest) DO UPDATE SET bytes = excluded.bytes WHERE blob.bytes IS NULL";
        self.db.prepare_cached(sql)?.execute(params![digest.0, bytes])?;
        Ok(digest)
    }

    /// Whether bytes of that hash are kept.
    pub fn has_blob(&self, digest: &Digest) -> Result<bool, StoreError> {
        Ok(self.blob_seq(digest)?.is_some())
    }

    /// Erases the bytes of that hash.
    pub fn erase_blob(&self, digest: &Digest) -> Result<(), StoreError> {
        self.db.execute("UPDATE blob SET bytes = NULL WHERE digest = ?1", [digest.0])?;
        Ok(())
    }

    fn blob_seq(&self, digest: &Digest) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT seq FROM blob WHERE digest = ?1 AND bytes IS NOT NULL";
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], |r| r.get(0)).optional()?)
    }
}

impl Blobs for Store {
    fn open(&self, digest: &Digest) -> io::Result<Option<BlobRead<'_>>> {
        let Some(seq) = self.blob_seq(digest).map_err(io::Error::other)? else { return Ok(None) };
        let blob = self.db.blob_open(MAIN_DB, "blob", "bytes", seq, true).map_err(io::Error::other)?;
        Ok(Some(Box::new(blob)))
    }
}
