//! Where a claim is after an edit, and whether its words are still the same. Pure functions over text.
//!
//! An anchor gets lost when its text is rewritten. The policy tries these in order: the editor's own change set if
//! there is one, else the diff with its moves; then the exact quote if it is unique; then a bounded search for words
//! that are nearly the same. If all fail, the claim is an orphan. A wrong place is a false verdict, so an orphan is
//! always better than a wrong place. Nothing here knows a desk, a person or a clock. The work of every step is
//! bounded.

mod carry;
mod compare;
mod composed;
mod details;
mod find;
mod glue;
mod glyphs;
mod lexicon;
mod local;
mod look_alike;
mod marks;
mod near;
mod neighbour;
mod reach;
mod reader;
mod sentence_cut;
mod sentence_pairs;
mod typography;
mod whole;

pub use carry::{Carried, carry, map};
pub use compare::{ChangeClass, Reason, Words, compare, key};
pub use details::{Detail, DetailKind, claims_rank, details, tells_names};
pub use find::{Candidate, Context, find};
pub use marks::link_targets;
pub use near::{ParagraphReader, paragraphs_around};
pub use reach::Around;
pub use reader::{Reader, context, quote, statement, with_sign};
pub use sentence_pairs::put_back;
