//! Folders made, files put in place, taken away, and listed.

use super::{Atomic, FileError};
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

/// Writes a new file that only its owner may read. Fails where a file stands there.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |why| FileError::Write { path: path.into(), why };
    let mut file = super::write::new_file(true).open(path).map_err(failed)?;
    io::Write::write_all(&mut file, bytes).and_then(|()| file.sync_all()).map_err(failed)
}

/// Puts a file that only its owner may read in the place of the one that stands there, whole or not at all.
pub fn replace_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |why| FileError::Write { path: path.into(), why };
    let mut out = Atomic::create_private(path)?;
    io::Write::write_all(&mut out, bytes).map_err(failed)?;
    out.keep()
}

/// The bytes of a small file, if it is there.
pub fn read_if_there(path: &Path, most: u64) -> Result<Option<Vec<u8>>, FileError> {
    let failed = |why| FileError::Read { path: path.into(), why };
    let file = match fs::File::open(path) {
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(failed)?,
    };
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(file, most), &mut bytes).map_err(failed)?;
    Ok(Some(bytes))
}
