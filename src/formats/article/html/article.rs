//! Judges block by block which of a page's blocks are the article.

mod edges;
mod measure;
mod notes;
mod region;

use super::{
    blocks::{Block, Shape},
    headline::Headline,
    tree::Tree,
};
use crate::model::LeftOutReason;
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
    /// It is, as its introduction.
    Standfirst,
    /// It says what is in the article's details, or in its words already.
    Detail(LeftOutReason),
    /// It is around the article.
    Furniture,
}

/// Judges the blocks of a page.
pub fn judge(tree: &Tree, blocks: &[Block], headline: &Headline) -> Vec<Verdict> {
    let page = Page::new(tree, blocks, headline.at);
    let region = region::of(&page);
    let mut taken: Vec<bool> = (0..blocks.len()).map(|at| is_taken(&page, &region, at)).collect();
    let lead = edges::lead(&page, &mut taken);
    edges::tail(&page, &mut taken);
    let details = edges::details(&page, &mut taken);
    let repeats = edges::repeats(&page, &lead, &mut taken);
    if !taken.contains(&true) {
        taken = page.facts.iter().map(|f| !f.furniture).collect();
    }
    if !taken.contains(&true) {
        taken = blocks.iter().map(|b| !b.is_beside()).collect();
    }
    edges::inserted(&page, &region, &mut taken);
    edges::headings(blocks, &mut taken);
    edges::pictures(&page, &region, &mut taken);
    let mut verdicts: Vec<Verdict> = taken
        .iter()
        .zip(&page.facts)
        .map(|(taken, facts)| match (taken, facts.caption) {
            (false, _) => Verdict::Furniture,
            (true, true) => Verdict::Caption,
            (true, false) => Verdict::Taken,
        })
        .collect();
    lead.into_iter().for_each(|at| verdicts[at] = Verdict::Standfirst);
    details.into_iter().for_each(|(at, why)| verdicts[at] = Verdict::Detail(why));
    repeats.into_iter().for_each(|at| verdicts[at] = Verdict::Detail(LeftOutReason::Repeat));
    headline.at.and_then(|at| verdicts.get_mut(at)).into_iter().for_each(|v| *v = Verdict::Headline);
    verdicts
}

fn is_taken(page: &Page, region: &Region, at: usize) -> bool {
    let (block, facts) = (&page.blocks[at], &page.facts[at]);
    let after = page.headline.is_none_or(|h| at > h);
    if block.text.is_empty() {
        return false;
    }
    let linked = facts.density > facts.most_linked(block.shape);
    let short = facts.weight < 350;
    let away = short && (notes::leads_away(&block.text) || notes::asks_to_subscribe(&block.text))
        || notes::is_credit(&block.text);
    region.contains(page, at) && after && !facts.furniture && !linked && !away && is_prose(block, facts)
}

/// Whether a block has words that are of an article.
fn is_prose(block: &Block, facts: &Facts) -> bool {
    match block.shape {
        Shape::Heading(_) | Shape::Item | Shape::Row | Shape::Caption | Shape::Preformatted => true,
        Shape::Paragraph => facts.weight >= 20 || facts.sentence || facts.paragraph,
    }
}
