//! `datapackage.json`, the list of all files, and the digest over it.

use super::{DIGEST, PACKAGE, Validator, json};
use crate::{
    formats::{
        bundle::bag::{Algorithm, sums},
        validate::findings::Code,
    },
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
            self.findings.fault(
                PACKAGE,
                Code::Missing,
                "a WACZ must hold it: it lists all files with their hashes",
            );
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
            Some(_) => self.in_package(Code::Field, "wacz_version", "it is not 1.0, 1.1 or another 1.x"),
            None => self.in_package(
                Code::Missing,
                "wacz_version",
                "a WACZ tells its version there, such as 1.1.1",
            ),
        }
        match package["profile"].as_str() {
            Some("data-package") => {}
            Some(_) | None => self.in_package(Code::Field, "profile", "it must be 'data-package'"),
        }
        for key in ["created", "modified"].into_iter().filter(|key| package.get(key).is_some()) {
            if !package[key].as_str().is_some_and(super::pages::is_moment) {
                self.in_package(
                    Code::Field,
                    key,
                    "it is no moment of RFC 3339, such as 2025-10-14T07:30:00Z",
                );
            }
        }
        self.resources(&package["resources"]);
    }

    fn in_package(&mut self, code: Code, field: &str, why: &str) {
        self.findings.fault(PACKAGE, code, format!("'{field}': {why}"));
    }

    /// Checks that every listed file exists with its length and hash, and that every file is listed.
    fn resources(&mut self, resources: &Value) {
        let Some(all) = resources.as_array() else {
            return self.in_package(Code::Missing, "resources", "a WACZ lists its files there");
        };
        let mut listed = BTreeSet::new();
        for (n, resource) in all.iter().enumerate() {
            let Some(r) = self.resource(&format!("resources[{n}]"), resource) else { continue };
            if !listed.insert(r.path.to_owned()) {
                self.findings.fault(r.path, Code::Duplicate, format!("'{PACKAGE}' lists it twice"));
                continue;
            }
            self.check_file(&r);
        }
        let unlisted = |p: &&str| ![PACKAGE, DIGEST].contains(p) && !listed.contains(*p);
        for path in self.files.keys().copied().filter(unlisted) {
            self.findings.fault(path, Code::Unlisted, format!("'{PACKAGE}' does not list it"));
        }
    }

    fn resource<'v>(&mut self, at: &str, stated: &'v Value) -> Option<Resource<'v>> {
        let Some(path) = stated["path"].as_str().filter(|p| !p.is_empty()) else {
            self.in_package(Code::Missing, &format!("{at}.path"), "a file is listed by its path");
            return None;
        };
        let bytes = stated["bytes"].as_u64();
        if bytes.is_none() {
            self.in_package(
                Code::Field,
                &format!("{at}.bytes"),
                "it must be the length of the file in bytes",
            );
        }
        let hash = stated["hash"].as_str().and_then(hash);
        if hash.is_none() {
            let why = "it must be a hash such as 'sha256:' with 64 hexadecimal digits";
            self.in_package(Code::Field, &format!("{at}.hash"), why);
        }
        if stated["name"].as_str().is_none_or(str::is_empty) {
            let why = format!("'{at}.name': a file is listed with a name too");
            self.findings.warn(PACKAGE, Code::Field, why);
        }
        Some(Resource { path, bytes, hash })
    }

    /// Compares one file with its entry in the list.
    fn check_file(&mut self, r: &Resource) {
        let Some(there) = self.files.get(r.path).copied() else {
            let why = format!("'{PACKAGE}' lists it and it is not there");
            return self.findings.fault(r.path, Code::Missing, why);
        };
        if let Some(stated) = r.bytes.filter(|stated| *stated != there) {
            let why = format!("'{PACKAGE}' says it has {stated} bytes, and it has {there}");
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
                self.findings.fault(path, Code::Digest, format!("its {by} is not the one '{in_file}' tells"));
            }
            Err(e) => self.findings.fault(path, Code::Unreadable, format!("it could not be read: {e}")),
        }
    }

    /// Checks the digest of the list. Through the list, it covers all other files.
    fn digest(&mut self) {
        if !self.files.contains_key(DIGEST) {
            let why = format!("it is not there, so nothing covers '{PACKAGE}' itself");
            return self.findings.warn(DIGEST, Code::Missing, why);
        }
        let stated = match json(self.tree, DIGEST) {
            Ok(stated) => stated,
            Err((code, why)) => return self.findings.fault(DIGEST, code, why),
        };
        if stated["path"] != PACKAGE {
            self.findings.fault(DIGEST, Code::Field, format!("'path': it must be '{PACKAGE}'"));
        }
        match stated["hash"].as_str().and_then(hash) {
            Some((by, hash)) => self.check_hash(PACKAGE, by, hash, DIGEST),
            None => self.findings.fault(
                DIGEST,
                Code::Field,
                format!("'hash': it must be the hash of '{PACKAGE}'"),
            ),
        }
        if stated.get("signedData").is_some() {
            let why = "'signedData': it is signed in the way of WACZ; that signature was not checked";
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
