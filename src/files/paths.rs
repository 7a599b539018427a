//! Paths, and what can be seen of what stands at them without opening it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The length of a file in bytes; 0 where none is there.
pub fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |m| m.len())
}

/// When a file was last written, in milliseconds since 1970; `None` where that cannot be told.
pub fn written_at(path: &Path) -> Option<i64> {
    let written = fs::metadata(path).and_then(|m| m.modified()).ok()?;
    let since = written.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

/// Whether something stands there, a link that leads nowhere among it.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The path without links on the way, where it leads to something; else as it is.
pub fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.into())
}

/// The path of a file that need not be there, without links on the way to its folder.
pub fn real_place(path: &Path) -> PathBuf {
    match path.file_name() {
        Some(name) => real(folder_of(path)).join(name),
        None => real(path),
    }
}

/// The path with something behind its name.
pub fn sibling(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// The folder a path is in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
