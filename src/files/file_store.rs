//! A folder of kept files: each under the SHA-256 of its bytes, in a folder of its first two digits, written once and never
//! changed. The folder says whose it is; another's is refused by name. It follows no link in it, and takes nothing out but
//! what it is told to erase.

use super::{Atomic, FileError, paths::folder_of, read_if_there, write::sync_folder};
use crate::model::{Digest, DigestReader};
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// The file in the folder that says whose it is.
const MARK: &str = "desk-id";
/// More than it ever holds, in bytes.
const MARK_BYTES: u64 = 200;

/// A folder of kept files, which need not be there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStore {
    folder: PathBuf,
    id: String,
}

impl FileStore {
    /// The folder at that path, which is to carry the id. Nothing is looked at yet.
    pub fn new(folder: PathBuf, id: &str) -> Self {
        Self { folder, id: id.into() }
    }

    /// Whose the folder at that path says it is; `None` where there is none, or where it says nothing.
    pub fn owner(folder: &Path) -> Result<Option<String>, FileError> {
        let mark = read_if_there(&folder.join(MARK), MARK_BYTES)?;
        Ok(mark.map(|m| String::from_utf8_lossy(&m).trim().to_owned()).filter(|m| !m.is_empty()))
    }

    /// The id it is to carry.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the folder is there. Fails where it is another's, or no folder.
    pub fn is_there(&self) -> Result<bool, FileError> {
        if !is_folder(&self.folder)? {
            return Ok(false);
        }
        match Self::owner(&self.folder)? {
            Some(found) if found == self.id => Ok(true),
            Some(found) => {
                Err(FileError::AnotherDesk { path: self.folder.clone(), found, desk: self.id.clone() })
            }
            None if self.is_empty()? => Ok(false),
            None => Err(FileError::Odd {
                path: self.folder.clone(),
                what: "a folder that does not say whose it is (it has no file 'desk-id')",
            }),
        }
    }

    /// Makes the folder, if it is not there, with the word whose it is.
    pub fn make(&self) -> Result<(), FileError> {
        if self.is_there()? {
            return Ok(());
        }
        make(&self.folder)?;
        let mark = self.folder.join(MARK);
        super::write_atomically(&mark, |out| {
            writeln!(out, "{}", self.id).map_err(|why| FileError::write(&mark, why))
        })
    }

    /// Keeps what is read under its digest; gives whether it was not here before. It is whole and on the disk when this
    /// returns. One that is here and is not what it should be is written anew. Fails where what is read is not `bytes`
    /// long or has another digest; then nothing is kept.
    pub fn put(&self, digest: &Digest, bytes: u64, from: &mut dyn Read) -> Result<bool, FileError> {
        self.make()?;
        let path = self.place(digest);
        make(folder_of(&path))?;
        if self.is_sound(digest, bytes)? {
            // Whoever wrote it may have been stopped before its name was on the disk.
            sync_folder(folder_of(&path)).map_err(|why| FileError::write(&path, why))?;
            return Ok(false);
        }
        let mut out = Atomic::create(&path)?;
        if copy_digesting(&mut from.take(bytes.saturating_add(1)), &mut out, &path)? != (*digest, bytes) {
            return Err(FileError::Changed);
        }
        out.keep()?;
        Ok(true)
    }

    /// Has what another folder keeps under that digest here as well: the same bytes on the disk under another name where
    /// that can be, else a copy. Gives whether the other one has it. [`FileStore::settle`] puts the names on the disk.
    pub fn link(&self, other: &Self, digest: &Digest, bytes: u64) -> Result<bool, FileError> {
        if !other.has(digest, bytes)? {
            return Ok(false);
        }
        let (from, to) = (other.place(digest), self.place(digest));
        make(folder_of(&to))?;
        let linked = fs::hard_link(&from, &to);
        if linked.is_ok()
            || (linked.is_err_and(|e| e.kind() == io::ErrorKind::AlreadyExists) && self.has(digest, bytes)?)
        {
            return Ok(true);
        }
        let mut from = File::open(&from).map_err(|why| FileError::read(&from, why))?;
        self.put(digest, bytes, &mut from)?;
        Ok(true)
    }

    /// Puts the names that were made in the folder on the disk: to sync one folder brings what was done before it along.
    pub fn settle(&self) -> Result<(), FileError> {
        sync_folder(&self.folder).map_err(|why| FileError::write(&self.folder, why))
    }

    /// Whether a file of that digest and length is here. Its bytes are not looked at.
    pub fn has(&self, digest: &Digest, bytes: u64) -> Result<bool, FileError> {
        Ok(self.is_there()? && plain(&self.place(digest))? == Some(bytes))
    }

    /// Opens the file of that digest; `None` where it is not here.
    pub fn open(&self, digest: &Digest) -> Result<Option<impl Read + use<>>, FileError> {
        let path = self.place(digest);
        if !self.is_there()? || plain(&path)?.is_none() {
            return Ok(None);
        }
        File::open(&path).map(Some).map_err(|why| FileError::read(&path, why))
    }

    /// Reads the file of that digest, and gives the digest and length of what is there; `None` where it is not here.
    pub fn found(&self, digest: &Digest) -> Result<Option<(Digest, u64)>, FileError> {
        let failed = |why| FileError::read(&self.place(digest), why);
        self.open(digest)?.map(|mut file| Digest::of_stream(&mut file)).transpose().map_err(failed)
    }

    /// The digests of the files that are here, by their names.
    pub fn digests(&self) -> Result<Vec<(Digest, u64)>, FileError> {
        let mut found = Vec::new();
        for part in if self.is_there()? { self.parts()? } else { Vec::new() } {
            for name in super::names(&part)? {
                let bytes = plain(&part.join(&name))?;
                found.extend(name.parse::<Digest>().ok().zip(bytes));
            }
        }
        Ok(found)
    }

    /// Where the file of that digest is, or would be.
    pub fn place(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.folder.join(&name[..2]).join(name)
    }

    /// Those of the files that are not here, or not so long.
    pub fn lacks(&self, mut files: Vec<(Digest, u64)>) -> Result<Vec<(Digest, u64)>, FileError> {
        if self.is_there()? {
            files.retain(|(digest, bytes)| {
                !plain(&self.place(digest)).is_ok_and(|found| found == Some(*bytes))
            });
        }
        Ok(files)
    }

    /// Erases the file of that digest from all these folders, and what was left of writing it. Each is taken out of its name,
    /// so that nobody takes half of it for the whole; where no other name of the same bytes is left, they are written over;
    /// then it is removed. Nothing is to be done where there is none. What is interrupted is finished by the next call.
    pub fn erase(shelves: &[&Self], digest: &Digest) -> Result<(), FileError> {
        let mut going = Vec::new();
        for file_store in shelves {
            going.extend(file_store.take_out_of_name(digest)?);
        }
        for path in &going {
            wipe(path, &going)?;
        }
        for path in &going {
            super::remove(path)?;
            let folder = folder_of(path);
            sync_folder(folder).map_err(|why| FileError::write(folder, why))?;
        }
        Ok(())
    }

    /// Gives the file of that digest, and what was left of writing or erasing it, names by which nobody finds it.
    fn take_out_of_name(&self, digest: &Digest) -> Result<Vec<PathBuf>, FileError> {
        let (path, hidden) = (self.place(digest), format!(".{digest}."));
        let folder = folder_of(&path);
        if !self.is_there()? || !is_folder(folder)? {
            return Ok(Vec::new());
        }
        let mut names = super::names(folder)?;
        names.retain(|n| n.starts_with(&hidden) || *n == digest.to_string());
        let free = (0..).map(|n| format!("{hidden}erased-{n}")).filter(|n| !names.contains(n));
        let mut going = Vec::new();
        for (name, free) in names.iter().zip(free) {
            let (from, to) = (folder.join(name), folder.join(free));
            fs::rename(&from, &to).map_err(|why| FileError::write(&from, why))?;
            going.push(to);
        }
        Ok(going)
    }

    /// Removes the folder with what was kept in it; what else somebody put there stays, and so does the folder then.
    pub fn discard(&self) -> Result<(), FileError> {
        if !self.is_there()? {
            return Ok(());
        }
        for part in self.parts()? {
            for name in super::names(&part)?.into_iter().filter(|n| is_ours(n)) {
                super::remove(&part.join(name))?;
            }
            // One that holds something of somebody's is not empty and stays.
            let _ = fs::remove_dir(&part);
        }
        if super::names(&self.folder)? == [MARK] {
            super::remove(&self.folder.join(MARK))?;
            let _ = fs::remove_dir(&self.folder);
        }
        Ok(())
    }

    /// Whether the file of that digest is here as it was kept; it is read to its end.
    pub fn is_sound(&self, digest: &Digest, bytes: u64) -> Result<bool, FileError> {
        Ok(self.has(digest, bytes)? && self.found(digest)? == Some((*digest, bytes)))
    }

    /// The folders of two digits that are here.
    fn parts(&self) -> Result<Vec<PathBuf>, FileError> {
        let digits = |n: &String| n.len() == 2 && n.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let named = super::names(&self.folder)?.into_iter().filter(digits).map(|n| self.folder.join(n));
        named.map(|p| Ok(is_folder(&p)?.then_some(p))).filter_map(Result::transpose).collect()
    }

    /// Whether nothing is in the folder but what was left of naming its owner.
    fn is_empty(&self) -> Result<bool, FileError> {
        let left = format!(".{MARK}.");
        Ok(super::names(&self.folder)?.iter().all(|n| n.starts_with(&left)))
    }
}

/// Whether a name in a folder of two digits is one that is written here.
fn is_ours(name: &str) -> bool {
    let digest = name.strip_prefix('.').and_then(|n| n.split('.').next()).unwrap_or(name);
    digest.parse::<Digest>().is_ok()
}

/// Whether a folder is there. Fails where something else is, a link to a folder among it.
fn is_folder(path: &Path) -> Result<bool, FileError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => Ok(true),
        Ok(meta) if meta.is_symlink() => {
            Err(FileError::Odd { path: path.into(), what: "a link, which is not followed," })
        }
        Ok(_) => Err(FileError::Odd { path: path.into(), what: "no folder" }),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(why) => Err(FileError::read(path, why)),
    }
}

/// The length of a plain file; `None` where there is none. Fails where something else is there, a link among it.
fn plain(path: &Path) -> Result<Option<u64>, FileError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => Ok(Some(meta.len())),
        Ok(meta) if meta.is_symlink() => {
            Err(FileError::Odd { path: path.into(), what: "a link, which is not followed," })
        }
        Ok(_) => Err(FileError::Odd { path: path.into(), what: "no file" }),
        Err(why) if matches!(why.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(why) => Err(FileError::read(path, why)),
    }
}

/// Makes a folder that is there for good once this returns.
fn make(path: &Path) -> Result<(), FileError> {
    if is_folder(path)? {
        return Ok(());
    }
    let failed = |why| FileError::write(path, why);
    match fs::create_dir(path) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => Err(failed(why)),
        _ => sync_folder(folder_of(path)).map_err(failed),
    }
}

/// Copies all bytes to the file at `path`, and gives their digest and number.
fn copy_digesting(from: &mut dyn Read, to: &mut dyn Write, path: &Path) -> Result<(Digest, u64), FileError> {
    let mut from = DigestReader::new(from);
    match io::copy(&mut from, to) {
        Ok(_) => Ok(from.done()),
        Err(why) if from.has_failed() => Err(FileError::Source(why)),
        Err(why) => Err(FileError::write(path, why)),
    }
}

/// Writes zeros over a plain file, where all names of its bytes are among `going`.
fn wipe(path: &Path, going: &[PathBuf]) -> Result<(), FileError> {
    let failed = |why| FileError::write(path, why);
    let meta = fs::symlink_metadata(path).map_err(failed)?;
    if !meta.is_file() || !is_ours_alone(&meta, going) {
        return Ok(());
    }
    let mut file = File::options().write(true).open(path).map_err(failed)?;
    io::copy(&mut io::repeat(0).take(meta.len()), &mut file).map_err(failed)?;
    file.sync_all().map_err(failed)
}

/// Whether no other name of the bytes is left than those that go: somebody may have linked them elsewhere.
#[cfg(unix)]
fn is_ours_alone(meta: &fs::Metadata, going: &[PathBuf]) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |other: &fs::Metadata| (other.dev(), other.ino()) == (meta.dev(), meta.ino());
    let names = going.iter().filter_map(|p| fs::symlink_metadata(p).ok()).filter(same).count();
    meta.nlink() == names as u64
}

/// Elsewhere it cannot be told.
#[cfg(not(unix))]
fn is_ours_alone(_: &fs::Metadata, _: &[PathBuf]) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_store() -> (tempfile::TempDir, FileStore) {
        let folder = tempfile::tempdir().unwrap();
        let file_store = FileStore::new(folder.path().join("a.desk.files"), "an id");
        (folder, file_store)
    }

    fn put(file_store: &FileStore, bytes: &[u8]) -> Digest {
        let digest = Digest::of(bytes);
        file_store.put(&digest, bytes.len() as u64, &mut &bytes[..]).unwrap();
        digest
    }

    #[test]
    fn what_is_put_is_there_once_under_its_digest_and_nothing_is_left_beside_it() {
        let (_folder, file_store) = file_store();
        let digest = put(&file_store, b"bytes");
        assert!(!file_store.put(&digest, 5, &mut &b"bytes"[..]).unwrap());
        let mut read = String::new();
        file_store.open(&digest).unwrap().unwrap().read_to_string(&mut read).unwrap();
        assert_eq!(read, "bytes");
        assert_eq!(file_store.digests().unwrap(), [(digest, 5)]);
        assert_eq!(super::super::names(folder_of(&file_store.place(&digest))).unwrap(), [digest.to_string()]);
    }

    #[test]
    fn bytes_of_another_digest_or_length_are_not_kept() {
        let (_folder, file_store) = file_store();
        let digest = Digest::of(b"bytes");
        for (bytes, read) in [(5, &b"bytez"[..]), (5, b"bytes and more"), (9, b"bytes")] {
            assert!(matches!(file_store.put(&digest, bytes, &mut &read[..]), Err(FileError::Changed)));
        }
        assert_eq!(file_store.digests().unwrap(), []);
    }

    #[test]
    fn a_damaged_file_is_written_anew_when_its_bytes_come_again() {
        let (_folder, file_store) = file_store();
        let digest = put(&file_store, b"bytes");
        fs::write(file_store.place(&digest), b"bytez").unwrap();
        assert!(file_store.put(&digest, 5, &mut &b"bytes"[..]).unwrap());
        assert_eq!(fs::read(file_store.place(&digest)).unwrap(), b"bytes");
    }

    #[test]
    fn anothers_folder_and_one_that_says_nothing_are_refused_by_name() {
        let (_folder, file_store) = file_store();
        put(&file_store, b"bytes");
        let other = FileStore::new(file_store.folder.clone(), "another id");
        let said = other.put(&Digest::of(b"x"), 1, &mut &b"x"[..]).unwrap_err().to_string();
        assert!(said.contains("another desk") && said.contains("a.desk.files"), "{said}");
        let bytes = Digest::of(b"bytes");
        assert!(other.open(&bytes).is_err() && FileStore::erase(&[&other], &bytes).is_err());
        fs::remove_file(file_store.folder.join(MARK)).unwrap();
        let said = file_store.found(&Digest::of(b"bytes")).unwrap_err().to_string();
        assert!(said.contains("does not say whose it is"), "{said}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_what_they_lead_to_is_not_erased() {
        let (folder, file_store) = file_store();
        let secret = folder.path().join("elsewhere");
        fs::write(&secret, b"bytes").unwrap();
        let digest = put(&file_store, b"bytes");
        fs::remove_file(file_store.place(&digest)).unwrap();
        std::os::unix::fs::symlink(&secret, file_store.place(&digest)).unwrap();
        assert!(matches!(file_store.open(&digest), Err(FileError::Odd { .. })));
        FileStore::erase(&[&file_store], &digest).unwrap();
        assert_eq!(fs::read(&secret).unwrap(), b"bytes");
        assert!(!super::super::is_there(&file_store.place(&digest)));
        let real = folder.path().join("real");
        fs::rename(&file_store.folder, &real).unwrap();
        std::os::unix::fs::symlink(&real, &file_store.folder).unwrap();
        let said = file_store.put(&digest, 5, &mut &b"bytes"[..]).unwrap_err().to_string();
        assert!(said.contains("link"), "{said}");
    }

    #[test]
    fn erasing_takes_every_name_of_the_bytes_and_what_was_left_of_writing_them() {
        let (folder, file_store) = file_store();
        let digest = put(&file_store, b"a secret");
        let backup = FileStore::new(folder.path().join("backup.files"), "an id");
        backup.make().unwrap();
        assert!(backup.link(&file_store, &digest, 8).unwrap());
        let left = folder_of(&file_store.place(&digest)).join(format!(".{digest}.1-0.part"));
        fs::write(&left, b"a sec").unwrap();
        let still_open = File::open(file_store.place(&digest)).unwrap();
        FileStore::erase(&[&file_store, &backup], &digest).unwrap();
        for file_store in [&file_store, &backup] {
            assert_eq!(
                super::super::names(folder_of(&file_store.place(&digest))).unwrap(),
                Vec::<String>::new()
            );
        }
        let mut read = Vec::new();
        (&still_open).read_to_end(&mut read).unwrap();
        assert_eq!(read, [0; 8], "the bytes were left on the disk");
    }

    #[cfg(unix)]
    #[test]
    fn erasing_leaves_a_link_that_somebody_made_elsewhere_as_it_is() {
        let (folder, file_store) = file_store();
        let digest = put(&file_store, b"a secret");
        let elsewhere = folder.path().join("elsewhere");
        fs::hard_link(file_store.place(&digest), &elsewhere).unwrap();
        FileStore::erase(&[&file_store], &digest).unwrap();
        assert_eq!(fs::read(&elsewhere).unwrap(), b"a secret");
        assert!(!file_store.has(&digest, 8).unwrap());
    }

    #[test]
    fn erasing_that_was_interrupted_is_finished_by_the_next_call() {
        let (_folder, file_store) = file_store();
        let digest = put(&file_store, b"a secret");
        let folder = folder_of(&file_store.place(&digest)).to_owned();
        fs::rename(file_store.place(&digest), folder.join(format!(".{digest}.erased-0"))).unwrap();
        put(&file_store, b"a secret");
        FileStore::erase(&[&file_store], &digest).unwrap();
        assert_eq!(super::super::names(&folder).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn discarding_takes_what_was_kept_and_leaves_what_somebody_put_there() {
        let (folder, file_store) = file_store();
        put(&file_store, b"bytes");
        file_store.discard().unwrap();
        assert!(!file_store.folder.exists());
        put(&file_store, b"bytes");
        fs::write(file_store.folder.join("notes.txt"), b"mine").unwrap();
        file_store.discard().unwrap();
        assert_eq!(fs::read(folder.path().join("a.desk.files/notes.txt")).unwrap(), b"mine");
    }
}
