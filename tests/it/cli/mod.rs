//! The contract of the command line, end to end on an article of our own.

mod articles;
mod claims;
mod keep;
mod lists;
mod log;
pub mod out;
