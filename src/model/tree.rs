//! What a person hands in for reading: one file, or a tree of files. `files` provides them from the disk, `formats`
//! from archives. `formats` reads both in the same way. Nothing here opens a file itself.

use std::io::{self, Read};

/// Bytes that can be read at any position, by several readers at once.
pub trait ReadAt {
    /// The number of bytes.
    fn len(&self) -> u64;

    /// Whether there are no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads some bytes from position `at`. Returns 0 only at the end or if `into` is empty.
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize>;
}

impl ReadAt for &[u8] {
    fn len(&self) -> u64 {
        <[u8]>::len(self) as u64
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let from = usize::try_from(at).unwrap_or(usize::MAX).min(<[u8]>::len(self));
        (&self[from..]).read(into)
    }
}

impl ReadAt for Vec<u8> {
    fn len(&self) -> u64 {
        ReadAt::len(&self.as_slice())
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        self.as_slice().read_at(at, into)
    }
}

/// A range of such bytes, read from its start to its end.
pub struct RangeReader<'s> {
    bytes: &'s dyn ReadAt,
    at: u64,
    left: u64,
}

impl<'s> RangeReader<'s> {
    /// The `len` bytes from position `at`, or fewer at the end of `bytes`.
    pub fn new(bytes: &'s dyn ReadAt, at: u64, len: u64) -> Self {
        Self { bytes, at, left: len }
    }
}

impl Read for RangeReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let n = self.bytes.read_at(self.at, &mut into[..most])?;
        self.at += n as u64;
        self.left -= n as u64;
        Ok(n)
    }
}

/// What an entry of a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file that can be opened.
    File,
    /// A folder. Its entries are listed separately.
    Folder,
    /// A link, which is never followed, or something that is neither file nor folder.
    Other,
}

/// One entry of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path from the top folder, with `/` between the parts and none at the end.
    pub path: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its length in bytes; 0 if it is not a file.
    pub bytes: u64,
}

/// A tree of files.
pub trait Tree {
    /// All entries, sorted by path.
    fn entries(&self) -> &[Entry];

    /// The bytes of the file of that path. Fails if there is none, or, while reading, if it is damaged.
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>>;
}

/// What a person handed in.
#[derive(Clone, Copy)]
pub enum Handed<'s> {
    /// One file.
    File(&'s dyn ReadAt),
    /// A folder.
    Folder(&'s dyn Tree),
}
