//! The table `content`: the texts of revisions by their hash. Two revisions share most of their words, so a text is stored
//! as its difference from the one before it. A save is fast and stores a text in a row of its own. Later it moves into a
//! pack with the other texts of its history (`repack.rs`).

use super::{
    delta::{Composed, Delta, Level},
    packs::Pack,
    text_places::{Content, LONGEST_CHAIN, Place, TextPlace},
};
use crate::model::{Cancelled, Digest};
use crate::store::{Store, StoreError, Tx};
use rusqlite::params;
use std::{io, sync::Arc};

/// When a delta chain is followed, every text after this many deltas is cached.
const CACHE_STRIDE: usize = 16;
/// If a delta has more bytes than this, the base of the base is tried: somebody may have reverted a change.
const LARGE: usize = 1 << 10;

/// A text in a delta chain.
struct Link {
    digest: Digest,
    bytes: usize,
    is_delta: bool,
    packed: Vec<u8>,
}

impl Store {
    /// The smallest delta of a text: against `base`, or against the base of that, which is shorter if somebody reverted a
    /// change. The text is whole if neither can be read, so a damaged text does not damage the next one.
    fn smallest_delta(&self, text: &str, base: Digest) -> Result<(Option<Digest>, Delta), StoreError> {
        let Ok(old) = self.text(&base) else { return Ok((None, Delta::whole(text))) };
        let mut best = (Some(base), Delta::between(&old, text));
        if best.1.cost() > LARGE
            && let Some(other) = self.base_of(&base)?
            && let Ok(old) = self.text(&other)
        {
            let delta = Delta::between(&old, text);
            best = if delta.cost() < best.1.cost() { (Some(other), delta) } else { best };
        }
        Ok(best)
    }

    /// The base of the text of that hash, in a row or in a pack.
    pub(in crate::store) fn base_of(&self, digest: &Digest) -> Result<Option<Digest>, StoreError> {
        let Some(content) = self.content(digest)? else { return Ok(None) };
        let TextPlace::Packed(place) = content.stored else { return Ok(content.base) };
        self.open_pack(place)?;
        match self.unpacked.base(place.pack, place.nth as usize) {
            Some(nth) => self.content_at(Place { nth: nth as i64, ..place }),
            None => Ok(None),
        }
    }

    /// The text of that hash. Fails if it is not stored, or is damaged. A text in a row of its own is proven by its hash,
    /// which also proves every text that it is based on. A text in a pack is proven by the digest of the pack.
    pub fn text(&self, digest: &Digest) -> Result<String, StoreError> {
        let content = self.content(digest)?.ok_or_else(|| damaged(digest, "is missing"))?;
        match content.stored {
            TextPlace::Packed(place) => self.packed_text(place, digest),
            TextPlace::Erased => Err(damaged(digest, "was redacted")),
            TextPlace::OwnRow(_) => {
                let plain = self.text_of_rows(digest, content)?;
                let proven = self.unpacked.prove(digest, &plain);
                let changed = || damaged(digest, "is not what was recorded");
                proven.then(|| plain.as_str().to_owned()).ok_or_else(changed)
            }
        }
    }

    /// The text of that hash, always checked against it: for exports and for `check`.
    pub fn proven_text(&self, digest: &Digest) -> Result<String, StoreError> {
        let text = self.text(digest)?;
        match Digest::of(text.as_bytes()) == *digest {
            true => Ok(text),
            false => Err(damaged(digest, "is not what was recorded")),
        }
    }

    /// The text at a place of a pack. The cached pack may be older than the file; then the pack is read again.
    fn packed_text(&self, place: Place, digest: &Digest) -> Result<String, StoreError> {
        let cached = || self.unpacked.packed_text(place.pack, place.nth as usize, digest);
        if let Some(plain) = cached() {
            return Ok(plain);
        }
        self.unpacked.drop_pack(place.pack);
        self.open_pack(place)?;
        cached().ok_or_else(|| damaged(digest, "is not what was recorded"))
    }

    /// Caches the pack of a place, if it is not cached.
    fn open_pack(&self, place: Place) -> Result<(), StoreError> {
        if self.unpacked.has_pack(place.pack, place.nth as usize) {
            return Ok(());
        }
        let pack = self.pack(place.pack)?;
        self.unpacked.insert_pack(place.pack, pack);
        Ok(())
    }

    /// Reads a pack from the file and proves it with its digest. Each text was proven when the pack was written.
    pub(in crate::store) fn pack(&self, seq: i64) -> Result<Pack, StoreError> {
        let damaged = |why: &str| StoreError::Damaged(format!("the pack {seq} of texts {why}"));
        let mut row = self.db.prepare_cached("SELECT packed, digest FROM pack WHERE seq = ?1")?;
        let mut rows = row.query([seq])?;
        let row = rows.next()?.ok_or_else(|| damaged("is missing"))?;
        // Read while the row is open, so that both are from the same state of the file.
        let digests = self.digests_in(seq)?;
        let packed = row.get_ref(0)?.as_blob().map_err(|_| damaged("is not what was written"))?;
        match Pack::proof(&digests, packed) == Digest(row.get(1)?) {
            true => Pack::decode(packed, &digests).ok_or_else(|| damaged("cannot be unpacked")),
            false => Err(damaged("is not what was written")),
        }
    }

    /// The hashes of the texts in a pack with their places, in order.
    pub(in crate::store) fn digests_in(&self, pack: i64) -> Result<Vec<(usize, Digest)>, StoreError> {
        let sql = "SELECT nth, digest FROM content WHERE pack = ?1 AND packed IS NULL ORDER BY nth";
        let mut rows = self.db.prepare_cached(sql)?;
        let rows = rows.query_map([pack], |r| Ok((r.get::<_, i64>(0)? as usize, Digest(r.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Builds a text that has a row of its own. It follows the delta chain to the first text that is cached, packed or
    /// whole. The result is not proven yet.
    fn text_of_rows(&self, digest: &Digest, content: Content) -> Result<Arc<String>, StoreError> {
        let (mut chain, mut next) = (Vec::new(), Some((*digest, content)));
        let mut from = Arc::default();
        while let Some((at, content)) = next {
            if let Some(plain) = self.unpacked.text(&at.0) {
                from = plain;
                break;
            }
            match content.stored {
                TextPlace::Packed(place) => {
                    from = Arc::new(self.packed_text(place, &at)?);
                    break;
                }
                TextPlace::Erased => return Err(damaged(digest, "was redacted")),
                TextPlace::OwnRow(_) if chain.len() > 2 * LONGEST_CHAIN as usize => {
                    return Err(damaged(digest, "cannot be unpacked"));
                }
                TextPlace::OwnRow(packed) => {
                    chain.push(Link { digest: at, bytes: content.bytes, is_delta: content.is_delta, packed })
                }
            }
            next = match content.base {
                Some(base) => {
                    Some((base, self.content(&base)?.ok_or_else(|| damaged(digest, "is missing"))?))
                }
                None => None,
            };
        }
        self.unpack_chain(from, chain).ok_or_else(|| damaged(digest, "cannot be unpacked"))
    }

    /// Builds the first text of a delta chain. Each text is based on the one after it, the last on `from`.
    fn unpack_chain(&self, mut from: Arc<String>, chain: Vec<Link>) -> Option<Arc<String>> {
        let (mut composed, mut words) = (Composed::on(from.len()), String::new());
        for (left, link) in chain.into_iter().enumerate().rev() {
            if link.is_delta {
                let delta = Delta::decode(&link.packed)?;
                composed.apply(&delta.edits, words.len())?;
                words.push_str(&delta.words);
                if left % CACHE_STRIDE != 0 {
                    continue;
                }
                from = self.unpacked.insert(link.digest.0, composed.text(&from, &words)?);
            } else {
                let base = composed.text(&from, &words)?;
                from = self.unpacked.insert(link.digest.0, unpack_old_form(&link.packed, link.bytes, &base)?);
            }
            (composed, words) = (Composed::on(from.len()), String::new());
        }
        Some(from)
    }

    /// How many bytes all stored texts take, compressed, without the rows around them.
    pub fn text_bytes(&self) -> Result<u64, StoreError> {
        let sql = "SELECT (SELECT coalesce(sum(length(packed)), 0) FROM content) \
                   + (SELECT coalesce(sum(length(packed)), 0) FROM pack)";
        Ok(self.db.query_row(sql, [], |r| r.get::<_, i64>(0))? as u64)
    }

    /// The texts in rows of their own that are deltas against the one of that hash. They wait for the same pack, or have no
    /// pack yet.
    fn texts_based_on(&self, digest: &Digest, place: Option<Place>) -> Result<Vec<Digest>, StoreError> {
        let sql = "SELECT digest FROM content WHERE pack = ?2 AND packed IS NOT NULL AND base = ?1 \
                   UNION ALL SELECT digest FROM content \
                   WHERE pack IS NULL AND nth IS NULL AND packed IS NOT NULL AND base = ?1";
        let mut rows = self.db.prepare(sql)?;
        let rows = rows.query_map(params![digest.0, place.map(|p| p.pack)], |r| Ok(Digest(r.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Stores a text as a delta against `base`, or whole if `base` is not stored. A text that is stored already is not
    /// stored twice.
    pub fn put_text(&self, text: &str, base: Option<Digest>) -> Result<Digest, StoreError> {
        let digest = Digest::of(text.as_bytes());
        let was = self.content(&digest)?;
        if was.as_ref().is_some_and(Content::is_stored) {
            return Ok(digest);
        }
        let next_place = self.next_place(text, base)?;
        let (base, delta) = match base.filter(|_| next_place.can_use_base()) {
            Some(base) => self.smallest_delta(text, base)?,
            None => (None, Delta::whole(text)),
        };
        let packed = delta.encode().map_err(failed)?;
        // Not one upsert: where a row may be updated, SQLite copies each page before it changes it.
        let sql = match was {
            None => {
                "INSERT INTO content (digest, bytes, base, depth, form, packed, pack, nth, words) \
                 VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8)"
            }
            Some(_) => {
                "UPDATE content SET bytes = ?2, base = ?3, depth = ?4, form = 1, packed = ?5, pack = ?6, nth = ?7, words = ?8 \
                 WHERE digest = ?1"
            }
        };
        self.db.prepare_cached(sql)?.execute(params![
            digest.0,
            text.len() as i64,
            base.map(|b| b.0),
            next_place.depth,
            packed,
            next_place.place.map(|p| p.pack),
            next_place.place.map(|p| p.nth),
            next_place.words + delta.words.len() as i64,
        ])?;
        next_place.place.map_or(Ok(()), |p| self.mark_if_due(p))?;
        Ok(digest)
    }

    /// Erases the text of that hash. Deltas against it are rewritten against other texts.
    pub fn erase_text(&self, digest: &Digest) -> Result<(), StoreError> {
        self.unpacked.clear();
        let Some(content) = self.content(digest)? else { return Ok(()) };
        let mut new_base = self.base_of(digest)?;
        for other in self.texts_based_on(digest, content.place)? {
            self.rebase(&other, new_base)?;
            new_base = new_base.or(Some(other));
        }
        if let TextPlace::Packed(place) = content.stored {
            let pack = self.pack(place.pack)?.without(place.nth as usize);
            let pack = pack.ok_or_else(|| damaged(digest, "shares a pack that cannot be unpacked"))?;
            self.write_pack(place.pack, &EncodedPack::of(pack, Level::Quick)?)?;
            self.mark_due(place.pack)?;
        }
        let sql = "UPDATE content SET base = NULL, packed = NULL, pack = NULL, nth = NULL WHERE digest = ?1";
        self.db.execute(sql, [digest.0])?;
        self.unpacked.clear();
        Ok(())
    }

    /// Rewrites a text in a row of its own as a delta against another base, or whole.
    fn rebase(&self, digest: &Digest, base: Option<Digest>) -> Result<(), StoreError> {
        let text = self.text(digest)?;
        let (base, delta) = match base.map(|b| Ok::<_, StoreError>((b, self.text(&b)?))).transpose()? {
            Some((base, old)) => (Some(base), Delta::between(&old, &text)),
            None => (None, Delta::whole(&text)),
        };
        let packed = delta.encode().map_err(failed)?;
        let sql = "UPDATE content SET base = ?2, form = 1, packed = ?3 WHERE digest = ?1";
        self.db.execute(sql, params![digest.0, base.map(|b| b.0), packed])?;
        Ok(())
    }

    /// Writes a pack and replaces its old version.
    pub(in crate::store) fn write_pack(&self, seq: i64, encoded: &EncodedPack) -> Result<(), StoreError> {
        let sql = "INSERT INTO pack (seq, version, texts, packed, digest) VALUES (?1, 1, ?2, ?3, ?4) \
                   ON CONFLICT (seq) DO UPDATE SET version = version + 1, texts = excluded.texts, \
                   packed = excluded.packed, digest = excluded.digest";
        let EncodedPack { pack, packed, digest } = encoded;
        self.db.prepare_cached(sql)?.execute(params![seq, pack.places() as i64, packed, digest.0])?;
        self.unpacked.drop_pack(seq);
        Ok(())
    }
}

/// A pack, its encoded bytes and their digest.
pub(in crate::store) struct EncodedPack {
    pub pack: Pack,
    pub packed: Vec<u8>,
    pub digest: Digest,
}

impl EncodedPack {
    /// Encodes a pack, and decodes it again to be sure before anything relies on it.
    pub fn of(pack: Pack, level: Level) -> Result<Self, StoreError> {
        let packed = pack.encode(level).map_err(failed)?;
        let digests = pack.digests();
        match Pack::decode(&packed, &digests).is_some_and(|read| read == pack) {
            true => Ok(Self { digest: Pack::proof(&digests, &packed), pack, packed }),
            false => Err(StoreError::Io("a pack of texts is not read back as it was made".into())),
        }
    }
}

fn failed(e: io::Error) -> StoreError {
    match e.downcast::<Cancelled>() {
        Ok(stopped) => stopped.into(),
        Err(e) => StoreError::Io(e.to_string()),
    }
}

fn damaged(digest: &Digest, why: &str) -> StoreError {
    StoreError::Damaged(format!("the text {digest} {why}"))
}

/// Decompresses what versions before 0.4 wrote: a zstd frame whose dictionary is the base.
fn unpack_old_form(packed: &[u8], bytes: usize, base: &str) -> Option<String> {
    let mut unpacker = zstd::bulk::Decompressor::with_dictionary(base.as_bytes()).ok()?;
    String::from_utf8(unpacker.decompress(packed, bytes).ok()?).ok()
}

#[cfg(test)]
pub(in crate::store) mod tests {
    use super::*;
    use crate::model::{Doing, Steps, Unwatched};

    /// Stores a text.
    pub fn put(store: &Store, text: &str, base: Option<Digest>) -> Digest {
        store.write(|tx| tx.put_text(text, base)).unwrap()
    }

    /// Erases a text.
    pub fn erase(store: &Store, digest: &Digest) {
        store.write(|tx| tx.erase_text(digest)).unwrap();
    }

    /// Does one step of repacking; returns whether more work remains.
    pub fn step(store: &Store, most: usize) -> bool {
        store.repack(most, &Unwatched).unwrap()
    }

    /// The faults that a check finds.
    pub fn faults(store: &Store) -> Vec<String> {
        let found = store.check(&Steps::new(&Unwatched, Doing::Checking, 0)).unwrap().faults;
        found.iter().map(ToString::to_string).collect()
    }

    fn line(n: usize) -> String {
        format!("One line that stays, of some length, so that the others hang on it.\nLine {n}.\n")
    }

    fn desk_with_texts() -> (tempfile::TempDir, Store, Vec<Digest>) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(&folder.path().join("a.desk")).unwrap();
        let (mut base, mut all) = (None, Vec::new());
        for n in 0..150 {
            base = Some(put(&store, &line(n), base));
            all.extend(base);
        }
        (folder, store, all)
    }

    /// Runs a test with texts in rows of their own, then with texts in packs.
    fn in_both_forms(test: impl Fn(&Store, &[Digest])) {
        let (_folder, store, all) = desk_with_texts();
        test(&store, &all);
        let (_folder, store, all) = desk_with_texts();
        while step(&store, 1 << 20) {}
        let waiting = "SELECT count(*) FROM content WHERE packed IS NOT NULL";
        assert_eq!(store.db.query_row(waiting, [], |r| r.get::<_, i64>(0)).unwrap(), 0);
        test(&store, &all);
    }

    #[test]
    fn every_text_is_read_in_any_order() {
        in_both_forms(|store, all| {
            for n in (0..150).map(|n| n * 37 % 150) {
                assert_eq!(store.text(&all[n]).unwrap(), line(n));
            }
        });
    }

    #[test]
    fn a_text_stored_twice_is_stored_once() {
        in_both_forms(|store, all| {
            let before = store.text_bytes().unwrap();
            assert_eq!(put(store, &line(7), Some(all[100])), all[7]);
            assert_eq!(store.text_bytes().unwrap(), before);
        });
    }

    #[test]
    fn an_erased_text_is_not_read_from_memory_and_the_texts_based_on_it_are_still_read() {
        in_both_forms(|store, all| {
            store.text(&all[9]).unwrap();
            erase(store, &all[8]);
            erase(store, &all[0]);
            assert!(store.text(&all[8]).is_err() && store.text(&all[0]).is_err());
            for n in (1..150).filter(|&n| n != 8) {
                assert_eq!(store.text(&all[n]).unwrap(), line(n));
            }
            assert_eq!(faults(store), Vec::<String>::new());
        });
    }

    #[test]
    fn an_erased_text_can_be_stored_again() {
        in_both_forms(|store, all| {
            erase(store, &all[149]);
            assert_eq!(put(store, &line(149), Some(all[148])), all[149]);
            while step(store, 1 << 20) {}
            assert_eq!(store.text(&all[149]).unwrap(), line(149));
            assert_eq!(faults(store), Vec::<String>::new());
        });
    }

    /// A desk whose last three texts contain a name; the last of them contains another name.
    fn named() -> (tempfile::TempDir, Store, [Digest; 3]) {
        let (folder, store, all) = desk_with_texts();
        let mut base = all[149];
        let named = ["Zzyzx built it.\n", "Zzyzx built all.\n", "Qwghlm built all.\n"].map(|last| {
            base = put(&store, &(line(149) + last), Some(base));
            base
        });
        (folder, store, named)
    }

    #[test]
    fn no_word_of_an_erased_text_remains_with_the_others() {
        for packed_before in [false, true] {
            let (_folder, store, named) = named();
            while packed_before && step(&store, 1 << 20) {}
            named[..2].iter().for_each(|digest| erase(&store, digest));
            while step(&store, 1 << 20) {}
            assert!(!store.pack(1).unwrap().contains_words("Zzyzx"));
            assert_eq!(store.text(&named[2]).unwrap(), line(149) + "Qwghlm built all.\n");
        }
    }

    #[test]
    fn a_check_reads_the_file_and_not_the_memory() {
        for damage in ["UPDATE content SET packed = x'00' WHERE nth = 149", "UPDATE pack SET packed = x'00'"]
        {
            in_both_forms(|store, all| {
                store.text(&all[149]).unwrap();
                let changed = store.db.execute(damage, []).unwrap();
                assert_eq!(faults(store).is_empty(), changed == 0);
            });
        }
    }

    #[test]
    fn a_flipped_bit_of_a_pack_is_reported_with_the_packs_number_and_no_text_of_it_is_read() {
        let (_folder, store, all) = desk_with_texts();
        while step(&store, 1 << 20) {}
        let packed: Vec<u8> = store.db.query_row("SELECT packed FROM pack", [], |r| r.get(0)).unwrap();
        for at in 0..packed.len() {
            let mut packed = packed.clone();
            packed[at] ^= 1 << (at % 8);
            store.db.execute("UPDATE pack SET packed = ?1", [&packed]).unwrap();
            store.unpacked.clear();
            assert!(all.iter().all(|digest| store.text(digest).is_err()), "byte {at}");
            let faults_found = faults(&store);
            assert!(
                faults_found.len() == 1
                    && faults_found[0].contains("150 texts")
                    && faults_found[0].contains("the pack 1"),
                "{faults_found:?}"
            );
        }
    }

    #[test]
    fn rows_that_name_another_text_of_their_pack_are_reported_and_return_no_other_words() {
        let (_folder, store, all) = desk_with_texts();
        while step(&store, 1 << 20) {}
        for damage in [
            "UPDATE content SET nth = nth + 1000; UPDATE content SET nth = 1149 - nth",
            "UPDATE content SET nth = 1000 WHERE nth = 7; UPDATE content SET nth = 7 WHERE nth = 8; \
             UPDATE content SET nth = 8 WHERE nth = 1000",
            "UPDATE content SET pack = 2, nth = 0 WHERE nth = 149",
            "UPDATE pack SET digest = zeroblob(32)",
        ] {
            store.db.execute_batch(&format!("BEGIN; {damage}")).unwrap();
            store.unpacked.clear();
            let other = |(n, digest): (usize, &Digest)| store.text(digest).is_ok_and(|text| text != line(n));
            assert!(!all.iter().enumerate().any(other), "{damage}");
            assert!(!faults(&store).is_empty(), "{damage}");
            store.db.execute_batch("ROLLBACK").unwrap();
        }
    }

    #[test]
    fn a_check_reports_words_that_were_changed_together_with_the_digest_of_their_pack() {
        let (_folder, store, all) = desk_with_texts();
        while step(&store, 1 << 20) {}
        let mut other = Pack::default();
        for (n, digest) in store.pack(1).unwrap().digests() {
            let text = if n == 70 { "Something else.\n".into() } else { line(n) };
            other.push(digest, None, &Delta::whole(&text)).unwrap();
        }
        let encoded = EncodedPack::of(other, Level::Quick).unwrap();
        store.write(|tx| tx.write_pack(1, &encoded)).unwrap();
        let faults_found = faults(&store);
        assert!(
            faults_found.len() == 1 && faults_found[0].contains(&all[70].to_string()),
            "{faults_found:?}"
        );
    }

    #[test]
    fn a_text_whose_base_is_damaged_is_stored_whole() {
        in_both_forms(|store, all| {
            store.db.execute("UPDATE content SET packed = x'00' WHERE packed IS NOT NULL", []).unwrap();
            store.db.execute("UPDATE pack SET packed = x'00'", []).unwrap();
            store.unpacked.clear();
            let next = put(store, "Another line.\n", Some(all[149]));
            assert_eq!(store.text(&next).unwrap(), "Another line.\n");
            while step(store, 1 << 20) {}
            assert_eq!(store.text(&next).unwrap(), "Another line.\n");
        });
    }

    #[test]
    fn a_cycle_in_a_damaged_file_is_reported_and_not_followed_forever() {
        let (_folder, store, all) = desk_with_texts();
        store.unpacked.clear();
        let cycle = "UPDATE content SET base = ?1 WHERE digest = ?2";
        store.db.execute(cycle, params![all[5].0, all[0].0]).unwrap();
        assert!(store.text(&all[5]).is_err());
    }

    #[test]
    fn a_reverted_change_is_stored_against_the_text_before_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(&folder.path().join("a.desk")).unwrap();
        let long: String = (0..2000).map(|n| format!("Sentence {n} says {}. ", n * n)).collect();
        let first = put(&store, &long, None);
        let emptied = put(&store, "All of it is gone.", Some(first));
        let before = store.text_bytes().unwrap();
        let back = put(&store, &(long.clone() + "And back."), Some(emptied));
        assert!(store.text_bytes().unwrap() - before < 100);
        assert_eq!(store.text(&back).unwrap(), long + "And back.");
    }
}
