//! Creates folders, and copies, moves, lists and removes files.

use super::{
    Atomic, FileError,
    paths::folder_of,
    write::{rename_new, sync_folder},
};
use std::{fs, io, path::Path};

/// Creates a folder and its parent folders.
pub fn make_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|why| FileError::write(path, why))
}

/// Creates a folder that only its owner can open. Its parent folder must exist. If the folder exists already, it becomes
/// private.
pub fn make_private_folder(path: &Path) -> Result<(), FileError> {
    let failed = |why| FileError::write(path, why);
    match fs::create_dir(path) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => return Err(failed(why)),
        _ => {}
    }
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700)).map_err(failed)?;
    Ok(())
}

/// Moves a file to `to`, replaces any file there, and makes the move durable.
pub fn move_over(from: &Path, to: &Path) -> Result<(), FileError> {
    let failed = |why| FileError::write(to, why);
    fs::rename(from, to).map_err(failed)?;
    sync_folder(folder_of(to)).map_err(failed)
}

/// Moves a file to `to` and makes the move durable. Fails if `to` exists.
pub fn move_to_new(from: &Path, to: &Path) -> Result<(), FileError> {
    let failed = |why| FileError::write(to, why);
    rename_new(from, to).map_err(failed)?;
    sync_folder(folder_of(to)).map_err(failed)
}

/// Copies a file byte for byte to a new path. The copy appears whole or not at all.
pub fn copy(from: &Path, to: &Path) -> Result<(), FileError> {
    let mut bytes = fs::File::open(from).map_err(|why| FileError::read(from, why))?;
    let mut out = Atomic::create(to)?;
    io::copy(&mut bytes, &mut out).map_err(|why| FileError::write(to, why))?;
    out.commit()
}

/// Adds a second name (a hard link) to a file, so that its bytes remain when the first name is removed. If the disk has no
/// hard links, it copies the file.
pub fn link_or_copy(from: &Path, to: &Path) -> Result<(), FileError> {
    match fs::hard_link(from, to) {
        Ok(()) => sync_folder(folder_of(to)).map_err(|why| FileError::write(to, why)),
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Err(FileError::write(to, why)),
        Err(_) => copy(from, to),
    }
}

/// Gives `to` the permissions of `from`. If that fails, the permissions do not change.
pub fn copy_permissions(from: &Path, to: &Path) {
    if let Ok(meta) = fs::metadata(from) {
        let _ = fs::set_permissions(to, meta.permissions());
    }
}

/// Removes a file, if it exists.
pub fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(FileError::write(path, why)),
        _ => Ok(()),
    }
}

/// Returns the names in a folder.
pub fn names(folder: &Path) -> Result<Vec<String>, FileError> {
    let failed = |why| FileError::Read { path: folder.into(), why };
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|e| e.map(|e| e.file_name().to_string_lossy().into_owned()).map_err(failed)).collect()
}

/// Writes a new file that only its owner can read. Fails if `path` exists.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |why| FileError::write(path, why);
    let mut file = super::write::new_file(true).open(path).map_err(failed)?;
    io::Write::write_all(&mut file, bytes).and_then(|()| file.sync_all()).map_err(failed)
}

/// Writes a file and replaces any file at `path`. The new file appears whole or not at all.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_and_commit(Atomic::create(path)?, path, bytes)
}

/// Writes a file that only its owner can read, and replaces any file at `path`. The new file appears whole or not at all.
pub fn replace_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_and_commit(Atomic::create_private(path)?, path, bytes)
}

fn write_and_commit(mut out: Atomic, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    io::Write::write_all(&mut out, bytes).map_err(|why| FileError::write(path, why))?;
    out.commit()
}

/// Reads the first `most` bytes of a file; `None` if it does not exist.
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
