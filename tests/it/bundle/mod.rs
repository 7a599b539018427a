//! Bundles and bags, from the outside.

mod attacks;
mod bags;
pub mod dossier;
mod history;
mod limits;
mod page;
mod roundtrip;
pub mod zips;
