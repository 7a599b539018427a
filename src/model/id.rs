//! Ids: UUIDv7, so that each is globally unique and sorts by the time it was created. Each kind of thing has its own
//! type.

use std::{fmt, str::FromStr};
use thiserror::Error;
use uuid::Uuid;

/// A text that is no id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("'{0}' is not an id: an id is a UUID such as 0199a1b2-0000-7000-8000-000000000000")]
pub struct NotAnId(pub String);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The 16 bytes, as stored in the database.
            pub fn bytes(&self) -> [u8; 16] { *self.0.as_bytes() }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(s: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(s).map(Self).map_err(|_| NotAnId(s.into()))
            }
        }
    )*};
}

ids! {
    /// One action.
    ActionId,
    /// One recorded fact.
    FactId,
    /// One article.
    ArticleId,
    /// One revision of an article.
    RevisionId,
    /// One claim.
    ClaimId,
    /// One source.
    SourceId,
    /// One piece of evidence.
    EvidenceId,
    /// One query.
    QueryId,
    /// One person.
    PersonId,
    /// One rating scale.
    ScaleId,
    /// One sentence that needs no check.
    ExemptionId,
}
