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

pub use decode::decode;

use crate::formats::article::ReadError;
use crate::model::{BlockKind, Info, Origin, Proposal, ProposedBlock, ReadOptions};
use crate::text::Span;
use draft::{Draft, Fate};
use paragraphs::Block;

/// The day that `value` writes, as ISO 8601, where it is nothing but a date that can be read one way.
pub(in crate::formats) fn day(value: &str) -> Option<String> {
    dates::when(value)?.date
}

/// Reads `bytes` as an article and proposes its text and info.
///
/// Fails where the bytes are not text in the encoding asked for, hold control characters, or nothing
/// that can be seen. How large they may be is the caller's to say.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Proposal, ReadError> {
    let (text, encoding) = decode::decode(bytes, options.encoding)?;
    let text = normalise(&text);
    refuse_controls(&text)?;
    if lines::is_blank(&text) {
        return Err(ReadError::Blank);
    }
    let proposal =
        Proposal { text: String::new(), info: Info::default(), left_out: vec![], encoding, blocks: vec![] };
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
    let (text, blocks) = assemble(blocks);
    let left_out = draft.left_out();
    let info = Info { language: language::of(&text), ..draft.info };
    Proposal { text, info, left_out, blocks, ..proposal }
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
fn assemble(blocks: Vec<Block>) -> (String, Vec<ProposedBlock>) {
    let (mut text, mut parts) = (String::new(), Vec::new());
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&block.text);
        parts.push(ProposedBlock {
            kind: kind(block.kind, &parts),
            span: Span::at(start, text.len()),
            from: Origin::Line(block.line),
        });
        text.push('\n');
    }
    (text, parts)
}

/// Only the first `#` line is the headline; a later one heads a section.
fn kind(kind: BlockKind, before: &[ProposedBlock]) -> BlockKind {
    match kind {
        BlockKind::Headline if before.iter().any(|p| p.kind == BlockKind::Headline) => BlockKind::Heading,
        BlockKind::Headline
        | BlockKind::Standfirst
        | BlockKind::Heading
        | BlockKind::Paragraph
        | BlockKind::Kept => kind,
    }
}
