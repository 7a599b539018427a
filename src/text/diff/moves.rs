//! Passages that are elsewhere now: first the whole lines that the line step found, then sentences and lines of the
//! rest, found by the runs of three words they share. A moved passage may also be edited.
//!
//! A moved passage must have a few words, and more than half of its word runs must agree, because a wrong move hides
//! a deletion.

use super::{
    Block, Move, Part,
    align::Token,
    engine,
    hash::{Slot, Table, mix},
    parts,
    words::read,
};
use crate::text::Span;

/// The fewest words of a passage that can count as moved.
const MIN_WORDS: usize = 5;
/// If more passages than this share a run of words, the run is ignored, so that common runs cost nothing.
const MAX_HOLDERS: usize = 8;

/// The moved passages in the text outside `kept`, in order of the old text.
pub(super) fn moves(old: &str, new: &str, kept: &[Block], lines: &[Block]) -> Vec<Move> {
    let (gone, come) = unkept(kept, old.len(), new.len());
    if gone.is_empty() || come.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Span, Span)> =
        lines.iter().filter_map(|line| line_spans(line, &gone, &come)).collect();
    let left = |open: &[Span], mut taken: Vec<Span>| {
        taken.sort();
        without(open, &taken)
    };
    let gone_rest = left(&gone, found.iter().map(|f| f.0).collect());
    let come_rest = left(&come, found.iter().map(|f| f.1).collect());
    let come_passages = passages(new, &come_rest);
    let gone_passages = mostly_in(passages(old, &gone_rest), &come_passages);
    let come_passages = mostly_in(come_passages, &gone_passages);
    found.extend(pair_alike(&gone_passages, &come_passages));
    let neighbours = |a: &(Span, Span), b: &(Span, Span)| {
        are_neighbours(old, &gone, a.0, b.0) && are_neighbours(new, &come, a.1, b.1)
    };
    joined(found, neighbours)
        .into_iter()
        .map(|(o, n)| Move { old: o, new: n, inner: parts_inside(old, new, o, n) })
        .collect()
}

/// Whether only blanks that are not kept are between `a` and the following `b`.
fn are_neighbours(text: &str, open: &[Span], a: Span, b: Span) -> bool {
    a.end <= b.start && text[a.end.0..b.start.0].trim().is_empty() && holds(open, &Span::new(a.start, b.end))
}

/// Whether one of the `open` spans, which are in order, contains `span`.
fn holds(open: &[Span], span: &Span) -> bool {
    let past = open.partition_point(|s| s.start <= span.start);
    past > 0 && open[past - 1].contains(span)
}

/// The spans of both sides that are not kept.
fn unkept(kept: &[Block], old: usize, new: usize) -> (Vec<Span>, Vec<Span>) {
    let (mut gone, mut come, mut o, mut n) = (Vec::new(), Vec::new(), 0, 0);
    for block in kept.iter().chain([&Block { old, new, len: 0 }]) {
        gone.extend((block.old > o).then(|| Span::at(o, block.old)));
        come.extend((block.new > n).then(|| Span::at(n, block.new)));
        (o, n) = (block.old + block.len, block.new + block.len);
    }
    (gone, come)
}

/// A moved line as two spans, if neither side of it was kept after all.
fn line_spans(line: &Block, gone: &[Span], come: &[Span]) -> Option<(Span, Span)> {
    let (old, new) = (Span::at(line.old, line.old + line.len), Span::at(line.new, line.new + line.len));
    (holds(gone, &old) && holds(come, &new)).then_some((old, new))
}

/// `spans` without the `taken` spans, both in order.
fn without(spans: &[Span], taken: &[Span]) -> Vec<Span> {
    let mut left = Vec::with_capacity(spans.len());
    for span in spans {
        let mut at = span.start;
        let first = taken.partition_point(|t| t.end <= span.start);
        for t in taken[first..].iter().take_while(|t| t.start < span.end) {
            left.extend((t.start > at).then(|| Span::new(at, t.start)));
            at = at.max(t.end);
        }
        left.extend((span.end > at).then(|| Span::new(at, span.end)));
    }
    left
}

/// A sentence or line of the text that is not kept, with its runs of three words.
struct Passage {
    span: Span,
    runs: Vec<u64>,
}

/// Cuts the spans that are not kept at line ends and after sentence ends.
fn passages(text: &str, open: &[Span]) -> Vec<Passage> {
    let mut all = Vec::new();
    for span in open.iter().filter(|span| span.len() > 3 * MIN_WORDS) {
        let words = span.of(text).unwrap_or_default();
        let mut from = 0;
        for (at, end) in words.match_indices(['.', '!', '?', '\n', '。', '！', '？']) {
            let to = at + end.len();
            let rest = &words[to..];
            if end == "\n"
                && !rest.starts_with('\n')
                && at > 0
                && !words[..at].ends_with(['.', '!', '?', '\n', '。'])
                || end.is_ascii() && end != "\n" && !rest.starts_with(char::is_whitespace) && !rest.is_empty()
            {
                continue;
            }
            all.extend(passage(text, span.start.0 + from, span.start.0 + to));
            from = to;
        }
        all.extend(passage(text, span.start.0 + from, span.end.0));
    }
    all
}

fn passage(text: &str, from: usize, to: usize) -> Option<Passage> {
    let words = &text[from..to];
    let start = from + words.len() - words.trim_start().len();
    let mut tokens: Vec<Token> = Vec::new();
    read(text, start, start + words.trim().len(), &mut tokens);
    tokens.retain(|t| t.is_word);
    let run = |w: &[Token]| w.iter().fold(0, |key, token| mix(key, token.hash));
    let runs = tokens.windows(3).map(run).collect();
    (tokens.len() >= MIN_WORDS).then(|| Passage { span: Span::at(start, start + words.trim().len()), runs })
}

/// The passages of which more than half of the runs may be in `others` too. It asks a set of bits, which is small enough to be
/// quick (after Bloom 1970); a rewritten text has none of these.
fn mostly_in(all: Vec<Passage>, others: &[Passage]) -> Vec<Passage> {
    let runs = others.iter().map(|p| p.runs.len()).sum::<usize>();
    let mut bits = vec![0u64; (runs / 4).next_power_of_two()];
    let mask = bits.len() - 1;
    let place = |run: u64| ((run >> 32) as usize & mask, 1u64 << (run & 63));
    for (at, bit) in others.iter().flat_map(|p| &p.runs).map(|run| place(*run)) {
        bits[at] |= bit;
    }
    let has = |run: &&u64| bits[place(**run).0] & place(**run).1 != 0;
    all.into_iter().filter(|p| 2 * p.runs.iter().filter(has).count() > p.runs.len()).collect()
}

/// Pairs each deleted passage with the inserted passage that shares the most runs of words with it. Each is used
/// once.
fn pair_alike(gone: &[Passage], come: &[Passage]) -> Vec<(Span, Span)> {
    let runs = |side: &[Passage]| side.iter().map(|p| p.runs.len()).sum::<usize>();
    let mut known = Table::new(runs(come));
    let mut holders: Vec<Vec<u32>> = Vec::new();
    for (at, passage) in come.iter().enumerate() {
        for run in &passage.runs {
            add_holder(&mut holders, known.slot(*run), at as u32);
        }
    }
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let mut shared = vec![0usize; come.len()];
    for (at, passage) in gone.iter().enumerate() {
        let mut seen: Vec<u32> = Vec::new();
        for run in &passage.runs {
            let slot = known.get(*run);
            let list = if slot.new.0 > 0 { holders[slot.new.1 as usize].as_slice() } else { &[] };
            for &to in list.iter().filter(|_| list.len() <= MAX_HOLDERS) {
                seen.extend((shared[to as usize] == 0).then_some(to));
                shared[to as usize] += 1;
            }
        }
        for to in seen.into_iter().map(|to| to as usize) {
            let n = std::mem::take(&mut shared[to]);
            found.extend((2 * n > passage.runs.len().max(come[to].runs.len())).then_some((n, at, to)));
        }
    }
    found.sort_by_key(|&(n, at, to)| (std::cmp::Reverse(n), at, to));
    let (mut left, mut taken) = (vec![false; gone.len()], vec![false; come.len()]);
    found.retain(|&(_, at, to)| {
        let free = !left[at] && !taken[to];
        (left[at], taken[to]) = (left[at] || free, taken[to] || free);
        free
    });
    found.into_iter().map(|(_, at, to)| (gone[at].span, come[to].span)).collect()
}

/// Records that the passage `at` has the run of words of `slot`.
fn add_holder(holders: &mut Vec<Vec<u32>>, slot: &mut Slot, at: u32) {
    if slot.new.0 == 0 {
        slot.new = (1, holders.len() as u32);
        holders.push(Vec::new());
    }
    let list = &mut holders[slot.new.1 as usize];
    if list.len() <= MAX_HOLDERS && list.last() != Some(&at) {
        list.push(at);
    }
}

/// Joins moved passages that are neighbours on both sides.
fn joined(
    mut found: Vec<(Span, Span)>,
    neighbours: impl Fn(&(Span, Span), &(Span, Span)) -> bool,
) -> Vec<(Span, Span)> {
    found.sort();
    let mut all: Vec<(Span, Span)> = Vec::new();
    for both in found {
        match all.last_mut() {
            Some(last) if neighbours(last, &both) => (last.0.end, last.1.end) = (both.0.end, both.1.end),
            _ => all.push(both),
        }
    }
    all
}

/// What changed inside a moved passage.
fn parts_inside(old: &str, new: &str, o: Span, n: Span) -> Vec<Part> {
    let (a, b) = (o.of(old).unwrap_or_default(), n.of(new).unwrap_or_default());
    let mut kept =
        if a == b { vec![Block { old: 0, new: 0, len: a.len() }] } else { engine::shared(a, b).kept };
    for block in &mut kept {
        (block.old, block.new) = (block.old + o.start.0, block.new + n.start.0);
    }
    parts(&kept, o, n)
}
