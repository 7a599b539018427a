//! The glyphs of a page with their places, in the order in which they are drawn.
//!
//! Coordinates are points from the page's upper left corner, after the page's rotation.

use super::{
    beside::{Beside, Marks},
    weight::Weights,
};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
    font::{Glyph as Drawn, GlyphRun},
    hayro_cmap::{BfString, WritingMode},
    hayro_syntax::object::{Dict, String as PdfString},
    kurbo::{BezPath, Point, Vec2},
};
use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

/// What stands for a glyph of which the file does not say which letter it is.
pub const UNKNOWN: char = '\u{fffd}';

/// The most glyphs that are read of one file.
pub const MOST_GLYPHS: usize = 4_000_000;

/// A glyph.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// Its letters; more than one for a ligature.
    pub text: String,
    /// Where its baseline begins.
    pub at: Point,
    /// From its baseline's beginning to its end.
    pub advance: Vec2,
    /// The size of the font.
    pub size: f64,
    /// How thick its strokes are, in thousandths of the size; `None` if it has no outline.
    pub weight: Option<f64>,
    /// How it is drawn.
    pub look: Look,
}

/// How a glyph is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Seen by readers.
    Seen,
    /// Drawn invisibly, as programs do that recognise letters in a picture.
    Invisible,
    /// In a part that the file marks as an artifact: a running head, a page number, a rule.
    Artifact,
    /// In what a desk wrote beside the article.
    Beside,
    /// In the number of a claim, which a desk wrote between words of the article.
    Number,
}

/// A device that collects glyphs and draws nothing.
pub struct Collector<'w> {
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// How many pictures are drawn.
    pub pictures: usize,
    /// Whether there were more glyphs than are read.
    pub overflowed: bool,
    weights: &'w mut Weights,
    left: usize,
    beside: Option<&'w Marks>,
    marks: Vec<Mark>,
    drawn: HashSet<(u64, i64, i64)>,
}

/// A marked part of the page's content.
struct Mark {
    look: Option<Look>,
    /// The words that stand for its glyphs.
    instead: Option<String>,
    /// The place of its first glyph.
    from: usize,
}

/// How deep marks are followed. What is nested deeper counts as unmarked.
const MOST_MARKS: usize = 256;

impl<'w> Collector<'w> {
    /// A device that collects at most `left` glyphs. `beside` are the marked parts beside the article.
    pub fn new(weights: &'w mut Weights, left: usize, beside: Option<&'w Marks>) -> Self {
        Self {
            glyphs: Vec::new(),
            pictures: 0,
            overflowed: false,
            weights,
            left,
            beside,
            marks: Vec::new(),
            drawn: HashSet::new(),
        }
    }

    /// Adds a glyph, unless the same one was just drawn there: bold letters and shadows are often drawn twice.
    fn add(&mut self, glyph: Glyph) {
        if self.glyphs.len() >= self.left {
            self.overflowed = true;
            return;
        }
        let letters = {
            let mut hasher = DefaultHasher::new();
            (&glyph.text, (glyph.size * 10.0) as i64).hash(&mut hasher);
            hasher.finish()
        };
        let cell = |v: f64| (v / (glyph.size * 0.06)).round() as i64;
        let (x, y) = (cell(glyph.at.x), cell(glyph.at.y));
        let near = [-1, 0, 1].into_iter().flat_map(|dx| [-1, 0, 1].map(|dy| (dx, dy)));
        let mut keys = near.map(|(dx, dy)| (letters, x.saturating_add(dx), y.saturating_add(dy)));
        if keys.any(|key| self.drawn.contains(&key)) {
            return;
        }
        self.drawn.insert((letters, x, y));
        self.glyphs.push(glyph);
    }

    /// Puts the words of a mark in the place of its glyphs: one glyph, if they are on one line; else the first has all words.
    fn say_instead(&mut self, mark: Mark) {
        let Some(words) = mark.instead.filter(|_| mark.from < self.glyphs.len()) else { return };
        let inside = self.glyphs.split_off(mark.from);
        match joined(&inside, &words) {
            Some(one) => self.glyphs.push(one),
            None => {
                let said = std::iter::once(words).chain(std::iter::repeat(String::new()));
                self.glyphs.extend(inside.into_iter().zip(said).map(|(g, text)| Glyph { text, ..g }));
            }
        }
    }
}

/// One glyph for some that are on one line: where the widest of them stands, since others may be accents above and below.
fn joined(glyphs: &[Glyph], words: &str) -> Option<Glyph> {
    let widest = glyphs.iter().max_by(|a, b| a.advance.hypot2().total_cmp(&b.advance.hypot2()))?;
    let along = (widest.advance.hypot() > 0.0).then(|| widest.advance.normalize())?;
    let is_off = |g: &&Glyph| (g.at - widest.at).cross(along).abs() > widest.size;
    if glyphs.iter().any(|g| is_off(&g)) {
        return None;
    }
    let ends = glyphs.iter().flat_map(|g| [g.at, g.at + g.advance]).map(|p| (p - widest.at).dot(along));
    let (from, to) = ends.fold((f64::MAX, f64::MIN), |(a, b), at| (a.min(at), b.max(at)));
    let (at, advance) = (widest.at + along * from, along * (to - from));
    Some(Glyph { text: words.to_owned(), at, advance, ..widest.clone() })
}

/// The letters of a glyph.
fn letters(glyph: &Drawn<'_>) -> Option<String> {
    match glyph.as_unicode()? {
        BfString::Char(c) => Some(c.to_string()),
        BfString::String(s) => Some(s),
    }
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let look = self.marks.iter().find_map(|m| m.look).unwrap_or(match mode {
            DrawMode::Invisible => Look::Invisible,
            _ => Look::Seen,
        });
        for glyph in run.glyphs() {
            let text = letters(glyph).unwrap_or_else(|| UNKNOWN.to_string());
            let place = props.transform * glyph.transform();
            let advance = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawn) => drawn.advance_width(),
            };
            let [a, b, c, d, ..] = place.as_coeffs();
            let along = match run.writing_mode() {
                WritingMode::Horizontal => Vec2::new(a, b) * f64::from(advance.unwrap_or(500.0)),
                WritingMode::Vertical => Vec2::new(-c, -d) * 1000.0,
            };
            let size = Vec2::new(c, d).hypot() * 1000.0;
            let at = place * Point::ZERO;
            let sane = at.is_finite() && along.is_finite() && (0.5..2000.0).contains(&size);
            if sane && at.x.abs() < 1e6 && at.y.abs() < 1e6 {
                let weight = self.weights.of(glyph);
                self.add(Glyph { text, at, advance: along, size, weight, look });
            }
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pictures = self.pictures.saturating_add(1);
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let words = properties.and_then(|p| p.get::<PdfString<'_>>("ActualText"));
        let instead = words.map(|w| super::strings::decode(w.as_bytes()));
        let number = properties.and_then(|p| p.get::<i32>("MCID"));
        let beside = number.and_then(|n| self.beside?.get(&n));
        let look = match beside {
            _ if tag == b"Artifact" => Some(Look::Artifact),
            Some(Beside::Section) => Some(Look::Beside),
            Some(Beside::Number) => Some(Look::Number),
            None => None,
        };
        if self.marks.len() < MOST_MARKS {
            self.marks.push(Mark { look, instead, from: self.glyphs.len() });
        }
    }

    fn end_marked_content(&mut self) {
        if let Some(mark) = self.marks.pop() {
            self.say_instead(mark);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
