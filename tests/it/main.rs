//! The one integration binary.

mod anchors;
