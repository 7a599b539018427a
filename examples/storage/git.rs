//! A bare repository whose blobs are one pack, and `git cat-file --batch` reading from it.

use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A bare repository whose blobs are one pack.
pub struct Git {
    folder: PathBuf,
    /// The names of the blobs, in the order of the texts.
    pub blobs: Vec<String>,
}

impl Git {
    /// Packs every text of every chain, with its chain as path, like the paths in `git repack`.
    pub fn new(folder: &Path, chains: &[Vec<String>]) -> Result<Self> {
        run(Command::new("git").args(["init", "--quiet", "--bare"]).arg(folder), b"")?;
        let mut git = Self { folder: folder.into(), blobs: Vec::new() };
        let marks = folder.join("marks");
        let mut stream = Vec::new();
        for (n, text) in chains.iter().flatten().enumerate() {
            write!(stream, "blob\nmark :{}\ndata {}\n", n + 1, text.len())?;
            stream.extend(text.as_bytes());
            stream.push(b'\n');
        }
        let export = format!("--export-marks={}", marks.display());
        run(git.command().args(["fast-import", "--quiet", &export]), &stream)?;
        git.blobs = vec![String::new(); chains.iter().map(Vec::len).sum()];
        for line in std::fs::read_to_string(marks)?.lines() {
            let (mark, blob) = line.split_once(' ').context("a mark")?;
            git.blobs[mark[1..].parse::<usize>()? - 1] = blob.to_owned();
        }
        git.pack(chains)?;
        Ok(git)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(&self.folder);
        command
    }

    /// Does what `git repack -adf --window=250 --depth=250` does with blobs, and deletes the imported packs.
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

    /// The size in bytes of its files of a kind, `pack` or `idx`.
    pub fn bytes(&self, kind: &str) -> Result<u64> {
        let mut bytes = 0;
        for entry in std::fs::read_dir(self.folder.join("objects/pack"))? {
            let entry = entry?;
            bytes +=
                if entry.path().extension().is_some_and(|e| e == kind) { entry.metadata()?.len() } else { 0 };
        }
        Ok(bytes)
    }

    /// Starts a program that reads from it.
    pub fn batch(&self) -> Result<Batch> {
        let mut child = self.command();
        let child = child.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = child.spawn()?;
        let (input, output) = (child.stdin.take().context("stdin")?, child.stdout.take().context("stdout")?);
        Ok(Batch { child, input, output: BufReader::new(output) })
    }
}

/// A running `git cat-file --batch`.
pub struct Batch {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Batch {
    /// The bytes of one blob.
    pub fn read(&mut self, blob: &str) -> Result<Vec<u8>> {
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

fn run(command: &mut Command, input: &[u8]) -> Result<()> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    child.stdin.take().context("stdin")?.write_all(input)?;
    ensure!(child.wait()?.success(), "{command:?} failed");
    Ok(())
}
