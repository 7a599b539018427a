//! The chains of revisions to measure: the given ones, and long ones made of their texts. The same seed makes the same
//! chains.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use tickmark::text::sentences;

/// The length of the long texts, in bytes.
const LONG: usize = 265 << 10;

/// The revisions of one text, oldest first.
pub type Chain = Vec<String>;

#[derive(Deserialize)]
struct Line {
    revs: Chain,
}

/// Reads chains from JSON lines, plain or compressed with zstd.
pub fn read(path: &str) -> Result<Vec<Chain>> {
    let file = File::open(path).with_context(|| format!("cannot open {path}"))?;
    let reader: Box<dyn Read> =
        if path.ends_with(".zst") { Box::new(zstd::Decoder::new(file)?) } else { Box::new(file) };
    let read = |line: std::io::Result<String>| Ok(serde_json::from_str::<Line>(&line?)?.revs);
    BufReader::new(reader).lines().map(read).collect()
}

/// A long text: many of the given texts one after the other. Each revision replaces one of them with its next real revision.
pub fn joined(given: &[Chain], revisions: usize, seed: u64) -> Chain {
    let mut draw = Draw(seed);
    let parts = enough(given, revisions, &mut draw);
    let mut at = vec![0; parts.len()];
    let mut made = Vec::with_capacity(revisions);
    let join = |parts: &[&Chain], at: &[usize]| {
        parts.iter().zip(at).map(|(p, &n)| p[n].as_str()).collect::<Vec<_>>().join("\n\n")
    };
    made.push(join(&parts, &at));
    while made.len() < revisions {
        let open: Vec<usize> = (0..parts.len()).filter(|&p| at[p] + 1 < parts[p].len()).collect();
        if open.is_empty() {
            break;
        }
        at[open[draw.below(open.len())]] += 1;
        made.push(join(&parts, &at));
    }
    made
}

/// Chains whose texts together are about as long as a long text, from those with the most revisions for their length.
fn enough<'c>(given: &'c [Chain], revisions: usize, draw: &mut Draw) -> Vec<&'c Chain> {
    let length = |chain: &Chain| chain.last().map_or(1, String::len);
    let mut often: Vec<&Chain> = given.iter().collect();
    often.sort_by_key(|chain| length(chain) / chain.len());
    often.truncate(if revisions > 500 { 40 } else { 60 });
    let (mut parts, mut bytes) = (Vec::new(), 0);
    while bytes < LONG && !often.is_empty() {
        let chain = often.swap_remove(draw.below(often.len()));
        bytes += length(chain);
        parts.push(chain);
    }
    parts
}

/// A text of about `bytes` bytes, made of the newest given texts.
pub fn text(given: &[Chain], bytes: usize, seed: u64) -> String {
    let mut draw = Draw(seed);
    let mut text = String::new();
    while text.len() < bytes {
        text.push_str(given[draw.below(given.len())].last().map_or("", String::as_str));
        text.push_str("\n\n");
    }
    let cut = (bytes..).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    text.truncate(cut.min(text.len()));
    text
}

/// A text of `bytes` bytes that is edited again and again: words, digits and sentences are changed, inserted, deleted and
/// moved.
pub fn edited(given: &[Chain], bytes: usize, revisions: usize, seed: u64) -> Chain {
    let (mut draw, mut made) = (Draw(seed), vec![text(given, bytes, seed)]);
    let others = pieces(&text(given, 400 << 10, seed ^ 1));
    let mut now = pieces(&made[0]);
    while made.len() < revisions {
        for _ in 0..1 + draw.below(12) {
            edit(&mut now, &others, &mut draw);
        }
        made.push(now.concat());
    }
    made
}

/// Like [`edited`], but every second revision reverts the one before it and makes one small edit. One in four of the
/// reverted revisions deletes most of the text.
pub fn reverted(given: &[Chain], bytes: usize, revisions: usize, seed: u64) -> Chain {
    let mut draw = Draw(seed);
    let others = pieces(&text(given, 400 << 10, seed ^ 1));
    let mut stands = pieces(&text(given, bytes, seed));
    let mut made = vec![stands.concat()];
    while made.len() < revisions {
        let mut other = stands.clone();
        match draw.below(4) {
            // Deletes most of the text.
            0 => other.truncate(other.len() / 8),
            _ => (0..8).for_each(|_| edit(&mut other, &others, &mut draw)),
        }
        other.push(format!("\nRevision {}.\n", made.len()));
        made.push(other.concat());
        edit(&mut stands, &others, &mut draw);
        made.push(stands.concat());
    }
    made.truncate(revisions);
    made
}

/// The sentences with the blanks after them.
fn pieces(text: &str) -> Vec<String> {
    let starts: Vec<usize> = sentences(text).iter().map(|s| s.start.0).filter(|&at| at > 0).collect();
    let (from, to) = (std::iter::once(0).chain(starts.clone()), starts.iter().copied().chain([text.len()]));
    from.zip(to).map(|(a, b)| text[a..b].to_owned()).filter(|p| !p.is_empty()).collect()
}

/// One small edit somewhere.
fn edit(now: &mut Vec<String>, others: &[String], draw: &mut Draw) {
    let at = draw.below(now.len());
    let other = others[draw.below(others.len())].clone();
    match draw.below(10) {
        0 => now.insert(at, other),
        1 if now.len() > 20 => drop(now.remove(at)),
        2 => {
            let moved = now.remove(at);
            now.insert(draw.below(now.len() + 1), moved);
        }
        3 => now[at] = other,
        4 | 5 => digit(&mut now[at], draw),
        _ => word(&mut now[at], &other, draw),
    }
}

/// Replaces one word.
fn word(sentence: &mut String, other: &str, draw: &mut Draw) {
    let words: Vec<&str> = sentence.split(' ').collect();
    let new: Vec<&str> = other.split(' ').collect();
    let at = draw.below(words.len());
    let mut words: Vec<&str> = words.clone();
    words[at] = new[draw.below(new.len())];
    *sentence = words.join(" ");
}

/// Replaces one digit; if there is none, adds a number at the end.
fn digit(sentence: &mut String, draw: &mut Draw) {
    let digits: Vec<usize> =
        sentence.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect();
    let new = draw.below(10).to_string();
    match digits.is_empty() {
        true => sentence.insert_str(0, &format!("{new} ")),
        false => {
            let at = digits[draw.below(digits.len())];
            sentence.replace_range(at..at + 1, &new);
        }
    }
}

/// A pseudo-random generator with a fixed seed (splitmix64).
pub struct Draw(pub u64);

impl Draw {
    /// A number below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most.max(1) as u64) as usize
    }

    /// The numbers below `count` in some order.
    pub fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        (1..count).for_each(|n| order.swap(n, self.below(n + 1)));
        order
    }
}
