//! Finds the column at which a text was wrapped, if it was. A line break is a wrap only if the next
//! word would not have fitted, or if the sentence clearly continues.

use super::lines::{self, Line};

/// The narrowest column, in cells, that counts as wrapping: with three or more wraps, and with fewer.
const NARROWEST: (usize, usize) = (40, 55);
/// The widest column, in cells: a longer line was not wrapped.
const WIDEST: usize = 140;

/// The column at which a text was wrapped, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width(usize);

impl Width {
    /// Finds the column from `breaks`, the pairs of consecutive prose lines. Returns `None` if the
    /// breaks look like verse, a list or paragraphs of one line each.
    pub fn of(breaks: &[(Line<'_>, Line<'_>)]) -> Option<Self> {
        let wraps = breaks.iter().filter(|(l, n)| continues(l, n) && l.cells() <= WIDEST).collect::<Vec<_>>();
        let column = wraps.iter().map(|(l, _)| l.cells()).max()?;
        let width = Self(column);
        let forced = wraps.iter().filter(|(l, n)| width.forces(l, n)).count();
        let narrowest = if wraps.len() < 3 { NARROWEST.1 } else { NARROWEST.0 };
        let cased = wraps.iter().any(|(l, _)| lines::has_case(l.raw));
        let prose = cased
            || breaks.iter().any(|(l, n)| lines::has_inner_stop(l.text()) || lines::has_inner_stop(n.text()));
        (column >= narrowest && forced * 2 >= wraps.len() && prose).then_some(width)
    }

    /// Whether the first word of `next` would not have fitted on `line`, or only just.
    pub fn forces(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        (line.cells() + 1 + next.first_word_cells()) * 100 >= self.0 * 88
    }

    /// Whether `line` is too long to have been wrapped at this column.
    pub fn is_beyond(self, line: &Line<'_>) -> bool {
        line.cells() > self.0 + self.0 / 8
    }
}

/// Whether a sentence clearly continues from `line` to `next`.
pub fn continues(line: &Line<'_>, next: &Line<'_>) -> bool {
    let caseless = !lines::has_case(line.text()) && !lines::has_case(next.text());
    let letters = next.text().chars().next().is_some_and(char::is_alphanumeric);
    !line.ends_sentence() && (next.starts_low() || (caseless && letters))
}
