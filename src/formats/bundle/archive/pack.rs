//! Writes an archive in the fixed form, streaming one entry after the other.

use super::{
    MOST_BYTES, MOST_FILE_BYTES, MOST_FILES,
    header::{Stamp, Stored, end},
};
use crate::model::Digest;
use sha2::{Digest as _, Sha256, Sha512};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// How much is read at a time, in bytes.
const STEP: usize = 1 << 16;

/// An archive that is being written. It is complete only after [`Pack::finish`].
pub struct Pack<'w, W> {
    out: &'w mut W,
    stamp: Stamp,
    entries: Vec<Stored>,
    at: u64,
}

/// The length and digests of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: Digest,
    /// Its SHA-512.
    pub sha512: [u8; 64],
}

impl<'w, W: Write + Seek> Pack<'w, W> {
    /// Begins an archive at the start of `out`. Every entry gets the date `stamp`.
    pub fn new(out: &'w mut W, stamp: Stamp) -> Self {
        Self { out, stamp, entries: Vec::new(), at: 0 }
    }

    /// Adds an entry. The entries must be added in the order of their names. `step` gets the number of bytes after each
    /// write, and may stop the work with its own error.
    pub fn add(
        &mut self,
        name: &str,
        from: &mut dyn Read,
        step: &mut dyn FnMut(usize) -> io::Result<()>,
    ) -> io::Result<Sums> {
        if self.entries.len() >= MOST_FILES || self.entries.last().is_some_and(|e| e.name.as_str() >= name) {
            return Err(io::Error::other(format!(
                "'{name}' cannot be added to the archive after the others"
            )));
        }
        let mut entry = Stored { name: name.into(), crc: 0, bytes: 0, at: self.at as u32 };
        let blank = entry.local(self.stamp);
        self.out.write_all(&blank)?;
        let (sums, crc) = self.copy_bytes(from, step)?;
        (entry.crc, entry.bytes) = (crc, sums.bytes as u32);
        self.out.seek(SeekFrom::Start(self.at))?;
        self.out.write_all(&entry.local(self.stamp))?;
        self.at += blank.len() as u64 + sums.bytes;
        self.out.seek(SeekFrom::Start(self.at))?;
        self.entries.push(entry);
        Ok(sums)
    }

    fn copy_bytes(
        &mut self,
        from: &mut dyn Read,
        step: &mut dyn FnMut(usize) -> io::Result<()>,
    ) -> io::Result<(Sums, u32)> {
        let (mut crc, mut sha256, mut sha512) = (crc32fast::Hasher::new(), Sha256::new(), Sha512::new());
        let (mut bytes, mut piece) = (0, vec![0; STEP]);
        loop {
            let n = match from.read(&mut piece) {
                Ok(0) => break,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            bytes += n as u64;
            self.check_limits(bytes)?;
            crc.update(&piece[..n]);
            sha256.update(&piece[..n]);
            sha512.update(&piece[..n]);
            self.out.write_all(&piece[..n])?;
            step(n)?;
        }
        let sums = Sums { bytes, sha256: Digest(sha256.finalize().into()), sha512: sha512.finalize().into() };
        Ok((sums, crc.finalize()))
    }

    fn check_limits(&self, bytes: u64) -> io::Result<()> {
        if bytes > MOST_FILE_BYTES || self.at + bytes > MOST_BYTES {
            let why = format!("a file may have {MOST_FILE_BYTES} bytes, an archive {MOST_BYTES}");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        Ok(())
    }

    /// Writes the central directory and the end record. Returns the length of the archive in bytes.
    pub fn finish(self) -> io::Result<u64> {
        let mut directory = Vec::new();
        self.entries.iter().for_each(|e| directory.extend(e.central(self.stamp)));
        let at = self.at as u32;
        self.out.write_all(&directory)?;
        self.out.write_all(&end(self.entries.len() as u16, directory.len() as u32, at))?;
        self.out.flush()?;
        Ok(self.at + (directory.len() + super::header::END_LEN) as u64)
    }
}
