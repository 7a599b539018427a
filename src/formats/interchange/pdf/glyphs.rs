//! Draws glyphs so that programs that take the words out of the document get whole words.
//!
//! A font in a PDF says for each glyph which characters it is for, once for the document. Where that does not hold, krilla adds
//! the words to the glyphs themselves (`ActualText`), cluster by cluster. Many programs end a word at each. A word with marks
//! above and below is therefore drawn as one piece that has its words (see [`super::laid::Piece::parts`]). Such pieces must
//! not have another one inside, or only the inner one is read. So its glyphs are given the characters that they have already.

use super::{fonts::Fonts, laid::Placed};
use krilla::{
    geom::Point,
    surface::Surface,
    text::{GlyphId, KrillaGlyph},
};
use std::{collections::HashMap, ops::Range};

/// Stands for nothing: the second glyph of a character.
const NOTHING: &str = "\u{200b}";

/// The fonts, and the characters that each glyph has so far.
pub struct Glyphs<'f> {
    fonts: &'f Fonts,
    known: HashMap<(usize, u32), String>,
}

/// Glyphs of one font and size.
pub struct Word<'w> {
    /// The number of the font.
    pub font: usize,
    /// The glyphs.
    pub glyphs: &'w [Placed],
    /// What they name parts of.
    pub text: &'w str,
    /// The size of the letters.
    pub size: f32,
    /// Whether its words are added to it, so that its glyphs need none.
    pub said: bool,
}

impl<'f> Glyphs<'f> {
    /// The fonts of a document in which nothing is drawn yet.
    pub fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, known: HashMap::new() }
    }

    /// Draws glyphs at a place, in the colour that is set.
    pub fn draw(&mut self, surface: &mut Surface, word: &Word, (x, y): (f32, f32)) {
        let Some(font) = self.fonts.get(word.font) else { return };
        let (text, places) = if word.said { self.own_text(word) } else { self.named(word) };
        let size = word.size;
        let glyph = |(g, named): (&Placed, Range<usize>)| {
            KrillaGlyph::new(GlyphId::new(g.id), g.advance / size, g.x / size, -g.y / size, 0.0, named, None)
        };
        let glyphs: Vec<_> = word.glyphs.iter().zip(places).map(glyph).collect();
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font.clone(), &text, size, false);
    }

    /// The text as it is. Each glyph takes the characters it is for, if it has none yet, except the second of a cluster.
    fn named(&mut self, word: &Word) -> (String, Vec<Range<usize>>) {
        let places: Vec<_> = word.glyphs.iter().map(|g| g.text.0 as usize..g.text.1 as usize).collect();
        let mut before = None;
        for (glyph, place) in word.glyphs.iter().zip(&places) {
            if before != Some(place) {
                let words = word.text.get(place.clone()).unwrap_or_default();
                self.known.entry((word.font, glyph.id)).or_insert_with(|| words.into());
            }
            before = Some(place);
        }
        (word.text.into(), places)
    }

    /// A text that has for each glyph, apart from the others, the characters it has already.
    fn own_text(&mut self, word: &Word) -> (String, Vec<Range<usize>>) {
        let mut text = String::new();
        let mut place = |g: &Placed| {
            let own = word.text.get(g.text.0 as usize..g.text.1 as usize).unwrap_or_default();
            let own = if own.is_empty() { NOTHING } else { own };
            let from = text.len();
            text += self.known.entry((word.font, g.id)).or_insert_with(|| own.into());
            from..text.len()
        };
        let places = word.glyphs.iter().map(&mut place).collect();
        (text, places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(id: u32, text: (u32, u32)) -> Placed {
        Placed { id, advance: 1.0, x: 0.0, y: 0.0, text }
    }

    #[test]
    fn a_glyph_in_a_word_that_is_said_keeps_the_characters_it_has() {
        let fonts = Fonts::of_system().expect("the system has fonts");
        let mut glyphs = Glyphs::new(&fonts);
        let word = |glyphs, said| Word { font: 0, glyphs, text: "ab", size: 1.0, said };
        let plain = [glyph(7, (0, 1)), glyph(8, (1, 2)), glyph(9, (1, 2))];
        let (text, _) = glyphs.named(&word(&plain, false));
        assert_eq!(text, "ab");
        let said = [glyph(8, (0, 1)), glyph(9, (1, 2)), glyph(5, (2, 2)), glyph(9, (0, 2))];
        let (text, places) = glyphs.own_text(&word(&said, true));
        let own: Vec<_> = places.into_iter().map(|p| &text[p]).collect();
        assert_eq!(own, ["b", "b", NOTHING, "b"]);
    }
}
