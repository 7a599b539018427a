//! Files of a shared desk that are not here yet. Those of one piece come with the entry that names them. Longer ones stay on
//! the hub until somebody needs them: opens one, exports an article, or asks for all.
//!
//! Pieces are stored in the folder `DESK.hub/pieces` until the file is whole, so a fetch that breaks off goes on where it was.

use super::membership::{Connect, hub_folder};
use crate::desk::{Desk, DeskError};
use crate::{
    files::{self, FileError},
    hub::{CHUNK, Hub, HubError},
    messages::message,
    model::{ArticleId, Digest, Doing, Fact, Recorded, Steps},
    store::{RemoteFile, RemoteFiles},
};
use std::{
    collections::BTreeSet,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// The folder of pieces, in the private folder of a shared desk.
const PIECES: &str = "pieces";

impl Desk {
    /// How much is only on the shared desk.
    pub fn remote_files(&self) -> Result<RemoteFiles, DeskError> {
        Ok(self.store.count_remote_files()?)
    }

    /// Fetches a file that is only on the shared desk. Does nothing if it is here.
    pub fn fetch_file(&self, digest: &Digest, connect: &mut Connect) -> Result<(), DeskError> {
        match self.store.is_remote_file(digest)? {
            true => self.fetch_with(&[*digest], connect),
            false => Ok(()),
        }
    }

    /// Fetches the files that an article's bundle holds and that are only on the shared desk.
    pub fn fetch_files_of(&self, article: ArticleId, connect: &mut Connect) -> Result<(), DeskError> {
        let remote: BTreeSet<Digest> = self.store.remote_files()?.iter().map(|f| f.digest).collect();
        if remote.is_empty() {
            return Ok(());
        }
        let dossier = self.snapshot(|| self.dossier(article))?;
        let facts = dossier.log.iter().flat_map(|l| &l.facts).filter_map(Recorded::fact);
        let named = facts.flat_map(Fact::content_refs).map(|c| c.digest());
        let wanted: BTreeSet<Digest> = named.filter(|d| remote.contains(d)).collect();
        match wanted.is_empty() {
            true => Ok(()),
            false => self.fetch_with(&wanted.into_iter().collect::<Vec<_>>(), connect),
        }
    }

    /// Fetches all files that are only on the shared desk. Returns how many came.
    pub fn fetch_all_files(&self, hub: &mut dyn Hub) -> Result<usize, DeskError> {
        let wanted: Vec<Digest> = self.store.remote_files()?.iter().map(|f| f.digest).collect();
        self.fetch(&wanted, hub).map(|()| wanted.len())
    }

    fn fetch_with(&self, wanted: &[Digest], connect: &mut Connect) -> Result<(), DeskError> {
        let fetched = self.connect(connect).and_then(|mut hub| self.fetch(wanted, &mut *hub));
        fetched.map_err(|why| match why {
            DeskError::Hub(why) => DeskError::refused(message!(
                "refused_remote_files",
                count = wanted.len(),
                why = why.to_string()
            )),
            other => other,
        })
    }

    fn fetch(&self, wanted: &[Digest], hub: &mut dyn Hub) -> Result<(), DeskError> {
        let known = self.store.remote_files()?;
        let wanted: Vec<RemoteFile> = known.into_iter().filter(|f| wanted.contains(&f.digest)).collect();
        let steps = Steps::new(&*self.progress, Doing::Fetching, wanted.iter().map(pieces_of).sum());
        wanted.iter().try_for_each(|file| self.fetch_one(file.digest, hub, &steps))
    }

    fn fetch_one(&self, digest: Digest, hub: &mut dyn Hub, steps: &Steps) -> Result<(), DeskError> {
        let folder = pieces_folder(self.path());
        files::make_private_folder(&folder)?;
        let bytes = fetch_pieces(hub, digest, &folder, steps)?;
        let stored = match self.store_stream("", (digest, bytes), &mut StoredPieces::of(&folder, digest)) {
            // Another program of this desk fetched it meanwhile, and removed the pieces.
            Err(DeskError::File(FileError::Changed)) if self.store.file_place(&digest)?.is_some() => {
                return Ok(());
            }
            Err(DeskError::File(FileError::Changed)) => {
                remove_pieces(&folder, |of| of == digest)?;
                return Err(HubError::Answer(message!("hub_other_bytes", digest = digest.to_string())).into());
            }
            stored => stored?,
        };
        // If it was redacted meanwhile, nothing is recorded.
        let is_wanted = self.write::<_, DeskError>(|tx| {
            let is_wanted = tx.is_remote_file(&digest)?;
            if is_wanted {
                self.keep_stored(tx, &stored)?;
            }
            Ok(is_wanted)
        })?;
        if !is_wanted {
            self.remove_stored(&[stored]);
        }
        Ok(remove_pieces(&folder, |of| of == digest)?)
    }

    /// Removes pieces of files that nobody needs any more, such as redacted ones.
    pub(in crate::desk) fn remove_stray_pieces(&self) -> Result<(), DeskError> {
        let folder = pieces_folder(self.path());
        if !files::is_there(&folder) {
            return Ok(());
        }
        let remote: BTreeSet<Digest> = self.store.remote_files()?.iter().map(|f| f.digest).collect();
        Ok(remove_pieces(&folder, |of| !remote.contains(&of))?)
    }
}

/// How many pieces a file has, as far as that is known.
fn pieces_of(file: &RemoteFile) -> u64 {
    file.bytes.map_or(1, |bytes| bytes.div_ceil(CHUNK as u64).max(1))
}

/// Stores the pieces that are not stored yet. Returns the bytes of all of them.
fn fetch_pieces(hub: &mut dyn Hub, digest: Digest, folder: &Path, steps: &Steps) -> Result<u64, DeskError> {
    let (mut all, mut n) = (0, 0);
    loop {
        steps.next()?;
        let path = piece_path(folder, digest, n);
        if !files::is_there(&path) {
            match hub.get(&digest, n)? {
                Some(piece) => files::replace_private(&path, &piece)?,
                None if n == 0 => {
                    return Err(
                        HubError::Answer(message!("hub_part_missing", digest = digest.to_string())).into()
                    );
                }
                None => return Ok(all),
            }
        }
        let bytes = files::length(&path);
        (all, n) = (all + bytes, n + 1);
        if bytes < CHUNK as u64 {
            return Ok(all);
        }
    }
}

/// Reads the stored pieces of a file, one after the other.
struct StoredPieces<'f> {
    folder: &'f Path,
    digest: Digest,
    next: u32,
    piece: io::Cursor<Vec<u8>>,
}

impl<'f> StoredPieces<'f> {
    fn of(folder: &'f Path, digest: Digest) -> Self {
        Self { folder, digest, next: 0, piece: io::Cursor::default() }
    }
}

impl Read for StoredPieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.piece.position() == self.piece.get_ref().len() as u64 {
            let path = piece_path(self.folder, self.digest, self.next);
            let piece = files::read_if_there(&path, CHUNK as u64).map_err(io::Error::other)?;
            (self.piece, self.next) = (io::Cursor::new(piece.unwrap_or_default()), self.next + 1);
        }
        self.piece.read(into)
    }
}

fn piece_path(folder: &Path, digest: Digest, n: u32) -> PathBuf {
    folder.join(format!("{digest}.{n}"))
}

/// The folder of pieces of a desk.
fn pieces_folder(desk: &Path) -> PathBuf {
    hub_folder(desk).join(PIECES)
}

/// Removes the stored pieces of some files.
fn remove_pieces(folder: &Path, of: impl Fn(Digest) -> bool) -> Result<(), FileError> {
    for name in files::names(folder)? {
        let digest = name.split_once('.').and_then(|(digest, _)| digest.parse().ok());
        if digest.is_none_or(&of) {
            files::remove(&folder.join(name))?;
        }
    }
    Ok(())
}
