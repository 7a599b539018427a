//! Measures how revisions are stored, compared with git: `cargo run --release --example storage -- CHAINS [SET]`.
//!
//! CHAINS is JSON lines, plain or compressed with zstd: `{"revs": ["text", …]}`. They are measured unchanged, and long
//! chains are made of them. Each set is stored in one desk's store and repacked, and its blobs alone are packed into one git
//! pack with the widest window and depth. Then every revision is read five times in a shuffled order, alternately from the
//! store and from `git cat-file --batch`, and again with a newly opened desk and a newly started git. The first pass has its
//! own column, because nothing is cached then. A second table has the cost of saving a text.

mod chains;
mod git;
mod saving;

use anyhow::{Context, Result, ensure};
use chains::{Chain, Draw};
use git::Git;
use std::path::Path;
use std::time::Instant;
use tickmark::model::{Digest, Unwatched};
use tickmark::store::Store;

/// The number of bytes of text per repacking step.
const STEP: usize = 32 << 20;
/// The number of passes over all revisions per opened desk and git.
const PASSES: usize = 5;
/// The approximate number of revisions read in first passes.
const READS: usize = 2500;

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let given = chains::read(&words.next().context("use: storage CHAINS [SET]")?)?;
    let only = words.next().unwrap_or_default();
    let long = 265 << 10;
    let sets: [(&str, &dyn Fn() -> Vec<Chain>); 9] = [
        ("given", &|| given.clone()),
        ("joined-480", &|| vec![chains::joined(&given, 480, 1)]),
        ("joined-700", &|| vec![chains::joined(&given, 700, 2)]),
        ("edited-480", &|| vec![chains::edited(&given, long, 480, 3)]),
        ("edited-700", &|| vec![chains::edited(&given, long, 700, 4)]),
        ("edited-5k", &|| vec![chains::edited(&given, 5 << 10, 500, 5)]),
        ("edited-20k", &|| vec![chains::edited(&given, 20 << 10, 500, 6)]),
        ("reverted-20k", &|| vec![chains::reverted(&given, 20 << 10, 500, 7)]),
        ("reverted-265k", &|| vec![chains::reverted(&given, long, 300, 8)]),
    ];
    println!("{HEAD}");
    for (name, make) in sets.iter().filter(|(name, _)| name.contains(&only)) {
        println!("{}", row(name, &make())?);
    }
    if "saving".contains(&only) {
        saving::measure(&given)?;
    }
    Ok(())
}

const HEAD: &str = "set | chains | revisions | bytes | git's pack | as saved | at rest | against git \
    | five passes: p50 store, git, us | p99 store, git, us | p99 against git | first pass: p99 store, git, us | against git \
    | repacking, ms | longest wait beside it, ms";

/// Measures a set.
fn row(name: &str, chains: &[Chain]) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("a.desk");
    let (store, digests) = kept(&path, chains)?;
    let saved = store.text_bytes()?;
    let begun = Instant::now();
    let waited = saving::wait_beside(&path, || {
        while store.repack(STEP, &Unwatched)? {}
        Ok(())
    })?;
    let repacking = begun.elapsed().as_millis();
    let git = Git::new(&folder.path().join("a.git"), chains)?;
    let (rest, pack) = (store.text_bytes()?, git.bytes("pack")?);
    drop(store);
    let [half, most, first] = read_all(&path, &digests, &git, chains)?;
    let bytes = chains.iter().flatten().map(String::len).sum::<usize>();
    Ok(format!(
        "{name} | {} | {} | {bytes} | {pack} | {saved} | {rest} | {:.2} x | {} | {} | {} | {repacking} | {waited:.1}",
        chains.len(),
        digests.len(),
        rest as f64 / pack as f64,
        format_args!("{:.0}, {:.0}", half[0], half[1]),
        format_args!("{:.0}, {:.0} | {:.2} x", most[0], most[1], most[0] / most[1]),
        format_args!("{:.0}, {:.0} | {:.2} x", first[0], first[1], first[0] / first[1]),
    ))
}

/// Saves every chain in one store, each text based on the one before it.
fn kept(path: &Path, chains: &[Chain]) -> Result<(Store, Vec<Digest>)> {
    let store = Store::open_or_create(path)?;
    let mut all = Vec::new();
    for chain in chains {
        let mut base = None;
        for text in chain {
            base = Some(store.write(|tx| tx.put_text(text, base))?);
            all.extend(base);
        }
    }
    Ok((store, all))
}

/// Reads all revisions several times. Returns for the store and for git, in microseconds: the median and the 99th percentile
/// of all passes, and the 99th percentile of the first passes.
fn read_all(path: &Path, digests: &[Digest], git: &Git, chains: &[Chain]) -> Result<[[f64; 2]; 3]> {
    let texts: Vec<&String> = chains.iter().flatten().collect();
    let (mut all, mut first) = ([vec![], vec![]], [vec![], vec![]]);
    let mut draw = Draw(9);
    for _ in 0..READS.div_ceil(texts.len()) {
        let (store, mut batch) = (Store::open(path)?, git.batch()?);
        for pass in 0..PASSES {
            for at in draw.shuffled(texts.len()) {
                let begun = Instant::now();
                let text = store.text(&digests[at])?;
                let ours = begun.elapsed().as_secs_f64() * 1e6;
                let begun = Instant::now();
                let blob = batch.read(&git.blobs[at])?;
                let theirs = begun.elapsed().as_secs_f64() * 1e6;
                ensure!(text.as_bytes() == blob && text == *texts[at], "revision {at} was not rebuilt");
                for times in [Some(&mut all), Some(&mut first).filter(|_| pass == 0)].into_iter().flatten() {
                    times[0].push(ours);
                    times[1].push(theirs);
                }
            }
        }
    }
    let tell = |times: &mut [Vec<f64>; 2], share| times.each_mut().map(|times| share_of(times, share));
    Ok([tell(&mut all, 50), tell(&mut all, 99), tell(&mut first, 99)])
}

/// The percentile `share` of the times.
fn share_of(times: &mut [f64], share: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() * share / 100]
}
