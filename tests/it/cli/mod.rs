//! The contract of the command line, end to end on a test article.

mod articles;
pub mod bundles;
mod claims;
mod forms;
mod lists;
mod log;
mod maintenance;
mod people;
