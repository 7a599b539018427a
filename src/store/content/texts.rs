//! The table `content`: revisions' texts by their hash. Two revisions share most of their words, so a text is kept as what
//! it has that the one before it has not: quickly made and in a row of its own while somebody waits for the save, later
//! in a pack with the others of its history (`repack.rs`).

use super::{
    delta::{Delta, Layers, Level},
    packs::Pack,
    text_places::{Content, DEEPEST, Place, TextPlace},
};
use crate::model::{Cancelled, Digest};
use crate::store::{Store, StoreError, Tx};
use rusqlite::params;
use std::{io, sync::Arc};

/// So many texts on the way to another are passed before one is held.
const STRIDE: usize = 16;
/// A delta over this many bytes is held against another base: somebody may have taken back what was done before.
const LARGE: usize = 1 << 10;

/// A text on the way to another one that hangs on it.
struct Link {
    digest: Digest,
    bytes: usize,
    is_delta: bool,
    packed: Vec<u8>,
}

impl Store {
    /// A text as a delta against `base`, or against the base of that where it is shorter so: then somebody took back what
    /// was done. Whole where neither can be read: a damaged text does not take the next one with it.
    fn against(&self, text: &str, base: Digest) -> Result<(Option<Digest>, Delta), StoreError> {
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

    /// The text that the one of that hash is a delta against, in whichever form.
    pub(in crate::store) fn base_of(&self, digest: &Digest) -> Result<Option<Digest>, StoreError> {
        let Some(content) = self.content(digest)? else { return Ok(None) };
        let TextPlace::Packed(place) = content.kept else { return Ok(content.base) };
        self.open_pack(place)?;
        match self.unpacked.base(place.pack, place.nth as usize) {
            Some(nth) => self.content_at(Place { nth: nth as i64, ..place }),
            None => Ok(None),
        }
    }

    /// The text of that hash. Fails where it is not kept, or is not what was put there. One in a row of its own is proven by
    /// its hash, which proves every text it hangs on as well; one in a pack by the digest of the pack.
    pub fn text(&self, digest: &Digest) -> Result<String, StoreError> {
        let content = self.content(digest)?.ok_or_else(|| damaged(digest, "is missing"))?;
        match content.kept {
            TextPlace::Packed(place) => self.packed_text(place, digest),
            TextPlace::Nowhere => Err(damaged(digest, "was redacted")),
            TextPlace::Alone(_) => {
                let plain = self.text_of_rows(digest, content)?;
                let proven = self.unpacked.prove(digest, &plain);
                let told = || damaged(digest, "is not what was recorded");
                proven.then(|| plain.as_str().to_owned()).ok_or_else(told)
            }
        }
    }

    /// The text of that hash, held against it wherever it is kept: for what leaves the desk, and for a check.
    pub fn proven_text(&self, digest: &Digest) -> Result<String, StoreError> {
        let text = self.text(digest)?;
        match Digest::of(text.as_bytes()) == *digest {
            true => Ok(text),
            false => Err(damaged(digest, "is not what was recorded")),
        }
    }

    /// The text at a place of a pack. What is held of the pack may be older than the file.
    fn packed_text(&self, place: Place, digest: &Digest) -> Result<String, StoreError> {
        let held = || self.unpacked.packed_text(place.pack, place.nth as usize, digest);
        if let Some(plain) = held() {
            return Ok(plain);
        }
        self.unpacked.drop_pack(place.pack);
        self.open_pack(place)?;
        held().ok_or_else(|| damaged(digest, "is not what was recorded"))
    }

    /// Holds the pack of a place, where it is not held.
    fn open_pack(&self, place: Place) -> Result<(), StoreError> {
        if self.unpacked.has_pack(place.pack, place.nth as usize) {
            return Ok(());
        }
        let pack = self.pack(place.pack)?;
        self.unpacked.hold_pack(place.pack, pack);
        Ok(())
    }

    /// A pack as it is in the file, proven by its digest: it is what was written, when each text in it had been proven.
    pub(in crate::store) fn pack(&self, seq: i64) -> Result<Pack, StoreError> {
        let damaged = |why: &str| StoreError::Damaged(format!("the pack {seq} of texts {why}"));
        let mut row = self.db.prepare_cached("SELECT packed, digest FROM pack WHERE seq = ?1")?;
        let mut rows = row.query([seq])?;
        let row = rows.next()?.ok_or_else(|| damaged("is missing"))?;
        // Asked while the row is held, so that both are of one state of the file.
        let digests = self.digests_in(seq)?;
        let packed = row.get_ref(0)?.as_blob().map_err(|_| damaged("is not what was written"))?;
        match Pack::seal(&digests, packed) == Digest(row.get(1)?) {
            true => Pack::decode(packed, &digests).ok_or_else(|| damaged("cannot be unpacked")),
            false => Err(damaged("is not what was written")),
        }
    }

    /// The hashes of the texts that a pack holds, each with its place, in order.
    pub(in crate::store) fn digests_in(&self, pack: i64) -> Result<Vec<(usize, Digest)>, StoreError> {
        let sql = "SELECT nth, digest FROM content WHERE pack = ?1 AND packed IS NULL ORDER BY nth";
        let mut rows = self.db.prepare_cached(sql)?;
        let rows = rows.query_map([pack], |r| Ok((r.get::<_, i64>(0)? as usize, Digest(r.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A text that has a row of its own, not proven yet: from what it hangs on and what it hangs on in turn, as
    /// far as the first that is held or in a pack.
    fn text_of_rows(&self, digest: &Digest, content: Content) -> Result<Arc<String>, StoreError> {
        let (mut way, mut next) = (Vec::new(), Some((*digest, content)));
        let mut from = Arc::default();
        while let Some((at, content)) = next {
            if let Some(plain) = self.unpacked.text(&at.0) {
                from = plain;
                break;
            }
            match content.kept {
                TextPlace::Packed(place) => {
                    from = Arc::new(self.packed_text(place, &at)?);
                    break;
                }
                TextPlace::Nowhere => return Err(damaged(digest, "was redacted")),
                TextPlace::Alone(_) if way.len() > 2 * DEEPEST as usize => {
                    return Err(damaged(digest, "cannot be unpacked"));
                }
                TextPlace::Alone(packed) => {
                    way.push(Link { digest: at, bytes: content.bytes, is_delta: content.is_delta, packed })
                }
            }
            next = match content.base {
                Some(base) => {
                    Some((base, self.content(&base)?.ok_or_else(|| damaged(digest, "is missing"))?))
                }
                None => None,
            };
        }
        self.unpack_way(from, way).ok_or_else(|| damaged(digest, "cannot be unpacked"))
    }

    /// Follows a way of texts, each hanging on the one after it and the last on `from`. Gives the first.
    fn unpack_way(&self, mut from: Arc<String>, way: Vec<Link>) -> Option<Arc<String>> {
        let (mut layers, mut words) = (Layers::on(from.len()), String::new());
        for (left, link) in way.into_iter().enumerate().rev() {
            if link.is_delta {
                let delta = Delta::decode(&link.packed)?;
                layers.lay(&delta.edits, words.len())?;
                words.push_str(&delta.words);
                if left % STRIDE != 0 {
                    continue;
                }
                from = self.unpacked.hold(link.digest.0, layers.text(&from, &words)?);
            } else {
                let base = layers.text(&from, &words)?;
                from = self.unpacked.hold(link.digest.0, old_form(&link.packed, link.bytes, &base)?);
            }
            (layers, words) = (Layers::on(from.len()), String::new());
        }
        Some(from)
    }

    /// How many bytes all kept texts take, compressed, without the rows around them.
    pub fn text_bytes(&self) -> Result<u64, StoreError> {
        let sql = "SELECT (SELECT coalesce(sum(length(packed)), 0) FROM content) \
                   + (SELECT coalesce(sum(length(packed)), 0) FROM pack)";
        Ok(self.db.query_row(sql, [], |r| r.get::<_, i64>(0))? as u64)
    }

    /// The texts with a row of their own that are deltas against the one of that hash. They wait for the same pack, or no
    /// pack was found for them yet.
    fn hanging_on(&self, digest: &Digest, place: Option<Place>) -> Result<Vec<Digest>, StoreError> {
        let sql = "SELECT digest FROM content WHERE pack = ?2 AND packed IS NOT NULL AND base = ?1 \
                   UNION ALL SELECT digest FROM content \
                   WHERE pack IS NULL AND nth IS NULL AND packed IS NOT NULL AND base = ?1";
        let mut rows = self.db.prepare(sql)?;
        let rows = rows.query_map(params![digest.0, place.map(|p| p.pack)], |r| Ok(Digest(r.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps a text, as what it has that `base` has not where that is kept. Keeping it twice is keeping it once.
    pub fn put_text(&self, text: &str, base: Option<Digest>) -> Result<Digest, StoreError> {
        let digest = Digest::of(text.as_bytes());
        let was = self.content(&digest)?;
        if was.as_ref().is_some_and(Content::is_kept) {
            return Ok(digest);
        }
        let spot = self.spot(text, base)?;
        let (base, delta) = match base.filter(|_| spot.takes_base()) {
            Some(base) => self.against(text, base)?,
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
            spot.depth,
            packed,
            spot.place.map(|p| p.pack),
            spot.place.map(|p| p.nth),
            spot.words + delta.words.len() as i64,
        ])?;
        spot.place.map_or(Ok(()), |p| self.mark_if_due(p))?;
        Ok(digest)
    }

    /// Erases the text of that hash. What was kept as a delta against it is kept anew without it.
    pub fn erase_text(&self, digest: &Digest) -> Result<(), StoreError> {
        self.unpacked.clear();
        let Some(content) = self.content(digest)? else { return Ok(()) };
        let mut heir = self.base_of(digest)?;
        for other in self.hanging_on(digest, content.place)? {
            self.hang_on(&other, heir)?;
            heir = heir.or(Some(other));
        }
        if let TextPlace::Packed(place) = content.kept {
            let pack = self.pack(place.pack)?.without(place.nth as usize);
            let pack = pack.ok_or_else(|| damaged(digest, "shares a pack that cannot be unpacked"))?;
            self.write_pack(place.pack, &Sealed::of(pack, Level::Quick)?)?;
            self.mark_due(place.pack)?;
        }
        let sql = "UPDATE content SET base = NULL, packed = NULL, pack = NULL, nth = NULL WHERE digest = ?1";
        self.db.execute(sql, [digest.0])?;
        self.unpacked.clear();
        Ok(())
    }

    /// Keeps a text that has a row of its own anew: against another base, or whole.
    fn hang_on(&self, digest: &Digest, base: Option<Digest>) -> Result<(), StoreError> {
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

    /// Writes a pack in the place of what it was.
    pub(in crate::store) fn write_pack(&self, seq: i64, sealed: &Sealed) -> Result<(), StoreError> {
        let sql = "INSERT INTO pack (seq, version, texts, packed, digest) VALUES (?1, 1, ?2, ?3, ?4) \
                   ON CONFLICT (seq) DO UPDATE SET version = version + 1, texts = excluded.texts, \
                   packed = excluded.packed, digest = excluded.digest";
        let Sealed { pack, packed, digest } = sealed;
        self.db.prepare_cached(sql)?.execute(params![seq, pack.places() as i64, packed, digest.0])?;
        self.unpacked.drop_pack(seq);
        Ok(())
    }
}

/// A pack and its bytes, which give it back.
pub(in crate::store) struct Sealed {
    pub pack: Pack,
    pub packed: Vec<u8>,
    pub digest: Digest,
}

impl Sealed {
    /// Packs a pack, and reads it again before anything relies on it.
    pub fn of(pack: Pack, level: Level) -> Result<Self, StoreError> {
        let packed = pack.encode(level).map_err(failed)?;
        let digests = pack.digests();
        match Pack::decode(&packed, &digests).is_some_and(|read| read == pack) {
            true => Ok(Self { digest: Pack::seal(&digests, &packed), pack, packed }),
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

/// Unpacks what versions before 0.4 wrote: a zstd frame whose dictionary is the base.
fn old_form(packed: &[u8], bytes: usize, base: &str) -> Option<String> {
    let mut unpacker = zstd::bulk::Decompressor::with_dictionary(base.as_bytes()).ok()?;
    String::from_utf8(unpacker.decompress(packed, bytes).ok()?).ok()
}

#[cfg(test)]
pub(in crate::store) mod tests {
    use super::*;
    use crate::model::{Doing, Steps, Unwatched};

    /// Keeps a text.
    pub fn put(store: &Store, text: &str, base: Option<Digest>) -> Digest {
        store.write(|tx| tx.put_text(text, base)).unwrap()
    }

    /// Erases a text.
    pub fn erase(store: &Store, digest: &Digest) {
        store.write(|tx| tx.erase_text(digest)).unwrap();
    }

    /// Takes a step of repacking; gives whether more is to be done.
    pub fn step(store: &Store, most: usize) -> bool {
        store.repack(most, &Unwatched).unwrap()
    }

    /// What a check finds.
    pub fn faults(store: &Store) -> Vec<String> {
        store.check(&Steps::new(&Unwatched, Doing::Checking, 0)).unwrap().faults
    }

    fn line(n: usize) -> String {
        format!("One line that stays, of some length, so that the others hang on it.\nLine {n}.\n")
    }

    fn kept() -> (tempfile::TempDir, Store, Vec<Digest>) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(&folder.path().join("a.desk")).unwrap();
        let (mut base, mut all) = (None, Vec::new());
        for n in 0..150 {
            base = Some(put(&store, &line(n), base));
            all.extend(base);
        }
        (folder, store, all)
    }

    /// As texts are saved, and as they are at rest.
    fn in_both_forms(test: impl Fn(&Store, &[Digest])) {
        let (_folder, store, all) = kept();
        test(&store, &all);
        let (_folder, store, all) = kept();
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
    fn a_text_kept_twice_is_kept_once() {
        in_both_forms(|store, all| {
            let before = store.text_bytes().unwrap();
            assert_eq!(put(store, &line(7), Some(all[100])), all[7]);
            assert_eq!(store.text_bytes().unwrap(), before);
        });
    }

    #[test]
    fn a_text_that_was_erased_is_not_read_from_memory_and_those_that_hung_on_it_are() {
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
    fn an_erased_text_may_be_kept_again() {
        in_both_forms(|store, all| {
            erase(store, &all[149]);
            assert_eq!(put(store, &line(149), Some(all[148])), all[149]);
            while step(store, 1 << 20) {}
            assert_eq!(store.text(&all[149]).unwrap(), line(149));
            assert_eq!(faults(store), Vec::<String>::new());
        });
    }

    /// A desk whose last three texts have a name; the last of them not any more.
    fn named() -> (tempfile::TempDir, Store, [Digest; 3]) {
        let (folder, store, all) = kept();
        let mut base = all[149];
        let named = ["Zzyzx built it.\n", "Zzyzx built all.\n", "Qwghlm built all.\n"].map(|last| {
            base = put(&store, &(line(149) + last), Some(base));
            base
        });
        (folder, store, named)
    }

    #[test]
    fn no_word_of_an_erased_text_stays_with_the_others() {
        for packed_before in [false, true] {
            let (_folder, store, named) = named();
            while packed_before && step(&store, 1 << 20) {}
            named[..2].iter().for_each(|digest| erase(&store, digest));
            while step(&store, 1 << 20) {}
            assert!(!store.pack(1).unwrap().says("Zzyzx"));
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
    fn a_flipped_bit_of_a_pack_is_told_by_the_packs_number_and_no_text_of_it_is_given() {
        let (_folder, store, all) = kept();
        while step(&store, 1 << 20) {}
        let packed: Vec<u8> = store.db.query_row("SELECT packed FROM pack", [], |r| r.get(0)).unwrap();
        for at in 0..packed.len() {
            let mut packed = packed.clone();
            packed[at] ^= 1 << (at % 8);
            store.db.execute("UPDATE pack SET packed = ?1", [&packed]).unwrap();
            store.unpacked.clear();
            assert!(all.iter().all(|digest| store.text(digest).is_err()), "byte {at}");
            let told = faults(&store);
            assert!(
                told.len() == 1 && told[0].contains("150 texts") && told[0].contains("the pack 1"),
                "{told:?}"
            );
        }
    }

    #[test]
    fn rows_that_name_another_text_of_their_pack_are_told_and_give_no_other_words() {
        let (_folder, store, all) = kept();
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
    fn words_that_were_changed_together_with_the_digest_of_their_pack_are_told_by_a_check() {
        let (_folder, store, all) = kept();
        while step(&store, 1 << 20) {}
        let mut other = Pack::default();
        for (n, digest) in store.pack(1).unwrap().digests() {
            let text = if n == 70 { "Something else.\n".into() } else { line(n) };
            other.push(digest, None, &Delta::whole(&text)).unwrap();
        }
        let sealed = Sealed::of(other, Level::Quick).unwrap();
        store.write(|tx| tx.write_pack(1, &sealed)).unwrap();
        let told = faults(&store);
        assert!(told.len() == 1 && told[0].contains(&all[70].to_string()), "{told:?}");
    }

    #[test]
    fn a_text_whose_base_is_damaged_is_kept_whole() {
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
    fn a_ring_in_a_damaged_file_is_told_and_not_followed_for_ever() {
        let (_folder, store, all) = kept();
        store.unpacked.clear();
        let ring = "UPDATE content SET base = ?1 WHERE digest = ?2";
        store.db.execute(ring, params![all[5].0, all[0].0]).unwrap();
        assert!(store.text(&all[5]).is_err());
    }

    #[test]
    fn what_was_taken_back_is_found_in_the_text_before() {
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
