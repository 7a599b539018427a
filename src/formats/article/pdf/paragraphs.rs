//! Lines become paragraphs. A paragraph ends where the lines are wider apart, where the next one is indented or of another size,
//! and where the next line's first word would have fitted into the line before.

use super::{
    columns::Column,
    lines::Line,
    markers::{self, Marker},
    order,
    style::Style,
};
use crate::formats::article::plain::ends_sentence;

const HYPHENS: [char; 3] = ['-', '‐', '\u{ad}'];

/// A paragraph: its lines in order.
pub struct Paragraph {
    /// Its lines; at least one.
    pub lines: Vec<Line>,
    /// The column that its last line is in.
    column: usize,
}

impl Paragraph {
    fn size(&self) -> f64 {
        self.lines.first().map_or(0.0, |l| l.size)
    }
}

/// The edges of lines in a column.
struct Edges {
    /// Each line's beginning and end, in points.
    lines: Vec<(f64, f64)>,
    left: f64,
    right: f64,
}

impl Edges {
    fn of(column: &Column) -> Self {
        let lines: Vec<_> = column.lines.iter().map(start_and_end).collect();
        let left = lines.iter().map(|l| l.0).fold(f64::MAX, f64::min);
        let right = lines.iter().map(|l| l.1).fold(f64::MIN, f64::max);
        Self { lines, left, right }
    }

    /// Where the longest line ends that begins where `line` does.
    fn end_of_lines_like(&self, line: &Line) -> f64 {
        let start = start_and_end(line).0;
        let alike = self.lines.iter().filter(|(s, _)| (s - start).abs() < 0.3 * line.size);
        alike.map(|l| l.1).fold(f64::MIN, f64::max)
    }

    /// Whether a first word would have fitted into the rest of a line.
    fn fits(&self, line: &Line, first: f64) -> bool {
        self.end_of_lines_like(line) - start_and_end(line).1 > first + 0.6 * line.size
    }
}

/// Where a line begins and ends in the direction in which it is read.
fn start_and_end(line: &Line) -> (f64, f64) {
    if order::reads_from_right(&line.text) { (-line.x.1, -line.x.0) } else { line.x }
}

/// Joins the lines of all columns to paragraphs.
pub fn of_columns(columns: Vec<Column>, style: &Style) -> Vec<Paragraph> {
    let edges: Vec<Edges> = columns.iter().map(Edges::of).collect();
    let indents = columns.iter().zip(&edges).any(|(c, e)| is_indented(c, e, style));
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for (at, column) in columns.into_iter().enumerate() {
        let Some(own) = edges.get(at) else { continue };
        let mut lines = column.lines.into_iter().peekable();
        let mut first = true;
        while let Some(line) = lines.next() {
            let open = match first {
                true => match paragraphs.last().filter(|p| is_under(p, &line)) {
                    Some(above) => {
                        let edges = edges.get(above.column).unwrap_or(own);
                        let ends = is_break(above, &line, lines.peek(), edges, style);
                        (!ends).then(|| paragraphs.len() - 1)
                    }
                    None => {
                        let alone = Paragraph { lines: vec![line.clone()], column: at };
                        let alone = lines.peek().is_none_or(|next| is_break(&alone, next, None, own, style));
                        goes_on(&paragraphs, &Next { line: &line, alone }, &edges, own, style, indents)
                    }
                },
                false => paragraphs
                    .last()
                    .is_some_and(|p| !is_break(p, &line, lines.peek(), own, style))
                    .then(|| paragraphs.len() - 1),
            };
            match open.and_then(|n| paragraphs.get_mut(n)) {
                Some(paragraph) => {
                    paragraph.lines.push(line);
                    paragraph.column = at;
                }
                None => paragraphs.push(Paragraph { lines: vec![line], column: at }),
            }
            first = false;
        }
    }
    paragraphs
}

/// The first line of a column.
struct Next<'l> {
    line: &'l Line,
    /// Whether its paragraph ends with it.
    alone: bool,
}

/// Whether a line is below a paragraph on the same page, as after a headline over several columns.
fn is_under(paragraph: &Paragraph, line: &Line) -> bool {
    let last = paragraph.lines.last();
    last.is_some_and(|l| l.page == line.page && line.y > l.y && l.x.0 < line.x.1 && line.x.0 < l.x.1)
}

/// Whether paragraphs of a column begin with an indented line, close under the line before.
fn is_indented(column: &Column, edges: &Edges, style: &Style) -> bool {
    let indented = column.lines.windows(3).filter(|three| {
        let [a, b, c] = three else { return false };
        let [a_start, b_start, c_start] = [a, b, c].map(|l| start_and_end(l).0);
        let close = b.y - a.y < 1.2 * style.leading(b.size) && c.y - b.y < 1.2 * style.leading(b.size);
        let moved = b_start - a_start > 0.8 * b.size && (a_start - c_start).abs() < 0.3 * b.size;
        close && moved && markers::of(&b.text).is_none() && edges.fits(a, b.first)
    });
    indented.count() >= 2
}

/// Whether `next` begins a paragraph in the same column.
fn is_break(paragraph: &Paragraph, next: &Line, after: Option<&Line>, edges: &Edges, style: &Style) -> bool {
    let Some(last) = paragraph.lines.last() else { return true };
    let size = last.size.max(next.size);
    let distance = next.y - last.y;
    let usual = style.leading(last.size).max(style.leading(next.size));
    last.is_row
        || next.is_row
        || distance > 1.2 * usual
        || (last.size - next.size).abs() > 0.07 * size
        || is_item(paragraph, next, edges)
        || (edges.fits(last, next.first) && !is_divided(last, next))
        || is_moved(paragraph, last, next, after)
        || (style.is_bold(last) != style.is_bold(next) && distance > 1.12 * usual)
}

/// Whether a word goes on from one line to the next after a hyphen.
fn is_divided(line: &Line, next: &Line) -> bool {
    let word = line.text.trim_end_matches(HYPHENS);
    let low = next.text.chars().next().is_some_and(char::is_lowercase);
    low && word.len() < line.text.len() && word.ends_with(char::is_alphabetic)
}

/// Whether a line is an item of a list, and not a number at the beginning of a line by chance.
fn is_item(paragraph: &Paragraph, next: &Line, edges: &Edges) -> bool {
    let (Some(first), Some(last)) = (paragraph.lines.first(), paragraph.lines.last()) else { return false };
    match markers::of(&next.text).map(|(marker, _)| marker) {
        None => false,
        Some(Marker::Bullet) => true,
        Some(kind) => {
            let follows = markers::of(&first.text).is_some_and(|(other, _)| other == kind);
            let same = (start_and_end(first).0 - start_and_end(next).0).abs() < 0.6 * next.size;
            let moved = (start_and_end(last).0 - start_and_end(next).0).abs() > 0.6 * next.size;
            (follows && same) || (moved && ends_sentence(&last.text)) || edges.fits(last, next.first)
        }
    }
}

/// Whether a line begins elsewhere than the paragraph's lines do, so that it begins another one.
fn is_moved(paragraph: &Paragraph, last: &Line, next: &Line, after: Option<&Line>) -> bool {
    let [first_start, last_start, next_start] =
        [paragraph.lines.first().unwrap_or(last), last, next].map(|l| start_and_end(l).0);
    let step = next_start - last_start;
    let least = 0.8 * next.size;
    if step > least {
        // Behind the first line of an item or of a hanging paragraph, all lines are indented; a paragraph's first line alone.
        let returns = after.is_none_or(|a| next_start - start_and_end(a).0 > least);
        let hangs = paragraph.lines.len() == 1 && !returns;
        return !hangs && markers::of(&paragraph.lines.first().unwrap_or(last).text).is_none();
    }
    // A first line may be indented against the second; what stood to the right in more than one line has ended.
    step < -least
        && (paragraph.lines.len() > 1 && (first_start - next_start).abs() > least
            || paragraph.lines.len() > 2 && last_start - first_start > least)
}

/// The paragraph that the first line of a column goes on with. Notes at the foot of the column before may come after it.
fn goes_on(
    paragraphs: &[Paragraph],
    first: &Next<'_>,
    edges: &[Edges],
    own: &Edges,
    style: &Style,
    indents: bool,
) -> Option<usize> {
    let next = first.line;
    let smaller = |p: &&Paragraph| p.size() < next.size * 0.95;
    let notes = paragraphs.iter().rev().take(12).take_while(smaller).count();
    let at = paragraphs.len().checked_sub(notes + 1)?;
    let paragraph = paragraphs.get(at)?;
    let last = paragraph.lines.last()?;
    let before = edges.get(paragraph.column)?;
    let moved = start_and_end(next).0 - own.left > 0.8 * next.size;
    let ended = ends_sentence(&last.text);
    let low = next.text.chars().next().is_some_and(char::is_lowercase);
    let narrower = (before.right - before.left) > 1.3 * (own.right - own.left);
    // A sentence seldom begins in bold letters, a paragraph often.
    let leads = ended && style.is_bold(next) && !style.is_bold(last);
    let other = last.is_row
        || next.is_row
        || (last.size - next.size).abs() > 0.07 * last.size
        || markers::of(&next.text).is_some_and(|(marker, _)| marker == Marker::Bullet || ended)
        || (before.fits(last, next.first) && (ended || !low))
        || leads
        || (moved && indents && !low)
        || (ended && narrower && own.lines.len() > 2)
        // Typesetting leaves no single line of a paragraph at the top or the foot of a column.
        || (ended && (first.alone || paragraph.lines.len() == 1));
    (!other).then_some(at)
}
