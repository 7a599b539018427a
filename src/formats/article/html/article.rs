//! Judges block by block which of a page's blocks are the article.

mod edges;
mod measure;
mod region;

use super::{
    blocks::{Block, Shape, weight},
    headline::Headline,
    tree::Tree,
};
use measure::{Facts, Page};
use region::Region;

/// What becomes of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the headline.
    Headline,
    /// It is in the article.
    Taken,
    /// It is, as a caption.
    Caption,
    /// It is around the article.
    Furniture,
}

/// Judges the blocks of a page.
pub fn judge(tree: &Tree, blocks: &[Block], headline: &Headline) -> Vec<Verdict> {
    let page = Page::new(tree, blocks, headline.at);
    let region = region::of(&page);
    let mut taken: Vec<bool> = (0..blocks.len()).map(|at| is_taken(&page, &region, at)).collect();
    if !taken.contains(&true) {
        taken = page.facts.iter().map(|f| !f.furniture).collect();
    }
    if !taken.contains(&true) {
        taken = blocks.iter().map(|b| !b.hidden).collect();
    }
    edges::lead(&page, &mut taken);
    headings(blocks, &mut taken);
    let verdict = |at: usize| match (taken[at], page.facts[at].caption) {
        _ if headline.at == Some(at) => Verdict::Headline,
        (false, _) => Verdict::Furniture,
        (true, true) => Verdict::Caption,
        (true, false) => Verdict::Taken,
    };
    (0..blocks.len()).map(verdict).collect()
}

fn is_taken(page: &Page, region: &Region, at: usize) -> bool {
    let facts = &page.facts[at];
    let after = page.headline.is_none_or(|h| at > h);
    let prose = is_prose(&page.blocks[at], facts);
    region.contains(page, at) && after && !facts.furniture && facts.density < facts.most_linked() && prose
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
