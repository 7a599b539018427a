//! Writes a bundle: first the payload, then its manifests, then the manifests of the tag files.

use super::{
    FORMAT, KEY, MARK, PROFILE, SIGNER, claims, names,
    part::{Part, Parts},
    parts::{gather, open_stored},
    paths,
};
use crate::{
    formats::bundle::{
        WriteError,
        archive::{MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, Pack, Stamp, Sums},
        bag,
        signature::SecretKey,
        without_words,
    },
    messages::{Message, message, shown_in_english},
    model::{Digest, Dossier, Moment},
};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::{self, Read, Seek, Write},
    ops::ControlFlow,
};
use thiserror::Error;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The name of the bundle's top folder, and of its file without `.zip`.
    pub folder: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// How many files are in it.
    pub files: usize,
    /// How many claims are in it.
    pub claims: usize,
    /// How many revisions are in it.
    pub revisions: usize,
    /// What identifies it: the SHA-256 of its last manifest.
    pub digest: Digest,
}

/// The progress of writing, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The bytes written so far.
    pub done: u64,
    /// The bytes to write in total.
    pub total: u64,
}

/// Who signs a bundle, and with which key.
pub struct Signer<'k> {
    /// The signer's name in `bag-info.txt`.
    pub name: &'k str,
    /// The key.
    pub key: &'k SecretKey,
}

/// Writes the bundle of `dossier` to the empty `out`, signed if there is a `signer`. Calls `progress` after every step;
/// it may stop the export, which then fails with [`WriteError::Cancelled`].
pub fn write<W: Write + Seek>(
    dossier: &Dossier,
    signer: Option<&Signer>,
    out: &mut W,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Summary, WriteError> {
    let parts = gather(dossier)?;
    within_limits(&parts)?;
    let newest = dossier.newest();
    let folder = folder_name(dossier);
    let counter = ProgressCounter { done: 0, total: parts.values().map(Part::bytes).sum(), progress };
    let pack = Pack::new(out, Stamp::of(newest));
    let mut writer = Writer { dossier, folder: &folder, pack, counter, listed: Vec::new() };
    writer.tag("bag-info.txt", &bag_info(dossier, signer, newest, &parts))?;
    writer.tag("bagit.txt", bag::DECLARATION)?;
    for (path, part) in &parts {
        writer.part(path, part)?;
    }
    let last = writer.manifests()?;
    if let Some(signer) = signer {
        let comment = format!("tickmark bundle of article {}", dossier.article);
        writer.tag(paths::SIGNATURE, &signer.key.sign(last.as_bytes(), &comment))?;
    }
    let files = writer.listed.len();
    let bytes = writer.pack.finish()?;
    let (claims, revisions) = (dossier.state.live_claims().count(), dossier.state.revisions.len());
    let digest = Digest::of(last.as_bytes());
    Ok(Summary { folder, bytes, files, claims, revisions, digest })
}

/// The suggested name for a file about this article, without an extension. It keeps the letters of the title.
pub fn offered_stem(dossier: &Dossier) -> String {
    names::offered(&newest_text(dossier).map(claims::title).unwrap_or_default())
}

/// The suggested file name for a bundle of this article. It says if the article does not count as verified.
pub fn offered_name(dossier: &Dossier) -> String {
    let state = if dossier.verified.open.is_empty() { "" } else { " (not verified)" };
    format!("{}{state}.zip", offered_stem(dossier))
}

/// The name of the bundle's top folder, in plain ASCII. It ends with `-not-verified` if the article does not count as
/// verified.
pub fn folder_name(dossier: &Dossier) -> String {
    let name = names::slug(headline(dossier));
    if dossier.verified.open.is_empty() { name } else { format!("{name}-not-verified") }
}

/// The name and version of this program, for `Bag-Software-Agent` in `bag-info.txt`.
pub fn agent() -> String {
    format!("Tickmark {}", env!("CARGO_PKG_VERSION"))
}

fn headline<'d>(dossier: &'d Dossier) -> &'d str {
    newest_text(dossier).and_then(claims::headline).unwrap_or_default()
}

fn newest_text<'d>(dossier: &'d Dossier) -> Option<&'d str> {
    let newest = dossier.state.newest()?;
    dossier.texts.get(&newest.id).map(String::as_str)
}

fn within_limits(parts: &Parts) -> Result<(), WriteError> {
    let large = parts.iter().find(|(_, p)| p.bytes() > MOST_FILE_BYTES);
    let total: u64 = parts.values().map(Part::bytes).sum();
    // Headers and manifests take less than a kilobyte per file.
    let whole = total + 1024 * (parts.len() as u64 + 16);
    match large {
        Some((path, _)) => Err(WriteError::TooLarge(format!(
            "'{path}' is longer than {MOST_FILE_BYTES} bytes, the most a file may have"
        ))),
        None if whole > MOST_BYTES => Err(WriteError::TooLarge(format!(
            "it would be longer than {MOST_BYTES} bytes, the most a bundle may have"
        ))),
        None if parts.len() + 16 > MOST_FILES => Err(WriteError::TooLarge(format!(
            "it would hold more than {MOST_FILES} files, the most a bundle may have"
        ))),
        None => Ok(()),
    }
}

/// The text of `bag-info.txt`.
pub(super) fn bag_info(dossier: &Dossier, signer: Option<&Signer>, newest: Moment, parts: &Parts) -> String {
    let headline: String = headline(dossier).chars().filter(|c| !c.is_control()).collect();
    let titled = if headline.is_empty() { String::new() } else { format!(" \"{headline}\"") };
    let total: u64 = parts.values().map(Part::bytes).sum();
    let outlet = dossier.state.newest().and_then(|r| r.info.as_ref()?.value.outlet.as_deref());
    let outlet: String = outlet.unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
    let mut lines = vec![
        ("BagIt-Profile-Identifier", PROFILE.to_owned()),
        ("Bag-Software-Agent", agent()),
        ("Bagging-Date", newest.day()),
        (
            "External-Description",
            format!("The article{titled} with its claims, evidence, verdicts, revisions and every action"),
        ),
        ("External-Identifier", dossier.article.to_string()),
        ("Payload-Oxum", format!("{total}.{}", parts.len())),
        (MARK, FORMAT.to_string()),
        ("Tickmark-Verified", verified_line(dossier)),
    ];
    if !outlet.is_empty() {
        lines.push(("Source-Organization", outlet));
    }
    if let Some(signer) = signer {
        let name: String = signer.name.chars().filter(|c| !c.is_control()).collect();
        lines.extend([(SIGNER, name), (KEY, signer.key.public().to_string())]);
    }
    lines.iter().map(|(label, value)| format!("{label}: {value}\n")).collect()
}

/// Whether the article counts as verified, in the words of `Tickmark-Verified` in `bag-info.txt`.
pub fn verified_line(dossier: &Dossier) -> String {
    match dossier.verified.open.len() {
        0 => "yes".into(),
        1 => "no, 1 item is open".into(),
        n => format!("no, {n} items are open"),
    }
}

/// Counts the written bytes and reports them.
struct ProgressCounter<'p> {
    done: u64,
    total: u64,
    progress: &'p mut dyn FnMut(Progress) -> ControlFlow<()>,
}

impl ProgressCounter<'_> {
    fn step(&mut self, n: usize) -> io::Result<()> {
        self.done += n as u64;
        match (self.progress)(Progress { done: self.done, total: self.total }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(io::Error::other(Stopped)),
        }
    }
}

/// The person stopped the export.
#[derive(Debug, Error)]
struct Stopped;

impl Stopped {
    fn message(&self) -> Message {
        message!("bundle_write_cancelled")
    }
}

shown_in_english!(Stopped);

/// The archive that is being written, and the digests of each file so far.
struct Writer<'w, 'd, W> {
    dossier: &'d Dossier<'d>,
    folder: &'d str,
    pack: Pack<'w, W>,
    counter: ProgressCounter<'w>,
    listed: Vec<(String, Sums)>,
}

impl<W: Write + Seek> Writer<'_, '_, W> {
    fn part(&mut self, path: &str, part: &Part) -> Result<(), WriteError> {
        match part {
            Part::Generated(bytes) => self.add(path, &mut bytes.as_ref()).map(drop),
            Part::Stored { digest, bytes, name } => {
                let mut from = open_stored(self.dossier, digest, name)?;
                let sums = self.add(path, &mut from)?;
                let same = sums.sha256 == *digest && sums.bytes == *bytes;
                same.then_some(()).ok_or_else(|| WriteError::Damaged((*name).into()))
            }
        }
    }

    fn tag(&mut self, path: &str, text: &str) -> Result<(), WriteError> {
        self.counter.total += text.len() as u64;
        self.add(path, &mut text.as_bytes()).map(drop)
    }

    fn add(&mut self, path: &str, from: &mut dyn Read) -> Result<Sums, WriteError> {
        let counter = &mut self.counter;
        let added = self.pack.add(&format!("{}/{path}", self.folder), from, &mut |n| counter.step(n));
        let sums = added.map_err(into_write_error)?;
        self.listed.push((path.into(), sums.clone()));
        Ok(sums)
    }

    /// Writes the manifests. Returns the last one, which covers all other files.
    fn manifests(&mut self) -> Result<String, WriteError> {
        let payload = |path: &str| path.starts_with("data/");
        let lists = [self.manifest(payload, sha256), self.manifest(payload, sha512)];
        self.tag("manifest-sha256.txt", &lists[0])?;
        self.tag("manifest-sha512.txt", &lists[1])?;
        let tags = |path: &str| !payload(path);
        let lists = [self.manifest(tags, sha256), self.manifest(tags, sha512)];
        self.tag("tagmanifest-sha256.txt", &lists[0])?;
        let [_, last] = lists;
        self.tag("tagmanifest-sha512.txt", &last)?;
        Ok(last)
    }

    fn manifest(&self, which: impl Fn(&str) -> bool, digest: fn(&Sums) -> String) -> String {
        let listed = self.listed.iter().filter(|(path, _)| which(path));
        listed.map(|(path, sums)| bag::line(&digest(sums), path)).collect()
    }
}

fn sha256(sums: &Sums) -> String {
    sums.sha256.to_string()
}

fn sha512(sums: &Sums) -> String {
    hex::encode(sums.sha512)
}

fn into_write_error(e: io::Error) -> WriteError {
    match (e.get_ref().is_some_and(|e| e.is::<Stopped>()), e.kind()) {
        (true, _) => WriteError::Cancelled,
        (false, io::ErrorKind::FileTooLarge) => WriteError::TooLarge(e.to_string()),
        (false, _) => WriteError::Io(e),
    }
}

/// What follows from a history. The same history always gives the same bytes, so a reader can rebuild and compare them.
pub struct Rebuilt {
    /// All paths in the payload, with the digest of each file that is generated from the history alone: the newest text, the
    /// claims, the revisions, the page.
    pub payload: BTreeMap<String, Option<Digest>>,
    /// `claims.json` without the words that are made of messages.
    pub claims_without_words: Option<Value>,
    /// `bag-info.txt`, all of it but the lines of who signed.
    pub info: String,
}

/// Rebuilds what follows from a history.
pub fn rebuild(dossier: &Dossier) -> Result<Rebuilt, WriteError> {
    let parts = gather(dossier)?;
    let with_digest = |(path, part): (&String, &Part)| match part {
        Part::Generated(bytes) => (path.clone(), Some(Digest::of(bytes))),
        Part::Stored { .. } => (path.clone(), None),
    };
    let info = bag_info(dossier, None, dossier.newest(), &parts);
    let claims = match parts.get(paths::CLAIMS) {
        Some(Part::Generated(bytes)) => without_words(bytes),
        Some(Part::Stored { .. }) | None => None,
    };
    Ok(Rebuilt { payload: parts.iter().map(with_digest).collect(), claims_without_words: claims, info })
}
