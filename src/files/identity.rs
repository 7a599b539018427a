//! Identifies the file at a path: if another file replaced it, the identity differs, even under the same name.

use std::{fs::Metadata, path::Path, time::SystemTime};

/// A file's identity on the disk, and when and with what length it was last written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The device and the file's number on it; `None` if the system does not report them.
    number: Option<(u64, u64)>,
    bytes: u64,
    written: Option<SystemTime>,
}

impl Identity {
    /// The identity of the file at a path; `None` if there is none.
    pub fn of(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok()?;
        Some(Self { number: number(&meta), bytes: meta.len(), written: meta.modified().ok() })
    }

    /// Whether both are the same file, even if it was written to in between; `None` if the system does not report it.
    pub fn is_same_file(&self, other: &Self) -> Option<bool> {
        Some(self.number? == other.number?)
    }
}

/// How many names (hard links) a file has on its disk; 1 if the system does not report it.
pub fn names_of(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(1, |meta| links(&meta))
}

#[cfg(unix)]
fn number(meta: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<(u64, u64)> {
    None
}

#[cfg(unix)]
fn links(meta: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(meta)
}

#[cfg(not(unix))]
fn links(_: &Metadata) -> u64 {
    1
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_replaced_another_has_another_identity() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&a, "one").unwrap();
        std::fs::write(&b, "one").unwrap();
        let before = Identity::of(&a).unwrap();
        std::fs::write(&a, "two, longer").unwrap();
        let written = Identity::of(&a).unwrap();
        assert!(before.is_same_file(&written) == Some(true) && before != written);
        std::fs::rename(&b, &a).unwrap();
        assert_eq!(before.is_same_file(&Identity::of(&a).unwrap()), Some(false));
        std::fs::remove_file(&a).unwrap();
        assert!(Identity::of(&a).is_none());
    }
}
