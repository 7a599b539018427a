//! WACZ, a web archive as a zip file: captured web pages, with an index and a list of the pages. Source: WACZ 1.1.1 of the
//! Webrecorder project, which is based on Frictionless Data Packages.
//!
//! It is validated, not replayed: every file is compared with its length and hash in `datapackage.json`, and the parts that
//! a player needs must exist. The captured pages are not read, and the optional signature of the digest is not checked.
//! The zip archive is read as untrusted input with the same limits as a bag, so a WACZ that is longer than 2 GiB or in the
//! zip64 format is refused.

mod package;
mod pages;

use super::findings::{Code, Findings, Kind};
use crate::{
    formats::{bundle::archive::Archive, interchange::fits_in_memory},
    messages::{Message, message},
    model::{EntryKind, Tree},
};
use std::{
    collections::BTreeMap,
    io::{self, Read},
};

/// The list of all files, with their lengths and hashes.
const PACKAGE: &str = "datapackage.json";
/// The hash of that list.
const DIGEST: &str = "datapackage-digest.json";
/// The list of the pages to begin at.
const PAGES: &str = "pages/pages.jsonl";
/// The longest JSON file that is read, in bytes: 8 MiB, more than a list of the most files needs.
const MOST_JSON: u64 = 8 << 20;
/// The extensions of capture files, and their first bytes.
const WARCS: [(&str, &[u8]); 2] = [(".warc", b"WARC/"), (".warc.gz", b"\x1f\x8b")];
/// How much of a capture is read to see what it is, in bytes.
const LONGEST_START: u64 = 4096;
/// The extensions of index files.
const INDEXES: [&str; 4] = [".cdx", ".cdxj", ".cdx.gz", ".idx"];

/// Whether a tree looks like a WACZ: it has a data package with a `wacz_version`, or captures in `archive/`.
pub fn fits(tree: &dyn Tree) -> bool {
    let captured = tree.entries().iter().any(|e| e.kind == EntryKind::File && is_capture(&e.path));
    captured || package::says_version(tree)
}

/// Validates a WACZ, zipped or not.
pub fn validate(tree: &dyn Tree, archive: Option<&Archive>) -> Findings {
    let mut validator = Validator::new(tree);
    validator.links();
    validator.package();
    validator.captures(archive);
    validator.indexes();
    validator.pages();
    validator.findings.conclude()
}

fn is_capture(path: &str) -> bool {
    path.starts_with("archive/") && WARCS.iter().any(|(end, _)| path.ends_with(end))
}

/// What a capture is by its first bytes, as a position in [`WARCS`]. A gzip member has to hold a WARC; one that is empty or
/// damaged is left to the check of hashes.
fn begins_as(start: &[u8]) -> Option<usize> {
    let form = WARCS.iter().position(|(_, sign)| start.starts_with(sign))?;
    let mut inside = Vec::new();
    let warc = WARCS[0].1;
    if form == 1
        && flate2::read::GzDecoder::new(start).take(warc.len() as u64).read_to_end(&mut inside).is_ok()
    {
        return (inside == warc).then_some(form);
    }
    Some(form)
}

struct Validator<'t> {
    tree: &'t dyn Tree,
    /// The length of every file, by its path.
    files: BTreeMap<&'t str, u64>,
    findings: Findings,
}

impl<'t> Validator<'t> {
    fn new(tree: &'t dyn Tree) -> Self {
        let files = tree.entries().iter().filter(|e| e.kind == EntryKind::File);
        let files = files.map(|e| (e.path.as_str(), e.bytes)).collect();
        Self { tree, files, findings: Findings::of(Kind::Wacz) }
    }

    fn links(&mut self) {
        for e in self.tree.entries().iter().filter(|e| e.kind == EntryKind::Other) {
            self.findings.fault(&e.path, Code::Path, message!("finding_link"));
        }
    }

    /// Checks that there is at least one capture file, that each one matches its extension, and that the zip archive
    /// compresses none of them: a player reads pieces of them by their offset.
    fn captures(&mut self, archive: Option<&Archive>) {
        let (captures, strays): (Vec<&str>, Vec<&str>) = self.inside("archive/").partition(|p| is_capture(p));
        if captures.is_empty() {
            self.findings.fault("archive", Code::Missing, message!("wacz_no_capture"));
        }
        for path in strays {
            self.findings.warn(path, Code::Structure, message!("wacz_stray"));
        }
        for path in captures {
            self.begins_as_named(path);
            if archive.is_some_and(|a| a.is_deflated(path)) {
                let why = message!("wacz_deflated");
                self.findings.fault(path, Code::Form, why);
            }
        }
    }

    /// A capture is judged by its content: a WARC, or a gzip member that holds one. A name that says the other is only
    /// remarked.
    fn begins_as_named(&mut self, path: &str) {
        let named = WARCS.iter().position(|(end, _)| path.ends_with(end));
        let mut start = Vec::new();
        let read = self.tree.open(path).and_then(|f| f.take(LONGEST_START).read_to_end(&mut start));
        let found = begins_as(&start);
        // The check of its hash reports a file that cannot be read.
        match found {
            _ if read.is_err() || found == named => {}
            Some(other) => {
                let why = message!("wacz_name", kind = WARCS[other].0);
                self.findings.warn(path, Code::Contents, why);
            }
            None => self.findings.fault(path, Code::Contents, message!("wacz_no_warc")),
        }
    }

    fn indexes(&mut self) {
        let is_index = |p: &&str| INDEXES.iter().any(|end| p.ends_with(end));
        if !self.inside("indexes/").any(|p| is_index(&p)) {
            let why = message!("wacz_no_index");
            self.findings.fault("indexes", Code::Missing, why);
        }
    }

    fn inside(&self, folder: &'static str) -> impl Iterator<Item = &'t str> {
        self.files.keys().copied().filter(move |p| p.starts_with(folder))
    }
}

/// Parses a JSON file in a tree. The error is the kind of the fault and what is wrong.
fn json(tree: &dyn Tree, path: &str) -> Result<serde_json::Value, (Code, Message)> {
    let raw =
        raw(tree, path).map_err(|e| (Code::Unreadable, message!("finding_unread", e = e.to_string())))?;
    if !fits_in_memory(&String::from_utf8_lossy(&raw)) {
        return Err((Code::Size, message!("finding_many_entries")));
    }
    let place = |e: serde_json::Error| message!("finding_no_json", e = e.to_string());
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
