//! Reads an article from plain text or Markdown: its words become the text, one line per paragraph; lines
//! *about* the article become info; every line that is in neither unchanged is listed as left out.
//!
//! The steps: `decode` (bytes to text), `lines` and `shapes` (what each line looks like),
//! `head` and `tail` (which lines are info), `paragraphs` or `markdown` (what is joined), `headings`.
//! It proposes and a person decides. It knows no words of a particular article, and in case of doubt the
//! line stays in the text. It fetches nothing and reads no HTML.

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

/// The day in `value`, as ISO 8601; `None` if it is not exactly one date with one possible reading.
pub(in crate::formats) fn day(value: &str) -> Option<String> {
    dates::when(value)?.date
}

/// Reads `bytes` as an article and proposes its text and info.
///
/// Fails if the bytes are not text in the given encoding, contain control characters, or contain nothing
/// visible. The caller limits their length.
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

/// Turns CRLF and a single CR into LF, as the page's editor does.
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

/// Finds info and headline. If no text would remain, takes all lines as text instead.
fn recognise(draft: &mut Draft<'_>, markdown: bool) {
    head::read(draft, markdown);
    tail::read(draft);
    if draft.visible().iter().all(|at| matches!(draft.fates[*at], Fate::Out(_))) {
        draft.fates.fill(Fate::Text);
        draft.info = Info::default();
    }
}

fn plain_blocks(draft: &mut Draft<'_>) -> Vec<Block> {
    let mut blocks = paragraphs::blocks(draft);
    headings::mark(&mut blocks);
    blocks
}

/// Joins the blocks to one text with an empty line between them. Returns the place of each block too.
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

/// The kind of a block: only the first `#` line is the headline, a later one is a section heading.
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
