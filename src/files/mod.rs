//! The disk: bounded reads, files that appear whole or not at all, and folders that a person chose.
//!
//! Only this module uses `std::fs`; the database opens its own file. It follows no link inside a folder that a person chose,
//! and it knows nothing of what the files mean.

mod entries;
mod file_store;
mod folder;
mod free_space;
mod identity;
mod leftover;
mod lock;
mod ownership;
mod paths;
mod process_limits;
mod write;

pub use entries::{
    copy, copy_permissions, link_or_copy, make_folder, make_private_folder, move_over, move_to_new, names,
    read_if_there, remove, replace, replace_private, write_private,
};
pub use file_store::FileStore;
pub use folder::Folder;
pub use free_space::free_bytes;
pub use identity::{Identity, names_of};
pub use leftover::remove_leftovers;
pub use lock::Lock;
pub use ownership::{SharedBy, shared_by};
pub use paths::{folder_of, is_there, length, real, real_place, sibling, written_at};
pub use process_limits::limit_process;
pub use write::{Atomic, unfinished_path, write_atomically};

use crate::{
    messages::{Message, message, shown_in_english},
    model::{Handed, ReadAt},
};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use thiserror::Error;

/// An error on the disk.
#[derive(Debug, Error)]
pub enum FileError {
    /// It could not be read.
    Read {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// It could not be written.
    Write {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The file is longer than the limit.
    TooLarge {
        /// Which file or folder.
        path: PathBuf,
        /// The most that is read, in bytes.
        most: u64,
    },
    /// The disk is full.
    Full {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The disk has no locks, or grants a lock twice.
    NoLocks {
        /// The lock's file.
        path: PathBuf,
        /// What the system said, if anything.
        why: Option<io::Error>,
    },
    /// The file to be stored was written to while it was read.
    Changed,
    /// The file to be stored cannot be read to its end.
    Source(io::Error),
    /// A file store belongs to another desk.
    AnotherDesk {
        /// The folder.
        path: PathBuf,
        /// The desk that it names as its owner.
        found: String,
        /// The desk that should own it.
        desk: String,
    },
    /// Something else is at the path of a stored file or of the file store.
    Odd {
        /// The path.
        path: PathBuf,
        /// What it is instead.
        what: &'static str,
    },
    /// A folder has more entries than the limit.
    TooMany {
        /// Which folder.
        path: PathBuf,
        /// The most entries that are read.
        most: usize,
    },
}

impl FileError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Read { path, why } => message!("file_read", path = path, why = why.to_string()),
            Self::Write { path, why } => message!("file_write", path = path, why = why.to_string()),
            Self::TooLarge { path, most } => message!("file_too_large", path = path, most = *most),
            Self::Full { path, why } => message!("file_full", path = path, why = why.to_string()),
            Self::NoLocks { path, why: None } => message!("file_no_locks", path = path),
            Self::NoLocks { path, why: Some(why) } => {
                message!("file_no_locks_why", path = path, why = why.to_string())
            }
            Self::Changed => message!("file_changed"),
            Self::Source(why) => message!("file_source", why = why.to_string()),
            Self::AnotherDesk { path, found, desk } => {
                message!("file_another_desk", path = path, found = found, desk = desk)
            }
            Self::Odd { path, what } => message!("file_odd", path = path, what = *what),
            Self::TooMany { path, most } => message!("file_too_many", path = path, most = *most),
        }
    }
}

shown_in_english!(FileError);

impl FileError {
    pub(crate) fn read(path: &Path, why: io::Error) -> Self {
        Self::Read { path: path.into(), why }
    }

    pub(crate) fn write(path: &Path, why: io::Error) -> Self {
        use io::ErrorKind as K;
        match why.kind() {
            K::StorageFull | K::QuotaExceeded | K::FileTooLarge => Self::Full { path: path.into(), why },
            _ => Self::Write { path: path.into(), why },
        }
    }
}

/// Reads a file of at most `most` bytes. A longer one is refused, also if it grows while it is read.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    if plain_length(path)? > most {
        return Err(FileError::TooLarge { path: path.into(), most });
    }
    let (file, mut bytes) = (File::open(path).map_err(|e| FileError::read(path, e))?, Vec::new());
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| FileError::read(path, e))?;
    if bytes.len() as u64 > most {
        return Err(FileError::TooLarge { path: path.into(), most });
    }
    Ok(bytes)
}

/// Reads the first bytes of a file, at most `most`.
pub fn beginning(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    plain_length(path)?;
    let (file, mut bytes) = (File::open(path).map_err(|e| FileError::read(path, e))?, Vec::new());
    file.take(most).read_to_end(&mut bytes).map_err(|e| FileError::read(path, e))?;
    Ok(bytes)
}

/// The length of a plain file in bytes. Fails if something else is there: opening a pipe would wait until somebody writes to
/// it.
fn plain_length(path: &Path) -> Result<u64, FileError> {
    let meta = std::fs::metadata(path).map_err(|e| FileError::read(path, e))?;
    let not_plain = || FileError::read(path, io::Error::other("it is no plain file; - reads standard input"));
    if meta.is_file() { Ok(meta.len()) } else { Err(not_plain()) }
}

/// An open file or folder that is to be checked or imported.
pub enum Opened {
    /// A file.
    File(OpenFile),
    /// A folder.
    Folder(Folder),
}

/// Opens a file or folder that a person named. Fails if it does not exist or cannot be read.
pub fn open(path: &Path) -> Result<Opened, FileError> {
    let meta = std::fs::metadata(path).map_err(|e| FileError::read(path, e))?;
    match meta.is_dir() {
        true => Folder::open(path).map(Opened::Folder),
        false => OpenFile::open(path).map(Opened::File),
    }
}

impl Opened {
    /// The form in which the formats accept it.
    pub fn handed(&self) -> Handed<'_> {
        match self {
            Self::File(file) => Handed::File(file),
            Self::Folder(folder) => Handed::Folder(folder),
        }
    }
}

/// An open file that can be read at any position.
pub struct OpenFile {
    file: Mutex<File>,
    len: u64,
}

impl OpenFile {
    /// Opens a file. Fails if it does not exist or is not a plain file.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        plain_length(path)?;
        let mut file = File::open(path).map_err(|e| FileError::read(path, e))?;
        let len = file.seek(SeekFrom::End(0)).map_err(|e| FileError::read(path, e))?;
        Ok(Self { file: Mutex::new(file), len })
    }
}

impl ReadAt for OpenFile {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.read(into)
    }
}
