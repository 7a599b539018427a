//! What is being typed.

use super::articles::{id, revision};
use crate::{
    desk::{Desk, Effect},
    text::Offsets,
    wire::{WireError, convert, page::*},
};

pub fn effects(desk: &mut Desk, q: EffectsRequest) -> Result<Vec<EffectDto>, WireError> {
    let newest = desk.typed_on(id(&q.article)?, revision(&q.base)?)?;
    let unfit = || {
        WireError::new(
            "wrong_request",
            "the changes do not fit the revision they were typed on; open the article again",
        )
    };
    let change = convert::change(&newest.text, &q.changes).ok_or_else(unfit)?;
    let effects = desk.effects(&newest, &change).map_err(|_| unfit())?;
    let offsets = Offsets::new(&effects.text);
    Ok(effects.claims.iter().map(|e| drawn(e, &offsets)).collect())
}

fn drawn(effect: &Effect, offsets: &Offsets) -> EffectDto {
    EffectDto {
        claim: effect.claim.to_string(),
        placement: effect.placement.to_string(),
        standing: effect.standing.to_string(),
        reasons: effect.reasons.clone(),
        spans: convert::out(offsets, &effect.spans),
    }
}
