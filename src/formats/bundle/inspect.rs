//! Checks the rules of a Tickmark bundle on a bag that declares itself one.

use super::{KEY, SIGNER, chain, history, paths, revisions};
use crate::{
    formats::bundle::{
        archive::{Archive, Stamp},
        bag::{Code, Findings, Signed},
        signature::PublicKey,
    },
    messages::{Message, message},
    model::{ArticleState, Attachment, Digest, Logged, Moment, Original, Tree},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
};

/// The longest tag file that is read here, in bytes: 64 MiB.
const MOST_TAG: u64 = 64 << 20;
/// The tag files of a bundle that its tag manifests list.
const LISTED: [&str; 4] = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"];
/// The tag manifests themselves.
const TAG_MANIFESTS: [&str; 2] = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];

/// Validates a bundle whose files have the SHA-256 `sums`. Adds what is wrong to `findings`.
pub(in crate::formats) fn inspect(
    tree: &dyn Tree,
    top: &str,
    archive: Option<&Archive>,
    sums: &BTreeMap<String, String>,
    findings: &mut Findings,
) {
    let mut inspection = Inspection { tree, top, sums, findings };
    inspection.check_parts();
    inspection.check_signature();
    let newest = inspection.check_log();
    if let Some(archive) = archive {
        inspection.check_form(archive, newest);
    }
}

/// The article state that the live facts of a log give.
pub(super) fn state(log: &[Logged]) -> ArticleState {
    let live = log.iter().filter(|l| l.live);
    ArticleState::of(live.flat_map(|l| l.facts.iter().map(move |f| (&l.action, f))))
}

struct Inspection<'a> {
    tree: &'a dyn Tree,
    top: &'a str,
    sums: &'a BTreeMap<String, String>,
    findings: &'a mut Findings,
}

impl Inspection<'_> {
    /// Checks that all required files exist and are listed, and that there are no other tag files.
    fn check_parts(&mut self) {
        let here: BTreeSet<&str> =
            self.tree.entries().iter().filter_map(|e| e.path.strip_prefix(self.top)).collect();
        for path in paths::ALL.iter().chain(&LISTED) {
            if !self.sums.contains_key(*path) && !self.is_damaged(path) {
                self.findings.fault(path, Code::Structure, message!("bundle_part_listed"));
            }
        }
        for path in TAG_MANIFESTS.iter().filter(|p| !here.contains(**p)) {
            self.findings.fault(path, Code::Structure, message!("bundle_part"));
        }
        let known = |p: &str| {
            p == paths::SIGNATURE
                || p == "data"
                || p.starts_with("data/")
                || LISTED.contains(&p)
                || TAG_MANIFESTS.contains(&p)
        };
        for path in here.iter().filter(|p| !p.is_empty() && !known(p)) {
            self.findings.fault(path, Code::Unlisted, message!("bundle_stray"));
        }
    }

    /// Checks the signature, if there is one, with the key in `bag-info.txt`.
    fn check_signature(&mut self) {
        let (signature, key_text) = (self.text(paths::SIGNATURE), self.info_value(KEY));
        let key = key_text.as_deref().and_then(|k| k.parse::<PublicKey>().ok());
        self.findings.signed = match (signature, key, key_text) {
            (None, None, None) => Signed::None,
            (Some(s), Some(key), _)
                if self.text(paths::SIGNED).is_some_and(|t| key.signed(t.as_bytes(), &s)) =>
            {
                Signed::By { key: Box::new(key), name: self.info_value(SIGNER).unwrap_or_default() }
            }
            _ => Signed::Bad,
        };
        if self.findings.signed == Signed::Bad {
            let why = message!("bundle_signature");
            self.findings.fault(paths::SIGNATURE, Code::Signature, why);
        }
    }

    /// The value of one of our labels in `bag-info.txt`.
    fn info_value(&self, label: &str) -> Option<String> {
        let info = self.text("bag-info.txt")?;
        info.lines().find_map(|l| Some(l.strip_prefix(label)?.strip_prefix(": ")?.to_owned()))
    }

    /// The text of a tag file, up to [`MOST_TAG`] bytes.
    fn text(&self, path: &str) -> Option<String> {
        let mut text = String::new();
        let file = self.tree.open(&format!("{}{path}", self.top)).ok()?;
        file.take(MOST_TAG).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// Checks the history and what follows from it. Returns the moment of the newest action.
    fn check_log(&mut self) -> Moment {
        let Ok(from) = self.tree.open(&format!("{}{}", self.top, paths::ACTIONS)) else {
            return Moment::default();
        };
        match history::read(from) {
            Ok(log) => {
                if let Some((line, why)) = chain::first_fault(&log) {
                    self.findings.fault(
                        paths::ACTIONS,
                        Code::History,
                        message!("finding_line", line = line, why = why),
                    );
                }
                if chain::article(&log).is_none() {
                    self.findings.fault(paths::ACTIONS, Code::History, message!("bundle_one_article"));
                }
                self.check_contents(&state(&log));
                log.iter().map(|l| l.action.at).max().unwrap_or_default()
            }
            Err((line, why)) => {
                self.findings.fault(
                    paths::ACTIONS,
                    Code::History,
                    message!("finding_line", line = line, why = why),
                );
                Moment::default()
            }
        }
    }

    /// Checks that the texts and files are those that the history records.
    fn check_contents(&mut self, state: &ArticleState) {
        let mut wanted = BTreeMap::new();
        for (i, r) in state.revisions.iter().enumerate() {
            wanted.insert(format!("data/{}", revisions::file(i + 1)), r.revision.text);
        }
        match state.newest() {
            Some(newest) => drop(wanted.insert(paths::TEXT.into(), newest.revision.text)),
            None => self.findings.fault(paths::ACTIONS, Code::History, message!("bundle_no_revision")),
        }
        for (path, digest) in &wanted {
            if self.sums.get(path.as_str()) != Some(&digest.to_string()) {
                self.findings.fault(path, Code::Contents, message!("bundle_text"));
            }
        }
        self.check_files(state, &wanted);
    }

    fn check_files(&mut self, state: &ArticleState, texts: &BTreeMap<String, Digest>) {
        let attached: BTreeMap<String, &Attachment> =
            state.attachments().map(|(_, a)| (a.digest.to_string(), a)).collect();
        let pictures: BTreeMap<String, &Attachment> =
            state.picture_files().map(|a| (a.digest.to_string(), a)).collect();
        let original = state.original.as_ref().map(|o: &Original| o.digest.to_string());
        let (mut snapshots, mut shown) = (BTreeSet::new(), BTreeSet::new());
        for (path, sum) in self.sums.iter().filter(|(p, _)| p.starts_with("data/")) {
            let stray = if let Some(rest) = path.strip_prefix(paths::SNAPSHOTS) {
                snapshots.insert(sum.clone());
                rest.split('/').next() != Some(sum) || !attached.contains_key(sum)
            } else if let Some(rest) = path.strip_prefix(paths::PICTURES) {
                shown.insert(sum.clone());
                rest.split('/').next() != Some(sum) || !pictures.contains_key(sum)
            } else if path.starts_with(paths::ORIGINAL) {
                original.as_ref() != Some(sum)
            } else {
                path.starts_with("data/revisions/") && !texts.contains_key(path)
            };
            if stray {
                self.findings.fault(path, Code::Contents, message!("bundle_unmentioned"));
            }
        }
        for (digest, a) in attached.iter().filter(|(d, _)| !snapshots.contains(*d)) {
            let why = message!("bundle_source_file", name = &a.name);
            self.miss(format!("{}{digest}", paths::SNAPSHOTS), why);
        }
        for (digest, a) in pictures.iter().filter(|(d, _)| !shown.contains(*d)) {
            let why = message!("bundle_picture", name = &a.name);
            self.miss(format!("{}{digest}", paths::PICTURES), why);
        }
    }

    fn miss(&mut self, path: String, why: Message) {
        if !self.is_damaged(&path) {
            self.findings.fault(&path, Code::Missing, why);
        }
    }

    /// Whether a file at `path`, or below it, exists but does not match its digest. That fault is already reported, and the
    /// file is not missing.
    fn is_damaged(&self, path: &str) -> bool {
        self.findings.errors.iter().any(|f| f.code == Code::Digest && f.path.starts_with(path))
    }

    fn check_form(&mut self, archive: &Archive, newest: Moment) {
        if let Some((path, why)) = archive.first_difference(Stamp::of(newest)) {
            let path = path.strip_prefix(self.top).unwrap_or(&path);
            self.findings.fault(path, Code::Form, why);
        }
    }
}
