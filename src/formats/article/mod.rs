//! What articles are read from.

pub mod foreign;
pub mod plain;
