//! Tag files: `bagit.txt`, `bag-info.txt`, and their encodings.

use super::{Code, Findings};
use crate::messages::message;

/// A version of the BagIt specification: major and minor number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32);

impl Version {
    /// RFC 8493, whose rules are stricter than those of the drafts before it.
    pub const RFC: Self = Self(1, 0);
    const KNOWN: [Self; 6] = [Self(0, 93), Self(0, 94), Self(0, 95), Self(0, 96), Self(0, 97), Self::RFC];
}

/// The encoding of tag files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, in the byte order of its byte order mark, or big-endian without one.
    Utf16,
    /// UTF-16, little-endian.
    Utf16Le,
    /// ISO-8859-1, not Windows-1252.
    Latin1,
}

/// What `bagit.txt` declares. For what cannot be read, adds a fault and uses version 1.0 and UTF-8.
pub fn declaration(raw: &[u8], findings: &mut Findings) -> (Version, Encoding) {
    const PATH: &str = "bagit.txt";
    if raw.starts_with(b"\xef\xbb\xbf") {
        findings.fault(PATH, Code::Syntax, message!("bag_byte_order_mark"));
    }
    let text = String::from_utf8_lossy(raw);
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let version = field(lines.next(), "BagIt-Version", findings).map(|v| version(&v, findings));
    let encoding =
        field(lines.next(), "Tag-File-Character-Encoding", findings).map(|e| encoding(&e, findings));
    if lines.any(|l| !l.trim().is_empty()) {
        findings.fault(PATH, Code::Syntax, message!("bag_more_lines"));
    }
    (version.unwrap_or(Version::RFC), encoding.unwrap_or(Encoding::Utf8))
}

fn field(line: Option<&str>, label: &str, findings: &mut Findings) -> Option<String> {
    let value = line.and_then(|l| l.strip_prefix(label));
    if let Some(value) = value.and_then(|v| v.strip_prefix(':')) {
        return Some(value.trim().into());
    }
    let loose = value.map(str::trim_start).and_then(|v| v.strip_prefix(':'));
    let why = match loose {
        Some(_) => message!("bag_blank_before_colon", label = label),
        None => message!("bag_lacks_line", label = label),
    };
    findings.fault("bagit.txt", Code::Syntax, why);
    loose.map(|v| v.trim().into())
}

fn version(text: &str, findings: &mut Findings) -> Version {
    let parsed = text.split_once('.').and_then(|(a, b)| Some(Version(a.parse().ok()?, b.parse().ok()?)));
    match parsed.filter(|v| Version::KNOWN.contains(v)) {
        Some(v) => v,
        None => {
            let why = message!("bag_version", text = text);
            findings.fault("bagit.txt", Code::Structure, why);
            Version::RFC
        }
    }
}

fn encoding(text: &str, findings: &mut Findings) -> Encoding {
    match text.to_ascii_uppercase().as_str() {
        "UTF-8" | "UTF8" | "US-ASCII" | "ASCII" => Encoding::Utf8,
        "UTF-16" | "UTF16" | "UTF-16BE" => Encoding::Utf16,
        "UTF-16LE" => Encoding::Utf16Le,
        "ISO-8859-1" | "ISO8859-1" | "LATIN1" | "LATIN-1" => Encoding::Latin1,
        _ => {
            let why = message!("bag_unknown_encoding", text = text);
            findings.fault("bagit.txt", Code::Structure, why);
            Encoding::Utf8
        }
    }
}

impl Encoding {
    /// The text of a tag file; `None` if it is not in this encoding.
    pub fn read(self, raw: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => {
                std::str::from_utf8(raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw)).ok().map(Into::into)
            }
            Self::Latin1 => Some(raw.iter().map(|&b| char::from(b)).collect()),
            Self::Utf16 => match raw {
                [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
                [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
                _ => utf16(raw, u16::from_be_bytes),
            },
            Self::Utf16Le => utf16(raw.strip_prefix(b"\xff\xfe").unwrap_or(raw), u16::from_le_bytes),
        }
    }
}

fn utf16(raw: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units: Vec<u16> = raw.chunks(2).map(|p| p.try_into().ok().map(unit)).collect::<Option<_>>()?;
    String::from_utf16(&units).ok()
}

/// The labels and values of `bag-info.txt`. Continuation lines are joined with a space.
pub fn info(text: &str, findings: &mut Findings) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.split(['\n', '\r']).filter(|l| !l.trim().is_empty()) {
        match (line.starts_with([' ', '\t']), fields.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (false, _, Some((label, value))) if !label.trim().is_empty() => {
                fields.push((label.trim().into(), value.trim().into()));
            }
            _ => findings.fault("bag-info.txt", Code::Syntax, message!("bag_no_label", line = shown(line))),
        }
    }
    fields
}

/// A line of an untrusted file, safe to show: short and without control characters.
pub fn shown(line: &str) -> String {
    let short: String = line.chars().take(80).collect();
    short.escape_debug().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(raw: &str) -> usize {
        let mut findings = Findings::of(crate::formats::validate::findings::Kind::Bag);
        declaration(raw.as_bytes(), &mut findings);
        findings.errors.len()
    }

    #[test]
    fn a_declaration_is_two_exact_lines() {
        assert_eq!(faults(super::super::DECLARATION), 0);
        assert_eq!(faults("BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n"), 0);
        for bad in [
            "",
            "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: 9.0\nTag-File-Character-Encoding: UTF-8\n",
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: KLINGON\n",
            "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
            "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: yes\n",
        ] {
            assert!(faults(bad) > 0, "{bad:?}");
        }
    }

    #[test]
    fn tag_files_are_read_in_their_encoding() {
        assert_eq!(Encoding::Utf16.read(b"\xff\xfeh\0i\0").as_deref(), Some("hi"));
        assert_eq!(Encoding::Utf16.read(b"\0h\0i").as_deref(), Some("hi"));
        assert_eq!(Encoding::Utf16.read(b"\0h\0"), None);
        assert_eq!(Encoding::Latin1.read(b"\xe9").as_deref(), Some("é"));
        assert_eq!(Encoding::Utf8.read(b"\xe9"), None);
    }
}
