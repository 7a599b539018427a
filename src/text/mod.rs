//! The ground: pure functions over text. Nothing here knows an article, a desk or a clock.
//!
//! Three units count text, each with a type of its own, so that no offset is ever taken for
//! another: [`Byte`] (UTF-8, the core and the database), [`Utf16`] (what the page's editor
//! counts) and [`Point`] (Unicode code points, what interchange files count).

mod offsets;
mod span;

pub use offsets::{Offsets, OutOfText};
pub use span::{Byte, Point, Range, Span, Utf16};
