//! What is usual in a document: the size and weight of its text, and the distance of its lines.

use super::{lines::Line, middle::middle};
use std::collections::BTreeMap;

/// What is usual in a document.
#[derive(Clone, Debug)]
pub struct Style {
    /// The size of most letters.
    pub size: f64,
    /// The weight of lines of that size.
    pub weight: f64,
    /// The distance of lines of a size, by the size in tenths of a point.
    leadings: BTreeMap<i64, f64>,
}

/// A size in tenths of a point.
fn tenths(size: f64) -> i64 {
    (size * 10.0).round() as i64
}

impl Style {
    /// The style of lines in reading or drawing order.
    pub fn of<'l>(columns: impl Iterator<Item = &'l [Line]> + Clone) -> Self {
        let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
        for line in columns.clone().flatten() {
            *letters.entry(tenths(line.size)).or_default() += line.text.chars().count();
        }
        let usual = letters.iter().max_by_key(|(_, count)| **count).map_or(100, |(size, _)| *size);
        let size = usual as f64 / 10.0;
        let of_size = columns.clone().flatten().filter(|l| tenths(l.size) == usual && l.weight > 0.0);
        let weight = middle(of_size.map(|l| l.weight));
        Self { size, weight, leadings: leadings(columns) }
    }

    /// The distance of lines of that size.
    pub fn leading(&self, size: f64) -> f64 {
        let known = [0, -1, 1].iter().find_map(|d| self.leadings.get(&(tenths(size) + d)));
        known.copied().unwrap_or_else(|| {
            self.leadings.get(&tenths(self.size)).map_or(1.2 * size, |l| l * size / self.size.max(0.1))
        })
    }

    /// Whether a line's letters are much thicker than those of the text.
    pub fn is_bold(&self, line: &Line) -> bool {
        self.weight > 0.0 && line.weight > self.weight * 1.25
    }
}

/// The most frequent distance of lines of each size; of equally frequent ones the smallest.
fn leadings<'l>(columns: impl Iterator<Item = &'l [Line]>) -> BTreeMap<i64, f64> {
    let mut counts: BTreeMap<i64, BTreeMap<i64, usize>> = BTreeMap::new();
    for pair in columns.flat_map(|lines| lines.windows(2)) {
        let [above, below] = pair else { continue };
        let distance = below.y - above.y;
        let same = tenths(above.size) == tenths(below.size);
        if same && distance > 0.8 * above.size && distance < 2.5 * above.size {
            *counts
                .entry(tenths(above.size))
                .or_default()
                .entry((distance * 2.0).round() as i64)
                .or_default() += 1;
        }
    }
    let usual = |of: BTreeMap<i64, usize>| {
        // Lines on whole pixels are half a point off now and then, so neighbours count together.
        let near = |at: i64| [-1, 0, 1].iter().filter_map(|d| of.get(&(at + d))).sum::<usize>();
        let best = of.keys().max_by_key(|at| (near(**at), of.get(at).copied(), -**at)).copied();
        best.map(|at| (near(at), at as f64 / 2.0))
    };
    counts.into_iter().filter_map(|(size, of)| Some((size, usual(of).filter(|(n, _)| *n >= 2)?.1))).collect()
}
