//! What belongs to an article at its beginning and its end, outside of the element with its words.

use super::{
    measure::{Facts, Page},
    notes,
    region::Region,
};
use crate::{
    formats::article::{
        html::blocks::{Block, Shape},
        plain,
    },
    model::LeftOutReason,
};
use std::collections::HashMap;

/// How many blocks after the headline are searched for its introduction.
const NEAR: usize = 25;

/// Takes the introduction: sentences and captions between the headline and the first words that are taken. Returns the places of
/// the sentences.
pub fn lead(page: &Page, taken: &mut [bool]) -> Vec<usize> {
    let Some(headline) = page.headline else { return Vec::new() };
    let words = |at: &usize| {
        taken[*at] && !page.facts[*at].caption && !matches!(page.blocks[*at].shape, Shape::Heading(_))
    };
    let first = (headline..taken.len()).find(words).unwrap_or(0);
    let near = if first > headline + NEAR { headline } else { first };
    let named = |at: usize| page.facts[at].lead && !page.facts[at].furniture && !taken[at];
    let places = (headline + 1..taken.len().min(headline + NEAR)).filter(|at| *at < near || named(*at));
    let all: Vec<usize> = places.filter(|at| is_lead(&page.blocks[*at], &page.facts[*at])).collect();
    all.iter().for_each(|at| taken[*at] = true);
    all.into_iter().filter(|at| !page.facts[*at].caption).collect()
}

fn is_lead(block: &Block, facts: &Facts) -> bool {
    let words = matches!(block.shape, Shape::Paragraph | Shape::Heading(_) | Shape::Caption);
    let enough = match (facts.lead, facts.caption) {
        (true, _) => facts.weight >= 30,
        (false, true) => facts.weight >= 30 && !notes::is_credit(&block.text),
        (false, false) => facts.weight >= 50 && (facts.sentence || facts.weight >= 70),
    };
    words && enough && !facts.outside && facts.density < 0.3 && !notes::leads_away(&block.text)
}

/// Drops introductions whose words come again. Returns their places.
pub fn repeats(page: &Page, lead: &[usize], taken: &mut [bool]) -> Vec<usize> {
    let text = |at: usize| page.blocks[at].text.as_str();
    let mut last = HashMap::new();
    for at in (0..taken.len()).filter(|at| taken[*at]) {
        last.insert(text(at), at);
    }
    let again = |at: &usize| last.get(text(*at)).is_some_and(|l| l > at);
    let found: Vec<usize> = lead.iter().copied().filter(again).collect();
    found.iter().for_each(|at| taken[*at] = false);
    found
}

/// Drops short words without a sentence behind the last words that are surely the article's.
pub fn tail(page: &Page, taken: &mut [bool]) {
    let sure = |at: &usize| {
        let facts = &page.facts[*at];
        let shape = page.blocks[*at].shape;
        taken[*at]
            && (facts.sentence && facts.weight >= 40
                || matches!(shape, Shape::Item | Shape::Row | Shape::Preformatted))
    };
    let Some(last) = (0..taken.len()).rev().find(sure) else { return };
    for (taken, facts) in taken.iter_mut().zip(&page.facts).skip(last + 1) {
        *taken &= facts.caption || facts.sentence || facts.weight >= 40;
    }
}

/// Why lines at the beginning and the end that only say when and by whom the article was written are left out.
pub fn details(page: &Page, taken: &mut [bool]) -> Vec<(usize, LeftOutReason)> {
    let prose = |at: &usize| taken[*at] && page.facts[*at].sentence && page.facts[*at].weight >= 100;
    let Some(first) = (0..taken.len()).find(prose) else { return Vec::new() };
    let last = (0..taken.len()).rev().find(prose).unwrap_or(first);
    let outside = (0..first).chain(last + 1..taken.len());
    let short = outside.filter(|at| {
        taken[*at] && page.facts[*at].weight < 120 && page.blocks[*at].shape == Shape::Paragraph
    });
    let why = |text: &str| plain::detail(text).or_else(|| dated(text));
    let mut found: Vec<_> = short.filter_map(|at| Some((at, why(&page.blocks[at].text)?))).collect();
    let helped = |at: &usize| taken[*at] && notes::names_contributors(&page.blocks[*at].text);
    found.extend((first..taken.len()).filter(helped).map(|at| (at, LeftOutReason::Byline)));
    found.iter().for_each(|(at, _)| taken[*at] = false);
    found
}

/// Why a line with a name of a few words before a date is left out.
fn dated(text: &str) -> Option<LeftOutReason> {
    let after = |(at, _): (usize, char)| text.get(at + 1..).and_then(plain::moment);
    let blanks = text.char_indices().filter(|(_, c)| *c == ' ').take(3);
    blanks.filter_map(after).next().map(|_| LeftOutReason::Date)
}

/// The most items of a list of links that is a part of the article.
const FEW: usize = 3;

/// Takes short lists of links between paragraphs that are taken, if the article goes on behind them: they belong to what is said there.
pub fn inserted(page: &Page, region: &Region, taken: &mut [bool]) {
    let shown: Vec<usize> = (0..taken.len())
        .filter(|at| !page.blocks[*at].is_beside() && !page.blocks[*at].text.is_empty())
        .collect();
    let loose = |at: usize| {
        page.blocks[at].shape == Shape::Item
            && !taken[at]
            && !page.facts[at].furniture
            && region.contains(page, at)
    };
    let said = |n: Option<&usize>| {
        let words = |at: usize| matches!(page.blocks[at].shape, Shape::Paragraph | Shape::Heading(_));
        n.is_some_and(|at| taken[*at] && words(*at))
    };
    let prose = |at: &usize| taken[*at] && page.facts[*at].sentence && page.facts[*at].weight >= 80;
    let last = (0..taken.len()).rev().find(prose);
    let mut found = Vec::new();
    let mut from = 0;
    while from < shown.len() {
        let run = shown[from..].iter().take_while(|at| loose(**at)).count();
        let around = from > 0 && said(shown.get(from - 1)) && said(shown.get(from + run));
        let around = around && shown.get(from + run).is_some_and(|next| Some(*next) <= last);
        if (1..=FEW).contains(&run) && around {
            found.extend_from_slice(&shown[from..from + run]);
        }
        from += run + 1;
    }
    found.into_iter().for_each(|at| taken[at] = true);
}

/// Takes pictures without words that are in the article: before some of its words and behind others or the headline.
pub fn pictures(page: &Page, region: &Region, taken: &mut [bool]) {
    let Some(last) = taken.iter().rposition(|t| *t) else { return };
    let first = taken.iter().position(|t| *t).unwrap_or(0);
    let from = page.headline.map_or(first, |h| h.min(first));
    for (at, taken) in taken.iter_mut().enumerate().take(last).skip(from) {
        let picture = page.blocks[at].text.is_empty() && !page.facts[at].furniture;
        *taken |= picture && region.contains(page, at);
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
                } else if !blocks[at].is_beside() {
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
