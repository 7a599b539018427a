//! Paths, and the facts about files that are known without opening them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The length of a file in bytes; 0 if it does not exist.
pub fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |m| m.len())
}

/// When a file was last written, in milliseconds since 1970; `None` if that is not known.
pub fn written_at(path: &Path) -> Option<i64> {
    let written = fs::metadata(path).and_then(|m| m.modified()).ok()?;
    let since = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

/// Whether anything exists at the path, even a broken link.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The path with all links resolved; unchanged if nothing exists there.
pub fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.into())
}

/// The path with all links to its folder resolved. The file itself need not exist.
pub fn real_place(path: &Path) -> PathBuf {
    match path.file_name() {
        Some(name) => real(folder_of(path)).join(name),
        None => real(path),
    }
}

/// Adds `end` to the end of the file's name.
pub fn sibling(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The folder that contains the path.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
