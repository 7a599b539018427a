//! What every reader of articles gives, whatever the format: the text in blocks with where each came from, the info, and what
//! was left out and why. A person corrects it before anything is recorded.

use super::Info;
use crate::messages::{Message, message};
use crate::text::Span;

/// How an article is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Recognise nothing and join nothing; line endings are still normalised.
    pub as_is: bool,
    /// The encoding the user confirmed. None: UTF-8, or UTF-16 where a byte order mark says so.
    pub encoding: Option<Encoding>,
    /// The text is Markdown and is joined by Markdown's rules alone.
    pub markdown: bool,
}

/// An article as it would come in, for a person to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The text; it ends with one line break, unless it came in as it was.
    pub text: String,
    /// What is known about the article.
    pub info: Info,
    /// Every input line that is not in the text as written, in order; joined lines are in the text.
    pub left_out: Vec<LeftOut>,
    /// The encoding the bytes were read in.
    pub encoding: Encoding,
    /// What each block of the text was taken for, in order.
    pub blocks: Vec<ProposedBlock>,
}

/// Where in the file something came from. Each format counts in its own unit, from 1.
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
    /// Where it stood in the file.
    pub from: Origin,
    /// The whole line as written.
    pub text: String,
    /// LeftOutReason it is not there.
    pub why: LeftOutReason,
}

/// LeftOutReason a line is not in the text as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOutReason {
    /// It became the date, perhaps with the time.
    Date,
    /// It became the time.
    Time,
    /// It became the place.
    Place,
    /// It became the byline.
    Byline,
    /// It became the outlet.
    Outlet,
    /// It became tags.
    Tags,
    /// It became hashtags.
    Hashtags,
    /// It became the web address.
    Url,
    /// The page it was copied from put it there (`0 Comments`).
    Furniture,
    /// It says once more what is already there.
    Repeat,
    /// Its heading marks were brought to `#` or `##`; its words are in the text.
    Heading,
}

impl LeftOutReason {
    /// One word for it, as scripts read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Place => "place",
            Self::Byline => "byline",
            Self::Outlet => "outlet",
            Self::Tags => "tags",
            Self::Hashtags => "hashtags",
            Self::Url => "url",
            Self::Furniture => "furniture",
            Self::Repeat => "repeat",
            Self::Heading => "heading",
        }
    }

    /// The same for people.
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

/// A block of the text and what it was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProposedBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the text.
    pub span: Span,
    /// Where in the file it began.
    pub from: Origin,
}

/// What a block of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The article's headline: its `#` line.
    Headline,
    /// The short introduction under the headline.
    Standfirst,
    /// A section heading.
    Heading,
    /// A paragraph on one line.
    Paragraph,
    /// Lines kept as written: verse, a list, a table, talk, a quotation, code, front matter.
    Kept,
}

impl BlockKind {
    /// One word for it, as scripts read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Kept => "kept",
        }
    }

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
    /// Windows-1252 (Western European), taken only where the user confirms it.
    Windows1252,
}

impl Encoding {
    /// Reads the name a person gives; `utf-16` without an order means little-endian unless a mark says otherwise.
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
