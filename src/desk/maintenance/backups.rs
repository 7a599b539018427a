//! Automatic backups: a copy of the desk's file, and hard links to its other files if the disk supports them. These files
//! never change, so a backup only costs what changed, and a file that is lost in the desk's folder is still in every
//! backup.
//!
//! A backup `N-HEAD.tickmark` with its folder `N-HEAD.tickmark.files` is a complete desk. N grows from backup to backup.
//! HEAD is the beginning of the journal's running digest, so every state gets exactly one backup.

use crate::desk::{
    Desk, DeskError,
    location::{LOGS, LOGS_AND_INDEX},
    storage::{
        backup_places::{SECOND, backup_folder, file_stores_in},
        stored_files::{Lost, refuse_without_room},
    },
};
use crate::{
    files::{self, FileError, FileStore, Identity, Lock},
    messages::message,
    model::{Digest, Moment},
    store::{FilePlace, check_copy, setting_of},
};
use std::path::{Path, PathBuf};

/// How many backups stay in a folder.
const MAX_BACKUPS: usize = 10;
/// The ending of their names.
const ENDING: &str = ".tickmark";

/// A locked folder of backups: only one backup is made at a time.
struct BackupFolder {
    folder: PathBuf,
    _lock: Option<Lock>,
}

impl Desk {
    /// Makes an automatic backup in the folder next to the desk, and in the second place if one was named and can be
    /// reached. Does nothing in a place if no action was recorded since its last backup. Removes the oldest backups over
    /// ten. Returns the path of the new one next to the desk. If there is no disk space, or the second place cannot be
    /// reached, [`Desk::notices`] says so.
    pub fn roll_backup(&self) -> Result<Option<PathBuf>, DeskError> {
        if self.only_read().is_some() {
            return Ok(None);
        }
        let space = refuse_without_room(self.path(), files::length(self.path()) + (64 << 20));
        let made = match space {
            Ok(()) => {
                self.note_missing()?;
                self.roll_in(&backup_folder(self.path()), vec![self.file_store.clone()], Vec::new())
            }
            Err(why) => {
                self.note(message!("notice_no_backup", why = why.message()));
                Ok(None)
            }
        };
        if let Err(why) = self.roll_second() {
            self.note(message!("notice_no_second_backup", why = why.message()));
        }
        made
    }

    /// Sets the folder for a second set of backups and makes a backup there; `None` removes the setting. Existing backups
    /// stay there. Returns the path of the new backup.
    pub fn set_second(&self, place: Option<&Path>) -> Result<Option<PathBuf>, DeskError> {
        let Some(place) = place else {
            self.store.set_setting(SECOND, "")?;
            return Ok(None);
        };
        let path_of = || place.display().to_string();
        if !place.is_dir() {
            return Err(DeskError::refused(message!("refused_no_folder", path = path_of())));
        }
        let name = self.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let id: String = self.id().chars().filter(char::is_ascii_hexdigit).rev().take(8).collect();
        let second = files::real(place).join(format!("{name}-{id}.backups"));
        let path = second
            .to_str()
            .ok_or_else(|| DeskError::refused(message!("refused_folder_name", path = path_of())))?;
        FileStore::new(second.clone(), self.id()).create()?;
        self.store.set_setting(SECOND, path)?;
        self.roll_second()
    }

    /// Adds a notice if files are missing in the desk's folder, while a backup still has them.
    fn note_missing(&self) -> Result<(), DeskError> {
        // Another desk's folder is told by [`Desk::notices`].
        let lost = self.file_store.missing(self.store.all_beside()?).unwrap_or_default();
        let Some((first, _)) = lost.first() else { return Ok(()) };
        let first = self.describe_lost_files(vec![(*first, Lost::Missing)])?;
        self.note(match lost.len() {
            1 => message!("notice_lost", first = first),
            all => message!("notice_lost_more", first = first, count = all - 1),
        });
        Ok(())
    }

    fn roll_second(&self) -> Result<Option<PathBuf>, DeskError> {
        let Some(second) = self.second()? else { return Ok(None) };
        if !second.is_there()? {
            self.note(message!("notice_no_second", folder = second.folder()));
            return Ok(None);
        }
        let mut from = vec![self.file_store.clone()];
        from.extend(file_stores_in(&backup_folder(self.path()), self.id())?);
        self.roll_in(second.folder(), Vec::new(), from)
    }

    /// Makes a backup in a folder of backups, if an action was recorded since its newest one. The files are taken from
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
        let Some(backups) = BackupFolder::begin(folder)? else { return Ok(None) };
        let Some(to) = self.snapshot(|| self.copy_into(&backups))? else { return Ok(None) };
        let mut from = first;
        from.extend(file_stores_in(folder, self.id())?.into_iter().rev());
        from.extend(last);
        let (part, file_store) =
            (files::sibling(&to, ".part"), FileStore::new(files::sibling(&to, ".files"), self.id()));
        if let Err(why) = self.complete_copy(&part, &file_store, &to, &from) {
            files::remove(&part)?;
            file_store.discard()?;
            return Err(why);
        }
        backups.drop_oldest(MAX_BACKUPS)?;
        Ok(Some(to))
    }

    /// Copies the desk's file into a folder of backups under a temporary name. Returns the final path; none if no action
    /// was recorded since the newest backup there.
    fn copy_into(&self, backups: &BackupFolder) -> Result<Option<PathBuf>, DeskError> {
        let head = self.store.setting("journal.head")?.unwrap_or_default();
        let end = format!("-{}{ENDING}", head.get(..8).unwrap_or_default());
        if backups.backup_names()?.last().is_some_and(|newest| newest.ends_with(&end)) {
            return Ok(None);
        }
        let to = backups.folder.join(format!("{:09}{end}", backups.next_number(self.store.last_seq()?)?));
        let part = files::sibling(&to, ".part");
        files::remove(&part)?;
        files::write_private(&part, b"")?;
        if let Err(why) = self.store.copy(&part, &*self.progress) {
            files::remove(&part)?;
            return Err(why.into());
        }
        Ok(Some(to))
    }

    /// Checks the copy, adds its files and moves it to its final path. What was erased from the desk in the meantime is
    /// erased from the copy too, under the write lock.
    fn complete_copy(
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

impl BackupFolder {
    /// Takes the folder's lock, and removes unfinished files of a program that was stopped. `None` if another backup is
    /// being made there.
    fn begin(folder: &Path) -> Result<Option<Self>, DeskError> {
        let lock = match Lock::take(&folder.join(".making")) {
            Ok(Some(lock)) => Some(lock),
            Ok(None) => return Ok(None),
            // A backup folder may be on a disk without locks. Then nothing prevents two backups at once.
            Err(FileError::NoLocks { .. }) => None,
            Err(why) => return Err(why.into()),
        };
        let unfinished = |n: &String| n.ends_with(".part") || n.ends_with(".part-journal");
        let names = files::names(folder)?;
        // A log without its desk, left by a restore that was stopped.
        let is_stray_log = |n: &String| {
            LOGS.iter()
                .filter_map(|end| n.strip_suffix(end))
                .any(|desk| desk.ends_with(ENDING) && !names.iter().any(|n| n == desk))
        };
        for name in names.iter().filter(|n| unfinished(n) || is_stray_log(n)) {
            files::remove(&folder.join(name))?;
        }
        Ok(Some(Self { folder: folder.into(), _lock: lock }))
    }

    /// The names of the backups in the folder, oldest first.
    fn backup_names(&self) -> Result<Vec<String>, DeskError> {
        let mut all = files::names(&self.folder)?;
        all.retain(|n| n.ends_with(ENDING) && !n.starts_with('.'));
        all.sort();
        Ok(all)
    }

    /// The number of the next backup: the position of the newest action, or more if the folder has backups of a later
    /// state.
    fn next_number(&self, seq: i64) -> Result<i64, DeskError> {
        let number =
            |n: &String| n.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse::<i64>().ok());
        let newest = self.backup_names()?.iter().filter_map(number).max().unwrap_or_default();
        Ok(seq.max(newest + 1))
    }

    /// Removes the oldest backups over `most`, and the files of removed backups.
    fn drop_oldest(&self, most: usize) -> Result<(), DeskError> {
        let made = self.backup_names()?;
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

/// A known backup of a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBackup {
    /// The file.
    pub path: PathBuf,
    /// When it was written.
    pub at: Moment,
    /// The length of the file in bytes, without the folder next to it.
    pub bytes: u64,
}

/// The backups of the desk at a path, newest first: automatic ones, those in the second place if the desk's settings can
/// be read, and copies made before the desk was updated to a newer form. The desk itself may be damaged.
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

/// Keeps the present desk among its backups before another takes its place: its files get second names there, in any
/// state they are in. Returns the path.
pub(in crate::desk) fn set_aside(desk: &Path) -> Result<PathBuf, DeskError> {
    let folder = backup_folder(desk);
    files::make_folder(&folder)?;
    let busy = || DeskError::refused(message!("refused_backup_busy"));
    let backups = BackupFolder::begin(&folder)?.ok_or_else(busy)?;
    let to = folder.join(format!("{:09}-before-restore{ENDING}", backups.next_number(0)?));
    for end in LOGS.into_iter().filter(|end| files::is_there(&files::sibling(desk, end))) {
        files::link_or_copy(&files::sibling(desk, end), &files::sibling(&to, end))?;
    }
    let folder_of_files = crate::desk::storage::stored_files::files_folder(desk);
    if let Some(owner) = FileStore::owner(&folder_of_files)? {
        let (present, file_store) =
            (FileStore::new(folder_of_files, &owner), FileStore::new(files::sibling(&to, ".files"), &owner));
        link_all(&file_store, &present.digests()?, &[present])?;
    }
    files::link_or_copy(desk, &to)?;
    Ok(to)
}

/// Removes the second names of the desk's files that a stopped restore left.
pub(in crate::desk) fn remove_second_names(desk: &Path) -> Result<(), DeskError> {
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

/// Links every file that one of the other folders has into this one. A file that none has is left out, and `check`
/// reports it.
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
