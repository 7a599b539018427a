//! Suggestions: changes that somebody proposes and a person of the desk decides one by one; and what else a file brings with an
//! article: who wrote something in it, and pictures.

use super::{
    ArticleId, Attachment, ChangeKind, Digest, NotAnId, PictureId, QueryId, RevisionId, SuggestionId, slugs,
};
use crate::text::Span;
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A change that is suggested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Which.
    pub suggestion: SuggestionId,
    /// Of which article.
    pub article: ArticleId,
    /// The revision that it was made on.
    pub revision: RevisionId,
    /// What it does.
    pub kind: ChangeKind,
    /// Its edits, in order and apart from each other.
    pub edits: Vec<SuggestedEdit>,
    /// The suggestion in whose added words this one is. The spans of its edits count in the words that the other one adds, one edit
    /// after the other, not in the text.
    pub within: Option<SuggestionId>,
}

/// Words to put in the place of others, and these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedEdit {
    /// Where the words are that go, in bytes; empty where words are only added.
    pub span: Span,
    /// The words that go.
    pub words: String,
    /// The words that come.
    pub with: String,
}

/// A person decided a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestionDecision {
    /// Which suggestion.
    pub suggestion: SuggestionId,
    /// Whether it was accepted. Otherwise it was rejected.
    pub accepted: bool,
    /// The revision that has its words. None if it was rejected, or if it is in the words of another suggestion that waits.
    pub revision: Option<RevisionId>,
    /// A remark.
    pub note: Option<String>,
}

/// The places of suggestions and queries in one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestionAnchors {
    /// In which revision.
    pub revision: RevisionId,
    /// The places in text order. Of two facts about the same subject and revision, the one recorded later counts.
    pub anchors: Vec<SuggestionAnchor>,
}

/// A place of a suggestion or a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuggestionAnchor {
    /// One edit of a suggestion: which, by its number from 0, and the words that go. An edit that was split has several.
    Edit(SuggestionId, usize, Span),
    /// A suggestion whose words changed otherwise. It has no place.
    Overtaken(SuggestionId),
    /// A query; no spans if its words are gone.
    Query(QueryId, Vec<Span>),
}

/// The author of a suggestion, a query or an answer as a file names them. Nobody of the desk is meant by the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAuthor {
    /// The suggestion or query, by its id, or the answer, by the id of its fact.
    pub of: Uuid,
    /// The name in the file.
    pub name: Option<String>,
    /// The time in the file, in ISO 8601.
    pub date: Option<String>,
    /// SHA-256 of the file.
    pub file: Digest,
}

/// A picture in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Which.
    pub picture: PictureId,
    /// Of which article.
    pub article: ArticleId,
    /// The revision that `at` counts in.
    pub revision: RevisionId,
    /// Its name in the file, or its address.
    pub name: String,
    /// Its bytes; none if the file only names it.
    pub file: Option<Attachment>,
    /// The words that stand for it.
    pub alt: Option<String>,
    /// Its caption, which is in the text too.
    pub caption: Option<String>,
    /// Its place in the text, in bytes.
    pub at: Option<usize>,
}

slugs! {
    /// Where a suggestion is on its way.
    SuggestionState, "state of a suggestion", {
        /// It waits for a decision.
        Open = "open",
        /// It was accepted.
        Accepted = "accepted",
        /// It was rejected.
        Rejected = "rejected",
        /// Its words changed otherwise.
        Overtaken = "overtaken",
        /// It is in words that were rejected.
        Moot = "moot",
    }
}

impl SuggestionState {
    /// Whether nobody decided it: it is open or overtaken.
    pub fn is_undecided(self) -> bool {
        matches!(self, Self::Open | Self::Overtaken)
    }
}

impl SuggestionAnchor {
    /// The id of the suggestion or query.
    pub fn of(&self) -> Uuid {
        match self {
            Self::Edit(id, ..) | Self::Overtaken(id) => id.0,
            Self::Query(id, _) => id.0,
        }
    }
}

impl fmt::Display for SuggestionAnchor {
    /// `edit SUGGESTION NTH START-END`, `overtaken SUGGESTION`, `query QUERY START-END,START-END`; offsets in bytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edit(id, nth, span) => write!(f, "edit {id} {nth} {span}"),
            Self::Overtaken(id) => write!(f, "overtaken {id}"),
            Self::Query(id, spans) => {
                let spans: Vec<_> = spans.iter().map(Span::to_string).collect();
                write!(f, "query {id} {}", spans.join(","))
            }
        }
    }
}

impl FromStr for SuggestionAnchor {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let wrong = || format!("'{s}' is not the place of a suggestion or query");
        let no_id = |e: NotAnId| e.to_string();
        match s.split(' ').collect::<Vec<_>>()[..] {
            ["edit", id, nth, span] => {
                let nth = nth.parse().ok().filter(|n: &usize| n.to_string() == nth).ok_or_else(wrong)?;
                Ok(Self::Edit(id.parse().map_err(no_id)?, nth, place(span).ok_or_else(wrong)?))
            }
            ["overtaken", id] => Ok(Self::Overtaken(id.parse().map_err(no_id)?)),
            ["query", id, spans] => {
                let all = spans.split(',').filter(|p| !p.is_empty()).map(place).collect::<Option<Vec<_>>>();
                Ok(Self::Query(id.parse().map_err(no_id)?, all.ok_or_else(wrong)?))
            }
            _ => Err(wrong()),
        }
    }
}

/// A span that may be empty: `3-3`.
pub(super) fn place(s: &str) -> Option<Span> {
    let (start, end) = s.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then(|| Span::at(start, end))
}
