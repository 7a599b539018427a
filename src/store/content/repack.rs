//! Texts that wait in rows of their own come into the pack of their history. It is work for a quiet moment: everything
//! is made outside of a transaction and then written in a small one, so that a save hardly waits; stopped anywhere, each
//! text is in its old form or in the new one.

use super::{
    delta::{Delta, Level},
    packs::{Pack, Ready},
    text_places::{Place, TextPlace},
    texts::Sealed,
};
use crate::model::{Digest, Doing, Progress};
use crate::store::{Store, StoreError, Tx};
use rusqlite::{OptionalExtension, params};

/// How many texts one step takes in, or finds a pack for.
const TEXTS: i64 = 256;
/// A delta over this many bytes is held against other bases.
const LARGE: usize = 256;
/// So many earlier ends of chains are looked at for the one that a text went on from.
const ENDS: i64 = 8;

/// A text that waits for its pack.
struct Waiting {
    digest: Digest,
    nth: usize,
    base: Option<Digest>,
}

/// A text that was added to a pack: its place and its hash.
type Taken = (usize, Digest);

/// A text of an older version, without a pack.
struct Old {
    digest: Digest,
    row: i64,
    base: Option<Digest>,
    bytes: i64,
    packed: i64,
}

/// A pack that was made and is not kept yet.
struct Made {
    seq: i64,
    /// The version of what it takes the place of.
    version: Option<i64>,
    /// Nothing where it cannot be read.
    sealed: Option<Sealed>,
    taken: Vec<Taken>,
    /// How many bytes were read for it, about.
    bytes: usize,
}

/// A pack that is being made.
struct Making {
    pack: Pack,
    ready: Ready,
    /// How many bytes were read for it, about.
    bytes: usize,
    /// The text that was added last.
    last: Option<(usize, String)>,
}

/// The pack that is made next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackDue {
    /// How many texts wait for it.
    pub waiting: usize,
    /// How many bytes of words it will have, about.
    pub words: usize,
}

impl Store {
    /// Does a step of what is to be done for texts to be kept small: takes those that wait for a pack into it, as many as
    /// have some `most` bytes together and at least one, or finds the packs of texts that an older version wrote. Gives
    /// whether more is to be done. What cannot be read stays where it is, for `check` to tell. It is asked for each text and
    /// each piece that is compressed whether it goes on; stopped, it fails and changed nothing.
    pub fn repack(&self, most: usize, progress: &dyn Progress) -> Result<bool, StoreError> {
        let due = self.packs_due()?;
        if due.is_empty() {
            self.place_old_texts(most as i64, progress)?;
        } else {
            let made = self.make_packs(&due, most, progress)?;
            self.write(|tx| made.iter().try_for_each(|made| tx.keep_pack(made)))?;
        }
        self.can_repack()
    }

    /// Whether there is something for [`Store::repack`] to do.
    pub fn can_repack(&self) -> Result<bool, StoreError> {
        Ok(!self.packs_due()?.is_empty() || !self.old_texts(1)?.is_empty())
    }

    /// How much work the pack is that comes next.
    pub fn next_pack(&self) -> Result<Option<PackDue>, StoreError> {
        let Some(&seq) = self.packs_due()?.first() else { return Ok(None) };
        let (behind, taken) = (self.behind(seq)?, self.taken(seq)?);
        let waiting = behind.place.map_or(0, |place| place.nth - taken);
        Ok(Some(PackDue { waiting: waiting as usize, words: behind.words as usize }))
    }

    /// Packs that are to be made anew.
    fn packs_due(&self) -> Result<Vec<i64>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT pack FROM pack_due LIMIT ?1")?;
        Ok(rows.query_map([TEXTS], |r| r.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Makes as many of these packs as are little enough to be written at once.
    fn make_packs(&self, due: &[i64], most: usize, progress: &dyn Progress) -> Result<Vec<Made>, StoreError> {
        let (mut made, mut bytes, mut texts) = (Vec::new(), 0, 0);
        for seq in due {
            let next = self.make_pack(*seq, most.saturating_sub(bytes), progress)?;
            bytes += next.bytes;
            texts += next.taken.len();
            made.push(next);
            if bytes >= most || texts >= TEXTS as usize {
                break;
            }
        }
        Ok(made)
    }

    /// A pack with texts that wait for it.
    fn make_pack(&self, seq: i64, most: usize, progress: &dyn Progress) -> Result<Made, StoreError> {
        let version = self.pack_version(seq)?;
        let pack = match version.map(|_| self.pack(seq)) {
            Some(Err(StoreError::Damaged(_))) => {
                return Ok(Made { seq, version, sealed: None, taken: Vec::new(), bytes: 0 });
            }
            Some(pack) => pack?,
            None => Pack::default(),
        };
        let mut making = Making { ready: pack.ready(), bytes: pack.bytes(), pack, last: None };
        let taken = self.pack_waiting(seq, &mut making, most, progress)?;
        let sealed = Sealed::of(making.pack, Level::Strong(progress))?;
        match holds(&sealed.pack, &taken) {
            true => Ok(Made { seq, version, sealed: Some(sealed), taken, bytes: making.bytes }),
            false => Err(StoreError::Io("a pack of texts does not hold what was put into it".into())),
        }
    }

    /// Adds texts that wait for a pack to it. Gives those that were added; the place of one that cannot be read is left
    /// empty, and it stays in its row.
    fn pack_waiting(
        &self,
        seq: i64,
        making: &mut Making,
        most: usize,
        progress: &dyn Progress,
    ) -> Result<Vec<Taken>, StoreError> {
        let mut taken = Vec::new();
        for waiting in self.texts_waiting(seq, making.pack.places())? {
            progress.at(Doing::Packing, 0, 0)?;
            let text = match self.text(&waiting.digest) {
                Err(StoreError::Damaged(_)) => None,
                text => Some(text?),
            };
            let bytes = making.bytes + text.as_ref().map_or(0, String::len);
            if bytes > most && !taken.is_empty() {
                break;
            }
            making.bytes = bytes;
            (making.pack.places()..waiting.nth).for_each(|_| making.pack.skip());
            let base = self.place_in_pack(waiting.base, seq)?;
            match text {
                Some(text) if making.add(waiting.digest, &text, base).is_some() => {
                    taken.push((waiting.nth, waiting.digest))
                }
                Some(_) | None => making.pack.skip(),
            }
        }
        Ok(taken)
    }

    /// The texts that wait for a pack behind its last place.
    fn texts_waiting(&self, seq: i64, places: usize) -> Result<Vec<Waiting>, StoreError> {
        let sql = "SELECT digest, nth, base FROM content \
                   WHERE pack = ?1 AND nth >= ?2 AND packed IS NOT NULL ORDER BY nth LIMIT ?3";
        let mut rows = self.db.prepare_cached(sql)?;
        let rows = rows.query_map([seq, places as i64, TEXTS], |r| {
            let base = r.get::<_, Option<[u8; 32]>>(2)?.map(Digest);
            Ok(Waiting { digest: Digest(r.get(0)?), nth: r.get::<_, i64>(1)? as usize, base })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The place of a text in that very pack.
    fn place_in_pack(&self, digest: Option<Digest>, seq: i64) -> Result<Option<usize>, StoreError> {
        let content = digest.map(|d| self.content(&d)).transpose()?.flatten();
        Ok(content.and_then(|c| c.place).filter(|p| p.pack == seq).map(|p| p.nth as usize))
    }

    fn pack_version(&self, seq: i64) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT version FROM pack WHERE seq = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([seq], |r| r.get(0)).optional()?)
    }

    /// Finds the packs of texts that an older version wrote: that of what each hangs on, or a new one. Reads texts of about
    /// `most` bytes for that.
    fn place_old_texts(&self, most: i64, progress: &dyn Progress) -> Result<(), StoreError> {
        let (mut read, mut placed) = (0, Vec::new());
        for old in self.old_texts(TEXTS)? {
            progress.at(Doing::Packing, 0, 0)?;
            let (end, bytes) = self.went_on_from(&old)?;
            read += old.packed + bytes;
            placed.push((old, end));
            if read > most {
                break;
            }
        }
        self.write(|tx| placed.iter().try_for_each(|(old, end)| tx.place_old_text(old, *end)))
    }

    /// Texts that have no pack, oldest first, so that what they hang on comes before them.
    fn old_texts(&self, most: i64) -> Result<Vec<Old>, StoreError> {
        let sql = "SELECT digest, rowid, base, bytes, length(packed) FROM content \
                   WHERE pack IS NULL AND nth IS NULL AND packed IS NOT NULL ORDER BY rowid LIMIT ?1";
        let mut rows = self.db.prepare_cached(sql)?;
        let rows = rows.query_map([most], |r| {
            let base = r.get::<_, Option<[u8; 32]>>(2)?.map(Digest);
            Ok(Old { digest: Digest(r.get(0)?), row: r.get(1)?, base, bytes: r.get(3)?, packed: r.get(4)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Older versions broke a chain off after some texts; the next one stood alone, and nothing says what it went on from.
    /// It is one of the last ends before it, and they share most of their words. Gives how many bytes were read as well.
    fn went_on_from(&self, old: &Old) -> Result<(Option<Digest>, i64), StoreError> {
        if old.base.is_some() {
            return Ok((None, 0));
        }
        let sql = "SELECT digest FROM content WHERE form = 0 AND depth IN (24, 60) AND rowid < ?1 \
                   AND bytes BETWEEN ?2 / 2 AND ?2 * 2 ORDER BY rowid DESC LIMIT ?3";
        let mut rows = self.db.prepare_cached(sql)?;
        let ends = rows.query_map([old.row, old.bytes, ENDS], |r| Ok(Digest(r.get(0)?)))?;
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
    /// Keeps a pack that was made, unless something it was made of is no longer as it was. Nothing can be done with one that
    /// cannot be read.
    fn keep_pack(&self, made: &Made) -> Result<(), StoreError> {
        if self.pack_version(made.seq)? != made.version || !self.texts_wait(made)? {
            return Ok(());
        }
        self.pack_not_due(made.seq)?;
        let Some(sealed) = &made.sealed else { return Ok(()) };
        self.write_pack(made.seq, sealed)?;
        self.empty_rows(made)?;
        // Others may wait that were not taken in this time.
        let places = sealed.pack.places() as i64;
        let next = self.behind(made.seq)?.place.filter(|next| next.nth > places);
        next.map_or(Ok(()), |next| self.mark_if_due(Place { nth: next.nth - 1, ..next }))
    }

    /// Whether the texts it took in still have rows of their own: none was erased meanwhile, or taken in by another program.
    fn texts_wait(&self, made: &Made) -> Result<bool, StoreError> {
        for (nth, digest) in &made.taken {
            let place = Some(Place { pack: made.seq, nth: *nth as i64 });
            let content = self.content(digest)?;
            if !content.is_some_and(|c| matches!(c.kept, TextPlace::Alone(_)) && c.place == place) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Empties the rows of the texts it took in.
    fn empty_rows(&self, made: &Made) -> Result<(), StoreError> {
        let mut row =
            self.db.prepare_cached("UPDATE content SET base = NULL, packed = NULL WHERE digest = ?1")?;
        made.taken.iter().try_for_each(|(_, digest)| Ok(row.execute([digest.0]).map(|_| ())?))
    }

    fn pack_not_due(&self, seq: i64) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM pack_due WHERE pack = ?1")?.execute([seq])?;
        Ok(())
    }

    fn place_old_text(&self, old: &Old, end: Option<Digest>) -> Result<(), StoreError> {
        let pack_of = |digest: Option<Digest>| {
            let content = digest.map(|d| self.content(&d)).transpose()?.flatten();
            Ok::<_, StoreError>(content.and_then(|c| c.place).map(|p: Place| p.pack))
        };
        let spot = match (pack_of(old.base)?, pack_of(end)?) {
            (Some(pack), _) => self.behind(pack)?,
            (None, Some(pack)) => self.spot_in(pack, old.bytes as usize)?,
            (None, None) => self.new_pack()?,
        };
        let Some(Place { pack, nth }) = spot.place else { return Ok(()) };
        // A compressed delta has some four times as many bytes of words.
        let words = spot.words + old.bytes.min(4 * old.packed);
        let sql = "UPDATE content SET pack = ?2, nth = ?3, words = ?4 \
                   WHERE digest = ?1 AND pack IS NULL AND packed IS NOT NULL";
        self.db.prepare_cached(sql)?.execute(params![old.digest.0, pack, nth, words])?;
        if let Some(end) = end {
            // One text goes on from an end, so it is looked at no more.
            self.db.prepare_cached("UPDATE content SET depth = 0 WHERE digest = ?1")?.execute([end.0])?;
        }
        // One that stays alone is compressed hard already.
        if nth > 0 { self.mark_if_due(Place { pack, nth }) } else { Ok(()) }
    }
}

/// Whether a pack holds the texts that leave their own rows for it. What it held before was proven when it was opened.
fn holds(pack: &Pack, taken: &[Taken]) -> bool {
    let ready = pack.ready();
    let mut texts = taken.iter().map(|(nth, digest)| (pack.text(*nth, &ready), digest));
    texts.all(|(text, digest)| text.is_some_and(|text| Digest::of(text.as_bytes()) == *digest))
}

impl Making {
    /// Adds a text: against its base, against what that hangs on, or against the one before, whichever takes the least.
    /// Nothing where a base cannot be read.
    fn add(&mut self, digest: Digest, text: &str, base: Option<usize>) -> Option<()> {
        let last = self.pack.last();
        let base = base.filter(|&nth| self.pack.holds(nth)).or(last);
        let mut best = self.against(base, text)?;
        if best.1.cost() > LARGE {
            let others = [base.and_then(|nth| self.pack.base(nth)), last];
            for other in others.into_iter().flatten().filter(|&nth| Some(nth) != base) {
                let delta = self.against(Some(other), text)?;
                best = if delta.1.cost() < best.1.cost() { delta } else { best };
            }
        }
        let nth = self.pack.places();
        self.pack.push(digest, best.0, &best.1)?;
        self.last = Some((nth, text.to_owned()));
        Some(())
    }

    fn against(&mut self, base: Option<usize>, text: &str) -> Option<(Option<usize>, Delta)> {
        let Some(nth) = base else { return Some((None, Delta::whole(text))) };
        if let Some((last, old)) = &self.last
            && *last == nth
        {
            return Some((base, Delta::between(old, text)));
        }
        let old = self.pack.text(nth, &self.ready)?;
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

    fn rest(store: &Store) {
        while step(store, STEP) {}
    }

    fn count(store: &Store, what: &str) -> i64 {
        store.db.query_row(&format!("SELECT count(*) FROM {what}"), [], |r| r.get(0)).unwrap()
    }

    /// A text of forty lines, of which revision after revision changes another one.
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

    /// Keeps a text as versions 0.1 and 0.2 did.
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
    fn seven_hundred_revisions_lie_in_one_pack_and_are_read_in_any_order() {
        let (_folder, store) = desk();
        let all = history(&store, 700);
        let saved = store.text_bytes().unwrap();
        reads_all(&store, &all);
        rest(&store);
        assert_eq!((count(&store, "pack"), count(&store, "content WHERE packed IS NOT NULL")), (1, 0));
        assert!(store.text_bytes().unwrap() < saved / 2);
        reads_all(&store, &all);
    }

    #[test]
    fn texts_that_come_later_wait_until_their_pack_is_worth_making_anew() {
        let (_folder, store) = desk();
        let large = |n: usize| (0..20_000).map(|w| format!("{} ", w * w + n)).collect::<String>();
        let mut base = put(&store, &large(0), None);
        rest(&store);
        let size = "SELECT length(packed) / 16384 FROM pack";
        let worth: i64 = store.db.query_row(size, [], |r| r.get(0)).unwrap();
        assert!(worth > 1);
        for n in 1..=worth as usize {
            base = put(&store, &(large(0) + &n.to_string()), Some(base));
            assert!(!step(&store, STEP));
            assert_eq!(count(&store, "content WHERE packed IS NOT NULL"), n as i64);
        }
        base = put(&store, &(large(0) + "last"), Some(base));
        rest(&store);
        assert_eq!(count(&store, "content WHERE packed IS NOT NULL"), 0);
        assert_eq!(store.text(&base).unwrap(), large(0) + "last");
    }

    #[test]
    fn a_history_of_an_older_version_is_read_as_it_is_and_comes_into_one_pack() {
        for deepest in [24, 60] {
            let (_folder, store) = desk();
            let mut all = old_history(&store, 200, deepest);
            reads_all(&store, &all);
            // Saved by this version, before anything is repacked.
            all.push(put(&store, &revision(200), all.last().copied()));
            reads_all(&store, &all);
            rest(&store);
            assert_eq!((count(&store, "pack"), count(&store, "content WHERE packed IS NOT NULL")), (1, 0));
            reads_all(&store, &all);
            all.push(put(&store, &revision(201), all.last().copied()));
            rest(&store);
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
        rest(&store);
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
            rest(&store);
            for (n, digest) in all.iter().enumerate() {
                assert_eq!(store.text(digest).ok(), (![0, 30, 61].contains(&n)).then(|| revision(n)));
            }
            assert_eq!(faults(&store), Vec::<String>::new());
        }
    }

    #[test]
    fn stopped_after_any_step_and_opened_again_it_goes_on() {
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
                // Each text, and the words and the numbers of the pack.
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
        let made = store.make_pack(1, STEP, &Unwatched).unwrap();
        store.begin(Access::Write).unwrap();
        store.write(|tx| tx.keep_pack(&made)).unwrap();
        // The connection goes without a commit, as it does with a program that is killed.
        drop(store);
        let store = Store::open(&folder.path().join("a.desk")).unwrap();
        assert_eq!((count(&store, "pack"), count(&store, "content WHERE packed IS NULL")), (0, 0));
        reads_all(&store, &all);
        rest(&store);
        reads_all(&store, &all);
    }

    #[test]
    fn what_was_erased_while_a_pack_was_made_does_not_come_back() {
        for at_rest in [false, true] {
            let (folder, store) = desk();
            let all = history(&store, 100);
            while at_rest && step(&store, STEP) {}
            store.write(|tx| tx.mark_due(1)).unwrap();
            let made = store.make_pack(1, STEP, &Unwatched).unwrap();
            erase(&Store::open(&folder.path().join("a.desk")).unwrap(), &all[50]);
            store.write(|tx| tx.keep_pack(&made)).unwrap();
            rest(&store);
            assert!(store.text(&all[50]).is_err());
            assert_eq!(count(&store, "content WHERE packed IS NULL AND pack IS NOT NULL"), 99);
            assert_eq!(faults(&store), Vec::<String>::new());
        }
    }

    #[test]
    fn what_is_held_of_a_pack_gives_way_to_what_another_program_made_of_it() {
        let (folder, store) = desk();
        let all = history(&store, 100);
        rest(&store);
        store.text(&all[99]).unwrap();
        let other = Store::open(&folder.path().join("a.desk")).unwrap();
        erase(&other, &all[40]);
        let next = put(&other, &revision(100), Some(all[99]));
        rest(&other);
        assert!(store.text(&all[40]).is_err());
        assert_eq!(store.text(&next).unwrap(), revision(100));
        assert_eq!(store.text(&all[41]).unwrap(), revision(41));
    }

    #[test]
    fn a_damaged_row_stays_and_is_told_and_the_others_are_packed() {
        let (_folder, store) = desk();
        let all = history(&store, 50);
        store.db.execute("UPDATE content SET packed = x'0009' WHERE nth = 49", []).unwrap();
        store.unpacked.clear();
        rest(&store);
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
    fn a_damaged_pack_is_told_and_takes_in_nothing() {
        let (_folder, store) = desk();
        let all = history(&store, 50);
        rest(&store);
        store.db.execute("UPDATE pack SET packed = x'05'", []).unwrap();
        store.unpacked.clear();
        let next = put(&store, &revision(50), Some(all[49]));
        rest(&store);
        assert_eq!(store.text(&next).unwrap(), revision(50));
        assert!(store.text(&all[10]).is_err());
        let told = faults(&store);
        assert!(told.len() == 1 && told[0].contains("50 texts"), "{told:?}");
    }

    /// What is done to a desk with texts. The numbers choose among what is there.
    #[derive(Clone, Debug)]
    enum Act {
        Put { base: Option<usize>, words: Vec<u8> },
        PutAsBefore { base: usize, words: Vec<u8> },
        Read(usize),
        Erase(usize),
        Repack(usize),
        Reopen,
    }

    fn doing() -> impl Strategy<Value = Act> {
        let words = || proptest::collection::vec(0..40_u8, 0..60);
        prop_oneof![
            6 => (proptest::option::of(any::<usize>()), words()).prop_map(|(base, words)| Act::Put { base, words }),
            2 => (any::<usize>(), words()).prop_map(|(base, words)| Act::PutAsBefore { base, words }),
            3 => any::<usize>().prop_map(Act::Read),
            2 => any::<usize>().prop_map(Act::Erase),
            3 => (0..4000_usize).prop_map(Act::Repack),
            1 => Just(Act::Reopen),
        ]
    }

    fn said(words: &[u8]) -> String {
        words
            .iter()
            .map(|n| format!("Sentence number {n} says what it says, {}. ", usize::from(*n) * 977))
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_done_the_texts_are_those_that_were_put_and_not_erased(
            all in proptest::collection::vec(doing(), 1..60)
        ) {
            let (folder, mut store) = desk();
            let path = folder.path().join("a.desk");
            let (mut texts, mut known) = (HashMap::<Digest, Option<String>>::new(), Vec::<Digest>::new());
            let pick = |known: &[Digest], n: usize| known.get(n % known.len().max(1)).copied();
            for doing in all {
                match doing {
                    Act::Put { base, words } => {
                        let text = said(&words);
                        let digest = put(&store, &text, base.and_then(|n| pick(&known, n)));
                        known.push(digest);
                        texts.insert(digest, Some(text));
                    }
                    Act::PutAsBefore { base, words } => {
                        let text = said(&words);
                        let base = pick(&known, base).filter(|digest| {
                            texts[digest].is_some() && store.content(digest).unwrap().unwrap().place.is_none()
                        });
                        if !texts.contains_key(&Digest::of(text.as_bytes())) {
                            let digest = put_as_before(&store, &text, base, 60);
                            known.push(digest);
                            texts.insert(digest, Some(text));
                        }
                    }
                    Act::Read(n) => {
                        if let Some(digest) = pick(&known, n) {
                            prop_assert_eq!(&store.text(&digest).ok(), &texts[&digest]);
                        }
                    }
                    Act::Erase(n) => {
                        if let Some(digest) = pick(&known, n) {
                            erase(&store, &digest);
                            texts.insert(digest, None);
                        }
                    }
                    Act::Repack(most) => drop(step(&store, most)),
                    Act::Reopen => store = Store::open(&path).unwrap(),
                }
            }
            rest(&store);
            for (digest, text) in &texts {
                prop_assert_eq!(&store.text(digest).ok(), text);
            }
            prop_assert_eq!(faults(&store), Vec::<String>::new());
        }
    }
}
