//! What a fact implies beyond what it says: which numbers it gives, which texts and files it names, and of which other
//! threads it speaks. Said here once, for whoever keeps, counts or erases.

use super::{Digest, Fact, NumberKind, Thread};
use uuid::Uuid;

/// What a fact names by its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A revision's text.
    Text(Digest),
    /// An attached file, or the bytes an article came as.
    File(Digest),
}

impl Held {
    /// The hash.
    pub fn digest(&self) -> Digest {
        match self {
            Self::Text(digest) | Self::File(digest) => *digest,
        }
    }
}

impl Fact {
    /// The texts and files it names.
    pub fn held(&self) -> Vec<Held> {
        match self {
            Self::Revision(f) => vec![Held::Text(f.text)],
            Self::Source(f) => f.files.iter().map(|a| Held::File(a.digest)).collect(),
            Self::Article(f) => f.original.iter().map(|o| Held::File(o.digest)).collect(),
            Self::Person(_)
            | Self::Archived(_)
            | Self::Known(_)
            | Self::Claim(_)
            | Self::Anchors(_)
            | Self::Evidence(_)
            | Self::Passage(_)
            | Self::Verdict(_)
            | Self::Scale(..)
            | Self::Query(_)
            | Self::Answer(_)
            | Self::Resolution(_)
            | Self::Redaction(_)
            | Self::Import(_)
            | Self::Waved(_)
            | Self::SignOff(_)
            | Self::Policy(_) => Vec::new(),
        }
    }

    /// The thing that gets a number with it, and of which kind.
    pub fn numbered(&self) -> Option<(NumberKind, Uuid)> {
        match self {
            Self::Article(f) => Some((NumberKind::Article, f.article.0)),
            Self::Revision(f) => Some((NumberKind::Revision(f.article.0), f.revision.0)),
            Self::Claim(f) => Some((NumberKind::Claim, f.claim.0)),
            Self::Source(f) => Some((NumberKind::Source, f.source.0)),
            Self::Query(f) => Some((NumberKind::Query, f.query.0)),
            Self::Person(_)
            | Self::Archived(_)
            | Self::Known(_)
            | Self::Anchors(_)
            | Self::Evidence(_)
            | Self::Passage(_)
            | Self::Verdict(_)
            | Self::Scale(..)
            | Self::Answer(_)
            | Self::Resolution(_)
            | Self::Redaction(_)
            | Self::Import(_)
            | Self::Waved(_)
            | Self::SignOff(_)
            | Self::Policy(_) => None,
        }
    }

    /// The other threads that a fact of an article speaks of: sources and people.
    pub fn names(&self) -> Option<Thread> {
        match self {
            Self::Evidence(f) => Some(Thread::Source(f.source)),
            Self::Claim(f) => f.assignee.map(Thread::Person),
            Self::Person(_)
            | Self::Article(_)
            | Self::Archived(_)
            | Self::Revision(_)
            | Self::Known(_)
            | Self::Anchors(_)
            | Self::Source(_)
            | Self::Passage(_)
            | Self::Verdict(_)
            | Self::Scale(..)
            | Self::Query(_)
            | Self::Answer(_)
            | Self::Resolution(_)
            | Self::Redaction(_)
            | Self::Import(_)
            | Self::Waved(_)
            | Self::SignOff(_)
            | Self::Policy(_) => None,
        }
    }
}
