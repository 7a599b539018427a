//! The one integration binary.

mod anchors;
mod bundle;
mod example;
mod import;
