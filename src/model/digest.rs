//! SHA-256 digests, and the salts that prevent guessing the content of a withheld fact.

use sha2::{Digest as _, Sha256};
use std::{
    fmt,
    io::{self, Read},
    str::FromStr,
};

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of several pieces one after the other.
    pub fn of_all(pieces: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        pieces.iter().for_each(|p| hash.update(p));
        Self(hash.finalize().into())
    }

    /// The digest of everything that can be read, and how many bytes that is.
    pub fn of_stream(from: &mut dyn Read) -> io::Result<(Self, u64)> {
        let mut from = DigestReader::new(from);
        io::copy(&mut from, &mut io::sink())?;
        Ok(from.done())
    }
}

/// A reader that computes the digest and the length of what is read through it.
pub struct DigestReader<'r> {
    from: &'r mut dyn Read,
    hash: Sha256,
    bytes: u64,
    has_failed: bool,
}

impl<'r> DigestReader<'r> {
    /// A digesting reader of `from`.
    pub fn new(from: &'r mut dyn Read) -> Self {
        Self { from, hash: Sha256::new(), bytes: 0, has_failed: false }
    }

    /// The digest of what was read so far, and how many bytes that is.
    pub fn done(self) -> (Digest, u64) {
        (Digest(self.hash.finalize().into()), self.bytes)
    }

    /// Whether reading failed.
    pub fn has_failed(&self) -> bool {
        self.has_failed
    }
}

impl Read for DigestReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.from.read(into) {
            Ok(n) => {
                self.hash.update(&into[..n]);
                self.bytes += n as u64;
                Ok(n)
            }
            Err(e) => {
                self.has_failed |= e.kind() != io::ErrorKind::Interrupted;
                Err(e)
            }
        }
    }
}

/// 32 random bytes that are put before a fact's canonical bytes when its digest is computed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

fn hex(bytes: &[u8; 32], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut digits = [0; 64];
    hex::encode_to_slice(bytes, &mut digits).map_err(|_| fmt::Error)?;
    f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
}

fn unhex(s: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    let lower_case = !s.bytes().any(|c| c.is_ascii_uppercase());
    (lower_case && hex::decode_to_slice(s, &mut out).is_ok()).then_some(out)
}

macro_rules! hexadecimal {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hex(&self.0, f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hex(&self.0, f)
            }
        }
        impl FromStr for $name {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                unhex(s).map(Self).ok_or_else(|| format!("'{s}' is not 64 lower-case hexadecimal digits"))
            }
        }
    };
}
hexadecimal!(Digest);
hexadecimal!(Salt);
