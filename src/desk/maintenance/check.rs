//! Checking a desk, and a backup in one file.

use crate::desk::{
    Desk, DeskError,
    storage::stored_files::{Lost, refuse_without_room},
};
use crate::{
    files,
    formats::bundle,
    messages::{Message, message},
    model::{Digest, Doing, Steps},
    store::{Check, Page, check_copy},
};
use std::path::Path;

/// A backup that was made and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The result of checking it.
    pub check: Check,
    /// The files that are missing in it because they are missing in the desk's folder, by name.
    pub missing: Vec<Message>,
}

impl Desk {
    /// Computes every digest again, reads every file, and checks for every article whether its history is consistent as
    /// an export would contain it.
    pub fn check(&self) -> Result<Check, DeskError> {
        let (mut found, lost) = self.snapshot(|| self.checked())?;
        // The files next to the desk are not part of the snapshot: a file that was erased in the meantime is not lost.
        found.faults.extend(self.describe_lost_files(lost)?);
        Ok(found)
    }

    /// Checks one snapshot. Also returns the files that seem to be lost.
    fn checked(&self) -> Result<(Check, Vec<(Digest, Lost)>), DeskError> {
        let (chains, beside) = (self.all_chains()?, self.store.all_beside()?);
        let of = self.store.check_steps()?
            + (chains.len() + beside.len()) as u64
            + self.store.article_count()? as u64;
        let steps = Steps::new(&*self.progress, Doing::Checking, of);
        let mut found = self.store.check(&steps)?;
        if !found.faults.is_empty() {
            return Ok((found, Vec::new()));
        }
        found.faults.extend(self.check_current(&steps)?);
        let lost = self.lost_files(&steps)?;
        for summary in self.articles(&Page::whole())? {
            steps.next()?;
            let sound = self.dossier(summary.article).and_then(|d| Ok(bundle::check_history(&d.log)?));
            found.faults.extend(
                sound.err().map(|e| message!("check_article", number = summary.number, e = e.message())),
            );
        }
        Ok((found, lost))
    }

    /// Every live fact as text, one per line, without people. Tests use it to compare states before undo and after redo.
    pub fn dump_live(&self) -> Result<String, DeskError> {
        Ok(self.store.dump_live()?)
    }

    /// Copies the desk with all its files to one file, `to`, which must not exist, and checks the copy.
    pub fn backup(&self, to: &Path) -> Result<Backup, DeskError> {
        self.target(to, false)?;
        let beside: u64 = self.store.all_beside()?.iter().map(|(_, bytes)| bytes).sum();
        refuse_without_room(to, files::length(self.path()) + beside)?;
        let part = files::unfinished_path(to);
        files::remove_leftovers(files::folder_of(to));
        files::write_private(&part, b"")?;
        let made = self.whole_copy(&part).and_then(|made| {
            files::copy_permissions(self.path(), &part);
            files::move_to_new(&part, to)?;
            Ok(made)
        });
        if made.is_err() {
            files::remove(&part)?;
        }
        made
    }

    fn whole_copy(&self, part: &Path) -> Result<Backup, DeskError> {
        self.snapshot(|| Ok(self.store.copy_whole(part, self, &*self.progress)?))?;
        let (check, beside) = check_copy(part, &*self.progress)?;
        let lost = beside.into_iter().map(|(digest, _)| (digest, Lost::Missing)).collect();
        Ok(Backup { check, missing: self.describe_lost_files(lost)? })
    }
}
