//! Recognises files that are not plain text, by their bytes and never by their name: what has a reader, and what has none, so
//! that the error can say what to do.

use super::mail;
use crate::model::{FileKind, ReadAt};
use std::fmt;

/// A kind of file that is no plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A document that has a reader of its own.
    Readable(FileKind),
    /// A document; another program can save or copy its text. Contains its kind.
    Document(&'static str),
    /// An image. Contains its format.
    Image(&'static str),
    /// An audio or video recording. Contains its format.
    Recording(&'static str),
    /// A Tickmark desk.
    Desk,
    /// Another file without text. Contains its kind.
    Other(&'static str),
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let save = "Save it as Word (.docx), or as plain text or Markdown, or copy its text and paste it";
        match self {
            Self::Document(what) => write!(f, "this is {what}. {save}"),
            Self::Readable(kind) => {
                write!(f, "this is a document of the kind {kind}. Import it as an article")
            }
            Self::Image(format) => write!(
                f,
                "this is a picture ({format}), and no text is read in pictures. Type or paste its text, or attach it to a source"
            ),
            Self::Recording(format) => write!(
                f,
                "this is a recording ({format}), and no speech is read. Paste its transcript, or attach it to a source"
            ),
            Self::Desk => write!(
                f,
                "this is a Tickmark desk and no article. Open it as a desk: with tickmark-window FILE, or with --desk FILE on the command line"
            ),
            Self::Other(what) => {
                write!(f, "this is {what}. Import a text, or a bundle that Tickmark exported")
            }
        }
    }
}

/// How many bytes of a file [`of`] checks.
pub const BYTES_CHECKED: usize = 4096;

/// The kinds that are recognised by their first bytes.
const SIGNS: &[(&[u8], Foreign)] = &[
    (b"{\\rtf", Foreign::Document("an RTF document (.rtf)")),
    (b"\x89PNG\r\n\x1a\n", Foreign::Image("PNG")),
    (b"\xff\xd8\xff", Foreign::Image("JPEG")),
    (b"GIF87a", Foreign::Image("GIF")),
    (b"GIF89a", Foreign::Image("GIF")),
    (b"II*\0", Foreign::Image("TIFF")),
    (b"MM\0*", Foreign::Image("TIFF")),
    (b"ID3", Foreign::Recording("MP3")),
    (b"OggS", Foreign::Recording("Ogg")),
    (b"fLaC", Foreign::Recording("FLAC")),
    (b"\x1f\x8b", Foreign::Other("a gzip archive")),
    (b"7z\xbc\xaf\x27\x1c", Foreign::Other("a 7z archive")),
    (b"Rar!\x1a\x07", Foreign::Other("a RAR archive")),
];

impl Foreign {
    /// The kind, if there is a reader for it.
    pub fn readable(self) -> Option<FileKind> {
        match self {
            Self::Readable(kind) => Some(kind),
            Self::Document(_) | Self::Image(_) | Self::Recording(_) | Self::Desk | Self::Other(_) => None,
        }
    }
}

/// The kind of a whole file or of its beginning; `None` if it may be a text or a bag.
pub fn kind_of(bytes: &[u8]) -> Option<Foreign> {
    is_a_zip(bytes).then(|| in_zip(&bytes)).flatten().or_else(|| of(bytes))
}

/// Whether bytes begin as a zip archive does.
pub fn is_a_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The kind of a file, by its first bytes; `None` if it may be a text or a zip archive.
pub fn of(bytes: &[u8]) -> Option<Foreign> {
    let bytes = bytes.get(..BYTES_CHECKED).unwrap_or(bytes);
    let signed = SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)).map(|(_, kind)| *kind);
    signed
        .or_else(|| pdf(bytes))
        .or_else(|| database(bytes))
        .or_else(|| container(bytes))
        .or_else(|| page(bytes))
        .or_else(|| mail::header::kind_of(bytes).map(Foreign::Readable))
}

/// How the name of a picture ends, by its first bytes; `None` if it is none of the kinds that pages show everywhere.
pub fn ending_of_picture(bytes: &[u8]) -> Option<&'static str> {
    match of(bytes)? {
        Foreign::Image("PNG") => Some("png"),
        Foreign::Image("JPEG") => Some("jpg"),
        Foreign::Image("GIF") => Some("gif"),
        Foreign::Image("WebP") => Some("webp"),
        _ => None,
    }
}

/// Recognises a PDF, which may have other bytes before its signature.
fn pdf(bytes: &[u8]) -> Option<Foreign> {
    let beginning = bytes.get(..1024).unwrap_or(bytes);
    // In a text about PDF, the signature comes after words.
    let junk = find(beginning, b"%PDF-")?;
    let alone = junk == 0 || beginning[..junk].iter().any(|b| *b == 0 || *b >= 0x80) || junk < 4;
    alone.then_some(Foreign::Readable(FileKind::Pdf))
}

/// Recognises an SQLite database, which has its application's id at offset 68.
fn database(bytes: &[u8]) -> Option<Foreign> {
    bytes.starts_with(b"SQLite format 3\0").then(|| match bytes.get(68..72) {
        Some(b"tick") => Foreign::Desk,
        _ => Foreign::Other("a database (SQLite)"),
    })
}

/// Recognises old Office documents, and containers with a format name after their first bytes.
fn container(bytes: &[u8]) -> Option<Foreign> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(Foreign::Document("an older Word or Office document (.doc)"));
    }
    match (bytes.get(..4)?, bytes.get(4..8)?, bytes.get(8..12)?) {
        (b"RIFF", _, b"WEBP") => Some(Foreign::Image("WebP")),
        (b"RIFF", _, b"WAVE") => Some(Foreign::Recording("WAV")),
        (_, b"ftyp", b"heic" | b"heix" | b"mif1") => Some(Foreign::Image("HEIC")),
        (_, b"ftyp", b"avif") => Some(Foreign::Image("AVIF")),
        (_, b"ftyp", _) => Some(Foreign::Recording("MP4")),
        _ => None,
    }
}

/// Recognises an HTML page: it begins with one of the elements that only pages begin with, after blanks, comments and an XML declaration.
fn page(bytes: &[u8]) -> Option<Foreign> {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let rest = without_comments(&text);
    let outermost = ["<!doctype html", "<html", "<head>", "<body", "<meta ", "<title>", "<link ", "<script"];
    outermost.iter().any(|sign| rest.starts_with(sign)).then_some(Foreign::Readable(FileKind::Html))
}

/// The elements that a part of a page begins with. A text in Markdown may begin with one too.
const PARTS_OF_PAGES: [&str; 19] = [
    "article",
    "section",
    "main",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "header",
    "blockquote",
    "ul",
    "ol",
    "dl",
    "table",
    "pre",
];

/// Whether bytes are a part of a page: they begin with an element of [`PARTS_OF_PAGES`], after blanks and comments, and it ends
/// somewhere.
pub fn is_part_of_a_page(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes.get(..BYTES_CHECKED).unwrap_or(bytes)).to_ascii_lowercase();
    let Some(tag) = without_comments(&text).strip_prefix('<') else { return false };
    let begins = |name: &&&str| tag.strip_prefix(**name).is_some_and(|rest| ends_a_name(rest.as_bytes()));
    PARTS_OF_PAGES.iter().find(begins).is_some_and(|name| closes(bytes, name))
}

/// Whether an element of that name ends somewhere.
fn closes(bytes: &[u8], name: &str) -> bool {
    let ends = |tag: &[u8]| {
        let own = tag.strip_prefix(b"/").and_then(|tag| tag.split_at_checked(name.len()));
        own.is_some_and(|(own, rest)| own.eq_ignore_ascii_case(name.as_bytes()) && ends_a_name(rest))
    };
    bytes.split(|b| *b == b'<').skip(1).any(ends)
}

fn ends_a_name(rest: &[u8]) -> bool {
    rest.first().is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

/// The beginning of a page without the blanks, comments and XML declaration before it. `text` is in lower case.
fn without_comments(text: &str) -> &str {
    let mut rest = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    while let Some(end) = ["<?xml", "<!--"].iter().find_map(|open| rest.strip_prefix(open)).and_then(past) {
        rest = end.trim_start();
    }
    rest
}

fn past(inside: &str) -> Option<&str> {
    ["?>", "-->"]
        .iter()
        .filter_map(|end| inside.split_once(end))
        .map(|(_, rest)| rest)
        .max_by_key(|r| r.len())
}

/// How much of the start and of the end of a zip archive is searched for names, in bytes.
const NAMES: u64 = 64 << 10;

/// The names in a zip archive that show which kind of document it is.
const NAMED: &[(&[u8], Foreign)] = &[
    (b"word/document.xml", Foreign::Readable(FileKind::Docx)),
    (b"application/vnd.oasis.opendocument.text", Foreign::Document("an OpenDocument text (.odt)")),
    (b"Index/Document.iwa", Foreign::Document("a Pages document (.pages)")),
    (b"application/epub+zip", Foreign::Document("an e-book (.epub)")),
    (b"xl/workbook.xml", Foreign::Document("an Excel table (.xlsx)")),
    (b"ppt/presentation.xml", Foreign::Document("a PowerPoint presentation (.pptx)")),
    (b"application/vnd.oasis.opendocument", Foreign::Document("an OpenDocument file")),
];

/// The kind of a zip archive, by the names in it; `None` if it is a bag, a web archive or of no known kind.
pub fn in_zip(bytes: &dyn ReadAt) -> Option<Foreign> {
    let parts = [0, bytes.len().saturating_sub(NAMES)].map(|at| part(bytes, at));
    let holds = |name: &[u8]| parts.iter().any(|p| find(p, name).is_some());
    if holds(b"bagit.txt") || holds(b"datapackage.json") {
        return None;
    }
    NAMED.iter().find(|(name, _)| holds(name)).map(|(_, kind)| *kind)
}

fn part(bytes: &dyn ReadAt, at: u64) -> Vec<u8> {
    let most = bytes.len().saturating_sub(at).min(NAMES) as usize;
    let (mut read, mut done) = (vec![0; most], 0);
    while done < most {
        match bytes.read_at(at + done as u64, &mut read[done..]) {
            Ok(0) | Err(_) => break,
            Ok(n) => done += n,
        }
    }
    read.truncate(done);
    read
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_not_taken_for_anything_else() {
        let texts: [&[u8]; 9] = [
            b"",
            b"A text.",
            b"<b>bold</b> words",
            b"Write %PDF- first.",
            b"IDs are short",
            b"\xff\xfea\0",
            b"<!-- a",
            b"# <html>",
            b"RIFF raff",
        ];
        for text in texts {
            assert_eq!(of(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_part_of_a_page_begins_with_an_element_that_ends() {
        let parts = [
            "<p>Ferry</p>",
            "\u{feff}\n<!-- ours -->\n<ARTICLE dir=\"auto\">\n<h1>Ferry</h1></Article >",
            "<h1\nid=a>Ferry</h1>",
            "<figure><img></figure>",
        ];
        for part in parts {
            assert!(is_part_of_a_page(part.as_bytes()), "{part}");
        }
        let texts =
            ["<p>Ferry", "<p>Ferry</pre>", "<param>a</p>", "Ferry <p>a</p>", "<b>Ferry</b>", "<p", "", "<"];
        for text in texts {
            assert!(!is_part_of_a_page(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_recording_is_no_picture() {
        assert_eq!(ending_of_picture(b"RIFF\x10\0\0\0WEBPVP8 "), Some("webp"));
        assert_eq!(ending_of_picture(b"RIFF\x10\0\0\0WAVEfmt "), None);
        assert_eq!(ending_of_picture(b"II*\0"), None);
    }

    #[test]
    fn a_page_is_known_behind_comments_and_declarations() {
        for page in
            ["\u{feff}<?xml version='1.0'?>\n<!-- saved -->\r\n<!DOCTYPE html>", "<HTML>", "  <html lang=en>"]
        {
            assert_eq!(of(page.as_bytes()), Some(Foreign::Readable(FileKind::Html)), "{page}");
        }
    }
}
