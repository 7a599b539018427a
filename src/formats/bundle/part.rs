//! One file of a bundle's payload.

use crate::model::Digest;
use std::{borrow::Cow, collections::BTreeMap};

/// One file of the payload.
pub(super) enum Part<'d> {
    /// Bytes that the bundle writer generates.
    Generated(Cow<'d, [u8]>),
    /// A stored file, found by its SHA-256 and streamed.
    Stored { digest: Digest, bytes: u64, name: &'d str },
}

impl Part<'_> {
    /// Its length in bytes.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Generated(bytes) => bytes.len() as u64,
            Self::Stored { bytes, .. } => *bytes,
        }
    }
}

/// The payload by path.
pub(super) type Parts<'d> = BTreeMap<String, Part<'d>>;
