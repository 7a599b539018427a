//! Suggestions.

use super::{revision, saved};
use crate::desk::{Desk, Done, Revised};
use crate::{
    messages::message,
    model::{ArticleId, SuggestionId},
    wire::{ErrorCode, WireError, convert, draw::Drawing, error::unread, page::*},
};

pub fn list(desk: &mut Desk, q: SuggestionsRequest) -> Result<Vec<SuggestionDto>, WireError> {
    let article = desk.article_named(&q.article)?;
    Ok(Drawing::new(desk).suggestions(&desk.read(article, None)?, q.all)?)
}

pub fn effects(desk: &mut Desk, q: SuggestionEffectsRequest) -> Result<Vec<SuggestionEffectsDto>, WireError> {
    let newest = desk.read(desk.article_named(&q.article)?, None)?;
    let (ids, draw) = (ids(&q.suggestions)?, Drawing::new(desk));
    if q.together {
        let effects = draw.effects(desk.effects_together(&newest, &ids)?)?;
        return Ok(vec![SuggestionEffectsDto { suggestion: None, effects }]);
    }
    let waiting = newest.state.waiting(newest.revision.id);
    let one = |id: SuggestionId| {
        let effects = desk.suggestion_effects(&newest, &waiting, desk.suggestion_view(&newest, id)?)?;
        Ok(SuggestionEffectsDto { suggestion: Some(id.to_string()), effects: draw.effects(effects)? })
    };
    ids.into_iter().map(one).collect()
}

pub fn accept(desk: &mut Desk, q: DecideRequest) -> Result<DecidedDto, WireError> {
    let article = desk.article_named(&q.article)?;
    let done = desk.accept_suggestions(article, &ids(&q.suggestions)?, q.note)?;
    decided(desk, article, done)
}

pub fn reject(desk: &mut Desk, q: DecideRequest) -> Result<DecidedDto, WireError> {
    let article = desk.article_named(&q.article)?;
    let done = desk.reject_suggestions(article, &ids(&q.suggestions)?, q.note)?;
    decided(desk, article, done)
}

pub fn make(desk: &mut Desk, q: SuggestRequest) -> Result<SuggestedDto, WireError> {
    let (article, base) = (desk.article_named(&q.article)?, revision(&q.base)?);
    let newest = desk.typed_on(article, base)?;
    let unfit = || WireError::new(ErrorCode::WrongRequest, message!("wire_unfit"));
    let change = convert::change(&newest.text, &q.changes).ok_or_else(unfit)?;
    drop(newest);
    let done = desk.suggest_change(article, Some(base), &change)?;
    let all = Drawing::new(desk).suggestions(&desk.read(article, None)?, false)?;
    let new: Vec<String> = done.value.iter().map(SuggestionId::to_string).collect();
    let suggestions = all.into_iter().filter(|s| new.contains(&s.id)).collect();
    Ok(SuggestedDto { suggestions, action: done.action.to_string() })
}

fn ids(given: &[String]) -> Result<Vec<SuggestionId>, WireError> {
    given.iter().map(|s| s.parse().map_err(unread)).collect()
}

fn decided(desk: &Desk, article: ArticleId, done: Done<Revised>) -> Result<DecidedDto, WireError> {
    Ok(DecidedDto { saved: saved(desk, article, done.value)?, action: done.action.to_string() })
}
