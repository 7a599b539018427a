//! ClaimReview, the vocabulary in which fact-checks are exchanged: schema.org/ClaimReview as JSON-LD, alone, as a graph, or
//! as a DataFeed.

mod read;
mod validate;
mod write;

pub use read::{fits, read};
pub use validate::{is_told_in, validate};
pub use write::{graph, reviews, write, write_feed};

const NAME: &str = "ClaimReview";
