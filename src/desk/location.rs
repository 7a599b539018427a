//! Whether the file at the desk's path is still the one that is open. Somebody may have deleted or replaced it, or a
//! program that syncs folders may have overwritten it. Then a write would be lost, or would damage the new file.

use super::{Desk, DeskError, error::Loss};
use crate::{
    files::{self, Identity},
    messages::{Message, message},
    store::{JournalEnd, Store, StoreError},
};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// The file that was opened, as it was when it was last checked, and its log.
pub(super) struct Location {
    /// Its path without links.
    path: PathBuf,
    log: Option<Identity>,
    seen: Mutex<LastCheck>,
}

struct LastCheck {
    file: Option<Identity>,
    /// An earlier end of the journal. The right file always contains it.
    end: Option<JournalEnd>,
    /// Whether it is known to be deleted or replaced.
    lost: bool,
}

/// How often a file that seems to be another one is checked, and the pause in between: somebody may be writing the log
/// into it.
const CHECKS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(40);

impl Location {
    /// The file that is at the store's path now.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        let path = files::real(store.path());
        let (log, file) = (Identity::of(&files::sibling(&path, "-wal")), Identity::of(&path));
        let seen = LastCheck { file, end: store.journal_end()?, lost: false };
        Ok(Self { path, log, seen: Mutex::new(seen) })
    }

    /// Stores the current end of the journal.
    pub fn set_journal_end(&self, end: Option<JournalEnd>) {
        self.seen().end = end;
    }

    /// Fails if another file is at the path now. Does not read the file.
    pub fn same_file(&self) -> Result<(), DeskError> {
        let seen = self.seen();
        match Identity::of(&self.path) {
            None => Err(self.replaced(Loss::Deleted)),
            Some(_) if seen.lost => Err(self.replaced(Loss::Replaced)),
            Some(now) if seen.file.is_some_and(|f| f.is_same_file(&now) == Some(false)) => {
                Err(self.replaced(Loss::Replaced))
            }
            Some(_) => Ok(()),
        }
    }

    /// Renames the log of the file that was open, if another file is at the path now. SQLite would otherwise read pages
    /// of the old file for the new one. The log may have the only copy of the last actions, so it is not deleted.
    fn set_log_aside(&self) {
        let log = files::sibling(&self.path, "-wal");
        let own =
            self.log.zip(Identity::of(&log)).is_some_and(|(was, is)| was.is_same_file(&is) == Some(true));
        if own && files::length(&log) > 0 && files::is_there(&self.path) {
            let name = |n: u32| if n == 1 { ".replaced-wal".into() } else { format!("-{n}.replaced-wal") };
            let to = (1..1000).map(|n| files::sibling(&self.path, &name(n))).find(|to| !files::is_there(to));
            // If this fails, nothing is worse than before.
            let _ = to.map(|to| {
                files::move_over(&log, &to).and_then(|()| files::remove(&files::sibling(&self.path, "-shm")))
            });
        }
    }

    fn replaced(&self, how: Loss) -> DeskError {
        DeskError::Replaced { path: self.path.clone(), how }
    }

    fn seen(&self) -> MutexGuard<'_, LastCheck> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Fails if the file at the desk's path is not the one that is open; then nothing may be written. Checks the folder.
    /// Reads the file only if it was written to since the last check, to see whether it contains the known journal.
    pub(super) fn refuse_if_replaced(&self) -> Result<(), DeskError> {
        let location = &self.shared.location;
        let mut seen = location.seen();
        let Some(how) = self.what_happened(&mut seen)? else { return Ok(()) };
        if !seen.lost {
            location.set_log_aside();
        }
        seen.lost = true;
        Err(location.replaced(how))
    }

    /// Whether the desk can be written to, as far as a check of its path shows.
    pub(super) fn can_write_now(&self) -> bool {
        self.shared.unwritable.is_none() && self.refuse_if_replaced().is_ok()
    }

    /// What happened to the file, if it is not the one that is open. Fails if that cannot be checked now.
    fn what_happened(&self, seen: &mut LastCheck) -> Result<Option<Loss>, DeskError> {
        let path = &self.shared.location.path;
        for check in 1..=CHECKS {
            let Some(now) = Identity::of(path) else { return Ok(Some(Loss::Deleted)) };
            match seen.file {
                Some(_) if seen.lost => return Ok(Some(Loss::Replaced)),
                Some(file) if file == now => return Ok(None),
                Some(_) if files::length(path) == 0 => return Ok(Some(Loss::Overwritten)),
                Some(file) if file.is_same_file(&now) == Some(false) => return Ok(Some(Loss::Replaced)),
                _ => {}
            }
            match seen.end.map_or(Ok(true), |end| self.store.file_has(&end)) {
                Ok(true) => {
                    seen.file = Some(now);
                    return Ok(None);
                }
                Ok(false)
                | Err(StoreError::Damaged(_) | StoreError::NotADesk { .. } | StoreError::Empty(_)) => {}
                Err(why) => return Err(why.into()),
            }
            if check < CHECKS {
                thread::sleep(PAUSE);
            }
        }
        Ok(Some(Loss::Overwritten))
    }
}

/// If the file is another one now, the connection closes without writing to it.
impl Drop for Desk {
    fn drop(&mut self) {
        if self.refuse_if_replaced().is_err() {
            self.store.close_without_writing();
        }
    }
}

/// Writes typed text to a file that only its owner may read: `before` if it is given, else a new file named after the
/// desk, in the first of the folders that can be written to. Returns its path; none if no folder can be written to.
pub fn rescue_text(desk: &Path, text: &str, before: Option<PathBuf>, folders: &[PathBuf]) -> Option<PathBuf> {
    let name = desk.file_name()?.to_string_lossy().into_owned();
    let free = |folder: &PathBuf| {
        let named = |n: u32| if n == 1 { String::new() } else { format!("-{n}") };
        (1..1000)
            .map(|n| folder.join(format!("{name}.rescued{}.txt", named(n))))
            .find(|p| !files::is_there(p))
    };
    let written = |path: &PathBuf| files::replace_private(path, text.as_bytes()).is_ok();
    before.into_iter().chain(folders.iter().filter_map(free)).find(written)
}

/// The endings of the names of logs, which contain pages of a desk's file that was not closed.
pub(in crate::desk) const LOGS: [&str; 2] = ["-wal", "-journal"];
/// The same, and the index of a log, which SQLite can rebuild.
pub(in crate::desk) const LOGS_AND_INDEX: [&str; 3] = [LOGS[0], LOGS[1], "-shm"];

/// Why a desk can only be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Unwritable {
    /// Its disk is full.
    Full,
    /// Its medium, its folder or its file is read-only.
    ReadOnly,
}

impl Unwritable {
    /// The error of a refused write.
    pub fn refusal(self) -> StoreError {
        match self {
            Self::Full => StoreError::Full,
            Self::ReadOnly => StoreError::ReadOnly,
        }
    }

    fn message(self, desk: &Path) -> Message {
        match self {
            Self::Full => message!("only_read_full", desk = desk),
            Self::ReadOnly => message!("only_read_place", desk = desk),
        }
    }
}

impl Desk {
    /// The reason why the desk can only be read, if that is so.
    pub fn only_read(&self) -> Option<Message> {
        self.shared.unwritable.map(|why| why.message(self.path()))
    }
}
