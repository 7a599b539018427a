//! Laws for any bytes: nothing panics, nothing unsound is accepted, and the findings are consistent. The fuzz targets and
//! the tests (`tests/it/fuzzed.rs`) share them.
#![allow(dead_code)] // Each target needs one of them.

use std::{
    collections::HashSet,
    io::{self, Cursor, Read},
};
use tickmark::{
    formats::{
        article,
        bundle::{
            self, ReadError,
            archive::{Archive, MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, Pack, Stamp, same_name},
            bag,
        },
        interchange,
        validate::{
            findings::{Findings, Kind},
            validate,
        },
    },
    model::{
        ChangesAs, Digest, Edit, Entry, EntryKind, FileKind, Handed, Moment, Proposal, ReadOptions, Tree,
    },
    text::Span,
};

/// A sound bundle, compressed by a general library so that it is short.
const BUNDLE: &[u8] = include_bytes!("seeds/bundle.zip");
/// A sound web archive, made by py-wacz.
const WACZ: &[u8] = include_bytes!("seeds/wacz/ferry.wacz");

/// The files of an archive below `top` as a folder, with other bytes for one of them.
struct Instead<'a> {
    archive: &'a Archive<'a>,
    entries: Vec<Entry>,
    top: &'a str,
    path: &'a str,
    bytes: &'a [u8],
}

impl<'a> Instead<'a> {
    fn new(archive: &'a Archive, top: &'a str, path: &'a str, bytes: &'a [u8]) -> Self {
        let below = archive.entries().iter().filter_map(|e| {
            let own = e.path.strip_prefix(top)?.to_owned();
            let length = if own == path { bytes.len() as u64 } else { e.bytes };
            (!own.is_empty()).then_some(Entry { path: own, kind: e.kind, bytes: length })
        });
        Self { archive, entries: below.collect(), top, path, bytes }
    }
}

impl Tree for Instead<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        if path == self.path {
            Ok(Box::new(self.bytes))
        } else {
            self.archive.open(&format!("{}{path}", self.top))
        }
    }
}

/// The findings for any file are consistent.
fn sound(found: &Findings) {
    assert_eq!(found.valid, found.errors.is_empty(), "{found:?}");
    assert!(found.complete || !found.valid, "{found:?}");
    assert!(found.errors.len() <= 1000 && found.warnings.len() <= 1000);
    assert!(found.kind != Kind::Archive || !found.valid, "{found:?}");
    assert!(found.errors.iter().chain(&found.warnings).all(|f| !f.message.code().is_empty()));
}

/// Any bytes as a file: validated, or refused with a reason, with the same result twice.
fn judged(bytes: &[u8]) {
    let (once, twice) = (validate(Handed::File(&bytes)), validate(Handed::File(&bytes)));
    assert_eq!(once, twice);
    match once {
        Ok(found) => sound(&found),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
}

/// Any bytes as the manifest of a bag of one file.
pub fn manifest(bytes: &[u8]) {
    struct Bag<'b>(Vec<Entry>, &'b [u8]);
    const FILES: [(&str, &[u8]); 2] =
        [("bagit.txt", bag::DECLARATION.as_bytes()), ("data/hello.txt", b"hello")];
    impl Tree for Bag<'_> {
        fn entries(&self) -> &[Entry] {
            &self.0
        }
        fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
            let known = FILES.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes);
            let bytes = if path == "manifest-sha256.txt" { Some(self.1) } else { known };
            bytes.map(|b| Box::new(b) as Box<dyn Read>).ok_or(io::ErrorKind::NotFound.into())
        }
    }
    let file =
        |path: &str, bytes: usize| Entry { path: path.into(), kind: EntryKind::File, bytes: bytes as u64 };
    let mut entries: Vec<_> = FILES.iter().map(|(path, b)| file(path, b.len())).collect();
    entries.push(Entry { path: "data".into(), kind: EntryKind::Folder, bytes: 0 });
    entries.push(file("manifest-sha256.txt", bytes.len()));
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let found = bag::verify(Handed::Folder(&Bag(entries, bytes))).expect("it is a bag");
    sound(&found);
    let told = String::from_utf8_lossy(bytes).to_lowercase();
    assert!(
        !found.valid || told.contains(&Digest::of(b"hello").to_string()),
        "no digest and yet valid: {told:?}"
    );
}

/// Any bytes as a zip archive: refused, or listed within the limits, and no file is longer than stated.
pub fn zip(bytes: &[u8]) {
    let Ok(Some(archive)) = Archive::open(&bytes) else { return };
    let files: Vec<_> = archive.entries().iter().filter(|e| e.kind == EntryKind::File).collect();
    assert!(files.len() <= MOST_FILES && files.iter().map(|e| e.bytes).sum::<u64>() <= MOST_BYTES);
    let mut names = HashSet::new();
    for e in files {
        assert!(e.bytes <= MOST_FILE_BYTES && names.insert(same_name(&e.path)), "{e:?}");
        assert!(!e.path.starts_with('/') && e.path.split('/').all(|step| !["", ".", ".."].contains(&step)));
        let from = archive.open(&e.path).expect("what is listed can be opened");
        let read = io::copy(&mut from.take(1 << 20), &mut io::sink());
        assert!(read.is_err() || read.is_ok_and(|n| n == e.bytes.min(1 << 20)), "{e:?}");
    }
}

/// Any bytes for one file of a sound bundle: it does not verify, and reading it does not panic.
fn in_bundle(path: &str, bytes: &[u8]) {
    let archive = Archive::open(&BUNDLE).expect("no trick").expect("an archive");
    let top = "article/";
    let folder = Instead::new(&archive, top, path, bytes);
    let mut was = Vec::new();
    archive.open(&format!("{top}{path}")).and_then(|mut f| f.read_to_end(&mut was)).expect("it is there");
    let found = bag::verify(Handed::Folder(&folder)).expect("it is a bag");
    sound(&found);
    assert_eq!(found.valid, was == bytes, "{found:?}");
    assert_eq!(bundle::read(Handed::Folder(&folder)).is_ok(), found.valid);
    match bundle::read_verified(Handed::Folder(&folder)) {
        Ok(incoming) => drop(incoming.terms()),
        Err(ReadError::NotValid(_) | ReadError::NotABundle) => unreachable!("it was not asked whether it is"),
        Err(ReadError::NotABag(_) | ReadError::Entry { .. }) => {}
    }
}

/// Any bytes as the claims of a bundle.
pub fn claims(bytes: &[u8]) {
    in_bundle("data/claims.json", bytes);
}

/// Any bytes as the history of a bundle.
pub fn history(bytes: &[u8]) {
    in_bundle("data/history/actions.jsonl", bytes);
}

/// Any bytes as annotations, read leniently and validated strictly.
pub fn annotation(bytes: &[u8]) {
    let _ = interchange::read_claims(bytes);
    judged(bytes);
}

/// Any bytes as reviews, read leniently and validated.
pub fn claimreview(bytes: &[u8]) {
    let _ = interchange::read_claims(bytes);
    judged(bytes);
}

/// Any bytes as a web archive, as the list of its files, and as the list of its pages.
pub fn wacz(bytes: &[u8]) {
    judged(bytes);
    let archive = Archive::open(&WACZ).expect("no trick").expect("an archive");
    for path in ["datapackage.json", "pages/pages.jsonl"] {
        let found =
            validate(Handed::Folder(&Instead::new(&archive, "", path, bytes))).expect("it holds captures");
        assert_eq!(found.kind, Kind::Wacz);
        sound(&found);
    }
}

/// A PDF is refused, or gives a text in which everything has its place; and the answer about it is read as it was meant.
pub fn pdf(bytes: &[u8]) {
    let read = article::pdf_answered(&article::answer_pdf(bytes)).expect("a whole answer");
    if let Ok(read) = &read {
        in_order(read);
    }
    let _ = article::pdf_answered(bytes);
}

/// Any bytes as a web page are refused, or give a text in which everything has its place, twice the same.
pub fn html(bytes: &[u8]) {
    let options = ReadOptions { kind: Some(FileKind::Html), ..ReadOptions::default() };
    let read = article::read(bytes, &options);
    assert_eq!(read, article::read(bytes, &options));
    if let Ok(read) = &read {
        in_order(read);
    }
}

/// Blocks follow each other, every link has its words, and pictures are between characters.
fn in_order(read: &Proposal) {
    assert!(!read.text.trim().is_empty());
    let of = |span: Span| span.of(&read.text).expect("a place in the text");
    let mut end = 0;
    for block in &read.blocks {
        assert!(block.span.start.0 >= end && !of(block.span).is_empty());
        end = block.span.end.0;
    }
    for link in &read.links {
        assert!(link.span.is_none_or(|s| of(s) == link.words));
    }
    assert!(read.pictures.iter().all(|p| p.at.is_none_or(|at| read.text.is_char_boundary(at))));
}

/// A mail or saved page is refused, or gives a text in which everything has its place.
pub fn mime(bytes: &[u8]) {
    for kind in [FileKind::Eml, FileKind::Mhtml] {
        let options = ReadOptions { kind: Some(kind), ..ReadOptions::default() };
        if let Ok(read) = article::read(bytes, &options) {
            in_order(&read);
        }
    }
    let _ = article::foreign::kind_of(bytes);
}

/// Any bytes as a Word file, and as each part of one that is XML.
pub fn docx(bytes: &[u8]) {
    word(bytes);
    let mut file = Cursor::new(Vec::new());
    let mut pack = Pack::new(&mut file, Stamp::of(Moment(0)));
    for part in ["comments", "commentsExtended", "document", "footnotes", "numbering", "styles"] {
        let name = format!("word/{part}.xml");
        pack.add(&name, &mut &*bytes, &mut |_| Ok(())).expect("it fits");
    }
    pack.finish().expect("it fits");
    word(&file.into_inner());
}

/// A file in all three ways to take its changes: places are in the text, and the changes lead from one text to the other.
fn word(file: &[u8]) {
    let read = |changes| {
        article::read(file, &ReadOptions { kind: Some(FileKind::Docx), changes, ..ReadOptions::default() })
    };
    let [Ok(pending), Ok(accepted), Ok(rejected)] =
        [ChangesAs::Pending, ChangesAs::Accept, ChangesAs::Reject].map(read)
    else {
        return;
    };
    for proposal in [&pending, &accepted, &rejected] {
        placed(proposal);
    }
    assert_eq!(pending.text, rejected.text);
    assert!(accepted.changes.is_empty() && rejected.changes.is_empty());
    if pending.changes.iter().all(|c| c.within.is_none()) {
        let mut edits: Vec<&Edit> = pending.changes.iter().flat_map(|c| &c.edits).collect();
        edits.sort_by_key(|e| (e.span.start, e.span.end));
        let mut text = pending.text.clone();
        edits.iter().rev().for_each(|e| text.replace_range(e.span.start.0..e.span.end.0, &e.with));
        assert_eq!(text, accepted.text, "{:?}", pending.changes);
    }
}

/// Every place of a proposal is in its text.
fn placed(proposal: &Proposal) {
    let spans = proposal.blocks.iter().map(|b| Some(b.span));
    let spans =
        spans.chain(proposal.comments.iter().map(|c| c.span)).chain(proposal.links.iter().map(|l| l.span));
    assert!(spans.flatten().all(|s| s.of(&proposal.text).is_some()), "{proposal:?}");
    assert!(proposal.comments.iter().enumerate().all(|(n, c)| c.reply_to != Some(n)));
    assert!(proposal.changes.iter().enumerate().all(|(n, c)| c.within.is_none_or(|w| w < n)));
    assert!(proposal.pictures.iter().all(|p| p.at.is_none_or(|at| proposal.text.is_char_boundary(at))));
}
