//! Joining two desks' work on one article: the newest text, and the place of every claim in it.
//!
//! Facts need no joining: both histories stay, and if both replaced the same fact, both versions are current. Texts need
//! joining. If one side's newest revision was made from the other's, it is the newest. If both sides changed the text,
//! one more revision, made from both, merges them by sentences. Claims that only one side has are carried to it. All of
//! this is one action in the article's chain. It is undone with its import.

use crate::desk::{
    Desk, DeskError, Done, Proposed, Reading, Revised,
    articles::{
        places::{joined_places, missing_places},
        reading::live,
        revise::{NextRevision, carry_anchors, info_of, record_revision},
    },
    history::{dossier::whole_state, logs::Logs},
};
use crate::{
    formats::bundle,
    messages::message,
    model::{
        ActionKind, Anchor, Anchors, ArticleId, ArticleState, Chain, ClaimId, Fact, Info, PersonId,
        Placement, RevisionId, RevisionView, SuggestionAnchor, SuggestionAnchors,
    },
    store::Tx,
    text::{Decision, merge},
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// The two sides of an article, each at its last revision that is live once both histories are imported.
pub(in crate::desk) struct Sides {
    ours: Reading,
    theirs: Reading,
    next: NextText,
}

/// The newest text after joining.
enum NextText {
    /// This revision, which was made from the other side's newest.
    Is(RevisionId),
    /// A merge of both that is not decided yet.
    Proposed(Box<Proposed>),
}

/// What joins the two sides, ready to be recorded.
pub(in crate::desk) struct Join {
    /// The newest revision here before the import.
    pub ours: RevisionId,
    next: Joined,
}

enum Joined {
    /// This revision is the newest. The anchors place the claims, suggestions and queries that only the other side has.
    Is(RevisionId, Vec<Anchor>, Vec<SuggestionAnchor>),
    /// One more revision, after the newest here.
    Merged(Box<(Reading, NextRevision)>),
}

impl Sides {
    /// The two sides of an article. `before` are the revisions that were live here. None if one side has no live revision
    /// left.
    pub fn of(
        logs: &dyn Logs,
        incoming: &bundle::Incoming,
        before: &[RevisionView],
    ) -> Result<Option<Self>, DeskError> {
        let article = incoming.article;
        let state = Arc::new(whole_state(logs, article)?);
        let there = ArticleState::of(live(&incoming.log));
        let last = |of: &[RevisionView]| of.iter().rev().find_map(|r| state.revision(r.id).cloned());
        let (Some(ours), Some(theirs)) = (last(before), last(&there.revisions)) else { return Ok(None) };
        let side = |revision: RevisionView| {
            let text = logs.text(&revision.revision.text)?;
            Ok::<_, DeskError>(Reading::new(article, Arc::clone(&state), revision, text.into(), false))
        };
        let (ours, theirs) = (side(ours)?, side(theirs)?);
        let (our_id, their_id) = (ours.revision.id, theirs.revision.id);
        let ancestry = Ancestry::of([before, &there.revisions]);
        let next = if ancestry.with_ancestors(our_id).contains(&their_id) {
            NextText::Is(our_id)
        } else if ancestry.with_ancestors(their_id).contains(&our_id) {
            NextText::Is(their_id)
        } else {
            let base = ancestry.common_ancestor(our_id, their_id, before).ok_or_else(no_common_revision)?;
            NextText::Proposed(Box::new(proposed(base, logs.text(&base.revision.text)?, &ours, &theirs)))
        };
        Ok(Some(Self { ours, theirs, next }))
    }

    /// What has to be recorded to join the sides. Returns the merge as an error if a conflict is undecided.
    pub fn decide(self, decide: impl Fn(usize) -> Option<Decision>) -> Result<Join, Box<Proposed>> {
        let Self { ours, theirs, next } = self;
        let before = ours.revision.id;
        let next = match next {
            NextText::Is(id) => {
                let (newest, other) = if id == before { (&ours, &theirs) } else { (&theirs, &ours) };
                Joined::Is(id, missing_anchors(newest, other), missing_places(newest, other))
            }
            NextText::Proposed(proposed) => {
                let decisions: Vec<_> = (0..proposed.merge.conflicts().count()).map(decide).collect();
                let Some(text) = proposed.merge.resolve(&decisions) else { return Err(proposed) };
                let base = ours.state.revision(proposed.base).map(info).unwrap_or_default();
                let next = merge_sides(&ours, &theirs, &base, text);
                Joined::Merged(Box::new((ours, next)))
            }
        };
        Ok(Join { ours: before, next })
    }
}

fn proposed(base: &RevisionView, base_text: String, ours: &Reading, theirs: &Reading) -> Proposed {
    let merge = merge(&base_text, &ours.text, &theirs.text);
    let (our_text, their_text) = (ours.text.to_string(), theirs.text.to_string());
    Proposed { base: base.id, newest: ours.revision.id, base_text, our_text, their_text, merge }
}

impl Desk {
    /// Records what joins the two sides, once the other side's history is recorded. Records nothing if that is not
    /// needed. Returns the newest revision.
    pub(in crate::desk) fn join<T>(
        &self,
        tx: &Tx,
        article: ArticleId,
        join: Join,
        person: PersonId,
        import: &Done<T>,
    ) -> Result<RevisionId, DeskError> {
        let chain = Chain::Article(article);
        let done = match join.next {
            Joined::Is(id, anchors, places) if anchors.is_empty() && places.is_empty() => return Ok(id),
            Joined::Is(id, anchors, places) => self.record(tx, ActionKind::Merge, chain, person, |act| {
                if !anchors.is_empty() {
                    act.record(Fact::Anchors(Anchors { revision: id, anchors }));
                }
                if !places.is_empty() {
                    act.record(Fact::SuggestionAnchors(SuggestionAnchors { revision: id, anchors: places }));
                }
                Ok(id)
            })?,
            Joined::Merged(merged) => {
                let (id, (ours, next)) = (RevisionId(self.fresh()), *merged);
                self.record(tx, ActionKind::Merge, chain, person, |act| {
                    record_revision(act, article, id, &ours, next)?;
                    Ok(id)
                })?
            }
        };
        tx.mark_part_of(done.action, import.action)?;
        Ok(done.value)
    }

    /// The new places of the claims; none if the newest revision is still `ours`.
    pub(in crate::desk) fn joined_revision(
        &self,
        article: ArticleId,
        ours: RevisionId,
        newest: RevisionId,
    ) -> Result<Option<Revised>, DeskError> {
        if newest == ours {
            return Ok(None);
        }
        let (before, now) = (self.read(article, Some(ours))?, self.read(article, Some(newest))?);
        Ok(Some(Revised { revision: newest, placements: self.placements(&before, &now) }))
    }
}

pub(super) fn no_common_revision() -> DeskError {
    DeskError::refused(message!("refused_nothing_in_common"))
}

/// The parents of every revision, of both sides.
pub(super) struct Ancestry(HashMap<RevisionId, Vec<RevisionId>>);

impl Ancestry {
    pub fn of(sides: [&[RevisionView]; 2]) -> Self {
        Self(sides.into_iter().flatten().map(|r| (r.id, r.revision.parents.clone())).collect())
    }

    /// A revision and all its ancestors.
    fn with_ancestors(&self, revision: RevisionId) -> HashSet<RevisionId> {
        let (mut all, mut next) = (HashSet::new(), vec![revision]);
        while let Some(id) = next.pop() {
            if all.insert(id) {
                next.extend(self.0.get(&id).into_iter().flatten());
            }
        }
        all
    }

    /// Our last revision that is an ancestor of both.
    pub fn common_ancestor<'r>(
        &self,
        one: RevisionId,
        other: RevisionId,
        ours: &'r [RevisionView],
    ) -> Option<&'r RevisionView> {
        let (one, other) = (self.with_ancestors(one), self.with_ancestors(other));
        ours.iter().rev().find(|r| one.contains(&r.id) && other.contains(&r.id))
    }
}

/// The anchors in `newest` of claims that only `other` places.
pub(super) fn missing_anchors(newest: &Reading, other: &Reading) -> Vec<Anchor> {
    let known = |claim: ClaimId| newest.state.anchor(newest.revision.id, claim).is_some();
    carry_anchors(other, &newest.text, None).into_iter().filter(|a| !known(a.claim)).collect()
}

/// The merged revision: its claims carried from both sides.
pub(super) fn merge_sides(ours: &Reading, theirs: &Reading, base: &Info, text: String) -> NextRevision {
    let mut anchors: BTreeMap<ClaimId, Anchor> =
        carry_anchors(ours, &text, None).into_iter().map(|a| (a.claim, a)).collect();
    for a in carry_anchors(theirs, &text, None) {
        let better = anchors.get(&a.claim).is_none_or(|b| certainty(&a) > certainty(b));
        if better {
            anchors.insert(a.claim, a);
        }
    }
    let places = joined_places(ours, theirs, &text);
    let (parents, note, restores) = (vec![ours.revision.id, theirs.revision.id], None, None);
    let info = merge_info(base, &info_of(ours), &info_of(theirs));
    NextRevision { text, anchors: anchors.into_values().collect(), places, parents, note, restores, info }
}

/// How certain a place is: unchanged words, then changed words, then no place.
fn certainty(anchor: &Anchor) -> u8 {
    match anchor.placement {
        Placement::Kept | Placement::Moved => 2,
        Placement::Changed => 1,
        Placement::Orphaned => 0,
    }
}

fn info(revision: &RevisionView) -> Info {
    revision.info.as_ref().map(|i| i.value.clone()).unwrap_or_default()
}

/// Merges the details field by field: theirs if only they changed the field, else ours.
fn merge_info(base: &Info, ours: &Info, theirs: &Info) -> Info {
    fn one<T: Clone + PartialEq>(base: &T, ours: &T, theirs: &T) -> T {
        if ours == base { theirs.clone() } else { ours.clone() }
    }
    Info {
        byline: one(&base.byline, &ours.byline, &theirs.byline),
        outlet: one(&base.outlet, &ours.outlet, &theirs.outlet),
        date: one(&base.date, &ours.date, &theirs.date),
        time: one(&base.time, &ours.time, &theirs.time),
        zone: one(&base.zone, &ours.zone, &theirs.zone),
        place: one(&base.place, &ours.place, &theirs.place),
        language: one(&base.language, &ours.language, &theirs.language),
        url: one(&base.url, &ours.url, &theirs.url),
        tags: one(&base.tags, &ours.tags, &theirs.tags),
        hashtags: one(&base.hashtags, &ours.hashtags, &theirs.hashtags),
    }
}
