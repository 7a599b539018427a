//! Judges block by block which of a page's blocks are the article.

mod measure;
mod region;

use super::{
    blocks::{Block, Shape, weight},
    tree::Tree,
};
use measure::{Facts, Page};

/// What becomes of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the article.
    Taken,
    /// It is, as a caption.
    Caption,
    /// It is around the article.
    Furniture,
}

/// Judges the blocks of a page. `headline` is the place of the article's headline in them.
pub fn judge(tree: &Tree, blocks: &[Block], headline: Option<usize>) -> Vec<Verdict> {
    let page = Page::new(tree, blocks, headline);
    let region = region::of(&page);
    let mut taken: Vec<bool> = (0..blocks.len()).map(|at| is_taken(&page, &region, at, headline)).collect();
    headings(blocks, &mut taken);
    let verdict = |at: usize| match (taken[at], page.facts[at].caption) {
        (false, _) => Verdict::Furniture,
        (true, true) => Verdict::Caption,
        (true, false) => Verdict::Taken,
    };
    (0..blocks.len()).map(verdict).collect()
}

fn is_taken(page: &Page, region: &region::Region, at: usize, headline: Option<usize>) -> bool {
    let facts = &page.facts[at];
    let inside = region.contains(page, at) && headline.is_none_or(|h| at > h || !region.after_headline);
    inside && !facts.furniture && facts.density < 0.5 && is_prose(&page.blocks[at], facts)
}

fn is_prose(block: &Block, facts: &Facts) -> bool {
    match block.shape {
        Shape::Heading(_) | Shape::Item | Shape::Row | Shape::Caption | Shape::Preformatted => true,
        Shape::Paragraph => facts.weight >= 20 || facts.sentence || facts.paragraph,
    }
}

/// A heading counts only if words under it are taken.
fn headings(blocks: &[Block], taken: &mut [bool]) {
    let mut under: Option<usize> = None;
    for at in (0..blocks.len()).rev() {
        match blocks[at].shape {
            Shape::Heading(level) => {
                taken[at] &= under.is_some_and(|u| u == usize::MAX || level < u);
                if taken[at] {
                    under = Some(level);
                } else if !blocks[at].hidden {
                    under = under.filter(|u| *u != usize::MAX);
                }
            }
            _ if taken[at] => under = Some(usize::MAX),
            _ => {}
        }
    }
}

/// How much of a block is linked, from 0 to 1.
fn density(block: &Block) -> f32 {
    block.linked as f32 / weight(&block.text).max(1) as f32
}
