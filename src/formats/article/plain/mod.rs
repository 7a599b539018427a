//! Brings an article in from plain text or Markdown: what it says goes into the text, one line per
//! paragraph; what is said *about* it becomes info; every line that is in neither as written is listed.
//!
//! The way of the data: `decode` (bytes to text), `lines` and `shapes` (what each line looks like),
//! `head` and `tail` (which lines are info), `paragraphs` or `markdown` (what is joined), `headings`.
//! It proposes and a person decides; it knows no words of any one article, and where the shape
//! leaves a doubt the line stays in the text. It fetches nothing and reads no HTML.

mod dates;
mod decode;
mod draft;
mod head;
mod headings;
mod info;
mod language;
mod lines;
mod markdown;
mod paragraphs;
mod shapes;
mod tail;
mod width;
mod words;

pub use decode::{Encoding, decode};

use crate::model::Info;
use crate::text::Span;
use draft::{Draft, Fate};
use paragraphs::Block;
use thiserror::Error;

/// The day that `value` writes, as ISO 8601, where it is nothing but a date that can be read one way.
pub(in crate::formats) fn day(value: &str) -> Option<String> {
    dates::when(value)?.date
}

/// How an article is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
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
    pub recognised: Vec<Part>,
}

/// An input line that is not in the text as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its number in the input, from 1.
    pub line: usize,
    /// The whole line as written.
    pub text: String,
    /// Why it is not there.
    pub why: Why,
}

/// Why a line is not in the text as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
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

impl Why {
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

    /// The same as people read it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Url => "URL",
            Self::Furniture => "web page clutter",
            Self::Repeat => "repeated",
            Self::Heading => "heading marks",
            Self::Date
            | Self::Time
            | Self::Place
            | Self::Byline
            | Self::Outlet
            | Self::Tags
            | Self::Hashtags => self.as_str(),
        }
    }
}

/// A block of the text and what it was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the text.
    pub span: Span,
}

/// What a block of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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

impl Kind {
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

    fn of_level(level: usize) -> Self {
        if level == 1 { Self::Headline } else { Self::Heading }
    }
}

/// Why bytes could not be read as an article.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// A byte that is no UTF-8.
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
    /// A character no text holds.
    #[error(
        "reading the article failed at the control character U+{code:04X} in line {line}: this is not plain text; save it as text (.txt or .md) and import that"
    )]
    Control {
        /// The character's code point.
        code: u32,
        /// The line, from 1.
        line: usize,
    },
    /// Nothing to see.
    #[error("the article is empty; choose a file that has its text")]
    Blank,
}

/// Reads `bytes` as an article and proposes its text and info.
///
/// Fails where the bytes are not text in the encoding asked for, hold control characters, or nothing
/// that can be seen. How large they may be is the caller's to say.
pub fn read(bytes: &[u8], options: &Options) -> Result<Proposal, ReadError> {
    let (text, encoding) = decode::decode(bytes, options.encoding)?;
    let text = normalise(&text);
    refuse_controls(&text)?;
    if lines::is_blank(&text) {
        return Err(ReadError::Blank);
    }
    let proposal = Proposal {
        text: String::new(),
        info: Info::default(),
        left_out: vec![],
        encoding,
        recognised: vec![],
    };
    Ok(if options.as_is { Proposal { text, ..proposal } } else { propose(&text, options.markdown, proposal) })
}

/// CRLF and a lone CR become LF, as the page's editor parts lines.
fn normalise(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn refuse_controls(text: &str) -> Result<(), ReadError> {
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let Some((at, c)) = text.char_indices().find(|(_, c)| bad(*c)) else { return Ok(()) };
    Err(ReadError::Control { code: u32::from(c), line: 1 + text[..at].matches('\n').count() })
}

fn propose(text: &str, markdown: bool, proposal: Proposal) -> Proposal {
    let mut draft = Draft::new(text, markdown);
    if markdown {
        markdown::protect(&mut draft);
    }
    recognise(&mut draft, markdown);
    let blocks = if markdown { markdown::blocks(&mut draft) } else { plain_blocks(&mut draft) };
    let (text, recognised) = assemble(blocks);
    let left_out = draft.left_out();
    let info = Info { language: language::of(&text), ..draft.info };
    Proposal { text, info, left_out, recognised, ..proposal }
}

/// Finds info and headline. Where that would leave no text at all, it was none: all stays text.
fn recognise(draft: &mut Draft<'_>, markdown: bool) {
    head::read(draft, markdown);
    tail::read(draft);
    if draft.seen().iter().all(|at| matches!(draft.fates[*at], Fate::Out(_))) {
        draft.fates.fill(Fate::Text);
        draft.info = Info::default();
    }
}

fn plain_blocks(draft: &mut Draft<'_>) -> Vec<Block> {
    let mut blocks = paragraphs::blocks(draft);
    headings::mark(&mut blocks);
    blocks
}

/// The text of the blocks, one empty line between them, and where each one stands.
fn assemble(blocks: Vec<Block>) -> (String, Vec<Part>) {
    let (mut text, mut parts) = (String::new(), Vec::new());
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&block.text);
        parts.push(Part { kind: kind(block.kind, &parts), span: Span::at(start, text.len()) });
        text.push('\n');
    }
    (text, parts)
}

/// Only the first `#` line is the headline; a later one heads a section.
fn kind(kind: Kind, before: &[Part]) -> Kind {
    match kind {
        Kind::Headline if before.iter().any(|p| p.kind == Kind::Headline) => Kind::Heading,
        Kind::Headline | Kind::Standfirst | Kind::Heading | Kind::Paragraph | Kind::Kept => kind,
    }
}
