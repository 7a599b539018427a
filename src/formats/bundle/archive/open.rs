//! An archive as a tree of files. While bytes are read, they are checked against their length and CRC.

use super::{
    Refused, Stamp, strict,
    walk::{Listed, Method, Walked, walk},
};
use crate::{
    messages::Message,
    model::{Entry, EntryKind, RangeReader, ReadAt, Tree},
};
use flate2::read::DeflateDecoder;
use std::{
    collections::{BTreeSet, HashMap},
    io::{self, Read},
};

/// An archive whose headers were read and checked.
pub struct Archive<'s> {
    bytes: &'s dyn ReadAt,
    walked: Walked,
    entries: Vec<Entry>,
    files: HashMap<String, usize>,
}

impl<'s> Archive<'s> {
    /// Reads and checks the headers. Returns `None` if the bytes are not an archive. Fails if it is unsafe or damaged.
    pub fn open(bytes: &'s dyn ReadAt) -> Result<Option<Self>, Refused> {
        let found = walk(bytes)?;
        Ok(found.map(|walked| Self {
            bytes,
            entries: listing(&walked.entries),
            files: files(&walked),
            walked,
        }))
    }

    /// The first place where the archive differs from the form that we write: the entry's name, and what is wrong.
    pub fn first_difference(&self, stamp: Stamp) -> Option<(String, Message)> {
        strict::first_difference(self.bytes, &self.walked, stamp)
    }

    /// Whether the file at that path is compressed.
    pub fn is_deflated(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(|&i| self.walked.entries[i].method == Method::Deflated)
    }
}

fn files(walked: &Walked) -> HashMap<String, usize> {
    let all = walked.entries.iter().enumerate();
    all.filter(|(_, e)| !e.folder).map(|(i, e)| (e.name.clone(), i)).collect()
}

/// The entries, including folders that exist only in the paths of files.
fn listing(entries: &[Listed]) -> Vec<Entry> {
    let files = entries.iter().filter(|e| !e.folder);
    let mut folders: BTreeSet<&str> = entries.iter().filter(|e| e.folder).map(|e| e.name.as_str()).collect();
    for e in entries {
        folders.extend(e.name.match_indices('/').map(|(i, _)| &e.name[..i]));
    }
    let file = |e: &Listed| Entry { path: e.name.clone(), kind: EntryKind::File, bytes: e.bytes };
    let folder = |path: &str| Entry { path: path.into(), kind: EntryKind::Folder, bytes: 0 };
    let mut all: Vec<_> = files.map(file).chain(folders.into_iter().map(folder)).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

impl Tree for Archive<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let entry = self.files.get(path).map(|&i| &self.walked.entries[i]);
        let entry = entry.ok_or(io::ErrorKind::NotFound)?;
        let packed = RangeReader::new(self.bytes, entry.data, entry.packed);
        let from: Box<dyn Read> = match entry.method {
            Method::Stored => Box::new(packed),
            Method::Deflated => Box::new(DeflateDecoder::new(packed)),
        };
        Ok(Box::new(Summed { from, left: entry.bytes, crc: entry.crc, sum: crc32fast::Hasher::new() }))
    }
}

/// Reads an entry's bytes. Fails if their length or CRC differs from the header.
struct Summed<'s> {
    from: Box<dyn Read + 's>,
    left: u64,
    crc: u32,
    sum: crc32fast::Hasher,
}

impl Read for Summed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        let n = self.from.read(into)?;
        self.sum.update(&into[..n]);
        let bad = |why| Err(io::Error::new(io::ErrorKind::InvalidData, why));
        match self.left.checked_sub(n as u64) {
            None => bad("it unpacks to more than it promises"),
            Some(left) if n == 0 && left > 0 => bad("it breaks off"),
            Some(0) if n == 0 && self.sum.clone().finalize() != self.crc => {
                bad("its bytes do not match its sum")
            }
            Some(left) => {
                self.left = left;
                Ok(n)
            }
        }
    }
}
