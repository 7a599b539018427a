//! The lock of a desk that is open in a window: a file next to the desk, locked while the window is open. The system
//! releases the lock when the program ends, however it ends. A desk has one lock, whatever path or link it is opened by.

use super::FileError;
use std::{
    fs::{File, TryLockError},
    io::{Error, ErrorKind},
    path::{Path, PathBuf},
};

/// A lock that this program holds.
pub struct Lock {
    /// `None` if no file can be created: then no program can write there.
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock of `desk`; `None` if another program holds it.
    pub fn take(desk: &Path) -> Result<Option<Self>, FileError> {
        let path = lock_path(desk);
        let Some(file) = open_lock_file(&path)? else { return Ok(Some(Self { _file: None })) };
        match file.try_lock() {
            Ok(()) => {
                open_lock_file(&path)?.map_or(Ok(()), |second| check_exclusive(&second, &path))?;
                Ok(Some(Self { _file: Some(file) }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(why)) => Err(FileError::NoLocks { path, why: Some(why) }),
        }
    }
}

/// Opens the lock's file. Another person's file is opened read-only, which is enough to lock it. `None` if there is none and
/// none can be created.
fn open_lock_file(path: &Path) -> Result<Option<File>, FileError> {
    let opened = File::options().create(true).truncate(false).write(true).open(path);
    let denied = |e: &Error| matches!(e.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied);
    match opened {
        Err(why) if denied(&why) => match File::open(path) {
            Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|_| FileError::write(path, why)),
        },
        opened => opened.map(Some).map_err(|why| FileError::write(path, why)),
    }
}

/// Fails if the disk grants a lock that is already held. On some network disks locks do nothing, and two programs that both
/// write would destroy the desk.
fn check_exclusive(second: &File, path: &Path) -> Result<(), FileError> {
    match second.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(()),
        Err(TryLockError::Error(why)) => Err(FileError::NoLocks { path: path.into(), why: Some(why) }),
        Ok(()) => Err(FileError::NoLocks { path: path.into(), why: None }),
    }
}

fn lock_path(desk: &Path) -> PathBuf {
    let mut name = super::real(&super::real_place(desk)).into_os_string();
    name.push(".lock");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_granted_twice_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.desk.lock");
        // Nobody holds the lock. This is the case on a disk where locks do nothing.
        let message =
            check_exclusive(&open_lock_file(&path).unwrap().unwrap(), &path).unwrap_err().to_string();
        assert!(message.contains("locks do nothing") && message.contains("another disk"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn a_desk_has_one_lock_under_all_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let (desk, link) = (folder.path().join("a.desk"), folder.path().join("b.desk"));
        std::fs::write(&desk, "").unwrap();
        std::os::unix::fs::symlink(&desk, &link).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("way")).unwrap();
        let held = Lock::take(&desk).unwrap();
        assert!(held.is_some() && Lock::take(&link).unwrap().is_none());
        assert!(Lock::take(&folder.path().join("way/a.desk")).unwrap().is_none());
        drop(held);
        assert!(Lock::take(&link).unwrap().is_some());
    }
}
