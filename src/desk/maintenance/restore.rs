//! Restoring a backup: a copy of it is checked and updated to the newest form, the present desk is kept among its backups
//! in any state it is in, then the copy takes its place in one step. Nothing is written to the backup.

use super::{backups::set_aside, opening::move_beside};
use crate::desk::{
    Clock, DeskError,
    location::LOGS_AND_INDEX,
    storage::stored_files::{files_folder, refuse_without_room},
};
use crate::{
    files::{self, FileError, FileStore, Lock},
    messages::message,
    model::{Doing, Progress, Steps},
    store::{Store, copy_file, setting_of},
};
use std::path::{Path, PathBuf};

/// The result of restoring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the previous desk is now, if there was one.
    pub kept: Option<PathBuf>,
    /// The files of the backup that were not found, by their SHA-256. Files that were redacted since are removed from the
    /// automatic backups too.
    pub missing: Vec<String>,
}

/// Replaces the desk with a backup. The backup is checked first, and the previous desk is kept among its backups. Refused
/// while anybody has the desk open. If `desk` is a link, the link stays and its target is replaced.
pub fn restore(
    desk: &Path,
    from: &Path,
    clock: &dyn Clock,
    progress: &dyn Progress,
) -> Result<Restored, DeskError> {
    let desk = &files::real(&files::real_place(desk));
    let path = || desk.display().to_string();
    let _lock = Lock::take(desk)?
        .ok_or_else(|| DeskError::refused(message!("refused_restore_window", path = path())))?;
    files::remove_leftovers(files::folder_of(desk));
    let fresh = files::unfinished_path(desk);
    let done = prepare_copy(desk, from, &fresh, clock, progress).and_then(|missing| {
        files::copy_permissions(if desk.exists() { desk } else { from }, &fresh);
        // Nobody else reads or writes the present desk from here until it has lost its name.
        let _alone = Store::lock_exclusively(desk)
            .map_err(|_| DeskError::refused(message!("refused_restore_program", path = path())))?;
        let kept = if desk.exists() { Some(set_aside(desk)?) } else { None };
        LOGS_AND_INDEX.iter().try_for_each(|end| files::remove(&files::sibling(desk, end)))?;
        files::move_over(&fresh, desk)?;
        Ok(Restored { kept, missing })
    });
    remove_leftover(&fresh)?;
    done
}

/// Prepares the new desk: a checked copy of the backup in the newest form, and its files in the desk's folder. Returns
/// which files are missing.
fn prepare_copy(
    desk: &Path,
    from: &Path,
    fresh: &Path,
    clock: &dyn Clock,
    progress: &dyn Progress,
) -> Result<Vec<String>, DeskError> {
    refuse_without_room(fresh, files::length(from).saturating_mul(2))?;
    files::write_private(fresh, b"")?;
    copy_file(from, fresh, progress)?;
    let store = Store::open(fresh)?;
    if let Some(fault) =
        store.check(&Steps::new(progress, Doing::Checking, store.check_steps()?))?.faults.first()
    {
        let path = from.display().to_string();
        return Err(DeskError::refused(message!("refused_backup_faulty", path = path, why = fault.clone())));
    }
    let own = store.setting("desk.id")?;
    let new = || crate::desk::act::fresh(clock).to_string();
    let id = id_of_place(desk, own.as_deref())?.or_else(|| own.clone()).unwrap_or_else(new);
    store.set_setting("desk.id", &id)?;
    let file_store = FileStore::new(files_folder(desk), &id);
    let missing = copy_files(&store, &file_store, from, own.as_deref())?;
    move_beside(&store, &file_store, progress)?;
    // What was to be erased when the backup was made may have come again since.
    store.write(|tx| tx.erased_beside()?.iter().try_for_each(|digest| tx.forget_erased(digest)))?;
    store.shrink()?;
    store.close()?;
    Ok(missing)
}

/// The id of the desk at this path: the id of its folder of files, if the folder belongs to the present desk or to the
/// backup. `None` if there is no folder. The folder stays unchanged; files are only added to it.
fn id_of_place(desk: &Path, backup: Option<&str>) -> Result<Option<String>, DeskError> {
    let folder = files_folder(desk);
    let present = if desk.exists() { setting_of(desk, "desk.id") } else { Ok(None) };
    let Some(owner) = FileStore::owner(&folder)? else {
        // This refuses anything else at that path.
        FileStore::new(folder, backup.unwrap_or_default()).is_there()?;
        return Ok(None);
    };
    match present {
        // The present desk is damaged. Its folder most likely belongs to it.
        Err(_) => Ok(Some(owner)),
        Ok(Some(id)) if id == owner => Ok(Some(owner)),
        Ok(None) if backup == Some(owner.as_str()) => Ok(Some(owner)),
        Ok(id) => {
            let desk = id.or(backup.map(Into::into)).unwrap_or_else(|| "another one".into());
            Err(FileError::AnotherDesk { path: folder, found: owner, desk }.into())
        }
    }
}

/// Copies the files that the desk names from the backup's folder into its own. They are not hard links, so erasing a file
/// in one desk leaves the other unchanged.
fn copy_files(
    store: &Store,
    file_store: &FileStore,
    backup: &Path,
    id: Option<&str>,
) -> Result<Vec<String>, DeskError> {
    let beside = FileStore::new(files::sibling(&files::real(backup), ".files"), id.unwrap_or_default());
    let mut missing = Vec::new();
    for (digest, bytes) in store.all_beside()? {
        if file_store.is_sound(&digest, bytes)? {
            continue;
        }
        match beside.open(&digest)? {
            Some(mut from) => match file_store.put(&digest, bytes, &mut from) {
                Err(FileError::Changed) => missing.push(digest.to_string()),
                put => drop(put?),
            },
            None => missing.push(digest.to_string()),
        }
    }
    Ok(missing)
}

/// Removes what is left of the copy if it did not take the desk's place.
fn remove_leftover(fresh: &Path) -> Result<(), DeskError> {
    LOGS_AND_INDEX.iter().try_for_each(|end| files::remove(&files::sibling(fresh, end)))?;
    Ok(files::remove(fresh)?)
}
