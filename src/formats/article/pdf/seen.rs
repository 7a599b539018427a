//! Which glyphs are the text that readers see. What is hidden, what the file itself marks as furniture, and what is turned against
//! the text is left out.

use super::{
    glyphs::{Glyph, Look},
    lines::{self, Line},
    page::Page,
};
use crate::model::{LeftOut, LeftOutReason, Origin};

/// Settles how each glyph looks, by what is around it.
pub fn mark(mut pages: Vec<Page>) -> Vec<Page> {
    let count =
        |pages: &[Page], look: Look| pages.iter().flat_map(|p| &p.glyphs).filter(|g| g.look == look).count();
    // A file that marks most of its text as artifacts marks nothing.
    if count(&pages, Look::Artifact) > count(&pages, Look::Seen) {
        change(&mut pages, Look::Artifact, Look::Seen);
    }
    for page in &mut pages {
        // Invisible letters over a picture are what a program recognised in it.
        let own = std::slice::from_mut(page);
        if count(own, Look::Invisible) > count(own, Look::Seen) {
            change(own, Look::Invisible, Look::Seen);
        }
        let extent = page.extent;
        for glyph in page.glyphs.iter_mut().filter(|g| is_outside(g, extent)) {
            glyph.look = Look::Invisible;
        }
    }
    pages
}

fn change(pages: &mut [Page], from: Look, to: Look) {
    for glyph in pages.iter_mut().flat_map(|p| &mut p.glyphs).filter(|g| g.look == from) {
        glyph.look = to;
    }
}

fn is_outside(glyph: &Glyph, (width, height): (f64, f64)) -> bool {
    let middle = glyph.at.midpoint(glyph.at + glyph.advance);
    middle.x < 0.0 || middle.y < 0.0 || middle.x > width || middle.y > height + glyph.size
}

/// The lines of each page that are its text, and what is left out.
pub fn lines(pages: &[Page]) -> (Vec<Vec<Line>>, Vec<LeftOut>) {
    let (mut all, mut out) = (Vec::new(), Vec::new());
    for page in pages {
        let (along, turned) = lines::of_page(page);
        out.extend(turned.iter().map(|l| left_out(l, LeftOutReason::Furniture)));
        let mut text = Vec::new();
        for line in along {
            match line.look {
                Look::Seen => text.push(line),
                Look::Artifact => out.push(left_out(&line, LeftOutReason::Furniture)),
                Look::Invisible => out.push(left_out(&line, LeftOutReason::Hidden)),
                Look::Beside | Look::Number => out.push(left_out(&line, LeftOutReason::Checked)),
            }
        }
        all.push(text);
    }
    (all, out)
}

/// A line that is left out.
pub fn left_out(line: &Line, why: LeftOutReason) -> LeftOut {
    LeftOut { from: Origin::Page(line.page), text: line.text.clone(), why }
}
