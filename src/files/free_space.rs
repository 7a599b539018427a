//! How much room a disk has.

use std::path::Path;

/// How many bytes can still be written to the disk that `path` is on; `None` where that cannot be told. The path need not
/// be there yet: the nearest folder above it that is answers.
pub fn room(path: &Path) -> Option<u64> {
    path.ancestors().map(|p| if p.as_os_str().is_empty() { Path::new(".") } else { p }).find_map(free)
}

#[cfg(unix)]
fn free(path: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(path).ok()?;
    Some(told.f_bavail.saturating_mul(told.f_frsize))
}

/// Elsewhere nobody is asked, and so nothing is told before the disk is full.
#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_room_of_a_file_that_is_not_there_is_that_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let there = room(folder.path());
        let not_there = room(&folder.path().join("a/b/c.desk"));
        assert!(there.is_some() && not_there.is_some());
        assert!(room(Path::new("nowhere at all")).is_some());
    }
}
