//! Manifests, the lists of digests: reads and writes their lines, and checks their paths.

use super::{
    Code, Findings,
    sums::Algorithm,
    tags::{Version, shown},
};
use crate::messages::{Message, message};
use std::collections::BTreeMap;

/// One line as we write it: two spaces, and `%`, line feed and carriage return in the path percent-encoded.
pub fn line(digest: &str, path: &str) -> String {
    let path = path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D");
    format!("{digest}  {path}\n")
}

/// One manifest: the digest of each path, and the path as written.
pub struct Manifest {
    /// The file it was read from.
    pub file: String,
    /// Whether it lists the payload. Otherwise it lists the tag files.
    pub payload: bool,
    /// The algorithm of its digests.
    pub algorithm: Algorithm,
    /// The digest and the path as written, by decoded path.
    pub listed: BTreeMap<String, (String, String)>,
}

/// The algorithm in a manifest's name, and whether it lists the payload: `manifest-sha256.txt` is `("sha256", true)`.
pub fn name_parts(file: &str) -> Option<(&str, bool)> {
    let stem = file.strip_suffix(".txt")?;
    match (stem.strip_prefix("manifest-"), stem.strip_prefix("tagmanifest-")) {
        (Some(algorithm), _) => Some((algorithm, true)),
        (None, Some(algorithm)) => Some((algorithm, false)),
        (None, None) => None,
    }
}

impl Manifest {
    /// Reads the lines of `text`. Adds what is wrong to `findings`.
    pub fn read(
        file: &str,
        algorithm: Algorithm,
        text: &str,
        version: Version,
        findings: &mut Findings,
    ) -> Self {
        let payload = !file.starts_with("tag");
        let mut manifest = Self { file: file.into(), payload, algorithm, listed: BTreeMap::new() };
        // In old bags, lines may end with a carriage return only.
        for line in text.split(['\n', '\r']).filter(|l| !l.trim().is_empty()) {
            match manifest.entry(line) {
                Ok((path, digest, raw)) => manifest.add(path, digest, raw, version, findings),
                Err((code, why)) => findings.fault(file, code, why),
            }
        }
        manifest
    }

    fn entry(&self, line: &str) -> Result<(String, String, String), (Code, Message)> {
        let syntax = || (Code::Syntax, message!("bag_manifest_line", line = shown(line)));
        let (digest, path) = line.split_once([' ', '\t']).ok_or_else(syntax)?;
        let path = path.trim_start_matches([' ', '\t']);
        let hex = digest.len() == self.algorithm.digits() && digest.bytes().all(|b| b.is_ascii_hexdigit());
        if !hex || path.is_empty() {
            return Err(syntax());
        }
        let raw = path.strip_prefix('*').unwrap_or(path);
        let raw = raw.strip_prefix("./").unwrap_or(raw);
        let path = decoded(raw);
        match refuse(&path, self.payload) {
            Some(why) => Err((Code::Path, why.message(&path))),
            None => Ok((path, digest.to_ascii_lowercase(), raw.into())),
        }
    }

    fn add(&mut self, path: String, digest: String, raw: String, version: Version, findings: &mut Findings) {
        let twice = || message!("bag_listed_twice", path = shown(&path));
        match self.listed.get(&path) {
            Some((other, _)) if *other == digest && version < Version::RFC => {
                findings.warn(
                    &self.file,
                    Code::Duplicate,
                    message!("bag_listed_twice_alike", path = shown(&path)),
                );
            }
            Some(_) => findings.fault(&self.file, Code::Duplicate, twice()),
            None => drop(self.listed.insert(path, (digest, raw))),
        }
    }
}

/// Decodes the three percent-encodings of BagIt. Any other `%` is unchanged.
pub fn decoded(path: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(path.len()), path);
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 3).map(str::to_ascii_uppercase);
        let meant = match code.as_deref() {
            Some("0A") => Some('\n'),
            Some("0D") => Some('\r'),
            Some("25") => Some('%'),
            _ => None,
        };
        out.push(meant.unwrap_or('%'));
        rest = &rest[at + if meant.is_some() { 3 } else { 1 }..];
    }
    out + rest
}

/// Why a path is not allowed in a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPath {
    /// It begins at the root or at a drive.
    Absolute,
    /// It begins at somebody's home.
    Home,
    /// It leaves the bag.
    Outside,
    /// It holds a NUL.
    Nul,
    /// A payload manifest lists a file outside of `data/`.
    NoPayload,
    /// A tag manifest lists a file in `data/`.
    Payload,
}

impl BadPath {
    /// What is said of a path.
    pub fn message(self, path: &str) -> Message {
        let path = shown(path);
        match self {
            Self::Absolute => message!("bag_path_absolute", path = path),
            Self::Home => message!("bag_path_home", path = path),
            Self::Outside => message!("bag_path_outside", path = path),
            Self::Nul => message!("bag_path_nul", path = path),
            Self::NoPayload => message!("bag_path_no_payload", path = path),
            Self::Payload => message!("bag_path_payload", path = path),
        }
    }
}

/// Why a path is not allowed in a manifest; `None` if it is allowed.
pub fn refuse(path: &str, payload: bool) -> Option<BadPath> {
    let bytes = path.as_bytes();
    let drive = bytes.len() > 1 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':';
    match () {
        () if path.starts_with(['/', '\\']) || drive => Some(BadPath::Absolute),
        () if path.starts_with('~') => Some(BadPath::Home),
        () if path.split(['/', '\\']).any(|s| s == "..") => Some(BadPath::Outside),
        () if path.contains('\0') => Some(BadPath::Nul),
        () if payload && !path.starts_with("data/") => Some(BadPath::NoPayload),
        () if !payload && path.starts_with("data/") => Some(BadPath::Payload),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_from_their_lines() {
        for path in ["data/a", "data/100%", "data/a\nb\r", "data/%25%", "data/é b"] {
            let line = line("00", path);
            assert_eq!(decoded(line.trim_end_matches('\n').split_once("  ").unwrap().1), path);
        }
    }

    #[test]
    fn paths_that_lead_outside_are_refused() {
        for bad in ["/etc/passwd", "data/../../x", "~/x", "C:\\x", "data\\..\\x", "other/x", "data/a\0"] {
            assert!(refuse(bad, true).is_some(), "{bad}");
        }
        assert_eq!(refuse("data/a b/c~", true), None);
        assert_eq!(refuse("bag-info.txt", false), None);
    }
}
