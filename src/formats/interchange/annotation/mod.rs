//! W3C Web Annotations: claims as annotations on words of the article. Source: Web Annotation Data Model, W3C
//! Recommendation of 23 February 2017. Offsets count Unicode code points, the end exclusive.
//!
//! One claim is one annotation. Each part of it is a body with a purpose: the assertion `describing`, the rating
//! `classifying`, the rationale `assessing`, a source `linking`, a query `questioning`.

mod read;
mod selectors;
mod validate;
mod write;

pub use read::{fits, read};
pub use validate::{is_declared_in, validate};
pub use write::write;

const NAME: &str = "Web Annotation";
