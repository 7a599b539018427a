//! Keeping a desk safe: `check`, and a backup in one file.

use super::{Desk, DeskError, shelf::refuse_without_room};
use crate::{
    files,
    formats::bundle,
    store::{Check, Page, check_copy},
};
use std::path::{Path, PathBuf};

/// A backup that was made and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// What the check of it found.
    pub check: Check,
    /// The files that it should hold and that are missing in the desk's folder, each by name.
    pub missing: Vec<String>,
}

impl Desk {
    /// Takes every digest again, reads every file, and asks of every article whether its history holds together as it would go
    /// out.
    pub fn check(&self) -> Result<Check, DeskError> {
        let mut found = self.store.check()?;
        if !found.faults.is_empty() {
            return Ok(found);
        }
        found.faults.extend(self.check_current()?);
        found.faults.extend(self.lost_files()?);
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

    /// Copies the desk with all its files to one file, `to`, which must not exist, and checks the copy.
    pub fn backup(&self, to: &Path) -> Result<Backup, DeskError> {
        if files::is_there(to) {
            let why = format!("{} exists already; name a new file for the backup", to.display());
            return Err(DeskError::refused(why));
        }
        let beside: u64 = self.store.all_beside()?.iter().map(|(_, bytes)| bytes).sum();
        refuse_without_room(to, files::length(self.path()) + beside)?;
        let part = files::unfinished(to);
        files::remove(&part)?;
        let made = self.whole_copy(&part).and_then(|made| {
            files::put_in_place(&part, to)?;
            Ok(made)
        });
        if made.is_err() {
            files::remove(&part)?;
        }
        made
    }

    fn whole_copy(&self, part: &Path) -> Result<Backup, DeskError> {
        self.store.copy_whole(part, self)?;
        let (check, beside) = check_copy(part)?;
        let lost = beside.into_iter().map(|(digest, _)| (digest, "is missing".to_owned())).collect();
        Ok(Backup { check, missing: self.told_lost(lost)? })
    }
}

/// The path with something behind its name.
pub(super) fn sibling(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
