//! Which file stands at a path: a file that another took the place of is told from it, whatever its name.

use std::{fs::Metadata, path::Path, time::SystemTime};

/// A file by what the system knows it by, and how it was last written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Device and number on it; nothing where the system does not tell them.
    number: Option<(u64, u64)>,
    bytes: u64,
    written: Option<SystemTime>,
}

impl Identity {
    /// Of the file at a path; `None` where none is there.
    pub fn of(path: &Path) -> Option<Self> {
        let meta = std::fs::metadata(path).ok()?;
        Some(Self { number: number(&meta), bytes: meta.len(), written: meta.modified().ok() })
    }

    /// Whether both are the same file, whatever was written to it between; nothing where the system does not tell.
    pub fn is_same_file(&self, other: &Self) -> Option<bool> {
        Some(self.number? == other.number?)
    }
}

/// How many names a file has on its disk; 1 where the system does not tell.
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
    fn a_file_that_another_took_the_place_of_is_told_from_it() {
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
