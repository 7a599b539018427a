//! Where a claim stands after an edit, and what its words are worth there. Pure functions over text.
//!
//! Anchors rot because text is written again. The policy here, in this order: the editor's own change
//! set where it is known, else the diff with its moves; then the exact quote where it is unique; then a
//! bounded search for words that are nearly the same; else the claim is an orphan. A wrong place is a
//! false verdict, so an orphan is better than a wrong place, always. Nothing here knows a desk, a
//! person or a clock, and every step is bounded by work.

mod carry;
mod compare;
mod details;
mod find;
mod lexicon;
mod local;
mod near;
mod reader;
mod typography;
mod whole;

pub use carry::{Carried, carry, map};
pub use compare::{Class, Reason, Words, compare, key};
pub use details::{Detail, DetailKind, claims_rank, details};
pub use find::{Candidate, Context, find};
pub use near::{Near, around};
pub use reader::{Reader, context, quote, statement};
