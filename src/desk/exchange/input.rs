//! Reading the files that a person gives, completely and within limits.

use super::{reading_process, reading_thread};
use crate::desk::DeskError;
use crate::{
    files,
    formats::{
        article,
        article::foreign,
        interchange::{NoArticle, no_article, sheet},
    },
    messages::message,
    model::{Encoding, FileKind, Handed, Progress, Proposal, ReadOptions, Unwatched},
};
use std::{io::Read, path::Path};

/// The largest article that is read, in bytes: 64 MiB.
const MAX_ARTICLE: u64 = 64 << 20;

/// The bytes of a file, or of standard input if `file` is `-`; at most 64 MiB. For a bag only its beginning, which shows
/// what it is. The rest is streamed later.
pub fn read_input(file: &str) -> Result<Vec<u8>, DeskError> {
    if file != "-" {
        return read_named(file, Path::new(file));
    }
    let mut bytes = Vec::new();
    let failed =
        |e: std::io::Error| DeskError::refused(message!("refused_standard_input", why = e.to_string()));
    std::io::stdin().lock().take(MAX_ARTICLE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_ARTICLE {
        return Err(DeskError::refused(message!("refused_standard_input_size")));
    }
    refuse_foreign(file, foreign::kind_of(&bytes))?;
    Ok(bytes)
}

/// The bytes of an article called `name`, from Base64. Refuses a bundle, and a kind that has no reader.
pub fn article_bytes(name: &str, base64: &str) -> Result<Vec<u8>, DeskError> {
    let bytes = article::from_base64(base64)
        .ok_or_else(|| DeskError::refused(message!("refused_base64", file = name)))?;
    let kind = foreign::kind_of(&bytes);
    if foreign::is_a_zip(&bytes) && kind.is_none() {
        return Err(DeskError::refused(message!("refused_dropped_bundle", file = name)));
    }
    refuse_foreign(name, kind)?;
    Ok(bytes)
}

/// The bytes of a file, or the beginning of a bag. Refuses a file of a kind that has no reader and says what it is.
fn read_named(file: &str, path: &Path) -> Result<Vec<u8>, DeskError> {
    let is_folder = path.is_dir();
    if is_folder && (path.join("Index.zip").is_file() || path.join("Index/Document.iwa").is_file()) {
        refuse_foreign(file, Some(foreign::Foreign::Document("a Pages document (.pages)")))?;
    }
    let beginning =
        if is_folder { Vec::new() } else { files::beginning(path, foreign::BYTES_CHECKED as u64)? };
    refuse_foreign(file, foreign::of(&beginning))?;
    if is_folder || (foreign::is_a_zip(&beginning) && zipped(file, path)?.is_none()) {
        return Ok(beginning);
    }
    Ok(files::read(path, MAX_ARTICLE)?)
}

/// The kind of a zip archive that an article is read from; `None` for a bag. Refuses a kind that has no reader.
fn zipped(file: &str, path: &Path) -> Result<Option<foreign::Foreign>, DeskError> {
    let opened = files::open(path)?;
    let Handed::File(bytes) = opened.handed() else { return Ok(None) };
    let kind = foreign::in_zip(bytes);
    refuse_foreign(file, kind)?;
    Ok(kind)
}

/// Refuses a kind of file that has no reader.
fn refuse_foreign(file: &str, kind: Option<foreign::Foreign>) -> Result<(), DeskError> {
    let name = if file == "-" { "standard input" } else { file };
    kind.filter(|kind| kind.readable().is_none()).map_or(Ok(()), |kind| {
        Err(DeskError::refused(message!("refused_kind", file = name, kind = kind.to_string())))
    })
}

/// Whether `file` is a bag and not an article: a folder, or a zip archive that is no document.
pub fn is_a_bag(file: &str, bytes: &[u8]) -> bool {
    let zip = || foreign::is_a_zip(bytes) && foreign::in_zip(&bytes).is_none();
    file != "-" && (Path::new(file).is_dir() || zip())
}

/// Reads bytes as an article and recognises its details. Fails if there are too many bytes, if they are not text, or if the work
/// must stop.
pub fn read_article(
    bytes: &[u8],
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Proposal, DeskError> {
    if bytes.len() as u64 > MAX_ARTICLE {
        return Err(DeskError::refused(message!("refused_file_size")));
    }
    let read = match article::kind(bytes, options) {
        FileKind::Pdf => reading_process::read_pdf(bytes, progress),
        _ => reading_thread::read(bytes, options, progress),
    };
    read?.map_err(|e| match e {
        article::ReadError::NotUtf8 { guess, .. } if options.encoding.is_none() => {
            let guess = guess.unwrap_or(Encoding::Windows1252);
            DeskError::NeedsEncoding { why: e.message(), draft: None, guess }
        }
        other => DeskError::Read(other),
    })
}

/// Refuses bytes that somebody gives as an article and that are a file of claims, sources, answers or data, unless `options` say
/// what they are read as. The error says which command brings them in.
pub fn refuse_no_article(bytes: &[u8], options: &ReadOptions) -> Result<(), DeskError> {
    if options.kind.is_some() || options.as_is {
        return Ok(());
    }
    let Some(found) = no_article(bytes) else { return Ok(()) };
    Err(DeskError::refused(match found {
        NoArticle::Claims(kind) => message!("refused_import_claims", kind = kind),
        NoArticle::Sources(kind) => message!("refused_import_sources", kind = kind),
        NoArticle::Answers => message!("refused_import_answers"),
        NoArticle::Json => message!("refused_import_json"),
    }))
}

/// The whole text of a file, in `text` of a proposal. It is decoded like an article, but no details are recognised.
pub(super) fn text_of(file: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<Proposal, DeskError> {
    let options = ReadOptions { as_is: true, encoding, ..ReadOptions::default() };
    if is_a_bag(file, bytes) {
        return Err(DeskError::refused(message!("refused_folder", file = file)));
    }
    read_article(bytes, &options, &Unwatched)
}

/// The bytes of another program's file of claims or sources, or of standard input if `file` is `-`; at most 64 MiB.
pub fn read_foreign(file: &str) -> Result<Vec<u8>, DeskError> {
    if file == "-" { read_input(file) } else { Ok(files::read(Path::new(file), MAX_ARTICLE)?) }
}

/// The largest sheet of answers that is read, in bytes: 16 MiB.
const MAX_SHEET: u64 = 16 << 20;

/// The text of an answered sheet: UTF-8, UTF-16, or Windows-1252 as Word writes web pages.
pub fn read_sheet(file: &str) -> Result<String, DeskError> {
    let bytes = if file == "-" { read_input(file)? } else { files::read(Path::new(file), MAX_SHEET)? };
    if let Some(text) = sheet::of_mail(&bytes) {
        return Ok(text);
    }
    let page = foreign::Foreign::Readable(FileKind::Html);
    if let Some(kind) = foreign::kind_of(&bytes).filter(|k| *k != page) {
        return Err(DeskError::refused(message!("refused_sheet_kind", file = file, kind = kind.to_string())));
    }
    let encoding = says_windows_1252(&bytes).then_some(Encoding::Windows1252);
    let decoded = article::decode(&bytes, None)
        .or_else(|e| encoding.map_or(Err(e), |e| article::decode(&bytes, Some(e))));
    let unread = |_| DeskError::refused(message!("refused_not_utf8", file = file));
    Ok(decoded.map_err(unread)?.0)
}

/// Whether a page declares Windows-1252, or an encoding that is read as Windows-1252.
fn says_windows_1252(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..2048).unwrap_or(bytes)).to_ascii_lowercase();
    let named = |charset: &str| {
        let rest = charset.trim_start_matches(['"', '\'']);
        ["windows-1252", "iso-8859-1\"", "iso-8859-1'", "us-ascii"].iter().any(|n| rest.starts_with(n))
    };
    head.match_indices("charset=").any(|(at, found)| named(&head[at + found.len()..]))
}

/// The name of a file as shown to people.
pub fn file_name(file: &str) -> String {
    match Path::new(file).file_name() {
        _ if file == "-" => "standard input".into(),
        Some(name) => name.to_string_lossy().into_owned(),
        None => "file".into(),
    }
}

/// The text of a small file, such as a key; none if there is no file.
pub fn read_small(path: &Path) -> Result<Option<String>, DeskError> {
    let bytes = files::read_if_there(path, 1 << 16)?;
    Ok(bytes.map(|b| String::from_utf8_lossy(&b).into_owned()))
}

/// Creates the folder for a desk.
pub fn make_folder(path: &Path) -> Result<(), DeskError> {
    Ok(files::make_folder(path)?)
}
