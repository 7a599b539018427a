//! What articles are read from. Every format has a reader in a module of its own and gives a [`Proposal`].
//!
//! To add a format: write its module with a function like [`read`], and let [`read`] choose it by what the bytes are.

pub mod foreign;
mod plain;
mod read_error;

pub(in crate::formats) use plain::day;
pub use plain::{decode, read};
pub use read_error::ReadError;
