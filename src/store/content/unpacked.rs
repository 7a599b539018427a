//! Texts and packs that were unpacked a moment ago, so that the next one near them need not unpack everything again.
//! What is here is only a shortcut: that a text is still kept is always asked of the file first.

use super::packs::{Pack, Ready};
use crate::model::Digest;
use std::{cell::RefCell, collections::HashMap, sync::Arc};

/// How many bytes are held at the most; then what was not used for longest is let go, half of them.
const MOST: usize = 32 << 20;

type Hash = [u8; 32];

/// Unpacked texts by their hash, and packs by their number.
#[derive(Default)]
pub(in crate::store) struct Unpacked(RefCell<Held>);

#[derive(Default)]
struct Held {
    texts: HashMap<Hash, Single>,
    packs: HashMap<i64, Open>,
    bytes: usize,
    /// Counts what was asked, so that what was not asked for longest is known.
    clock: u64,
}

/// A text that has a row of its own. It was unpacked on the way to another one, or is proven by its own hash.
struct Single {
    plain: Arc<String>,
    proven: bool,
    used: u64,
}

/// A pack, and what came of it.
struct Open {
    pack: Pack,
    /// Made when a text far from the whole one is asked for.
    ready: Option<Ready>,
    used: u64,
}

impl Unpacked {
    /// The text held under that hash, proven or not.
    pub fn text(&self, at: &Hash) -> Option<Arc<String>> {
        let mut held = self.0.borrow_mut();
        let now = held.tick();
        held.texts.get_mut(at).map(|single| {
            single.used = now;
            Arc::clone(&single.plain)
        })
    }

    /// Holds a text.
    pub fn hold(&self, at: Hash, plain: String) -> Arc<String> {
        let plain = Arc::new(plain);
        let mut held = self.0.borrow_mut();
        held.room(plain.len());
        let single = Single { plain: Arc::clone(&plain), proven: false, used: held.tick() };
        held.bytes += plain.len();
        if let Some(before) = held.texts.insert(at, single) {
            held.bytes -= before.plain.len();
        }
        plain
    }

    /// Whether the bytes held under that hash have it; taken once for each.
    pub fn prove(&self, digest: &Digest, plain: &str) -> bool {
        let mut held = self.0.borrow_mut();
        match held.texts.get_mut(&digest.0) {
            Some(single) if single.proven => true,
            Some(single) => {
                single.proven = Digest::of(plain.as_bytes()) == *digest;
                single.proven
            }
            None => Digest::of(plain.as_bytes()) == *digest,
        }
    }

    /// Whether the pack of that number is held, with more places than `nth`.
    pub fn has_pack(&self, seq: i64, nth: usize) -> bool {
        self.0.borrow().packs.get(&seq).is_some_and(|open| nth < open.pack.places())
    }

    /// Holds a pack.
    pub fn hold_pack(&self, seq: i64, pack: Pack) {
        let mut held = self.0.borrow_mut();
        let open = Open { pack, ready: None, used: held.tick() };
        held.drop_pack(seq);
        held.room(open.bytes());
        held.bytes += open.bytes();
        held.packs.insert(seq, open);
    }

    /// The text at a place of a pack that is held, where the pack has the one of that hash there. The pack was proven when it
    /// was opened, and each text by its own hash when it came into the pack, so it is not digested here again.
    pub fn packed_text(&self, seq: i64, nth: usize, digest: &Digest) -> Option<String> {
        let mut held = self.0.borrow_mut();
        let now = held.tick();
        let open = held.packs.get_mut(&seq)?;
        open.used = now;
        open.pack.digest_at(nth).filter(|at| at == digest)?;
        let more = if open.ready.is_none() && open.pack.is_far(nth) {
            open.ready.insert(open.pack.ready()).bytes()
        } else {
            0
        };
        let text = open.pack.text(nth, open.ready.as_ref().unwrap_or(&Ready::default()));
        held.bytes += more;
        held.room(0);
        text
    }

    /// The place of the text that the one at `nth` is a delta against, in a pack that is held.
    pub fn base(&self, seq: i64, nth: usize) -> Option<usize> {
        self.0.borrow().packs.get(&seq)?.pack.base(nth)
    }

    /// Lets a pack go.
    pub fn drop_pack(&self, seq: i64) {
        self.0.borrow_mut().drop_pack(seq);
    }

    /// Lets everything go: what is read next is read from the file.
    pub fn clear(&self) {
        *self.0.borrow_mut() = Held::default();
    }
}

impl Held {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    fn drop_pack(&mut self, seq: i64) {
        if let Some(open) = self.packs.remove(&seq) {
            self.bytes -= open.bytes();
        }
    }

    /// Makes room for so many bytes more.
    fn room(&mut self, bytes: usize) {
        while self.bytes + bytes > MOST && !(self.texts.is_empty() && self.packs.is_empty()) {
            let mut used: Vec<u64> = self.texts.values().map(|single| single.used).collect();
            used.extend(self.packs.values().map(|open| open.used));
            let middle = used.len() / 2;
            let old = *used.select_nth_unstable(middle).1;
            self.texts.retain(|_, single| single.used > old);
            self.packs.retain(|_, open| open.used > old);
            self.bytes = self.texts.values().map(|single| single.plain.len()).sum();
            self.bytes += self.packs.values().map(Open::bytes).sum::<usize>();
        }
    }
}

impl Open {
    fn bytes(&self) -> usize {
        self.pack.bytes() + self.ready.as_ref().map_or(0, Ready::bytes)
    }
}
