//! What programs that were killed left half written: told from what others are writing just now, and removed.

use std::{
    fs::{self, DirEntry, File},
    path::Path,
    time::Duration,
};

/// What is older than this is nobody's work any more, whoever has the number of its process by now.
const OLD: Duration = Duration::from_secs(24 * 3600);

/// Removes from a folder what is ours, unfinished, and no running program's. What cannot be removed does no harm.
pub fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_type().is_ok_and(|t| t.is_file()) {
            continue;
        }
        // Held until it is removed, so that nobody takes it up meanwhile.
        let mut held = None;
        let left = match entry.file_name().to_str().and_then(Unfinished::named) {
            Some(Unfinished::Locked) => {
                held = File::open(entry.path()).ok().filter(|f| f.try_lock().is_ok());
                held.is_some()
            }
            Some(Unfinished::Of(process)) => !runs(process) || is_old(&entry),
            None => false,
        };
        if left {
            let _ = fs::remove_file(entry.path());
        }
        drop(held);
    }
}

/// Whose a file is that is not finished.
enum Unfinished {
    /// Its writer's, who holds its lock: `.NAME.tickmark-PROCESS-N.part`.
    Locked,
    /// Of the process with that number, because the database writes it: `.NAME.tickmark-PROCESS.part`, and what stands beside that.
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

/// Whether a process of that number runs, as far as the system tells.
#[cfg(unix)]
fn runs(process: u32) -> bool {
    let known = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    known.is_some_and(|p| rustix::process::test_kill_process(p) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn runs(_: u32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_running_programs_goes_and_everything_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mine = std::process::id();
        let stays = [
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
        let goes = [
            ".a.desk.tickmark-4000000001.part",
            ".a.desk.tickmark-4000000001.part-journal",
            ".out.zip.tickmark-4000000001-0.part",
        ];
        for name in stays.iter().map(String::as_str).chain(goes) {
            fs::write(at(name), "half").unwrap();
        }
        let held = super::super::Atomic::create(&at("out.zip")).unwrap();
        remove_leftovers(folder.path());
        let left = super::super::names(folder.path()).unwrap();
        assert_eq!(left.len(), stays.len() + 1, "{left:?}");
        assert!(stays.iter().all(|name| left.contains(name)), "{left:?}");
        drop(held);
    }
}
