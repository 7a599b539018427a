//! Places lines on pages. A heading stays with what follows, and no page begins or ends with a single line of a paragraph.

use super::{
    block::{Block, Role},
    laid::Laid,
    sizes::{BOTTOM, Setting, TOP},
};
use std::mem::discriminant;

/// Where everything is.
pub struct Pages {
    /// The lines of each page.
    pub pages: Vec<Vec<Spot>>,
    /// Where each block begins: its page, and how far from the upper edge.
    pub starts: Vec<(usize, f32)>,
}

/// A line on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The number of its block.
    pub block: usize,
    /// The number of the line in its block.
    pub line: usize,
    /// How far the top of its block is from the upper edge of the page; negative if the block began earlier.
    pub shift: f32,
}

/// Places all blocks, in order.
pub fn place(blocks: &[Block], laid: &[Laid]) -> Pages {
    let mut placer = Placer { pages: vec![Vec::new()], starts: Vec::new(), y: TOP, gap: 0.0 };
    let both: Vec<(&Block, &Laid)> = blocks.iter().zip(laid).collect();
    for at in 0..both.len() {
        placer.block(&both, at);
    }
    Pages { pages: placer.pages, starts: placer.starts }
}

struct Placer {
    pages: Vec<Vec<Spot>>,
    starts: Vec<(usize, f32)>,
    /// The end of what is on the page.
    y: f32,
    /// The space below the last block.
    gap: f32,
}

impl Placer {
    fn block(&mut self, both: &[(&Block, &Laid)], at: usize) {
        let Some((block, laid)) = both.get(at) else { return };
        let setting = Setting::of(block.role);
        let before = self.gap.max(setting.before).max(apart(both, at));
        if !self.is_fresh() && self.y + before + needed(both, at) > BOTTOM {
            self.turn();
        }
        let top = if self.is_fresh() { self.y } else { self.y + before };
        self.starts.push((self.pages.len() - 1, top));
        let mut shift = top;
        let mut end = top;
        for (line, l) in laid.lines.iter().enumerate() {
            let over = shift + l.top + l.height > BOTTOM + 0.01;
            if !self.is_fresh() && (over || self.leaves_one(laid, line, shift)) {
                self.turn();
                shift = TOP - l.top;
            }
            self.put(Spot { block: at, line, shift });
            end = shift + l.top + l.height;
            self.y = self.y.max(end);
        }
        self.y = self.y.max(end);
        self.gap = setting.after;
    }

    /// Whether the line is the last but one of three or more, and the last one would be alone on the next page.
    fn leaves_one(&self, laid: &Laid, line: usize, shift: f32) -> bool {
        let (Some(this), Some(last)) = (laid.lines.get(line), laid.lines.last()) else { return false };
        laid.flows.len() == 1
            && line >= 2
            && line + 2 == laid.lines.len()
            && shift + last.top + last.height > BOTTOM + 0.01
            && shift + this.top > TOP
    }

    fn is_fresh(&self) -> bool {
        self.pages.last().is_none_or(Vec::is_empty)
    }

    fn put(&mut self, spot: Spot) {
        if let Some(page) = self.pages.last_mut() {
            page.push(spot);
        }
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        (self.y, self.gap) = (TOP, 0.0);
    }
}

/// The least space above a block that is the first after a list or a table.
fn apart(both: &[(&Block, &Laid)], at: usize) -> f32 {
    let role = |at: usize| both.get(at).map(|(b, _)| discriminant(&b.role));
    let before = at.checked_sub(1).and_then(|n| both.get(n)).map(|(b, _)| b.role);
    let group = matches!(before, Some(Role::Item(..) | Role::Row));
    let ends = group && at.checked_sub(1).and_then(role) != role(at);
    if ends { Setting::of(Role::Paragraph).after } else { 0.0 }
}

/// The height that a block needs to begin on a page: two lines, or all of it where it must stay together, and the beginning of
/// what it stays with.
fn needed(both: &[(&Block, &Laid)], at: usize) -> f32 {
    const LONGEST: usize = 6;
    let mut sum = 0.0;
    for (block, laid) in both.iter().skip(at).take(LONGEST) {
        let setting = Setting::of(block.role);
        let whole = laid.lines.iter().map(|l| l.top + l.height).fold(0.0, f32::max);
        let together = setting.with_next || block.role == Role::Row || laid.lines.len() <= 3;
        let begin = if together { whole } else { 2.0 * setting.leading };
        // What is higher than a page begins anywhere.
        sum += begin.min(0.5 * (BOTTOM - TOP));
        if !setting.with_next {
            break;
        }
        sum += setting.after;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::interchange::pdf::{
        block::Run,
        laid::{Flow, Line},
    };

    fn of(role: Role, lines: usize) -> (Block, Laid) {
        let setting = Setting::of(role);
        let line = |n: usize| Line {
            flow: 0,
            top: n as f32 * setting.leading,
            baseline: 0.0,
            height: setting.leading,
            pieces: Vec::new(),
        };
        let flows = vec![Flow { text: String::new(), x: 0.0, width: 1.0, rtl: false }];
        (Block::of(role, vec![Run::of("x")]), Laid { flows, lines: (0..lines).map(line).collect() })
    }

    fn placed(all: Vec<(Block, Laid)>) -> Pages {
        let (blocks, laid): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        place(&blocks, &laid)
    }

    /// How many lines of body text fit on a page.
    fn fitting() -> usize {
        ((BOTTOM - TOP) / Setting::of(Role::Paragraph).leading) as usize
    }

    #[test]
    fn every_line_is_on_a_page_once_and_inside_the_margins() {
        let all: Vec<_> = (1..60).map(|n| of(Role::Paragraph, n % 11 + 1)).collect();
        let count: usize = all.iter().map(|(_, l)| l.lines.len()).sum();
        let tops: Vec<Vec<f32>> = all.iter().map(|(_, l)| l.lines.iter().map(|l| l.top).collect()).collect();
        let pages = placed(all);
        let spots: Vec<_> = pages.pages.iter().flatten().collect();
        assert_eq!(spots.len(), count);
        for s in spots {
            let top = s.shift + tops[s.block][s.line];
            assert!(top >= TOP - 0.01 && top + 16.5 <= BOTTOM + 0.1, "{s:?} at {top}");
        }
    }

    #[test]
    fn a_heading_moves_to_the_page_of_its_text() {
        let pages =
            placed(vec![of(Role::Paragraph, fitting() - 3), of(Role::Heading(2), 1), of(Role::Paragraph, 4)]);
        assert_eq!(pages.starts.iter().map(|s| s.0).collect::<Vec<_>>(), [0, 1, 1]);
    }

    #[test]
    fn no_line_of_a_paragraph_is_alone_on_a_page() {
        for before in fitting() - 8..fitting() {
            let pages = placed(vec![of(Role::Paragraph, before), of(Role::Paragraph, 5)]);
            for page in &pages.pages {
                let count = page.iter().filter(|s| s.block == 1).count();
                assert_ne!(count, 1, "after {before} lines");
            }
        }
    }

    #[test]
    fn a_paragraph_of_many_pages_ends() {
        let pages = placed(vec![of(Role::Entry, 1000), of(Role::Row, 500)]);
        assert!(pages.pages.len() > 25);
    }
}
