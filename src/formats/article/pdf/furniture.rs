//! What pages repeat at their upper and lower edge: running heads, page numbers, what a browser prints in the margins.

use super::lines::Line;
use crate::formats::article::plain::ends_sentence;
use std::collections::HashMap;

/// How many rows from the edge are looked at.
const ROWS: usize = 3;
/// How far the same row may be moved from page to page, in points.
const MOVED: f64 = 4.0;

/// A row of a page: lines on one baseline.
struct Row {
    y: f64,
    size: f64,
    text: String,
    lines: Vec<usize>,
}

/// The lines of a page, and which of them are furniture.
pub struct Marked {
    /// The lines.
    pub lines: Vec<Line>,
    /// Whether each is furniture.
    pub furniture: Vec<bool>,
}

#[derive(Clone, Copy)]
enum Edge {
    Top,
    Bottom,
}

/// Finds the furniture of all pages. `size` is that of the text, `leading` the distance of its lines.
pub fn find(pages: Vec<Vec<Line>>, size: f64, leading: f64) -> Vec<Marked> {
    let rows: Vec<Vec<Row>> = pages.iter().map(|lines| rows(lines)).collect();
    let mut marked: Vec<Marked> =
        pages.into_iter().map(|lines| Marked { furniture: vec![false; lines.len()], lines }).collect();
    for edge in [Edge::Top, Edge::Bottom] {
        let repeats = repeats(&rows, edge);
        let pages = rows.iter().enumerate();
        let certain: Vec<usize> =
            pages.map(|(page, own)| certain(own, page, edge, &repeats, leading)).collect();
        let outer: Vec<Option<f64>> =
            rows.iter().zip(&certain).map(|(r, n)| from_edge(r, edge).nth(*n).map(|row| row.y)).collect();
        for (page, known) in certain.iter().enumerate() {
            let Some(own) = rows.get(page) else { continue };
            let more = from_edge(own, edge).skip(*known).take(ROWS).enumerate();
            let outside = more.take_while(|(n, row)| {
                let next = from_edge(own, edge).nth(known + n + 1);
                page > 0 && is_outside(row, next, &outer, page, edge, size, leading)
            });
            let all = set_apart(own, edge, known + outside.count(), leading);
            if let Some(page) = marked.get_mut(page) {
                for line in from_edge(own, edge).take(all).flat_map(|r| &r.lines) {
                    if let Some(mark) = page.furniture.get_mut(*line) {
                        *mark = true;
                    }
                }
            }
        }
    }
    marked
}

/// How many of the first rows from an edge a blank strip sets apart from the text. Rows of a form may repeat without one.
fn set_apart(rows: &[Row], edge: Edge, most: usize, leading: f64) -> usize {
    let row = |n: usize| from_edge(rows, edge).nth(n);
    let ends = |n: &usize| {
        let last = n.checked_sub(1).and_then(row);
        last.is_none_or(|last| row(*n).is_none_or(|next| (next.y - last.y).abs() > 1.3 * leading))
    };
    (0..=most).rev().find(ends).unwrap_or(0)
}

fn rows(lines: &[Line]) -> Vec<Row> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let y = |at: &usize| lines.get(*at).map_or(0.0, |l| l.y);
    let x = |at: &usize| lines.get(*at).map_or(0.0, |l| l.x.0);
    order.sort_by(|a, b| y(a).total_cmp(&y(b)).then(x(a).total_cmp(&x(b))));
    let mut rows: Vec<Row> = Vec::new();
    for at in order {
        let Some(line) = lines.get(at) else { continue };
        match rows.last_mut().filter(|r| line.y - r.y < 0.3 * line.size.max(r.size)) {
            Some(row) => {
                row.text.push(' ');
                row.text.push_str(&line.text);
                row.lines.push(at);
            }
            None => {
                rows.push(Row { y: line.y, size: line.size, text: line.text.clone(), lines: vec![at] });
            }
        }
    }
    rows
}

fn from_edge(rows: &[Row], edge: Edge) -> Box<dyn Iterator<Item = &Row> + '_> {
    match edge {
        Edge::Top => Box::new(rows.iter()),
        Edge::Bottom => Box::new(rows.iter().rev()),
    }
}

/// Where rows of a shape are near the edge of pages: page and baseline.
type Repeats = HashMap<String, Vec<(usize, f64)>>;

fn repeats(pages: &[Vec<Row>], edge: Edge) -> Repeats {
    let mut all = Repeats::new();
    for (page, rows) in pages.iter().enumerate() {
        for row in from_edge(rows, edge).take(ROWS) {
            all.entry(shape(&row.text)).or_default().push((page, row.y));
        }
    }
    all
}

/// How many rows at the edge of a page are furniture for certain: other pages repeat them, or they are a page number alone.
fn certain(own: &[Row], page: usize, edge: Edge, repeats: &Repeats, leading: f64) -> usize {
    let is_one = |n: usize, row: &Row| {
        let alike = repeats.get(&shape(&row.text)).into_iter().flatten();
        let repeated = alike.into_iter().any(|(at, y)| *at != page && (y - row.y).abs() < MOVED);
        let next = from_edge(own, edge).nth(n + 1);
        repeated || (is_page_number(&row.text) && is_apart(row, next, 1.4 * leading))
    };
    let all = from_edge(own, edge).take(ROWS).enumerate();
    all.take_while(|(n, row)| is_one(*n, row)).count()
}

/// A row's text with one sign for every number.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.chars() {
        match c {
            c if c.is_numeric() && shape.ends_with('0') => {}
            c if c.is_numeric() => shape.push('0'),
            c if c.is_whitespace() => {}
            c => shape.extend(c.to_lowercase()),
        }
    }
    shape
}

/// Whether a row is a page number, perhaps with the number of pages and a word for "page".
fn is_page_number(text: &str) -> bool {
    let numbers = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>();
    let is_number = |w: &&str| w.chars().all(char::is_numeric) && w.chars().count() <= 4;
    let is_roman = |w: &&str| w.len() <= 6 && w.chars().all(|c| "ivxlc".contains(c));
    let digits = numbers.iter().filter(|w| is_number(w)).count();
    match numbers.as_slice() {
        [one] => is_number(one) || is_roman(one),
        [_, _] | [_, _, _] | [_, _, _, _] => {
            let words = numbers.len() - digits;
            (1..=2).contains(&digits)
                && words <= 2
                && text.chars().count() <= 24
                && !ends_sentence(text)
                && numbers.last().is_some_and(is_number)
        }
        _ => false,
    }
}

/// Whether a row is at least so far from the next one. A row that is alone on its page is not.
fn is_apart(row: &Row, next: Option<&Row>, least: f64) -> bool {
    next.is_some_and(|next| (next.y - row.y).abs() >= least)
}

/// Whether a row is outside the text of all other pages, apart from the text of its own, and not larger than the text.
fn is_outside(
    row: &Row,
    next: Option<&Row>,
    outer: &[Option<f64>],
    page: usize,
    edge: Edge,
    size: f64,
    leading: f64,
) -> bool {
    let mut others = outer.iter().enumerate().filter(|(at, _)| *at != page).filter_map(|(_, y)| *y);
    let outside = others.all(|y| match edge {
        Edge::Top => row.y < y - leading,
        Edge::Bottom => row.y > y + leading,
    });
    outside && is_apart(row, next, 1.8 * leading) && row.size <= size * 1.05 && !ends_sentence(&row.text)
}
