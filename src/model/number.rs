//! The kinds of short numbers that people use at a desk (`3`, `C12`, `S4`, `Q2`).

use uuid::Uuid;

/// What is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// Articles, per desk.
    Article,
    /// Claims, per desk.
    Claim,
    /// Sources, per desk.
    Source,
    /// Queries, per desk.
    Query,
    /// Suggestions, per desk.
    Suggestion,
    /// Revisions of one article.
    Revision(Uuid),
}
