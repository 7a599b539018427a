//! Plain ed25519 keys and signatures of raw bytes, with which devices of a shared desk sign what they send. Source: RFC 8032.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// A device's secret key.
#[derive(Clone)]
pub struct RawKey(SigningKey);

impl RawKey {
    /// The key made of 32 unpredictable random bytes.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The 32 bytes that it is made of.
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The signature of `bytes`, 64 bytes.
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        self.0.sign(bytes).to_bytes().into()
    }
}

/// Whether `signature` is the signature of `bytes` by the holder of this public key.
pub fn is_signed(key: &[u8; 32], bytes: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_bytes(key), Signature::from_slice(signature)) else {
        return false;
    };
    key.verify_strict(bytes, &signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_checked_by_its_own_key_alone() {
        let (mine, other) = (RawKey::from_seed(&[1; 32]), RawKey::from_seed(&[2; 32]));
        let signature = mine.sign(b"an entry");
        assert!(is_signed(&mine.public(), b"an entry", &signature));
        assert!(!is_signed(&mine.public(), b"another", &signature));
        assert!(!is_signed(&other.public(), b"an entry", &signature));
        assert!(!is_signed(&mine.public(), b"an entry", &signature[..63]));
    }
}
