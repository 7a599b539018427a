//! The result of every article reader, for all formats: the text in blocks with the origin of each, the article
//! details, and what was left out and why. A person corrects it before anything is recorded.

use super::{Info, slugs};
use crate::messages::{Message, message};
use crate::text::Span;

/// How to read an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Recognise nothing and join nothing. Line endings are still normalised.
    pub as_is: bool,
    /// The encoding the user confirmed. `None`: UTF-8, or UTF-16 if a byte order mark says so.
    pub encoding: Option<Encoding>,
    /// The text is Markdown. Its lines are joined by Markdown's rules only.
    pub markdown: bool,
}

/// An article before its import, for a person to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The text. It ends with one line break, except if it was read as it is.
    pub text: String,
    /// What is known about the article.
    pub info: Info,
    /// Every input line that is not in the text as written, in order. Joined lines are in the text.
    pub left_out: Vec<LeftOut>,
    /// The encoding the bytes were read in.
    pub encoding: Encoding,
    /// What each block of the text was recognised as, in order.
    pub blocks: Vec<ProposedBlock>,
}

/// The origin of something in the file. Each format counts in its own unit, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line of a text file.
    Line(usize),
    /// A paragraph of a word processor's file.
    Paragraph(usize),
    /// A page of a PDF.
    Page(usize),
}

impl Origin {
    /// The number of the line, paragraph or page.
    pub fn number(self) -> usize {
        match self {
            Self::Line(n) | Self::Paragraph(n) | Self::Page(n) => n,
        }
    }
}

/// An input line that is not in the text as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it was in the file.
    pub from: Origin,
    /// The whole line as written.
    pub text: String,
    /// Why it is not there.
    pub why: LeftOutReason,
}

slugs! {
    /// Why a line is not in the text as written.
    LeftOutReason, "reason to leave a line out", {
        /// It became the date, perhaps with the time.
        Date = "date",
        /// It became the time.
        Time = "time",
        /// It became the place.
        Place = "place",
        /// It became the byline.
        Byline = "byline",
        /// It became the outlet.
        Outlet = "outlet",
        /// It became tags.
        Tags = "tags",
        /// It became hashtags.
        Hashtags = "hashtags",
        /// It became the web address.
        Url = "url",
        /// It is clutter of the web page it was copied from (`0 Comments`).
        Furniture = "furniture",
        /// It repeats what is already there.
        Repeat = "repeat",
        /// Its heading marks were changed to `#` or `##`. Its words are in the text.
        Heading = "heading",
    }
}

impl LeftOutReason {
    /// The reason for readers.
    pub fn message(self) -> Message {
        match self {
            Self::Date => message!("why_date"),
            Self::Time => message!("why_time"),
            Self::Place => message!("why_place"),
            Self::Byline => message!("why_byline"),
            Self::Outlet => message!("why_outlet"),
            Self::Tags => message!("why_tags"),
            Self::Hashtags => message!("why_hashtags"),
            Self::Url => message!("why_url"),
            Self::Furniture => message!("why_furniture"),
            Self::Repeat => message!("why_repeat"),
            Self::Heading => message!("why_heading"),
        }
    }
}

/// A block of the text and what it was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposedBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is in the text.
    pub span: Span,
    /// Where it begins in the file.
    pub from: Origin,
}

slugs! {
    /// What a block of the text is.
    BlockKind, "kind of block", {
        /// The article's headline: its `#` line.
        Headline = "headline",
        /// The short introduction under the headline.
        Standfirst = "standfirst",
        /// A section heading.
        Heading = "heading",
        /// A paragraph on one line.
        Paragraph = "paragraph",
        /// Lines left as written: verse, a list, a table, dialogue, a quotation, code, front matter.
        Kept = "kept",
    }
}

impl BlockKind {
    /// The kind of a heading of that level, from 1.
    pub fn of_level(level: usize) -> Self {
        if level == 1 { Self::Headline } else { Self::Heading }
    }
}

/// How the bytes of a text were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252 (Western European), used only if the user confirms it.
    Windows1252,
}

impl Encoding {
    /// Reads the name that a person enters. `utf-16` without an order means little-endian, except if a byte order
    /// mark says otherwise.
    pub fn parse(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().replace('_', "-").as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "utf-16" | "utf16" | "utf-16le" | "utf16le" => Some(Self::Utf16Le),
            "utf-16be" | "utf16be" => Some(Self::Utf16Be),
            "windows-1252" | "windows1252" | "cp1252" | "cp-1252" => Some(Self::Windows1252),
            _ => None,
        }
    }

    /// Its usual name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
        }
    }
}
