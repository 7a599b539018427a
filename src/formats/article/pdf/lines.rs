//! Glyphs become lines: those that stand on one baseline, near each other. The words follow from the glyphs' blanks and gaps.

use super::{
    glyphs::Look,
    middle::middle,
    order,
    page::Page,
    placed::{Placed, direction, place},
};
use crate::formats::article::plain::is_unspaced;
use hayro_interpret::kurbo::Rect;
use std::ops::Range;

/// A line, or a part of one that a wide gap sets apart. Coordinates are points; lines run along x and follow each other along y.
#[derive(Clone, Debug)]
pub struct Line {
    /// The page's number.
    pub page: usize,
    /// Its words.
    pub text: String,
    /// Where it begins and ends along x.
    pub x: (f64, f64),
    /// Its baseline.
    pub y: f64,
    /// How wide its first word is.
    pub first: f64,
    /// The size of most of its letters.
    pub size: f64,
    /// How thick the strokes of its letters are, in thousandths of the size.
    pub weight: f64,
    /// How it is drawn.
    pub look: Look,
    /// The links in it, in bytes of the text.
    pub links: Vec<(Range<usize>, String)>,
    /// The parts that wide gaps set apart, from left to right.
    pub cells: Vec<Cell>,
    /// Whether it is a row of a table.
    pub is_row: bool,
}

/// A part of a line.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Where it begins and ends along x.
    pub x: (f64, f64),
    /// Where it begins in the line's text, in bytes.
    pub start: usize,
}

/// Parts of lines: glyphs in drawing order.
struct Part {
    glyphs: Vec<Placed>,
    x: (f64, f64),
    y: f64,
    size: f64,
    look: Look,
}

/// The widest gap inside a part of a line, in sizes of the font.
const WIDEST: f64 = 1.0;

/// The lines of a page in drawing order, and what is turned against them.
pub fn of_page(page: &Page) -> (Vec<Line>, Vec<Line>) {
    let directions: Vec<u8> = page.glyphs.iter().map(direction).collect();
    let mut counts = [0usize; 4];
    for (glyph, d) in page.glyphs.iter().zip(&directions) {
        if let Some(count) = counts.get_mut(usize::from(*d)).filter(|_| !glyph.text.trim().is_empty()) {
            *count += 1;
        }
    }
    let main = (0..4u8).max_by_key(|d| (counts.get(usize::from(*d)).copied(), 3 - d)).unwrap_or(0);
    let letters = page.glyphs.iter().filter(|g| order::reads_from_right(&g.text)).count();
    let others = page.glyphs.iter().filter(|g| g.text.chars().all(char::is_alphabetic)).count();
    let right = letters * 2 > others;
    let lines = |of: u8| {
        let glyphs = page.glyphs.iter().zip(&directions).filter(|(_, d)| **d == of);
        let placed = glyphs.map(|(g, _)| place(g, of)).collect();
        parts(placed).into_iter().filter_map(|p| line(p, page, right)).collect::<Vec<_>>()
    };
    let turned = (0..4u8).filter(|d| *d != main).flat_map(lines).collect();
    (lines(main), turned)
}

/// Joins glyphs that are drawn one after the other and stand side by side, then parts on one baseline.
fn parts(glyphs: Vec<Placed>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for glyph in glyphs {
        match parts.last_mut().filter(|p| p.goes_on_with(&glyph)) {
            Some(part) => part.add(glyph),
            None => parts.push(Part::new(glyph)),
        }
    }
    parts.retain(|p| p.glyphs.iter().any(|g| !g.text.trim().is_empty()));
    beside(parts)
}

impl Part {
    fn new(glyph: Placed) -> Self {
        Self { x: glyph.x, y: glyph.y, size: glyph.size, look: glyph.look, glyphs: vec![glyph] }
    }

    /// Whether a glyph stands beside it: on its baseline or a little off, as raised numbers do.
    fn goes_on_with(&self, glyph: &Placed) -> bool {
        let size = self.size.max(glyph.size);
        let gap = (glyph.x.0 - self.x.1).max(self.x.0 - glyph.x.1);
        let off = (glyph.y - self.y).abs();
        let level = off < 0.15 * size && gap < WIDEST * size;
        let raised = off < 0.6 * size
            && (0.2..0.85).contains(&(self.size.min(glyph.size) / size))
            && gap.abs() < 0.4 * size;
        self.look == glyph.look && (level || raised)
    }

    fn add(&mut self, glyph: Placed) {
        if glyph.size > self.size * 1.15 && !glyph.text.trim().is_empty() {
            (self.size, self.y) = (glyph.size, glyph.y);
        }
        self.x = (self.x.0.min(glyph.x.0), self.x.1.max(glyph.x.1));
        self.glyphs.push(glyph);
    }

    fn join(&mut self, other: Self) {
        for glyph in other.glyphs {
            self.add(glyph);
        }
    }
}

/// Joins parts that stand on one baseline with no wide gap between them, wherever they were drawn. The order of drawing stays.
fn beside(parts: Vec<Part>) -> Vec<Part> {
    let mut by_place: Vec<(usize, Part)> = parts.into_iter().enumerate().collect();
    by_place.sort_by(|(_, a), (_, b)| a.y.total_cmp(&b.y).then(a.x.0.total_cmp(&b.x.0)));
    let mut rows: Vec<(usize, Part)> = Vec::new();
    for (at, part) in by_place {
        let near = rows.iter_mut().rev().take_while(|(_, r)| part.y - r.y < 0.15 * part.size.max(r.size));
        let fits = |r: &Part| {
            let size = r.size.max(part.size);
            let gap = (part.x.0 - r.x.1).max(r.x.0 - part.x.1);
            r.look == part.look && gap > -0.6 * size && gap < WIDEST * 0.6 * size
        };
        match near.map(|(first, r)| (first, r)).find(|(_, r)| fits(r)) {
            Some((first, row)) => {
                *first = (*first).min(at);
                row.join(part);
            }
            None => rows.push((at, part)),
        }
    }
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, part)| part).collect()
}

/// The line of a part; `None` if it has no visible letters.
fn line(part: Part, page: &Page, right: bool) -> Option<Line> {
    let (size, weight) = measures(&part.glyphs);
    let written: String = part.glyphs.iter().map(|g| g.text.as_str()).collect();
    let right = right || order::reads_from_right(&written);
    let glyphs = order::as_read(part.glyphs, right);
    let (text, spans) = words(&glyphs);
    let links = links(&glyphs, &spans, page);
    let seen = |g: &&Placed| !g.text.trim().is_empty();
    let x = glyphs.iter().filter(seen).fold((f64::MAX, f64::MIN), |x, g| (x.0.min(g.x.0), x.1.max(g.x.1)));
    let first = first_word(&glyphs, &spans, &text);
    let line = Line {
        page: page.number,
        cells: vec![Cell { x, start: 0 }],
        text,
        x,
        y: part.y,
        first,
        size,
        weight,
        look: part.look,
        links,
        is_row: false,
    };
    (!line.text.is_empty()).then_some(line)
}

/// How wide the first word of a line is; of one character in scripts without blanks between words.
fn first_word(glyphs: &[Placed], spans: &[Range<usize>], text: &str) -> f64 {
    let unspaced = text.chars().next().is_some_and(is_unspaced);
    // A dash or an opening quotation mark keeps the next word with it.
    let letters = text.find(char::is_alphanumeric).unwrap_or(0);
    let blank = text.get(letters..).and_then(|rest| rest.find(char::is_whitespace));
    let end = if unspaced { 1 } else { blank.map_or(text.len(), |b| letters + b) };
    let inside = glyphs.iter().zip(spans).filter(|(_, span)| !span.is_empty() && span.start < end);
    let x = inside.fold((f64::MAX, f64::MIN), |x, (g, _)| (x.0.min(g.x.0), x.1.max(g.x.1)));
    (x.1 - x.0).max(0.0)
}

impl Line {
    /// A line for tests, with letters of five points in a size of ten.
    #[cfg(test)]
    pub fn sample(text: &str, x: f64, y: f64) -> Self {
        let width = |t: &str| 5.0 * t.chars().count() as f64;
        let first = width(text.split(' ').next().unwrap_or_default());
        let x = (x, x + width(text));
        Self {
            page: 1,
            text: text.to_owned(),
            x,
            y,
            first,
            size: 10.0,
            weight: 70.0,
            look: Look::Seen,
            links: Vec::new(),
            cells: vec![Cell { x, start: 0 }],
            is_row: false,
        }
    }

    /// Adds a part of the same line that stands after it.
    pub fn push(&mut self, mut other: Self) {
        self.text.push(' ');
        let moved = self.text.len();
        self.text.push_str(&other.text);
        self.cells.extend(other.cells.iter().map(|c| Cell { start: c.start + moved, ..*c }));
        let links = other.links.drain(..).map(|(r, url)| (r.start + moved..r.end + moved, url));
        self.links.extend(links);
        let [own, others] = [&*self, &other].map(|l| l.x.1 - l.x.0);
        if own + others > 0.0 {
            self.weight = (self.weight * own + other.weight * others) / (own + others);
        }
        if others > own {
            self.size = other.size;
        }
        self.x = (self.x.0.min(other.x.0), self.x.1.max(other.x.1));
    }
}

/// The size of most letters, and their mean weight.
fn measures(glyphs: &[Placed]) -> (f64, f64) {
    let size = middle(glyphs.iter().filter(|g| !g.text.trim().is_empty()).map(|g| g.size));
    let letters = glyphs.iter().filter(|g| g.text.chars().all(char::is_alphanumeric));
    let (mut sum, mut count) = (0.0, 0.0);
    for weight in letters.filter_map(|g| g.weight) {
        sum += weight;
        count += 1.0;
    }
    (size, if count > 0.0 { sum / count } else { 0.0 })
}

/// The text of glyphs in reading order, and the bytes of each.
fn words(glyphs: &[Placed]) -> (String, Vec<Range<usize>>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let mut before: Option<&Placed> = None;
    for glyph in glyphs {
        let letters = order::letters(&glyph.text);
        // A glyph without letters is a part of a word that another glyph says.
        let blank = !letters.is_empty() && letters.trim().is_empty();
        let apart = before.is_some_and(|b| order::is_gap(b, glyph));
        if (apart || blank) && !text.is_empty() && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        let start = text.len();
        if !blank {
            text.push_str(&letters);
        }
        spans.push(start..text.len());
        before = Some(glyph);
    }
    text.truncate(text.trim_end().len());
    (text, spans)
}

/// The links over glyphs: their bytes in the text.
fn links(glyphs: &[Placed], spans: &[Range<usize>], page: &Page) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    if page.links.is_empty() {
        return found;
    }
    for (glyph, span) in glyphs.iter().zip(spans).filter(|(_, span)| !span.is_empty()) {
        let up = Rect::from_center_size(glyph.middle, (0.1, glyph.size));
        let beside = |area: Rect| area.x0 > glyph.middle.x || area.x1 < glyph.middle.x;
        let over = |area: Rect| {
            area.contains(glyph.middle)
                || (!beside(area) && area.y1.min(up.y1) - area.y0.max(up.y0) > 0.3 * glyph.size)
        };
        let Some(link) = page.links.iter().find(|l| over(l.area)) else { continue };
        match found.last_mut().filter(|(_, url)| *url == link.url) {
            Some((range, _)) => range.end = span.end,
            None => found.push((span.clone(), link.url.clone())),
        }
    }
    found
}
