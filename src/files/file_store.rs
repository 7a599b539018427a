//! A folder of stored files. Each file is named by the SHA-256 of its bytes, in a subfolder named by the first two digits.
//! It is written once and never changed. The folder names the desk that owns it; another desk's folder is refused. No link
//! inside it is followed, and only files that are to be erased are removed.

use super::{Atomic, FileError, paths::folder_of, read_if_there, write::sync_folder};
use crate::model::{Digest, DigestReader};
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// The file that names the owner of the folder.
const MARK: &str = "desk-id";
/// The most bytes of it that are read.
const MARK_BYTES: u64 = 200;

/// A folder of stored files. It need not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStore {
    folder: PathBuf,
    id: String,
}

impl FileStore {
    /// The file store at that path for the desk with that id. Nothing is read or written yet.
    pub fn new(folder: PathBuf, id: &str) -> Self {
        Self { folder, id: id.into() }
    }

    /// Returns the desk id that the folder names as its owner; `None` if there is no folder or it names no owner.
    pub fn owner(folder: &Path) -> Result<Option<String>, FileError> {
        let mark = read_if_there(&folder.join(MARK), MARK_BYTES)?;
        Ok(mark.map(|m| String::from_utf8_lossy(&m).trim().to_owned()).filter(|m| !m.is_empty()))
    }

    /// The id of the desk that owns it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the folder exists and belongs to this desk. Fails if it is another desk's, or is not a folder.
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

    /// Creates the folder, if it does not exist, and writes the file that names its owner.
    pub fn create(&self) -> Result<(), FileError> {
        if self.is_there()? {
            return Ok(());
        }
        create(&self.folder)?;
        let mark = self.folder.join(MARK);
        super::write_atomically(&mark, |out| {
            writeln!(out, "{}", self.id).map_err(|why| FileError::write(&mark, why))
        })
    }

    /// Stores the bytes from `from` under their digest, and returns whether the file is new. When this returns, the file is
    /// whole and durable. A damaged file is written again. Fails if `from` does not have `bytes` bytes or has another
    /// digest; then nothing is stored.
    pub fn put(&self, digest: &Digest, bytes: u64, from: &mut dyn Read) -> Result<bool, FileError> {
        self.create()?;
        let path = self.path_of(digest);
        create(folder_of(&path))?;
        if self.is_sound(digest, bytes)? {
            // The program that wrote it may have been stopped before the file's name was durable.
            sync_folder(folder_of(&path)).map_err(|why| FileError::write(&path, why))?;
            return Ok(false);
        }
        let mut out = Atomic::create(&path)?;
        if copy_and_digest(&mut from.take(bytes.saturating_add(1)), &mut out, &path)? != (*digest, bytes) {
            return Err(FileError::Changed);
        }
        out.commit()?;
        Ok(true)
    }

    /// Stores the file that `other` has under that digest here as well: as a hard link if possible, else as a copy. Returns
    /// whether `other` has it. [`FileStore::sync`] makes the new names durable.
    pub fn link(&self, other: &Self, digest: &Digest, bytes: u64) -> Result<bool, FileError> {
        if !other.has(digest, bytes)? {
            return Ok(false);
        }
        let (from, to) = (other.path_of(digest), self.path_of(digest));
        create(folder_of(&to))?;
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

    /// Makes new names in the folder durable. Syncing this folder also makes earlier changes below it durable.
    pub fn sync(&self) -> Result<(), FileError> {
        sync_folder(&self.folder).map_err(|why| FileError::write(&self.folder, why))
    }

    /// Whether a file of that digest and length is here. Its bytes are not read.
    pub fn has(&self, digest: &Digest, bytes: u64) -> Result<bool, FileError> {
        Ok(self.is_there()? && plain_length(&self.path_of(digest))? == Some(bytes))
    }

    /// Opens the file of that digest; `None` if it is not here.
    pub fn open(&self, digest: &Digest) -> Result<Option<impl Read + use<>>, FileError> {
        let path = self.path_of(digest);
        if !self.is_there()? || plain_length(&path)?.is_none() {
            return Ok(None);
        }
        File::open(&path).map(Some).map_err(|why| FileError::read(&path, why))
    }

    /// Reads the file of that digest and returns the digest and length that its bytes have now; `None` if it is not here.
    pub fn read_digest(&self, digest: &Digest) -> Result<Option<(Digest, u64)>, FileError> {
        let failed = |why| FileError::read(&self.path_of(digest), why);
        self.open(digest)?.map(|mut file| Digest::of_stream(&mut file)).transpose().map_err(failed)
    }

    /// Lists the digests of the files that are here, by their names, with their lengths in bytes.
    pub fn digests(&self) -> Result<Vec<(Digest, u64)>, FileError> {
        let mut found = Vec::new();
        for subfolder in if self.is_there()? { self.subfolders()? } else { Vec::new() } {
            for name in super::names(&subfolder)? {
                let bytes = plain_length(&subfolder.join(&name))?;
                found.extend(name.parse::<Digest>().ok().zip(bytes));
            }
        }
        Ok(found)
    }

    /// The path of the file of that digest, whether or not it exists.
    pub fn path_of(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.folder.join(&name[..2]).join(name)
    }

    /// Returns those of `files` that are not here or have another length.
    pub fn missing(&self, mut files: Vec<(Digest, u64)>) -> Result<Vec<(Digest, u64)>, FileError> {
        if self.is_there()? {
            files.retain(|(digest, bytes)| {
                !plain_length(&self.path_of(digest)).is_ok_and(|found| found == Some(*bytes))
            });
        }
        Ok(files)
    }

    /// Erases the file of that digest, and unfinished copies of it, from all these file stores. Each file is first renamed,
    /// so that no program reads a half-erased file. If its bytes have no other name, they are overwritten. Then the file is
    /// removed. If there is no such file, nothing happens. The next call finishes an erasure that was interrupted.
    pub fn erase(file_stores: &[&Self], digest: &Digest) -> Result<(), FileError> {
        let mut to_erase = Vec::new();
        for file_store in file_stores {
            to_erase.extend(file_store.rename_for_erasure(digest)?);
        }
        for path in &to_erase {
            wipe(path, &to_erase)?;
        }
        for path in &to_erase {
            super::remove(path)?;
            let folder = folder_of(path);
            sync_folder(folder).map_err(|why| FileError::write(folder, why))?;
        }
        Ok(())
    }

    /// Renames the file of that digest, and what an interrupted write or erasure of it left, to names that no reader looks
    /// for. Returns the new paths.
    fn rename_for_erasure(&self, digest: &Digest) -> Result<Vec<PathBuf>, FileError> {
        let (path, hidden) = (self.path_of(digest), format!(".{digest}."));
        let folder = folder_of(&path);
        if !self.is_there()? || !is_folder(folder)? {
            return Ok(Vec::new());
        }
        let mut names = super::names(folder)?;
        names.retain(|n| n.starts_with(&hidden) || *n == digest.to_string());
        let free = (0..).map(|n| format!("{hidden}erased-{n}")).filter(|n| !names.contains(n));
        let mut to_erase = Vec::new();
        for (name, free) in names.iter().zip(free) {
            let (from, to) = (folder.join(name), folder.join(free));
            fs::rename(&from, &to).map_err(|why| FileError::write(&from, why))?;
            to_erase.push(to);
        }
        Ok(to_erase)
    }

    /// Removes the stored files and the folder. Files that somebody else put there remain, and then so does the folder.
    pub fn discard(&self) -> Result<(), FileError> {
        if !self.is_there()? {
            return Ok(());
        }
        for subfolder in self.subfolders()? {
            for name in super::names(&subfolder)?.into_iter().filter(|n| is_stored_name(n)) {
                super::remove(&subfolder.join(name))?;
            }
            // A folder with other files is not empty and remains.
            let _ = fs::remove_dir(&subfolder);
        }
        if super::names(&self.folder)? == [MARK] {
            super::remove(&self.folder.join(MARK))?;
            let _ = fs::remove_dir(&self.folder);
        }
        Ok(())
    }

    /// Whether the file of that digest is here and undamaged. It is read to its end.
    pub fn is_sound(&self, digest: &Digest, bytes: u64) -> Result<bool, FileError> {
        Ok(self.has(digest, bytes)? && self.read_digest(digest)? == Some((*digest, bytes)))
    }

    /// The subfolders that are named by two digits.
    fn subfolders(&self) -> Result<Vec<PathBuf>, FileError> {
        let digits = |n: &String| n.len() == 2 && n.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let named = super::names(&self.folder)?.into_iter().filter(digits).map(|n| self.folder.join(n));
        named.map(|p| Ok(is_folder(&p)?.then_some(p))).filter_map(Result::transpose).collect()
    }

    /// Whether the folder is empty, apart from what an interrupted write of the owner's id left.
    fn is_empty(&self) -> Result<bool, FileError> {
        let left = format!(".{MARK}.");
        Ok(super::names(&self.folder)?.iter().all(|n| n.starts_with(&left)))
    }
}

/// Whether a file store writes files of that name.
fn is_stored_name(name: &str) -> bool {
    let digest = name.strip_prefix('.').and_then(|n| n.split('.').next()).unwrap_or(name);
    digest.parse::<Digest>().is_ok()
}

/// Whether a folder exists. Fails if something else is there, such as a link to a folder.
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

/// The length of a plain file in bytes; `None` if it does not exist. Fails if something else is there, such as a link.
fn plain_length(path: &Path) -> Result<Option<u64>, FileError> {
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

/// Creates a folder and makes it durable.
fn create(path: &Path) -> Result<(), FileError> {
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
fn copy_and_digest(from: &mut dyn Read, to: &mut dyn Write, path: &Path) -> Result<(Digest, u64), FileError> {
    let mut from = DigestReader::new(from);
    match io::copy(&mut from, to) {
        Ok(_) => Ok(from.done()),
        Err(why) if from.has_failed() => Err(FileError::Source(why)),
        Err(why) => Err(FileError::write(path, why)),
    }
}

/// Overwrites a plain file with zeros, if all names of its bytes are among `to_erase`.
fn wipe(path: &Path, to_erase: &[PathBuf]) -> Result<(), FileError> {
    let failed = |why| FileError::write(path, why);
    let meta = fs::symlink_metadata(path).map_err(failed)?;
    if !meta.is_file() || !has_no_other_name(&meta, to_erase) {
        return Ok(());
    }
    let mut file = File::options().write(true).open(path).map_err(failed)?;
    io::copy(&mut io::repeat(0).take(meta.len()), &mut file).map_err(failed)?;
    file.sync_all().map_err(failed)
}

/// Whether the bytes have no other names than those in `to_erase`. Somebody may have made a hard link elsewhere.
#[cfg(unix)]
fn has_no_other_name(meta: &fs::Metadata, to_erase: &[PathBuf]) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |other: &fs::Metadata| (other.dev(), other.ino()) == (meta.dev(), meta.ino());
    let names = to_erase.iter().filter_map(|p| fs::symlink_metadata(p).ok()).filter(same).count();
    meta.nlink() == names as u64
}

/// Other systems do not report it.
#[cfg(not(unix))]
fn has_no_other_name(_: &fs::Metadata, _: &[PathBuf]) -> bool {
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
    fn stored_bytes_exist_once_under_their_digest_and_nothing_else_remains() {
        let (_folder, file_store) = file_store();
        let digest = put(&file_store, b"bytes");
        assert!(!file_store.put(&digest, 5, &mut &b"bytes"[..]).unwrap());
        let mut read = String::new();
        file_store.open(&digest).unwrap().unwrap().read_to_string(&mut read).unwrap();
        assert_eq!(read, "bytes");
        assert_eq!(file_store.digests().unwrap(), [(digest, 5)]);
        assert_eq!(
            super::super::names(folder_of(&file_store.path_of(&digest))).unwrap(),
            [digest.to_string()]
        );
    }

    #[test]
    fn bytes_of_another_digest_or_length_are_not_stored() {
        let (_folder, file_store) = file_store();
        let digest = Digest::of(b"bytes");
        for (bytes, read) in [(5, &b"bytez"[..]), (5, b"bytes and more"), (9, b"bytes")] {
            assert!(matches!(file_store.put(&digest, bytes, &mut &read[..]), Err(FileError::Changed)));
        }
        assert_eq!(file_store.digests().unwrap(), []);
    }

    #[test]
    fn a_damaged_file_is_written_again_when_its_bytes_are_stored_again() {
        let (_folder, file_store) = file_store();
        let digest = put(&file_store, b"bytes");
        fs::write(file_store.path_of(&digest), b"bytez").unwrap();
        assert!(file_store.put(&digest, 5, &mut &b"bytes"[..]).unwrap());
        assert_eq!(fs::read(file_store.path_of(&digest)).unwrap(), b"bytes");
    }

    #[test]
    fn another_desks_folder_and_one_without_an_owner_are_refused() {
        let (_folder, file_store) = file_store();
        put(&file_store, b"bytes");
        let other = FileStore::new(file_store.folder.clone(), "another id");
        let message = other.put(&Digest::of(b"x"), 1, &mut &b"x"[..]).unwrap_err().to_string();
        assert!(message.contains("another desk") && message.contains("a.desk.files"), "{message}");
        let bytes = Digest::of(b"bytes");
        assert!(other.open(&bytes).is_err() && FileStore::erase(&[&other], &bytes).is_err());
        fs::remove_file(file_store.folder.join(MARK)).unwrap();
        let message = file_store.read_digest(&Digest::of(b"bytes")).unwrap_err().to_string();
        assert!(message.contains("does not say whose it is"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_what_they_lead_to_is_not_erased() {
        let (folder, file_store) = file_store();
        let secret = folder.path().join("elsewhere");
        fs::write(&secret, b"bytes").unwrap();
        let digest = put(&file_store, b"bytes");
        fs::remove_file(file_store.path_of(&digest)).unwrap();
        std::os::unix::fs::symlink(&secret, file_store.path_of(&digest)).unwrap();
        assert!(matches!(file_store.open(&digest), Err(FileError::Odd { .. })));
        FileStore::erase(&[&file_store], &digest).unwrap();
        assert_eq!(fs::read(&secret).unwrap(), b"bytes");
        assert!(!super::super::is_there(&file_store.path_of(&digest)));
        let real = folder.path().join("real");
        fs::rename(&file_store.folder, &real).unwrap();
        std::os::unix::fs::symlink(&real, &file_store.folder).unwrap();
        let message = file_store.put(&digest, 5, &mut &b"bytes"[..]).unwrap_err().to_string();
        assert!(message.contains("link"), "{message}");
    }

    #[test]
    fn erasing_removes_every_name_of_the_bytes_and_unfinished_copies() {
        let (folder, file_store) = file_store();
        let digest = put(&file_store, b"a secret");
        let backup = FileStore::new(folder.path().join("backup.files"), "an id");
        backup.create().unwrap();
        assert!(backup.link(&file_store, &digest, 8).unwrap());
        let left = folder_of(&file_store.path_of(&digest)).join(format!(".{digest}.1-0.part"));
        fs::write(&left, b"a sec").unwrap();
        let still_open = File::open(file_store.path_of(&digest)).unwrap();
        FileStore::erase(&[&file_store, &backup], &digest).unwrap();
        for file_store in [&file_store, &backup] {
            assert_eq!(
                super::super::names(folder_of(&file_store.path_of(&digest))).unwrap(),
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
        fs::hard_link(file_store.path_of(&digest), &elsewhere).unwrap();
        FileStore::erase(&[&file_store], &digest).unwrap();
        assert_eq!(fs::read(&elsewhere).unwrap(), b"a secret");
        assert!(!file_store.has(&digest, 8).unwrap());
    }

    #[test]
    fn erasing_that_was_interrupted_is_finished_by_the_next_call() {
        let (_folder, file_store) = file_store();
        let digest = put(&file_store, b"a secret");
        let folder = folder_of(&file_store.path_of(&digest)).to_owned();
        fs::rename(file_store.path_of(&digest), folder.join(format!(".{digest}.erased-0"))).unwrap();
        put(&file_store, b"a secret");
        FileStore::erase(&[&file_store], &digest).unwrap();
        assert_eq!(super::super::names(&folder).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn discarding_removes_stored_files_and_leaves_other_files() {
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
