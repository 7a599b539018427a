//! Whether a text was wrapped at a column, and at which. A line break is a wrap only where the next
//! word would not have fitted, or where the sentence plainly goes on; this finds the column.

use super::lines::{self, Line};

/// The narrowest column a text is taken to be wrapped at, with many and with few wraps to show it.
const NARROWEST: (usize, usize) = (40, 55);
/// The widest column: a longer line was not wrapped by anybody.
const WIDEST: usize = 140;

/// The column a text was wrapped at, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width(usize);

impl Width {
    /// Finds the column from `breaks`, the pairs of prose lines that follow each other; none where
    /// the breaks look like verse, a list or paragraphs of one line each.
    pub fn of(breaks: &[(Line<'_>, Line<'_>)]) -> Option<Self> {
        let wraps = breaks.iter().filter(|(l, n)| goes_on(l, n) && l.cells() <= WIDEST).collect::<Vec<_>>();
        let column = wraps.iter().map(|(l, _)| l.cells()).max()?;
        let width = Self(column);
        let forced = wraps.iter().filter(|(l, n)| width.forces(l, n)).count();
        let narrowest = if wraps.len() < 3 { NARROWEST.1 } else { NARROWEST.0 };
        let cased = wraps.iter().any(|(l, _)| lines::has_case(l.raw));
        let prose = cased
            || breaks.iter().any(|(l, n)| lines::has_inner_stop(l.text()) || lines::has_inner_stop(n.text()));
        (column >= narrowest && forced * 2 >= wraps.len() && prose).then_some(width)
    }

    /// Whether the next line's first word would not have fitted on `line`, or only just.
    pub fn forces(self, line: &Line<'_>, next: &Line<'_>) -> bool {
        (line.cells() + 1 + next.first_word_cells()) * 100 >= self.0 * 88
    }

    /// Whether `line` is too long to have been wrapped at this column.
    pub fn is_beyond(self, line: &Line<'_>) -> bool {
        line.cells() > self.0 + self.0 / 8
    }
}

/// Whether a sentence plainly goes on from `line` to `next`.
pub fn goes_on(line: &Line<'_>, next: &Line<'_>) -> bool {
    let caseless = !lines::has_case(line.text()) && !lines::has_case(next.text());
    let letters = next.text().chars().next().is_some_and(char::is_alphanumeric);
    !line.ends_sentence() && (next.starts_low() || (caseless && letters))
}
