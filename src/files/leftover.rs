//! Removes the unfinished files that killed programs left, but not those that running programs are writing.

use std::{
    fs::{self, DirEntry, File},
    path::Path,
    time::Duration,
};

/// A file older than this is a leftover, even if a running process now has the number in its name.
const OLD: Duration = Duration::from_secs(24 * 3600);

/// Removes our unfinished files from a folder, if no running program owns them. A file that cannot be removed does no harm.
pub fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_type().is_ok_and(|t| t.is_file()) {
            continue;
        }
        // The lock is held until the file is removed, so that no other program starts to use it.
        let mut held = None;
        let is_leftover = match entry.file_name().to_str().and_then(Unfinished::named) {
            Some(Unfinished::Locked) => {
                held = File::open(entry.path()).ok().filter(|f| f.try_lock().is_ok());
                held.is_some()
            }
            Some(Unfinished::Of(process)) => !is_running(process) || is_old(&entry),
            None => false,
        };
        if is_leftover {
            let _ = fs::remove_file(entry.path());
        }
        drop(held);
    }
}

/// Who writes an unfinished file.
enum Unfinished {
    /// The program that holds its lock: `.NAME.tickmark-PROCESS-N.part`.
    Locked,
    /// The process with that number. The database writes such a file, so it has no lock of ours:
    /// `.NAME.tickmark-PROCESS.part`, and SQLite's files next to it.
    Of(u32),
}

impl Unfinished {
    fn named(name: &str) -> Option<Self> {
        let (stem, rest) = name.strip_prefix('.')?.rsplit_once(".part")?;
        let writer = stem.rsplit_once('.')?.1.strip_prefix("tickmark-")?;
        match (writer.split_once('-'), rest) {
            (Some((process, n)), "") => {
                let numbers = process.parse::<u32>().is_ok() && n.parse::<u32>().is_ok();
                numbers.then_some(Self::Locked)
            }
            (None, "" | "-journal" | "-wal" | "-shm") => writer.parse().ok().map(Self::Of),
            _ => None,
        }
    }
}

fn is_old(entry: &DirEntry) -> bool {
    let written = entry.metadata().and_then(|m| m.modified()).ok();
    written.and_then(|w| w.elapsed().ok()).is_some_and(|age| age > OLD)
}

/// Whether a process of that number runs, as far as the system reports.
#[cfg(unix)]
fn is_running(process: u32) -> bool {
    let known = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    known.is_some_and(|p| rustix::process::test_kill_process(p) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_running(_: u32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_no_running_program_are_removed_and_everything_else_remains() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mine = std::process::id();
        let remaining = [
            format!(".a.desk.tickmark-{mine}.part"),
            format!(".a.desk.tickmark-{mine}.part-journal"),
            ".notes.part".into(),
            ".chapter.2024-05.part".into(),
            ".track.4000000001.part".into(),
            "a.desk.1.part".into(),
            ".a.desk.part".into(),
            "a.desk".into(),
        ];
        // No process has so high a number.
        let removed = [
            ".a.desk.tickmark-4000000001.part",
            ".a.desk.tickmark-4000000001.part-journal",
            ".out.zip.tickmark-4000000001-0.part",
        ];
        for name in remaining.iter().map(String::as_str).chain(removed) {
            fs::write(at(name), "half").unwrap();
        }
        let held = super::super::Atomic::create(&at("out.zip")).unwrap();
        remove_leftovers(folder.path());
        let left = super::super::names(folder.path()).unwrap();
        assert_eq!(left.len(), remaining.len() + 1, "{left:?}");
        assert!(remaining.iter().all(|name| left.contains(name)), "{left:?}");
        drop(held);
    }
}
