//! Files that appear whole or not at all: written beside their place, made durable, then moved there.

use super::FileError;
use crate::files::folder_of;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// How many names are tried for the temporary file.
const TRIES: u32 = 1000;

/// A file that is being written beside its place. Dropped without [`Atomic::keep`], it leaves nothing behind.
pub struct Atomic {
    out: Option<BufWriter<File>>,
    beside: PathBuf,
    path: PathBuf,
}

/// Writes a file whole: what stood there before is replaced only once everything is written and durable.
///
/// `fill` may fail with an error of its own; then nothing is changed.
pub fn write_atomically<T, E: From<FileError>>(
    path: &Path,
    fill: impl FnOnce(&mut Atomic) -> Result<T, E>,
) -> Result<T, E> {
    let mut out = Atomic::create(path)?;
    let value = fill(&mut out)?;
    out.keep()?;
    Ok(value)
}

impl Atomic {
    /// Begins a file that will stand at `path`.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        Self::begin(path, false)
    }

    /// Begins a file that will stand at `path`, and that only its owner may read from its first byte on.
    pub fn create_private(path: &Path) -> Result<Self, FileError> {
        Self::begin(path, true)
    }

    fn begin(path: &Path, private: bool) -> Result<Self, FileError> {
        let fail = |why| FileError::write(path, why);
        if path.is_dir() {
            return Err(fail(io::Error::other("a folder stands there; name a file")));
        }
        let (file, beside) = temporary(path, private).map_err(fail)?;
        Ok(Self { out: Some(BufWriter::with_capacity(1 << 18, file)), beside, path: path.into() })
    }

    /// Makes it durable and moves it to its place, whatever stands there.
    pub fn keep(self) -> Result<(), FileError> {
        self.kept(|from, to| fs::rename(from, to))
    }

    /// Makes it durable and moves it to its place. Fails where something stands there by now.
    pub fn keep_new(self) -> Result<(), FileError> {
        self.kept(rename_new)
    }

    fn kept(mut self, moved: impl FnOnce(&Path, &Path) -> io::Result<()>) -> Result<(), FileError> {
        let done = self.out.take().map(|out| settle(out, &self.beside, &self.path, moved));
        done.unwrap_or(Ok(())).map_err(|why| FileError::write(&self.path, why))
    }

    fn out(&mut self) -> io::Result<&mut BufWriter<File>> {
        self.out.as_mut().ok_or_else(|| io::Error::other("the file was already finished"))
    }
}

/// Moves a file to a place where nothing stands. A further name of the file cannot take another's place; where the disk
/// knows no further names, the place is looked at first.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    let there = || io::Error::from(io::ErrorKind::AlreadyExists);
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Err(why),
        Err(_) if super::is_there(to) => Err(there()),
        Err(_) => fs::rename(from, to),
    }
}

fn settle(
    out: BufWriter<File>,
    beside: &Path,
    path: &Path,
    moved: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    let moved = out.into_inner().map_err(|e| e.into_error()).and_then(|file| {
        file.sync_all()?;
        // Still locked: nobody may take it for one that was left behind.
        let renamed = moved(beside, path);
        drop(file);
        renamed
    });
    if let Err(why) = moved {
        // What could not be moved is of no use to anybody; that it stays is no worse than the error itself.
        let _ = fs::remove_file(beside);
        return Err(why);
    }
    sync_folder(folder_of(path))
}

/// A name beside a path for what is written and not finished, and of this process alone.
pub fn unfinished(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    folder_of(path).join(format!(".{name}.tickmark-{}.part", std::process::id()))
}

/// A new file beside the place of another. It is locked for as long as it is open, so that what a program that was killed left
/// behind is told from it, and removed by the next that writes there.
fn temporary(path: &Path, private: bool) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?.to_string_lossy();
    super::remove_leftovers(folder_of(path));
    for n in 0..TRIES {
        let beside = folder_of(path).join(format!(".{name}.tickmark-{}-{n}.part", std::process::id()));
        match new_file(private).open(&beside) {
            // Another program may have taken it for one that was left behind before it was locked.
            Ok(file) if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) && beside.exists() => {
                return Ok((file, beside));
            }
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::Error::other("too many unfinished files stand beside it; remove the '.part' files"))
}

/// How a file is made that was not there; a private one is its owner's alone, where the system knows owners.
pub(super) fn new_file(private: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, if private { 0o600 } else { 0o666 });
    #[cfg(not(unix))]
    let _ = private;
    options
}

/// A rename is durable once its folder is; only Unix can say so of a folder.
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
            // Nobody is left to be told; a file that stays behind is named as unfinished.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_what_stood_there_and_nothing_beside_it() {
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
    fn a_private_file_that_takes_anothers_place_is_its_owners_alone() {
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
    fn what_a_killed_program_left_is_removed_by_the_next_that_writes_there_and_what_is_in_work_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        fs::write(dir.path().join(".out.tickmark-999999-0.part"), b"half").unwrap();
        let first = Atomic::create(&path).unwrap();
        let second = Atomic::create(&path).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
        first.keep().unwrap();
        second.keep().unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_was_written_back_over_is_kept() {
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
