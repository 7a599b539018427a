//! How thick the strokes of glyphs are, measured on their outlines. Names of fonts do not say it reliably.

use hayro_interpret::{
    font::Glyph,
    kurbo::{BezPath, Shape},
};
use std::collections::HashMap;

/// The thickness of glyphs that were measured, by the identifier of the outline.
#[derive(Default)]
pub struct Weights(HashMap<u128, Option<f64>>);

/// The most outlines that are measured. Files with more have the scripts of East Asia, in which headings differ by size.
const MOST: usize = 20_000;

/// The most pieces of an outline that are measured.
const MOST_PIECES: usize = 2_000;

impl Weights {
    /// The thickness of a glyph's strokes, in thousandths of the size of the font; `None` if it has no outline.
    pub fn of(&mut self, glyph: &Glyph<'_>) -> Option<f64> {
        let Glyph::Outline(outline) = glyph else { return None };
        let key = outline.identifier().cache_key();
        if let Some(known) = self.0.get(&key) {
            return *known;
        }
        if self.0.len() >= MOST {
            return None;
        }
        let measured = thickness(&outline.outline());
        self.0.insert(key, measured);
        measured
    }
}

/// The mean thickness of an outline: twice its area for each unit of its edge.
fn thickness(outline: &BezPath) -> Option<f64> {
    if outline.elements().len() > MOST_PIECES {
        return None;
    }
    let edge = outline.perimeter(1.0);
    let thick = 2.0 * outline.area().abs() / edge;
    (edge > 0.0 && thick.is_finite()).then_some(thick)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro_interpret::kurbo::Rect;

    #[test]
    fn a_thicker_stroke_has_more_weight_and_nothing_has_none() {
        let stroke = |width: f64| thickness(&Rect::new(0.0, 0.0, width, 700.0).to_path(0.1)).unwrap();
        assert!(stroke(150.0) > 1.4 * stroke(90.0));
        assert_eq!(thickness(&BezPath::new()), None);
    }
}
