//! What belongs to an article at its beginning and its end, outside of the element with its words.

use super::measure::Page;
use crate::formats::article::html::blocks::{Block, Shape};

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
        let enough = match facts.lead {
            true => facts.weight >= 30,
            false => !facts.furniture && facts.weight >= 50 && (facts.sentence || facts.weight >= 70),
        };
        if words && enough && !block.hidden && !facts.caption && facts.density < 0.3 {
            taken[at] = true;
        }
    }
}

/// A heading counts only if words under it are taken, and a linked one only if they follow at once.
pub fn headings(blocks: &[Block], taken: &mut [bool]) {
    let mut under: Option<usize> = None;
    for at in (0..blocks.len()).rev() {
        match blocks[at].shape {
            Shape::Heading(level) => {
                taken[at] &= under.is_some_and(|u| u == WORDS || level < u);
                if taken[at] {
                    under = Some(level);
                } else if !blocks[at].hidden {
                    under = under.filter(|u| *u != WORDS);
                }
            }
            _ if taken[at] => under = Some(WORDS),
            _ => {}
        }
    }
}

/// Words under a heading, as the level of a heading that is below all others.
const WORDS: usize = usize::MAX;
