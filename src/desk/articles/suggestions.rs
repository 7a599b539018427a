//! Suggestions: changes that wait, decided one by one or several in one action.

use super::{
    places::places,
    revise::{NextRevision, carry_anchors, info_of, record_revision},
};
use crate::desk::{
    Desk, DeskError, Done, Reading, Revised,
    error::{Missing, not_found},
};
use crate::{
    messages::message,
    model::{
        ActionKind, ArticleId, Chain, Fact, NumberKind, RevisionId, SuggestionAnchors, SuggestionDecision,
        SuggestionId, SuggestionState, SuggestionView, Waiting,
    },
    text::Change,
};
use std::collections::HashSet;

/// What accepting suggestions makes of an article.
pub(in crate::desk) struct Accepted<'r> {
    /// The text with them.
    pub text: String,
    /// The change that makes it.
    pub change: Change,
    /// What waits then, with its places in that text.
    pub waiting: Waiting<'r>,
    /// Which of them have their words in the text.
    in_text: Vec<bool>,
}

impl Desk {
    /// Accepts suggestions in one action: records a revision with their words. A suggestion within another one that waits changes the
    /// words of that one, and no text. Fails if one is not open, or if no text would be left.
    pub fn accept_suggestions(
        &mut self,
        article: ArticleId,
        ids: &[SuggestionId],
        note: Option<String>,
    ) -> Result<Done<Revised>, DeskError> {
        let ids = &distinct(ids)?;
        let newest = self.read(article, None)?;
        let Accepted { text, change, waiting, in_text } = self.accepted(&newest, ids)?;
        if text.trim().is_empty() {
            return Err(DeskError::refused(message!("refused_accept_empty")));
        }
        let new = (text != *newest.text).then(|| RevisionId(self.fresh()));
        let places = places(&waiting, &newest, &text, Some(&change));
        let anchors = match new {
            Some(_) => self.put_back(&newest, &text, carry_anchors(&newest, &text, Some(&change)))?,
            None => Vec::new(),
        };
        let done = self.act(ActionKind::AcceptSuggestion, Chain::Article(article), |act| {
            let revision = new.unwrap_or(newest.revision.id);
            match new {
                Some(revision) => {
                    let (parents, info) = (vec![newest.revision.id], info_of(&newest));
                    let next =
                        NextRevision { text, anchors, places, parents, note: None, restores: None, info };
                    record_revision(act, article, revision, &newest, next)?;
                }
                None if places.is_empty() => {}
                None => {
                    act.record(Fact::SuggestionAnchors(SuggestionAnchors { revision, anchors: places }));
                }
            }
            for (id, in_text) in ids.iter().zip(in_text) {
                let (suggestion, note) = (*id, note.clone());
                let revision = in_text.then_some(revision);
                act.record(Fact::Decision(SuggestionDecision { suggestion, accepted: true, revision, note }));
            }
            Ok(revision)
        })?;
        let placements = self.placements(&newest, &self.read(article, None)?);
        Ok(Done { value: Revised { revision: done.value, placements }, action: done.action, seq: done.seq })
    }

    /// Rejects suggestions in one action. Those within them are moot then. Fails if one is neither open nor overtaken.
    pub fn reject_suggestions(
        &mut self,
        article: ArticleId,
        ids: &[SuggestionId],
        note: Option<String>,
    ) -> Result<Done<Revised>, DeskError> {
        let ids = &distinct(ids)?;
        let newest = self.read(article, None)?;
        // One within another that is rejected with it is rejected too, not moot.
        let waiting = newest.state.waiting(newest.revision.id);
        for id in ids {
            let state = waiting.state_of(self.suggestion_view(&newest, *id)?.id);
            if !state.is_undecided() {
                return Err(self.not_open(*id, state)?);
            }
        }
        let revision = newest.revision.id;
        let done = self.act(ActionKind::RejectSuggestion, Chain::Article(article), |act| {
            for suggestion in ids.iter().copied() {
                let (revision, note) = (None, note.clone());
                act.record(Fact::Decision(SuggestionDecision {
                    suggestion,
                    accepted: false,
                    revision,
                    note,
                }));
            }
            Ok(())
        })?;
        let placements = self.placements(&newest, &newest);
        Ok(Done { value: Revised { revision, placements }, action: done.action, seq: done.seq })
    }

    /// The text with these suggestions accepted, one after the other. Records nothing. Fails if one is not open.
    pub(in crate::desk) fn accepted<'r>(
        &self,
        newest: &'r Reading,
        ids: &[SuggestionId],
    ) -> Result<Accepted<'r>, DeskError> {
        let mut waiting = newest.state.waiting(newest.revision.id);
        let misfit = || DeskError::refused(message!("refused_suggestion_misfit"));
        let (mut len, mut changes, mut in_text) = (newest.text.len(), Vec::new(), Vec::new());
        for id in ids {
            let view = self.suggestion_view(newest, *id)?;
            let state = waiting.state_of(*id);
            if state != SuggestionState::Open {
                return Err(self.not_open(*id, state)?);
            }
            let next = waiting.accept(view, len).ok_or_else(misfit)?;
            in_text.push(next.is_some());
            len = next.as_ref().map_or(len, Change::len_after);
            changes.extend(next);
        }
        let change = Change::in_turn(&changes, newest.text.len()).map_err(|_| misfit())?;
        let text = change.apply(&newest.text).map_err(|_| misfit())?;
        Ok(Accepted { text, change, waiting, in_text })
    }

    /// The suggestion of that number or id, and its article.
    pub fn suggestion_named(&self, given: &str) -> Result<(ArticleId, SuggestionId), DeskError> {
        let id = SuggestionId(self.id_of(NumberKind::Suggestion, "", given, Missing::Suggestion)?);
        let missing = || not_found(Missing::Suggestion, given);
        let article = self.article_of_entity(id.0)?.ok_or_else(missing)?;
        let known = self.read(article, None)?.state.suggestion(id).is_some();
        if known { Ok((article, id)) } else { Err(missing()) }
    }

    /// A suggestion of a reading.
    pub fn suggestion_view<'r>(
        &self,
        reading: &'r Reading,
        id: SuggestionId,
    ) -> Result<&'r SuggestionView, DeskError> {
        reading.state.suggestion(id).ok_or_else(|| not_found(Missing::Suggestion, id))
    }

    fn not_open(&self, id: SuggestionId, state: SuggestionState) -> Result<DeskError, DeskError> {
        let number = self.number_of(id.0)?;
        Ok(DeskError::NotOpen(match state {
            SuggestionState::Open => message!("refused_suggestion_misfit"),
            SuggestionState::Accepted => message!("refused_suggestion_accepted", number = number),
            SuggestionState::Rejected => message!("refused_suggestion_rejected", number = number),
            SuggestionState::Overtaken => message!("refused_suggestion_overtaken", number = number),
            SuggestionState::Moot => message!("refused_suggestion_moot", number = number),
        }))
    }
}

/// The suggestions in their order, each once. Fails if there is none.
fn distinct(ids: &[SuggestionId]) -> Result<Vec<SuggestionId>, DeskError> {
    let mut seen = HashSet::new();
    let all: Vec<SuggestionId> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
    if all.is_empty() {
        return Err(DeskError::NoChange(message!("unchanged_no_suggestion")));
    }
    Ok(all)
}
