//! Bytes to model values and back, one room per format. The rooms know no desk and no database.

pub mod archive;
pub mod bag;
pub mod bundle;
pub mod comparison;
pub mod disclosure;
pub mod findings;
pub mod foreign;
pub mod judge;
pub mod ledger;
pub mod plain;
mod reader;
pub mod signature;
pub mod spoken;
mod wacz;
