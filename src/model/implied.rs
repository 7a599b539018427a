//! What a fact implies beyond its content: the numbers it assigns, the texts and files it refers to, and the other
//! chains it names. It is defined once here, for all code that stores, counts or erases.

use super::{Chain, Digest, Fact, NumberKind};
use uuid::Uuid;

/// What a fact refers to by its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentRef {
    /// A revision's text.
    Text(Digest),
    /// An attached file, or the bytes an article was imported from.
    File(Digest),
}

impl ContentRef {
    /// The hash.
    pub fn digest(&self) -> Digest {
        match self {
            Self::Text(digest) | Self::File(digest) => *digest,
        }
    }
}

impl Fact {
    /// The texts and files it refers to.
    pub fn content_refs(&self) -> Vec<ContentRef> {
        match self {
            Self::Revision(f) => vec![ContentRef::Text(f.text)],
            Self::Source(f) => f.files.iter().map(|a| ContentRef::File(a.digest)).collect(),
            Self::Article(f) => f.original.iter().map(|o| ContentRef::File(o.digest)).collect(),
            Self::Picture(f) => f.file.iter().map(|a| ContentRef::File(a.digest)).collect(),
            Self::Person(_)
            | Self::Archived(_)
            | Self::InfoAt(_)
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
            | Self::Exemption(_)
            | Self::SignOff(_)
            | Self::Policy(_)
            | Self::EvidenceScope(_)
            | Self::Workflow(_)
            | Self::Interview(_)
            | Self::Contact(_)
            | Self::Suggestion(_)
            | Self::Decision(_)
            | Self::SuggestionAnchors(_)
            | Self::FileAuthor(_)
            | Self::Published(_) => Vec::new(),
        }
    }

    /// The texts in it that a person wrote, to find the same words elsewhere. A revision's text is not included; it
    /// is stored separately.
    pub fn authored_texts(&self) -> Vec<&str> {
        fn some<const N: usize>(all: [&Option<String>; N]) -> Vec<&str> {
            all.into_iter().flatten().map(String::as_str).collect()
        }
        match self {
            Self::Person(f) => vec![&f.name],
            Self::Revision(f) => some([&f.note]),
            Self::InfoAt(f) => {
                let info = &f.info;
                let mut all = some([&info.byline, &info.outlet, &info.place, &info.url]);
                all.extend(info.tags.iter().chain(&info.hashtags).map(String::as_str));
                all
            }
            Self::Claim(f) => some([&f.assertion, &f.claimant]),
            Self::Source(f) => {
                let mut all = some([&f.publisher, &f.url, &f.note, &f.reliability]);
                all.extend([&f.title].into_iter().chain(&f.authors).map(String::as_str));
                all
            }
            Self::Passage(f) => some([&f.passage, &f.locator, &f.note]),
            Self::Verdict(f) => vec![&f.rationale],
            Self::Query(f) => [some([&f.to]), vec![&f.text]].concat(),
            Self::Answer(f) => {
                let written = f.written.iter().flat_map(|w| [w.by.as_str(), w.file.as_str()]);
                [f.text.as_str()].into_iter().chain(written).collect()
            }
            Self::Resolution(f) => some([&f.note]),
            Self::Redaction(f) => some([&f.why]),
            Self::Exemption(f) => some([&f.note]),
            Self::SignOff(f) => some([&f.note]),
            Self::Interview(f) => {
                [vec![f.with.as_str()], some([&f.role, &f.confirmed, &f.recording])].concat()
            }
            Self::Contact(f) => some([&f.phone, &f.address, &f.mail]),
            Self::Suggestion(f) => f.edits.iter().flat_map(|e| [e.words.as_str(), e.with.as_str()]).collect(),
            Self::Decision(f) => some([&f.note]),
            Self::FileAuthor(f) => some([&f.name]),
            Self::Picture(f) => some([&f.alt, &f.caption]),
            Self::Article(_)
            | Self::Archived(_)
            | Self::Anchors(_)
            | Self::Evidence(_)
            | Self::Scale(..)
            | Self::Import(_)
            | Self::EvidenceScope(_)
            | Self::Workflow(_)
            | Self::SuggestionAnchors(_)
            | Self::Policy(_)
            | Self::Published(_) => Vec::new(),
        }
    }

    /// The kind and id of the thing that this fact assigns a number to.
    pub fn numbered(&self) -> Option<(NumberKind, Uuid)> {
        match self {
            Self::Article(f) => Some((NumberKind::Article, f.article.0)),
            Self::Revision(f) => Some((NumberKind::Revision(f.article.0), f.revision.0)),
            Self::Claim(f) => Some((NumberKind::Claim, f.claim.0)),
            Self::Source(f) => Some((NumberKind::Source, f.source.0)),
            Self::Query(f) => Some((NumberKind::Query, f.query.0)),
            Self::Suggestion(f) => Some((NumberKind::Suggestion, f.suggestion.0)),
            Self::Person(_)
            | Self::Archived(_)
            | Self::InfoAt(_)
            | Self::Anchors(_)
            | Self::Evidence(_)
            | Self::Passage(_)
            | Self::Verdict(_)
            | Self::Scale(..)
            | Self::Answer(_)
            | Self::Resolution(_)
            | Self::Redaction(_)
            | Self::Import(_)
            | Self::Exemption(_)
            | Self::SignOff(_)
            | Self::Policy(_)
            | Self::EvidenceScope(_)
            | Self::Workflow(_)
            | Self::Interview(_)
            | Self::Contact(_)
            | Self::Decision(_)
            | Self::SuggestionAnchors(_)
            | Self::FileAuthor(_)
            | Self::Picture(_)
            | Self::Published(_) => None,
        }
    }

    /// The chain of the source or person that a fact of an article refers to.
    pub fn named_chain(&self) -> Option<Chain> {
        match self {
            Self::Evidence(f) => Some(Chain::Source(f.source)),
            Self::Claim(f) => f.assignee.map(Chain::Person),
            Self::Person(_)
            | Self::Article(_)
            | Self::Archived(_)
            | Self::Revision(_)
            | Self::InfoAt(_)
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
            | Self::Exemption(_)
            | Self::SignOff(_)
            | Self::Policy(_)
            | Self::EvidenceScope(_)
            | Self::Workflow(_)
            | Self::Interview(_)
            | Self::Contact(_)
            | Self::Suggestion(_)
            | Self::Decision(_)
            | Self::SuggestionAnchors(_)
            | Self::FileAuthor(_)
            | Self::Picture(_)
            | Self::Published(_) => None,
        }
    }
}
