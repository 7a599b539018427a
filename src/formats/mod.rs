//! Bytes to model values and back, one room per format. The rooms know no desk and no database.

pub mod article;
pub mod bundle;
pub mod comparison;
pub mod interchange;
pub mod ledger;
pub mod validate;
