//! Folders made, files put in place, taken away, and listed.

use super::FileError;
use std::{fs, io, path::Path};

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|why| FileError::Write { path: path.into(), why })
}

/// Puts a file in another's place at once.
pub fn rename(from: &Path, to: &Path) -> Result<(), FileError> {
    fs::rename(from, to).map_err(|why| FileError::Write { path: to.into(), why })
}

/// Takes a file away, if it is there.
pub fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(FileError::Write { path: path.into(), why }),
        _ => Ok(()),
    }
}

/// The names in a folder.
pub fn names(folder: &Path) -> Result<Vec<String>, FileError> {
    let failed = |why| FileError::Read { path: folder.into(), why };
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|e| e.map(|e| e.file_name().to_string_lossy().into_owned()).map_err(failed)).collect()
}
