//! Reads an article from plain text or Markdown: its words become the text, one line per paragraph; lines
//! *about* the article become info; every line that is in neither unchanged is listed as left out.
//!
//! The steps: `decode` and `legacy` (bytes to text), `controls` (characters that no text has), `lines` and `shapes` (what each line
//! looks like), `front`, `head` and `tail` (which lines are info), `paragraphs` or `markdown` (what is joined, by `hyphens`), `headings`.
//! It proposes and a person decides. It knows no words of a particular article, and in case of doubt the
//! line stays in the text. It fetches nothing and reads no HTML.

mod captions;
mod controls;
mod dates;
mod decode;
mod draft;
mod front;
mod head;
mod headings;
mod hyphens;
mod info;
mod labels;
mod language;
mod legacy;
mod lines;
mod markdown;
mod names;
mod paragraphs;
mod sections;
mod shapes;
mod tail;
mod width;
mod words;

pub(in crate::formats::article) use hyphens::{Known, Seam};
pub use legacy::decode;
pub(in crate::formats::article) use lines::{Line, ends_sentence, is_unspaced};

use crate::{
    formats::article::ReadError,
    model::{BlockKind, FileKind, Info, LeftOutReason, Origin, Proposal, ProposedBlock, ReadOptions},
    text::Span,
};
use controls::Clean;
use draft::{Draft, Fate};
use front::Front;
use paragraphs::Block;
use shapes::Shape;

/// The day in `value`, as ISO 8601; `None` if it is not exactly one date with one possible reading.
pub(in crate::formats) fn day(value: &str) -> Option<String> {
    dates::when(value, None)?.date
}

/// The day, time and zone in `value` as article details; `None` if it has no day, or anything else.
pub(in crate::formats::article) fn moment(value: &str) -> Option<Info> {
    let when = dates::when(value.trim(), None).filter(|w| w.date.is_some())?;
    Some(Info { date: when.date, time: when.time, zone: when.zone, ..Info::default() })
}

/// Why a line that only says when or by whom the article was written is left out; `None` for any other line.
pub(in crate::formats::article) fn detail(line: &str) -> Option<LeftOutReason> {
    let found = info::recognise(line, None)?;
    let known = |f: &info::Found| match f.field {
        labels::Field::Date | labels::Field::Time | labels::Field::Updated | labels::Field::Furniture => true,
        labels::Field::Byline => f.sure,
        _ => false,
    };
    found.iter().all(known).then(|| found.first().map(info::Found::why))?
}

/// The ISO 639-1 code of the language of `text`, if it is sure.
pub(in crate::formats::article) fn language_of(text: &str) -> Option<String> {
    language::of(text)
}

/// The details that the lines of a text say, its headline first. The text is not changed.
pub(in crate::formats::article) fn details_of(text: &str) -> Info {
    let clean = controls::clean(text);
    let mut draft = Draft::new(clean.lines(), true, language::of(&clean.text));
    recognise(&mut draft, true);
    draft.info
}

/// Reads `bytes` as an article and proposes its text and info.
///
/// Fails if the bytes are not text in the given encoding, or in one that is recognised for certain, or contain nothing visible. The
/// caller limits their length.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Proposal, ReadError> {
    let (text, encoding) = legacy::recognised(bytes, options.encoding)?;
    let clean = controls::clean(&normalise(&text));
    if lines::is_blank(&clean.text) {
        return Err(ReadError::Blank);
    }
    let kind = if options.markdown { FileKind::Markdown } else { FileKind::Text };
    let empty = Proposal { kind, ..Proposal::empty(encoding) };
    let mut proposal = match options.as_is {
        true => Proposal { text: clean.text, ..empty },
        false => propose(&clean, options.markdown, empty),
    };
    proposal.left_out.extend(clean.changed);
    proposal.left_out.sort_by_key(|l| l.from.number());
    Ok(proposal)
}

/// Turns CRLF and a single CR into LF, as the page's editor does.
fn normalise(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn propose(clean: &Clean, markdown: bool, proposal: Proposal) -> Proposal {
    let mut draft = Draft::new(clean.lines(), markdown, language::of(&clean.text));
    if markdown {
        markdown::protect(&mut draft);
    }
    let front = recognise(&mut draft, markdown);
    let blocks = if markdown { markdown::blocks(&mut draft) } else { plain_blocks(&mut draft) };
    let blocks = under(front.unwrap_or_default(), blocks);
    let mut left_out = draft.left_out();
    left_out.extend(blocks.iter().flat_map(|b| b.hyphens.iter().cloned()));
    let (text, blocks) = assemble(blocks);
    let language = draft.info.language.take().or_else(|| language::of(&text));
    Proposal { text, info: Info { language, ..draft.info }, left_out, blocks, ..proposal }
}

/// Finds info and headline. If no text would remain, takes all lines as text instead.
fn recognise(draft: &mut Draft<'_>, markdown: bool) -> Option<Front> {
    let front = front::read(draft);
    let title = front.as_ref().and_then(|f| f.title.as_deref());
    let repeats = |at: &usize| draft.shapes[*at] == Shape::Prose && title == Some(draft.lines[*at].text());
    if let Some(at) = draft.visible().first().copied().filter(repeats) {
        draft.fates[at] = Fate::Headline;
    }
    head::read(draft, markdown, title.is_some());
    tail::read(draft);
    if draft.visible().iter().all(|at| matches!(draft.fates[*at], Fate::Out(_))) {
        draft.fates.fill(Fate::Text);
        draft.info = Info::default();
        return None;
    }
    front
}

/// Puts the headline and standfirst of front matter above the blocks, unless they have them.
fn under(front: Front, mut blocks: Vec<Block>) -> Vec<Block> {
    let Front { title, summary, line } = front;
    let title = title.map(|t| format!("# {t}"));
    let headed =
        blocks.first().is_some_and(|b| b.kind == BlockKind::Headline && Some(&b.text) == title.as_ref());
    let said = |words: &String| blocks.iter().any(|b| b.text.contains(words.as_str()));
    let summary = summary.filter(|words| !said(words));
    let at = usize::from(headed);
    if let Some(text) = summary {
        blocks.insert(at, Block::new(BlockKind::Standfirst, text, line));
    }
    if let Some(text) = title.filter(|_| !headed) {
        blocks.insert(0, Block::new(BlockKind::Headline, text, line));
    }
    blocks
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
        | BlockKind::Caption
        | BlockKind::Kept => kind,
    }
}
