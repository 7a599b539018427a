//! The files of a desk: small ones in its own file, larger ones in the folder next to it. A file is complete and on the
//! disk before the action that names it is recorded.

use crate::desk::{Desk, DeskError, act::Act};
use crate::{
    files::{self, FileError, FileStore, OpenFile},
    messages::{Message, message},
    model::{Attachment, BlobRead, Blobs, Digest, Fact, RangeReader, ReadAt, Steps},
    store::{Access, FilePlace, INSIDE, MAX_BLOB, StoreError, Tx},
};
use std::{
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
    sync::PoisonError,
};

/// Free disk space, in bytes, below which a notice is shown.
const LOW_SPACE: u64 = 200_000_000;

/// A file that a person gives, to be stored.
pub struct NewFile {
    name: String,
    bytes: Box<dyn ReadAt>,
}

/// A file whose bytes are stored, before an action names it.
pub struct StoredFile {
    pub(in crate::desk) digest: Digest,
    bytes: u64,
    pub(in crate::desk) name: String,
    /// The bytes of a small file, which are written to the desk's own file with the action.
    inside: Option<Vec<u8>>,
    /// Whether it was just added to the folder.
    new: bool,
}

impl NewFile {
    /// A file with that name and those bytes.
    pub fn new(name: &str, bytes: impl ReadAt + 'static) -> Self {
        Self { name: name.into(), bytes: Box::new(bytes) }
    }

    /// Opens the file a person named; its bytes are read when it is stored. Fails if it is over 256 MiB.
    pub fn open(path: &Path) -> Result<Self, DeskError> {
        let name = path.file_name().map_or_else(|| "file".into(), |n| n.to_string_lossy().into_owned());
        let bytes = OpenFile::open(path)?;
        refuse_too_large(bytes.len())?;
        Ok(Self { name, bytes: Box::new(bytes) })
    }
}

impl StoredFile {
    /// The hash of its bytes.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// How a source names it.
    pub(in crate::desk) fn attachment(&self) -> Attachment {
        Attachment { digest: self.digest, name: self.name.clone(), bytes: self.bytes }
    }
}

/// What happened to a file in the desk's folder.
pub(in crate::desk) enum Lost {
    /// It is not there.
    Missing,
    /// Its bytes are others.
    Changed,
    /// The disk does not give it.
    Unreadable(Message),
}

impl Lost {
    fn message(self, what: Message, place: &Path) -> Message {
        match self {
            Self::Missing => message!("lost_missing", what = what, place = place),
            Self::Changed => message!("lost_changed", what = what, place = place),
            Self::Unreadable(why) => message!("lost_unreadable", what = what, place = place, why = why),
        }
    }
}

impl Desk {
    /// Stores new files, then runs a command that names them. The files are stored before the transaction begins, so
    /// nobody waits for them. If the command fails, newly stored files are removed.
    pub fn keeping<T, E: From<DeskError>>(
        &mut self,
        files: &[NewFile],
        command: impl FnOnce(&mut Self, &[StoredFile]) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut stored = Vec::new();
        let all = files.iter().try_for_each(|f| {
            stored.push(self.store_file(&f.name, &*f.bytes)?);
            Ok::<_, DeskError>(())
        });
        let done = match all {
            Ok(()) => self.transact(Access::Write, |desk| command(desk, &stored)),
            Err(why) => Err(why.into()),
        };
        if done.is_err() {
            self.remove_stored(&stored);
        }
        done
    }

    /// Stores bytes: a large file goes into the folder. Nothing names it yet; [`Desk::keep_stored`] records it in the
    /// transaction.
    pub(in crate::desk) fn store_file(
        &self,
        name: &str,
        bytes: &dyn ReadAt,
    ) -> Result<StoredFile, DeskError> {
        let len = bytes.len();
        refuse_too_large(len)?;
        let digest = Digest::of_stream(&mut RangeReader::new(bytes, 0, len)).map_err(FileError::Source)?;
        if digest.1 != len {
            return Err(FileError::Changed.into());
        }
        self.store_stream(name, digest, &mut RangeReader::new(bytes, 0, len))
    }

    /// Like [`Desk::store_file`], for bytes with known digest and length, which are read once.
    pub(in crate::desk) fn store_stream(
        &self,
        name: &str,
        (digest, bytes): (Digest, u64),
        from: &mut dyn Read,
    ) -> Result<StoredFile, DeskError> {
        refuse_too_large(bytes)?;
        let mut stored = StoredFile { digest, bytes, name: name.into(), inside: None, new: false };
        if bytes <= INSIDE {
            let mut all = Vec::new();
            from.take(bytes + 1).read_to_end(&mut all).map_err(FileError::Source)?;
            if Digest::of(&all) != digest {
                return Err(FileError::Changed.into());
            }
            stored.inside = Some(all);
        } else if self.store.file_place(&digest)? != Some(FilePlace::Inside) {
            if !self.file_store.has(&digest, bytes)? {
                refuse_without_room(self.file_store.folder(), bytes)?;
            }
            stored.new = self.file_store.put(&digest, bytes, from)?;
        }
        Ok(stored)
    }

    /// Records that a file is stored, in the transaction of the action that names it.
    pub(in crate::desk) fn keep_stored(&self, tx: &Tx, stored: &StoredFile) -> Result<(), DeskError> {
        let StoredFile { digest, bytes, inside, .. } = stored;
        match inside {
            Some(bytes) => drop(tx.put_blob(bytes)?),
            None if self.file_store.has(digest, *bytes)? => tx.put_beside(digest, *bytes)?,
            None if tx.file_place(digest)? == Some(FilePlace::Inside) => {}
            None => {
                return Err(DeskError::refused(message!("refused_erased_meanwhile")));
            }
        }
        Ok(())
    }

    /// Removes newly stored files of an action that was not recorded, unless something else names them now.
    pub(in crate::desk) fn remove_stored(&self, stored: &[StoredFile]) {
        let taken = stored.iter().filter(|p| p.new).try_for_each(|p| {
            self.store.write(|tx| match tx.file_place(&p.digest)? {
                None => Ok::<_, DeskError>(FileStore::erase(&[&self.file_store], &p.digest)?),
                Some(_) => Ok(()),
            })
        });
        // Only the action's own error matters; an unnamed file does no harm.
        drop(taken);
    }

    /// The files in the desk's folder that are missing or changed, and how. Every file is read, one step each.
    pub(in crate::desk) fn lost_files(&self, steps: &Steps) -> Result<Vec<(Digest, Lost)>, DeskError> {
        let mut lost = Vec::new();
        for (digest, bytes) in self.store.all_beside()? {
            steps.next()?;
            match self.file_store.read_digest(&digest) {
                Ok(Some(found)) if found == (digest, bytes) => {}
                // Erased while the others were read.
                Ok(_) if self.store.file_place(&digest)? != Some(FilePlace::Beside(bytes)) => {}
                Ok(Some(_)) => lost.push((digest, Lost::Changed)),
                Ok(None) => lost.push((digest, Lost::Missing)),
                Err(why) => lost.push((digest, Lost::Unreadable(why.message()))),
            }
        }
        Ok(lost)
    }

    /// Messages about lost files: what names them and where they should be. Files that were erased in the meantime are
    /// left out.
    pub(in crate::desk) fn describe_lost_files(
        &self,
        lost: Vec<(Digest, Lost)>,
    ) -> Result<Vec<Message>, DeskError> {
        let mut lost_now = Vec::new();
        for (digest, how) in lost {
            if let Some(FilePlace::Beside(_)) = self.store.file_place(&digest)? {
                lost_now.push((digest, how));
            }
        }
        let message = |(digest, how): (Digest, Lost)| {
            let (what, place) = (self.file_in_words(&digest)?, self.file_store.path_of(&digest));
            Ok(how.message(what, &place))
        };
        lost_now.into_iter().map(message).collect()
    }

    /// A file, described by the first fact that names it.
    fn file_in_words(&self, digest: &Digest) -> Result<Message, DeskError> {
        for holder in self.store.holders(digest)? {
            match self.store.fact(holder)?.as_ref().and_then(|f| f.fact()) {
                Some(Fact::Source(s)) => {
                    let name = s.files.iter().find(|f| f.digest == *digest).map_or("", |f| &f.name);
                    let number = self.number_of(s.source.0)?;
                    return Ok(message!("file_of_source", name = name, number = number, title = &s.title));
                }
                Some(Fact::Article(a)) => {
                    let name = a.original.as_ref().map_or("", |o| &o.name);
                    let number = self.number_of(a.article.0)?;
                    return Ok(message!("file_of_article", name = name, number = number));
                }
                Some(Fact::Picture(p)) => {
                    let number = self.number_of(p.article.0)?;
                    return Ok(message!("file_picture", name = &p.name, number = number));
                }
                _ => {}
            }
        }
        Ok(message!("file_unnamed", digest = digest.to_string()))
    }

    /// Messages for the person: that the disk is nearly full, and what could not be done when the desk was opened.
    pub fn notices(&self) -> Vec<Message> {
        let mut all = self.shared.notices.lock().unwrap_or_else(PoisonError::into_inner).clone();
        all.extend(self.file_store.is_there().err().map(|e| e.message()));
        let home = self.path().parent().unwrap_or(self.path());
        if self.only_read().is_none() {
            all.extend(nearly_full(files::free_bytes(home)));
        }
        all
    }

    /// Adds a message for the person.
    pub(in crate::desk) fn note(&self, what: Message) {
        self.shared.notices.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }
}

/// All files of the desk, inside its own file or in its folder. A file that is missing in the folder counts as not
/// stored.
impl Blobs for Desk {
    fn open(&self, digest: &Digest) -> io::Result<Option<BlobRead<'_>>> {
        if let Some(inside) = self.store.open(digest)? {
            return Ok(Some(inside));
        }
        match self.store.file_place(digest).map_err(io::Error::other)? {
            Some(FilePlace::Beside(_)) => {
                let file = self.file_store.open(digest).map_err(io::Error::other)?;
                Ok(file.map(|f| Box::new(BufReader::with_capacity(1 << 17, f)) as BlobRead<'_>))
            }
            Some(FilePlace::Inside) | None => Ok(None),
        }
    }
}

/// The folder of a desk's files. If a link leads to the desk, it is next to the link's target.
pub(in crate::desk) fn files_folder(desk: &Path) -> PathBuf {
    files::sibling(&files::real(desk), ".files")
}

/// Refuses to begin something that would fill the disk.
pub(in crate::desk) fn refuse_without_room(at: &Path, bytes: u64) -> Result<(), DeskError> {
    lack_of_space(files::free_bytes(at), at, bytes).map_or(Ok(()), |why| Err(DeskError::Refused(why)))
}

fn lack_of_space(free: Option<u64>, at: &Path, bytes: u64) -> Option<Message> {
    let free = free.filter(|free| *free < bytes)?;
    let path = at.display().to_string();
    Some(message!("refused_no_room", size = size(bytes), free = size(free), path = path))
}

/// The message for a nearly full disk. Its words stay the same, so that it is shown once.
fn nearly_full(free: Option<u64>) -> Option<Message> {
    free.filter(|free| *free < LOW_SPACE)?;
    Some(message!("notice_low_space", space = size(LOW_SPACE)))
}

/// A number of bytes as people read it.
pub(in crate::desk) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

fn refuse_too_large(bytes: u64) -> Result<(), DeskError> {
    match bytes > MAX_BLOB {
        true => Err(StoreError::TooLarge { bytes, limit: MAX_BLOB }.into()),
        false => Ok(()),
    }
}

impl Act<'_> {
    /// Records a stored file, for the facts that name it.
    pub fn keep(&self, stored: &StoredFile) -> Result<(), DeskError> {
        self.desk().keep_stored(self.tx(), stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_is_nearly_full_is_told_before_anything_is_saved_and_one_that_cannot_be_asked_is_not() {
        assert_eq!(nearly_full(Some(LOW_SPACE)), None);
        assert_eq!(nearly_full(None), None);
        let message = nearly_full(Some(LOW_SPACE - 1)).unwrap();
        assert!(message.to_string().contains("less than 200 MB"), "{message}");
        assert_eq!(nearly_full(Some(0)), Some(message));
    }

    #[test]
    fn what_does_not_fit_is_refused_with_both_sizes() {
        let at = Path::new("a.desk.files");
        assert_eq!(lack_of_space(Some(1000), at, 1000), None);
        assert_eq!(lack_of_space(None, at, u64::MAX), None);
        let message = lack_of_space(Some(12_000_000), at, 2_500_000_000).unwrap().to_string();
        assert!(
            message.contains("2.5 GB") && message.contains("12 MB") && message.contains("a.desk.files"),
            "{message}"
        );
    }
}
