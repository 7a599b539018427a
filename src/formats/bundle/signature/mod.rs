//! Keys and signatures in minisign's format, so that anybody can check our signatures with the standard `minisign` program.
//!
//! The first signature is over the BLAKE2b-512 of the file (minisign's `ED`), the second one over the first and the trusted
//! comment. They contain no time and no random number, so the same key and file always give the same signature.
//! Source: the file formats described at the end of minisign's manual page.

mod raw;
mod secret;
mod stretch;

pub use raw::{RawKey, is_signed};
pub use secret::{KeyFile, LockedKey};

use crate::messages::{Message, message, shown_in_english};
use base64::{Engine, engine::general_purpose::STANDARD};
use blake2::{Blake2b512, Digest as _};
use ed25519_dalek::{Signature as Raw, Signer, SigningKey, VerifyingKey};
use std::{fmt, str::FromStr};
use thiserror::Error;

const SIGNATURE: &str = "untrusted comment: signature from tickmark secret key";
const TRUSTED: &str = "trusted comment: ";

/// The text is not a minisign key or signature.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotASignature {
    /// It is no public key.
    PublicKey(Message),
    /// It is no secret key.
    SecretKey(Message),
    /// It is a secret key that asks for more than is accepted.
    Costly,
}

impl NotASignature {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::PublicKey(why) => message!("no_public_key", why = why.clone()),
            Self::SecretKey(why) => message!("no_secret_key", why = why.clone()),
            Self::Costly => message!("no_usable_key"),
        }
    }
}

shown_in_english!(NotASignature);

/// The key ID: eight bytes that identify a key pair, shown as sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyId([u8; 8]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016X}", u64::from_le_bytes(self.0))
    }
}

/// The public key, which checks signatures. It is written as one line of base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    id: KeyId,
    key: VerifyingKey,
}

/// The secret key, which signs. It never leaves the computer that created it.
#[derive(Clone)]
pub struct SecretKey {
    id: KeyId,
    key: SigningKey,
}

impl SecretKey {
    /// Creates a key pair from 40 unpredictable random bytes.
    pub fn from_random(random: &[u8; 40]) -> Self {
        let (mut id, mut seed) = ([0; 8], [0; 32]);
        id.copy_from_slice(&random[..8]);
        seed.copy_from_slice(&random[8..]);
        Self { id: KeyId(id), key: SigningKey::from_bytes(&seed) }
    }

    /// The public key of this pair.
    pub fn public(&self) -> PublicKey {
        PublicKey { id: self.id, key: self.key.verifying_key() }
    }

    /// Signs the bytes of a file, together with a comment of one line. Returns the text of the signature file.
    pub fn sign(&self, bytes: &[u8], comment: &str) -> String {
        let comment: String = comment.chars().filter(|c| !c.is_control()).collect();
        let file_signature = self.key.sign(&Blake2b512::digest(bytes)).to_bytes();
        let global_signature = self.key.sign(&[&file_signature[..], comment.as_bytes()].concat()).to_bytes();
        render(self.id, &file_signature, &comment, &global_signature)
    }
}

fn render(id: KeyId, file_signature: &[u8; 64], comment: &str, global_signature: &[u8; 64]) -> String {
    let first = STANDARD.encode([&b"ED"[..], &id.0, file_signature].concat());
    format!("{SIGNATURE}\n{first}\n{TRUSTED}{comment}\n{}\n", STANDARD.encode(global_signature))
}

impl PublicKey {
    /// The key ID of the pair.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The text of the public key file, as minisign writes it.
    pub fn file(&self) -> String {
        format!("untrusted comment: minisign public key {}\n{self}\n", self.id)
    }

    /// Whether `signature` is this key's signature over `bytes`, exactly as [`SecretKey::sign`] writes it: one changed byte
    /// makes it wrong.
    pub fn signed(&self, bytes: &[u8], signature: &str) -> bool {
        self.check(bytes, signature).is_some()
    }

    fn check(&self, bytes: &[u8], signature: &str) -> Option<()> {
        let lines: Vec<&str> = signature.lines().collect();
        let [_, first, comment, last] = lines[..] else { return None };
        let (first, last) = (STANDARD.decode(first).ok()?, STANDARD.decode(last).ok()?);
        let comment = comment.strip_prefix(TRUSTED)?;
        let file_signature: [u8; 64] = first.get(10..)?.try_into().ok()?;
        let global_signature: [u8; 64] = last.try_into().ok()?;
        self.key.verify_strict(&Blake2b512::digest(bytes), &Raw::from_bytes(&file_signature)).ok()?;
        self.key
            .verify_strict(
                &[&file_signature[..], comment.as_bytes()].concat(),
                &Raw::from_bytes(&global_signature),
            )
            .ok()?;
        (render(self.id, &file_signature, comment, &global_signature) == signature).then_some(())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode([&b"Ed"[..], &self.id.0, self.key.as_bytes()].concat()))
    }
}

impl FromStr for PublicKey {
    type Err = NotASignature;
    /// Reads the line of base64, or the text of a public key file.
    fn from_str(s: &str) -> Result<Self, NotASignature> {
        let bad = NotASignature::PublicKey;
        let line =
            s.lines().map(str::trim).rfind(|l| !l.is_empty()).ok_or_else(|| bad(message!("key_empty")))?;
        let bytes = STANDARD.decode(line).map_err(|_| bad(message!("key_last_line")))?;
        if bytes.len() != 42 || !bytes.starts_with(b"Ed") {
            return Err(bad(message!("key_kind")));
        }
        let (mut id, mut key) = ([0; 8], [0; 32]);
        id.copy_from_slice(&bytes[2..10]);
        key.copy_from_slice(&bytes[10..]);
        let key = VerifyingKey::from_bytes(&key).map_err(|_| bad(message!("key_point")))?;
        Ok(Self { id: KeyId(id), key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> SecretKey {
        SecretKey::from_random(&[n; 40])
    }

    #[test]
    fn a_signature_is_checked_by_its_own_key_alone_and_no_byte_of_it_can_be_another() {
        let (mine, other) = (key(1), key(2));
        let signature = mine.sign(b"a file", "tickmark bundle");
        assert_eq!(signature, mine.sign(b"a file", "tickmark bundle"), "no time, no random number");
        assert!(mine.public().signed(b"a file", &signature));
        assert!(!mine.public().signed(b"a File", &signature));
        assert!(!other.public().signed(b"a file", &signature));
        for at in 0..signature.len() {
            let mut bytes = signature.clone().into_bytes();
            bytes[at] ^= 1;
            if let Ok(changed) = String::from_utf8(bytes) {
                assert!(!mine.public().signed(b"a file", &changed), "{changed}");
            }
        }
    }

    #[test]
    fn keys_are_read_back_as_they_were_written() {
        let mine = key(3);
        assert_eq!(mine.public().file().parse::<PublicKey>().unwrap(), mine.public());
        assert_eq!(mine.public().to_string().parse::<PublicKey>().unwrap(), mine.public());
        assert!("RWQ".parse::<PublicKey>().is_err());
    }
}
