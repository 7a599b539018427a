//! The lock of a desk that a window has open: a file beside it, locked for as long as the window lives. The system lets
//! go of it when the program ends, however it ends. It is the desk's under whatever path or link it is opened.

use super::FileError;
use std::{
    fs::{File, TryLockError},
    io::ErrorKind,
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
        let file = match opened(&path) {
            Err(FileError::Write { why, .. })
                if matches!(why.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) =>
            {
                return Ok(Some(Self { _file: None }));
            }
            opened => opened?,
        };
        match file.try_lock() {
            Ok(()) => excludes(&opened(&path)?, &path).map(|()| Some(Self { _file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(why)) => Err(FileError::NoLocks { path, why: Some(why) }),
        }
    }
}

fn opened(path: &Path) -> Result<File, FileError> {
    let options = File::options().create(true).truncate(false).write(true).open(path);
    options.map_err(|why| FileError::write(path, why))
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
        let said = excludes(&opened(&path).unwrap(), &path).unwrap_err().to_string();
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
