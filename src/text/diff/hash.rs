//! A quick hash of short byte strings, the same on every machine.
//!
//! While aligning, equal hashes count as equal words. Kept text is then compared byte by byte, so a collision can
//! only lose a match. It never gives a wrong result.

/// An odd constant with well-spread bits: 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hashes `bytes`, sixteen at a time (after Wang Yi's wyhash).
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let (chunks, rest) = bytes.as_chunks::<16>();
    let mut state = (bytes.len() as u64 + 1).wrapping_mul(SPREAD);
    for chunk in chunks {
        state = folded(state ^ four(chunk, 0, 4), SPREAD ^ four(chunk, 8, 12));
    }
    let (a, b) = ends(rest);
    folded(state ^ a, SPREAD.rotate_left(32) ^ b)
}

/// Fewer than sixteen bytes as two numbers; bytes in the middle may be in both.
fn ends(rest: &[u8]) -> (u64, u64) {
    match rest.len() {
        0 => (0, 0),
        n @ 1..4 => (u64::from(rest[0]) << 16 | u64::from(rest[n / 2]) << 8 | u64::from(rest[n - 1]), 0),
        n => {
            let step = n / 8 * 4;
            (four(rest, 0, step), four(rest, n - 4, n - 4 - step))
        }
    }
}

/// Four bytes at each of two places.
fn four(bytes: &[u8], first: usize, second: usize) -> u64 {
    let at = |at: usize| bytes[at..].first_chunk().map_or(0, |four| u32::from_le_bytes(*four));
    u64::from(at(first)) << 32 | u64::from(at(second))
}

fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ (product >> 64) as u64
}

/// Folds one more number into a hash.
pub(super) fn mix(state: u64, more: u64) -> u64 {
    let product = u128::from(state ^ more ^ SPREAD) * u128::from(SPREAD ^ more.rotate_left(23));
    (product as u64) ^ (product >> 64) as u64 ^ more
}

/// Counts how often each key occurs on either side: open addressing, sized once.
pub(super) struct Table {
    slots: Vec<Slot>,
    mask: usize,
}

/// The counts of one key.
#[derive(Clone, Copy, Default)]
pub(super) struct Slot {
    pub key: u64,
    /// How often it occurs in the old sequence, and its last position there.
    pub old: (u32, u32),
    /// How often it occurs in the new sequence, and its last position there.
    pub new: (u32, u32),
}

impl Slot {
    /// Whether the key occurs exactly once on both sides.
    pub fn is_unique(&self) -> bool {
        self.old.0 == 1 && self.new.0 == 1
    }
}

impl Table {
    /// A table with space for `keys` keys.
    pub fn new(keys: usize) -> Self {
        let size = (keys * 2).next_power_of_two().max(8);
        Self { slots: vec![Slot::default(); size], mask: size - 1 }
    }

    /// The slot of `key`. It is created if there is none.
    pub fn slot(&mut self, key: u64) -> &mut Slot {
        let at = self.find(key);
        self.slots[at].key = key;
        &mut self.slots[at]
    }

    /// The counts of `key`.
    pub fn get(&self, key: u64) -> Slot {
        self.slots[self.find(key)]
    }

    fn find(&self, key: u64) -> usize {
        let mut at = (key.wrapping_mul(SPREAD) >> 32) as usize & self.mask;
        loop {
            let slot = &self.slots[at];
            if slot.key == key || slot.old.0 + slot.new.0 == 0 {
                return at;
            }
            at = (at + 1) & self.mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::hash;
    use std::collections::HashSet;

    #[test]
    fn short_words_have_hashes_of_their_own() {
        let letters: Vec<String> = ('a'..='z').map(String::from).collect();
        let longer = |words: &[String]| -> Vec<String> {
            words.iter().flat_map(|w| letters.iter().map(move |l| format!("{w}{l}"))).collect()
        };
        let (two, three) = (longer(&letters), longer(&longer(&letters)));
        let long = (0..40).map(|n| "a".repeat(n));
        let all: HashSet<String> =
            letters.iter().chain(&two).chain(&three).cloned().chain(longer(&three)).chain(long).collect();
        assert_eq!(all.iter().map(|w| hash(w.as_bytes())).collect::<HashSet<_>>().len(), all.len());
    }
}
