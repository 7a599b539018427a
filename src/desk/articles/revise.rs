//! Revising: a new text, and the place of every claim in it.

use super::places::carry_places;
use crate::desk::{Clock, Desk, DeskError, Done, Reading, Standings, act::Act};
use crate::{
    anchor::carry,
    messages::{Message, message},
    model::{
        ActionKind, Anchor, Anchors, Archived, ArticleId, ArticleState, Chain, ClaimId, Edtf, Fact, Info,
        InfoAt, NumberKind, Placement, Revision, RevisionId, Standing, SuggestionAnchor, SuggestionAnchors,
    },
    store::Draft,
    text::{Change, Span, are_unrelated, normalise},
};
use std::collections::HashMap;

/// What was typed: a whole text, and the change set if the editor knows it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The whole text.
    pub text: String,
    /// The exact change set against `base`.
    pub change: Option<Change>,
    /// The revision it was typed on; by default the newest.
    pub base: Option<RevisionId>,
    /// A note by its author.
    pub note: Option<String>,
    /// Whether to save it after the newest revision even if that is not its base.
    pub on_top: bool,
}

/// A saved revision, and the new places of the live claims.
#[derive(Clone, Debug)]
pub struct Revised {
    /// The revision.
    pub revision: RevisionId,
    /// Every live claim, in the order they were marked.
    pub placements: Vec<Placed>,
}

/// A revision that is about to be recorded.
pub(in crate::desk) struct NextRevision {
    pub text: String,
    pub anchors: Vec<Anchor>,
    pub places: Vec<SuggestionAnchor>,
    pub parents: Vec<RevisionId>,
    pub note: Option<String>,
    pub restores: Option<RevisionId>,
    pub info: Info,
}

impl Desk {
    /// Saves what was typed as a new revision. Fails if the text is the same, or if the article was revised elsewhere
    /// since and `on_top` is not set. In both cases the draft stays stored.
    pub fn revise(&mut self, article: ArticleId, typed: Typed) -> Result<Done<Revised>, DeskError> {
        let newest = self.read(article, None)?;
        let base = typed.base.unwrap_or(newest.revision.id);
        if base != newest.revision.id && !typed.on_top {
            let (newest, base) = (self.number_of(newest.revision.id.0)?, self.number_of(base.0)?);
            return Err(DeskError::RevisedElsewhere { newest, base });
        }
        let text = normalise(&typed.text);
        if *text == *newest.text {
            return Err(DeskError::NoChange(message!("unchanged_text")));
        }
        if text.trim().is_empty() {
            return Err(DeskError::refused(message!("refused_save_empty")));
        }
        let exact = typed
            .change
            .filter(|c| base == newest.revision.id && c.apply(&newest.text).is_ok_and(|t| t == text));
        let anchors = self.put_back(&newest, &text, carry_anchors(&newest, &text, exact.as_ref()))?;
        let places = carry_places(&newest, &text, exact.as_ref());
        let (parents, saved) = (vec![newest.revision.id], text.clone());
        let (note, info) = (typed.note, info_of(&newest));
        let next = NextRevision { text, anchors, places, parents, note, restores: None, info };
        let done = self.save(article, ActionKind::Revise, &newest, next)?;
        self.drop_draft_of(article, &saved)?;
        Ok(done)
    }

    /// The newest revision with the places of its claims, if it has this text already.
    pub fn unchanged(&self, article: ArticleId, text: &str) -> Result<Option<Revised>, DeskError> {
        let newest = self.read(article, None)?;
        let revised =
            || Revised { revision: newest.revision.id, placements: self.placements(&newest, &newest) };
        Ok((*normalise(text) == *newest.text).then(revised))
    }

    /// Refuses the text of a file that is no version of the newest revision and would replace all of it.
    pub fn expect_related(&self, article: ArticleId, text: &str, file: &str) -> Result<(), DeskError> {
        match are_unrelated(&self.read(article, None)?.text, text) {
            true => Err(DeskError::refused(message!("refused_unrelated", file = file))),
            false => Ok(()),
        }
    }

    /// Saves an old revision's text as a new revision. Claims return to their old places. Claims that were marked later
    /// are carried from the newest revision.
    pub fn restore_revision(
        &mut self,
        article: ArticleId,
        old: RevisionId,
    ) -> Result<Done<Revised>, DeskError> {
        let newest = self.read(article, None)?;
        let then = self.read(article, Some(old))?;
        if then.text == newest.text {
            return Err(DeskError::NoChange(message!("unchanged_draft_text")));
        }
        let old_places: HashMap<ClaimId, Vec<Span>> = spans_by_claim(&then);
        let anchors = carry_anchors(&newest, &then.text, None)
            .into_iter()
            .map(|a| place_as_before(a, &old_places, &newest, &then.text));
        let next = NextRevision {
            anchors: anchors.collect(),
            places: carry_places(&newest, &then.text, None),
            parents: vec![newest.revision.id],
            note: None,
            restores: Some(old),
            info: info_of(&then),
            text: then.text.to_string(),
        };
        self.save(article, ActionKind::Restore, &newest, next)
    }

    /// Changes the details of an article at its newest revision. Accepts a date as people write it.
    pub fn set_info(&mut self, article: ArticleId, mut info: Info) -> Result<Done<()>, DeskError> {
        if let Some(date) = &mut info.date {
            *date = Edtf::read(date).map_err(|e| DeskError::refused(e.message()))?.to_string();
        }
        let newest = self.read(article, None)?;
        let known = newest.revision.info.as_ref();
        if known.is_some_and(|k| k.value == info) {
            return Err(DeskError::NoChange(message!("unchanged_info")));
        }
        let (revision, replaces) = (newest.revision.id, known.map(|k| k.stamp.fact).into_iter().collect());
        self.act(ActionKind::EditInfo, Chain::Article(article), |act| {
            act.replace(Fact::InfoAt(InfoAt { revision, info }), replaces);
            Ok(())
        })
    }

    /// Archives an article, or restores it from the archive.
    pub fn archive(&mut self, article: ArticleId, archived: bool) -> Result<Done<()>, DeskError> {
        let state = self.read(article, None)?.state;
        if state.archived == archived {
            let why =
                if archived { message!("unchanged_archived") } else { message!("unchanged_not_archived") };
            return Err(DeskError::NoChange(why));
        }
        let replaces = state.archived_by.map(|s| s.fact).into_iter().collect();
        let kind = if archived { ActionKind::Archive } else { ActionKind::Unarchive };
        self.act(kind, Chain::Article(article), |act| {
            act.replace(Fact::Archived(Archived { article, archived }), replaces);
            Ok(())
        })
    }

    /// Stores unsaved changes as a draft.
    pub fn keep_draft(
        &self,
        article: ArticleId,
        base: RevisionId,
        text: &str,
        changes: Option<String>,
    ) -> Result<(), DeskError> {
        let draft = Draft { article, base, text: normalise(text), changes, at: self.clock.now() };
        Ok(self.store.save_draft(&draft)?)
    }

    /// The draft of an article: its unsaved changes.
    pub fn draft(&self, article: ArticleId) -> Result<Option<Draft>, DeskError> {
        Ok(self.store.draft(article)?)
    }

    /// Whether an article has a draft.
    pub fn has_draft(&self, article: ArticleId) -> Result<bool, DeskError> {
        Ok(self.store.has_draft(article)?)
    }

    /// Removes the draft of an article.
    pub fn drop_draft(&self, article: ArticleId) -> Result<(), DeskError> {
        Ok(self.store.drop_draft(article)?)
    }

    /// Removes the draft if its text is `saved`. Another text, typed elsewhere on the same desk, stays.
    pub(in crate::desk) fn drop_draft_of(&self, article: ArticleId, saved: &str) -> Result<(), DeskError> {
        match self.store.draft(article)? {
            Some(draft) if draft.text == saved => Ok(self.store.drop_draft(article)?),
            Some(_) | None => Ok(()),
        }
    }

    fn save(
        &mut self,
        article: ArticleId,
        kind: ActionKind,
        before: &Reading,
        next: NextRevision,
    ) -> Result<Done<Revised>, DeskError> {
        let revision = RevisionId(self.fresh());
        let done = self.act(kind, Chain::Article(article), |act| {
            record_revision(act, article, revision, before, next)
        })?;
        let placements = self.placements(before, &self.read(article, Some(revision))?);
        Ok(Done { value: Revised { revision, placements }, action: done.action, seq: done.seq })
    }

    /// The old and new place of every live claim of `now`.
    pub(in crate::desk) fn placements(&self, before: &Reading, now: &Reading) -> Vec<Placed> {
        let (was, is) = (Standings::new(before), Standings::new(now));
        now.state.live_claims().filter(|c| is.anchor(c).is_some()).map(|c| Placed::of(c, &was, &is)).collect()
    }
}

/// Records a revision, its details and the places of its claims.
pub(in crate::desk) fn record_revision(
    act: &mut Act,
    article: ArticleId,
    revision: RevisionId,
    before: &Reading,
    next: NextRevision,
) -> Result<(), DeskError> {
    let store = act.tx();
    let text = store.put_text(&next.text, Some(before.revision.revision.text))?;
    let bytes = next.text.len();
    let NextRevision { parents, note, restores, .. } = next;
    act.record(Fact::Revision(Revision { revision, article, parents, text, bytes, note, restores }));
    act.record(Fact::InfoAt(InfoAt { revision, info: next.info }));
    if !next.anchors.is_empty() {
        act.record(Fact::Anchors(Anchors { revision, anchors: next.anchors }));
    }
    if !next.places.is_empty() {
        act.record(Fact::SuggestionAnchors(SuggestionAnchors { revision, anchors: next.places }));
    }
    store.give_number(NumberKind::Revision(article.0), revision.0)?;
    Ok(())
}

/// The place of every claim of `from` in `text`. Retracted claims are included so that they can be restored. An orphaned
/// claim stays orphaned.
pub(in crate::desk) fn carry_anchors(from: &Reading, text: &str, change: Option<&Change>) -> Vec<Anchor> {
    let claims: Vec<ClaimId> =
        from.state.claims.iter().map(|c| c.id).filter(|c| anchor(from, *c).is_some()).collect();
    let spans: Vec<Vec<Span>> =
        claims.iter().map(|c| anchor(from, *c).map(|a| a.spans.clone()).unwrap_or_default()).collect();
    let standing: Vec<usize> = (0..claims.len()).filter(|&i| !spans[i].is_empty()).collect();
    let spans_to_carry: Vec<Vec<Span>> = standing.iter().map(|&i| spans[i].clone()).collect();
    let orphan = |claim| Anchor { claim, placement: Placement::Orphaned, spans: Vec::new() };
    let mut anchors: Vec<Anchor> = claims.iter().map(|&c| orphan(c)).collect();
    for (at, placed) in standing.into_iter().zip(carry(&from.text, text, change, &spans_to_carry)) {
        anchors[at] = Anchor { claim: claims[at], placement: placed.placement, spans: placed.spans };
    }
    anchors
}

fn anchor(reading: &Reading, claim: ClaimId) -> Option<&Anchor> {
    reading.state.anchor(reading.revision.id, claim)
}

fn spans_by_claim(reading: &Reading) -> HashMap<ClaimId, Vec<Span>> {
    let spans = |p: &ArticleState, c| p.anchor(reading.revision.id, c).map(|a| a.spans.clone());
    let claims = reading.state.claims.iter().map(|c| c.id);
    claims.filter_map(|c| Some((c, spans(&reading.state, c).filter(|s| !s.is_empty())?))).collect()
}

/// Places a claim where it was in the old revision. The placement says whether its words differ from the newest revision.
fn place_as_before(
    carried: Anchor,
    old_places: &HashMap<ClaimId, Vec<Span>>,
    newest: &Reading,
    text: &str,
) -> Anchor {
    let Some(spans) = old_places.get(&carried.claim) else { return carried };
    if carried.spans == *spans {
        return carried;
    }
    let was = anchor(newest, carried.claim)
        .map(|a| crate::anchor::statement(&newest.text, &a.spans))
        .unwrap_or_default();
    let same = !super::standing::words_differ(&was, &crate::anchor::statement(text, spans));
    let placement = if same { Placement::Moved } else { Placement::Changed };
    Anchor { claim: carried.claim, placement, spans: spans.clone() }
}

pub(in crate::desk) fn info_of(reading: &Reading) -> Info {
    reading.revision.info.as_ref().map(|i| i.value.clone()).unwrap_or_default()
}

/// The old and new place and status of one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The claim.
    pub claim: ClaimId,
    /// How it was placed.
    pub placement: Placement,
    /// Its status now.
    pub standing: Standing,
    /// Its status before.
    pub standing_before: Standing,
    /// Whether other words of its sentence changed.
    pub context_changed: bool,
    /// Its place now.
    pub spans: Vec<Span>,
    /// Its place before.
    pub old_spans: Vec<Span>,
    /// Its words now; none if it is orphaned.
    pub quote: Option<String>,
    /// Its words before.
    pub was: Option<String>,
    /// What changed, in words.
    pub reasons: Vec<Message>,
}
