//! Automatic backups: a copy of the desk's file, and its files by further names of the same bytes where the disk can do that. A
//! file is never changed, so a backup costs what changed, and what is lost in the desk's own folder is still in each of them.
//!
//! A backup `N-HEAD.tickmark` with its folder `N-HEAD.tickmark.files` is a desk like any other. N goes on from backup to
//! backup; HEAD is the beginning of the journal's running digest, so a backup is made for every state and once.

use crate::desk::{
    Desk, DeskError,
    location::{LOGS, LOGS_AND_INDEX},
    storage::{
        backup_places::{SECOND, backup_folder, file_stores_in},
        stored_files::refuse_without_room,
    },
};
use crate::{
    files::{self, FileError, FileStore, Identity, Lock},
    model::{Digest, Moment},
    store::{FilePlace, check_copy, setting_of},
};
use std::path::{Path, PathBuf};

/// How many are kept in a place.
const KEPT: usize = 10;
/// How their names end.
const ENDING: &str = ".tickmark";

/// The lock of a folder of backups: one is made at a time.
struct Making {
    folder: PathBuf,
    _lock: Option<Lock>,
}

impl Desk {
    /// Makes an automatic backup in the folder beside the desk, and in the second place where one was named and can be
    /// reached, if something was done since the last one there; drops the oldest over ten. Gives the new one's path beside the
    /// desk. That the disk has no room for one, or the second place cannot be reached, is told by [`Desk::notices`].
    pub fn roll_backup(&self) -> Result<Option<PathBuf>, DeskError> {
        if self.only_read().is_some() {
            return Ok(None);
        }
        let room = refuse_without_room(self.path(), files::length(self.path()) + (64 << 20));
        let made = match room {
            Ok(()) => {
                self.note_missing()?;
                self.roll_in(&backup_folder(self.path()), vec![self.file_store.clone()], Vec::new())
            }
            Err(why) => {
                self.note(format!("no backup was made: {why}"));
                Ok(None)
            }
        };
        if let Err(why) = self.roll_second() {
            self.note(format!("no backup was made in the second folder: {why}"));
        }
        made
    }

    /// Names the folder in which a second folder of backups is kept, and makes a backup there; or none any more. What is
    /// there stays there. Gives the new backup's path.
    pub fn set_second(&self, place: Option<&Path>) -> Result<Option<PathBuf>, DeskError> {
        let Some(place) = place else {
            self.store.set_setting(SECOND, "")?;
            return Ok(None);
        };
        let refused = |why: &str| DeskError::refused(format!("{} {why}", place.display()));
        if !place.is_dir() {
            return Err(refused("is not a folder; name an existing one, preferably on another disk"));
        }
        let name = self.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let id: String = self.id().chars().filter(char::is_ascii_hexdigit).rev().take(8).collect();
        let second = files::real(place).join(format!("{name}-{id}.backups"));
        let path = second
            .to_str()
            .ok_or_else(|| refused("has a name that is not valid Unicode; choose another folder"))?;
        FileStore::new(second.clone(), self.id()).create()?;
        self.store.set_setting(SECOND, path)?;
        self.roll_second()
    }

    /// Tells that files are missing in the desk's folder, while a backup still has them.
    fn note_missing(&self) -> Result<(), DeskError> {
        // Another desk's folder is told by [`Desk::notices`].
        let lost = self.file_store.missing(self.store.all_beside()?).unwrap_or_default();
        let Some((first, _)) = lost.first() else { return Ok(()) };
        let first = self.told_lost(vec![(*first, "is missing".into())])?.join("");
        let more =
            if lost.len() == 1 { String::new() } else { format!("; {} more are missing", lost.len() - 1) };
        self.note(format!("{first}{more}. 'tickmark check' lists them all; the backups may still have them"));
        Ok(())
    }

    fn roll_second(&self) -> Result<Option<PathBuf>, DeskError> {
        let Some(second) = self.second()? else { return Ok(None) };
        if !second.is_there()? {
            self.note(format!(
                "the second folder for backups cannot be reached: {}. Connect its disk, or name another with 'tickmark backup --second DIR'",
                second.folder().display()
            ));
            return Ok(None);
        }
        let mut from = vec![self.file_store.clone()];
        from.extend(file_stores_in(&backup_folder(self.path()), self.id())?);
        self.roll_in(second.folder(), Vec::new(), from)
    }

    /// Makes a backup in a folder of backups, if something was done since the newest one there. Its files are taken from
    /// `first`, else from an earlier backup there, which is on the same disk, else from `last`.
    fn roll_in(
        &self,
        folder: &Path,
        first: Vec<FileStore>,
        last: Vec<FileStore>,
    ) -> Result<Option<PathBuf>, DeskError> {
        if self.store.last_seq()? == 0 {
            return Ok(None);
        }
        files::make_folder(folder)?;
        let Some(making) = Making::begin(folder)? else { return Ok(None) };
        let Some(to) = self.snapshot(|| self.copy_into(&making))? else { return Ok(None) };
        let mut from = first;
        from.extend(file_stores_in(folder, self.id())?.into_iter().rev());
        from.extend(last);
        let (part, file_store) =
            (files::sibling(&to, ".part"), FileStore::new(files::sibling(&to, ".files"), self.id()));
        if let Err(why) = self.filled(&part, &file_store, &to, &from) {
            files::remove(&part)?;
            file_store.discard()?;
            return Err(why);
        }
        making.drop_oldest(KEPT)?;
        Ok(Some(to))
    }

    /// Copies the desk's file into a folder of backups, beside the place that the backup will have, which it gives; nothing
    /// where nothing was done since the newest one there.
    fn copy_into(&self, making: &Making) -> Result<Option<PathBuf>, DeskError> {
        let head = self.store.setting("journal.head")?.unwrap_or_default();
        let end = format!("-{}{ENDING}", head.get(..8).unwrap_or_default());
        if making.made()?.last().is_some_and(|newest| newest.ends_with(&end)) {
            return Ok(None);
        }
        let to = making.folder.join(format!("{:09}{end}", making.next(self.store.last_seq()?)?));
        let part = files::sibling(&to, ".part");
        files::remove(&part)?;
        files::write_private(&part, b"")?;
        if let Err(why) = self.store.copy(&part, &*self.progress) {
            files::remove(&part)?;
            return Err(why.into());
        }
        Ok(Some(to))
    }

    /// Checks the copy, gives it its files, and puts it in its place. What was erased from the desk meanwhile is erased from it
    /// under the write lock, before it can be missed.
    fn filled(
        &self,
        part: &Path,
        file_store: &FileStore,
        to: &Path,
        from: &[FileStore],
    ) -> Result<(), DeskError> {
        let (_, beside) = check_copy(part, &*self.progress)?;
        link_all(file_store, &beside, from)?;
        self.store.write(|tx| {
            for (digest, _) in &beside {
                if !matches!(tx.file_place(digest)?, Some(FilePlace::Beside(_))) {
                    FileStore::erase(&[file_store], digest)?;
                }
            }
            files::copy_permissions(self.path(), part);
            Ok(files::move_over(part, to)?)
        })
    }
}

impl Making {
    /// Takes the folder's lock, and removes what a program that was stopped left half made; `None` where a backup is made
    /// there just now.
    fn begin(folder: &Path) -> Result<Option<Self>, DeskError> {
        let lock = match Lock::take(&folder.join(".making")) {
            Ok(Some(lock)) => Some(lock),
            Ok(None) => return Ok(None),
            // A place for backups may be on a disk without locks: whoever makes one there makes it alone.
            Err(FileError::NoLocks { .. }) => None,
            Err(why) => return Err(why.into()),
        };
        let unfinished = |n: &String| n.ends_with(".part") || n.ends_with(".part-journal");
        let names = files::names(folder)?;
        // The log of a desk that a stopped restore was to put aside.
        let alone = |n: &String| {
            LOGS.iter()
                .filter_map(|end| n.strip_suffix(end))
                .any(|desk| desk.ends_with(ENDING) && !names.iter().any(|n| n == desk))
        };
        for name in names.iter().filter(|n| unfinished(n) || alone(n)) {
            files::remove(&folder.join(name))?;
        }
        Ok(Some(Self { folder: folder.into(), _lock: lock }))
    }

    /// The names of the backups there, oldest first.
    fn made(&self) -> Result<Vec<String>, DeskError> {
        let mut all = files::names(&self.folder)?;
        all.retain(|n| n.ends_with(ENDING) && !n.starts_with('.'));
        all.sort();
        Ok(all)
    }

    /// The number of the next one: the place of the newest action, or more where backups of a later state are there.
    fn next(&self, seq: i64) -> Result<i64, DeskError> {
        let number =
            |n: &String| n.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse::<i64>().ok());
        let newest = self.made()?.iter().filter_map(number).max().unwrap_or_default();
        Ok(seq.max(newest + 1))
    }

    /// Removes the oldest over `most`, and the files of those that are gone.
    fn drop_oldest(&self, most: usize) -> Result<(), DeskError> {
        let made = self.made()?;
        let (old, kept) = made.split_at(made.len().saturating_sub(most));
        for name in old {
            let backup = self.folder.join(name);
            LOGS_AND_INDEX.iter().try_for_each(|end| files::remove(&files::sibling(&backup, end)))?;
            files::remove(&backup)?;
        }
        for name in files::names(&self.folder)? {
            let Some(backup) = name.strip_suffix(".files") else { continue };
            if backup.ends_with(ENDING) && !kept.iter().any(|k| k == backup) {
                discard(&self.folder.join(&name))?;
            }
        }
        Ok(())
    }
}

/// A backup that is known of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBackup {
    /// The file.
    pub path: PathBuf,
    /// When it was written.
    pub at: Moment,
    /// How many bytes the file has, without the folder beside it.
    pub bytes: u64,
}

/// The backups that were made of the desk at a path, newest first: the automatic ones, in the second place too where the desk
/// can still say which that is, and copies made before it was brought to a newer form. The desk itself may be damaged.
pub fn known_backups(desk: &Path) -> Vec<KnownBackup> {
    let second = setting_of(desk, SECOND).ok().flatten().filter(|s| !s.is_empty());
    let folders = [backup_folder(desk)].into_iter().chain(second.map(PathBuf::from));
    let mut all: Vec<PathBuf> =
        folders.flat_map(|folder| in_folder(&folder, |name| name.ends_with(ENDING))).collect();
    let before = format!("{}.before-form-", desk.file_name().unwrap_or_default().to_string_lossy());
    all.extend(in_folder(files::folder_of(desk), |name| name.starts_with(&before)));
    let known = |path: PathBuf| {
        let at = Moment(files::written_at(&path)?);
        Some(KnownBackup { at, bytes: files::length(&path), path })
    };
    let mut all: Vec<KnownBackup> = all.into_iter().filter_map(known).collect();
    all.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    all
}

fn in_folder(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let names = files::names(folder).unwrap_or_default();
    let all = names.into_iter().filter(|n| !n.starts_with('.') && wanted(n)).map(|n| folder.join(n));
    all.filter(|path| path.is_file()).collect()
}

/// Puts the present desk's files among its backups as they are, whatever they are, before another takes their place: they get
/// second names there. Gives where.
pub(in crate::desk) fn set_aside(desk: &Path) -> Result<PathBuf, DeskError> {
    let folder = backup_folder(desk);
    files::make_folder(&folder)?;
    let busy =
        || DeskError::refused("another backup is being made; nothing was changed. Try again in a moment");
    let making = Making::begin(&folder)?.ok_or_else(busy)?;
    let to = folder.join(format!("{:09}-before-restore{ENDING}", making.next(0)?));
    for end in LOGS.into_iter().filter(|end| files::is_there(&files::sibling(desk, end))) {
        files::link_or_copy(&files::sibling(desk, end), &files::sibling(&to, end))?;
    }
    let kept = crate::desk::storage::stored_files::files_folder(desk);
    if let Some(owner) = FileStore::owner(&kept)? {
        let (kept, file_store) =
            (FileStore::new(kept, &owner), FileStore::new(files::sibling(&to, ".files"), &owner));
        link_all(&file_store, &kept.digests()?, &[kept])?;
    }
    files::link_or_copy(desk, &to)?;
    Ok(to)
}

/// Takes back the second names that a restore gave the desk's file and was stopped before it took its place.
pub(in crate::desk) fn take_back_aside(desk: &Path) -> Result<(), DeskError> {
    let desk = &files::real(desk);
    let Some(own) = Identity::of(desk) else { return Ok(()) };
    for aside in in_folder(&backup_folder(desk), |name| name.ends_with("-before-restore.tickmark")) {
        if Identity::of(&aside).is_some_and(|other| own.is_same_file(&other) == Some(true)) {
            for end in LOGS {
                let (log, first) = (files::sibling(&aside, end), files::sibling(desk, end));
                match files::is_there(&log) && !files::is_there(&first) {
                    true => files::move_over(&log, &first)?,
                    false => files::remove(&log)?,
                }
            }
            files::remove(&aside)?;
        }
    }
    Ok(())
}

/// Has every file in the folder that one of the others has; one that none has is left out, and `check` tells it.
fn link_all(file_store: &FileStore, all: &[(Digest, u64)], from: &[FileStore]) -> Result<(), DeskError> {
    if all.is_empty() {
        return Ok(());
    }
    file_store.create()?;
    for (digest, bytes) in all {
        let has = |other: &&FileStore| other.has(digest, *bytes).unwrap_or(false);
        if let Some(other) = from.iter().find(has) {
            file_store.link(other, digest, *bytes)?;
        }
    }
    Ok(file_store.sync()?)
}

fn discard(folder: &Path) -> Result<(), DeskError> {
    match FileStore::owner(folder)? {
        Some(owner) => Ok(FileStore::new(folder.into(), &owner).discard()?),
        None => Ok(()),
    }
}
