//! What is set: lines of glyphs at places.

/// A block that is set.
pub struct Laid {
    /// Its flows of words: the label if it has one, then its cells.
    pub flows: Vec<Flow>,
    /// All lines of all flows, from the top.
    pub lines: Vec<Line>,
}

/// One flow of words in a block.
pub struct Flow {
    /// The words, which the glyphs name parts of.
    pub text: String,
    /// Where it begins, from the left edge of the column.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// Whether it is read from the right.
    pub rtl: bool,
}

/// A line. Its distances are from the top of the block.
pub struct Line {
    /// The flow it is in.
    pub flow: usize,
    /// Where it begins.
    pub top: f32,
    /// Where its letters are.
    pub baseline: f32,
    /// From its beginning to the next line.
    pub height: f32,
    /// Its glyphs from left to right.
    pub pieces: Vec<Piece>,
}

/// Glyphs of one font and one run of the flow.
pub struct Piece {
    /// The number of the font; nothing for characters that no font has.
    pub font: Option<usize>,
    /// The size of the letters.
    pub size: f32,
    /// The number of the run in its flow.
    pub run: u16,
    /// Where it begins, from the left edge of the flow.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// Its width without blanks at its end.
    pub inked: f32,
    /// The glyphs from left to right.
    pub glyphs: Vec<Placed>,
    /// Whether it has letters whose marks are glyphs of their own.
    pub marked: bool,
}

impl Piece {
    /// The parts to draw one after the other: where each begins, its glyphs, and what to read for them if the glyphs do
    /// not say it: the character of a box, a word with marks above and below. Without it, programs that take the words out
    /// of a document end a word at each mark.
    pub fn parts(&self, text: &str) -> Vec<(f32, &[Placed], Option<String>)> {
        let word = |g: &Placed| text.get(g.text.0 as usize..g.text.1 as usize).unwrap_or_default();
        if self.font.is_none() {
            return vec![(self.x, &self.glyphs, Some(self.glyphs.iter().map(word).collect()))];
        }
        if !self.marked {
            return vec![(self.x, &self.glyphs, None)];
        }
        let blank = |g: &Placed| word(g).chars().all(char::is_whitespace);
        let mut x = self.x;
        let chunks = self.glyphs.chunk_by(|a, b| blank(a) == blank(b));
        let part = |glyphs: &'_ [Placed]| {
            let from = x;
            x += glyphs.iter().map(|g| g.advance).sum::<f32>();
            let said = glyphs.first().is_some_and(|g| !blank(g)).then(|| glyphs.iter().map(word).collect());
            (from, said)
        };
        let places: Vec<_> = chunks.clone().map(part).collect();
        chunks.zip(places).map(|(glyphs, (from, said))| (from, glyphs, said)).collect()
    }
}

/// A glyph.
#[derive(Clone, Copy)]
pub struct Placed {
    /// Its number in the font.
    pub id: u32,
    /// How far the next glyph is.
    pub advance: f32,
    /// How far it is from its place, to the right.
    pub x: f32,
    /// And downwards.
    pub y: f32,
    /// The part of the text it is for, in bytes.
    pub text: (u32, u32),
}
