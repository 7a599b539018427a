//! Glyphs on the axes of their text: x along the line, y from line to line. So turned pages are read like upright ones.

use super::glyphs::{Glyph, Look};
use hayro_interpret::kurbo::Point;

/// A glyph on the axes of its text.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its letters.
    pub text: String,
    /// Where it begins and ends along the line.
    pub x: (f64, f64),
    /// Its baseline.
    pub y: f64,
    /// The size of the font.
    pub size: f64,
    /// How thick its strokes are.
    pub weight: Option<f64>,
    /// Its look.
    pub look: Look,
    /// A point in its middle, on the page.
    pub middle: Point,
}

/// Which way a glyph runs: 0 to the right, 1 down, 2 to the left, 3 up.
pub fn direction(glyph: &Glyph) -> u8 {
    let along = glyph.advance;
    match (along.x.abs() >= along.y.abs(), along.x >= 0.0, along.y > 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    }
}

/// A glyph on the axes of text that runs in that direction.
pub fn place(glyph: &Glyph, direction: u8) -> Placed {
    let end = glyph.at + glyph.advance;
    let axes = |p: Point| match direction {
        0 => (p.x, p.y),
        1 => (p.y, -p.x),
        2 => (-p.x, -p.y),
        _ => (-p.y, p.x),
    };
    let ((x0, y), (x1, _)) = (axes(glyph.at), axes(end));
    Placed {
        text: glyph.text.clone(),
        x: (x0, x1.max(x0)),
        y,
        size: glyph.size,
        weight: glyph.weight,
        look: glyph.look,
        middle: glyph.at.midpoint(end),
    }
}
