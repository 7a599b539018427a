//! The effects of typing, and the text that changes make.

use super::{id, revision};
use crate::desk::{Desk, Effect, Reading};
use crate::{
    messages::message,
    text::Offsets,
    wire::{ErrorCode, WireError, all_in_words, convert, page::*},
};
use serde_json::Value;

pub fn effects(desk: &mut Desk, q: EffectsRequest) -> Result<Vec<EffectDto>, WireError> {
    let newest = desk.typed_on(id(&q.article)?, revision(&q.base)?)?;
    let change = convert::change(&newest.text, &q.changes).ok_or_else(unfit)?;
    let effects = desk.effects(&newest, &change).map_err(|_| unfit())?;
    let offsets = Offsets::new(&effects.text);
    Ok(effects.claims.iter().map(|e| drawn(e, &offsets)).collect())
}

/// Applies `changes` to the text of a revision. `made_on` is the digest of the text they were made on. It is needed because
/// changes fit any text of the same length.
pub fn text(old: &Reading, changes: &Option<Value>, made_on: Option<&str>) -> Result<String, WireError> {
    if made_on != Some(&*old.revision.revision.text.to_string()) {
        return Err(unfit());
    }
    let change = changes.as_ref().and_then(|c| convert::change(&old.text, c)).ok_or_else(unfit)?;
    change.apply(&old.text).map_err(|_| unfit())
}

fn unfit() -> WireError {
    WireError::new(ErrorCode::WrongRequest, message!("wire_unfit"))
}

fn drawn(effect: &Effect, offsets: &Offsets) -> EffectDto {
    EffectDto {
        claim: effect.claim.to_string(),
        placement: effect.placement.to_string(),
        standing: effect.standing.to_string(),
        reasons: all_in_words(&effect.reasons),
        reason_messages: effect.reasons.clone(),
        context_messages: effect.context.clone(),
        spans: PageForm::spans(offsets, &effect.spans),
    }
}
