//! The laws of the fuzz targets, tested on their seeds and on a few hundred changed copies of each. The copies are the same
//! every time, so a found fault is tested again without the fuzzer and its compiler.

use std::path::Path;

#[path = "../../fuzz/laws.rs"]
mod laws;

/// How many changed copies of a seed are tried.
const CHANGES: u64 = 300;
/// Inserted text: characters and words with a meaning in the formats.
const WORDS: [&[u8]; 16] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"null",
    b"-1",
    b"1e999",
    b"\n",
    b"\0",
    b"\xff",
    b"PK\x05\x06",
    b"../",
    b"%0A",
];

/// A pseudo-random generator with a fixed seed. The multiplier and step are those of Knuth's MMIX generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// One to four changes: a flipped bit, another byte, a deleted or doubled range, an inserted word, or a truncation.
    fn change(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(4) {
            let (at, long) = (self.below(bytes.len()), 1 + self.below(40));
            let to = (at + long).min(bytes.len());
            match self.below(6) {
                _ if bytes.is_empty() => bytes.push(self.below(256) as u8),
                0 => bytes[at] ^= 1 << self.below(8),
                1 => bytes[at] = self.below(256) as u8,
                2 => drop(bytes.drain(at..to)),
                3 => drop(bytes.splice(at..at, seed[at.min(seed.len())..to.min(seed.len())].to_vec())),
                4 => drop(bytes.splice(at..at, WORDS[self.below(WORDS.len())].to_vec())),
                _ => bytes.truncate(at),
            }
        }
        bytes
    }
}

fn held(target: &str, law: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut seeds: Vec<_> =
        std::fs::read_dir(folder).expect("seeds").map(|e| e.expect("a seed").path()).collect();
    seeds.sort();
    assert!(!seeds.is_empty());
    for (n, seed) in seeds.iter().enumerate() {
        let bytes = std::fs::read(seed).expect("a seed");
        law(&bytes);
        let mut numbers = Numbers(n as u64 + 1);
        for _ in 0..CHANGES {
            law(&numbers.change(&bytes));
        }
    }
}

#[test]
fn manifests_of_any_bytes_do_no_harm() {
    held("manifest", laws::manifest);
}

#[test]
fn archives_of_any_bytes_do_no_harm() {
    held("zip", laws::zip);
}

#[test]
fn claims_of_any_bytes_do_not_verify_in_a_sound_bundle() {
    held("claims", laws::claims);
}

#[test]
fn a_history_of_any_bytes_does_not_verify_in_a_sound_bundle() {
    held("history", laws::history);
}

#[test]
fn annotations_of_any_bytes_do_no_harm() {
    held("annotation", laws::annotation);
}

#[test]
fn reviews_of_any_bytes_do_no_harm() {
    held("claimreview", laws::claimreview);
}

#[test]
fn web_archives_of_any_bytes_do_no_harm() {
    held("wacz", laws::wacz);
}

#[test]
fn pdfs_of_any_bytes_do_no_harm() {
    held("pdf", laws::pdf);
}

#[test]
fn mails_of_any_bytes_do_no_harm() {
    held("mime", laws::mime);
}

#[test]
fn web_pages_of_any_bytes_do_no_harm() {
    held("html", laws::html);
}

#[test]
fn word_files_of_any_bytes_do_no_harm() {
    held("docx", laws::docx);
}
