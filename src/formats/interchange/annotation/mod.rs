//! W3C Web Annotations: claims as annotations on words of the article. Source: Web Annotation Data Model, W3C
//! Recommendation of 23 February 2017. Offsets count Unicode code points, the end exclusive.
//!
//! A claim is one annotation. What it asserts is a body for describing, the rating one for classifying, the rationale one
//! for assessing, a source one for linking, a query one for questioning.

mod read;
mod selectors;
mod validate;
mod write;

pub use read::{fits, read};
pub use validate::{is_told_in, validate};
pub use write::write;

const NAME: &str = "Web Annotation";
