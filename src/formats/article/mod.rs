//! Readers of articles. Every format has its own module with a reader that returns a [`Proposal`](crate::model::Proposal).
//!
//! To add a format: write its module with a function like [`read`], and let [`read`] choose it by the bytes.

pub mod foreign;
mod plain;
mod read_error;

pub(in crate::formats) use plain::day;
pub use plain::{decode, read};
pub use read_error::ReadError;
