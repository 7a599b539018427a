//! The places of suggestions and queries, carried from one revision to the next.

use crate::desk::Reading;
use crate::{
    anchor::carry,
    model::{SuggestionAnchor, Waiting},
    text::{Change, Span},
};
use std::collections::HashSet;
use uuid::Uuid;

/// The places in `text` of the suggestions that wait and of the queries of `from`. `change` is the exact change to `text`, if it is
/// known; else the diff is used. A suggestion whose words are not the same any more is overtaken.
pub(in crate::desk) fn carry_places(
    from: &Reading,
    text: &str,
    change: Option<&Change>,
) -> Vec<SuggestionAnchor> {
    let mut waiting = from.state.waiting(from.revision.id);
    if !waiting.is_empty() {
        carry_waiting(&mut waiting, from, text, change);
    }
    places(&waiting, from, text, change)
}

/// Carries what waits in `from` to `text`.
pub(in crate::desk) fn carry_waiting(
    waiting: &mut Waiting,
    from: &Reading,
    text: &str,
    change: Option<&Change>,
) {
    match change {
        Some(change) => waiting.carry(change, &from.text, text),
        None => waiting.carry(&Change::between(&from.text, text), &from.text, text),
    }
}

/// The places of what waits, which are in `text` already, and those of the queries of `from`, carried to `text`.
pub(in crate::desk) fn places(
    waiting: &Waiting,
    from: &Reading,
    text: &str,
    change: Option<&Change>,
) -> Vec<SuggestionAnchor> {
    let (ids, spans): (Vec<_>, Vec<Vec<Span>>) = from
        .state
        .query_places(from.revision.id)
        .filter(|(_, spans)| !spans.is_empty() && spans.iter().all(|s| s.of(&from.text).is_some()))
        .map(|(id, spans)| (id, spans.to_vec()))
        .unzip();
    let carried = if ids.is_empty() { Vec::new() } else { carry(&from.text, text, change, &spans) };
    let queries = ids.into_iter().zip(carried).filter(|(_, now)| !now.spans.is_empty());
    let queries = queries.map(|(id, now)| SuggestionAnchor::Query(id, now.spans));
    waiting.anchors().into_iter().chain(queries).collect()
}

/// The places in `text`, the merge of two sides, of what waits on either. Where both know a place, ours counts.
pub(in crate::desk) fn joined_places(ours: &Reading, theirs: &Reading, text: &str) -> Vec<SuggestionAnchor> {
    let [mut here, mut there] = [ours, theirs].map(|r| r.state.waiting(r.revision.id));
    carry_waiting(&mut here, ours, text, None);
    carry_waiting(&mut there, theirs, text, None);
    here.add_missing(&there);
    let mut all = places(&here, ours, text, None);
    let known: HashSet<Uuid> = all.iter().map(SuggestionAnchor::of).collect();
    let others = places(&there, theirs, text, None).into_iter();
    all.extend(others.filter(|a| matches!(a, SuggestionAnchor::Query(..)) && !known.contains(&a.of())));
    all
}

/// The places in `newest` of what only `other` places.
pub(in crate::desk) fn missing_places(newest: &Reading, other: &Reading) -> Vec<SuggestionAnchor> {
    let here = newest.state.waiting(newest.revision.id);
    let mut known: HashSet<Uuid> =
        newest.state.query_places(newest.revision.id).map(|(id, _)| id.0).collect();
    known.extend(here.all().filter(|(v, _)| here.is_in_text(v.id)).map(|(v, _)| v.id.0));
    let carried = carry_places(other, &newest.text, None).into_iter();
    carried.filter(|a| !matches!(a, SuggestionAnchor::Overtaken(_)) && !known.contains(&a.of())).collect()
}
