//! What accepting suggestions will do to claims, computed as accepting computes it, before anything is recorded.

use super::typing::effect;
use crate::desk::{Desk, DeskError, Effect, Reading, Standings};
use crate::{
    anchor::{Carried, ParagraphReader},
    messages::Message,
    model::{Anchor, ClaimId, Placement, Standing, SuggestionId, SuggestionView, Waiting},
    text::{Change, Step},
};

/// What accepting will do to one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestionEffect {
    /// The claim.
    pub claim: ClaimId,
    /// Its status now.
    pub now: Standing,
    /// Its status then.
    pub then: Standing,
    /// What changes, in words.
    pub words: Vec<Message>,
}

impl Desk {
    /// What accepting one suggestion will do: the claims whose status changes, or the sentence around them. Nothing for one that is
    /// not open, or that changes no text.
    pub fn suggestion_effects(
        &self,
        newest: &Reading,
        waiting: &Waiting,
        view: &SuggestionView,
    ) -> Result<Vec<SuggestionEffect>, DeskError> {
        match waiting.change_of(view, newest.text.len()) {
            Some(change) => self.change_effects(newest, &change),
            None => Ok(Vec::new()),
        }
    }

    /// What accepting these suggestions together will do. Fails if one is not open.
    pub fn effects_together(
        &self,
        newest: &Reading,
        ids: &[SuggestionId],
    ) -> Result<Vec<SuggestionEffect>, DeskError> {
        self.change_effects(newest, &self.accepted(newest, ids)?.change)
    }

    fn change_effects(&self, newest: &Reading, change: &Change) -> Result<Vec<SuggestionEffect>, DeskError> {
        if change.steps().iter().all(|s| matches!(s, Step::Keep(_))) || newest.state.claims.is_empty() {
            return Ok(Vec::new());
        }
        let Ok(effects) = self.effects(newest, change) else { return Ok(Vec::new()) };
        let mut all = effects.claims;
        all.extend(self.returning_claims(newest, &effects.text)?);
        let standings = Standings::new(newest);
        Ok(all.into_iter().filter_map(|e| told(newest, &standings, e)).collect())
    }

    /// The claims without a place whose words `text` has again.
    fn returning_claims(&self, newest: &Reading, text: &str) -> Result<Vec<Effect>, DeskError> {
        let lost = |a: &&Anchor| a.spans.is_empty();
        let anchors =
            newest.state.live_claims().filter_map(|c| newest.state.anchor(newest.revision.id, c.id));
        let lost: Vec<Anchor> = anchors.filter(lost).cloned().collect();
        if lost.is_empty() {
            return Ok(Vec::new());
        }
        let back = self.put_back(newest, text, lost)?;
        let read = ParagraphReader::new(text).in_language(newest.language());
        let placed = back.into_iter().filter(|a| a.placement != Placement::Orphaned);
        Ok(placed
            .filter_map(|a| {
                let now = Carried { placement: a.placement, spans: a.spans };
                Some(effect(newest.state.claim(a.claim)?, now, &read))
            })
            .collect())
    }
}

/// The effect on a claim, if there is one: another status, or another sentence around it.
fn told(newest: &Reading, standings: &Standings, effect: Effect) -> Option<SuggestionEffect> {
    let before = standings.of(newest.state.claim(effect.claim)?);
    let (now, then) = (before.standing, effect.standing);
    let context = effect.context != before.context && !effect.context.is_empty();
    let words = if effect.reasons.is_empty() { effect.context } else { effect.reasons };
    (now != then || context).then_some(SuggestionEffect { claim: effect.claim, now, then, words })
}
