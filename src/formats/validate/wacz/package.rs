//! `datapackage.json`, the list of all files, and the digest over it.

use super::{DIGEST, PACKAGE, Validator, json};
use crate::{
    formats::{
        bundle::bag::{Algorithm, sums},
        validate::findings::Code,
    },
    messages::{Message, message},
    model::Tree,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// Whether a tree has a data package with a `wacz_version`.
pub fn says_version(tree: &dyn Tree) -> bool {
    json(tree, PACKAGE).is_ok_and(|package| package.get("wacz_version").is_some())
}

/// A file in the list.
struct Resource<'v> {
    path: &'v str,
    bytes: Option<u64>,
    hash: Option<(Algorithm, &'v str)>,
}

impl Validator<'_> {
    /// Checks the list of files and its digest.
    pub(super) fn package(&mut self) {
        if !self.files.contains_key(PACKAGE) {
            self.findings.fault(PACKAGE, Code::Missing, message!("wacz_no_package"));
            return;
        }
        match json(self.tree, PACKAGE) {
            Ok(package) => self.check_package(&package),
            Err((code, why)) => self.findings.fault(PACKAGE, code, why),
        }
        self.digest();
    }

    fn check_package(&mut self, package: &Value) {
        match package["wacz_version"].as_str() {
            Some(version) if version.starts_with("1.") => {}
            Some(_) => self.in_package(Code::Field, "wacz_version", message!("wacz_other_version")),
            None => self.in_package(Code::Missing, "wacz_version", message!("wacz_no_version")),
        }
        match package["profile"].as_str() {
            Some("data-package") => {}
            Some(_) | None => self.in_package(Code::Field, "profile", message!("wacz_profile")),
        }
        for key in ["created", "modified"].into_iter().filter(|key| package.get(key).is_some()) {
            if !package[key].as_str().is_some_and(super::pages::is_moment) {
                self.in_package(Code::Field, key, message!("wacz_no_moment"));
            }
        }
        self.resources(&package["resources"]);
    }

    fn in_package(&mut self, code: Code, field: &str, why: Message) {
        self.in_field(PACKAGE, code, field, why);
    }

    fn in_field(&mut self, file: &str, code: Code, field: &str, why: Message) {
        self.findings.fault(file, code, message!("finding_field", field = field, why = why));
    }

    /// Checks that every listed file exists with its length and hash, and that every file is listed.
    fn resources(&mut self, resources: &Value) {
        let Some(all) = resources.as_array() else {
            return self.in_package(Code::Missing, "resources", message!("wacz_no_resources"));
        };
        let mut listed = BTreeSet::new();
        for (n, resource) in all.iter().enumerate() {
            let Some(r) = self.resource(&format!("resources[{n}]"), resource) else { continue };
            if !listed.insert(r.path.to_owned()) {
                self.findings.fault(r.path, Code::Duplicate, message!("finding_listed_twice", by = PACKAGE));
                continue;
            }
            self.check_file(&r);
        }
        let unlisted = |p: &&str| ![PACKAGE, DIGEST].contains(p) && !listed.contains(*p);
        for path in self.files.keys().copied().filter(unlisted) {
            self.findings.fault(path, Code::Unlisted, message!("finding_unlisted", by = PACKAGE));
        }
    }

    fn resource<'v>(&mut self, at: &str, stated: &'v Value) -> Option<Resource<'v>> {
        let Some(path) = stated["path"].as_str().filter(|p| !p.is_empty()) else {
            self.in_package(Code::Missing, &format!("{at}.path"), message!("wacz_no_path"));
            return None;
        };
        let bytes = stated["bytes"].as_u64();
        if bytes.is_none() {
            self.in_package(Code::Field, &format!("{at}.bytes"), message!("wacz_no_bytes"));
        }
        let hash = stated["hash"].as_str().and_then(hash);
        if hash.is_none() {
            let why = message!("wacz_no_hash");
            self.in_package(Code::Field, &format!("{at}.hash"), why);
        }
        if stated["name"].as_str().is_none_or(str::is_empty) {
            let why = message!("finding_field", field = format!("{at}.name"), why = message!("wacz_no_name"));
            self.findings.warn(PACKAGE, Code::Field, why);
        }
        Some(Resource { path, bytes, hash })
    }

    /// Compares one file with its entry in the list.
    fn check_file(&mut self, r: &Resource) {
        let Some(there) = self.files.get(r.path).copied() else {
            let why = message!("finding_not_there", by = PACKAGE);
            return self.findings.fault(r.path, Code::Missing, why);
        };
        if let Some(stated) = r.bytes.filter(|stated| *stated != there) {
            let why = message!("wacz_size", by = PACKAGE, stated = stated, there = there);
            self.findings.fault(r.path, Code::Size, why);
        }
        if let Some((by, stated)) = r.hash {
            self.check_hash(r.path, by, stated, PACKAGE);
        }
    }

    fn check_hash(&mut self, path: &str, by: Algorithm, stated: &str, in_file: &str) {
        match self.tree.open(path).and_then(|f| sums(f, &[by])) {
            Ok(found) if found[0].eq_ignore_ascii_case(stated) => {}
            Ok(_) => {
                self.findings.fault(
                    path,
                    Code::Digest,
                    message!("finding_digest", algorithm = by.to_string(), file = in_file),
                );
            }
            Err(e) => {
                self.findings.fault(path, Code::Unreadable, message!("finding_unread", e = e.to_string()))
            }
        }
    }

    /// Checks the digest of the list. Through the list, it covers all other files.
    fn digest(&mut self) {
        if !self.files.contains_key(DIGEST) {
            let why = message!("wacz_no_digest", package = PACKAGE);
            return self.findings.warn(DIGEST, Code::Missing, why);
        }
        let stated = match json(self.tree, DIGEST) {
            Ok(stated) => stated,
            Err((code, why)) => return self.findings.fault(DIGEST, code, why),
        };
        if stated["path"] != PACKAGE {
            self.in_field(DIGEST, Code::Field, "path", message!("wacz_digest_path", package = PACKAGE));
        }
        match stated["hash"].as_str().and_then(hash) {
            Some((by, hash)) => self.check_hash(PACKAGE, by, hash, DIGEST),
            None => {
                self.in_field(DIGEST, Code::Field, "hash", message!("wacz_digest_hash", package = PACKAGE));
            }
        }
        if stated.get("signedData").is_some() {
            let why = message!("finding_field", field = "signedData", why = message!("wacz_signed"));
            self.findings.warn(DIGEST, Code::Signature, why);
        }
    }
}

/// Reads a hash as data packages write it: the algorithm, a colon, the digits.
fn hash(written: &str) -> Option<(Algorithm, &str)> {
    let (by, digits) = written.split_once(':')?;
    let by: Algorithm = by.parse().ok()?;
    let whole = digits.len() == by.digits() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    whole.then_some((by, digits))
}
