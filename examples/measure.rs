//! Measures the diff and the anchors on revision pairs, in the format a scorer of several programs reads.
//!
//! `cargo run --release --example measure -- diff PAIRS OUT` and `-- anchor PAIRS QUOTES OUT`; inputs are
//! JSON lines, plain or compressed with zstd. Offsets are code points, times in-process microseconds, each
//! the median of three runs. It calls what the product calls and nothing else.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::time::Instant;
use tickmark::anchor::{Carried, carry};
use tickmark::model::Placement;
use tickmark::text::{Diff, Offsets, Part, Point, Range, Span, diff};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["diff", pairs, out] => diffs(pairs, out),
        ["anchor", pairs, quotes, out] => anchors(pairs, quotes, out),
        _ => bail!("use: measure diff PAIRS OUT | measure anchor PAIRS QUOTES OUT"),
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

/// The kept stretches as old, new and length in code points.
fn blocks(parts: &[Part], old: &Offsets, new: &Offsets) -> Vec<[usize; 3]> {
    let points = |offsets: &Offsets, span| offsets.span_to_points(span).expect("spans lie on characters");
    let kept = parts.iter().filter_map(|part| match part {
        Part::Kept { old: o, new: n } => Some((points(old, *o), points(new, *n))),
        Part::Deleted { .. } | Part::Inserted { .. } | Part::MovedFrom { .. } | Part::MovedTo { .. } => None,
    });
    kept.map(|(o, n)| [o.start.0, n.start.0, o.end.0 - o.start.0]).collect()
}

/// Stops the run when the parts do not cover both texts: a measured diff must be a true one.
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

fn line(q: u32, us: f64, carried: &Carried, new: &Offsets) -> Result<serde_json::Value> {
    let Some(span) = carried.spans.first() else { return Ok(serde_json::json!({"q": q, "us": us})) };
    let place = new.span_to_points(*span)?;
    let words = if carried.placement == Placement::Changed { "changed" } else { "same" };
    Ok(serde_json::json!({"q": q, "us": us, "s": place.start.0, "e": place.end.0, "words": words}))
}

/// The result of `work`, and the median of three runs in microseconds; one run where it takes long.
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
