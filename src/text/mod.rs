//! The lowest layer: pure functions over text. Nothing here knows an article, a desk or a clock.
//!
//! Text is counted in three units. Each has its own type, so no offset can be confused with another: [`Byte`] (UTF-8,
//! the core and the database), [`Utf16`] (what the page's editor counts) and [`Point`] (Unicode code points, what
//! interchange files count).

mod abbreviations;
mod blame;
mod change;
mod diff;
mod edit_distance;
mod layer;
mod merge;
mod normalise;
mod offsets;
mod related;
mod sentence_ends;
mod sentences;
mod span;
mod tokens;

pub use blame::{Edition, Written, blame};
pub use change::{Change, ChangeError, Mapped, Side, Step};
pub use diff::{Diff, Move, Part, Stats, diff, stats};
pub use edit_distance::edit_distance;
pub use layer::{Insert, Layer, Put, Slot};
pub use merge::{Conflict, Decision, Merge, Piece, Version, merge};
pub use normalise::{bare, nfkc, normalise};
pub use offsets::{Offsets, OutOfText};
pub use related::are_unrelated;
pub(crate) use sentences::{begins_block, lines};
pub use sentences::{language, sentences, sentences_in};
pub use span::{Byte, Point, Range, Span, Utf16};
pub use tokens::{Kind, Token, graphemes_around, tokens, words};
pub(crate) use tokens::{is_currency, is_han_numeral, is_sign, is_spaceless, is_wordly};
