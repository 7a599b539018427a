//! Compares the manifests and tag files of a bag with its files.

use super::{
    Code, Findings, Kind,
    manifest::{Manifest, decoded, name_parts, refuse},
    portable::trouble_on_windows,
    sums::{Algorithm, sums},
    tags::{self, Encoding, Version, shown},
};
use crate::{
    formats::bundle::{MARK, archive::same_name},
    messages::{Message, message, shown_in_english},
    model::{EntryKind, Tree},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::{self, Read},
};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// The longest tag file that is read, in bytes: 64 MiB.
const MOST_TAG: u64 = 64 << 20;

/// A bag that was checked by the general rules of BagIt.
pub struct Checked {
    /// What was found.
    pub findings: Findings,
    /// Whether it declares itself a Tickmark bundle.
    pub is_bundle: bool,
    /// The SHA-256 of every file that a manifest lists with the right SHA-256.
    pub sums: BTreeMap<String, String>,
}

/// The bag's top folder with a slash at its end; empty if the whole tree is the bag.
pub fn top(tree: &dyn Tree, archived: bool) -> Result<String, NotABag> {
    let is_declaration = |path: &str| path == "bagit.txt" || path.ends_with("/bagit.txt");
    let files = tree.entries().iter().filter(|e| e.kind == EntryKind::File && is_declaration(&e.path));
    let mut tops = files.map(|e| e.path[..e.path.len() - "bagit.txt".len()].to_string());
    let wanted = |top: &String| if archived { top.matches('/').count() <= 1 } else { top.is_empty() };
    tops.find(wanted).ok_or(NotABag::NoDeclaration)
}

/// Checks a bag by the general rules of BagIt. `top` is its top folder.
pub fn check(tree: &dyn Tree, top: &str) -> Checked {
    let mut bag = Bag::new(tree, top);
    bag.entries();
    let (version, encoding) = bag.declared();
    let info = bag.info(encoding);
    let manifests = bag.manifests(version, encoding);
    bag.fetch(encoding, &manifests);
    bag.presence(&manifests, version);
    bag.oxum(&info);
    let sums = bag.digests(&manifests);
    let is_bundle = info.iter().any(|(label, _)| label.eq_ignore_ascii_case(MARK));
    Checked { findings: bag.findings, is_bundle, sums }
}

struct Bag<'t> {
    tree: &'t dyn Tree,
    top: &'t str,
    /// The length of every file, by its path in the bag.
    files: BTreeMap<&'t str, u64>,
    /// The path of every file, by its path in Unicode normalisation form C.
    normalised: HashMap<String, &'t str>,
    findings: Findings,
}

/// The folder that a Mac adds to a zip file, for its own attributes of the files.
const MAC_FOLDER: &str = "__MACOSX";

fn is_left_by_mac(path: &str) -> bool {
    path == MAC_FOLDER || path.strip_prefix(MAC_FOLDER).is_some_and(|rest| rest.starts_with('/'))
}

impl<'t> Bag<'t> {
    fn new(tree: &'t dyn Tree, top: &'t str) -> Self {
        let files = tree.entries().iter().filter(|e| e.kind == EntryKind::File);
        let files: BTreeMap<_, _> =
            files.filter_map(|e| Some((e.path.strip_prefix(top)?, e.bytes))).collect();
        let normalised = files.keys().map(|p| (p.nfc().collect(), *p)).collect();
        Self { tree, top, files, normalised, findings: Findings::of(Kind::Bag) }
    }

    /// Reports entries that are not plain files, are outside the top folder, or share a name on some systems.
    fn entries(&mut self) {
        let (mut seen, mut left_by_mac) = (HashMap::new(), false);
        for e in self.tree.entries() {
            match e.path.strip_prefix(self.top) {
                None if is_left_by_mac(&e.path) => left_by_mac = true,
                None if !format!("{}/", e.path).starts_with(self.top) => {
                    self.findings.fault(&e.path, Code::Structure, message!("bag_beside"))
                }
                Some(path) if e.kind == EntryKind::Other => {
                    self.findings.fault(path, Code::Path, message!("finding_link"))
                }
                Some(path) => {
                    if let Some(why) = trouble_on_windows(path) {
                        self.findings.warn(path, Code::Path, why);
                    }
                    if let Some(other) = seen.insert(same_name(path), path) {
                        let why = message!("bag_same_file", other = other);
                        self.findings.warn(path, Code::Path, why);
                    }
                }
                None => {}
            }
        }
        if left_by_mac {
            let why = message!("bag_mac_folder");
            self.findings.fault(MAC_FOLDER, Code::Structure, why);
        }
        if self.tree.entries().iter().all(|e| e.path.strip_prefix(self.top) != Some("data")) {
            self.findings.fault("data", Code::Structure, message!("bag_no_data"));
        }
        if self.top.is_empty() && self.tree.entries().is_empty() {
            self.findings.warn("", Code::Structure, message!("bag_empty"));
        }
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + 't>> {
        self.tree.open(&format!("{}{path}", self.top))
    }

    fn raw(&mut self, path: &str) -> Option<Vec<u8>> {
        let mut raw = Vec::new();
        let read = self.open(path).and_then(|f| f.take(MOST_TAG + 1).read_to_end(&mut raw));
        match read {
            Ok(n) if n as u64 <= MOST_TAG => return Some(raw),
            Ok(_) => self.findings.fault(path, Code::Size, message!("bag_long_tag", most_tag = MOST_TAG)),
            Err(e) => {
                self.findings.fault(path, Code::Unreadable, message!("finding_unread", e = e.to_string()))
            }
        }
        None
    }

    fn text(&mut self, path: &str, encoding: Encoding) -> Option<String> {
        let raw = self.raw(path)?;
        let text = encoding.read(&raw);
        if text.is_none() {
            self.findings.fault(path, Code::Syntax, message!("bag_encoding"));
        }
        text
    }

    fn declared(&mut self) -> (Version, Encoding) {
        let raw = self.raw("bagit.txt").unwrap_or_default();
        tags::declaration(&raw, &mut self.findings)
    }

    fn info(&mut self, encoding: Encoding) -> Vec<(String, String)> {
        // In drafts before 0.94 the file has another name.
        let name = ["bag-info.txt", "package-info.txt"].into_iter().find(|n| self.files.contains_key(n));
        let text = name.and_then(|n| self.text(n, encoding)).unwrap_or_default();
        tags::info(&text, &mut self.findings)
    }

    fn manifests(&mut self, version: Version, encoding: Encoding) -> Vec<Manifest> {
        let names: Vec<&str> = self.files.keys().copied().filter(|f| name_parts(f).is_some()).collect();
        let mut manifests = Vec::new();
        for file in names {
            let Some((algorithm, payload)) = name_parts(file) else { continue };
            match algorithm.to_ascii_lowercase().replace('-', "").parse::<Algorithm>() {
                Ok(algorithm)
                    if manifests
                        .iter()
                        .any(|m: &Manifest| (m.algorithm, m.payload) == (algorithm, payload)) =>
                {
                    let why = message!("bag_two_manifests");
                    self.findings.fault(file, Code::Structure, why);
                }
                Ok(algorithm) => {
                    let text = self.text(file, encoding).unwrap_or_default();
                    manifests.push(Manifest::read(file, algorithm, &text, version, &mut self.findings));
                }
                Err(e) => self.findings.warn(file, Code::Structure, message!("bag_unused", e = e.message())),
            }
        }
        if !manifests.iter().any(|m| m.payload) {
            self.findings.fault("", Code::Structure, message!("bag_no_manifest"));
        }
        manifests
    }

    /// Finds the file that a manifest lists: by its decoded path, by the path as written, or by the normalised path.
    fn find_file(&self, path: &str, raw: &str) -> Option<&'t str> {
        let exact = self.files.get_key_value(path).or_else(|| self.files.get_key_value(raw)).map(|(p, _)| *p);
        exact.or_else(|| self.normalised.get(&path.nfc().collect::<String>()).copied())
    }

    fn fetch(&mut self, encoding: Encoding, manifests: &[Manifest]) {
        const FETCH: &str = "fetch.txt";
        if !self.files.contains_key(FETCH) {
            return;
        }
        let text = self.text(FETCH, encoding).unwrap_or_default();
        for line in text.split(['\n', '\r']).filter(|l| !l.trim().is_empty()) {
            let mut words = line.splitn(3, [' ', '\t']);
            let (length, path) = (words.nth(1).unwrap_or_default(), words.next().unwrap_or_default().trim());
            let path = decoded(path.strip_prefix("./").unwrap_or(path));
            let listed = manifests.iter().any(|m| m.payload && m.listed.contains_key(&path));
            let there = self.files.get(path.as_str()).copied();
            let why = match (length.parse::<u64>(), refuse(&path, true)) {
                (_, Some(why)) => (Code::Path, why.message(&path)),
                (Err(_), _) if length != "-" => {
                    (Code::Syntax, message!("bag_fetch_length", line = shown(line)))
                }
                _ if !listed => (Code::Unlisted, message!("bag_fetch_unlisted", path = shown(&path))),
                (Ok(n), _) if there.is_some_and(|there| there != n) => {
                    (Code::Size, message!("bag_fetch_other_length", path = shown(&path)))
                }
                _ => continue,
            };
            self.findings.fault(FETCH, why.0, why.1);
        }
    }

    fn presence(&mut self, manifests: &[Manifest], version: Version) {
        let (mut by_any, mut missing) = (BTreeSet::new(), BTreeSet::new());
        let mut listed: Vec<(&Manifest, BTreeSet<&str>)> = Vec::new();
        for m in manifests {
            let mut here = BTreeSet::new();
            for (path, (_, raw)) in &m.listed {
                match self.find_file(path, raw) {
                    Some(file) => {
                        if file != path {
                            let why = message!("bag_spelling", file = &m.file);
                            self.findings.warn(file, Code::Path, why);
                        }
                        here.insert(file);
                    }
                    None => drop(missing.insert((path.clone(), m.file.clone()))),
                }
            }
            by_any.extend(here.iter().copied().filter(|_| m.payload));
            listed.push((m, here));
        }
        for (path, by) in missing {
            self.findings.fault(&path, Code::Missing, message!("finding_not_there", by = by));
        }
        for file in self.files.keys().filter(|f| f.starts_with("data/")) {
            for (m, here) in listed.iter().filter(|(m, _)| m.payload) {
                let lacks =
                    if version >= Version::RFC { !here.contains(file) } else { !by_any.contains(file) };
                if lacks {
                    self.findings.fault(file, Code::Unlisted, message!("finding_unlisted", by = &m.file));
                }
            }
        }
    }

    fn oxum(&mut self, info: &[(String, String)]) {
        let expected: Vec<_> = info.iter().filter(|(l, _)| l.eq_ignore_ascii_case("Payload-Oxum")).collect();
        let payload = || self.files.iter().filter(|(f, _)| f.starts_with("data/"));
        let found = format!("{}.{}", payload().map(|(_, n)| n).sum::<u64>(), payload().count());
        for (_, value) in expected.iter().filter(|(_, value)| *value != found) {
            let why = message!("bag_oxum", said = shown(value), found = &found);
            self.findings.fault("bag-info.txt", Code::Size, why);
        }
    }

    /// Reads every listed file once and compares it with all its digests. Returns the right SHA-256 digests.
    fn digests(&mut self, manifests: &[Manifest]) -> BTreeMap<String, String> {
        let mut expected: BTreeMap<&'t str, Vec<(&Manifest, &str)>> = BTreeMap::new();
        for m in manifests {
            for (path, (digest, raw)) in &m.listed {
                if let Some(file) = self.find_file(path, raw) {
                    expected.entry(file).or_default().push((m, digest));
                }
            }
        }
        let mut sound = BTreeMap::new();
        for (file, expected) in expected {
            let by: Vec<_> = expected.iter().map(|(m, _)| m.algorithm).collect();
            match self.open(file).and_then(|f| sums(f, &by)) {
                Ok(found) => self.compare(file, &expected, &found, &mut sound),
                Err(e) => {
                    self.findings.fault(file, Code::Unreadable, message!("finding_unread", e = e.to_string()))
                }
            }
        }
        sound
    }

    fn compare(
        &mut self,
        file: &str,
        expected: &[(&Manifest, &str)],
        found: &[String],
        sound: &mut BTreeMap<String, String>,
    ) {
        for ((m, digest), found) in expected.iter().zip(found) {
            if digest != found {
                let why = message!("finding_digest", algorithm = m.algorithm.to_string(), file = &m.file);
                self.findings.fault(file, Code::Digest, why);
            } else if m.algorithm == Algorithm::Sha256 {
                sound.insert(file.into(), found.clone());
            }
        }
    }
}

/// The file or folder is not a bag, not even a broken one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotABag {
    /// A file that is not an archive.
    NeitherFolderNorArchive,
    /// A folder or archive without `bagit.txt`.
    NoDeclaration,
}

impl NotABag {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::NeitherFolderNorArchive => message!("no_bag_file"),
            Self::NoDeclaration => message!("no_bag_undeclared"),
        }
    }
}

shown_in_english!(NotABag);
