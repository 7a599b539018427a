//! Readers of articles. Every format has its own module with a reader that returns a [`Proposal`].
//!
//! To add a format: write its module with a function like [`plain::read`], name its sign in `foreign`, and let [`read`] choose it.

mod document;
pub mod foreign;
mod html;
mod mail;
mod pdf;
mod plain;
mod read_error;
mod word;

pub use pdf::{answer as answer_pdf, answered as pdf_answered, read as read_pdf};
pub(in crate::formats) use plain::day;
pub use plain::decode;
pub use read_error::ReadError;

use crate::model::{FileKind, Proposal, ReadOptions};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The bytes of a file that crosses as Base64; `None` if it is none.
pub fn from_base64(written: &str) -> Option<Vec<u8>> {
    STANDARD.decode(written).ok()
}

/// A picture as a `data:` address; `None` if it is none of the kinds that every browser shows.
pub fn picture_address(bytes: &[u8]) -> Option<String> {
    let kind = match foreign::ending_of_picture(bytes)? {
        "jpg" => "jpeg",
        ending => ending,
    };
    Some(format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)))
}

/// Whether a file of that name is Markdown.
pub fn is_markdown(name: &str) -> bool {
    let name = name.to_lowercase();
    [".md", ".markdown"].iter().any(|ending| name.ends_with(ending))
}

/// Reads `bytes` as an article and proposes its text, its details and what else the file holds.
///
/// The kind follows from the bytes, unless `options` name it. Fails if the file cannot be read as that kind, or has nothing
/// visible. The caller limits its length.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Proposal, ReadError> {
    match kind(bytes, options) {
        FileKind::Text => plain::read(bytes, &ReadOptions { markdown: false, ..options.clone() }),
        FileKind::Markdown => plain::read(bytes, &ReadOptions { markdown: true, ..options.clone() }),
        FileKind::Docx => word::read(bytes, options),
        FileKind::Html => html::read(bytes, options),
        FileKind::Pdf => pdf::read(bytes),
        kind @ (FileKind::Mhtml | FileKind::Eml) => mail::read(bytes, kind, options),
    }
}

/// The kind that `options` name, else what the bytes say. Markdown may have elements of HTML in it, and what is taken as it is may
/// begin with anything: a part of a page is neither.
pub fn kind(bytes: &[u8], options: &ReadOptions) -> FileKind {
    let text = match options.markdown {
        true => FileKind::Markdown,
        false if !options.as_is && foreign::is_part_of_a_page(bytes) => FileKind::Html,
        false => FileKind::Text,
    };
    let says = || foreign::kind_of(bytes).and_then(foreign::Foreign::readable).unwrap_or(text);
    options.kind.unwrap_or_else(says)
}
