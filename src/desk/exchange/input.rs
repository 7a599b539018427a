//! What a person hands in as files, read whole and within limits.

use crate::desk::DeskError;
use crate::{
    files,
    formats::{article, article::foreign},
    model::{Encoding, Handed, Proposal, ReadOptions},
};
use std::{io::Read, path::Path};

/// The largest article that is read, in bytes: 64 MiB.
const MAX_ARTICLE: u64 = 64 << 20;

/// The bytes of a file, or of standard input where `-` is given; at most 64 MiB. Of a bag only the beginning, which says that
/// it is one: it is streamed from its file when it is read.
pub fn read_input(file: &str) -> Result<Vec<u8>, DeskError> {
    if file != "-" {
        return read_named(file, Path::new(file));
    }
    let mut bytes = Vec::new();
    let failed = |e: std::io::Error| DeskError::refused(format!("reading standard input failed: {e}"));
    std::io::stdin().lock().take(MAX_ARTICLE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_ARTICLE {
        return Err(DeskError::refused("standard input holds more than 64 MiB, the most that is read"));
    }
    let zip = is_a_zip(&bytes).then(|| foreign::in_zip(&bytes)).flatten();
    known(file, zip.or_else(|| foreign::of(&bytes)))?;
    Ok(bytes)
}

/// The bytes of a file, or what of it says that it is a bag. A file of a kind that holds no plain text is refused by what it is.
fn read_named(file: &str, path: &Path) -> Result<Vec<u8>, DeskError> {
    let is_folder = path.is_dir();
    if is_folder && (path.join("Index.zip").is_file() || path.join("Index/Document.iwa").is_file()) {
        known(file, Some(foreign::Foreign::Document("a Pages document (.pages)")))?;
    }
    let beginning =
        if is_folder { Vec::new() } else { files::beginning(path, foreign::BYTES_CHECKED as u64)? };
    known(file, foreign::of(&beginning))?;
    if !is_a_bag(file, &beginning) {
        return Ok(files::read(path, MAX_ARTICLE)?);
    }
    if !is_folder && let Handed::File(bytes) = files::open(path)?.handed() {
        known(file, foreign::in_zip(bytes))?;
    }
    Ok(beginning)
}

/// Refuses what is known to hold no plain text.
fn known(file: &str, kind: Option<foreign::Foreign>) -> Result<(), DeskError> {
    let name = if file == "-" { "standard input" } else { file };
    kind.map_or(Ok(()), |kind| {
        Err(DeskError::refused(format!("{name} is not read: {kind}. Nothing was recorded")))
    })
}

fn is_a_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether what was named is a bag rather than a text: a folder, or a zip archive.
pub fn is_a_bag(file: &str, bytes: &[u8]) -> bool {
    file != "-" && (Path::new(file).is_dir() || is_a_zip(bytes))
}

/// Reads bytes as an article, as recognised. Fails where they are too many, or cannot be read as text.
pub fn read_article(bytes: &[u8], options: &ReadOptions) -> Result<Proposal, DeskError> {
    if bytes.len() as u64 > MAX_ARTICLE {
        return Err(DeskError::refused("the file holds more than 64 MiB, the most that is read"));
    }
    article::read(bytes, options).map_err(|e| match e {
        article::ReadError::NotUtf8 { .. } if options.encoding.is_none() => {
            DeskError::NeedsEncoding { why: e.to_string(), draft: None }
        }
        other => DeskError::Read(other),
    })
}

/// A revision's whole text: decoded as an article's bytes are, and nothing recognised.
pub fn read_text(file: &str) -> Result<String, DeskError> {
    let options = ReadOptions { as_is: true, ..ReadOptions::default() };
    let bytes = read_input(file)?;
    if is_a_bag(file, &bytes) {
        let why = "is a folder or a zip archive and no text; import a bundle to merge it with its article";
        return Err(DeskError::refused(format!("{file} {why}. Nothing was recorded")));
    }
    Ok(read_article(&bytes, &options)?.text)
}

/// The bytes of another program's file of claims or sources, or of standard input where `-` is given; at most 64 MiB.
pub fn read_foreign(file: &str) -> Result<Vec<u8>, DeskError> {
    if file == "-" { read_input(file) } else { Ok(files::read(Path::new(file), MAX_ARTICLE)?) }
}

/// The largest sheet of answers that is read, in bytes: 16 MiB.
const MAX_SHEET: u64 = 16 << 20;

/// The text of an answered sheet: UTF-8 or UTF-16, or what Word writes pages in.
pub fn read_sheet(file: &str) -> Result<String, DeskError> {
    let bytes = if file == "-" { read_input(file)? } else { files::read(Path::new(file), MAX_SHEET)? };
    let zip = is_a_zip(&bytes).then(|| foreign::in_zip(&bytes)).flatten();
    if let Some(kind) = zip.or_else(|| foreign::of(&bytes)).filter(|k| *k != foreign::Foreign::WebPage) {
        let how = "save the answered sheet as a web page (.html), Markdown or plain text";
        return Err(DeskError::refused(format!("{file} is not read: {kind}; {how}. Nothing was recorded")));
    }
    let encoding = says_windows_1252(&bytes).then_some(Encoding::Windows1252);
    let decoded = article::decode(&bytes, None)
        .or_else(|e| encoding.map_or(Err(e), |e| article::decode(&bytes, Some(e))));
    let unread = |_| {
        DeskError::refused(format!(
            "{file} is not read: it is no UTF-8; save it as UTF-8. Nothing was recorded"
        ))
    };
    Ok(decoded.map_err(unread)?.0)
}

/// Whether a page says that it is written in Windows-1252, or in what is read as that.
fn says_windows_1252(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).to_ascii_lowercase();
    let named = |charset: &str| {
        let rest = charset.trim_start_matches(['"', '\'']);
        ["windows-1252", "iso-8859-1\"", "iso-8859-1'", "us-ascii"].iter().any(|n| rest.starts_with(n))
    };
    head.match_indices("charset=").any(|(at, found)| named(&head[at + found.len()..]))
}

/// What a file is called where it is told where something came from.
pub fn file_name(file: &str) -> String {
    match Path::new(file).file_name() {
        _ if file == "-" => "standard input".into(),
        Some(name) => name.to_string_lossy().into_owned(),
        None => "file".into(),
    }
}

/// The text of a small file, such as a key; nothing where there is none.
pub fn read_small(path: &Path) -> Result<Option<String>, DeskError> {
    let bytes = files::read_if_there(path, 1 << 16)?;
    Ok(bytes.map(|b| String::from_utf8_lossy(&b).into_owned()))
}

/// Makes the folder a desk is to stand in.
pub fn make_folder(path: &Path) -> Result<(), DeskError> {
    Ok(files::make_folder(path)?)
}
