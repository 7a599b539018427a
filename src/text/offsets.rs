//! Conversion between the three units, through an index built once for a text.

use super::{Byte, Point, Range, Span, Utf16};
use crate::messages::{Message, message, shown_in_english};
use thiserror::Error;

/// The distance between the marks of the index, in bytes. A conversion scans at most this much.
const MARK_DISTANCE: usize = 256;

/// An offset that is not on a character boundary of the text it was used with.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct OutOfText {
    /// The offset that was asked for.
    pub at: usize,
    /// Its unit, in words.
    pub unit: &'static str,
    /// The length of the text in that unit.
    pub len: usize,
}

impl OutOfText {
    /// What is said of it.
    pub fn message(&self) -> Message {
        message!("out_of_text", at = self.at, unit = self.unit, len = self.len)
    }
}

shown_in_english!(OutOfText);

#[derive(Clone, Copy, Default)]
struct Mark {
    byte: usize,
    utf16: usize,
    point: usize,
}

/// Converts offsets of one text between bytes, UTF-16 units and code points.
///
/// Building it reads the text once; a conversion is a binary search and a scan of at most 256 bytes.
pub struct Offsets<'t> {
    text: &'t str,
    marks: Vec<Mark>,
    end: Mark,
}

impl<'t> Offsets<'t> {
    /// Indexes `text`.
    pub fn new(text: &'t str) -> Self {
        let (mut marks, mut now) = (vec![Mark::default()], Mark::default());
        for c in text.chars() {
            if now.byte - marks[marks.len() - 1].byte >= MARK_DISTANCE {
                marks.push(now);
            }
            now = step(now, c);
        }
        Self { text, marks, end: now }
    }

    /// The whole text's length in code points.
    pub fn points(&self) -> Point {
        Point(self.end.point)
    }

    /// The whole text's length in UTF-16 units.
    pub fn utf16s(&self) -> Utf16 {
        Utf16(self.end.utf16)
    }

    /// Bytes to UTF-16 units. Fails off a character boundary.
    pub fn to_utf16(&self, at: Byte) -> Result<Utf16, OutOfText> {
        self.find(at.0, "bytes", |m| m.byte).map(|m| Utf16(m.utf16))
    }

    /// Bytes to code points. Fails off a character boundary.
    pub fn to_point(&self, at: Byte) -> Result<Point, OutOfText> {
        self.find(at.0, "bytes", |m| m.byte).map(|m| Point(m.point))
    }

    /// UTF-16 units to bytes. Fails inside a surrogate pair.
    pub fn from_utf16(&self, at: Utf16) -> Result<Byte, OutOfText> {
        self.find(at.0, "UTF-16 units", |m| m.utf16).map(|m| Byte(m.byte))
    }

    /// Code points to bytes. Fails past the end.
    pub fn from_point(&self, at: Point) -> Result<Byte, OutOfText> {
        self.find(at.0, "code points", |m| m.point).map(|m| Byte(m.byte))
    }

    /// A byte span as a range of UTF-16 units.
    pub fn span_to_utf16(&self, span: Span) -> Result<Range<Utf16>, OutOfText> {
        Ok(Range::new(self.to_utf16(span.start)?, self.to_utf16(span.end)?))
    }

    /// A byte span as a range of code points.
    pub fn span_to_points(&self, span: Span) -> Result<Range<Point>, OutOfText> {
        Ok(Range::new(self.to_point(span.start)?, self.to_point(span.end)?))
    }

    /// A range of UTF-16 units as a byte span.
    pub fn span_from_utf16(&self, range: Range<Utf16>) -> Result<Span, OutOfText> {
        Ok(Span::new(self.from_utf16(range.start)?, self.from_utf16(range.end)?))
    }

    /// A range of code points as a byte span.
    pub fn span_from_points(&self, range: Range<Point>) -> Result<Span, OutOfText> {
        Ok(Span::new(self.from_point(range.start)?, self.from_point(range.end)?))
    }

    fn find(&self, at: usize, unit: &'static str, by: fn(&Mark) -> usize) -> Result<Mark, OutOfText> {
        let from = self.marks.partition_point(|m| by(m) <= at) - 1;
        let mut now = self.marks[from];
        for c in self.text[now.byte..].chars() {
            if by(&now) >= at {
                break;
            }
            now = step(now, c);
        }
        if by(&now) == at { Ok(now) } else { Err(OutOfText { at, unit, len: by(&self.end) }) }
    }
}

fn step(m: Mark, c: char) -> Mark {
    Mark { byte: m.byte + c.len_utf8(), utf16: m.utf16 + c.len_utf16(), point: m.point + 1 }
}
