//! The table `remote_file`: files of a shared desk that are not here yet.

use crate::model::Digest;
use crate::store::{Store, StoreError, Tx};
use rusqlite::params;

/// A file that is only on the shared desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoteFile {
    /// The hash of its bytes.
    pub digest: Digest,
    /// Its length in bytes, if a fact says it.
    pub bytes: Option<u64>,
}

/// How much is only on the shared desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RemoteFiles {
    /// How many files.
    pub files: u64,
    /// Their bytes, as far as they are known.
    pub bytes: u64,
}

impl Store {
    /// The files that are only on the shared desk.
    pub fn remote_files(&self) -> Result<Vec<RemoteFile>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT digest, bytes FROM remote_file ORDER BY digest")?;
        let row = |r: &rusqlite::Row| {
            let bytes = r.get::<_, Option<i64>>(1)?.map(|b| b as u64);
            Ok(RemoteFile { digest: Digest(r.get(0)?), bytes })
        };
        Ok(rows.query_map([], row)?.collect::<Result<_, _>>()?)
    }

    /// How many files are only on the shared desk.
    pub fn count_remote_files(&self) -> Result<RemoteFiles, StoreError> {
        let sql = "SELECT count(*), COALESCE(sum(bytes), 0) FROM remote_file";
        let row = |r: &rusqlite::Row| {
            Ok(RemoteFiles { files: r.get::<_, i64>(0)? as u64, bytes: r.get::<_, i64>(1)? as u64 })
        };
        Ok(self.db.prepare_cached(sql)?.query_row([], row)?)
    }

    /// Whether a file is only on the shared desk.
    pub fn is_remote_file(&self, digest: &Digest) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM remote_file WHERE digest = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], |r| r.get(0))?)
    }

    /// Records that a file is not only on the shared desk any more: it is here, or erased.
    pub(super) fn forget_remote_file(&self, digest: &Digest) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM remote_file WHERE digest = ?1")?.execute([digest.0])?;
        Ok(())
    }
}

impl Tx<'_> {
    /// Records that a file is only on the shared desk, unless it is here.
    pub fn put_remote_file(&self, file: RemoteFile) -> Result<(), StoreError> {
        if self.file_place(&file.digest)?.is_some() {
            return Ok(());
        }
        let sql = "INSERT INTO remote_file (digest, bytes) VALUES (?1, ?2) ON CONFLICT (digest) DO NOTHING";
        self.db.prepare_cached(sql)?.execute(params![file.digest.0, file.bytes.map(|b| b as i64)])?;
        Ok(())
    }

    /// Forgets all files that are only on the shared desk, which this desk leaves.
    pub fn forget_remote_files(&self) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM remote_file", [])?;
        Ok(())
    }
}
