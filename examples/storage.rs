//! Measures how revisions are kept, beside git: `cargo run --release --example storage -- CHAINS`.
//!
//! CHAINS is JSON lines, plain or compressed with zstd: `{"revs": ["text", …]}`. Every chain is put into one desk's
//! store and, as blobs alone, into one git pack made with the widest window and depth. Then a chain of 500 revisions,
//! made from the longest one, is read in a shuffled order from the store and from `git cat-file --batch`.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;
use tickmark::model::Digest;
use tickmark::store::Store;

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("use: storage CHAINS")?;
    let chains = chains(&path)?;
    let folder = tempfile::tempdir()?;
    let plain: usize = chains.iter().flatten().map(String::len).sum();
    let revisions: usize = chains.iter().map(Vec::len).sum();
    println!("{} chains, {revisions} revisions, {plain} bytes", chains.len());
    let started = Instant::now();
    let (store, _) = kept(&folder.path().join("a.desk"), &chains)?;
    println!(
        "put into the store: {:.1} ms a revision",
        started.elapsed().as_secs_f64() * 1e3 / revisions as f64
    );
    let git = Git::new(&folder.path().join("a.git"), &chains)?;
    let (ours, theirs) = (store.text_bytes()?, git.bytes("pack")?);
    println!("store {ours} bytes, git pack {theirs} bytes: {:.3} x", ours as f64 / theirs as f64);
    // What names each text and what it hangs on is in our rows and in git's index.
    let (ours, theirs) = (ours + 64 * revisions as u64, theirs + git.bytes("idx")?);
    println!("with hashes {ours}, with git's index {theirs}: {:.3} x", ours as f64 / theirs as f64);
    rebuilt(folder.path(), &long(&chains))
}

#[derive(Deserialize)]
struct Chain {
    revs: Vec<String>,
}

fn chains(path: &str) -> Result<Vec<Vec<String>>> {
    let file = File::open(path).with_context(|| format!("cannot open {path}"))?;
    let reader: Box<dyn Read> =
        if path.ends_with(".zst") { Box::new(zstd::Decoder::new(file)?) } else { Box::new(file) };
    let read = |line: std::io::Result<String>| Ok(serde_json::from_str::<Chain>(&line?)?.revs);
    BufReader::new(reader).lines().map(read).collect()
}

/// Keeps every chain in one store, each text against the one before it.
fn kept(path: &Path, chains: &[Vec<String>]) -> Result<(Store, Vec<Digest>)> {
    let store = Store::open_or_create(path)?;
    let mut all = Vec::new();
    for chain in chains {
        let mut base = None;
        for text in chain {
            base = Some(store.put_text(text, base)?);
            all.extend(base);
        }
    }
    Ok((store, all))
}

/// 500 revisions: the longest chain there and back again, each with a line of its own.
fn long(chains: &[Vec<String>]) -> Vec<String> {
    let longest = chains.iter().max_by_key(|c| c.len()).expect("a chain");
    let there_and_back = longest.iter().chain(longest.iter().rev()).cycle();
    there_and_back.take(500).enumerate().map(|(n, text)| format!("{text}\nRevision {n}.\n")).collect()
}

fn rebuilt(folder: &Path, chain: &[String]) -> Result<()> {
    let chains = [chain.to_vec()];
    let (store, digests) = kept(&folder.join("b.desk"), &chains)?;
    let git = Git::new(&folder.join("b.git"), &chains)?;
    let mut batch = git.batch()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..5 {
        for n in 0..chain.len() {
            // A stride that has no factor in common with the count visits each once.
            let at = (n * 211 + round * 37) % chain.len();
            let start = Instant::now();
            let text = store.text(&digests[at])?;
            ours.push(start.elapsed().as_secs_f64() * 1e6);
            let start = Instant::now();
            let blob = batch.read(&git.blobs[at])?;
            theirs.push(start.elapsed().as_secs_f64() * 1e6);
            ensure!(text.as_bytes() == blob && text == chain[at], "revision {at} was not rebuilt");
        }
    }
    let (a, b) = (at_99(&mut ours), at_99(&mut theirs));
    println!(
        "any of {}: store p99 {a:.0} us, git cat-file --batch p99 {b:.0} us: {:.2} x",
        chain.len(),
        a / b
    );
    Ok(())
}

fn at_99(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() * 99 / 100]
}

/// A bare repository whose blobs are one pack.
struct Git {
    folder: std::path::PathBuf,
    blobs: Vec<String>,
}

impl Git {
    fn new(folder: &Path, chains: &[Vec<String>]) -> Result<Self> {
        run(Command::new("git").args(["init", "--quiet", "--bare"]).arg(folder), b"")?;
        let git = Self { folder: folder.into(), blobs: Vec::new() };
        let mut stream = Vec::new();
        for text in chains.iter().flatten() {
            write!(stream, "blob\ndata {}\n", text.len())?;
            stream.extend(text.as_bytes());
            stream.push(b'\n');
        }
        run(git.command().args(["fast-import", "--quiet"]), &stream)?;
        let mut blobs = Vec::new();
        for text in chains.iter().flatten() {
            blobs.push(
                run(git.command().args(["hash-object", "--stdin"]), text.as_bytes())?.trim().to_owned(),
            );
        }
        let git = Self { blobs, ..git };
        git.pack(chains)?;
        Ok(git)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(&self.folder);
        command
    }

    /// One pack of all blobs, each with its chain as name, as `git repack` tells paths; the imported packs go.
    fn pack(&self, chains: &[Vec<String>]) -> Result<()> {
        let names = chains.iter().enumerate().flat_map(|(c, chain)| chain.iter().map(move |_| c));
        let list: String = self.blobs.iter().zip(names).map(|(b, c)| format!("{b} chain-{c}.md\n")).collect();
        let packs = self.folder.join("objects/pack");
        let before: Vec<_> = std::fs::read_dir(&packs)?.collect::<std::io::Result<_>>()?;
        let options =
            ["pack-objects", "--quiet", "--no-reuse-delta", "--window=250", "--depth=250", "--threads=1"];
        run(self.command().args(options).arg(packs.join("all")), list.as_bytes())?;
        before.iter().try_for_each(|e| std::fs::remove_file(e.path()))?;
        Ok(())
    }

    fn bytes(&self, kind: &str) -> Result<u64> {
        let mut bytes = 0;
        for entry in std::fs::read_dir(self.folder.join("objects/pack"))? {
            let entry = entry?;
            bytes +=
                if entry.path().extension().is_some_and(|e| e == kind) { entry.metadata()?.len() } else { 0 };
        }
        Ok(bytes)
    }

    fn batch(&self) -> Result<Batch> {
        let mut child = self.command();
        let child = child.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = child.spawn()?;
        let (input, output) = (child.stdin.take().context("stdin")?, child.stdout.take().context("stdout")?);
        Ok(Batch { child, input, output: BufReader::new(output) })
    }
}

struct Batch {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Batch {
    fn read(&mut self, blob: &str) -> Result<Vec<u8>> {
        writeln!(self.input, "{blob}")?;
        let mut head = String::new();
        self.output.read_line(&mut head)?;
        let length: usize = head.split_whitespace().nth(2).context("a length")?.parse()?;
        let mut bytes = vec![0; length + 1];
        self.output.read_exact(&mut bytes)?;
        bytes.pop();
        Ok(bytes)
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(command: &mut Command, input: &[u8]) -> Result<String> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().context("stdin")?.write_all(input)?;
    let done = child.wait_with_output()?;
    ensure!(done.status.success(), "{command:?} failed");
    Ok(String::from_utf8(done.stdout)?)
}
