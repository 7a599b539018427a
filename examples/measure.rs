//! Measures the diff and the anchors on revision pairs, in a format for scorers of several programs.
//!
//! `cargo run --release --example measure -- diff PAIRS OUT` and `-- anchor PAIRS QUOTES OUT`; inputs are JSON lines, plain
//! or compressed with zstd. `-- stale PAIRS QUOTES` changes a digit, a capital and a negation in every quote that has one,
//! and the typography of every quote, and counts which of these are a change of words. `-- fragments PAIRS [SHOW]` carries
//! every sentence and every clause of the old texts, by the diff and by an editor's changes, counts those that end on a
//! piece of a statement, and prints the first SHOW of them. Offsets are code points, times are in-process microseconds, each
//! the median of three runs. It calls the same functions as the product.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::time::Instant;
use tickmark::anchor::{Carried, Words, carry, compare, statement};
use tickmark::model::Placement;
use tickmark::text::{Change, Diff, Offsets, Part, Point, Range, Span, diff, sentences, words};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["diff", pairs, out] => diffs(pairs, out),
        ["anchor", pairs, quotes, out] => anchors(pairs, quotes, out),
        ["stale", pairs, quotes] => stale(pairs, quotes),
        ["fragments", pairs] => fragments(pairs, 0),
        ["fragments", pairs, show] => fragments(pairs, show.parse()?),
        _ => bail!(
            "use: measure diff PAIRS OUT | measure anchor PAIRS QUOTES OUT | measure stale PAIRS QUOTES | \
             measure fragments PAIRS [SHOW]"
        ),
    }
}

#[derive(Deserialize)]
struct Pair {
    id: u32,
    old: String,
    new: String,
}

#[derive(Deserialize)]
struct Quote {
    q: u32,
    pair: u32,
    start: usize,
    end: usize,
}

fn diffs(pairs: &str, out: &str) -> Result<()> {
    let mut out = BufWriter::new(File::create(out)?);
    for pair in lines::<Pair>(pairs)? {
        let pair = pair?;
        let (us, found) = timed(|| diff(&pair.old, &pair.new));
        let (old, new) = (Offsets::new(&pair.old), Offsets::new(&pair.new));
        let moves = found.moves.iter().flat_map(|m| blocks(&m.inner, &old, &new)).collect::<Vec<_>>();
        let kept = blocks(&found.parts, &old, &new);
        writeln!(out, "{}", serde_json::json!({"id": pair.id, "us": us, "blocks": kept, "moves": moves}))?;
        covers(&found, &pair);
    }
    Ok(out.flush()?)
}

/// The kept ranges as old offset, new offset and length in code points.
fn blocks(parts: &[Part], old: &Offsets, new: &Offsets) -> Vec<[usize; 3]> {
    let points = |offsets: &Offsets, span| offsets.span_to_points(span).expect("spans lie on characters");
    let kept = parts.iter().filter_map(|part| match part {
        Part::Kept { old: o, new: n } => Some((points(old, *o), points(new, *n))),
        Part::Deleted { .. } | Part::Inserted { .. } | Part::MovedFrom { .. } | Part::MovedTo { .. } => None,
    });
    kept.map(|(o, n)| [o.start.0, n.start.0, o.end.0 - o.start.0]).collect()
}

/// Stops the run if the parts do not cover both texts, because a measured diff must be correct.
fn covers(found: &Diff, pair: &Pair) {
    let (mut old, mut new) = (0, 0);
    for part in &found.parts {
        let (o, n): (Option<&Span>, Option<&Span>) = match part {
            Part::Kept { old, new } => (Some(old), Some(new)),
            Part::Deleted { old } | Part::MovedFrom { old, .. } => (Some(old), None),
            Part::Inserted { new } | Part::MovedTo { new, .. } => (None, Some(new)),
        };
        old = o.map_or(old, |s| follow(s, old));
        new = n.map_or(new, |s| follow(s, new));
    }
    assert_eq!((old, new), (pair.old.len(), pair.new.len()), "pair {}", pair.id);
}

fn follow(span: &Span, at: usize) -> usize {
    assert_eq!(span.start.0, at, "a part does not follow the one before it");
    span.end.0
}

fn anchors(pairs: &str, quotes: &str, out: &str) -> Result<()> {
    let mut by_pair: HashMap<u32, Vec<Quote>> = HashMap::new();
    for quote in lines::<Quote>(quotes)? {
        let quote = quote?;
        by_pair.entry(quote.pair).or_default().push(quote);
    }
    let mut out = BufWriter::new(File::create(out)?);
    for pair in lines::<Pair>(pairs)? {
        let pair = pair?;
        let Some(quotes) = by_pair.get(&pair.id) else { continue };
        let (old, new) = (Offsets::new(&pair.old), Offsets::new(&pair.new));
        let span = |q: &Quote| old.span_from_points(Range::new(Point(q.start), Point(q.end)));
        let claims = quotes.iter().map(|q| span(q).map(|s| vec![s])).collect::<Result<Vec<_>, _>>()?;
        let (us, carried) = timed(|| carry(&pair.old, &pair.new, None, &claims));
        for (quote, carried) in quotes.iter().zip(carried) {
            writeln!(out, "{}", line(quote.q, us / quotes.len() as f64, &carried, &new)?)?;
        }
    }
    Ok(out.flush()?)
}

/// A change of a quote's text; nothing if it is not possible.
type Deed = fn(&str) -> Option<String>;

fn stale(pairs: &str, quotes: &str) -> Result<()> {
    let olds: HashMap<u32, String> =
        lines::<Pair>(pairs)?.map(|p| p.map(|p| (p.id, p.old))).collect::<Result<_>>()?;
    let deeds: [(&str, Deed); 4] = [
        ("a digit changed", digit),
        ("a capital changed", capital),
        ("a negation dropped", negation),
        ("typography alone", retypeset),
    ];
    let mut counts = [[0usize; 2]; 4];
    for quote in lines::<Quote>(quotes)? {
        let quote = quote?;
        let Some(old) = olds.get(&quote.pair) else { continue };
        let span = Offsets::new(old).span_from_points(Range::new(Point(quote.start), Point(quote.end)))?;
        let was = statement(old, &[span]);
        for (at, (_, deed)) in deeds.iter().enumerate() {
            let Some(now) = deed(&was) else { continue };
            counts[at][0] += 1;
            counts[at][1] += usize::from(compare(&was, &now) != Words::Same);
        }
    }
    for ((what, _), [all, changed]) in deeds.iter().zip(counts) {
        println!("{what}: {changed} of {all} count as a change of words");
    }
    Ok(())
}

/// The text with its first digit increased by one.
fn digit(text: &str) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let next = (text.as_bytes()[at] - b'0' + 1) % 10;
    Some(format!("{}{next}{}", &text[..at], &text[at + 1..]))
}

/// The text with the last capital at the start of a word replaced by another letter.
fn capital(text: &str) -> Option<String> {
    let begins = |at: usize| text[..at].chars().next_back().is_none_or(|c| c == ' ');
    let (at, c) = text.char_indices().rfind(|&(at, c)| c.is_ascii_uppercase() && begins(at))?;
    let other = if c == 'Z' { 'A' } else { (c as u8 + 1) as char };
    Some(format!("{}{other}{}", &text[..at], &text[at + 1..]))
}

fn negation(text: &str) -> Option<String> {
    [" not ", " never ", " no "].iter().find(|n| text.contains(**n)).map(|n| text.replacen(n, " ", 1))
}

/// The text with line breaks or non-breaking spaces for spaces, and curly apostrophes for straight ones inside words.
fn retypeset(text: &str) -> Option<String> {
    let mut now = text.replace('\u{a0}', " ").replacen(' ', "\u{a0}", 1).replacen(' ', "  ", 1);
    for letter in ["s", "t", "re", "ll", "ve", "m", "d"] {
        now = now.replace(&format!("'{letter} "), &format!("’{letter} "));
    }
    (now != text).then_some(now)
}

/// The results for claims that are a whole sentence or clause.
#[derive(Default)]
struct Pieces {
    all: usize,
    changed: usize,
    orphaned: usize,
    /// Changed claims that begin or end in the middle of a clause, without their old first or last word.
    torn: usize,
    /// Changed claims with less than half of their old words, by number and by the words themselves.
    small: usize,
    either: usize,
}

fn fragments(pairs: &str, mut show: usize) -> Result<()> {
    let kinds = ["sentences, by the diff", "sentences, typed", "clauses, by the diff", "clauses, typed"];
    let mut counts: [Pieces; 4] = Default::default();
    for pair in lines::<Pair>(pairs)? {
        let Pair { old, new, .. } = pair?;
        let change = Change::between(&old, &new);
        let sentences = sentences(&old);
        let clauses: Vec<Span> = sentences.iter().flat_map(|s| clauses(&old, *s)).collect();
        for (at, claims) in [&sentences, &sentences, &clauses, &clauses].into_iter().enumerate() {
            let claims: Vec<Vec<Span>> =
                claims.iter().filter(|s| words_in(&old, **s).len() >= 4).map(|s| vec![*s]).collect();
            let exact = (at % 2 == 1).then_some(&change);
            let found = carry(&old, &new, exact, &claims);
            for (was, now) in claims.iter().zip(found) {
                if counts[at].count((&old, was[0]), (&new, &now)) && show > 0 {
                    show -= 1;
                    let now = now.spans[0].of(&new).unwrap_or_default();
                    println!("{}: {:?}\n    => {now:?}", kinds[at], was[0].of(&old).unwrap_or_default());
                }
            }
        }
    }
    for (kind, c) in kinds.iter().zip(&counts) {
        println!(
            "{kind}: {} claims, {} changed, {} orphaned; {} fragments ({} torn, {} small)",
            c.all, c.changed, c.orphaned, c.either, c.torn, c.small
        );
    }
    Ok(())
}

impl Pieces {
    /// Counts one claim. Returns whether it ended on a fragment.
    fn count(&mut self, (old, was): (&str, Span), (new, now): (&str, &Carried)) -> bool {
        self.all += 1;
        self.orphaned += usize::from(now.placement == Placement::Orphaned);
        let (Placement::Changed, Some(span)) = (now.placement, now.spans.first()) else { return false };
        self.changed += 1;
        let (quote, run) = (words_in(old, was), words_in(new, *span));
        let kept = quote.iter().filter(|w| run.contains(w)).count();
        let lost = |word: Option<&String>| word.is_none_or(|w| !run.contains(w));
        let torn = lost(quote.first()) && !bounded(new[..span.start.0].chars().rev())
            || lost(quote.last())
                && !bounded(new[span.end.0..].chars())
                && !new[..span.end.0].ends_with(ends);
        let small = run.len() * 2 < quote.len() && kept * 2 < quote.len();
        self.torn += usize::from(torn);
        self.small += usize::from(small);
        self.either += usize::from(torn || small);
        torn || small
    }
}

/// Whether the first character of `beside` that is not a blank ends a clause. A blank line ends one too.
fn bounded(mut beside: impl Iterator<Item = char>) -> bool {
    let mut breaks = 0;
    let next = beside.find(|c| {
        breaks += usize::from(*c == '\n');
        !c.is_whitespace()
    });
    breaks > 1 || next.is_none_or(|c| !c.is_alphanumeric())
}

/// Whether a mark ends a clause.
fn ends(mark: char) -> bool {
    ".,;:!?…。、，；：！？،؛؟—–()".contains(mark)
}

/// The parts of a sentence between marks that are followed by a blank.
fn clauses(text: &str, sentence: Span) -> Vec<Span> {
    let words = sentence.of(text).unwrap_or_default();
    let (mut all, mut from) = (Vec::new(), 0);
    for (at, mark) in words.char_indices().filter(|(_, c)| ends(*c)) {
        let after = at + mark.len_utf8();
        if !mark.is_ascii() || words[after..].starts_with(char::is_whitespace) || after == words.len() {
            let start = from + words[from..].len() - words[from..].trim_start().len();
            all.extend((start < at).then(|| Span::at(sentence.start.0 + start, sentence.start.0 + at)));
            from = after;
        }
    }
    if all.len() > 1 { all } else { Vec::new() }
}

fn words_in(text: &str, span: Span) -> Vec<String> {
    let part = span.of(text).unwrap_or_default();
    words(part).iter().filter_map(|w| w.of(part)).map(str::to_lowercase).collect()
}

fn line(q: u32, us: f64, carried: &Carried, new: &Offsets) -> Result<serde_json::Value> {
    let Some(span) = carried.spans.first() else { return Ok(serde_json::json!({"q": q, "us": us})) };
    let place = new.span_to_points(*span)?;
    let words = if carried.placement == Placement::Changed { "changed" } else { "same" };
    Ok(serde_json::json!({"q": q, "us": us, "s": place.start.0, "e": place.end.0, "words": words}))
}

/// The result of `work`, and the median of three runs in microseconds; one run if it takes long.
fn timed<T>(work: impl Fn() -> T) -> (f64, T) {
    let once = || {
        let start = Instant::now();
        let result = work();
        (start.elapsed().as_secs_f64() * 1e6, result)
    };
    let (first, result) = once();
    if first > 2e5 {
        return (first, result);
    }
    let mut times = [first, once().0, once().0];
    times.sort_by(f64::total_cmp);
    (times[1], result)
}

fn lines<T: for<'d> Deserialize<'d>>(path: &str) -> Result<impl Iterator<Item = Result<T>>> {
    let file = File::open(path).with_context(|| format!("cannot open {path}"))?;
    let reader: Box<dyn Read> = if path.ends_with(".zst") {
        let mut decoder = zstd::Decoder::new(file)?;
        decoder.window_log_max(27)?;
        Box::new(decoder)
    } else {
        Box::new(file)
    };
    Ok(BufReader::new(reader).lines().map(|line| Ok(serde_json::from_str(&line?)?)))
}
