//! Reads a bundle: verifies it first, then returns the log, the texts, and the files as streams.

use super::{chain, gate::Terms, history, inspect::state, paths, revisions};
use crate::{
    formats::bundle::{
        archive::{Archive, Refused},
        bag::{self, Fault, Findings, Kind, NotABag, Signed},
        without_words,
    },
    messages::{Message, message, shown_in_english},
    model::{ArticleId, BlobRead, Blobs, Digest, Handed, Logged, Moment, Tree},
};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::{self, Read},
};
use thiserror::Error;

/// The file whose SHA-256 identifies a bundle: it covers all other files, zipped or not.
const IDENTIFYING_FILE: &str = "tagmanifest-sha512.txt";

/// A bundle that was verified and read.
pub struct Incoming<'s> {
    /// Its article.
    pub article: ArticleId,
    /// All actions, in order, with every digest checked.
    pub log: Vec<Logged>,
    /// The text of every live revision, in order, with its SHA-256.
    pub texts: Vec<(Digest, String)>,
    /// The length of each file in bytes, by SHA-256. To read the bytes, use [`Blobs`], which this type implements.
    pub files: BTreeMap<Digest, u64>,
    /// What identifies the bundle, the same for the zip archive and for its unzipped folder: the SHA-256 of its
    /// `tagmanifest-sha512.txt`, which covers every other file.
    pub digest: Digest,
    /// Who signed it. [`read_verified`] does not check this and leaves [`Signed::None`].
    pub signed: Signed,
    top: String,
    container: Container<'s>,
    paths: BTreeMap<Digest, String>,
}

/// Why a bundle was not read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// It is not a bag.
    NotABag(#[from] NotABag),
    /// It is a bag, but not a Tickmark bundle.
    NotABundle,
    /// It is a bundle, but it is not valid.
    NotValid(Box<Findings>),
    /// It changed while it was read, or the disk failed.
    Entry {
        /// The file in the bundle.
        path: String,
        /// What is wrong.
        why: Message,
    },
}

impl ReadError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::NotABag(inner) => inner.message(),
            Self::NotABundle => message!("bundle_read_not_a_bundle"),
            Self::NotValid(findings) => message!("bundle_read_not_valid", why = first_fault(findings)),
            Self::Entry { path, why } => message!("bundle_read_entry", path = path, why = why.clone()),
        }
    }
}

shown_in_english!(ReadError);

/// The first fault of a file that is not valid.
fn first_fault(findings: &Findings) -> Message {
    let described = |f: &Fault| match f.path.as_str() {
        "" => f.message.clone(),
        path => message!("finding_at", path = path, why = f.message.clone()),
    };
    let more = findings.errors.len().saturating_sub(1);
    let first = findings.errors.first().map_or_else(|| message!("finding_none"), described);
    if more == 0 { first } else { message!("finding_and_more", first = first, count = more) }
}

/// Where its files are read from.
enum Container<'s> {
    Archive(Archive<'s>),
    Folder(&'s dyn Tree),
}

impl Container<'_> {
    fn tree(&self) -> &dyn Tree {
        match self {
            Self::Archive(archive) => archive,
            Self::Folder(tree) => *tree,
        }
    }
}

/// Verifies a bundle and reads it. Returns nothing of a bundle that is not valid.
pub fn read(handed: Handed<'_>) -> Result<Incoming<'_>, ReadError> {
    let findings = bag::verify(handed)?;
    match (findings.valid, findings.kind) {
        (false, _) => return Err(ReadError::NotValid(Box::new(findings))),
        (true, Kind::Bundle) => {}
        (true, Kind::Bag | Kind::Wacz | Kind::WebAnnotation | Kind::ClaimReview | Kind::Archive) => {
            return Err(ReadError::NotABundle);
        }
    }
    Ok(Incoming { signed: findings.signed, ..read_verified(handed)? })
}

/// Reads a bundle that [`bag::verify`] has just found valid, without verifying it again.
pub fn read_verified(handed: Handed<'_>) -> Result<Incoming<'_>, ReadError> {
    let container = match handed {
        Handed::Folder(tree) => Container::Folder(tree),
        Handed::File(bytes) => Container::Archive(archive(bytes)?),
    };
    let top = bag::top(container.tree(), matches!(container, Container::Archive(_)))?;
    let contents = Reader { tree: container.tree(), top: top.clone() }.all()?;
    Ok(contents.into_incoming(top, container))
}

fn archive(bytes: &dyn crate::model::ReadAt) -> Result<Archive<'_>, ReadError> {
    let opened = Archive::open(bytes).map_err(|Refused { path, why }| ReadError::Entry { path, why })?;
    opened.ok_or(ReadError::NotABag(NotABag::NeitherFolderNorArchive))
}

/// What was read from the history and the files.
struct Contents {
    article: ArticleId,
    log: Vec<Logged>,
    texts: Vec<(Digest, String)>,
    stored: BTreeMap<Digest, (String, u64)>,
    digest: Digest,
}

impl Contents {
    fn into_incoming(self, top: String, container: Container<'_>) -> Incoming<'_> {
        let files = self.stored.iter().map(|(d, (_, n))| (*d, *n)).collect();
        let paths = self.stored.iter().map(|(d, (path, _))| (*d, path.clone())).collect();
        let Contents { article, log, texts, digest, .. } = self;
        Incoming { article, log, texts, files, digest, signed: Signed::None, top, container, paths }
    }
}

impl Incoming<'_> {
    /// The SHA-256 of the file at a path below the top folder.
    pub fn sum(&self, path: &str) -> Result<Digest, ReadError> {
        Ok(Digest::of(&self.bytes(path)?))
    }

    /// The paths of its payload, relative to its top folder.
    pub fn payload(&self) -> impl Iterator<Item = &str> {
        let files =
            self.container.tree().entries().iter().filter(|e| e.kind == crate::model::EntryKind::File);
        files.filter_map(|e| e.path.strip_prefix(&self.top)).filter(|p| p.starts_with("data/"))
    }

    /// The moment of its newest action.
    pub fn newest(&self) -> Moment {
        self.log.iter().map(|l| l.action.at).max().unwrap_or_default()
    }

    /// The program that wrote the bundle, according to `bag-info.txt`.
    pub fn agent(&self) -> Result<String, ReadError> {
        self.info("Bag-Software-Agent: ")
    }

    /// The value of `Tickmark-Verified` in `bag-info.txt`: whether the article counted as verified.
    pub fn says_verified(&self) -> Result<String, ReadError> {
        self.info("Tickmark-Verified: ")
    }

    /// `bag-info.txt` without the lines about the signer.
    pub fn info_unsigned(&self) -> Result<String, ReadError> {
        let info = self.bytes("bag-info.txt")?;
        let signer =
            |l: &str| [super::SIGNER, super::KEY].iter().any(|label| l.starts_with(&format!("{label}: ")));
        Ok(String::from_utf8_lossy(&info).split_inclusive('\n').filter(|l| !signer(l)).collect())
    }

    /// The name of its top folder; `None` if it is an unzipped folder.
    pub fn folder(&self) -> Option<&str> {
        Some(self.top.trim_end_matches('/')).filter(|top| !top.is_empty())
    }

    fn info(&self, label: &str) -> Result<String, ReadError> {
        let info = self.bytes("bag-info.txt")?;
        let text = String::from_utf8_lossy(&info);
        Ok(text.lines().find_map(|l| l.strip_prefix(label)).unwrap_or_default().to_owned())
    }

    /// The policy of the desk that wrote the bundle, if stated, the rules, and the action after which corrections count.
    pub fn terms(&self) -> Result<Terms, ReadError> {
        super::gate::terms(&self.bytes(paths::CLAIMS)?).map_err(|e| bad(paths::CLAIMS, Message::verbatim(e)))
    }

    /// `claims.json` without the words that are made of messages; nothing where it is no JSON.
    pub fn claims_without_words(&self) -> Result<Option<Value>, ReadError> {
        Ok(without_words(&self.bytes(paths::CLAIMS)?))
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        let mut from = self
            .container
            .tree()
            .open(&format!("{}{path}", self.top))
            .map_err(|e| bad(path, Message::verbatim(e)))?;
        from.read_to_end(&mut bytes).map_err(|e| bad(path, Message::verbatim(e)))?;
        Ok(bytes)
    }
}

struct Reader<'t> {
    tree: &'t dyn Tree,
    top: String,
}

impl Reader<'_> {
    fn all(&self) -> Result<Contents, ReadError> {
        let log = history::read(self.open(paths::ACTIONS)?)
            .map_err(|(line, why)| bad(paths::ACTIONS, message!("finding_line", line = line, why = why)))?;
        let article =
            chain::article(&log).ok_or_else(|| bad(paths::ACTIONS, message!("bundle_one_article_only")))?;
        let state = state(&log);
        let mut texts = Vec::new();
        for (i, r) in state.revisions.iter().enumerate() {
            let digest = r.revision.text;
            texts.push((digest, self.text(&format!("data/{}", revisions::file(i + 1)), digest)?));
        }
        let mut whole = Vec::new();
        self.open(IDENTIFYING_FILE)?
            .read_to_end(&mut whole)
            .map_err(|e| bad(IDENTIFYING_FILE, Message::verbatim(e)))?;
        let digest = Digest::of(&whole);
        Ok(Contents { article, texts, stored: self.stored_files(&log), digest, log })
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, ReadError> {
        self.tree.open(&format!("{}{path}", self.top)).map_err(|e| bad(path, Message::verbatim(e)))
    }

    fn text(&self, path: &str, digest: Digest) -> Result<String, ReadError> {
        let mut text = String::new();
        self.open(path)?.read_to_string(&mut text).map_err(|e| bad(path, Message::verbatim(e)))?;
        let same = Digest::of(text.as_bytes()) == digest;
        same.then_some(text).ok_or_else(|| bad(path, message!("bundle_text")))
    }

    /// The snapshots, the pictures and the imported bytes. The bundle is verified, so folder names and history have the right hashes.
    fn stored_files(&self, log: &[Logged]) -> BTreeMap<Digest, (String, u64)> {
        let original = state(log).original.map(|o| o.digest);
        let mut stored = BTreeMap::new();
        for e in self.tree.entries() {
            let Some(path) =
                e.path.strip_prefix(&self.top).filter(|_| e.kind == crate::model::EntryKind::File)
            else {
                continue;
            };
            let named = [paths::SNAPSHOTS, paths::PICTURES].iter().find_map(|p| path.strip_prefix(p));
            let digest = match named.and_then(|p| p.split('/').next()) {
                Some(folder) => folder.parse().ok(),
                None => original.filter(|_| path.starts_with(paths::ORIGINAL)),
            };
            if let Some(digest) = digest {
                stored.insert(digest, (e.path.clone(), e.bytes));
            }
        }
        stored
    }
}

fn bad(path: &str, why: Message) -> ReadError {
    ReadError::Entry { path: path.into(), why }
}

impl Blobs for Incoming<'_> {
    fn open(&self, digest: &Digest) -> io::Result<Option<BlobRead<'_>>> {
        self.paths.get(digest).map(|path| self.container.tree().open(path)).transpose()
    }
}
