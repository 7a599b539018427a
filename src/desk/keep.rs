//! Keeping a desk safe: backups that were opened and checked, restoring one, and `check`.

use super::{Desk, DeskError};
use crate::{
    files::{self, Lock},
    formats::bundle,
    store::{Check, Page, Store, verify_copy},
};
use std::path::{Path, PathBuf};

/// How many rolling backups are kept.
const KEPT: usize = 10;

impl Desk {
    /// Takes every digest again, and asks of every article whether its history holds together as it would go out.
    pub fn check(&self) -> Result<Check, DeskError> {
        let mut found = self.store.check()?;
        if !found.faults.is_empty() {
            return Ok(found);
        }
        found.faults.extend(self.check_current()?);
        for summary in self.articles(&Page::whole())? {
            let sound = self.dossier(summary.article).and_then(|d| Ok(bundle::sound(&d.log)?));
            found.faults.extend(sound.err().map(|e| format!("article {}: {e}", summary.number)));
        }
        Ok(found)
    }

    /// Every live fact as text, one a line, people left out: what undo takes away and redo brings back, for tests to hold
    /// against each other.
    pub fn dump_live(&self) -> Result<String, DeskError> {
        Ok(self.store.dump_live()?)
    }

    /// Copies the desk to `to`, which must not exist, and checks the copy.
    pub fn backup(&self, to: &Path) -> Result<Check, DeskError> {
        if to.exists() {
            let why = format!("{} exists already; name a new file for the backup", to.display());
            return Err(DeskError::refused(why));
        }
        let made = self.store.backup(to);
        if made.is_err() {
            files::remove(to)?;
        }
        Ok(made?)
    }

    /// Makes a rolling backup in the folder beside the desk, if something was done since the last, and drops the oldest
    /// over ten. Gives the copy's path.
    pub fn roll_backup(&self) -> Result<Option<PathBuf>, DeskError> {
        let folder = backups_of(self.path());
        let name = format!("{:09}.tickmark", self.store.last_seq()?);
        let to = folder.join(&name);
        files::make_folder(&folder)?;
        if to.exists() || self.store.last_seq()? == 0 {
            return Ok(None);
        }
        self.backup(&to)?;
        let mut kept = files::names(&folder)?;
        kept.retain(|n| n.ends_with(".tickmark"));
        kept.sort();
        for old in kept.iter().take(kept.len().saturating_sub(KEPT)) {
            files::remove(&folder.join(old))?;
        }
        Ok(Some(to))
    }
}

/// Puts a backup in the desk's place. The backup is checked first, and the present desk is backed up. Refused while a
/// window has the desk open. Gives where the present desk was kept.
pub fn restore(desk: &Path, from: &Path) -> Result<Option<PathBuf>, DeskError> {
    let locked =
        || DeskError::refused(format!("a window has {} open; close it, then restore", desk.display()));
    let _lock = Lock::take(desk)?.ok_or_else(locked)?;
    verify_copy(from)?;
    let kept = if desk.exists() { Some(set_aside(desk)?) } else { None };
    let fresh = desk.with_extension("restoring");
    files::remove(&fresh)?;
    Store::open(from)?.backup(&fresh)?;
    for part in ["-wal", "-shm"] {
        files::remove(&sibling(desk, part))?;
    }
    files::rename(&fresh, desk)?;
    Ok(kept)
}

fn set_aside(desk: &Path) -> Result<PathBuf, DeskError> {
    let folder = backups_of(desk);
    files::make_folder(&folder)?;
    let present = Store::open(desk)?;
    let seq = present.last_seq()?;
    let free = |n: &u32| !folder.join(format!("{seq:09}-before-restore-{n}.tickmark")).exists();
    let n = (1..).find(free).unwrap_or_default();
    let to = folder.join(format!("{seq:09}-before-restore-{n}.tickmark"));
    present.backup(&to)?;
    Ok(to)
}

fn backups_of(desk: &Path) -> PathBuf {
    sibling(desk, ".backups")
}

fn sibling(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
