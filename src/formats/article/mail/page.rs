//! The mail of a page, or of pages and texts beside each other: its blocks, and which of them are not by its writer.

use super::{lines_of, parts, quotes, subject};
use crate::{
    formats::article::{
        ReadError,
        document::{Document, DocumentBlock},
        html,
    },
    model::{BlockKind, Encoding, FileKind, LeftOutReason, Origin, Proposal, ReadOptions},
};
use mail_parser::{Message, PartType};

/// The mail's bodies as pages; texts among them too. With the parts that are pictures in them.
///
/// Fails if there is nothing visible.
pub fn read(
    mail: &Message<'_>,
    bodies: &[usize],
    options: &ReadOptions,
) -> Result<(Proposal, Vec<usize>), ReadError> {
    let headline = |s| DocumentBlock::new(BlockKind::Headline, format!("# {s}"), Origin::Paragraph(1));
    let mut document = Document::default();
    document.blocks.extend(subject(mail).map(headline));
    let mut encoding = Encoding::Utf8;
    for part in bodies.iter().filter_map(|at| mail.parts.get(*at)) {
        let (words, found) = match part.body {
            PartType::Html(_) => parts::text(mail, part, options.encoding),
            _ => lines_of(mail, part, options),
        };
        encoding = found;
        match part.body {
            PartType::Html(_) => document.blocks.extend(html::mail(&words).blocks.into_iter().map(below)),
            _ => document.blocks.extend(paragraphs(&words)),
        }
    }
    leave_out(&mut document);
    let pictures = document.blocks.iter_mut().flat_map(|b| &mut b.pictures);
    let used = parts::fill(mail, pictures);
    Ok((document.proposal(FileKind::Eml, encoding)?, used))
}

/// The paragraphs of a text. An empty line ends one, and so does a change between quoted lines and others.
fn paragraphs(text: &str) -> Vec<DocumentBlock> {
    let text = html::without_controls(text);
    let mut found: Vec<String> = Vec::new();
    let mut open = None;
    for line in text.lines() {
        let quoted = line.trim_start().starts_with('>');
        match found.last_mut() {
            _ if line.trim().is_empty() => open = None,
            Some(last) if open == Some(quoted) => {
                last.push('\n');
                last.push_str(line.trim_end());
            }
            _ => {
                found.push(line.trim_end().to_owned());
                open = Some(quoted);
            }
        }
    }
    let kind = |p: &str| if p.contains('\n') { BlockKind::Kept } else { BlockKind::Paragraph };
    let blocks = found.into_iter().enumerate();
    blocks.map(|(n, p)| DocumentBlock::new(kind(&p), p, Origin::Paragraph(n + 1))).collect()
}

/// Leaves out what the words of a page show as quoted or as a signature, where no mark of a mail program does.
fn leave_out(document: &mut Document) {
    let taken = |b: &&DocumentBlock| b.left_out.is_none();
    let text: Vec<&str> = document.blocks.iter().filter(taken).map(|b| b.text.as_str()).collect();
    let marks = quotes::marks(&text.join("\n\n"));
    let mut line = 0;
    for block in document.blocks.iter_mut().filter(|b| b.left_out.is_none()) {
        block.left_out = of_all_lines(&block.text, marks.get(line..).unwrap_or_default());
        line += block.text.matches('\n').count() + 2;
    }
    let mut below = None;
    for block in document.blocks.iter_mut().rev() {
        let introduces = below == Some(LeftOutReason::Quoted) && quotes::is_introduction(&block.text);
        if introduces && block.left_out.is_none() {
            block.left_out = Some(LeftOutReason::Quoted);
        }
        let dashes = block.text.trim() == "--" && below == Some(LeftOutReason::Signature);
        if dashes && block.left_out.is_none() {
            block.left_out = Some(LeftOutReason::Signature);
        }
        if !block.text.is_empty() {
            below = block.left_out;
        }
    }
}

/// Why a block is left out: all of its visible lines have a mark. One without words has the mark of its place.
fn of_all_lines(text: &str, marks: &[Option<LeftOutReason>]) -> Option<LeftOutReason> {
    let mut visible = text.lines().zip(marks).filter(|(line, _)| !line.trim().is_empty()).map(|(_, m)| *m);
    let Some(first) = visible.next() else { return marks.first().copied().flatten() };
    first.filter(|_| visible.all(|mark| mark.is_some()))
}

/// A block of the body: below the subject, a headline is a heading.
fn below(block: DocumentBlock) -> DocumentBlock {
    match block.kind {
        BlockKind::Headline => DocumentBlock { kind: BlockKind::Heading, ..block.marked("#") },
        _ => block,
    }
}
