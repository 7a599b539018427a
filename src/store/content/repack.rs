//! Moves texts from rows of their own into the pack of their history. It runs when the desk is idle. Everything is prepared
//! outside a transaction and then written in a short one, so that a save hardly waits. Wherever it stops, each text is
//! complete in its old form or in the new one.

use super::{
    delta::{Delta, Level},
    packs::{Pack, TextCache},
    text_places::{Place, TextPlace},
    texts::EncodedPack,
};
use crate::model::{Digest, Doing, Progress};
use crate::store::{Store, StoreError, Tx};
use rusqlite::{OptionalExtension, params};

/// How many texts one step adds to a pack, or finds a pack for.
const TEXTS: i64 = 256;
/// If a delta has more bytes than this, other bases are tried.
const LARGE: usize = 256;
/// How many ends of earlier delta chains are tried to find the text before this one.
const MAX_ENDS: i64 = 8;

/// A text that is not in its pack yet.
struct WaitingText {
    digest: Digest,
    nth: usize,
    base: Option<Digest>,
}

/// A text that was added to a pack: its place and its hash.
type PlacedText = (usize, Digest);

/// A text that an older version wrote. It has no pack.
struct OldText {
    digest: Digest,
    row: i64,
    base: Option<Digest>,
    bytes: i64,
    packed: i64,
}

/// A pack that is built and not stored yet.
struct BuiltPack {
    seq: i64,
    /// The version of the pack that it replaces.
    version: Option<i64>,
    /// `None` if the old pack cannot be read.
    encoded: Option<EncodedPack>,
    added: Vec<PlacedText>,
    /// About how many bytes were read for it.
    bytes: usize,
}

/// Builds a pack.
struct PackBuilder {
    pack: Pack,
    text_cache: TextCache,
    /// About how many bytes were read for it.
    bytes: usize,
    /// The text that was added last, and its place.
    last: Option<(usize, String)>,
}

/// The work on the next pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextPack {
    /// How many texts will be added to it.
    pub waiting: usize,
    /// About how many bytes of words it will have.
    pub words: usize,
}

impl Store {
    /// Does one step to store texts in less space. It adds waiting texts to packs, about `most` bytes and at least one text;
    /// or it finds packs for texts that an older version wrote. Returns whether more work remains. Texts that cannot be read
    /// remain where they are, and `check` reports them. It can be cancelled at each text and at each compressed piece; then
    /// it fails and nothing is changed.
    pub fn repack(&self, most: usize, progress: &dyn Progress) -> Result<bool, StoreError> {
        let due = self.packs_due()?;
        if due.is_empty() {
            self.place_old_texts(most as i64, progress)?;
        } else {
            let built = self.build_packs(&due, most, progress)?;
            self.write(|tx| built.iter().try_for_each(|built| tx.store_pack(built)))?;
        }
        self.can_repack()
    }

    /// Whether [`Store::repack`] has work to do.
    pub fn can_repack(&self) -> Result<bool, StoreError> {
        Ok(!self.packs_due()?.is_empty() || !self.old_texts(1)?.is_empty())
    }

    /// How much work the next pack is.
    pub fn next_pack(&self) -> Result<Option<NextPack>, StoreError> {
        let Some(&seq) = self.packs_due()?.first() else { return Ok(None) };
        let (end, count) = (self.end_of_pack(seq)?, self.place_count(seq)?);
        let waiting = end.place.map_or(0, |place| place.nth - count);
        Ok(Some(NextPack { waiting: waiting as usize, words: end.words as usize }))
    }

    /// The packs that are to be rebuilt.
    fn packs_due(&self) -> Result<Vec<i64>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT pack FROM pack_due LIMIT ?1")?;
        Ok(rows.query_map([TEXTS], |r| r.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Builds as many of these packs as can be written at once.
    fn build_packs(
        &self,
        due: &[i64],
        most: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<BuiltPack>, StoreError> {
        let (mut built, mut bytes, mut texts) = (Vec::new(), 0, 0);
        for seq in due {
            let next = self.build_pack(*seq, most.saturating_sub(bytes), progress)?;
            bytes += next.bytes;
            texts += next.added.len();
            built.push(next);
            if bytes >= most || texts >= TEXTS as usize {
                break;
            }
        }
        Ok(built)
    }

    /// Builds a pack with the texts that wait for it.
    fn build_pack(&self, seq: i64, most: usize, progress: &dyn Progress) -> Result<BuiltPack, StoreError> {
        let version = self.pack_version(seq)?;
        let pack = match version.map(|_| self.pack(seq)) {
            Some(Err(StoreError::Damaged(_))) => {
                return Ok(BuiltPack { seq, version, encoded: None, added: Vec::new(), bytes: 0 });
            }
            Some(pack) => pack?,
            None => Pack::default(),
        };
        let mut builder =
            PackBuilder { text_cache: pack.text_cache(), bytes: pack.bytes(), pack, last: None };
        let added = self.pack_waiting(seq, &mut builder, most, progress)?;
        let encoded = EncodedPack::of(builder.pack, Level::Strong(progress))?;
        match contains_all(&encoded.pack, &added) {
            true => Ok(BuiltPack { seq, version, encoded: Some(encoded), added, bytes: builder.bytes }),
            false => Err(StoreError::Io("a pack of texts does not hold what was put into it".into())),
        }
    }

    /// Adds the texts that wait for a pack to it, and returns them. A text that cannot be read remains in its row, and its
    /// place stays empty.
    fn pack_waiting(
        &self,
        seq: i64,
        builder: &mut PackBuilder,
        most: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<PlacedText>, StoreError> {
        let mut added = Vec::new();
        for waiting in self.texts_waiting(seq, builder.pack.places())? {
            progress.at(Doing::Packing, 0, 0)?;
            let text = match self.text(&waiting.digest) {
                Err(StoreError::Damaged(_)) => None,
                text => Some(text?),
            };
            let bytes = builder.bytes + text.as_ref().map_or(0, String::len);
            if bytes > most && !added.is_empty() {
                break;
            }
            builder.bytes = bytes;
            (builder.pack.places()..waiting.nth).for_each(|_| builder.pack.skip());
            let base = self.place_in_pack(waiting.base, seq)?;
            match text {
                Some(text) if builder.add(waiting.digest, &text, base).is_some() => {
                    added.push((waiting.nth, waiting.digest))
                }
                Some(_) | None => builder.pack.skip(),
            }
        }
        Ok(added)
    }

    /// The texts that wait for a place after the last one of the pack.
    fn texts_waiting(&self, seq: i64, places: usize) -> Result<Vec<WaitingText>, StoreError> {
        let sql = "SELECT digest, nth, base FROM content \
                   WHERE pack = ?1 AND nth >= ?2 AND packed IS NOT NULL ORDER BY nth LIMIT ?3";
        let mut rows = self.db.prepare_cached(sql)?;
        let rows = rows.query_map([seq, places as i64, TEXTS], |r| {
            let base = r.get::<_, Option<[u8; 32]>>(2)?.map(Digest);
            Ok(WaitingText { digest: Digest(r.get(0)?), nth: r.get::<_, i64>(1)? as usize, base })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The place of a text, if it is in that pack.
    fn place_in_pack(&self, digest: Option<Digest>, seq: i64) -> Result<Option<usize>, StoreError> {
        let content = digest.map(|d| self.content(&d)).transpose()?.flatten();
        Ok(content.and_then(|c| c.place).filter(|p| p.pack == seq).map(|p| p.nth as usize))
    }

    fn pack_version(&self, seq: i64) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT version FROM pack WHERE seq = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([seq], |r| r.get(0)).optional()?)
    }

    /// Finds packs for texts that an older version wrote: the pack of their base, or a new one. Reads about `most` bytes of
    /// texts.
    fn place_old_texts(&self, most: i64, progress: &dyn Progress) -> Result<(), StoreError> {
        let (mut read, mut placed) = (0, Vec::new());
        for old in self.old_texts(TEXTS)? {
            progress.at(Doing::Packing, 0, 0)?;
            let (end, bytes) = self.find_predecessor(&old)?;
            read += old.packed + bytes;
            placed.push((old, end));
            if read > most {
                break;
            }
        }
        self.write(|tx| placed.iter().try_for_each(|(old, end)| tx.place_old_text(old, *end)))
    }

    /// Texts that have no pack, oldest first, so that a base comes before what is based on it.
    fn old_texts(&self, most: i64) -> Result<Vec<OldText>, StoreError> {
        let sql = "SELECT digest, rowid, base, bytes, length(packed) FROM content \
                   WHERE pack IS NULL AND nth IS NULL AND packed IS NOT NULL ORDER BY rowid LIMIT ?1";
        let mut rows = self.db.prepare_cached(sql)?;
        let rows = rows.query_map([most], |r| {
            let base = r.get::<_, Option<[u8; 32]>>(2)?.map(Digest);
            Ok(OldText {
                digest: Digest(r.get(0)?),
                row: r.get(1)?,
                base,
                bytes: r.get(3)?,
                packed: r.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Finds the predecessor of a text. Older versions ended a delta chain after some texts. The next text was stored whole,
    /// and nothing records which text it followed. It is one of the last chain ends before it, and they share most of their
    /// words. Also returns how many bytes were read.
    fn find_predecessor(&self, old: &OldText) -> Result<(Option<Digest>, i64), StoreError> {
        if old.base.is_some() {
            return Ok((None, 0));
        }
        let sql = "SELECT digest FROM content WHERE form = 0 AND depth IN (24, 60) AND rowid < ?1 \
                   AND bytes BETWEEN ?2 / 2 AND ?2 * 2 ORDER BY rowid DESC LIMIT ?3";
        let mut rows = self.db.prepare_cached(sql)?;
        let ends = rows.query_map([old.row, old.bytes, MAX_ENDS], |r| Ok(Digest(r.get(0)?)))?;
        let ends: Vec<Digest> = ends.collect::<Result<_, _>>()?;
        let Some(text) = self.text(&old.digest).ok().filter(|_| !ends.is_empty()) else {
            return Ok((None, 0));
        };
        let shares = |end: &Digest| {
            self.text(end).is_ok_and(|before| Delta::between(&before, &text).cost() < text.len() / 2)
        };
        let read = old.bytes * (1 + ends.len() as i64);
        Ok((ends.into_iter().find(shares), read))
    }
}

impl Tx<'_> {
    /// Stores a pack, unless the data that it was built from has changed since. If the old pack cannot be read, nothing is
    /// stored.
    fn store_pack(&self, built: &BuiltPack) -> Result<(), StoreError> {
        if self.pack_version(built.seq)? != built.version || !self.texts_wait(built)? {
            return Ok(());
        }
        self.clear_due(built.seq)?;
        let Some(encoded) = &built.encoded else { return Ok(()) };
        self.write_pack(built.seq, encoded)?;
        self.empty_rows(built)?;
        // More texts may wait that were not added this time.
        let places = encoded.pack.places() as i64;
        let next = self.end_of_pack(built.seq)?.place.filter(|next| next.nth > places);
        next.map_or(Ok(()), |next| self.mark_if_due(Place { nth: next.nth - 1, ..next }))
    }

    /// Whether the added texts still have rows of their own: none was erased or packed by another program meanwhile.
    fn texts_wait(&self, built: &BuiltPack) -> Result<bool, StoreError> {
        for (nth, digest) in &built.added {
            let place = Some(Place { pack: built.seq, nth: *nth as i64 });
            let content = self.content(digest)?;
            if !content.is_some_and(|c| matches!(c.stored, TextPlace::OwnRow(_)) && c.place == place) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Empties the rows of the texts that were added.
    fn empty_rows(&self, built: &BuiltPack) -> Result<(), StoreError> {
        let mut row =
            self.db.prepare_cached("UPDATE content SET base = NULL, packed = NULL WHERE digest = ?1")?;
        built.added.iter().try_for_each(|(_, digest)| Ok(row.execute([digest.0]).map(|_| ())?))
    }

    fn clear_due(&self, seq: i64) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM pack_due WHERE pack = ?1")?.execute([seq])?;
        Ok(())
    }

    fn place_old_text(&self, old: &OldText, end: Option<Digest>) -> Result<(), StoreError> {
        let pack_of = |digest: Option<Digest>| {
            let content = digest.map(|d| self.content(&d)).transpose()?.flatten();
            Ok::<_, StoreError>(content.and_then(|c| c.place).map(|p: Place| p.pack))
        };
        let next = match (pack_of(old.base)?, pack_of(end)?) {
            (Some(pack), _) => self.end_of_pack(pack)?,
            (None, Some(pack)) => self.next_place_in(pack, old.bytes as usize)?,
            (None, None) => self.new_pack()?,
        };
        let Some(Place { pack, nth }) = next.place else { return Ok(()) };
        // A compressed delta stands for about four times as many bytes of words.
        let words = next.words + old.bytes.min(4 * old.packed);
        let sql = "UPDATE content SET pack = ?2, nth = ?3, words = ?4 \
                   WHERE digest = ?1 AND pack IS NULL AND packed IS NOT NULL";
        self.db.prepare_cached(sql)?.execute(params![old.digest.0, pack, nth, words])?;
        if let Some(end) = end {
            // Only one text can follow a chain end, so it is not tried again.
            self.db.prepare_cached("UPDATE content SET depth = 0 WHERE digest = ?1")?.execute([end.0])?;
        }
        // A text that is alone in its pack is compressed strongly already.
        if nth > 0 { self.mark_if_due(Place { pack, nth }) } else { Ok(()) }
    }
}

/// Whether a pack contains the texts whose rows will be emptied. Its earlier texts were proven when it was opened.
fn contains_all(pack: &Pack, added: &[PlacedText]) -> bool {
    let mut cache = pack.text_cache();
    let mut texts = added.iter().map(|(nth, digest)| (pack.text(*nth, &mut cache), digest));
    texts.all(|(text, digest)| text.is_some_and(|text| Digest::of(text.as_bytes()) == *digest))
}

impl PackBuilder {
    /// Adds a text as a delta against its base, the base of that, or the text added last, whichever is smallest. `None` if a
    /// base cannot be read.
    fn add(&mut self, digest: Digest, text: &str, base: Option<usize>) -> Option<()> {
        let last = self.pack.last();
        let base = base.filter(|&nth| self.pack.has_text(nth)).or(last);
        let mut best = self.delta_against(base, text)?;
        if best.1.cost() > LARGE {
            let others = [base.and_then(|nth| self.pack.base(nth)), last];
            for other in others.into_iter().flatten().filter(|&nth| Some(nth) != base) {
                let delta = self.delta_against(Some(other), text)?;
                best = if delta.1.cost() < best.1.cost() { delta } else { best };
            }
        }
        let nth = self.pack.places();
        self.pack.push(digest, best.0, &best.1)?;
        self.last = Some((nth, text.to_owned()));
        Some(())
    }

    fn delta_against(&mut self, base: Option<usize>, text: &str) -> Option<(Option<usize>, Delta)> {
        let Some(nth) = base else { return Some((None, Delta::whole(text))) };
        if let Some((last, old)) = &self.last
            && *last == nth
        {
            return Some((base, Delta::between(old, text)));
        }
        let old = self.pack.text(nth, &mut self.text_cache)?;
        Some((base, Delta::between(&old, text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::Unwatched,
        store::{
            Access,
            content::texts::tests::{erase, faults, put, step},
        },
    };
    use proptest::prelude::*;
    use std::{cell::Cell, collections::HashMap, ops::ControlFlow};

    const STEP: usize = 1 << 20;

    fn desk() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_or_create(&folder.path().join("a.desk")).unwrap();
        (folder, store)
    }

    fn repack_all(store: &Store) {
        while step(store, STEP) {}
    }

    fn count(store: &Store, what: &str) -> i64 {
        store.db.query_row(&format!("SELECT count(*) FROM {what}"), [], |r| r.get(0)).unwrap()
    }

    /// A text of forty lines. Each revision changes another line.
    fn revision(n: usize) -> String {
        let last = |line: usize| (0..=n).rev().find(|m| m % 40 == line);
        (0..40).map(|line| format!("Line {line} was written in revision {:?}.\n", last(line))).collect()
    }

    fn history(store: &Store, revisions: usize) -> Vec<Digest> {
        let mut base = None;
        (0..revisions)
            .map(|n| {
                base = Some(put(store, &revision(n), base));
                base.unwrap()
            })
            .collect()
    }

    /// Stores a text as versions 0.1 and 0.2 did.
    fn put_as_before(store: &Store, text: &str, base: Option<Digest>, deepest: i64) -> Digest {
        let digest = Digest::of(text.as_bytes());
        let depth = |digest: Digest| {
            let sql = "SELECT depth FROM content WHERE digest = ?1";
            store.db.query_row(sql, [digest.0], |r| r.get::<_, i64>(0)).unwrap()
        };
        let base = base.map(|b| (b, depth(b))).filter(|(_, depth)| *depth < deepest);
        let dictionary = base.map(|(b, _)| store.text(&b).unwrap()).unwrap_or_default();
        let mut packer = zstd::bulk::Compressor::with_dictionary(19, dictionary.as_bytes()).unwrap();
        packer.include_checksum(false).unwrap();
        packer.include_contentsize(false).unwrap();
        let packed = packer.compress(text.as_bytes()).unwrap();
        let sql =
            "INSERT OR REPLACE INTO content (digest, bytes, base, depth, packed) VALUES (?1, ?2, ?3, ?4, ?5)";
        let depth = base.map_or(0, |(_, d)| d + 1);
        let values = params![digest.0, text.len() as i64, base.map(|(b, _)| b.0), depth, packed];
        store.db.execute(sql, values).unwrap();
        digest
    }

    fn old_history(store: &Store, revisions: usize, deepest: i64) -> Vec<Digest> {
        let mut base = None;
        (0..revisions)
            .map(|n| {
                base = Some(put_as_before(store, &revision(n), base, deepest));
                base.unwrap()
            })
            .collect()
    }

    fn reads_all(store: &Store, all: &[Digest]) {
        store.unpacked.clear();
        for n in (0..all.len()).map(|n| n * 211 % all.len()) {
            assert_eq!(store.text(&all[n]).unwrap(), revision(n), "revision {n}");
        }
        assert_eq!(faults(store), Vec::<String>::new());
    }

    #[test]
    fn seven_hundred_revisions_are_in_one_pack_and_are_read_in_any_order() {
        let (_folder, store) = desk();
        let all = history(&store, 700);
        let saved = store.text_bytes().unwrap();
        reads_all(&store, &all);
        repack_all(&store);
        assert_eq!((count(&store, "pack"), count(&store, "content WHERE packed IS NOT NULL")), (1, 0));
        assert!(store.text_bytes().unwrap() < saved / 2);
        reads_all(&store, &all);
    }

    #[test]
    fn later_texts_wait_until_their_pack_is_worth_rebuilding() {
        let (_folder, store) = desk();
        let large = |n: usize| (0..20_000).map(|w| format!("{} ", w * w + n)).collect::<String>();
        let mut base = put(&store, &large(0), None);
        repack_all(&store);
        let size = "SELECT length(packed) / 16384 FROM pack";
        let worth: i64 = store.db.query_row(size, [], |r| r.get(0)).unwrap();
        assert!(worth > 1);
        for n in 1..=worth as usize {
            base = put(&store, &(large(0) + &n.to_string()), Some(base));
            assert!(!step(&store, STEP));
            assert_eq!(count(&store, "content WHERE packed IS NOT NULL"), n as i64);
        }
        base = put(&store, &(large(0) + "last"), Some(base));
        repack_all(&store);
        assert_eq!(count(&store, "content WHERE packed IS NOT NULL"), 0);
        assert_eq!(store.text(&base).unwrap(), large(0) + "last");
    }

    #[test]
    fn a_history_of_an_older_version_is_readable_and_moves_into_one_pack() {
        for deepest in [24, 60] {
            let (_folder, store) = desk();
            let mut all = old_history(&store, 200, deepest);
            reads_all(&store, &all);
            // This version saves it before anything is repacked.
            all.push(put(&store, &revision(200), all.last().copied()));
            reads_all(&store, &all);
            repack_all(&store);
            assert_eq!((count(&store, "pack"), count(&store, "content WHERE packed IS NOT NULL")), (1, 0));
            reads_all(&store, &all);
            all.push(put(&store, &revision(201), all.last().copied()));
            repack_all(&store);
            assert_eq!(count(&store, "pack"), 1);
            reads_all(&store, &all);
        }
    }

    #[test]
    fn other_articles_of_an_older_version_get_packs_of_their_own() {
        let (_folder, store) = desk();
        old_history(&store, 80, 60);
        for n in 0..30 {
            put_as_before(
                &store,
                &format!("Another article, number {n}, with a text of its own. {n}"),
                None,
                60,
            );
        }
        repack_all(&store);
        assert_eq!((count(&store, "pack"), count(&store, "content WHERE packed IS NOT NULL")), (1, 30));
        assert_eq!(faults(&store), Vec::<String>::new());
    }

    #[test]
    fn a_text_of_an_older_version_is_erased_before_and_after_it_was_repacked() {
        for at_rest in [false, true] {
            let (_folder, store) = desk();
            let all = old_history(&store, 70, 60);
            while at_rest && step(&store, STEP) {}
            [0, 30, 61].iter().for_each(|&n| erase(&store, &all[n]));
            repack_all(&store);
            for (n, digest) in all.iter().enumerate() {
                assert_eq!(store.text(digest).ok(), (![0, 30, 61].contains(&n)).then(|| revision(n)));
            }
            assert_eq!(faults(&store), Vec::<String>::new());
        }
    }

    #[test]
    fn stopped_after_any_step_and_opened_again_it_continues() {
        let (folder, mut store) = desk();
        let mut all = old_history(&store, 130, 60);
        all.extend(history(&store, 200).split_off(130));
        while step(&store, 3000) {
            drop(store);
            store = Store::open(&folder.path().join("a.desk")).unwrap();
            reads_all(&store, &all);
        }
        assert_eq!(count(&store, "content WHERE packed IS NOT NULL"), 0);
    }

    #[test]
    fn stopped_anywhere_it_fails_and_changed_nothing() {
        let (_folder, store) = desk();
        let all = history(&store, 60);
        for stop in 0.. {
            let asked = Cell::new(0);
            let progress = |_: Doing, _: u64, _: u64| {
                asked.set(asked.get() + 1);
                if asked.get() > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            match store.repack(STEP, &progress) {
                Err(e) => assert!(matches!(e, StoreError::Cancelled(_)), "{e:?}"),
                // It asks once for each text, and once each for the words and the numbers of the pack.
                Ok(more) => {
                    assert!(!more && stop == 62);
                    break;
                }
            }
            assert_eq!((count(&store, "pack"), count(&store, "content WHERE packed IS NULL")), (0, 0));
        }
        reads_all(&store, &all);
    }

    #[test]
    fn killed_while_it_writes_every_text_is_as_it_was() {
        let (folder, store) = desk();
        let all = history(&store, 300);
        let built = store.build_pack(1, STEP, &Unwatched).unwrap();
        store.begin(Access::Write).unwrap();
        store.write(|tx| tx.store_pack(&built)).unwrap();
        // The connection closes without a commit, as when a program is killed.
        drop(store);
        let store = Store::open(&folder.path().join("a.desk")).unwrap();
        assert_eq!((count(&store, "pack"), count(&store, "content WHERE packed IS NULL")), (0, 0));
        reads_all(&store, &all);
        repack_all(&store);
        reads_all(&store, &all);
    }

    #[test]
    fn what_was_erased_while_a_pack_was_made_does_not_come_back() {
        for at_rest in [false, true] {
            let (folder, store) = desk();
            let all = history(&store, 100);
            while at_rest && step(&store, STEP) {}
            store.write(|tx| tx.mark_due(1)).unwrap();
            let built = store.build_pack(1, STEP, &Unwatched).unwrap();
            erase(&Store::open(&folder.path().join("a.desk")).unwrap(), &all[50]);
            store.write(|tx| tx.store_pack(&built)).unwrap();
            repack_all(&store);
            assert!(store.text(&all[50]).is_err());
            assert_eq!(count(&store, "content WHERE packed IS NULL AND pack IS NOT NULL"), 99);
            assert_eq!(faults(&store), Vec::<String>::new());
        }
    }

    #[test]
    fn a_cached_pack_is_replaced_by_what_another_program_wrote() {
        let (folder, store) = desk();
        let all = history(&store, 100);
        repack_all(&store);
        store.text(&all[99]).unwrap();
        let other = Store::open(&folder.path().join("a.desk")).unwrap();
        erase(&other, &all[40]);
        let next = put(&other, &revision(100), Some(all[99]));
        repack_all(&other);
        assert!(store.text(&all[40]).is_err());
        assert_eq!(store.text(&next).unwrap(), revision(100));
        assert_eq!(store.text(&all[41]).unwrap(), revision(41));
    }

    #[test]
    fn a_damaged_row_remains_and_is_reported_and_the_others_are_packed() {
        let (_folder, store) = desk();
        let all = history(&store, 50);
        store.db.execute("UPDATE content SET packed = x'0009' WHERE nth = 49", []).unwrap();
        store.unpacked.clear();
        repack_all(&store);
        assert_eq!(count(&store, "content WHERE packed IS NOT NULL"), 1);
        let faults = faults(&store);
        assert_eq!(
            faults,
            [format!(
                "the desk is damaged: the text {} cannot be unpacked. Run 'tickmark check', and restore a backup with 'tickmark restore FILE'",
                all[49]
            )]
        );
        assert_eq!(store.text(&all[48]).unwrap(), revision(48));
    }

    #[test]
    fn a_damaged_pack_is_reported_and_no_text_is_added_to_it() {
        let (_folder, store) = desk();
        let all = history(&store, 50);
        repack_all(&store);
        store.db.execute("UPDATE pack SET packed = x'05'", []).unwrap();
        store.unpacked.clear();
        let next = put(&store, &revision(50), Some(all[49]));
        repack_all(&store);
        assert_eq!(store.text(&next).unwrap(), revision(50));
        assert!(store.text(&all[10]).is_err());
        let faults_found = faults(&store);
        assert!(faults_found.len() == 1 && faults_found[0].contains("50 texts"), "{faults_found:?}");
    }

    /// An operation on a desk with texts. The numbers choose among its texts.
    #[derive(Clone, Debug)]
    enum Operation {
        Put { base: Option<usize>, words: Vec<u8> },
        PutAsBefore { base: usize, words: Vec<u8> },
        Read(usize),
        Erase(usize),
        Repack(usize),
        Reopen,
    }

    fn operation() -> impl Strategy<Value = Operation> {
        let words = || proptest::collection::vec(0..40_u8, 0..60);
        prop_oneof![
            6 => (proptest::option::of(any::<usize>()), words()).prop_map(|(base, words)| Operation::Put { base, words }),
            2 => (any::<usize>(), words()).prop_map(|(base, words)| Operation::PutAsBefore { base, words }),
            3 => any::<usize>().prop_map(Operation::Read),
            2 => any::<usize>().prop_map(Operation::Erase),
            3 => (0..4000_usize).prop_map(Operation::Repack),
            1 => Just(Operation::Reopen),
        ]
    }

    fn sentences(words: &[u8]) -> String {
        words
            .iter()
            .map(|n| format!("Sentence number {n} says what it says, {}. ", usize::from(*n) * 977))
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
        #[test]
        fn after_any_operations_the_texts_are_those_that_were_stored_and_not_erased(
            all in proptest::collection::vec(operation(), 1..60)
        ) {
            let (folder, mut store) = desk();
            let path = folder.path().join("a.desk");
            let (mut texts, mut known) = (HashMap::<Digest, Option<String>>::new(), Vec::<Digest>::new());
            let pick = |known: &[Digest], n: usize| known.get(n % known.len().max(1)).copied();
            for operation in all {
                match operation {
                    Operation::Put { base, words } => {
                        let text = sentences(&words);
                        let digest = put(&store, &text, base.and_then(|n| pick(&known, n)));
                        known.push(digest);
                        texts.insert(digest, Some(text));
                    }
                    Operation::PutAsBefore { base, words } => {
                        let text = sentences(&words);
                        let base = pick(&known, base).filter(|digest| {
                            texts[digest].is_some() && store.content(digest).unwrap().unwrap().place.is_none()
                        });
                        if !texts.contains_key(&Digest::of(text.as_bytes())) {
                            let digest = put_as_before(&store, &text, base, 60);
                            known.push(digest);
                            texts.insert(digest, Some(text));
                        }
                    }
                    Operation::Read(n) => {
                        if let Some(digest) = pick(&known, n) {
                            prop_assert_eq!(&store.text(&digest).ok(), &texts[&digest]);
                        }
                    }
                    Operation::Erase(n) => {
                        if let Some(digest) = pick(&known, n) {
                            erase(&store, &digest);
                            texts.insert(digest, None);
                        }
                    }
                    Operation::Repack(most) => drop(step(&store, most)),
                    Operation::Reopen => store = Store::open(&path).unwrap(),
                }
            }
            repack_all(&store);
            for (digest, text) in &texts {
                prop_assert_eq!(&store.text(digest).ok(), text);
            }
            prop_assert_eq!(faults(&store), Vec::<String>::new());
        }
    }
}
