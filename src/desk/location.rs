//! Whether the desk's file is still the one that is open. Somebody may have deleted it, put another in its place, or written
//! over it, as programs do that sync folders: what is written then is lost, or destroys what came.

use super::{Desk, DeskError};
use crate::{
    files::{self, Identity},
    store::{JournalEnd, Store, StoreError},
};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

/// The file that was opened, as it was when it was looked at last, and its log.
pub(super) struct Location {
    /// Where it is, without links on the way.
    path: PathBuf,
    log: Option<Identity>,
    seen: Mutex<Seen>,
}

struct Seen {
    file: Option<Identity>,
    /// An end that the journal had, which it has to have for ever.
    end: Option<JournalEnd>,
    /// Whether it is known not to be there any more.
    lost: bool,
}

/// How often a file that seems to be another is looked at again, and after how long: somebody may be writing the log into it.
const LOOKS: u32 = 4;
const BETWEEN: Duration = Duration::from_millis(40);

impl Location {
    /// The file that stands at the store's path now.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        let path = files::real(store.path());
        let (log, file) = (Identity::of(&files::sibling(&path, "-wal")), Identity::of(&path));
        let seen = Seen { file, end: store.journal_end()?, lost: false };
        Ok(Self { path, log, seen: Mutex::new(seen) })
    }

    /// Remembers how far the journal goes now.
    pub fn went_on(&self, end: Option<JournalEnd>) {
        self.seen().end = end;
    }

    /// Fails where another file stands at the path by now. What is in it is not looked at.
    pub fn same_file(&self) -> Result<(), DeskError> {
        let seen = self.seen();
        match Identity::of(&self.path) {
            None => Err(self.replaced(DELETED)),
            Some(_) if seen.lost => Err(self.replaced(REPLACED)),
            Some(now) if seen.file.is_some_and(|f| f.is_same_file(&now) == Some(false)) => {
                Err(self.replaced(REPLACED))
            }
            Some(_) => Ok(()),
        }
    }

    /// Takes the log of the file that was open from beside the one that is there now: whoever opens that would find the pages
    /// of another file in it. What was recorded last may be in it alone, so it is kept.
    fn take_log_away(&self) {
        let log = files::sibling(&self.path, "-wal");
        let own =
            self.log.zip(Identity::of(&log)).is_some_and(|(was, is)| was.is_same_file(&is) == Some(true));
        if own && files::length(&log) > 0 && files::is_there(&self.path) {
            let name = |n: u32| if n == 1 { ".replaced-wal".into() } else { format!("-{n}.replaced-wal") };
            let to = (1..1000).map(|n| files::sibling(&self.path, &name(n))).find(|to| !files::is_there(to));
            // Where that fails, nothing is worse than it was.
            let _ = to.map(|to| {
                files::move_over(&log, &to).and_then(|()| files::remove(&files::sibling(&self.path, "-shm")))
            });
        }
    }

    fn replaced(&self, how: &'static str) -> DeskError {
        DeskError::Replaced { path: self.path.clone(), how }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const DELETED: &str = "was deleted or moved away";
const REPLACED: &str = "was replaced by another file";
const WRITTEN: &str = "was written over by another program";

impl Desk {
    /// Fails where the file at the desk's path is not the one that is open, in which case nothing may be written. One look at
    /// the folder; only where the file itself was written to since the last look it is read, to see that its journal is the
    /// one that is known.
    pub(super) fn still_there(&self) -> Result<(), DeskError> {
        let place = &self.shared.place;
        let mut seen = place.seen();
        let Some(how) = self.what_happened(&mut seen)? else { return Ok(()) };
        if !seen.lost {
            place.take_log_away();
        }
        seen.lost = true;
        Err(place.replaced(how))
    }

    /// Whether the desk can be written to, as far as a look at its place tells.
    pub(super) fn can_write_now(&self) -> bool {
        self.shared.unwritable.is_none() && self.still_there().is_ok()
    }

    /// What happened to the file, where it is not the one that is open. Fails where that cannot be seen just now.
    fn what_happened(&self, seen: &mut Seen) -> Result<Option<&'static str>, DeskError> {
        let path = &self.shared.place.path;
        for look in 1..=LOOKS {
            let Some(now) = Identity::of(path) else { return Ok(Some(DELETED)) };
            match seen.file {
                Some(_) if seen.lost => return Ok(Some(REPLACED)),
                Some(file) if file == now => return Ok(None),
                Some(_) if files::length(path) == 0 => return Ok(Some(WRITTEN)),
                Some(file) if file.is_same_file(&now) == Some(false) => return Ok(Some(REPLACED)),
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
            if look < LOOKS {
                thread::sleep(BETWEEN);
            }
        }
        Ok(Some(WRITTEN))
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

/// How the names of the logs end that hold pages of a desk's file which nobody closed.
pub(in crate::desk) const LOGS: [&str; 2] = ["-wal", "-journal"];
/// The same, and the index of a log, which SQLite makes anew.
pub(in crate::desk) const LOGS_AND_INDEX: [&str; 3] = [LOGS[0], LOGS[1], "-shm"];

/// Why a desk can only be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Unwritable {
    /// Its disk has no room.
    Full,
    /// Its medium, its folder or its file is read-only.
    ReadOnly,
}

impl Unwritable {
    /// What a write is refused with.
    pub fn refusal(self) -> StoreError {
        match self {
            Self::Full => StoreError::Full,
            Self::ReadOnly => StoreError::ReadOnly,
        }
    }

    fn told(self, desk: &Path) -> String {
        match self {
            Self::Full => format!(
                "the disk is full: everything on the desk {} can be read, and nothing can be saved. Free about 200 MB, then \
                 open it again",
                desk.display()
            ),
            Self::ReadOnly => format!(
                "the desk {} is in a place that cannot be written to: everything on it can be read, and nothing can be saved. \
                 Copy it to another place to work on it",
                desk.display()
            ),
        }
    }
}

impl Desk {
    /// Why the desk can only be read, where it can.
    pub fn only_read(&self) -> Option<String> {
        self.shared.unwritable.map(|why| why.told(self.path()))
    }
}
