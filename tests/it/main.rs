//! The one integration binary.

mod anchors;
mod import;
