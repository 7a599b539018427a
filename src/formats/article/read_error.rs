//! Why bytes could not be read as an article.

use crate::model::{Encoding, FileKind};
use thiserror::Error;

/// Why bytes could not be read as an article.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// A byte that is not UTF-8.
    #[error(
        "reading the article as UTF-8 failed at byte 0x{byte:02X} in line {line}; if it was written in {name}, confirm that with --encoding {name}, else save it as UTF-8",
        name = guess.unwrap_or(Encoding::Windows1252)
    )]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
        /// The byte.
        byte: u8,
        /// The encoding it may be in; `None` if it is damaged UTF-8 or cannot be told.
        guess: Option<Encoding>,
    },
    /// Bytes that are nothing in the encoding that was asked for.
    #[error(
        "reading the article as {encoding} failed: it has bytes that mean nothing there; choose another encoding, or save it as UTF-8"
    )]
    NotIn {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// Half a character of UTF-16.
    #[error(
        "reading the article as {encoding} failed: it is cut off or damaged in the middle of a character; get an undamaged copy, or save it as UTF-8"
    )]
    NotUtf16 {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// A document that its reader cannot read.
    #[error("reading the article as {kind} failed: {why}")]
    Unreadable {
        /// What it was read as.
        kind: FileKind,
        /// What is wrong, and what to do.
        why: String,
    },
    /// Nothing visible.
    #[error("the article is empty; choose a file that has its text")]
    Blank,
}
