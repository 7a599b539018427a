//! A pack contains the texts of one history. The first is whole; each other one is a delta against an earlier one. All words
//! of a pack are compressed together, so repeated words cost almost nothing.

use super::delta::{Composed, Delta, Edit, Level, pack, read_number, unpack, write_number};
use crate::model::Digest;
use std::{
    collections::{HashMap, HashSet},
    io,
    ops::Range,
};

/// A text is cached if building it takes more stretches than this, however long it is: some ten microseconds.
const COSTLY: usize = 4000;
/// It is not cached if it takes fewer, however short it is: about a microsecond.
const CHEAP: usize = 256;
/// Between the two, one stretch for so many bytes: copying the text takes as long.
const BYTES_PER_STRETCH: usize = 64;
/// About how many bytes of texts are cached for one pack.
const CACHE_BYTES: usize = 12 << 20;

/// The texts of one history, by their place in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Pack {
    texts: Vec<Option<PackedText>>,
    edits: Vec<Edit>,
    words: String,
}

/// One text of a pack. An erased text leaves an empty place.
#[derive(Debug, PartialEq, Eq)]
struct PackedText {
    /// The hash of the text. It is not in the packed bytes: the rows contain it, and the pack's digest proves them.
    digest: Digest,
    base: Option<usize>,
    /// The range of its edits among those of the pack.
    edits: Range<usize>,
    /// Where its words start among those of the pack.
    words: usize,
    len: usize,
}

/// How much work it is to build one text from another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Effort {
    /// The most stretches that the text can consist of.
    parts: usize,
    /// How many stretches are processed in total.
    work: usize,
}

impl Effort {
    /// The effort after one more delta with that many edits.
    fn with_delta(self, edits: usize) -> Self {
        let parts = self.parts + 2 * edits;
        Self { parts, work: self.work + parts }
    }
}

/// Cached texts of one pack, so that later texts need not be built from the first one. A text is cached when it, or one that
/// is built from it, is first read.
#[derive(Debug, Default)]
pub(in crate::store) struct TextCache {
    /// The places of the texts that are worth it.
    places: HashSet<usize>,
    texts: HashMap<usize, String>,
    bytes: usize,
}

impl Pack {
    /// The number of places, including empty ones.
    pub fn places(&self) -> usize {
        self.texts.len()
    }

    /// About how many bytes the pack takes in memory.
    pub fn bytes(&self) -> usize {
        self.words.len() + self.edits.len() * size_of::<Edit>() + self.texts.len() * size_of::<PackedText>()
    }

    /// The hash of the text at that place.
    pub fn digest_at(&self, nth: usize) -> Option<Digest> {
        self.texts.get(nth)?.as_ref().map(|entry| entry.digest)
    }

    /// The digest that proves the packed bytes and the hashes in the rows of its texts.
    pub fn proof(digests: &[(usize, Digest)], packed: &[u8]) -> Digest {
        let digests = digests.iter().map(|(_, digest)| &digest.0[..]);
        Digest::of_all(&digests.chain([packed]).collect::<Vec<_>>())
    }

    /// Whether there is a text at that place.
    pub fn has_text(&self, nth: usize) -> bool {
        self.texts.get(nth).is_some_and(Option::is_some)
    }

    /// The place of the text that the one at `nth` is a delta against.
    pub fn base(&self, nth: usize) -> Option<usize> {
        self.texts.get(nth)?.as_ref()?.base
    }

    /// The last place that has a text.
    pub fn last(&self) -> Option<usize> {
        self.texts.iter().rposition(Option::is_some)
    }

    /// Adds a text at the next place. `None` if the delta does not fit its base.
    pub fn push(&mut self, digest: Digest, base: Option<usize>, delta: &Delta) -> Option<()> {
        let entry = self.new_entry(digest, base, &delta.edits)?;
        self.texts.push(Some(entry));
        self.edits.extend(&delta.edits);
        self.words.push_str(&delta.words);
        Some(())
    }

    /// Leaves the next place empty.
    pub fn skip(&mut self) {
        self.texts.push(None);
    }

    fn new_entry(&self, digest: Digest, base: Option<usize>, edits: &[Edit]) -> Option<PackedText> {
        let len = base.map_or(Some(0), |nth| self.texts.get(nth)?.as_ref().map(|b| b.len))?;
        let (read, deleted, new) = edits.iter().try_fold((0_usize, 0, 0), |(read, deleted, new), e| {
            Some((
                read.checked_add(e.keep)?.checked_add(e.deleted)?,
                deleted + e.deleted,
                usize::checked_add(new, e.new)?,
            ))
        })?;
        let from = self.edits.len();
        (read <= len).then(|| PackedText {
            digest,
            base,
            edits: from..from + edits.len(),
            words: self.words.len(),
            len: len - deleted + new,
        })
    }

    /// The cache for its texts, still empty.
    pub fn text_cache(&self) -> TextCache {
        TextCache { places: self.places_to_cache().into_iter().collect(), ..TextCache::default() }
    }

    /// The places of the texts to cache, so that no text is costly to build, as far as memory allows.
    fn places_to_cache(&self) -> Vec<usize> {
        let mut times = 1;
        loop {
            let places = self.places_over_limit(times);
            let bytes: usize =
                places.iter().filter_map(|&nth| self.texts[nth].as_ref()).map(|entry| entry.len).sum();
            if bytes <= CACHE_BYTES {
                return places;
            }
            times *= 2;
        }
    }

    /// The places where the effort exceeds so many times its limit. After each of them the effort starts again at zero.
    fn places_over_limit(&self, times: usize) -> Vec<usize> {
        let (mut efforts, mut ends) = (Vec::<Effort>::with_capacity(self.texts.len()), Vec::new());
        for (nth, entry) in self.texts.iter().enumerate() {
            let mut effort = entry.as_ref().map_or(Effort::default(), |entry| {
                entry
                    .base
                    .map_or(Effort::default(), |base| Effort::with_delta(efforts[base], entry.edits.len()))
            });
            if effort.work > times * limit(entry.as_ref().map_or(0, |entry| entry.len)) {
                ends.push(nth);
                effort = Effort::default();
            }
            efforts.push(effort);
        }
        ends
    }

    /// Builds the text at that place, which is not yet proven. `None` if the place is empty or the pack is damaged.
    pub fn text(&self, nth: usize, cache: &mut TextCache) -> Option<String> {
        let (mut chain, mut base) = self.chain_to(nth, cache)?;
        let mut composed = Composed::on(cache.text(base).len());
        while let Some(at) = chain.pop() {
            let packed_text = self.texts[at].as_ref()?;
            composed.apply(&self.edits[packed_text.edits.clone()], packed_text.words)?;
            if cache.places.contains(&at) {
                let text = composed.text(cache.text(base), &self.words)?;
                composed = Composed::on(text.len());
                base = Some(cache.insert(at, text));
            }
        }
        composed.text(cache.text(base), &self.words)
    }

    /// The places of the texts that are not cached on the way from `nth` to the first text, and that of the cached one that
    /// the last of them is based on. `None` if a place is empty.
    fn chain_to(&self, nth: usize, cache: &TextCache) -> Option<(Vec<usize>, Option<usize>)> {
        let (mut chain, mut next) = (Vec::new(), Some(nth));
        while let Some(at) = next.filter(|at| !cache.texts.contains_key(at)) {
            chain.push(at);
            next = self.texts.get(at)?.as_ref()?.base;
        }
        Some((chain, next))
    }

    /// The pack without the text at that place: its words are gone, except those that other texts have too. `None` if the
    /// pack is damaged.
    pub fn without(&self, nth: usize) -> Option<Self> {
        let (mut out, mut cache) = (Self::default(), self.text_cache());
        let mut new_base = self.base(nth);
        for (at, entry) in self.texts.iter().enumerate() {
            match entry {
                Some(entry) if at != nth && entry.base != Some(nth) => {
                    out.push(entry.digest, entry.base, &self.delta(entry)?)?
                }
                Some(entry) if at != nth => {
                    let text = self
                        .text(at, &mut cache)
                        .filter(|text| Digest::of(text.as_bytes()) == entry.digest)?;
                    let delta = match new_base {
                        Some(base) => Delta::between(&self.text(base, &mut cache)?, &text),
                        None => Delta::whole(&text),
                    };
                    out.push(entry.digest, new_base, &delta)?;
                    // If the erased text had no base, the first text that was based on it becomes the base of the others.
                    new_base = new_base.or(Some(at));
                }
                Some(_) | None => out.skip(),
            }
        }
        Some(out)
    }

    fn delta(&self, entry: &PackedText) -> Option<Delta> {
        let edits = self.edits[entry.edits.clone()].to_vec();
        let new = edits.iter().map(|e| e.new).sum::<usize>();
        Some(Delta { edits, words: self.words.get(entry.words..entry.words + new)?.to_owned() })
    }

    /// The hashes of its texts with their places, in order.
    pub fn digests(&self) -> Vec<(usize, Digest)> {
        let all = self.texts.iter().enumerate();
        all.filter_map(|(nth, entry)| Some((nth, entry.as_ref()?.digest))).collect()
    }

    /// Whether the pack contains those words.
    #[cfg(test)]
    pub fn contains_words(&self, words: &str) -> bool {
        self.words.contains(words)
    }

    /// Encodes the pack: the words, then the numbers. Numbers of the same kind are together, because that compresses best.
    pub fn encode(&self, level: Level) -> io::Result<Vec<u8>> {
        let mut numbers = Vec::new();
        write_number(&mut numbers, self.texts.len());
        for (nth, entry) in self.texts.iter().enumerate() {
            write_number(
                &mut numbers,
                entry.as_ref().map_or(0, |entry| entry.base.map_or(1, |base| 1 + nth - base)),
            );
        }
        self.texts.iter().flatten().for_each(|entry| write_number(&mut numbers, entry.edits.len()));
        for column in [|e: &Edit| e.keep, |e: &Edit| e.deleted, |e: &Edit| e.new] {
            self.edits.iter().for_each(|edit| write_number(&mut numbers, column(edit)));
        }
        let words = pack(self.words.as_bytes(), level)?;
        let mut out = Vec::new();
        write_number(&mut out, words.len());
        out.extend(words);
        out.extend(pack(&numbers, level)?);
        Ok(out)
    }

    /// Decodes what [`Pack::encode`] wrote. `digests` are the hashes of its texts with their places, in order. `None` if the
    /// bytes are something else, or other places have texts.
    pub fn decode(mut bytes: &[u8], digests: &[(usize, Digest)]) -> Option<Self> {
        let len = read_number(&mut bytes)?;
        let (words, numbers) = bytes.split_at_checked(len)?;
        let (words, numbers) = (String::from_utf8(unpack(words)?).ok()?, unpack(numbers)?);
        let mut rest = &numbers[..];
        let texts = read_number(&mut rest)?;
        let backs = read_numbers(&mut rest, texts)?;
        let counts = read_numbers(&mut rest, backs.iter().filter(|&&back| back > 0).count())?;
        let edits = read_edits(&mut rest, counts.iter().try_fold(0_usize, |sum, &n| sum.checked_add(n))?)?;
        let (mut out, mut counts) = (Self::default(), counts.into_iter());
        let mut digests = digests.iter();
        let (mut used, mut at) = (0_usize, 0);
        for (nth, back) in backs.into_iter().enumerate() {
            if back == 0 {
                out.skip();
                continue;
            }
            let base = if back == 1 { None } else { Some(nth.checked_sub(back - 1)?) };
            let from = used;
            used += counts.next()?;
            let digest = digests.next().filter(|(place, _)| *place == nth)?.1;
            let entry = out.new_entry(digest, base, &edits[from..used])?;
            out.texts.push(Some(PackedText { edits: from..used, words: at, ..entry }));
            at = edits[from..used].iter().try_fold(at, |sum, e| sum.checked_add(e.new))?;
        }
        (out.edits, out.words) = (edits, words);
        (at == out.words.len() && rest.is_empty() && digests.next().is_none()).then_some(out)
    }
}

/// How many stretches may be processed for a text of so many bytes before it is worth caching.
fn limit(len: usize) -> usize {
    (len / BYTES_PER_STRETCH).clamp(CHEAP, COSTLY)
}

impl TextCache {
    /// How many bytes the cached texts have.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The cached text of that place; nothing for no place.
    fn text(&self, nth: Option<usize>) -> &str {
        nth.and_then(|nth| self.texts.get(&nth)).map_or("", String::as_str)
    }

    /// Caches a text. Returns its place.
    fn insert(&mut self, nth: usize, text: String) -> usize {
        self.bytes += text.len();
        self.texts.insert(nth, text);
        nth
    }
}

/// Reads `count` numbers from the front of `rest`.
fn read_numbers(rest: &mut &[u8], count: usize) -> Option<Vec<usize>> {
    // Each has at least one byte.
    let mut out = Vec::with_capacity(count.min(rest.len()));
    for _ in 0..count {
        out.push(read_number(rest)?);
    }
    Some(out)
}

/// Reads `count` edits from the front of `rest`, where numbers of the same kind are together.
fn read_edits(rest: &mut &[u8], count: usize) -> Option<Vec<Edit>> {
    let keep = read_numbers(rest, count)?;
    let mut edits: Vec<Edit> = keep.into_iter().map(|keep| Edit { keep, ..Edit::default() }).collect();
    for edit in &mut edits {
        edit.deleted = read_number(rest)?;
    }
    for edit in &mut edits {
        edit.new = read_number(rest)?;
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A pack of these texts. Each comes with the distance to its base, or 0. An empty text leaves its place empty. Also
    /// returns the texts.
    fn packed(texts: &[(usize, String)]) -> (Pack, Vec<Option<String>>) {
        let (mut pack, mut all) = (Pack::default(), Vec::<Option<String>>::new());
        for (back, text) in texts {
            let base = all.len().checked_sub(*back).filter(|&nth| *back > 0 && pack.has_text(nth));
            match base {
                _ if text.is_empty() => pack.skip(),
                Some(nth) => {
                    pack.push(
                        Digest::of(text.as_bytes()),
                        base,
                        &Delta::between(all[nth].as_deref().unwrap(), text),
                    )
                    .unwrap();
                }
                None => pack.push(Digest::of(text.as_bytes()), None, &Delta::whole(text)).unwrap(),
            }
            all.push(Some(text.clone()).filter(|text| !text.is_empty()));
        }
        (pack, all)
    }

    fn texts() -> impl Strategy<Value = Vec<(usize, String)>> {
        let words = proptest::collection::vec("(one|two|three|vier|[0-9]{1,2}|\n)", 0..30);
        proptest::collection::vec((0..4_usize, words.prop_map(|words| words.join(" "))), 1..40)
    }

    fn all_of(pack: &Pack) -> Vec<Option<String>> {
        let mut cache = pack.text_cache();
        let backwards: Vec<_> = (0..pack.places()).rev().map(|nth| pack.text(nth, &mut cache)).collect();
        let mut cache = pack.text_cache();
        let forwards: Vec<_> = (0..pack.places()).map(|nth| pack.text(nth, &mut cache)).collect();
        assert!(backwards.iter().rev().eq(&forwards), "a text depends on those that were read before it");
        forwards
    }

    proptest! {
        #[test]
        fn a_pack_gives_every_text_and_is_read_back_as_it_was_written(texts in texts()) {
            let (pack, all) = packed(&texts);
            prop_assert_eq!(all_of(&pack), &all[..]);
            prop_assert_eq!(pack.digests().len(), all.iter().flatten().count());
            prop_assert_eq!(Pack::decode(&pack.encode(Level::Quick).unwrap(), &pack.digests()).unwrap(), pack);
        }

        #[test]
        fn a_pack_without_a_text_has_the_others_in_their_places(texts in texts(), nth in any::<prop::sample::Index>()) {
            let (pack, mut all) = packed(&texts);
            let nth = nth.index(all.len());
            all[nth] = None;
            prop_assert_eq!(all_of(&pack.without(nth).unwrap()), all);
        }

        #[test]
        fn changed_bytes_are_refused_or_make_some_pack(texts in texts(), at in any::<prop::sample::Index>(), to: u8) {
            let pack = packed(&texts).0;
            let sound = pack.encode(Level::Quick).unwrap();
            let mut bytes = sound.clone();
            let at = at.index(bytes.len());
            let before = std::mem::replace(&mut bytes[at], to);
            if let Some(other) = Pack::decode(&bytes, &pack.digests()) {
                all_of(&other);
                let (now, then) = (Pack::proof(&pack.digests(), &bytes), Pack::proof(&pack.digests(), &sound));
                prop_assert_eq!(now == then, to == before);
            }
        }
    }

    #[test]
    fn bytes_that_are_no_pack_are_refused() {
        assert_eq!(Pack::decode(b"", &[]), None);
        assert_eq!(Pack::decode(&[0xff; 40], &[]), None);
    }
}
