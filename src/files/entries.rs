//! Folders made, files put in place, taken away, and listed.

use super::{
    Atomic, FileError,
    paths::folder_of,
    write::{rename_new, sync_folder},
};
use std::{fs, io, path::Path};

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(|why| FileError::write(path, why))
}

/// Makes a folder that only its owner may look into, in a folder that is there. One that is there already becomes so.
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

/// Puts a file in another's place at once, and for good.
pub fn put_in_place(from: &Path, to: &Path) -> Result<(), FileError> {
    let failed = |why| FileError::write(to, why);
    fs::rename(from, to).map_err(failed)?;
    sync_folder(folder_of(to)).map_err(failed)
}

/// Puts a file in a place where nothing stands, and for good. Fails where something stands there by now.
pub fn put_in_new_place(from: &Path, to: &Path) -> Result<(), FileError> {
    let failed = |why| FileError::write(to, why);
    rename_new(from, to).map_err(failed)?;
    sync_folder(folder_of(to)).map_err(failed)
}

/// Copies a file byte for byte to where none stands; it is there whole or not at all.
pub fn copy(from: &Path, to: &Path) -> Result<(), FileError> {
    let mut bytes = fs::File::open(from).map_err(|why| FileError::read(from, why))?;
    let mut out = Atomic::create(to)?;
    io::copy(&mut bytes, &mut out).map_err(|why| FileError::write(to, why))?;
    out.keep()
}

/// Gives a file a second name, so that it stays when it loses the first; where the disk knows none, it is copied.
pub fn second_name(from: &Path, to: &Path) -> Result<(), FileError> {
    match fs::hard_link(from, to) {
        Ok(()) => sync_folder(folder_of(to)).map_err(|why| FileError::write(to, why)),
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Err(FileError::write(to, why)),
        Err(_) => copy(from, to),
    }
}

/// Lets those read and write a file who may read and write another. Where that cannot be said, it stays as it is.
pub fn same_mode(from: &Path, to: &Path) {
    if let Ok(meta) = fs::metadata(from) {
        let _ = fs::set_permissions(to, meta.permissions());
    }
}

/// Takes a file away, if it is there.
pub fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(FileError::write(path, why)),
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
    let failed = |why| FileError::write(path, why);
    let mut file = super::write::new_file(true).open(path).map_err(failed)?;
    io::Write::write_all(&mut file, bytes).and_then(|()| file.sync_all()).map_err(failed)
}

/// Puts a file in the place of the one that stands there, whole or not at all.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    filled(Atomic::create(path)?, path, bytes)
}

/// Puts a file that only its owner may read in the place of the one that stands there, whole or not at all.
pub fn replace_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    filled(Atomic::create_private(path)?, path, bytes)
}

fn filled(mut out: Atomic, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    io::Write::write_all(&mut out, bytes).map_err(|why| FileError::write(path, why))?;
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
