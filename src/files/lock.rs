//! The lock of a desk that a window has open: a file beside it, locked for as long as the window lives. The system lets
//! go of it when the program ends, however it ends.

use super::FileError;
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
};

/// A lock that is held.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of `desk`; `None` where another program holds it.
    pub fn take(desk: &Path) -> Result<Option<Self>, FileError> {
        let path = lock_of(desk);
        let failed = |why| FileError::write(&path, why);
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(why)) => Err(failed(why)),
        }
    }
}

fn lock_of(desk: &Path) -> PathBuf {
    let mut name = desk.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}
