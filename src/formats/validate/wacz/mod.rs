//! WACZ, a web archive as a zip file: what was captured of pages, with an index and a list of them. Source: WACZ 1.1.1 of
//! the Webrecorder project, which stands on Frictionless Data Packages.
//!
//! It is judged and never played: every file is held against the length and hash that `datapackage.json` tells, and the
//! parts a player needs are looked for. What the captured pages say is not read, and the signature that some carry
//! beside the digest is not checked. The zip archive itself is walked with the same distrust and the same limits as a
//! bag's, so a WACZ over 2 GiB or in the zip64 form is refused.

mod package;
mod pages;

use super::findings::{Code, Findings, Kind};
use crate::formats::{bundle::archive::Archive, interchange::fits_in_memory};
use crate::model::{EntryKind, Tree};
use std::{
    collections::BTreeMap,
    io::{self, Read},
};

/// The list of all files, with their lengths and hashes.
const PACKAGE: &str = "datapackage.json";
/// The hash of that list.
const DIGEST: &str = "datapackage-digest.json";
/// The list of the pages one may begin at.
const PAGES: &str = "pages/pages.jsonl";
/// The longest JSON file that is read, in bytes: 8 MiB, which is more than the most files need to be listed.
const MOST_JSON: u64 = 8 << 20;
/// How files of captures end, and the bytes they begin with.
const WARCS: [(&str, &[u8]); 2] = [(".warc", b"WARC/"), (".warc.gz", b"\x1f\x8b")];
/// How files of an index end.
const INDEXES: [&str; 4] = [".cdx", ".cdxj", ".cdx.gz", ".idx"];

/// Whether a tree shows a sign of being a WACZ: a data package that says so, or captures where a WACZ has them.
pub fn fits(tree: &dyn Tree) -> bool {
    let captured = tree.entries().iter().any(|e| e.kind == EntryKind::File && is_capture(&e.path));
    captured || package::says_version(tree)
}

/// Judges a WACZ, zipped or not.
pub fn validate(tree: &dyn Tree, archive: Option<&Archive>) -> Findings {
    let mut look = Look::new(tree);
    look.links();
    look.package();
    look.captures(archive);
    look.indexes();
    look.pages();
    look.findings.settled()
}

fn is_capture(path: &str) -> bool {
    path.starts_with("archive/") && WARCS.iter().any(|(end, _)| path.ends_with(end))
}

struct Look<'t> {
    tree: &'t dyn Tree,
    /// The length of every file, by its path.
    files: BTreeMap<&'t str, u64>,
    findings: Findings,
}

impl<'t> Look<'t> {
    fn new(tree: &'t dyn Tree) -> Self {
        let files = tree.entries().iter().filter(|e| e.kind == EntryKind::File);
        let files = files.map(|e| (e.path.as_str(), e.bytes)).collect();
        Self { tree, files, findings: Findings::of(Kind::Wacz) }
    }

    fn links(&mut self) {
        for e in self.tree.entries().iter().filter(|e| e.kind == EntryKind::Other) {
            self.findings.fault(&e.path, Code::Path, "it is a link or no plain file; it was not read");
        }
    }

    /// At least one file of captures, each of the form its name says, and none packed a second time: a player reads
    /// pieces of it by their place in the archive.
    fn captures(&mut self, archive: Option<&Archive>) {
        let (captures, strays): (Vec<&str>, Vec<&str>) = self.inside("archive/").partition(|p| is_capture(p));
        if captures.is_empty() {
            self.findings.fault(
                "archive",
                Code::Missing,
                "a WACZ holds one '.warc' or '.warc.gz' there or more",
            );
        }
        for path in strays {
            self.findings.warn(path, Code::Structure, "files that are no WARC have no place in 'archive'");
        }
        for path in captures {
            self.begins_as_named(path);
            if archive.is_some_and(|a| a.is_deflated(path)) {
                let why = "it is deflated in the zip archive; files in 'archive' have to be stored";
                self.findings.fault(path, Code::Form, why);
            }
        }
    }

    fn begins_as_named(&mut self, path: &str) {
        let wanted = WARCS.iter().find(|(end, _)| path.ends_with(end)).map_or(&b""[..], |(_, start)| start);
        let mut start = Vec::new();
        let read = self.tree.open(path).and_then(|f| f.take(wanted.len() as u64).read_to_end(&mut start));
        // A file that cannot be read is told where its hash is taken.
        if read.is_ok() && start != wanted {
            self.findings.fault(path, Code::Contents, "it does not begin as a WARC file of that name does");
        }
    }

    fn indexes(&mut self) {
        let is_index = |p: &&str| INDEXES.iter().any(|end| p.ends_with(end));
        if !self.inside("indexes/").any(|p| is_index(&p)) {
            let why = "a WACZ holds an index there: '.cdx', '.cdxj', '.cdx.gz' or '.idx'";
            self.findings.fault("indexes", Code::Missing, why);
        }
    }

    fn inside(&self, folder: &'static str) -> impl Iterator<Item = &'t str> {
        self.files.keys().copied().filter(move |p| p.starts_with(folder))
    }
}

/// The whole of a JSON file in a tree. The error says what is wrong with it.
fn json(tree: &dyn Tree, path: &str) -> Result<serde_json::Value, (Code, String)> {
    let raw = raw(tree, path).map_err(|e| (Code::Unreadable, format!("it could not be read: {e}")))?;
    if !fits_in_memory(&String::from_utf8_lossy(&raw)) {
        return Err((Code::Size, "it holds more lists, objects and entries than are read".into()));
    }
    let place = |e: serde_json::Error| format!("it is no JSON: {e}");
    serde_json::from_slice(&raw).map_err(|e| (Code::Syntax, place(e)))
}

fn raw(tree: &dyn Tree, path: &str) -> io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    let n = tree.open(path)?.take(MOST_JSON + 1).read_to_end(&mut raw)?;
    if n as u64 > MOST_JSON {
        return Err(io::Error::other(format!("it is longer than {MOST_JSON} bytes, the most that is read")));
    }
    Ok(raw)
}
