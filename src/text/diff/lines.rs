//! The first and cheapest step: whole lines that occur once in both texts. The heaviest ordered chain of them is
//! kept. A long line outside the chain has moved. The text between the lines is compared by words.

use super::Block;
use super::chain::{Anchor, heaviest};
use super::hash::{Table, hash};

/// A line with fewer bytes than this is too common to count as moved.
const MIN_MOVED_BYTES: usize = 24;

/// The lines that two texts share.
#[derive(Default)]
pub(super) struct Lines {
    /// Groups of lines kept in order.
    pub kept: Vec<Block>,
    /// Groups of lines that are elsewhere now, in order of the old text.
    pub moved: Vec<Block>,
}

/// Compares two texts by whole lines.
pub(super) fn lines(old: &str, new: &str) -> Lines {
    let head = shared_head(old.as_bytes(), new.as_bytes());
    let tail = shared_tail(&old.as_bytes()[head..], &new.as_bytes()[head..]);
    let (a, b) = (cut(&old[head..old.len() - tail], head), cut(&new[head..new.len() - tail], head));
    let mut found = Lines::default();
    push(&mut found.kept, Block { old: 0, new: 0, len: head });
    between(old, new, &a, &b, &mut found);
    push(&mut found.kept, Block { old: old.len() - tail, new: new.len() - tail, len: tail });
    found
}

struct Line {
    start: usize,
    end: usize,
    hash: u64,
}

fn between(old: &str, new: &str, a: &[Line], b: &[Line], found: &mut Lines) {
    let anchors = anchors(a, b);
    let chain = heaviest(&anchors);
    let (mut i, mut j) = (0, 0);
    let ends = (a.len() as u32, b.len() as u32);
    let chained = anchors.iter().zip(&chain).filter(|(_, in_chain)| **in_chain).map(|(a, _)| (a.old, a.new));
    for (x, y) in chained.chain([ends]) {
        let (x, y) = (x as usize, y as usize);
        if x < i || y < j {
            continue;
        }
        let back =
            a[i..x].iter().rev().zip(b[j..y].iter().rev()).take_while(|(l, r)| same(old, new, l, r)).count();
        let ahead = a[x..].iter().zip(&b[y..]).take_while(|(l, r)| same(old, new, l, r)).count();
        let (from, to) = (x - back, x + ahead);
        a[from..to].iter().zip(&b[y - back..]).for_each(|(l, r)| push(&mut found.kept, block(l, r)));
        (i, j) = (to, y + ahead);
    }
    let strays = anchors
        .iter()
        .zip(chain)
        .filter(|(_, in_chain)| !in_chain)
        .map(|(s, _)| (&a[s.old as usize], &b[s.new as usize]));
    let movable = strays.filter(|(l, r)| l.end - l.start >= MIN_MOVED_BYTES && same(old, new, l, r));
    movable.for_each(|(l, r)| push(&mut found.moved, block(l, r)));
}

/// The lines that occur once on both sides, in order of the old text, weighted by length.
fn anchors(a: &[Line], b: &[Line]) -> Vec<Anchor> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let mut table = Table::new(a.len() + b.len());
    for (at, line) in a.iter().enumerate() {
        let slot = table.slot(line.hash);
        slot.old = (slot.old.0 + 1, at as u32);
    }
    for (at, line) in b.iter().enumerate() {
        let slot = table.slot(line.hash);
        slot.new = (slot.new.0 + 1, at as u32);
    }
    let unique = a.iter().map(|line| (line, table.get(line.hash))).filter(|(_, slot)| slot.is_unique());
    let long = unique.filter(|(line, _)| line.end - line.start > 1);
    long.map(|(line, s)| Anchor {
        old: s.old.1,
        new: s.new.1,
        len: 1,
        weight: (line.end - line.start) as u32,
    })
    .collect()
}

fn same(old: &str, new: &str, l: &Line, r: &Line) -> bool {
    l.hash == r.hash && old.as_bytes()[l.start..l.end] == new.as_bytes()[r.start..r.end]
}

fn block(l: &Line, r: &Line) -> Block {
    Block { old: l.start, new: r.start, len: l.end - l.start }
}

/// Adds a block. It is joined to the last block if it continues that block on both sides.
pub(super) fn push(blocks: &mut Vec<Block>, block: Block) {
    match blocks.last_mut() {
        Some(last) if last.old + last.len == block.old && last.new + last.len == block.new => {
            last.len += block.len
        }
        _ if block.len > 0 => blocks.push(block),
        _ => {}
    }
}

fn cut(text: &str, offset: usize) -> Vec<Line> {
    let (mut all, mut at) = (Vec::with_capacity(text.len() / 64), 0);
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
        all.push(Line { start: offset + at, end: offset + end, hash: hash(&text.as_bytes()[at..end]) });
        at = end;
    }
    all
}

/// The length of the lines both begin with.
fn shared_head(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks_exact(64).zip(b.chunks_exact(64)).take_while(|(x, y)| x == y).count() * 64;
    let more = a[blocks..].iter().zip(&b[blocks..]).take_while(|(x, y)| x == y).count();
    let same = blocks + more;
    if same == a.len() && same == b.len() {
        return same;
    }
    a[..same].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1)
}

/// The length of the lines both end with, without the line end before them.
fn shared_tail(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.rchunks_exact(64).zip(b.rchunks_exact(64)).take_while(|(x, y)| x == y).count() * 64;
    let (x, y) = (&a[..a.len() - blocks], &b[..b.len() - blocks]);
    let same = blocks + x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    let whole = |text: &[u8]| text.len() == same || text[text.len() - same - 1] == b'\n';
    if whole(a) && whole(b) {
        return same;
    }
    a[a.len() - same..].iter().position(|b| *b == b'\n').map_or(0, |n| same - n - 1)
}
