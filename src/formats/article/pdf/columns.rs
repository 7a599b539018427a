//! Lines of a page in the order in which they are read: whole bands from top to bottom, and in a band one column after the other.

use super::{lines::Line, middle::middle, order, tables};

/// Lines that follow each other in one column.
pub struct Column {
    /// Its lines, from top to bottom.
    pub lines: Vec<Line>,
}

/// How deep columns are looked for in columns.
const DEEPEST: usize = 4;
/// The narrowest blank strip between columns, in sizes of the font.
const NARROWEST: f64 = 0.9;
/// The greatest share of lines that may run across the strip between columns: headlines, pictures' captions.
const MOST_ACROSS: f64 = 0.35;
/// The fewest lines on each side.
const FEWEST: usize = 3;
/// The narrowest column, in sizes of the font.
const LEAST_WIDTH: f64 = 5.0;

/// Puts the lines of a page in reading order.
pub fn of_page(lines: Vec<Line>) -> Vec<Column> {
    let right = lines.iter().filter(|l| order::reads_from_right(&l.text)).count() * 2 > lines.len();
    let mut columns = Vec::new();
    cut(lines, right, DEEPEST, &mut columns);
    columns
}

fn cut(lines: Vec<Line>, right: bool, deep: usize, columns: &mut Vec<Column>) {
    let Some(strip) = strip(&lines).filter(|_| deep > 0) else {
        columns.extend(column(lines, right));
        return;
    };
    let mut bands: Vec<Band> = Vec::new();
    let lines = sorted(lines);
    let across: Vec<(f64, f64)> =
        lines.iter().filter(|l| side(l, strip) == Side::Across).map(|l| (l.y, l.size)).collect();
    for line in lines {
        // The words of a line that runs across may be far apart.
        let beside = across
            .iter()
            .any(|(y, size)| (y - line.y).abs() < 0.1 * size && (size - line.size).abs() < 0.1 * size);
        let side = if beside { Side::Across } else { side(&line, strip) };
        match bands.last_mut().filter(|b| (side == Side::Across) == b.is_across) {
            Some(band) => band.add(line, side),
            None => {
                let mut band = Band { is_across: side == Side::Across, ..Band::default() };
                band.add(line, side);
                bands.push(band);
            }
        }
    }
    for band in bands {
        cut(band.across, right, deep - 1, columns);
        let (first, second) = if right { (band.right, band.left) } else { (band.left, band.right) };
        cut(first, right, deep - 1, columns);
        cut(second, right, deep - 1, columns);
    }
}

#[derive(Default)]
struct Band {
    is_across: bool,
    across: Vec<Line>,
    left: Vec<Line>,
    right: Vec<Line>,
}

impl Band {
    fn add(&mut self, line: Line, side: Side) {
        match side {
            Side::Across => self.across.push(line),
            Side::Left => self.left.push(line),
            Side::Right => self.right.push(line),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Across,
}

fn side(line: &Line, strip: (f64, f64)) -> Side {
    let middle = (strip.0 + strip.1) / 2.0;
    match line.x {
        (_, end) if end <= middle => Side::Left,
        (start, _) if start >= middle => Side::Right,
        _ => Side::Across,
    }
}

fn sorted(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.0.total_cmp(&b.x.0)));
    lines
}

/// The blank strip between two columns: the one that fewest lines run across.
fn strip(lines: &[Line]) -> Option<(f64, f64)> {
    let size = middle(lines.iter().map(|l| l.size));
    let mut edges: Vec<(f64, i64)> = lines.iter().flat_map(|l| [(l.x.0, 1), (l.x.1, -1)]).collect();
    // At one place, ends come before beginnings.
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let most = (lines.len() as f64 * MOST_ACROSS) as i64;
    let mut found: Vec<(i64, f64, f64)> = Vec::new();
    for level in levels(most) {
        let (mut open, mut from) = (0i64, None);
        for (x, change) in &edges {
            let was = open;
            open += change;
            if was <= level
                && open > level
                && let Some(start) = from.take()
                && x - start >= NARROWEST * size
            {
                found.push((level, start, *x));
            } else if open <= level && was > level {
                from = Some(*x);
            }
        }
        if let Some((_, a, b)) = best(&found, lines, size) {
            return Some((a, b));
        }
        found.clear();
    }
    None
}

/// The numbers of lines across a strip that are tried, from the fewest.
fn levels(most: i64) -> impl Iterator<Item = i64> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let now = next;
        next = if now < 4 { now + 1 } else { now + now / 2 };
        (now <= most).then_some(now)
    })
}

/// The widest strip that has columns on both sides.
fn best(found: &[(i64, f64, f64)], lines: &[Line], size: f64) -> Option<(i64, f64, f64)> {
    let mut strips = found.to_vec();
    strips.sort_by(|a, b| (b.2 - b.1).total_cmp(&(a.2 - a.1)));
    strips.into_iter().take(16).find(|(_, a, b)| has_columns(lines, (*a, *b), size))
}

/// Whether there are columns on both sides: some lines each, wide enough for text, side by side.
fn has_columns(lines: &[Line], strip: (f64, f64), size: f64) -> bool {
    let of = |wanted: Side| lines.iter().filter(|l| side(l, strip) == wanted).collect::<Vec<_>>();
    let (left, right) = (of(Side::Left), of(Side::Right));
    let rows = |part: &[&Line]| {
        let mut ys: Vec<f64> = part.iter().map(|l| l.y).collect();
        ys.sort_by(f64::total_cmp);
        ys.dedup_by(|a, b| (*a - *b).abs() < 0.3 * size);
        ys
    };
    let (left_rows, right_rows) = (rows(&left), rows(&right));
    let is_wide = |part: &[&Line]| {
        let (from, to) = part.iter().fold((f64::MAX, f64::MIN), |x, l| (x.0.min(l.x.0), x.1.max(l.x.1)));
        let filled = part.iter().map(|l| l.x.1 - l.x.0).sum::<f64>() / rows(part).len().max(1) as f64;
        to - from >= LEAST_WIDTH * size && filled >= LEAST_WIDTH * size * 0.8
    };
    let inside = |ys: &[f64], other: &[f64]| {
        let (from, to) = (other.first().copied(), other.last().copied());
        ys.iter()
            .filter(|y| from.is_some_and(|f| **y >= f - size) && to.is_some_and(|t| **y <= t + size))
            .count()
    };
    let beside = inside(&left_rows, &right_rows).min(inside(&right_rows, &left_rows));
    let table = is_table(&left, &left_rows, &right_rows, size);
    left_rows.len() >= FEWEST
        && right_rows.len() >= FEWEST
        && beside >= FEWEST
        && is_wide(&left)
        && is_wide(&right)
        && !table
}

/// Whether the left of two columns is one of a table: nearly each of its lines has one of the other beside it, on the same
/// baseline, and most of them are short.
fn is_table(left: &[&Line], rows: &[f64], other: &[f64], size: f64) -> bool {
    let level = |y: &&f64| other.iter().any(|o| (*o - **y).abs() < 0.2 * size);
    let (from, to) = left.iter().fold((f64::MAX, f64::MIN), |x, l| (x.0.min(l.x.0), x.1.max(l.x.1)));
    let width = middle(left.iter().map(|l| l.x.1 - l.x.0));
    let (above, below) = (other.first().copied(), other.last().copied());
    let beside = rows
        .iter()
        .filter(|y| above.is_some_and(|a| **y >= a - size) && below.is_some_and(|b| **y <= b + size));
    let beside: Vec<f64> = beside.copied().collect();
    beside.iter().filter(level).count() * 10 >= beside.len() * 9 && width < 0.6 * (to - from)
}

/// One column: parts on one baseline are one line.
fn column(lines: Vec<Line>, right: bool) -> Option<Column> {
    let mut whole: Vec<Line> = Vec::new();
    let mut row: Vec<Line> = Vec::new();
    let mut end = |row: &mut Vec<Line>| {
        row.sort_by(|a, b| if right { b.x.0.total_cmp(&a.x.0) } else { a.x.0.total_cmp(&b.x.0) });
        let joined = row.drain(..).reduce(|mut all, next| {
            all.push(next);
            all
        });
        whole.extend(joined);
    };
    for line in sorted(lines) {
        let apart = row.first().is_some_and(|f: &Line| line.y - f.y > 0.3 * f.size.max(line.size));
        if apart {
            end(&mut row);
        }
        row.push(line);
    }
    end(&mut row);
    let lines = if right { whole } else { tables::with_rows(whole) };
    (!lines.is_empty()).then_some(Column { lines })
}
