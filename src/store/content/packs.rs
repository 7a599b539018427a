//! A pack: the texts of one history together. The first is whole; each other one is a delta against an earlier one. All
//! their words are compressed as one, so that what comes again, or was said before in other places, costs almost nothing.

use super::delta::{Delta, Edit, Layers, Level, pack, put, take, unpack};
use crate::model::Digest;
use std::{collections::HashMap, io, ops::Range};

/// A way to a text is far where more stretches than this are gone through on it: some ten microseconds.
const FAR: usize = 4000;
/// How many bytes of texts are kept ready for one pack, about.
const READY: usize = 12 << 20;

/// The texts of one history, by their place in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Pack {
    texts: Vec<Option<Held>>,
    edits: Vec<Edit>,
    words: String,
}

/// One text of a pack. What was erased leaves its place empty.
#[derive(Debug, PartialEq, Eq)]
struct Held {
    /// The hash of the text. It is not among the packed bytes: the rows say it, and the pack's digest proves them.
    digest: Digest,
    base: Option<usize>,
    /// Its edits among all of them.
    edits: Range<usize>,
    /// Where its words begin among all of them.
    words: usize,
    len: usize,
    /// The way to it from a text that has no base.
    way: Way,
}

/// What is gone through to come from one text to another that hangs on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Way {
    /// How many stretches the text is made of, at the most.
    parts: usize,
    /// How many of them were gone through on the way.
    work: usize,
}

impl Way {
    /// A way that goes on by a delta of so many edits.
    fn then(self, edits: usize) -> Self {
        let parts = self.parts + 2 * edits;
        Self { parts, work: self.work + parts }
    }
}

/// Texts of one pack that are kept ready, so that those after them need not start from the first.
#[derive(Debug, Default)]
pub(in crate::store) struct Ready {
    texts: HashMap<usize, String>,
    bytes: usize,
}

impl Pack {
    /// How many places it has, empty ones included.
    pub fn places(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is much to do between the text at that place and one that is whole.
    pub fn is_far(&self, nth: usize) -> bool {
        self.texts.get(nth).and_then(Option::as_ref).is_some_and(|held| held.way.work > FAR)
    }

    /// How many bytes it takes in memory, about.
    pub fn bytes(&self) -> usize {
        self.words.len() + self.edits.len() * size_of::<Edit>() + self.texts.len() * size_of::<Held>()
    }

    /// The hash of the text at that place.
    pub fn digest_at(&self, nth: usize) -> Option<Digest> {
        self.texts.get(nth)?.as_ref().map(|held| held.digest)
    }

    /// The digest that proves a pack wherever its packed bytes and the rows of its texts are read again.
    pub fn seal(digests: &[(usize, Digest)], packed: &[u8]) -> Digest {
        let digests = digests.iter().map(|(_, digest)| &digest.0[..]);
        Digest::of_all(&digests.chain([packed]).collect::<Vec<_>>())
    }

    /// Whether there is a text at that place.
    pub fn holds(&self, nth: usize) -> bool {
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

    /// Adds a text at the next place. Nothing where the delta does not fit its base.
    pub fn push(&mut self, digest: Digest, base: Option<usize>, delta: &Delta) -> Option<()> {
        let held = self.held(digest, base, &delta.edits)?;
        self.texts.push(Some(held));
        self.edits.extend(&delta.edits);
        self.words.push_str(&delta.words);
        Some(())
    }

    /// Leaves the next place empty.
    pub fn skip(&mut self) {
        self.texts.push(None);
    }

    fn held(&self, digest: Digest, base: Option<usize>, edits: &[Edit]) -> Option<Held> {
        let (len, way) = match base {
            Some(nth) => self.texts.get(nth)?.as_ref().map(|b| (b.len, b.way.then(edits.len())))?,
            None => Default::default(),
        };
        let (read, gone, new) = edits.iter().try_fold((0_usize, 0, 0), |(read, gone, new), e| {
            Some((
                read.checked_add(e.keep)?.checked_add(e.gone)?,
                gone + e.gone,
                usize::checked_add(new, e.new)?,
            ))
        })?;
        let from = self.edits.len();
        (read <= len).then(|| Held {
            digest,
            base,
            edits: from..from + edits.len(),
            words: self.words.len(),
            len: len - gone + new,
            way,
        })
    }

    /// The texts to be kept ready, as far as the pack is sound.
    pub fn ready(&self) -> Ready {
        let mut ready = Ready::default();
        for nth in self.worth_keeping() {
            if let Some(text) = self.text(nth, &ready) {
                ready.keep(nth, text);
            }
        }
        ready
    }

    /// The places to be kept ready, so that no way is far, or not much farther than memory allows.
    fn worth_keeping(&self) -> Vec<usize> {
        let mut far = FAR;
        loop {
            let places = self.ends_of_ways(far);
            let bytes: usize =
                places.iter().filter_map(|&nth| self.texts[nth].as_ref()).map(|held| held.len).sum();
            if bytes <= READY {
                return places;
            }
            far *= 2;
        }
    }

    /// The places at which a way becomes as far as that, where each of them begins another.
    fn ends_of_ways(&self, far: usize) -> Vec<usize> {
        let (mut ways, mut ends) = (Vec::<Way>::with_capacity(self.texts.len()), Vec::new());
        for (nth, held) in self.texts.iter().enumerate() {
            let mut way = held.as_ref().map_or(Way::default(), |held| {
                held.base.map_or(Way::default(), |base| Way::then(ways[base], held.edits.len()))
            });
            if way.work > far {
                ends.push(nth);
                way = Way::default();
            }
            ways.push(way);
        }
        ends
    }

    /// The text at that place, which nothing has proven yet. Nothing where there is none, or the pack is damaged.
    pub fn text(&self, nth: usize, ready: &Ready) -> Option<String> {
        let (mut way, mut next) = (Vec::new(), Some(nth));
        let mut from = "";
        while let Some(at) = next {
            if let Some(text) = ready.texts.get(&at) {
                from = text;
                break;
            }
            let held = self.texts.get(at)?.as_ref()?;
            way.push(held);
            next = held.base;
        }
        let mut layers = Layers::on(from.len());
        for held in way.into_iter().rev() {
            layers.lay(&self.edits[held.edits.clone()], held.words)?;
        }
        layers.text(from, &self.words)
    }

    /// It without the text at that place: no word is left of it that no other text has. Nothing where it is damaged.
    pub fn without(&self, nth: usize) -> Option<Self> {
        let (mut out, ready) = (Self::default(), self.ready());
        let mut heir = self.base(nth);
        for (at, held) in self.texts.iter().enumerate() {
            match held {
                Some(held) if at != nth && held.base != Some(nth) => {
                    out.push(held.digest, held.base, &self.delta(held)?)?
                }
                Some(held) if at != nth => {
                    let text =
                        self.text(at, &ready).filter(|text| Digest::of(text.as_bytes()) == held.digest)?;
                    let delta = match heir {
                        Some(base) => Delta::between(&self.text(base, &ready)?, &text),
                        None => Delta::whole(&text),
                    };
                    out.push(held.digest, heir, &delta)?;
                    // Where the erased text had no base, the first that hung on it is the base of the others.
                    heir = heir.or(Some(at));
                }
                Some(_) | None => out.skip(),
            }
        }
        Some(out)
    }

    fn delta(&self, held: &Held) -> Option<Delta> {
        let edits = self.edits[held.edits.clone()].to_vec();
        let new = edits.iter().map(|e| e.new).sum::<usize>();
        Some(Delta { edits, words: self.words.get(held.words..held.words + new)?.to_owned() })
    }

    /// Its texts' hashes, each with its place, in order.
    pub fn digests(&self) -> Vec<(usize, Digest)> {
        let all = self.texts.iter().enumerate();
        all.filter_map(|(nth, held)| Some((nth, held.as_ref()?.digest))).collect()
    }

    /// Whether those words are in it.
    #[cfg(test)]
    pub fn says(&self, words: &str) -> bool {
        self.words.contains(words)
    }

    /// It as bytes: the words, then the numbers, each kind together, because like compresses best beside like.
    pub fn encode(&self, level: Level) -> io::Result<Vec<u8>> {
        let mut numbers = Vec::new();
        put(&mut numbers, self.texts.len());
        for (nth, held) in self.texts.iter().enumerate() {
            put(&mut numbers, held.as_ref().map_or(0, |held| held.base.map_or(1, |base| 1 + nth - base)));
        }
        self.texts.iter().flatten().for_each(|held| put(&mut numbers, held.edits.len()));
        for column in [|e: &Edit| e.keep, |e: &Edit| e.gone, |e: &Edit| e.new] {
            self.edits.iter().for_each(|edit| put(&mut numbers, column(edit)));
        }
        let words = pack(self.words.as_bytes(), level)?;
        let mut out = Vec::new();
        put(&mut out, words.len());
        out.extend(words);
        out.extend(pack(&numbers, level)?);
        Ok(out)
    }

    /// What [`Pack::encode`] wrote, whose texts have these hashes, each with its place, in order. Nothing where the bytes are
    /// not that, or other places have texts.
    pub fn decode(mut bytes: &[u8], digests: &[(usize, Digest)]) -> Option<Self> {
        let len = take(&mut bytes)?;
        let (words, numbers) = bytes.split_at_checked(len)?;
        let (words, numbers) = (String::from_utf8(unpack(words)?).ok()?, unpack(numbers)?);
        let mut rest = &numbers[..];
        let texts = take(&mut rest)?;
        let backs = takes(&mut rest, texts)?;
        let counts = takes(&mut rest, backs.iter().filter(|&&back| back > 0).count())?;
        let edits = takes_edits(&mut rest, counts.iter().try_fold(0_usize, |sum, &n| sum.checked_add(n))?)?;
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
            let held = out.held(digest, base, &edits[from..used])?;
            out.texts.push(Some(Held { edits: from..used, words: at, ..held }));
            at = edits[from..used].iter().try_fold(at, |sum, e| sum.checked_add(e.new))?;
        }
        (out.edits, out.words) = (edits, words);
        (at == out.words.len() && rest.is_empty() && digests.next().is_none()).then_some(out)
    }
}

impl Ready {
    /// How many bytes the texts have.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Keeps a text ready.
    pub fn keep(&mut self, nth: usize, text: String) {
        self.bytes += text.len();
        self.texts.insert(nth, text);
    }
}

/// Takes so many numbers off the front of `rest`.
fn takes(rest: &mut &[u8], count: usize) -> Option<Vec<usize>> {
    // Each has a byte at least.
    let mut out = Vec::with_capacity(count.min(rest.len()));
    for _ in 0..count {
        out.push(take(rest)?);
    }
    Some(out)
}

/// Takes so many edits off the front of `rest`, where each kind of number stands together.
fn takes_edits(rest: &mut &[u8], count: usize) -> Option<Vec<Edit>> {
    let keep = takes(rest, count)?;
    let mut edits: Vec<Edit> = keep.into_iter().map(|keep| Edit { keep, ..Edit::default() }).collect();
    for edit in &mut edits {
        edit.gone = take(rest)?;
    }
    for edit in &mut edits {
        edit.new = take(rest)?;
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A pack of these texts: each with how far back its base is, or none, and the places left empty.
    fn packed(texts: &[(usize, String)]) -> (Pack, Vec<Option<String>>) {
        let (mut pack, mut all) = (Pack::default(), Vec::<Option<String>>::new());
        for (back, text) in texts {
            let base = all.len().checked_sub(*back).filter(|&nth| *back > 0 && pack.holds(nth));
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
        let ready = pack.ready();
        (0..pack.places()).map(|nth| pack.text(nth, &ready)).collect()
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
                let (now, then) = (Pack::seal(&pack.digests(), &bytes), Pack::seal(&pack.digests(), &sound));
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
