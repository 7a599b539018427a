//! A stored file that a fact names.

use super::Digest;

/// A stored file that a fact names, attached to a source or in an article: a fixed copy, stored under its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// SHA-256 of the bytes. They are stored under it.
    pub digest: Digest,
    /// The file's name without its folder.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
}
