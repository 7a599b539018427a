//! The secret key file, open or locked with a passphrase, in minisign's format.
//!
//! A locked file encrypts the key ID, the pair and a checksum over both: each byte is XORed with a stream that is derived
//! from the passphrase. Without the passphrase nothing can be read, not even the key ID.

use super::{
    KeyId, NotASignature, SecretKey,
    stretch::{Limits, OURS, SEALED},
};
use crate::messages::{Message, message};
use base64::{Engine, engine::general_purpose::STANDARD};
use blake2::{Blake2b, Digest as _, digest::consts::U32};
use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

/// The length of the decoded line of a secret key file, in bytes.
const LEN: usize = 158;
/// The offset of the encrypted bytes.
const SEAL: usize = LEN - SEALED;

/// What a secret key file contains.
pub enum KeyFile {
    /// A key that anybody can use who can read the file.
    Open(SecretKey),
    /// A key that needs its passphrase.
    Locked(LockedKey),
}

/// A key that needs its passphrase.
pub struct LockedKey {
    limits: Limits,
    salt: [u8; 32],
    sealed: [u8; SEALED],
}

impl KeyFile {
    /// Reads what [`SecretKey::file`] or [`SecretKey::locked_file`] wrote, or `minisign -G`.
    pub fn parse(file: &str) -> Result<Self, NotASignature> {
        let line = file.lines().nth(1).ok_or_else(|| bad(message!("key_no_second_line")))?;
        let bytes = STANDARD.decode(line.trim()).map_err(|_| bad(message!("key_second_line")))?;
        let bytes = Zeroizing::new(bytes);
        let sealed =
            bytes.get(SEAL..).and_then(|s| s.try_into().ok()).ok_or_else(|| bad(message!("key_length")))?;
        match &bytes[..6] {
            b"Ed\0\0B2" => unsealed(&sealed)?.map(Self::Open).ok_or_else(|| bad(message!("key_checksum"))),
            b"EdScB2" => Ok(Self::Locked(LockedKey { limits: limits(&bytes), salt: salt(&bytes), sealed })),
            _ => Err(bad(message!("key_form"))),
        }
    }
}

impl LockedKey {
    /// Decrypts the key. Returns `None` if the passphrase is wrong. How long this takes depends on the limits in the file.
    pub fn open(&self, passphrase: &str) -> Result<Option<SecretKey>, NotASignature> {
        let stream = self.limits.stream(passphrase, &self.salt)?;
        let mut plain = Zeroizing::new(self.sealed);
        xor(&mut plain, &stream);
        unsealed(&plain)
    }
}

impl SecretKey {
    /// The text of the secret key file without a passphrase, as `minisign -G -W` writes it.
    pub fn file(&self) -> String {
        render(b"\0\0", &[0; 32], Limits { work: 0, memory: 0 }, &self.plain())
    }

    /// The text of the secret key file locked with a passphrase, as `minisign -G` writes it. `salt` is 32 random bytes.
    pub fn locked_file(&self, passphrase: &str, salt: &[u8; 32]) -> Result<String, NotASignature> {
        let mut sealed = self.plain();
        xor(&mut sealed, &*OURS.stream(passphrase, salt)?);
        Ok(render(b"Sc", salt, OURS, &sealed))
    }

    /// The bytes that a file contains, encrypted or not: the key ID, the pair, and the checksum over both.
    fn plain(&self) -> Zeroizing<[u8; SEALED]> {
        let pair = Zeroizing::new(self.key.to_keypair_bytes());
        let mut plain = Zeroizing::new([0; SEALED]);
        plain[..8].copy_from_slice(&self.id.0);
        plain[8..72].copy_from_slice(&*pair);
        let sum = checksum(&plain);
        plain[72..].copy_from_slice(&sum);
        plain
    }
}

/// Reads the key from decrypted bytes. Returns `None` if the checksum does not match: then the passphrase was wrong.
fn unsealed(plain: &[u8; SEALED]) -> Result<Option<SecretKey>, NotASignature> {
    if plain[72..] != checksum(plain) {
        return Ok(None);
    }
    let (mut id, mut pair) = ([0; 8], Zeroizing::new([0; 64]));
    id.copy_from_slice(&plain[..8]);
    pair.copy_from_slice(&plain[8..72]);
    let key = SigningKey::from_keypair_bytes(&pair).map_err(|_| bad(message!("key_halves")))?;
    Ok(Some(SecretKey { id: KeyId(id), key }))
}

fn checksum(plain: &[u8; SEALED]) -> [u8; 32] {
    Blake2b::<U32>::new().chain_update(b"Ed").chain_update(&plain[..72]).finalize().into()
}

fn xor(bytes: &mut [u8; SEALED], stream: &[u8; SEALED]) {
    bytes.iter_mut().zip(stream).for_each(|(byte, with)| *byte ^= with);
}

fn render(kind: &[u8; 2], salt: &[u8; 32], limits: Limits, last: &[u8; SEALED]) -> String {
    let (work, memory) = (limits.work.to_le_bytes(), limits.memory.to_le_bytes());
    let parts: [&[u8]; 7] = [b"Ed", kind, b"B2", salt, &work, &memory, last];
    let line = STANDARD.encode(Zeroizing::new(parts.concat()));
    format!("untrusted comment: tickmark secret key, keep it to yourself\n{line}\n")
}

fn limits(bytes: &[u8]) -> Limits {
    let number = |at: usize| bytes[at..at + 8].iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
    Limits { work: number(38), memory: number(46) }
}

fn salt(bytes: &[u8]) -> [u8; 32] {
    std::array::from_fn(|at| bytes[6 + at])
}

fn bad(why: Message) -> NotASignature {
    NotASignature::SecretKey(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> SecretKey {
        SecretKey::from_random(&[n; 40])
    }

    fn locked(file: &str) -> LockedKey {
        match KeyFile::parse(file).unwrap() {
            KeyFile::Locked(locked) => locked,
            KeyFile::Open(_) => panic!("it is open"),
        }
    }

    #[test]
    fn an_open_key_is_read_back_as_it_was_written() {
        let mine = key(3);
        assert!(
            matches!(KeyFile::parse(&mine.file()).unwrap(), KeyFile::Open(k) if k.public() == mine.public())
        );
        assert!(KeyFile::parse("a\nb").is_err());
    }

    #[test]
    fn a_locked_key_opens_with_its_passphrase_alone_and_keeps_its_id() {
        let mine = key(4);
        let file = locked(&mine.locked_file("three old ferries", &[7; 32]).unwrap());
        let open = file.open("three old ferries").unwrap().expect("the right passphrase");
        assert_eq!(open.public(), mine.public());
        assert_eq!(open.sign(b"a file", "x"), mine.sign(b"a file", "x"));
        assert!(file.open("three old ferry").unwrap().is_none());
        assert!(file.open("").unwrap().is_none());
    }

    #[test]
    fn a_locked_key_shows_nothing_of_the_key() {
        let (mine, text) = (key(5), key(5).locked_file("words", &[9; 32]).unwrap());
        let bytes = STANDARD.decode(text.lines().nth(1).unwrap()).unwrap();
        let plain = mine.plain();
        for part in [&plain[..8], &plain[8..40], &plain[40..72], &plain[72..]] {
            assert!(!bytes.windows(part.len()).any(|w| w == part));
        }
    }

    #[test]
    fn a_key_that_asks_for_too_much_memory_says_so() {
        let text = render(b"Sc", &[0; 32], Limits { work: 1 << 40, memory: 1 << 40 }, &[0; SEALED]);
        let refused = locked(&text).open("words").err().expect("refused").to_string();
        assert!(refused.contains("1 GiB"), "{refused}");
    }
}
