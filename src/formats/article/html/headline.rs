//! Which block is the article's headline.

use super::{
    about::{letters, nearest},
    blocks::{Block, Shape, weight},
};

/// The headline of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Headline {
    /// The block that shows it; `None` if no block does.
    pub at: Option<usize>,
    /// Its words; `None` if the page has none.
    pub text: Option<String>,
}

/// The longest headline, in the unit of [`weight`].
const LONGEST: usize = 400;

/// Finds the headline: the block with the words of one of `titles`, the heading that is most like them, or the only `h1`.
pub fn of(blocks: &[Block], titles: &[String]) -> Headline {
    let same = titles.iter().find_map(|title| same(blocks, title));
    let at = same.or_else(|| alike(blocks, titles)).or_else(|| only(blocks));
    let shown = at.and_then(|at| blocks.get(at)).map(|b| b.text.replace('\n', " "));
    let text = match (titles.first(), shown) {
        (Some(stated), Some(shown)) if letters(stated) != letters(&shown) => Some(stated.clone()),
        (stated, shown) => shown.or_else(|| stated.cloned()),
    };
    Headline { at, text }
}

/// The block with exactly these words: one before prose, then a heading of the highest level, else the first.
fn same(blocks: &[Block], title: &str) -> Option<usize> {
    let wanted = letters(title);
    let found = blocks.iter().enumerate().filter(|(_, b)| can_be(b) && letters(&b.text) == wanted);
    found.min_by_key(|(at, b)| (level(b) > 6, !is_before_prose(blocks, *at), level(b), *at)).map(|(at, _)| at)
}

/// How many blocks after a headline are searched for prose.
const NEAR: usize = 20;

/// Whether prose begins soon after a block. The path to a page ends with its headline too, and there menus follow.
fn is_before_prose(blocks: &[Block], at: usize) -> bool {
    let prose = |b: &Block| {
        let weight = weight(&b.text);
        b.shape == Shape::Paragraph && !b.is_beside() && weight >= 80 && b.linked * 2 < weight
    };
    blocks.iter().skip(at + 1).take(NEAR).any(prose)
}

fn can_be(block: &Block) -> bool {
    let leads_there = level(block) > 6 && block.linked * 2 > weight(&block.text);
    !block.is_beside()
        && !leads_there
        && !block.text.is_empty()
        && block.text.len() < LONGEST * 4
        && !block.text.contains('\n')
        && !matches!(block.shape, Shape::Item | Shape::Row)
}

fn level(block: &Block) -> usize {
    match block.shape {
        Shape::Heading(level) => level,
        _ => 7,
    }
}

/// The heading that shares most words with a title, if it is half or more. One of the first level needs less.
fn alike(blocks: &[Block], titles: &[String]) -> Option<usize> {
    let score = |b: &Block| {
        let near = titles.iter().map(|t| nearest(&b.text, t)).fold(0.0, f32::max);
        match level(b) {
            1 => near + 0.15,
            2 => near,
            _ => near - 0.15,
        }
    };
    let headings = blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| can_be(b) && level(b) < 5 && weight(&b.text) < LONGEST)
        .take(500);
    let scored = headings.map(|(at, b)| (at, score(b))).filter(|(_, score)| *score >= 0.5);
    scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(at, _)| at)
}

/// The only heading of the first level.
fn only(blocks: &[Block]) -> Option<usize> {
    let mut first =
        blocks.iter().enumerate().filter(|(_, b)| can_be(b) && level(b) == 1 && weight(&b.text) >= 8);
    let found = first.next()?;
    first.next().is_none().then_some(found.0)
}
