//! What `claims.json` and `revisions.json` share: places in the text, names, and article details.

use crate::{
    model::{ArticleState, PersonId},
    text::{Offsets, Span},
};
use serde::Serialize;

/// The article details at a revision. A field without a value is left out.
#[derive(Clone, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Info<'d> {
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<&'d str>,
    /// Where it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<&'d str>,
    /// The day it was published, in ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<&'d str>,
    /// The time of day, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<&'d str>,
    /// The time zone, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<&'d str>,
    /// The place where it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<&'d str>,
    /// The language of the text, as ISO 639-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'d str>,
    /// Where the article can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'d str>,
    /// Its tags.
    pub tags: &'d [String],
    /// Its hashtags, with their `#`.
    pub hashtags: &'d [String],
}

/// A span of the text in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Placed {
    /// Where it starts.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
}

/// The name of a person, if it is known.
pub(super) fn name_of(state: &ArticleState, person: PersonId) -> Option<&str> {
    state.people.get(&person).map(|p| p.name.as_str())
}

/// Converts spans to code points. Leaves out spans that are outside the text.
pub(super) fn code_points(offsets: &Offsets, spans: &[Span]) -> Vec<Placed> {
    let placed = |r: crate::text::Range<crate::text::Point>| Placed { start: r.start.0, end: r.end.0 };
    spans.iter().filter_map(|s| offsets.span_to_points(*s).ok()).map(placed).collect()
}
