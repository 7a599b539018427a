//! Whether the desk's file is still the one that is open. Somebody may have deleted it, put another in its place, or written
//! over it, as programs do that sync folders: what is written then is lost, or destroys what came.

use super::{Desk, DeskError, keep::sibling};
use crate::{
    files::{self, Identity},
    store::{JournalEnd, Store, StoreError},
};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The file that was opened, as it was when it was looked at last, and how far its journal went.
pub(super) struct Place(Mutex<Seen>);

struct Seen {
    file: Option<Identity>,
    end: Option<JournalEnd>,
    /// Whether it is known not to be there any more.
    lost: bool,
}

impl Place {
    /// The file that stands at the store's path now.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        Ok(Self(Mutex::new(Seen {
            file: Identity::of(store.path()),
            end: store.journal_end()?,
            lost: false,
        })))
    }

    /// Remembers how far the journal goes now.
    pub fn went_on(&self, end: Option<JournalEnd>) {
        self.seen().end = end;
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Fails where the file at the desk's path is not the one that is open, in which case nothing may be written. One look at
    /// the folder; only where the file itself was written to since the last look it is read, to see that its journal is the
    /// one that is known.
    pub(super) fn still_there(&self) -> Result<(), DeskError> {
        let mut seen = self.shared.place.seen();
        match self.what_happened(&mut seen) {
            None => Ok(()),
            Some(how) => {
                if !seen.lost {
                    self.take_log_away();
                }
                seen.lost = true;
                Err(DeskError::Replaced { path: self.path().into(), how })
            }
        }
    }

    /// Whether the desk can be written to, as far as a look at its place tells.
    pub(super) fn can_write_now(&self) -> bool {
        self.shared.unwritable.is_none() && self.still_there().is_ok()
    }

    /// What happened to the file, where it is not the one that is open.
    fn what_happened(&self, seen: &mut Seen) -> Option<&'static str> {
        let Some(now) = Identity::of(self.path()) else { return Some("was deleted or moved away") };
        match seen.file {
            Some(file) if file == now && !seen.lost => return None,
            Some(file) if !file.is_same_file(&now) => return Some("was replaced by another"),
            _ => {}
        }
        match seen.end.map_or(Ok(true), |end| self.store.file_has(&end)) {
            Ok(true) => seen.file = Some(now),
            Err(StoreError::Busy) => {}
            Ok(false) | Err(_) => return Some("was written over by another program"),
        }
        None
    }

    /// Takes the log of the file that was open from beside the one that is there now: whoever opens that would find the pages
    /// of another file in it.
    fn take_log_away(&self) {
        let log = sibling(self.path(), "-wal");
        if files::length(&log) > 0 && files::is_there(self.path()) {
            // Where that fails, nothing is worse than it was.
            let _ = files::put_in_place(&log, &sibling(self.path(), ".replaced-wal"));
            let _ = files::remove(&sibling(self.path(), "-shm"));
        }
    }
}

/// What the connection would write into the file when it closes is left aside where the file is another by now.
impl Drop for Desk {
    fn drop(&mut self) {
        if self.still_there().is_err() {
            self.store.close_without_writing();
        }
    }
}

/// Writes what was typed into a file that only its owner may read: the one of before, else a new one named by the desk, in the
/// first of the folders that takes it. Gives where it is; nothing where nothing takes it.
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
