//! The lock of a desk that a window has open: a file beside it, locked for as long as the window lives. The system lets
//! go of it when the program ends, however it ends. It is the desk's under whatever path or link it is opened.

use super::FileError;
use std::{
    fs::{File, TryLockError},
    io::{Error, ErrorKind},
    path::{Path, PathBuf},
};

/// A lock that is held.
pub struct Lock {
    /// Nothing where no file can be made: then nobody can write there.
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock of `desk`; `None` where another program holds it.
    pub fn take(desk: &Path) -> Result<Option<Self>, FileError> {
        let path = lock_of(desk);
        let Some(file) = opened(&path)? else { return Ok(Some(Self { _file: None })) };
        match file.try_lock() {
            Ok(()) => {
                opened(&path)?.map_or(Ok(()), |again| excludes(&again, &path))?;
                Ok(Some(Self { _file: Some(file) }))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(why)) => Err(FileError::NoLocks { path, why: Some(why) }),
        }
    }
}

/// The lock's file. Another person's is only read: that is enough to lock it. `None` where there is none and none can be made.
fn opened(path: &Path) -> Result<Option<File>, FileError> {
    let made = File::options().create(true).truncate(false).write(true).open(path);
    let denied = |e: &Error| matches!(e.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied);
    match made {
        Err(why) if denied(&why) => match File::open(path) {
            Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|_| FileError::write(path, why)),
        },
        made => made.map(Some).map_err(|why| FileError::write(path, why)),
    }
}

/// Fails where a lock that is held is given out again: on some network disks locks do nothing, and two programs that both
/// believe to be alone destroy the desk.
fn excludes(again: &File, path: &Path) -> Result<(), FileError> {
    match again.try_lock() {
        Err(TryLockError::WouldBlock) => Ok(()),
        Err(TryLockError::Error(why)) => Err(FileError::NoLocks { path: path.into(), why: Some(why) }),
        Ok(()) => Err(FileError::NoLocks { path: path.into(), why: None }),
    }
}

fn lock_of(desk: &Path) -> PathBuf {
    let mut name = super::real(&super::real_place(desk)).into_os_string();
    name.push(".lock");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_given_out_twice_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.desk.lock");
        // Nobody holds the lock, as where locks do nothing.
        let said = excludes(&opened(&path).unwrap().unwrap(), &path).unwrap_err().to_string();
        assert!(said.contains("locks do nothing") && said.contains("another disk"), "{said}");
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
