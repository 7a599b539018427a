//! How much space a disk has left.

use std::path::Path;

/// How many bytes can still be written to the disk that `path` is on; `None` if the system does not report it. The path need
/// not exist: the nearest existing folder above it is used.
pub fn free_bytes(path: &Path) -> Option<u64> {
    path.ancestors()
        .map(|p| if p.as_os_str().is_empty() { Path::new(".") } else { p })
        .find_map(free_bytes_on)
}

#[cfg(unix)]
fn free_bytes_on(path: &Path) -> Option<u64> {
    let stats = rustix::fs::statvfs(path).ok()?;
    Some(stats.f_bavail.saturating_mul(stats.f_frsize))
}

/// Other systems are not asked. There, nothing warns before the disk is full.
#[cfg(not(unix))]
fn free_bytes_on(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_space_for_a_file_that_does_not_exist_is_that_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let existing = free_bytes(folder.path());
        let missing = free_bytes(&folder.path().join("a/b/c.desk"));
        assert!(existing.is_some() && missing.is_some());
        assert!(free_bytes(Path::new("nowhere at all")).is_some());
    }
}
