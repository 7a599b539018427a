//! Why bytes could not be read as an article.

use thiserror::Error;

/// Why bytes could not be read as an article.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// A byte that is not UTF-8.
    #[error(
        "reading the article as UTF-8 failed at byte 0x{byte:02X} in line {line}; if it was written in Windows-1252, confirm that with --encoding windows-1252, else save it as UTF-8"
    )]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
        /// The byte.
        byte: u8,
    },
    /// Half a character of UTF-16.
    #[error(
        "reading the article as {encoding} failed: it is cut off or damaged in the middle of a character; get an undamaged copy, or save it as UTF-8"
    )]
    NotUtf16 {
        /// The encoding's name.
        encoding: &'static str,
    },
    /// A control character, which plain text does not contain.
    #[error(
        "reading the article failed at the control character U+{code:04X} in line {line}: this is not plain text; save it as text (.txt or .md) and import that"
    )]
    Control {
        /// The character's code point.
        code: u32,
        /// The line, from 1.
        line: usize,
    },
    /// Nothing visible.
    #[error("the article is empty; choose a file that has its text")]
    Blank,
}
