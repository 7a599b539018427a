//! What a text has that its base has not. A delta reads its base once, from its start: so many bytes stay, so many go,
//! so many new ones come. Several deltas are laid on each other before any text is made, so a text far from the one that
//! is kept whole costs hardly more than its own length.

use crate::{
    model::{Doing, Progress},
    text::{Change, Step},
};
use std::{
    cell::RefCell,
    io::{self, Write},
};

/// The longest run of bytes that is ever unpacked, in bytes: a damaged length asks for no more memory than that.
const MOST: usize = 1 << 30;
/// How hard bytes are compressed while somebody waits, and at rest.
const QUICK: i32 = 3;
const STRONG: i32 = 19;
/// How many bytes are compressed hard between two times that it is asked whether to go on: some hundredths of a second.
const PIECE: usize = 64 << 10;
/// Fewer bytes than this are not worth compressing: a frame's own head eats what it saves.
const SHORT: usize = 64;

/// One place where a text differs from its base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Edit {
    /// How many bytes stay before it.
    pub keep: usize,
    /// How many bytes of the base go.
    pub gone: usize,
    /// How many new bytes come in their place.
    pub new: usize,
}

/// All places where a text differs from its base; what stands behind the last one stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Delta {
    /// The places, in order.
    pub edits: Vec<Edit>,
    /// The new words of all of them, one after the other.
    pub words: String,
}

/// How hard bytes are compressed.
#[derive(Clone, Copy)]
pub(in crate::store) enum Level<'p> {
    /// While somebody waits.
    Quick,
    /// At rest, for as long as whoever is asked says that it goes on.
    Strong(&'p dyn Progress),
}

impl Delta {
    /// A text that has no base.
    pub fn whole(text: &str) -> Self {
        let edit = Edit { keep: 0, gone: 0, new: text.len() };
        Self { edits: vec![edit], words: text.to_owned() }
    }

    /// What `new` has that `old` has not.
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

    /// Adds the place where `old` became `new`, but for what both begin and end with. Gives how many bytes they end with.
    fn push(&mut self, keep: usize, old: &str, new: &str) -> usize {
        let (head, tail) = shared_ends(old, new);
        let new = &new[head..new.len() - tail];
        self.edits.push(Edit { keep: keep + head, gone: old.len() - head - tail, new: new.len() });
        self.words.push_str(new);
        tail
    }

    /// About how many bytes it takes.
    pub fn cost(&self) -> usize {
        self.words.len() + 6 * self.edits.len()
    }

    /// It as bytes, to be kept in a row of its own.
    pub fn encode(&self) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        put(&mut plain, self.edits.len());
        self.edits.iter().for_each(|e| e.put(&mut plain));
        plain.extend(self.words.as_bytes());
        pack(&plain, Level::Quick)
    }

    /// What [`Delta::encode`] wrote; nothing where the bytes are not that.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let plain = unpack(bytes)?;
        let mut rest = &plain[..];
        let count = take(&mut rest)?;
        let edits = (0..count).map(|_| Edit::take(&mut rest)).collect::<Option<Vec<_>>>()?;
        let new = edits.iter().try_fold(0_usize, |sum, e| sum.checked_add(e.new))?;
        let words = str::from_utf8(rest).ok()?.to_owned();
        (words.len() == new).then_some(Self { edits, words })
    }
}

impl Edit {
    /// Appends it to `out`.
    pub fn put(&self, out: &mut Vec<u8>) {
        [self.keep, self.gone, self.new].iter().for_each(|&n| put(out, n));
    }

    /// Takes one off the front of `rest`.
    pub fn take(rest: &mut &[u8]) -> Option<Self> {
        Some(Self { keep: take(rest)?, gone: take(rest)?, new: take(rest)? })
    }
}

/// How many bytes both texts begin with, and how many of what is left both end with, without cutting a character.
fn shared_ends(old: &str, new: &str) -> (usize, usize) {
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let head = (0..=a.iter().zip(b).take_while(|(x, y)| x == y).count()).rev();
    let head = head.into_iter().find(|&n| old.is_char_boundary(n)).unwrap_or(0);
    let (a, b) = (&a[head..], &b[head..]);
    let tail = (0..=a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count()).rev();
    let tail = tail.into_iter().find(|&n| old.is_char_boundary(old.len() - n)).unwrap_or(0);
    (head, tail)
}

/// A text as stretches of its base and of new words.
pub(in crate::store) struct Layers {
    parts: Vec<Part>,
    /// The list that was replaced last, so that its memory is used again.
    spare: Vec<Part>,
}

/// One stretch: of the base, or of the words.
#[derive(Clone, Copy)]
struct Part {
    new: bool,
    at: usize,
    len: usize,
}

impl Layers {
    /// The base itself, which has `len` bytes.
    pub fn on(len: usize) -> Self {
        Self { parts: vec![Part { new: false, at: 0, len }], spare: Vec::new() }
    }

    /// Lays a delta on what is there; its new words begin at `words` among all of them. Nothing where it is for a shorter
    /// text than this.
    pub fn lay(&mut self, edits: &[Edit], mut words: usize) -> Option<()> {
        let mut out = std::mem::take(&mut self.spare);
        out.clear();
        let mut from = Reader { parts: &self.parts, used: 0 };
        for edit in edits {
            from.read(edit.keep, |part| push(&mut out, part))?;
            from.read(edit.gone, |_| ())?;
            push(&mut out, Part { new: true, at: words, len: edit.new });
            words += edit.new;
        }
        from.rest(|part| push(&mut out, part));
        self.spare = std::mem::replace(&mut self.parts, out);
        Some(())
    }

    /// The text, made of `base` and `words`. Nothing where a stretch lies outside them or cuts a character.
    pub fn text(&self, base: &str, words: &str) -> Option<String> {
        let mut text = String::with_capacity(self.parts.iter().map(|p| p.len).sum());
        for part in &self.parts {
            text.push_str(if part.new { words } else { base }.get(part.at..part.at + part.len)?);
        }
        Some(text)
    }
}

/// Appends a part, into the last one where it goes on there.
fn push(parts: &mut Vec<Part>, part: Part) {
    match parts.last_mut() {
        Some(last) if last.new == part.new && last.at + last.len == part.at => last.len += part.len,
        _ if part.len == 0 => {}
        _ => parts.push(part),
    }
}

/// Reads parts from their start.
struct Reader<'p> {
    parts: &'p [Part],
    /// How many bytes of the first part are read.
    used: usize,
}

impl Reader<'_> {
    fn read(&mut self, mut len: usize, mut tell: impl FnMut(Part)) -> Option<()> {
        while len > 0 {
            let part = self.parts.first()?;
            let here = len.min(part.len - self.used);
            tell(Part { at: part.at + self.used, len: here, ..*part });
            (len, self.used) = (len - here, self.used + here);
            if self.used == part.len {
                (self.parts, self.used) = (&self.parts[1..], 0);
            }
        }
        Some(())
    }

    fn rest(&mut self, mut tell: impl FnMut(Part)) {
        if let Some((first, others)) = self.parts.split_first() {
            tell(Part { at: first.at + self.used, len: first.len - self.used, ..*first });
            others.iter().for_each(|part| tell(*part));
        }
    }
}

/// Compresses bytes, where that makes them shorter. The first byte tells whether, then comes how long they were.
pub(in crate::store) fn pack(plain: &[u8], level: Level) -> io::Result<Vec<u8>> {
    let mut out = vec![0];
    if plain.len() >= SHORT {
        let packed = compress(plain, level)?;
        if packed.len() + 4 < plain.len() {
            out[0] = 1;
            put(&mut out, plain.len());
            out.extend(packed);
            return Ok(out);
        }
    }
    out.extend(plain);
    Ok(out)
}

thread_local! {
    /// Making one costs more than packing or unpacking a short text.
    static PACKER: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<zstd::bulk::Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Only what a quick packer needs is kept: a strong one takes many megabytes.
fn compress(plain: &[u8], level: Level) -> io::Result<Vec<u8>> {
    match level {
        Level::Strong(progress) => compress_strong(plain, progress),
        Level::Quick => PACKER.with_borrow_mut(|packer| match packer {
            Some(packer) => packer.compress(plain),
            None => packer.insert(quick_packer()?).compress(plain),
        }),
    }
}

/// The length is told beside the frame and digests prove what is in it, so the frame carries neither.
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
    for (nth, piece) in plain.chunks(PIECE).enumerate() {
        progress.at(Doing::Packing, (nth * PIECE) as u64, plain.len() as u64).map_err(io::Error::other)?;
        packer.write_all(piece)?;
    }
    packer.finish()
}

/// What [`pack`] was given; nothing where the bytes are not that.
pub(in crate::store) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let (form, mut rest) = bytes.split_first()?;
    match form {
        0 => Some(rest.to_vec()),
        1 => {
            let len = take(&mut rest).filter(|&n| n <= MOST)?;
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

/// Appends a number, seven bits a byte, lowest first.
pub(in crate::store) fn put(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number off the front of `rest`; nothing where there is none, or one of more than 56 bits.
pub(in crate::store) fn take(rest: &mut &[u8]) -> Option<usize> {
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
        let mut layers = Layers::on(old.len());
        layers.lay(&delta.edits, 0)?;
        layers.text(old, &delta.words)
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
            let kept = Delta::decode(&delta.encode().unwrap()).unwrap();
            prop_assert_eq!(kept, delta);
        }

        #[test]
        fn deltas_laid_on_each_other_are_the_deltas_one_after_the_other(texts in proptest::collection::vec(words(), 2..8)) {
            let (mut layers, mut all) = (Layers::on(texts[0].len()), String::new());
            for pair in texts.windows(2) {
                let delta = Delta::between(&pair[0], &pair[1]);
                layers.lay(&delta.edits, all.len()).unwrap();
                all.push_str(&delta.words);
            }
            prop_assert_eq!(layers.text(&texts[0], &all).unwrap(), texts.last().unwrap().as_str());
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
        assert_eq!(delta, Delta { edits: vec![Edit { keep: 19, gone: 1, new: 1 }], words: "2".into() });
    }

    #[test]
    fn a_delta_for_a_longer_text_is_refused() {
        let delta = Delta::between("one two three", "one two four");
        assert_eq!(applied(&delta, "one"), None);
    }
}
