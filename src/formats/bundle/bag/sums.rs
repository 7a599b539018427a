//! Digests of files by the algorithms of BagIt, several in one pass.

use crate::model::slugs;
use sha2::digest::DynDigest;
use std::io::{self, Read};

/// How much is read at a time, in bytes.
const STEP: usize = 1 << 16;
/// The digits of a written digest.
const DIGITS: &[u8; 16] = b"0123456789abcdef";

slugs! {
    /// A digest algorithm of manifests.
    Algorithm, "digest algorithm", {
        Md5 = "md5", Sha1 = "sha1", Sha224 = "sha224", Sha256 = "sha256", Sha384 = "sha384", Sha512 = "sha512",
    }
}

impl Algorithm {
    /// How many hexadecimal digits its digests have.
    pub fn digits(self) -> usize {
        match self {
            Self::Md5 => 32,
            Self::Sha1 => 40,
            Self::Sha224 => 56,
            Self::Sha256 => 64,
            Self::Sha384 => 96,
            Self::Sha512 => 128,
        }
    }

    fn hasher(self) -> Box<dyn DynDigest> {
        match self {
            Self::Md5 => Box::new(md5::Md5::default()),
            Self::Sha1 => Box::new(sha1::Sha1::default()),
            Self::Sha224 => Box::new(sha2::Sha224::default()),
            Self::Sha256 => Box::new(sha2::Sha256::default()),
            Self::Sha384 => Box::new(sha2::Sha384::default()),
            Self::Sha512 => Box::new(sha2::Sha512::default()),
        }
    }
}

/// Computes the digest of `from` by each algorithm, in lower-case hexadecimal digits.
pub fn sums(mut from: impl Read, by: &[Algorithm]) -> io::Result<Vec<String>> {
    let mut hashers: Vec<_> = by.iter().map(|a| a.hasher()).collect();
    let mut piece = vec![0; STEP];
    loop {
        match from.read(&mut piece) {
            Ok(0) => break,
            Ok(n) => hashers.iter_mut().for_each(|h| h.update(&piece[..n])),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(hashers.into_iter().map(|h| hex(&h.finalize())).collect())
}

fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for b in bytes {
        digits.push(char::from(DIGITS[usize::from(b >> 4)]));
        digits.push(char::from(DIGITS[usize::from(b & 15)]));
    }
    digits
}
