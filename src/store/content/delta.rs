//! The difference between a text and its base. A delta reads its base once, from its start: some bytes are kept, some are
//! deleted, some new ones are inserted. Several deltas are combined before any text is built, so a text that is many deltas
//! away from a whole one costs little more than its own length.

use crate::{
    model::{Doing, Progress},
    text::{Change, Step},
};
use std::{
    cell::RefCell,
    io::{self, Write},
};

/// The most bytes that are unpacked at once. A damaged length cannot make the program allocate more memory.
const MAX_UNPACKED: usize = 1 << 30;
/// The compression levels of zstd: while somebody waits, and in the background.
const QUICK: i32 = 3;
const STRONG: i32 = 19;
/// How many bytes are compressed at the strong level between two checks for cancellation: some hundredths of a second.
const CHUNK: usize = 64 << 10;
/// Shorter data is not compressed: the header of a frame costs more than is saved.
const TOO_SHORT: usize = 64;

/// One edit of a delta.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Edit {
    /// How many bytes of the base are kept before it.
    pub keep: usize,
    /// How many bytes of the base are deleted.
    pub deleted: usize,
    /// How many new bytes are inserted instead.
    pub new: usize,
}

/// All edits that turn a base into a text. What follows the last edit is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Delta {
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// The inserted text of all edits, concatenated.
    pub words: String,
}

/// How strongly data is compressed.
#[derive(Clone, Copy)]
pub(in crate::store) enum Level<'p> {
    /// Fast, for a person who waits.
    Quick,
    /// Strong, in the background. `Progress` can cancel it.
    Strong(&'p dyn Progress),
}

impl Delta {
    /// The delta of a text that has no base.
    pub fn whole(text: &str) -> Self {
        let edit = Edit { keep: 0, deleted: 0, new: text.len() };
        Self { edits: vec![edit], words: text.to_owned() }
    }

    /// The delta that turns `old` into `new`.
    pub fn between(old: &str, new: &str) -> Self {
        let (head, tail) = shared_ends(old, new);
        let (from, to) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
        let mut delta = Self::default();
        if from.is_empty() || to.is_empty() {
            delta.push(head, from, to);
            return delta;
        }
        let (mut keep, mut at) = (head, 0);
        for step in Change::between(from, to).steps() {
            match step {
                Step::Keep(n) => (keep, at) = (keep + n, at + n),
                Step::Replace { len, with } => {
                    keep = delta.push(keep, &from[at..at + len], with);
                    at += len;
                }
            }
        }
        delta
    }

    /// Adds the edit that turns `old` into `new`, without their common start and end. Returns the length of the common end
    /// in bytes.
    fn push(&mut self, keep: usize, old: &str, new: &str) -> usize {
        let (head, tail) = shared_ends(old, new);
        let new = &new[head..new.len() - tail];
        self.edits.push(Edit { keep: keep + head, deleted: old.len() - head - tail, new: new.len() });
        self.words.push_str(new);
        tail
    }

    /// About how many bytes the delta takes.
    pub fn cost(&self) -> usize {
        self.words.len() + 6 * self.edits.len()
    }

    /// Encodes the delta for a row of its own.
    pub fn encode(&self) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        write_number(&mut plain, self.edits.len());
        self.edits.iter().for_each(|e| e.encode(&mut plain));
        plain.extend(self.words.as_bytes());
        pack(&plain, Level::Quick)
    }

    /// Decodes what [`Delta::encode`] wrote; `None` if the bytes are something else.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let plain = unpack(bytes)?;
        let mut rest = &plain[..];
        let count = read_number(&mut rest)?;
        let edits = (0..count).map(|_| Edit::decode(&mut rest)).collect::<Option<Vec<_>>>()?;
        let new = edits.iter().try_fold(0_usize, |sum, e| sum.checked_add(e.new))?;
        let words = str::from_utf8(rest).ok()?.to_owned();
        (words.len() == new).then_some(Self { edits, words })
    }
}

impl Edit {
    /// Appends the edit to `out`.
    pub fn encode(&self, out: &mut Vec<u8>) {
        [self.keep, self.deleted, self.new].iter().for_each(|&n| write_number(out, n));
    }

    /// Reads an edit from the front of `rest`.
    pub fn decode(rest: &mut &[u8]) -> Option<Self> {
        Some(Self { keep: read_number(rest)?, deleted: read_number(rest)?, new: read_number(rest)? })
    }
}

/// How many bytes are common at the start of both texts, and at the end of what remains. No character is cut.
fn shared_ends(old: &str, new: &str) -> (usize, usize) {
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let head = (0..=a.iter().zip(b).take_while(|(x, y)| x == y).count()).rev();
    let head = head.into_iter().find(|&n| old.is_char_boundary(n)).unwrap_or(0);
    let (a, b) = (&a[head..], &b[head..]);
    let tail = (0..=a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count()).rev();
    let tail = tail.into_iter().find(|&n| old.is_char_boundary(old.len() - n)).unwrap_or(0);
    (head, tail)
}

/// The result of several deltas: stretches of the base and of new words.
pub(in crate::store) struct Composed {
    stretches: Vec<Stretch>,
    /// The previous list. Its memory is reused.
    spare: Vec<Stretch>,
}

/// One stretch of the base or of the new words.
#[derive(Clone, Copy)]
struct Stretch {
    new: bool,
    at: usize,
    len: usize,
}

impl Composed {
    /// The base itself, of `len` bytes.
    pub fn on(len: usize) -> Self {
        Self { stretches: vec![Stretch { new: false, at: 0, len }], spare: Vec::new() }
    }

    /// Applies a delta. Its words start at `words` in the text of all words. `None` if the result so far is shorter than the
    /// delta expects.
    pub fn apply(&mut self, edits: &[Edit], mut words: usize) -> Option<()> {
        let mut out = std::mem::take(&mut self.spare);
        out.clear();
        let mut from = StretchReader { stretches: &self.stretches, used: 0 };
        for edit in edits {
            from.read(edit.keep, |stretch| push(&mut out, stretch))?;
            from.read(edit.deleted, |_| ())?;
            push(&mut out, Stretch { new: true, at: words, len: edit.new });
            words += edit.new;
        }
        from.rest(|stretch| push(&mut out, stretch));
        self.spare = std::mem::replace(&mut self.stretches, out);
        Some(())
    }

    /// Builds the text from `base` and `words`. `None` if a stretch is outside them or cuts a character.
    pub fn text(&self, base: &str, words: &str) -> Option<String> {
        let mut text = String::with_capacity(self.stretches.iter().map(|p| p.len).sum());
        for stretch in &self.stretches {
            text.push_str(if stretch.new { words } else { base }.get(stretch.at..stretch.at + stretch.len)?);
        }
        Some(text)
    }
}

/// Appends a stretch. If it continues the last one, the last one grows.
fn push(stretches: &mut Vec<Stretch>, stretch: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.new == stretch.new && last.at + last.len == stretch.at => last.len += stretch.len,
        _ if stretch.len == 0 => {}
        _ => stretches.push(stretch),
    }
}

/// Reads stretches from the start.
struct StretchReader<'p> {
    stretches: &'p [Stretch],
    /// How many bytes of the first stretch are read.
    used: usize,
}

impl StretchReader<'_> {
    fn read(&mut self, mut len: usize, mut emit: impl FnMut(Stretch)) -> Option<()> {
        while len > 0 {
            let stretch = self.stretches.first()?;
            let here = len.min(stretch.len - self.used);
            emit(Stretch { at: stretch.at + self.used, len: here, ..*stretch });
            (len, self.used) = (len - here, self.used + here);
            if self.used == stretch.len {
                (self.stretches, self.used) = (&self.stretches[1..], 0);
            }
        }
        Some(())
    }

    fn rest(&mut self, mut emit: impl FnMut(Stretch)) {
        if let Some((first, others)) = self.stretches.split_first() {
            emit(Stretch { at: first.at + self.used, len: first.len - self.used, ..*first });
            others.iter().for_each(|stretch| emit(*stretch));
        }
    }
}

/// Compresses bytes if that makes them shorter. The first byte shows whether it did; then the original length follows.
pub(in crate::store) fn pack(plain: &[u8], level: Level) -> io::Result<Vec<u8>> {
    let mut out = vec![0];
    if plain.len() >= TOO_SHORT {
        let packed = compress(plain, level)?;
        if packed.len() + 4 < plain.len() {
            out[0] = 1;
            write_number(&mut out, plain.len());
            out.extend(packed);
            return Ok(out);
        }
    }
    out.extend(plain);
    Ok(out)
}

thread_local! {
    /// Creating one costs more than compressing or decompressing a short text.
    static PACKER: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Only the fast compressor is cached: a strong one takes many megabytes.
fn compress(plain: &[u8], level: Level) -> io::Result<Vec<u8>> {
    match level {
        Level::Strong(progress) => compress_strong(plain, progress),
        Level::Quick => PACKER.with_borrow_mut(|packer| match packer {
            Some(packer) => packer.compress(plain),
            None => packer.insert(quick_packer()?).compress(plain),
        }),
    }
}

/// The length is stored next to the frame, and digests prove its content, so the frame contains neither.
fn quick_packer() -> io::Result<zstd::bulk::Compressor<'static>> {
    let mut packer = zstd::bulk::Compressor::new(QUICK)?;
    packer.include_checksum(false)?;
    packer.include_contentsize(false)?;
    Ok(packer)
}

fn compress_strong(plain: &[u8], progress: &dyn Progress) -> io::Result<Vec<u8>> {
    let mut packer = zstd::Encoder::new(Vec::new(), STRONG)?;
    packer.include_checksum(false)?;
    packer.include_contentsize(false)?;
    packer.set_pledged_src_size(Some(plain.len() as u64))?;
    for (nth, piece) in plain.chunks(CHUNK).enumerate() {
        progress.at(Doing::Packing, (nth * CHUNK) as u64, plain.len() as u64).map_err(io::Error::other)?;
        packer.write_all(piece)?;
    }
    packer.finish()
}

/// Returns what [`pack`] compressed; `None` if the bytes are something else.
pub(in crate::store) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let (form, mut rest) = bytes.split_first()?;
    match form {
        0 => Some(rest.to_vec()),
        1 => {
            let len = read_number(&mut rest).filter(|&n| n <= MAX_UNPACKED)?;
            let plain = UNPACKER.with_borrow_mut(|unpacker| {
                let unpacker = match unpacker {
                    Some(unpacker) => unpacker,
                    None => unpacker.insert(zstd::bulk::Decompressor::new().ok()?),
                };
                unpacker.decompress(rest, len).ok()
            });
            plain.filter(|plain| plain.len() == len)
        }
        _ => None,
    }
}

/// Appends a number, seven bits in each byte, the lowest first.
pub(in crate::store) fn write_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number from the front of `rest`; `None` if there is none, or it has more than 56 bits.
pub(in crate::store) fn read_number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..56).step_by(7) {
        let (byte, others) = rest.split_first()?;
        *rest = others;
        number |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn applied(delta: &Delta, old: &str) -> Option<String> {
        let mut composed = Composed::on(old.len());
        composed.apply(&delta.edits, 0)?;
        composed.text(old, &delta.words)
    }

    fn words() -> impl Strategy<Value = String> {
        proptest::collection::vec("(one|two|three|zwölf|二|,|\\.|\n|[0-9]{1,3})", 0..40)
            .prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn a_delta_makes_the_new_text_of_the_old_one(old in words(), new in words()) {
            let delta = Delta::between(&old, &new);
            prop_assert_eq!(applied(&delta, &old).unwrap(), new.as_str());
            let decoded = Delta::decode(&delta.encode().unwrap()).unwrap();
            prop_assert_eq!(decoded, delta);
        }

        #[test]
        fn composed_deltas_are_the_deltas_one_after_the_other(texts in proptest::collection::vec(words(), 2..8)) {
            let (mut composed, mut all) = (Composed::on(texts[0].len()), String::new());
            for pair in texts.windows(2) {
                let delta = Delta::between(&pair[0], &pair[1]);
                composed.apply(&delta.edits, all.len()).unwrap();
                all.push_str(&delta.words);
            }
            prop_assert_eq!(composed.text(&texts[0], &all).unwrap(), texts.last().unwrap().as_str());
        }

        #[test]
        fn bytes_that_are_no_delta_are_refused_or_make_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Some(delta) = Delta::decode(&bytes) {
                applied(&delta, "Some old text that is not very long.");
            }
        }
    }

    #[test]
    fn a_changed_digit_is_one_byte() {
        let delta = Delta::between("It was built in 1911, they say.", "It was built in 1912, they say.");
        assert_eq!(delta, Delta { edits: vec![Edit { keep: 19, deleted: 1, new: 1 }], words: "2".into() });
    }

    #[test]
    fn a_delta_for_a_longer_text_is_refused() {
        let delta = Delta::between("one two three", "one two four");
        assert_eq!(applied(&delta, "one"), None);
    }
}
