//! Restoring a backup: a copy of it is checked and brought to the newest form, the present desk is put aside as it is, whatever
//! it is, then the copy takes its place at once. Nothing is written to the backup.

use super::{backups::set_aside, opening::move_beside};
use crate::desk::{
    Clock, DeskError,
    location::LOGS_AND_INDEX,
    storage::stored_files::{files_folder, refuse_without_room},
};
use crate::{
    files::{self, FileError, FileStore, Lock},
    model::{Doing, Progress, Steps},
    store::{Store, copy_file, setting_of},
};
use std::path::{Path, PathBuf};

/// What came of restoring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the present desk was kept, where there was one.
    pub kept: Option<PathBuf>,
    /// The files that the backup names and that were found nowhere, by their SHA-256: what was redacted since is gone from
    /// the automatic backups too.
    pub missing: Vec<String>,
}

/// Puts a backup in the desk's place. The backup is checked first, and the present desk is kept among its backups. Refused
/// while anybody has the desk open. A link to a desk stays, and the desk it leads to is restored.
pub fn restore(
    desk: &Path,
    from: &Path,
    clock: &dyn Clock,
    progress: &dyn Progress,
) -> Result<Restored, DeskError> {
    let desk = &files::real(&files::real_place(desk));
    let open =
        |who: &str| DeskError::refused(format!("{who} has {} open; close it, then restore", desk.display()));
    let _lock = Lock::take(desk)?.ok_or_else(|| open("a window"))?;
    files::remove_leftovers(files::folder_of(desk));
    let fresh = files::unfinished_path(desk);
    let done = prepared(desk, from, &fresh, clock, progress).and_then(|missing| {
        files::copy_permissions(if desk.exists() { desk } else { from }, &fresh);
        // Nobody else reads or writes the present desk from here until it has lost its name.
        let _alone = Store::lock_exclusively(desk).map_err(|_| open("another program"))?;
        let kept = if desk.exists() { Some(set_aside(desk)?) } else { None };
        LOGS_AND_INDEX.iter().try_for_each(|end| files::remove(&files::sibling(desk, end)))?;
        files::move_over(&fresh, desk)?;
        Ok(Restored { kept, missing })
    });
    forget(&fresh)?;
    done
}

/// Makes the desk that is to be at the place: a copy of the backup, sound and of the newest form, and its files in the folder
/// beside the place. Gives which of them are missing.
fn prepared(
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
        let why = format!("the backup {} has a problem: {fault}; nothing was changed", from.display());
        return Err(DeskError::refused(why));
    }
    let own = store.setting("desk.id")?;
    let new = || crate::desk::act::fresh(clock).to_string();
    let id = id_of_place(desk, own.as_deref())?.or_else(|| own.clone()).unwrap_or_else(new);
    store.set_setting("desk.id", &id)?;
    let file_store = FileStore::new(files_folder(desk), &id);
    let missing = bring_files(&store, &file_store, from, own.as_deref())?;
    move_beside(&store, &file_store, progress)?;
    // What was to be erased when the backup was made may have come again since.
    store.write(|tx| tx.erased_beside()?.iter().try_for_each(|digest| tx.forget_erased(digest)))?;
    store.shrink()?;
    store.close()?;
    Ok(missing)
}

/// The id that the desk at this place has to have: that of the folder of files there, if it belongs to the desk that is there
/// or to the backup. `None` where there is no folder. The folder stays what it is; files are only added to it.
fn id_of_place(desk: &Path, backup: Option<&str>) -> Result<Option<String>, DeskError> {
    let folder = files_folder(desk);
    let present = if desk.exists() { setting_of(desk, "desk.id") } else { Ok(None) };
    let Some(owner) = FileStore::owner(&folder)? else {
        // Whatever stands there that is no such folder is refused here.
        FileStore::new(folder, backup.unwrap_or_default()).is_there()?;
        return Ok(None);
    };
    match present {
        // What is there is damaged; the folder beside it is its own as far as anybody can tell.
        Err(_) => Ok(Some(owner)),
        Ok(Some(id)) if id == owner => Ok(Some(owner)),
        Ok(None) if backup == Some(owner.as_str()) => Ok(Some(owner)),
        Ok(id) => {
            let desk = id.or(backup.map(Into::into)).unwrap_or_else(|| "another one".into());
            Err(FileError::AnotherDesk { path: folder, found: owner, desk }.into())
        }
    }
}

/// Copies the files that the desk names into its folder, from the folder beside the backup. They are copies and no further
/// names of the same bytes: what one of two desks erases stays with the other.
fn bring_files(
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

/// Removes what is left where the copy did not take the desk's place.
fn forget(fresh: &Path) -> Result<(), DeskError> {
    LOGS_AND_INDEX.iter().try_for_each(|end| files::remove(&files::sibling(fresh, end)))?;
    Ok(files::remove(fresh)?)
}
