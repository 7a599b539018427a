//! The cost of saving a text, measured alternately with a bare commit of one row.

use crate::chains::{self, Chain};
use anyhow::Result;
use rusqlite::Connection;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tickmark::model::Digest;
use tickmark::store::{Store, StoreError};

/// How many times a text is saved.
const SAVES: usize = 101;

/// Saves texts of several lengths, each edited again and again, and prints a table.
pub fn measure(given: &[Chain]) -> Result<()> {
    println!(
        "\ntext | keeping the first, us | a later one, us | p99, us | only compressing a later one as before 0.4, us | a later one with its commit, us | bare commit of one row, us"
    );
    for bytes in [2, 10, 50, 265] {
        let folder = tempfile::tempdir()?;
        let mut times = saved(folder.path(), &chains::edited(given, bytes << 10, SAVES, 11))?;
        let first = times[0].remove(0);
        let [[alone, most], [durable, _], [bare, _], [before, _]] =
            times.each_mut().map(|times| [50, 99].map(|share| crate::share_of(times, share)));
        println!(
            "{bytes} KiB | {first:.0} | {alone:.0} | {most:.0} | {before:.0} | {durable:.0} ({:.1} x) | {bare:.0}",
            durable / bare
        );
    }
    Ok(())
}

/// Microseconds for each text: the save alone, the save with its commit, a bare commit after it, and compression as before
/// 0.4.
fn saved(folder: &Path, chain: &[String]) -> Result<[Vec<f64>; 4]> {
    let store = Store::open_or_create(&folder.join("a.desk"))?;
    let bare = bare(&folder.join("bare.db"))?;
    let (mut times, mut base) = ([const { Vec::new() }; 4], None);
    for (nth, text) in chain.iter().enumerate() {
        let whole = Instant::now();
        base = Some(store.write(|tx| {
            let begun = Instant::now();
            let kept: Digest = tx.put_text(text, base)?;
            times[0].push(micros(begun));
            Ok::<_, StoreError>(kept)
        })?);
        times[1].push(micros(whole));
        let begun = Instant::now();
        bare.execute("INSERT INTO t (x) VALUES ('a row')", [])?;
        times[2].push(micros(begun));
        let begun = Instant::now();
        compressed_as_before(text, nth.checked_sub(1).map_or("", |before| &chain[before]))?;
        times[3].push(micros(begun));
    }
    Ok(times)
}

/// Versions before 0.4 compressed a text with the one before it as dictionary, and a text over 64 KiB at a lower level.
fn compressed_as_before(text: &str, before: &str) -> Result<Vec<u8>> {
    let level = if text.len() > 64 << 10 { 6 } else { 19 };
    Ok(zstd::bulk::Compressor::with_dictionary(level, before.as_bytes())?.compress(text.as_bytes())?)
}

fn micros(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e6
}

fn bare(path: &Path) -> Result<Connection> {
    let db = Connection::open(path)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")?;
    db.execute("CREATE TABLE t (x TEXT)", [])?;
    Ok(db)
}

/// The longest wait of another writer for the desk's write lock while `work` runs, in milliseconds.
pub fn wait_beside(path: &Path, work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| {
            let (store, mut longest) = (Store::open(path)?, Duration::ZERO);
            while !done.load(Ordering::Relaxed) {
                let begun = Instant::now();
                store.write(|_| Ok::<_, StoreError>(()))?;
                longest = longest.max(begun.elapsed());
                std::thread::sleep(Duration::from_micros(200));
            }
            Ok::<_, anyhow::Error>(longest.as_secs_f64() * 1e3)
        });
        let worked = work();
        done.store(true, Ordering::Relaxed);
        let waited = waits.join().expect("a thread that waits")?;
        worked.map(|()| waited)
    })
}
