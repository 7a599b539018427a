//! ClaimReview, the vocabulary for exchanging fact-checks: schema.org/ClaimReview as JSON-LD, as one review, a graph, or a
//! DataFeed.

mod answer;
mod page;
mod rating;
mod read;
mod validate;
mod write;

pub use read::{fits, read};
pub use validate::{is_declared_in, validate};
pub use write::{graph, reviews, write, write_feed};

const NAME: &str = "ClaimReview";
