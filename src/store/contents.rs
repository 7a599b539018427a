//! The table `content`: revisions' texts by their hash. A text is compressed with the one before it as zstd
//! dictionary, since two revisions share most of their words; every so often one stands alone, so that none is far away.

use super::{Store, StoreError};
use crate::model::Digest;
use rusqlite::{OptionalExtension, params};
use std::sync::Arc;

type Hash = [u8; 32];

/// How many texts may hang on each other before one is kept alone: a sixtieth part of a long history stands alone.
const DEPTH: i64 = 60;
/// How hard a text is compressed. A long one would keep a person waiting at the level that suits an article.
const LEVEL: i32 = 19;
const LEVEL_LONG: i32 = 6;
/// Texts of more bytes than this are long: some ten thousand words.
const LONG: usize = 64 << 10;
/// More than this never hang on each other: a ring in a damaged file is not followed for ever.
const LONGEST: usize = 1 << 10;

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
        let packed = packed(text, &dictionary).map_err(|e| StoreError::Io(e.to_string()))?;
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

    /// The text of that hash. Fails where it is not kept, or is not what was put there: its own hash proves every text
    /// it hangs on as well.
    pub fn text(&self, digest: &Digest) -> Result<String, StoreError> {
        let damaged = |why: &str| StoreError::Damaged(format!("the text {digest} {why}"));
        let (mut path, mut next) = (Vec::new(), Some(digest.0));
        while let Some(at) = next {
            let (bytes, base, _, packed) =
                self.text_row(&Digest(at))?.ok_or_else(|| damaged("is missing"))?;
            let packed = packed.ok_or_else(|| damaged("was redacted"))?;
            if self.unpacked.get(&at).is_some() {
                break;
            }
            path.push((at, bytes as usize, packed));
            next = base.filter(|_| path.len() <= LONGEST);
        }
        let plain = self.unpack(next, path).map_err(|_| damaged("cannot be unpacked"))?;
        if !self.unpacked.prove(digest, &plain) {
            return Err(damaged("is not what was recorded"));
        }
        String::from_utf8(plain.to_vec()).map_err(|_| damaged("is not text"))
    }

    /// Unpacks a path of texts, each with its hash and length and hanging on the one after it; the last of them hangs on
    /// `from`, which is held already. Gives the first.
    fn unpack(
        &self,
        from: Option<[u8; 32]>,
        path: Vec<(Hash, usize, Vec<u8>)>,
    ) -> std::io::Result<Arc<Vec<u8>>> {
        let mut plain = from.and_then(|at| self.unpacked.get(&at)).unwrap_or_default();
        if !path.is_empty() {
            let mut unpacker = zstd::bulk::Decompressor::new()?;
            for (at, bytes, packed) in path.into_iter().rev() {
                unpacker.set_dictionary(&plain)?;
                plain = self.unpacked.hold(at, unpacker.decompress(&packed, bytes)?);
            }
        }
        Ok(plain)
    }

    /// How many bytes all kept texts take, compressed, without the rows around them.
    pub fn text_bytes(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(sum(length(packed)), 0) FROM content";
        Ok(self.db.query_row(sql, [], |r| r.get::<_, i64>(0))? as u64)
    }

    /// Erases the text of that hash; texts that were compressed against it are kept anew without it.
    pub fn erase_text(&self, digest: &Digest) -> Result<(), StoreError> {
        self.unpacked.clear();
        let mut rows = self.db.prepare("SELECT digest FROM content WHERE base = ?1")?;
        let leaning: Vec<[u8; 32]> = rows.query_map([digest.0], |r| r.get(0))?.collect::<Result<_, _>>()?;
        for other in leaning {
            let text = self.text(&Digest(other))?;
            let packed = packed(&text, "").map_err(|e| StoreError::Io(e.to_string()))?;
            self.db.execute(
                "UPDATE content SET base = NULL, depth = 0, packed = ?2 WHERE digest = ?1",
                params![other, packed],
            )?;
        }
        self.db.execute("UPDATE content SET base = NULL, packed = NULL WHERE digest = ?1", [digest.0])?;
        self.unpacked.clear();
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

/// The length is in the row and the hash proves the text, so the frame carries neither.
fn packed(text: &str, dictionary: &str) -> std::io::Result<Vec<u8>> {
    let level = if text.len() > LONG { LEVEL_LONG } else { LEVEL };
    let mut packer = zstd::bulk::Compressor::with_dictionary(level, dictionary.as_bytes())?;
    packer.include_checksum(false)?;
    packer.include_contentsize(false)?;
    packer.compress(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> (tempfile::TempDir, Store, Vec<Digest>) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(&folder.path().join("a.desk")).unwrap();
        let (mut base, mut all) = (None, Vec::new());
        for n in 0..150 {
            base = Some(store.put_text(&format!("One line that stays.\nLine {n}.\n"), base).unwrap());
            all.extend(base);
        }
        (folder, store, all)
    }

    #[test]
    fn every_text_is_read_in_any_order_and_some_stand_alone() {
        let (_folder, store, all) = kept();
        for n in (0..150).map(|n| n * 37 % 150) {
            assert_eq!(store.text(&all[n]).unwrap(), format!("One line that stays.\nLine {n}.\n"));
        }
        let alone = "SELECT count(*) FROM content WHERE base IS NULL";
        assert_eq!(store.db.query_row(alone, [], |r| r.get::<_, i64>(0)).unwrap(), 3);
    }

    #[test]
    fn a_text_that_was_erased_is_not_read_from_memory_and_those_that_hung_on_it_are() {
        let (_folder, store, all) = kept();
        store.text(&all[9]).unwrap();
        store.erase_text(&all[8]).unwrap();
        assert!(store.text(&all[8]).is_err());
        assert!(store.text(&all[9]).unwrap().contains("Line 9."));
    }

    #[test]
    fn a_check_reads_the_file_and_not_the_memory() {
        let (_folder, store, all) = kept();
        store.text(&all[149]).unwrap();
        store.db.execute("UPDATE content SET packed = x'00' WHERE digest = ?1", [all[149].0]).unwrap();
        let steps = crate::model::Steps::new(&crate::model::Unwatched, crate::model::Doing::Checking, 0);
        assert!(!store.check(&steps).unwrap().faults.is_empty());
    }

    #[test]
    fn a_ring_in_a_damaged_file_is_told_and_not_followed_for_ever() {
        let (_folder, store, all) = kept();
        store.unpacked.clear();
        let ring = "UPDATE content SET base = ?1 WHERE digest = ?2";
        store.db.execute(ring, params![all[5].0, all[0].0]).unwrap();
        assert!(store.text(&all[5]).is_err());
    }
}
