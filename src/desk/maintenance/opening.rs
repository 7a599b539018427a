//! Opening a desk: one of an older form is copied before it is changed, files that are too long for the desk's own file are
//! moved beside it, and what a program that was stopped had begun to erase is erased.

use super::{backups::take_back_aside, connections::Shared};
use crate::desk::{
    Clock, Desk, DeskError, Me,
    location::Unwritable,
    storage::stored_files::{files_folder, refuse_without_room},
};
use crate::{
    files::{self, FileError, FileStore, Lock, SharedBy},
    model::{Blobs, Doing, Moment, Progress, Unwatched},
    store::{OlderForm, Store, StoreError},
};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::Arc,
};

/// How long a file is kept that was looked at and not brought in, in milliseconds: a week.
const KEPT: i64 = 7 * 24 * 3600 * 1000;

/// The setting with the folder that was told as one which others have as well.
const SHARED: &str = "place.shared";

/// How a desk is opened.
#[derive(Default)]
pub struct Opening<'o> {
    /// Whether it is made where there is none.
    pub create: bool,
    /// The desk's lock, where the caller holds it; else it is taken for as long as the desk is brought to a newer form.
    pub lock: Option<&'o Lock>,
    /// Who is told how far it is, where something has to be brought up to date first.
    pub progress: Option<Arc<dyn Progress + Send + Sync>>,
}

impl Desk {
    /// Opens the desk at `path`. Fails where there is none.
    pub fn open(path: &Path, clock: Box<dyn Clock>) -> Result<Self, DeskError> {
        Self::open_as(path, clock, Opening::default())
    }

    /// Opens the desk at `path`, making it where there is none.
    pub fn open_or_create(path: &Path, clock: Box<dyn Clock>) -> Result<Self, DeskError> {
        Self::open_as(path, clock, Opening { create: true, ..Opening::default() })
    }

    /// Opens the desk at `path`. One of an older form is brought to the newest: a copy is made first, and no window may have
    /// the desk open meanwhile.
    pub fn open_as(path: &Path, clock: Box<dyn Clock>, opening: Opening) -> Result<Self, DeskError> {
        let Opening { create, lock, progress } = opening;
        let progress = progress.unwrap_or_else(|| Arc::new(Unwatched));
        let before = |due: &OlderForm| {
            let taken = if lock.is_some() { None } else { Some(lock_to_change(path)?) };
            copy_before(due, path, &*progress)?;
            Ok::<_, DeskError>(taken)
        };
        refuse_emptied(path, create)?;
        refuse_several_names(path, lock.is_some())?;
        let (store, unwritable) = match Store::open_after(path, create, before) {
            Ok(store) => (store, None),
            Err(DeskError::Store(why)) if why.may_be_read() && path.exists() => opened_to_read(path, why)?,
            Err(why) => return Err(why),
        };
        let shared = Shared::of(&store, clock, unwritable)?;
        let desk = Self::over(store, shared, progress)?;
        desk.settle_files(lock.is_some());
        Ok(desk)
    }

    pub(in crate::desk) fn over(
        store: Store,
        shared: Shared,
        progress: Arc<dyn Progress + Send + Sync>,
    ) -> Result<Self, DeskError> {
        let me = match store.setting("me")? {
            Some(id) => id.parse().map_or(Me::Nobody, Me::InfoAt),
            None => Me::Nobody,
        };
        let id = match store.setting("desk.id")? {
            Some(id) => id,
            // It may be damaged, and the folder of files still says it.
            None => {
                let owner = FileStore::owner(&files_folder(store.path()))
                    .ok()
                    .flatten()
                    .filter(|_| store.has_setting("desk.id"));
                let id = owner.unwrap_or_else(|| crate::desk::act::fresh(&shared.clock).to_string());
                if shared.unwritable.is_some() { id } else { store.setting_or("desk.id", &id)? }
            }
        };
        let file_store = FileStore::new(files_folder(store.path()), &id);
        let (clock, cache) = (shared.clock.clone(), RefCell::default());
        let desk =
            Self { store, clock, me, file_store, cache, shared, progress, refresh_rows: Self::keep_current };
        if desk.shared.unwritable.is_none() {
            desk.bring_up_to_date()?;
        }
        Ok(desk)
    }

    /// Brings the folder beside the desk's file in step with it. What cannot be done now is told and tried again at the next
    /// opening: the desk works all the same.
    fn settle_files(&self, locked: bool) {
        if let Some(why) = self.only_read() {
            return self.note(why);
        }
        if let Err(why) = self.note_shared() {
            self.note(format!("it is not known whether the desk's folder is shared: {why}"));
        }
        if locked && let Err(why) = self.store.drop_imports_before(Moment(self.clock.now().0 - KEPT)) {
            self.note(format!("files that were reviewed and not imported are still kept: {why}"));
        }
        if let Err(why) = self.finish_erasing() {
            self.note(format!("files that were redacted are still on the disk: {why}"));
        }
        if let Err(why) = self.move_files(locked) {
            self.note(format!("files that are kept in the desk's own file were not moved beside it: {why}"));
        }
    }

    /// Tells once that the desk is in a folder which a program or a network has as well.
    fn note_shared(&self) -> Result<(), DeskError> {
        let by = match files::shared_by(self.path()) {
            Some(SharedBy::Sync) => "a program syncs the folder of the desk",
            Some(SharedBy::Network) => "the desk is on another computer's disk",
            None => return Ok(()),
        };
        let folder = files::folder_of(&files::real_place(self.path())).display().to_string();
        if self.store.setting(SHARED)?.as_deref() == Some(&folder) {
            return Ok(());
        }
        self.store.set_setting(SHARED, &folder)?;
        self.note(format!(
            "{by}: another version can replace it while it is open, and two people who work at the same time damage it. Keep the desk \
             on this computer's own disk, and use 'tickmark backup --second DIR' to keep its backups there"
        ));
        Ok(())
    }

    /// Moves files that are too long for the desk's own file beside it, where no other program holds the desk's lock: that
    /// one does it.
    fn move_files(&self, locked: bool) -> Result<(), DeskError> {
        if self.store.too_long()?.is_empty() && !self.store.has_much_free_space()? {
            return Ok(());
        }
        let lock = if locked { None } else { Lock::take(self.path())? };
        if locked || lock.is_some() {
            move_beside(&self.store, &self.file_store, &*self.progress)?;
            self.store.shrink()?;
        }
        Ok(())
    }
}

/// Moves files that are too long for a desk's own file beside it, one after the other: each is whole in the folder and on the
/// disk before it is taken out of the file. One that is damaged stays where it is.
pub(in crate::desk) fn move_beside(
    store: &Store,
    file_store: &FileStore,
    progress: &dyn Progress,
) -> Result<(), DeskError> {
    let all = store.too_long()?;
    let (mut done, total) = (0, all.iter().map(|(_, bytes)| bytes).sum());
    if all.is_empty() {
        return Ok(());
    }
    refuse_without_room(file_store.folder(), total)?;
    for (digest, bytes) in all {
        progress.at(Doing::Moving, done, total)?;
        if let Some(mut from) = store.open(&digest).map_err(FileError::Source)? {
            match file_store.put(&digest, bytes, &mut from) {
                Err(FileError::Changed) => continue,
                put => drop(put?),
            }
        }
        store.write(|tx| {
            let moved = file_store.has(&digest, bytes)? && tx.moved_beside(&digest, bytes)?;
            match tx.file_place(&digest)? {
                // Erased by another program meanwhile.
                None if !moved => Ok::<_, DeskError>(FileStore::erase(&[file_store], &digest)?),
                _ => Ok(()),
            }
        })?;
        done += bytes;
    }
    Ok(())
}

/// With less than this on its disk, in bytes, it is taken that a desk cannot be written because the disk is full.
const NO_ROOM: u64 = 1 << 20;

/// Refuses a file without a byte, unless a desk is to be made of it and nothing beside it tells of one that was there. SQLite
/// must not see it: it removes the log beside such a file.
fn refuse_emptied(path: &Path, create: bool) -> Result<(), DeskError> {
    let left = ["-wal", ".backups", ".files", ".keys"]
        .iter()
        .any(|end| files::is_there(&files::sibling(&files::real(path), end)));
    match path.is_file() && files::length(path) == 0 && (left || !create) {
        true => Err(StoreError::Empty(path.into()).into()),
        false => Ok(()),
    }
}

/// Refuses a file that has several names on its disk: each has a log of its own beside it, and whoever opens one by the other's
/// finds a desk without its newest pages.
fn refuse_several_names(path: &Path, locked: bool) -> Result<(), DeskError> {
    if files::names_of(path) > 1 {
        // A restore that goes on just now gives it a second name, too.
        let lock = if locked { None } else { Lock::take(path)? };
        if locked || lock.is_some() {
            take_back_aside(path)?;
        }
    }
    match files::names_of(path) {
        0 | 1 => Ok(()),
        n => Err(DeskError::refused(format!(
            "the desk's file {} has {n} names on its disk (hard links), and what is saved under one would be lost under the \
             others; nothing was changed. Copy it to a new file, and open that",
            path.display()
        ))),
    }
}

/// Opens a desk to read it, which could not be opened to write because of `why`.
fn opened_to_read(path: &Path, why: StoreError) -> Result<(Store, Option<Unwritable>), DeskError> {
    let store = Store::open_to_read(path).map_err(|_| why)?;
    let full = files::free_bytes(path).is_some_and(|room| room < NO_ROOM);
    Ok((store, Some(if full { Unwritable::Full } else { Unwritable::ReadOnly })))
}

fn lock_to_change(desk: &Path) -> Result<Lock, DeskError> {
    Lock::take(desk)?.ok_or_else(|| {
        DeskError::refused(format!(
            "{} has an older form and must be updated, but a window has it open, or another program is updating it; \
             nothing was changed. Close the window, or wait for the program, then try again",
            desk.display()
        ))
    })
}

/// Copies a desk's file of an older form beside it, under a name that nothing has.
fn copy_before(due: &OlderForm, desk: &Path, progress: &dyn Progress) -> Result<(), DeskError> {
    let name = files::sibling(desk, &format!(".before-form-{}", due.form()));
    let free = (2..).map(|n| files::sibling(&name, &format!("-{n}"))).find(|p| !files::is_there(p));
    let to = if files::is_there(&name) { free.unwrap_or(name) } else { name };
    refuse_without_room(desk, files::length(desk)).map_err(|why| {
        let what = "has an older form and is copied before it is updated";
        DeskError::refused(format!("{} {what}, but {why}", desk.display()))
    })?;
    let part = files::unfinished_path(&to);
    files::remove_leftovers(files::folder_of(&to));
    files::write_private(&part, b"")?;
    let copied = due.copy(&part, progress).map_err(DeskError::from).and_then(|()| {
        files::copy_permissions(desk, &part);
        Ok(files::move_to_new(&part, &to)?)
    });
    if copied.is_err() {
        files::remove(&part)?;
    }
    copied
}

/// The desk as one file and the folders beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// The desk's file.
    pub desk: PathBuf,
    /// The folder of the files that are kept with it, which is there once one over 64 KiB was kept.
    pub files: PathBuf,
    /// How many files are kept there.
    pub count: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// The folder of the keys.
    pub keys: PathBuf,
    /// The folder of the automatic backups.
    pub backups: PathBuf,
    /// The second folder of automatic backups, where one was named, and whether it can be reached now.
    pub second: Option<(PathBuf, bool)>,
}

impl Desk {
    /// Where everything of the desk is.
    pub fn whereabouts(&self) -> Result<Whereabouts, DeskError> {
        let beside = self.store.all_beside()?;
        Ok(Whereabouts {
            desk: self.path().into(),
            files: self.file_store.folder().into(),
            count: beside.len(),
            bytes: beside.iter().map(|(_, bytes)| bytes).sum(),
            keys: crate::desk::people::keys::keys_folder(self.path()),
            backups: crate::desk::storage::backup_places::backup_folder(self.path()),
            second: self.second()?.map(|s| (s.folder().into(), s.is_there().unwrap_or(false))),
        })
    }
}
