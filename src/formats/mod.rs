//! Turns bytes into model values and back, one module per format. No module here uses the desk or the database.

pub mod article;
pub mod bundle;
pub mod comparison;
pub mod interchange;
pub mod ledger;
pub mod validate;
