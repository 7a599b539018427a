//! Offsets and ranges in the three units of text.

use std::fmt;

/// An offset in UTF-8 bytes, on a character boundary of the text it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Byte(pub usize);

/// An offset in UTF-16 code units, as the page's editor counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16(pub usize);

/// An offset in Unicode code points, as the W3C Web Annotation model counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point(pub usize);

/// A range of text in the unit `U`, end exclusive. The start is never after the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Range<U> {
    /// Where it begins.
    pub start: U,
    /// Where it ends, exclusive.
    pub end: U,
}

/// A range of text in UTF-8 bytes: the core's own unit.
pub type Span = Range<Byte>;

impl<U: Ord> Range<U> {
    /// A range from `start` to `end`. If they are in the wrong order, they are swapped.
    pub fn new(start: U, end: U) -> Self {
        if start <= end { Self { start, end } } else { Self { start: end, end: start } }
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// Whether the two share at least one unit of text.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` is completely inside.
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl Span {
    /// A span between two byte offsets.
    pub fn at(start: usize, end: usize) -> Self {
        Self::new(Byte(start), Byte(end))
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.end.0 - self.start.0
    }

    /// The words it covers in `text`. `None` if it is outside the text or cuts a character.
    pub fn of<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.start.0..self.end.0)
    }

    /// A span of the same length, `by` bytes further on.
    pub fn shifted(&self, by: isize) -> Self {
        Self::at(self.start.0.saturating_add_signed(by), self.end.0.saturating_add_signed(by))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start.0, self.end.0)
    }
}
