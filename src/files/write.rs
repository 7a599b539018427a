//! Files that appear whole or not at all: written to a temporary file in the same folder, made durable, then moved to their
//! path.

use super::FileError;
use crate::files::folder_of;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// How many names are tried for the temporary file.
const TRIES: u32 = 1000;

/// A file that is being written to a temporary file. If it is dropped without [`Atomic::commit`], the temporary file is
/// removed.
pub struct Atomic {
    out: Option<BufWriter<File>>,
    temporary: PathBuf,
    path: PathBuf,
}

/// Writes a whole file. The old file is replaced only when the new one is complete and durable.
///
/// `fill` may return an error of its own; then nothing changes.
pub fn write_atomically<T, E: From<FileError>>(
    path: &Path,
    fill: impl FnOnce(&mut Atomic) -> Result<T, E>,
) -> Result<T, E> {
    let mut out = Atomic::create(path)?;
    let value = fill(&mut out)?;
    out.commit()?;
    Ok(value)
}

impl Atomic {
    /// Starts a file for `path`.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        Self::begin(path, false)
    }

    /// Starts a file for `path` that only its owner can read, from its first byte on.
    pub fn create_private(path: &Path) -> Result<Self, FileError> {
        Self::begin(path, true)
    }

    fn begin(path: &Path, private: bool) -> Result<Self, FileError> {
        let fail = |why| FileError::write(path, why);
        if path.is_dir() {
            return Err(fail(io::Error::other("a folder stands there; name a file")));
        }
        let (file, temporary) = create_temporary(path, private).map_err(fail)?;
        Ok(Self { out: Some(BufWriter::with_capacity(1 << 18, file)), temporary, path: path.into() })
    }

    /// Makes the file durable, moves it to its path and replaces any file there.
    pub fn commit(self) -> Result<(), FileError> {
        self.finish(|from, to| fs::rename(from, to))
    }

    /// Makes the file durable and moves it to its path. Fails if a file is there by now.
    pub fn commit_new(self) -> Result<(), FileError> {
        self.finish(rename_new)
    }

    fn finish(mut self, move_file: impl FnOnce(&Path, &Path) -> io::Result<()>) -> Result<(), FileError> {
        let done = self.out.take().map(|out| finish_file(out, &self.temporary, &self.path, move_file));
        done.unwrap_or(Ok(())).map_err(|why| FileError::write(&self.path, why))
    }

    fn out(&mut self) -> io::Result<&mut BufWriter<File>> {
        self.out.as_mut().ok_or_else(|| io::Error::other("the file was already finished"))
    }
}

/// Moves a file to a path where nothing exists. A hard link never replaces a file. If the disk has no hard links, this
/// checks first whether `to` exists.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    let already_exists = || io::Error::from(io::ErrorKind::AlreadyExists);
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Err(why),
        Err(_) if super::is_there(to) => Err(already_exists()),
        Err(_) => fs::rename(from, to),
    }
}

fn finish_file(
    out: BufWriter<File>,
    temporary: &Path,
    path: &Path,
    move_file: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    let moved = out.into_inner().map_err(|e| e.into_error()).and_then(|file| {
        file.sync_all()?;
        // The file is still locked here, so no program removes it as a leftover.
        let renamed = move_file(temporary, path);
        drop(file);
        renamed
    });
    if let Err(why) = moved {
        // A file that could not be moved is useless. If it cannot be removed either, that is no worse than the first error.
        let _ = fs::remove_file(temporary);
        return Err(why);
    }
    sync_folder(folder_of(path))
}

/// The path of an unfinished file in the same folder, for this process only.
pub fn unfinished_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    folder_of(path).join(format!(".{name}.tickmark-{}.part", std::process::id()))
}

/// Creates a temporary file in the folder of `path`. It is locked while it is open. So it differs from a file that a killed
/// program left, which the next program that writes there removes.
fn create_temporary(path: &Path, private: bool) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?.to_string_lossy();
    super::remove_leftovers(folder_of(path));
    for n in 0..TRIES {
        let temporary = folder_of(path).join(format!(".{name}.tickmark-{}-{n}.part", std::process::id()));
        match new_file(private).open(&temporary) {
            // Another program may have removed it as a leftover before it was locked.
            Ok(file) if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) && temporary.exists() => {
                return Ok((file, temporary));
            }
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::Error::other("too many unfinished files stand beside it; remove the '.part' files"))
}

/// The options to create a new file. If the system knows owners, only the owner can read a private file.
pub(super) fn new_file(private: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o666 });
    #[cfg(not(unix))]
    let _ = private;
    options
}

/// A rename is durable once its folder is synced. Only Unix can sync a folder.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

impl Write for Atomic {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out()?.flush()
    }
}

impl Seek for Atomic {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out()?.seek(to)
    }
}

impl Drop for Atomic {
    fn drop(&mut self) {
        if self.out.take().is_some() {
            // No caller can receive an error here. If the file remains, its name shows that it is unfinished.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_temporary_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a file.txt");
        write_atomically::<_, FileError>(&path, |f| {
            f.write_all(b"one").unwrap();
            Ok(())
        })
        .unwrap();
        let failed = write_atomically::<(), FileError>(&path, |f| {
            f.write_all(b"two").unwrap();
            Err(FileError::TooLarge { path: "x".into(), most: 1 })
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_that_replaces_another_is_readable_only_by_its_owner() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        fs::write(&path, b"open to all").unwrap();
        super::super::replace_private(&path, b"mine").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"mine");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn leftovers_of_a_killed_program_are_removed_by_the_next_writer_and_files_in_use_are_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        fs::write(dir.path().join(".out.tickmark-999999-0.part"), b"half").unwrap();
        let first = Atomic::create(&path).unwrap();
        let second = Atomic::create(&path).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
        first.commit().unwrap();
        second.commit().unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn bytes_overwritten_after_a_seek_are_saved() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        write_atomically::<_, FileError>(&path, |f| {
            f.write_all(b"....two").unwrap();
            f.seek(SeekFrom::Start(0)).unwrap();
            f.write_all(b"one+").unwrap();
            Ok(())
        })
        .unwrap();
        assert_eq!(super::super::read(&path, 7).unwrap(), b"one+two");
        assert!(super::super::read(&path, 6).is_err());
    }
}
