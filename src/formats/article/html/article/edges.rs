//! What belongs to an article at its beginning and its end, outside of the element with its words.

use super::measure::Page;
use crate::formats::article::html::blocks::Shape;

/// How many blocks after the headline are searched for its introduction.
const NEAR: usize = 25;

/// Takes the introduction: sentences between the headline and the first words that are taken.
pub fn lead(page: &Page, taken: &mut [bool]) {
    let Some(headline) = page.headline else { return };
    let first = taken.iter().position(|t| *t).unwrap_or(0);
    if first <= headline || first - headline > NEAR {
        return;
    }
    for at in headline + 1..first {
        let (block, facts) = (&page.blocks[at], &page.facts[at]);
        let words = matches!(block.shape, Shape::Paragraph | Shape::Heading(_));
        let enough = facts.weight >= 50 && (facts.sentence || facts.weight >= 70);
        if words && enough && !facts.furniture && facts.density < 0.3 {
            taken[at] = true;
        }
    }
}
