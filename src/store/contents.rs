//! The table `content`: revisions' texts by their hash. A text is compressed with the one before it as zstd
//! dictionary, since two revisions share most of their words; every so often one stands alone, so that none is far away.

use super::{Store, StoreError};
use crate::model::Digest;
use rusqlite::{OptionalExtension, params};

/// How many texts may hang on each other before one is kept alone.
const DEPTH: i64 = 24;
const LEVEL: i32 = 12;

impl Store {
    /// Keeps a text, compressed against `base` where that is kept. Keeping it twice is keeping it once.
    pub fn put_text(&self, text: &str, base: Option<Digest>) -> Result<Digest, StoreError> {
        let digest = Digest::of(text.as_bytes());
        if self.text_row(&digest)?.is_some_and(|r| r.3.is_some()) {
            return Ok(digest);
        }
        let base = match base {
            Some(b) => self.text_row(&b)?.filter(|r| r.2 < DEPTH && r.3.is_some()).map(|r| (b, r.2)),
            None => None,
        };
        let dictionary = base.map(|(b, _)| self.text(&b)).transpose()?.unwrap_or_default();
        let packed = zstd::bulk::Compressor::with_dictionary(LEVEL, dictionary.as_bytes())
            .and_then(|mut c| c.compress(text.as_bytes()))
            .map_err(|e| StoreError::Io(e.to_string()))?;
        let sql =
            "INSERT OR REPLACE INTO content (digest, bytes, base, depth, packed) VALUES (?1, ?2, ?3, ?4, ?5)";
        let depth = base.map_or(0, |(_, d)| d + 1);
        self.db.prepare_cached(sql)?.execute(params![
            digest.0,
            text.len() as i64,
            base.map(|(b, _)| b.0),
            depth,
            packed
        ])?;
        Ok(digest)
    }

    /// The text of that hash. Fails where it is not kept, or is not what was put there.
    pub fn text(&self, digest: &Digest) -> Result<String, StoreError> {
        let damaged = |why: &str| StoreError::Damaged(format!("the text {digest} {why}"));
        let (bytes, base, _, packed) = self.text_row(digest)?.ok_or_else(|| damaged("is missing"))?;
        let packed = packed.ok_or_else(|| damaged("was redacted"))?;
        let dictionary = base.map(|b| self.text(&Digest(b))).transpose()?.unwrap_or_default();
        let plain = zstd::bulk::Decompressor::with_dictionary(dictionary.as_bytes())
            .and_then(|mut d| d.decompress(&packed, bytes as usize))
            .map_err(|_| damaged("cannot be unpacked"))?;
        if Digest::of(&plain) != *digest {
            return Err(damaged("is not what was recorded"));
        }
        String::from_utf8(plain).map_err(|_| damaged("is not text"))
    }

    /// Erases the text of that hash; texts that were compressed against it are kept anew without it.
    pub fn erase_text(&self, digest: &Digest) -> Result<(), StoreError> {
        let mut rows = self.db.prepare("SELECT digest FROM content WHERE base = ?1")?;
        let leaning: Vec<[u8; 32]> = rows.query_map([digest.0], |r| r.get(0))?.collect::<Result<_, _>>()?;
        for other in leaning {
            let text = self.text(&Digest(other))?;
            let packed =
                zstd::bulk::compress(text.as_bytes(), LEVEL).map_err(|e| StoreError::Io(e.to_string()))?;
            self.db.execute(
                "UPDATE content SET base = NULL, depth = 0, packed = ?2 WHERE digest = ?1",
                params![other, packed],
            )?;
        }
        self.db.execute("UPDATE content SET base = NULL, packed = NULL WHERE digest = ?1", [digest.0])?;
        Ok(())
    }

    #[allow(clippy::type_complexity)] // The row as it is: length, base, depth, bytes.
    fn text_row(
        &self,
        digest: &Digest,
    ) -> Result<Option<(i64, Option<[u8; 32]>, i64, Option<Vec<u8>>)>, StoreError> {
        let sql = "SELECT bytes, base, depth, packed FROM content WHERE digest = ?1";
        let row = |r: &rusqlite::Row| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?));
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], row).optional()?)
    }
}
