//! Plain types of the fact-checker's world.

mod placement;
mod slug;

pub use placement::{Placement, Standing};
pub use slug::NotASlug;
pub(crate) use slug::slugs;
