//! Rows of tables: lines below each other whose parts stand in the same columns. Each becomes a line `| a | b |`.

use super::lines::{Cell, Line};
use std::ops::Range;

/// The fewest rows of a table. Two lines with wide gaps may be alike by chance.
const FEWEST: usize = 3;
/// The most columns of a table.
const MOST_CELLS: usize = 50;

/// Makes rows of the lines that are a table. A line that goes on with a cell of the row above is added to it.
pub fn with_rows(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        let (length, columns) = run(rest);
        if columns.is_empty() {
            out.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let (table, after) = rest.split_at(length.min(rest.len()));
        out.extend(rows(table, &columns));
        rest = after;
    }
    out
}

/// How many of the first lines are a table, and its columns; none if they are no table.
fn run(lines: &[Line]) -> (usize, Vec<(f64, f64)>) {
    let none = (0, Vec::new());
    let Some(first) = lines.first().filter(|l| is_row(l)) else { return none };
    let mut columns: Vec<(f64, f64)> = first.cells.iter().map(|c| c.x).collect();
    let (mut length, mut rows, mut last) = (1, 1, first);
    for line in lines.iter().skip(1) {
        let near = line.y - last.y < 4.0 * line.size && (line.size - last.size).abs() < 0.2 * line.size;
        let wider = line.cells.len() > columns.len();
        let own: Vec<(f64, f64)> = line.cells.iter().map(|c| c.x).collect();
        let fits = if wider { placed(&columns, &own, line.size) } else { placed(&own, &columns, line.size) };
        let goes_on = own.len() == 1 && fits.as_deref().is_some_and(|at| at != [0]);
        if !near || fits.is_none() || !(is_row(line) || goes_on) {
            break;
        }
        if wider {
            columns = own;
        }
        rows += usize::from(is_row(line));
        (length, last) = (length + 1, line);
    }
    if rows >= FEWEST { (length, columns) } else { none }
}

fn is_row(line: &Line) -> bool {
    (2..=MOST_CELLS).contains(&line.cells.len())
}

/// In which column each cell stands; `None` if one stands in none, or two in one.
fn placed(cells: &[(f64, f64)], columns: &[(f64, f64)], size: f64) -> Option<Vec<usize>> {
    let mut found: Vec<usize> = Vec::new();
    for cell in cells {
        let from = found.last().map_or(0, |last| last + 1);
        let at =
            (from..columns.len()).find(|at| columns.get(*at).is_some_and(|c| is_under(*cell, *c, size)))?;
        found.push(at);
    }
    Some(found)
}

/// Whether a cell begins, ends or has its middle where another has.
fn is_under(cell: (f64, f64), other: (f64, f64), size: f64) -> bool {
    let middle = |x: (f64, f64)| (x.0 + x.1) / 2.0;
    let near = |a: f64, b: f64| (a - b).abs() < 0.35 * size;
    near(cell.0, other.0) || near(cell.1, other.1) || near(middle(cell), middle(other))
}

/// The rows of a table.
fn rows(table: &[Line], columns: &[(f64, f64)]) -> Vec<Line> {
    let mut rows: Vec<(Line, Vec<Words>)> = Vec::new();
    for line in table {
        let own: Vec<(f64, f64)> = line.cells.iter().map(|c| c.x).collect();
        let at = placed(&own, columns, line.size).unwrap_or_else(|| (0..own.len()).collect());
        let words = cells(line);
        match rows.last_mut().filter(|_| !is_row(line)) {
            Some((_, row)) => at.iter().zip(words).for_each(|(at, more)| {
                if let Some(cell) = row.get_mut(*at) {
                    cell.add(more);
                }
            }),
            None => {
                let mut row = vec![Words::default(); columns.len()];
                at.iter().zip(words).for_each(|(at, words)| {
                    if let Some(cell) = row.get_mut(*at) {
                        cell.add(words);
                    }
                });
                rows.push((line.clone(), row));
            }
        }
    }
    rows.into_iter().map(|(line, row)| written(line, row)).collect()
}

/// The words of a cell with their links.
#[derive(Clone, Debug, Default)]
struct Words {
    text: String,
    links: Vec<(Range<usize>, String)>,
}

impl Words {
    fn add(&mut self, more: Self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let by = self.text.len();
        self.text.push_str(&more.text);
        self.links.extend(more.links.into_iter().map(|(r, url)| (r.start + by..r.end + by, url)));
    }
}

/// The words of each cell of a line. A stroke in them is written so that it ends no cell.
fn cells(line: &Line) -> Vec<Words> {
    let starts = line.cells.iter().map(|c: &Cell| c.start);
    let ends = line.cells.iter().skip(1).map(|c| c.start).chain([line.text.len()]);
    let words = |(start, end): (usize, usize)| {
        let whole = line.text.get(start..end).unwrap_or_default().trim_end();
        let moved = |at: usize| {
            let inside = at.clamp(start, start + whole.len()) - start;
            inside + whole.get(..inside).unwrap_or_default().matches('|').count()
        };
        let links = line.links.iter().filter(|(r, _)| r.start < end && r.end > start);
        let links = links.map(|(r, url)| (moved(r.start)..moved(r.end), url.clone())).collect();
        Words { text: whole.replace('|', "\\|"), links }
    };
    starts.zip(ends).map(words).collect()
}

fn written(line: Line, row: Vec<Words>) -> Line {
    let mut all = Words { text: "|".into(), links: Vec::new() };
    for cell in row {
        let empty = cell.text.is_empty();
        all.add(cell);
        all.text.push_str(if empty { "|" } else { " |" });
    }
    Line { text: all.text, links: all.links, is_row: true, ..line }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of cells that begin there and are five points wide a letter.
    fn line(y: f64, cells: &[(f64, &str)]) -> Line {
        let one = |(x, text): &(f64, &str)| Line::sample(text, *x, y);
        let parts = cells.iter().map(one);
        parts
            .reduce(|mut all, next| {
                all.push(next);
                all
            })
            .unwrap()
    }

    fn texts(lines: Vec<Line>) -> Vec<String> {
        with_rows(lines).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn parts_in_the_same_columns_are_cells() {
        let lines = vec![
            line(0.0, &[(0.0, "Fares in the year 2025")]),
            line(12.0, &[(0.0, "Who"), (100.0, "Crowns"), (200.0, "Days")]),
            line(24.0, &[(0.0, "Adults"), (115.0, "400"), (200.0, "all | any")]),
            line(36.0, &[(200.0, "of the week")]),
            line(48.0, &[(0.0, "Dogs"), (200.0, "none")]),
            line(60.0, &[(0.0, "They are sold at the pier.")]),
        ];
        assert_eq!(
            texts(lines),
            [
                "Fares in the year 2025",
                "| Who | Crowns | Days |",
                "| Adults | 400 | all \\| any of the week |",
                "| Dogs | | none |",
                "They are sold at the pier."
            ]
        );
    }

    #[test]
    fn words_that_are_far_apart_are_no_table() {
        let lines = vec![
            line(0.0, &[(0.0, "The"), (40.0, "ferry"), (90.0, "to"), (130.0, "the island")]),
            line(12.0, &[(0.0, "runs"), (55.0, "again"), (120.0, "since March")]),
            line(24.0, &[(0.0, "as"), (30.0, "they"), (75.0, "say"), (110.0, "at the pier")]),
        ];
        assert_eq!(texts(lines)[1], "runs again since March");
    }

    #[test]
    fn links_keep_their_words() {
        let mut rows: Vec<Line> =
            (0..3).map(|n| line(12.0 * f64::from(n), &[(0.0, "a|b"), (90.0, "port")])).collect();
        rows[1].links = vec![(4..8, "https://example.org/".into())];
        let row = &with_rows(rows)[1];
        assert_eq!(row.text.get(row.links[0].0.clone()), Some("port"));
    }
}
