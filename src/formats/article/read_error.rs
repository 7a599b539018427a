//! Why bytes could not be read as an article.

use crate::{
    messages::{Message, message, shown_in_english},
    model::{Encoding, FileKind},
};
use thiserror::Error;

/// Why bytes could not be read as an article.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// A byte that is not UTF-8.
    NotUtf8 {
        /// The line, from 1.
        line: usize,
        /// The byte.
        byte: u8,
        /// The encoding it may be in; `None` if it is damaged UTF-8 or cannot be told.
        guess: Option<Encoding>,
    },
    /// Bytes that are nothing in the encoding that was asked for.
    NotIn {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// Half a character of UTF-16.
    NotUtf16 {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// A document that its reader cannot read.
    Unreadable {
        /// What it was read as.
        kind: FileKind,
        /// What is wrong, and what to do.
        why: Message,
    },
    /// Nothing visible.
    Blank,
}

impl ReadError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::NotUtf8 { line, byte, guess } => message!(
                "article_read_not_utf8",
                byte = format!("{byte:02X}"),
                line = *line,
                name = guess.unwrap_or(Encoding::Windows1252).to_string()
            ),
            Self::NotIn { encoding } => message!("article_read_not_in", encoding = *encoding),
            Self::NotUtf16 { encoding } => message!("article_read_not_utf16", encoding = *encoding),
            Self::Unreadable { kind, why } => {
                message!("article_read_failed", kind = kind.to_string(), why = why.clone())
            }
            Self::Blank => message!("article_read_blank"),
        }
    }
}

shown_in_english!(ReadError);
