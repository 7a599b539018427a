//! Files that are written where a person wants. None may replace a desk, a file that belongs to a desk, or a secret key,
//! by any path, link or spelling. Another file is replaced only if the person confirmed it.

use crate::desk::{Desk, DeskError};
use crate::{
    files::{self, Atomic, FileStore},
    formats::bundle::signature::KeyFile,
    messages::{Message, message},
    store,
};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// The endings of the names of files that belong to a desk.
const BESIDE: [&str; 6] = ["-wal", "-shm", "-journal", ".lock", ".restoring", ".replaced-wal"];
/// The endings of the names of folders that belong to a desk.
const FOLDERS: [&str; 3] = [".files", ".keys", ".backups"];
/// The most bytes of a key file.
const MAX_KEY_FILE: u64 = 4096;

/// A path where a file may be written.
#[derive(Clone, Debug)]
pub struct Target {
    path: PathBuf,
    replaces: bool,
}

impl Desk {
    /// The path where a person wants a file. Refused if a desk, a part of one, or a secret key is there. Any other
    /// existing file is refused unless `replaces` is set.
    pub fn target(&self, path: &Path, replaces: bool) -> Result<Target, DeskError> {
        let refused = |why: Message| {
            let path = path.display().to_string();
            DeskError::refused(message!("refused_target", path = path, why = why))
        };
        if path.as_os_str() == "-" {
            return Err(refused(message!("target_standard_output")));
        }
        // The link itself is replaced, but a person who names a link means its target.
        for place in [files::real_place(path), files::real(path)] {
            if let Some(what) = belongs_to_a_desk(self.path(), &place) {
                return Err(refused(what));
            }
        }
        if !replaces && files::is_there(path) {
            return Err(refused(message!("target_exists")));
        }
        Ok(Target { path: path.into(), replaces })
    }
}

impl Target {
    /// Writes a text, completely or not at all.
    pub fn write_text(&self, text: &str) -> Result<(), DeskError> {
        self.write(|out| Ok(out.write_all(text.as_bytes()).map_err(|why| self.failed(why))?))
    }

    /// Writes a text that only the file's owner may read, completely or not at all.
    pub fn write_secret(&self, text: &str) -> Result<(), DeskError> {
        self.fill(Atomic::create_private(&self.path)?, |out| {
            Ok(out.write_all(text.as_bytes()).map_err(|why| self.failed(why))?)
        })
    }

    /// Writes the file, completely or not at all.
    pub(in crate::desk) fn write<T>(
        &self,
        fill: impl FnOnce(&mut Atomic) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        self.fill(Atomic::create(&self.path)?, fill)
    }

    /// The error of writing the file.
    pub(in crate::desk) fn failed(&self, why: std::io::Error) -> files::FileError {
        files::FileError::write(&self.path, why)
    }

    fn fill<T>(
        &self,
        mut out: Atomic,
        fill: impl FnOnce(&mut Atomic) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        let value = fill(&mut out)?;
        match self.replaces {
            true => out.commit()?,
            false => out.commit_new()?,
        }
        Ok(value)
    }
}

/// Says what of a desk is or would be at a path; none if nothing. `own` is the open desk, in any state.
fn belongs_to_a_desk(own: &Path, place: &Path) -> Option<Message> {
    let own = files::real(own);
    // The open desk's file is not opened again, because closing it would release SQLite's locks on it.
    let is_own = |path: &Path| *path == own || files::Identity::of(path).is_some_and(|p| is_file(&p, &own));
    let is_desk = |path: &Path| is_own(path) || is_desk(path);
    if is_desk(place) {
        return Some(message!("target_is_desk"));
    }
    let of = |path: &Path, endings: &[&str]| {
        endings.iter().find_map(|end| without(path, end)).filter(|d| is_desk(d))
    };
    if let Some(desk) = of(place, &BESIDE) {
        return Some(message!("target_of_desk", desk = desk.display().to_string()));
    }
    for folder in place.ancestors() {
        if let Some(desk) = of(folder, &FOLDERS) {
            let (folder, desk) = (folder.display().to_string(), desk.display().to_string());
            return Some(message!("target_in_desk", folder = folder, desk = desk));
        }
        if matches!(FileStore::owner(folder), Ok(Some(_))) {
            return Some(message!("target_in_some_desk", folder = folder.display().to_string()));
        }
    }
    is_secret_key(place).then(|| message!("target_is_key"))
}

fn is_file(file: &files::Identity, path: &Path) -> bool {
    files::Identity::of(path).is_some_and(|other| file.is_same_file(&other) == Some(true))
}

fn is_desk(path: &Path) -> bool {
    path.is_file() && files::beginning(path, store::HEADER).is_ok_and(|bytes| store::is_desk(&bytes))
}

/// The path without the ending, in any case of letters; none if it does not have the ending.
fn without(path: &Path, ending: &str) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let at = name.len().checked_sub(ending.len()).filter(|at| *at > 0 && name.is_char_boundary(*at))?;
    let (stem, end) = name.split_at(at);
    end.eq_ignore_ascii_case(ending).then(|| path.with_file_name(stem))
}

fn is_secret_key(path: &Path) -> bool {
    let text = path.is_file().then(|| files::beginning(path, MAX_KEY_FILE).ok()).flatten();
    text.is_some_and(|t| KeyFile::parse(&String::from_utf8_lossy(&t)).is_ok())
}
