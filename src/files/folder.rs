//! A folder as a tree of files. Links are listed and never followed. Nothing outside the folder is read.

use super::FileError;
use crate::model::{Entry, EntryKind, Tree};
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// The most entries that are listed.
pub const MOST_ENTRIES: usize = 100_000;
/// The deepest subfolder that is listed.
const MAX_DEPTH: usize = 64;

/// A folder and a list of everything in it. The list is made once.
pub struct Folder {
    root: PathBuf,
    entries: Vec<Entry>,
}

impl Folder {
    /// Lists the folder. Fails if a part of it cannot be listed or if it has too many entries.
    pub fn open(root: &Path) -> Result<Self, FileError> {
        let mut folder = Self { root: root.into(), entries: Vec::new() };
        folder.list("", 0)?;
        folder.entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(folder)
    }

    fn list(&mut self, parent: &str, depth: usize) -> Result<(), FileError> {
        let at = self.root.join(parent);
        let fail = |e| FileError::read(&at, e);
        for entry in fs::read_dir(&at).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            self.add(parent, &entry, depth)?;
        }
        Ok(())
    }

    fn add(&mut self, parent: &str, entry: &fs::DirEntry, depth: usize) -> Result<(), FileError> {
        if self.entries.len() >= MOST_ENTRIES || depth > MAX_DEPTH {
            return Err(FileError::TooMany { path: self.root.clone(), most: MOST_ENTRIES });
        }
        let meta = entry.metadata().map_err(|e| FileError::read(&entry.path(), e))?;
        let (name, is_exact) = name(entry);
        let path = if parent.is_empty() { name } else { format!("{parent}/{name}") };
        let kind = match meta.file_type() {
            t if t.is_dir() && is_exact => EntryKind::Folder,
            t if t.is_file() && is_exact => EntryKind::File,
            _ => EntryKind::Other,
        };
        let bytes = if kind == EntryKind::File { meta.len() } else { 0 };
        self.entries.push(Entry { path: path.clone(), kind, bytes });
        if kind == EntryKind::Folder { self.list(&path, depth + 1) } else { Ok(()) }
    }
}

/// The name as text, and whether the text is exact. A name that is not Unicode is listed but never opened.
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
            Ok(e) if e.kind == EntryKind::File => Ok(Box::new(File::open(self.root.join(path))?)),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        }
    }
}
