//! Ids: UUIDv7, so that each is globally unique and sorts by the time it was created. Each kind of thing has its own
//! type.

use crate::messages::{Message, message, shown_in_english};
use std::{fmt, str::FromStr};
use thiserror::Error;
use uuid::Uuid;

/// A text that is no id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct NotAnId(pub String);

impl NotAnId {
    /// What is said of it.
    pub fn message(&self) -> Message {
        message!("not_an_id", given = &self.0)
    }
}

shown_in_english!(NotAnId);

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
    /// One suggestion.
    SuggestionId,
    /// One picture.
    PictureId,
}
