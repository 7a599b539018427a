//! What a person hands in as files, read whole and within limits.

use super::DeskError;
use crate::{files, formats::plain};
use std::{io::Read, path::Path};

/// The largest article that is read, in bytes: 64 MiB.
const MAX_ARTICLE: u64 = 64 << 20;

/// The bytes of a file, or of standard input where `-` is given; at most 64 MiB. Of a bag only the beginning, which says that
/// it is one: it is streamed from its file when it is read.
pub fn read_input(file: &str) -> Result<Vec<u8>, DeskError> {
    if file != "-" {
        let path = Path::new(file);
        let beginning = if path.is_dir() { Vec::new() } else { files::beginning(path, SIGN as u64)? };
        return if is_a_bag(file, &beginning) { Ok(beginning) } else { Ok(files::read(path, MAX_ARTICLE)?) };
    }
    let mut bytes = Vec::new();
    let failed = |e: std::io::Error| DeskError::refused(format!("reading standard input failed: {e}"));
    std::io::stdin().lock().take(MAX_ARTICLE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_ARTICLE {
        return Err(DeskError::refused("standard input holds more than 64 MiB, the most that is read"));
    }
    Ok(bytes)
}

/// How many bytes at the beginning of a zip archive say that it is one.
const SIGN: usize = 4;

/// Whether what was named is a bag rather than a text: a folder, or a zip archive.
pub fn is_a_bag(file: &str, bytes: &[u8]) -> bool {
    file != "-"
        && (Path::new(file).is_dir() || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06"))
}

/// Reads bytes as an article, as recognised. Fails where they are too many, or cannot be read as text.
pub fn read_article(bytes: &[u8], options: &plain::Options) -> Result<plain::Proposal, DeskError> {
    if bytes.len() as u64 > MAX_ARTICLE {
        return Err(DeskError::refused("the file holds more than 64 MiB, the most that is read"));
    }
    plain::read(bytes, options).map_err(|e| match e {
        plain::ReadError::NotUtf8 { .. } if options.encoding.is_none() => {
            DeskError::NeedsEncoding { why: e.to_string(), draft: None }
        }
        other => DeskError::Read(other),
    })
}

/// A revision's whole text: decoded as an article's bytes are, and nothing recognised.
pub fn read_text(file: &str) -> Result<String, DeskError> {
    let options = plain::Options { as_is: true, ..plain::Options::default() };
    Ok(read_article(&read_input(file)?, &options)?.text)
}

/// The bytes of another program's file of claims or sources, or of standard input where `-` is given; at most 64 MiB.
pub fn read_foreign(file: &str) -> Result<Vec<u8>, DeskError> {
    if file == "-" { read_input(file) } else { Ok(files::read(Path::new(file), MAX_ARTICLE)?) }
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
