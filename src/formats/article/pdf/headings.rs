//! What each paragraph is: the headline, a heading, an item of a list or a paragraph. Headings are larger or bolder than the text.

use super::{
    join::{Hyphens, Joined},
    lines::Line,
    markers::{self, Marker},
    paragraphs::Paragraph,
    style::Style,
};
use crate::{
    formats::article::{document::DocumentBlock, plain::ends_sentence},
    model::{BlockKind, FileLink, LeftOut, Origin},
    text::Span,
};

/// The longest heading, in characters.
const LONGEST: usize = 250;
/// How many paragraphs may come before the headline: a section's name, a byline, a date.
const BEFORE: usize = 4;

/// The blocks of paragraphs. Lines whose hyphen is gone are added to `left_out`.
pub fn blocks(
    paragraphs: &[Paragraph],
    hyphens: &Hyphens,
    style: &Style,
    title: Option<&str>,
    left_out: &mut Vec<LeftOut>,
) -> Vec<DocumentBlock> {
    let mut joined: Vec<Joined> = paragraphs.iter().map(|p| hyphens.join(&p.lines)).collect();
    let ranks: Vec<f64> = paragraphs.iter().zip(&joined).map(|(p, j)| rank(p, j, style)).collect();
    let headline = headline(&joined, &ranks, title);
    let mut blocks: Vec<DocumentBlock> = Vec::new();
    for (at, (paragraph, joined)) in paragraphs.iter().zip(joined.iter_mut()).enumerate() {
        left_out.append(&mut joined.hyphens);
        let kind = match ranks.get(at) {
            _ if headline == Some(at) => BlockKind::Headline,
            Some(rank) if *rank > 0.0 => BlockKind::Heading,
            _ => BlockKind::Paragraph,
        };
        let from = Origin::Page(paragraph.lines.first().map_or(1, |l| l.page));
        let row = paragraph.lines.first().is_some_and(|l| l.is_row);
        let kind = if row { BlockKind::Kept } else { kind };
        let block = block(kind, joined, from);
        let tight = block.kind == BlockKind::Kept && blocks.last().is_some_and(|b| b.kind == BlockKind::Kept);
        blocks.push(DocumentBlock { tight, ..block });
    }
    blocks
}

/// How much a paragraph stands out as a heading: its size against the text's, and a little for bold letters. 0 if it is none.
fn rank(paragraph: &Paragraph, joined: &Joined, style: &Style) -> f64 {
    let Some(first) = paragraph.lines.first() else { return 0.0 };
    let bold = paragraph.lines.iter().all(|l: &Line| style.is_bold(l));
    let larger = first.size / style.size.max(0.1);
    let long = joined.text.chars().count() > LONGEST;
    let letters = joined.text.chars().any(char::is_alphabetic);
    let item = markers::of(&joined.text).is_some_and(|(marker, _)| marker != Marker::Number);
    let stands_out = match larger {
        l if l > 1.12 => true,
        l if l > 0.9 => bold && paragraph.lines.len() <= 2 && !ends_in_stop(&joined.text),
        _ => false,
    };
    let heading = stands_out && letters && !long && !item && !first.is_row;
    if heading { larger + if bold { 0.05 } else { 0.0 } } else { 0.0 }
}

/// Whether a text ends as a sentence that is no question and no call.
fn ends_in_stop(text: &str) -> bool {
    ends_sentence(text) && !text.ends_with(['?', '!'])
}

/// Which paragraph is the headline: the title in the file's description, else the one that stands out most near the beginning.
fn headline(joined: &[Joined], ranks: &[f64], title: Option<&str>) -> Option<usize> {
    let same = |a: &str, b: &str| {
        let letters = |t: &str| {
            t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
        };
        !letters(a).is_empty() && letters(a) == letters(b)
    };
    let early = joined.iter().zip(ranks).enumerate().take(BEFORE + 1);
    let titled = early.clone().find(|(_, (j, _))| title.is_some_and(|t| same(t, &j.text))).map(|(at, _)| at);
    let most = ranks.iter().copied().fold(0.0, f64::max);
    titled.or_else(|| {
        let found = early.filter(|(_, (_, rank))| **rank > 0.0);
        found
            .max_by(|a, b| a.1.1.total_cmp(b.1.1).then(b.0.cmp(&a.0)))
            .filter(|(_, (_, rank))| **rank >= most - 0.06)
            .map(|(at, _)| at)
    })
}

/// A block with the mark of its kind.
fn block(kind: BlockKind, joined: &mut Joined, from: Origin) -> DocumentBlock {
    let marker = markers::of(&joined.text);
    let (kind, mark, cut) = match (kind, marker) {
        (BlockKind::Headline, _) => (kind, "# ", 0),
        (BlockKind::Heading, _) => (kind, "## ", 0),
        (_, Some((Marker::Bullet, rest))) => (BlockKind::Kept, "- ", joined.text.len() - rest.len()),
        (_, Some(_)) => (BlockKind::Kept, "", 0),
        _ => (kind, "", 0),
    };
    let text = format!("{mark}{}", joined.text.get(cut..).unwrap_or_default());
    let links = std::mem::take(&mut joined.links);
    let links = links.into_iter().filter_map(|l| moved(l, mark.len(), cut, &text)).collect();
    DocumentBlock { links, ..DocumentBlock::new(kind, text, from) }
}

/// A link whose place counts in the text with the mark. Blanks at its ends are not in it.
fn moved(link: FileLink, by: usize, cut: usize, text: &str) -> Option<FileLink> {
    let span = link.span?;
    let start = (span.start.0.max(cut) + by).checked_sub(cut)?;
    let end = ((span.end.0 + by).checked_sub(cut)?).min(text.len());
    let words = text.get(start..end)?;
    let start = start + (words.len() - words.trim_start().len());
    let words = words.trim();
    let span = Span::at(start, start + words.len());
    (!words.is_empty()).then(|| FileLink { words: words.to_owned(), span: Some(span), ..link })
}
