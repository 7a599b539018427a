//! Derives a stream of bytes from a passphrase, like libsodium's `crypto_pwhash_scryptsalsa208sha256`.
//!
//! A key file has two limits, for work and for memory. The parameters of scrypt follow from them by libsodium's rule, so
//! that minisign and Tickmark derive the same stream. Source: `pickparams` in libsodium's
//! `crypto_pwhash/scryptsalsa208sha256/pwhash_scryptsalsa208sha256.c`.

use super::NotASignature;
use scrypt::Params;
use zeroize::Zeroizing;

/// How many bytes are encrypted: the key ID, the pair and the checksum.
pub const SEALED: usize = 104;

/// The block size of scrypt, fixed by libsodium.
const R: u32 = 8;

/// The most that is accepted: the default of `minisign -G`, 1 GiB of memory, used once.
const MOST_LOG_N: u8 = 20;

/// The limits in a key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How much work, in libsodium's operations (`opslimit`).
    pub work: u64,
    /// How much memory, in bytes.
    pub memory: u64,
}

/// The limits that we write: 128 MiB, used once. That takes a third of a second: short for a person who knows the
/// passphrase, but expensive for one who guesses.
pub const OURS: Limits = Limits { work: 1 << 22, memory: 1 << 27 };

impl Limits {
    /// Derives the stream from a passphrase and a salt. Fails if the limits ask for more than is accepted.
    pub fn stream(self, passphrase: &str, salt: &[u8; 32]) -> Result<Zeroizing<[u8; SEALED]>, NotASignature> {
        let (log_n, p) = self.chosen();
        let within = log_n <= MOST_LOG_N && u64::from(p) << log_n <= 1 << MOST_LOG_N;
        let params = Params::new(log_n, R, p).ok().filter(|_| within).ok_or(NotASignature::Costly)?;
        let mut stream = Zeroizing::new([0; SEALED]);
        scrypt::scrypt(passphrase.as_bytes(), salt, &params, &mut *stream)
            .map_err(|_| NotASignature::Costly)?;
        Ok(stream)
    }

    /// The parameters of scrypt: the binary logarithm of N, and p.
    fn chosen(self) -> (u8, u32) {
        let (work, r) = (self.work.max(1 << 15), u64::from(R));
        if work < self.memory / 32 {
            return (log_n(work / (r * 4)), 1);
        }
        let log_n = log_n(self.memory / (r * 128));
        let p = ((work / 4) >> log_n).min(0x3fff_ffff) / r;
        (log_n, u32::try_from(p).unwrap_or(u32::MAX))
    }
}

/// The binary logarithm of the smallest power of two that is greater than half of `most`, at least 1.
fn log_n(most: u64) -> u8 {
    (1..63).find(|log| 1 << log > most / 2).unwrap_or(63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_libsodium_choose_what_libsodium_chooses() {
        let chosen = |work, memory| Limits { work, memory }.chosen();
        assert_eq!(chosen(1 << 25, 1 << 30), (20, 1), "minisign's default, libsodium's 'sensitive'");
        assert_eq!(chosen(1 << 19, 1 << 24), (14, 1), "libsodium's 'interactive'");
        assert_eq!((OURS.chosen(), OURS.memory), ((17, 1), 128 << 20));
        assert_eq!(chosen(1 << 26, 1 << 24), (14, 128), "much work in little memory is done again and again");
        assert_eq!(chosen(1 << 15, 1 << 30), (10, 1), "little work needs no more memory");
    }

    #[test]
    fn what_would_take_more_than_minisigns_default_is_refused_before_it_is_begun() {
        for (work, memory) in [(1 << 26, 1 << 31), (1 << 30, 1 << 30), (u64::MAX, u64::MAX), (0, 0)] {
            let refused = Limits { work, memory }.stream("words", &[0; 32]);
            assert_eq!(refused.is_err(), work > 0, "{work} {memory}");
        }
    }
}
