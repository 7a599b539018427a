//! Recognises section headings without marks: a short line by itself between paragraphs. It accepts no line that
//! ends like a sentence, and none before the first paragraph.

use super::{captions, lines, paragraphs::Block};
use crate::model::BlockKind;

/// Turns paragraphs that look like headings, by shape and place, into `##` headings.
pub fn mark(blocks: &mut [Block]) {
    let Some(first) = blocks.iter().position(is_prose) else { return };
    for at in first + 1..blocks.len().saturating_sub(1) {
        let (before, after) = (&blocks[at - 1], &blocks[at + 1]);
        let placed = ends_prose(before) && is_prose(after);
        if let Some(title) = Some(&blocks[at]).filter(|_| placed).and_then(title) {
            (blocks[at].kind, blocks[at].text) = (BlockKind::Heading, format!("## {title}"));
        }
    }
}

fn is_prose(block: &Block) -> bool {
    let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Standfirst);
    prose && lines::cells(&block.text) > 80 && lines::ends_sentence(&block.text)
}

fn ends_prose(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Standfirst | BlockKind::Kept)
        && lines::ends_sentence(&block.text)
}

/// The heading of a block, on one line; `None` if the block is not a heading.
fn title(block: &Block) -> Option<String> {
    let text = match block.kind {
        BlockKind::Paragraph | BlockKind::Caption => block.text.clone(),
        BlockKind::Kept => two_lines(&block.text)?,
        BlockKind::Headline | BlockKind::Standfirst | BlockKind::Heading => return None,
    };
    is_title(&text).then_some(text)
}

/// Joins a heading that was broken in two: the second line continues in lower case.
fn two_lines(text: &str) -> Option<String> {
    let (first, second) = text.split_once('\n').filter(|(_, s)| !s.contains('\n'))?;
    let joined = format!("{} {}", first.trim(), second.trim());
    (second.trim().starts_with(char::is_lowercase) && lines::is_title_case(&joined)).then_some(joined)
}

fn is_title(text: &str) -> bool {
    let opens = text.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
    let words = text.split_whitespace().count();
    let short = lines::cells(text) <= 60 && words <= 9;
    let enough = words >= 2 || !lines::has_case(text);
    let ended = text
        .ends_with(['.', ',', ';', ':', '…', '。', '，', '、', '：', '؛', '،', '”', '"', '»', ')', '-', '—']);
    let plain =
        !ended && !text.contains([':', '：', '|', '"', '“', '«', '@', '\n']) && !lines::has_inner_stop(text);
    opens
        && short
        && enough
        && plain
        && !captions::is_caption(text)
        && !text.chars().all(|c| !c.is_alphabetic())
}
