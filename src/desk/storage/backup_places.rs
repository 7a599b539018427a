//! The folders of a desk's automatic backups: one next to the desk, and a second one that a person named.

use crate::desk::{Desk, DeskError};
use crate::files::{self, FileStore};
use std::path::{Path, PathBuf};

/// The setting with the second folder of backups.
pub(in crate::desk) const SECOND: &str = "backup.second";

impl Desk {
    /// The second folder of backups, if one was named. The folder contains the desk's id, so an empty folder of a disk
    /// that is not connected is not mistaken for it.
    pub(in crate::desk) fn second(&self) -> Result<Option<FileStore>, DeskError> {
        let named = self.store.setting(SECOND)?.filter(|s| !s.is_empty());
        Ok(named.map(|path| FileStore::new(path.into(), self.id())))
    }

    /// The id in the desk's folder of files.
    pub(in crate::desk) fn id(&self) -> &str {
        self.file_store.id()
    }

    /// The folders of files of all automatic backups of this desk, and whether all backup folders can be reached.
    pub(in crate::desk) fn backup_file_stores(&self) -> Result<(Vec<FileStore>, bool), DeskError> {
        let mut all = file_stores_in(&backup_folder(self.path()), self.id())?;
        let second = self.second()?;
        let reached = second.as_ref().is_none_or(|s| s.is_there().unwrap_or(false));
        if let Some(second) = second.filter(|_| reached) {
            all.extend(file_stores_in(second.folder(), self.id())?);
        }
        Ok((all, reached))
    }
}

/// The folders of files of the backups in a folder that have this id, oldest first.
pub(in crate::desk) fn file_stores_in(folder: &Path, id: &str) -> Result<Vec<FileStore>, DeskError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = files::names(folder)?;
    names.retain(|n| n.ends_with(".files"));
    names.sort();
    let all = names.into_iter().map(|n| FileStore::new(folder.join(n), id));
    Ok(all.filter(|s| s.is_there().unwrap_or(false)).collect())
}

/// The folder of a desk's automatic backups.
pub(in crate::desk) fn backup_folder(desk: &Path) -> PathBuf {
    files::sibling(&files::real(desk), ".backups")
}
