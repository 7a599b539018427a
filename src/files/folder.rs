//! A folder as a tree of files. Links are listed and never followed; nothing outside is ever read.

use super::FileError;
use crate::model::{Entry, EntryKind, Tree};
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// The most entries of a folder that are listed.
pub const MOST_ENTRIES: usize = 100_000;
/// The deepest folder that is looked into.
const DEEPEST: usize = 64;

/// A folder and the list of all it holds, taken once.
pub struct Folder {
    top: PathBuf,
    entries: Vec<Entry>,
}

impl Folder {
    /// Lists it. Fails where a part of it cannot be listed or where it holds too much.
    pub fn open(top: &Path) -> Result<Self, FileError> {
        let mut folder = Self { top: top.into(), entries: Vec::new() };
        folder.list("", 0)?;
        folder.entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(folder)
    }

    fn list(&mut self, below: &str, depth: usize) -> Result<(), FileError> {
        let at = self.top.join(below);
        let fail = |e| FileError::read(&at, e);
        for entry in fs::read_dir(&at).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            self.note(below, &entry, depth)?;
        }
        Ok(())
    }

    fn note(&mut self, below: &str, entry: &fs::DirEntry, depth: usize) -> Result<(), FileError> {
        if self.entries.len() >= MOST_ENTRIES || depth > DEEPEST {
            return Err(FileError::TooMany { path: self.top.clone(), most: MOST_ENTRIES });
        }
        let meta = entry.metadata().map_err(|e| FileError::read(&entry.path(), e))?;
        let (name, whole) = name(entry);
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        let kind = match meta.file_type() {
            t if t.is_dir() && whole => EntryKind::Folder,
            t if t.is_file() && whole => EntryKind::File,
            _ => EntryKind::Other,
        };
        let bytes = if kind == EntryKind::File { meta.len() } else { 0 };
        self.entries.push(Entry { path: path.clone(), kind, bytes });
        if kind == EntryKind::Folder { self.list(&path, depth + 1) } else { Ok(()) }
    }
}

/// The name as text, and whether it is that text exactly: a name that is not Unicode is listed but never opened.
fn name(entry: &fs::DirEntry) -> (String, bool) {
    let name = entry.file_name();
    (name.to_string_lossy().into_owned(), name.to_str().is_some())
}

impl Tree for Folder {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let listed = self.entries.binary_search_by(|e| e.path.as_str().cmp(path)).map(|i| &self.entries[i]);
        match listed {
            Ok(e) if e.kind == EntryKind::File => Ok(Box::new(File::open(self.top.join(path))?)),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        }
    }
}
