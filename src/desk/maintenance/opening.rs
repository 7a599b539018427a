//! Opening a desk. A desk of an older form is copied before it is updated. Files that are too long for the desk's own
//! file are moved out of it. Erasing that a stopped program began is finished.

use super::{backups::remove_second_names, connections::Shared};
use crate::desk::{
    Clock, Desk, DeskError, Me,
    location::Unwritable,
    storage::stored_files::{files_folder, refuse_without_room},
};
use crate::{
    files::{self, FileError, FileStore, Identity, Lock, SharedBy},
    messages::message,
    model::{Blobs, Doing, Moment, Progress, Unwatched},
    store::{OlderForm, Store, StoreError},
};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    sync::Arc,
};

/// How long a reviewed file that was not imported is stored, in milliseconds: a week.
const KEEP_REVIEWED_MS: i64 = 7 * 24 * 3600 * 1000;

/// The setting with the shared folder that was already reported.
const SHARED: &str = "place.shared";

/// How a desk is opened.
#[derive(Default)]
pub struct Opening<'o> {
    /// Whether to create it if it does not exist.
    pub create: bool,
    /// The desk's lock, if the caller has it. Otherwise the lock is taken while the desk is updated to a newer form.
    pub lock: Option<&'o Lock>,
    /// Receives the progress if something has to be updated first.
    pub progress: Option<Arc<dyn Progress + Send + Sync>>,
}

impl Desk {
    /// Opens the desk at `path`. Fails if there is none.
    pub fn open(path: &Path, clock: Box<dyn Clock>) -> Result<Self, DeskError> {
        Self::open_as(path, clock, Opening::default())
    }

    /// Opens another desk on this computer, to bring in its articles.
    pub fn open_other(&self, path: &Path) -> Result<Self, DeskError> {
        let same = Identity::of(path).zip(Identity::of(self.path()));
        if same.is_some_and(|(other, own)| other.is_same_file(&own) == Some(true)) {
            return Err(DeskError::refused(message!("refused_bring_same")));
        }
        Self::open(path, Box::new(self.shared.clock.clone()))
    }

    /// Opens the desk at `path`. Creates it if there is none.
    pub fn open_or_create(path: &Path, clock: Box<dyn Clock>) -> Result<Self, DeskError> {
        Self::open_as(path, clock, Opening { create: true, ..Opening::default() })
    }

    /// Opens the desk at `path`. A desk of an older form is updated to the newest: it is copied first, and no window may
    /// have it open.
    pub fn open_as(path: &Path, clock: Box<dyn Clock>, opening: Opening) -> Result<Self, DeskError> {
        let Opening { create, lock, progress } = opening;
        let progress = progress.unwrap_or_else(|| Arc::new(Unwatched));
        let before = |due: &OlderForm| {
            let taken = if lock.is_some() { None } else { Some(lock_to_change(path)?) };
            copy_before(due, path, &*progress)?;
            Ok::<_, DeskError>(taken)
        };
        refuse_folder(path)?;
        refuse_emptied(path, create)?;
        refuse_several_names(path, lock.is_some())?;
        let (store, unwritable) = match Store::open_after(path, create, before) {
            Ok(store) => (store, None),
            Err(DeskError::Store(why)) if why.may_be_read() && path.exists() => opened_to_read(path, why)?,
            Err(why) => return Err(why),
        };
        let shared = Shared::of(&store, clock, unwritable)?;
        let desk = Self::from_store(store, shared, progress)?;
        desk.settle_files(lock.is_some());
        Ok(desk)
    }

    pub(in crate::desk) fn from_store(
        store: Store,
        shared: Shared,
        progress: Arc<dyn Progress + Send + Sync>,
    ) -> Result<Self, DeskError> {
        let me = match store.setting("me")? {
            Some(id) => id.parse().map_or(Me::Nobody, Me::Known),
            None => Me::Nobody,
        };
        let id = match store.setting("desk.id")? {
            Some(id) => id,
            // The setting may be damaged, and the folder of files still has the id.
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
            Self { store, clock, me, file_store, cache, shared, progress, refresh_rows: Self::update_rows };
        if desk.shared.unwritable.is_none() {
            desk.bring_up_to_date()?;
        }
        Ok(desk)
    }

    /// Updates the folder of files. What cannot be done now is reported in a notice and tried again at the next opening;
    /// the desk works anyway.
    fn settle_files(&self, locked: bool) {
        if let Some(why) = self.only_read() {
            return self.note(why);
        }
        if let Err(why) = self.note_shared() {
            self.note(message!("notice_shared_unknown", why = why.message()));
        }
        if locked
            && let Err(why) = self.store.drop_imports_before(Moment(self.clock.now().0 - KEEP_REVIEWED_MS))
        {
            self.note(message!("notice_reviewed_kept", why = why.message()));
        }
        if let Err(why) = self.finish_erasing() {
            self.note(message!("notice_redacted_kept", why = why.message()));
        }
        if let Err(why) = self.move_files(locked) {
            self.note(message!("notice_not_moved", why = why.message()));
        }
    }

    /// Adds a notice, once, if a sync program or a network also has the desk's folder.
    fn note_shared(&self) -> Result<(), DeskError> {
        let notice = match files::shared_by(self.path()) {
            Some(SharedBy::Sync) => message!("notice_synced"),
            Some(SharedBy::Network) => message!("notice_network"),
            None => return Ok(()),
        };
        let folder = files::folder_of(&files::real_place(self.path())).display().to_string();
        if self.store.setting(SHARED)?.as_deref() == Some(&folder) {
            return Ok(());
        }
        self.store.set_setting(SHARED, &folder)?;
        self.note(notice);
        Ok(())
    }

    /// Moves files that are too long for the desk's own file to its folder, unless another program holds the desk's lock:
    /// that one moves them.
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

/// Moves files that are too long for a desk's own file to its folder, one by one. Each file is complete in the folder and
/// on the disk before it is removed from the desk's file. A damaged one stays where it is.
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

/// If the disk has less free space than this, in bytes, a desk that cannot be written is reported as a full disk.
const FULL_BELOW: u64 = 1 << 20;

/// Refuses an empty file, unless a new desk is to be created and no file next to it belongs to an earlier desk. SQLite
/// must not open such a file, because it would remove the log next to it.
fn refuse_emptied(path: &Path, create: bool) -> Result<(), DeskError> {
    let left = ["-wal", ".backups", ".files", ".keys"]
        .iter()
        .any(|end| files::is_there(&files::sibling(&files::real(path), end)));
    match path.is_file() && files::length(path) == 0 && (left || !create) {
        true => Err(StoreError::Empty(path.into()).into()),
        false => Ok(()),
    }
}

/// Refuses a folder: a desk is one file.
fn refuse_folder(path: &Path) -> Result<(), DeskError> {
    if !path.is_dir() {
        return Ok(());
    }
    let (file, path) = (path.join("my.desk").display().to_string(), path.display().to_string());
    Err(DeskError::refused(message!("refused_folder_as_desk", path = path, file = file)))
}

/// Refuses a file with several names (hard links). Each name has its own log, so opening the desk by one name misses the
/// newest pages written under another.
fn refuse_several_names(path: &Path, locked: bool) -> Result<(), DeskError> {
    if files::names_of(path) > 1 {
        // A restore that is running gives it a second name too.
        let lock = if locked { None } else { Lock::take(path)? };
        if locked || lock.is_some() {
            remove_second_names(path)?;
        }
    }
    match files::names_of(path) {
        0 | 1 => Ok(()),
        n => Err(DeskError::refused(message!(
            "refused_hard_links",
            path = path.display().to_string(),
            count = n
        ))),
    }
}

/// Opens a desk for reading only, after opening it for writing failed because of `why`.
fn opened_to_read(path: &Path, why: StoreError) -> Result<(Store, Option<Unwritable>), DeskError> {
    let store = Store::open_to_read(path).map_err(|_| why)?;
    let full = files::free_bytes(path).is_some_and(|room| room < FULL_BELOW);
    Ok((store, Some(if full { Unwritable::Full } else { Unwritable::ReadOnly })))
}

fn lock_to_change(desk: &Path) -> Result<Lock, DeskError> {
    Lock::take(desk)?.ok_or_else(|| {
        DeskError::refused(message!("refused_migration_busy", path = desk.display().to_string()))
    })
}

/// Copies a desk's file of an older form beside it, under a name that nothing has.
fn copy_before(due: &OlderForm, desk: &Path, progress: &dyn Progress) -> Result<(), DeskError> {
    let name = files::sibling(desk, &format!(".before-form-{}", due.form()));
    let free = (2..).map(|n| files::sibling(&name, &format!("-{n}"))).find(|p| !files::is_there(p));
    let to = if files::is_there(&name) { free.unwrap_or(name) } else { name };
    refuse_without_room(desk, files::length(desk)).map_err(|why| {
        let path = desk.display().to_string();
        DeskError::refused(message!("refused_copy_before_update", path = path, why = why.message()))
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

/// The paths of a desk's file and folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// The desk's file.
    pub desk: PathBuf,
    /// The folder of its files. It exists once a file over 64 KiB was stored.
    pub files: PathBuf,
    /// How many files are in it.
    pub count: usize,
    /// Their total length in bytes.
    pub bytes: u64,
    /// The folder of the keys.
    pub keys: PathBuf,
    /// The private folder that says how to reach the shared desk, if there is one.
    pub hub: Option<PathBuf>,
    /// The folder of the automatic backups.
    pub backups: PathBuf,
    /// The second folder of automatic backups, if one was named, and whether it can be reached now.
    pub second: Option<(PathBuf, bool)>,
}

impl Desk {
    /// The paths of everything that belongs to the desk.
    pub fn whereabouts(&self) -> Result<Whereabouts, DeskError> {
        let beside = self.store.all_beside()?;
        Ok(Whereabouts {
            desk: self.path().into(),
            files: self.file_store.folder().into(),
            count: beside.len(),
            bytes: beside.iter().map(|(_, bytes)| bytes).sum(),
            keys: crate::desk::people::keys::keys_folder(self.path()),
            hub: self.shared_with()?.map(|_| crate::desk::exchange::membership::hub_folder(self.path())),
            backups: crate::desk::storage::backup_places::backup_folder(self.path()),
            second: self.second()?.map(|s| (s.folder().into(), s.is_there().unwrap_or(false))),
        })
    }
}
