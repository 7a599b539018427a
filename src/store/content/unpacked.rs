//! A cache of unpacked texts and packs, so that similar texts are read fast. The file is always asked first whether a text
//! is still stored.

use super::packs::{Pack, TextCache};
use crate::model::Digest;
use std::{cell::RefCell, collections::HashMap, sync::Arc};

/// The most bytes in the cache. When it is full, the less recently used half is removed.
const MAX_BYTES: usize = 32 << 20;

type Hash = [u8; 32];

/// Unpacked texts by their hash, and packs by their number.
#[derive(Default)]
pub(in crate::store) struct Unpacked(RefCell<Entries>);

#[derive(Default)]
struct Entries {
    texts: HashMap<Hash, CachedText>,
    packs: HashMap<i64, CachedPack>,
    bytes: usize,
    /// Counts accesses, to know what was not used for longest.
    clock: u64,
}

/// A text that has a row of its own. It was unpacked as a part of another one's delta chain, or is proven by its own hash.
struct CachedText {
    plain: Arc<String>,
    proven: bool,
    used: u64,
}

/// A pack and its cached texts.
struct CachedPack {
    pack: Pack,
    text_cache: TextCache,
    used: u64,
}

impl Unpacked {
    /// The cached text of that hash, proven or not.
    pub fn text(&self, at: &Hash) -> Option<Arc<String>> {
        let mut entries = self.0.borrow_mut();
        let now = entries.tick();
        entries.texts.get_mut(at).map(|cached| {
            cached.used = now;
            Arc::clone(&cached.plain)
        })
    }

    /// Caches a text.
    pub fn insert(&self, at: Hash, plain: String) -> Arc<String> {
        let plain = Arc::new(plain);
        let mut entries = self.0.borrow_mut();
        entries.make_space(plain.len());
        let cached = CachedText { plain: Arc::clone(&plain), proven: false, used: entries.tick() };
        entries.bytes += plain.len();
        if let Some(before) = entries.texts.insert(at, cached) {
            entries.bytes -= before.plain.len();
        }
        plain
    }

    /// Whether the text has that hash. It is computed once for each cached text.
    pub fn prove(&self, digest: &Digest, plain: &str) -> bool {
        let mut entries = self.0.borrow_mut();
        match entries.texts.get_mut(&digest.0) {
            Some(cached) if cached.proven => true,
            Some(cached) => {
                cached.proven = Digest::of(plain.as_bytes()) == *digest;
                cached.proven
            }
            None => Digest::of(plain.as_bytes()) == *digest,
        }
    }

    /// Whether the pack of that number is cached and has more places than `nth`.
    pub fn has_pack(&self, seq: i64, nth: usize) -> bool {
        self.0.borrow().packs.get(&seq).is_some_and(|cached| nth < cached.pack.places())
    }

    /// Caches a pack.
    pub fn insert_pack(&self, seq: i64, pack: Pack) {
        let mut entries = self.0.borrow_mut();
        let cached = CachedPack { text_cache: pack.text_cache(), pack, used: entries.tick() };
        entries.drop_pack(seq);
        entries.make_space(cached.bytes());
        entries.bytes += cached.bytes();
        entries.packs.insert(seq, cached);
    }

    /// The text at a place of a cached pack, if its hash is the right one. The pack was proven when it was opened, and each
    /// text by its own hash when it was added to the pack, so it is not hashed again here.
    pub fn packed_text(&self, seq: i64, nth: usize, digest: &Digest) -> Option<String> {
        let mut entries = self.0.borrow_mut();
        let now = entries.tick();
        let cached = entries.packs.get_mut(&seq)?;
        cached.used = now;
        cached.pack.digest_at(nth).filter(|at| at == digest)?;
        let before = cached.text_cache.bytes();
        let text = cached.pack.text(nth, &mut cached.text_cache);
        entries.bytes += cached.text_cache.bytes() - before;
        entries.make_space(0);
        text
    }

    /// In a cached pack, the place of the base of the text at `nth`.
    pub fn base(&self, seq: i64, nth: usize) -> Option<usize> {
        self.0.borrow().packs.get(&seq)?.pack.base(nth)
    }

    /// Removes a pack.
    pub fn drop_pack(&self, seq: i64) {
        self.0.borrow_mut().drop_pack(seq);
    }

    /// Removes everything: the next read reads the file.
    pub fn clear(&self) {
        *self.0.borrow_mut() = Entries::default();
    }
}

impl Entries {
    fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }

    fn drop_pack(&mut self, seq: i64) {
        if let Some(cached) = self.packs.remove(&seq) {
            self.bytes -= cached.bytes();
        }
    }

    /// Removes entries until `bytes` more bytes fit.
    fn make_space(&mut self, bytes: usize) {
        while self.bytes + bytes > MAX_BYTES && !(self.texts.is_empty() && self.packs.is_empty()) {
            let mut used: Vec<u64> = self.texts.values().map(|cached| cached.used).collect();
            used.extend(self.packs.values().map(|cached| cached.used));
            let middle = used.len() / 2;
            let old = *used.select_nth_unstable(middle).1;
            self.texts.retain(|_, cached| cached.used > old);
            self.packs.retain(|_, cached| cached.used > old);
            self.bytes = self.texts.values().map(|cached| cached.plain.len()).sum();
            self.bytes += self.packs.values().map(CachedPack::bytes).sum::<usize>();
        }
    }
}

impl CachedPack {
    fn bytes(&self) -> usize {
        self.pack.bytes() + self.text_cache.bytes()
    }
}
