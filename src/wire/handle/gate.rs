//! Coverage, sign-offs and requirements.

use super::revision;
use crate::desk::{Cover, Desk, Sentence};
use crate::{
    messages::message,
    model::Policy,
    text::{Offsets, Span},
    wire::{WireError, convert::spans_in, draw::Drawing, error::unread, page::*},
};

pub fn coverage(desk: &mut Desk, q: ArticleRequest) -> Result<CoverageView, WireError> {
    let article = desk.article_named(&q.article)?;
    let (reading, found) = (desk.read(article, None)?, desk.coverage(article)?);
    let (offsets, draw) = (Offsets::new(&reading.text), Drawing::new(desk));
    let sentences = found.sentences.iter().map(|s| sentence(&draw, &offsets, s));
    Ok(CoverageView {
        revision: reading.revision.id.to_string(),
        percent: found.percent(),
        checked: found.count(Cover::Checked),
        waved: found.count(Cover::Exempt),
        open: found.count(Cover::Open),
        names_recognised: found.names_recognised,
        open_wholes: found.open_wholes(),
        sentences: sentences.collect::<Result<_, _>>()?,
    })
}

fn sentence(draw: &Drawing, offsets: &Offsets, s: &Sentence) -> Result<SentenceDto, WireError> {
    let place =
        |span: Span| PageForm::span(offsets, span).ok_or_else(|| unread(message!("wire_sentence_outside")));
    let details = s.details.iter().map(|(d, cover)| {
        Ok(DetailDto { kind: d.kind.as_str().into(), span: place(d.span)?, cover: cover.to_string() })
    });
    Ok(SentenceDto {
        span: place(s.span)?,
        cover: s.cover.to_string(),
        details: details.collect::<Result<_, WireError>>()?,
        whole: s.whole,
        by: draw.somebody(s.exemption.as_ref().map(|e| e.stamp.by))?,
        at: s.exemption.as_ref().map(|e| e.stamp.at.to_string()),
        note: s.exemption.as_ref().and_then(|e| e.value.note.clone()),
    })
}

pub fn exempt(desk: &mut Desk, q: ExemptRequest) -> Result<SentencesDto, WireError> {
    let (article, base) = (desk.article_named(&q.article)?, revision(&q.revision)?);
    let spans = spans_in(&desk.read(article, Some(base))?.text, &q.spans)?;
    let done = desk.exempt(article, Some(base), &spans, q.note)?;
    Ok(SentencesDto { count: done.value, action: done.action.to_string() })
}

pub fn open_again(desk: &mut Desk, q: OpenAgainRequest) -> Result<SentencesDto, WireError> {
    let (article, base) = (desk.article_named(&q.article)?, revision(&q.revision)?);
    let spans = spans_in(&desk.read(article, Some(base))?.text, &q.spans)?;
    let done = desk.open_again(article, Some(base), &spans)?;
    Ok(SentencesDto { count: done.value, action: done.action.to_string() })
}

pub fn sign_off(desk: &mut Desk, q: SignOffRequest) -> Result<Nothing, WireError> {
    let named = desk.claim_named(&q.claim)?;
    desk.sign_off(named, q.note)?;
    Ok(Nothing {})
}

pub fn take_back(desk: &mut Desk, q: ClaimRequest) -> Result<Nothing, WireError> {
    let named = desk.claim_named(&q.claim)?;
    desk.take_back_sign_off(named)?;
    Ok(Nothing {})
}

pub fn policy(desk: &mut Desk, _: Nothing) -> Result<PolicyDto, WireError> {
    let Policy { evidence, second, queries, coverage, context } = desk.policy()?;
    Ok(PolicyDto { evidence, second: second.to_string(), queries, coverage, context: Some(context) })
}

pub fn set_policy(desk: &mut Desk, q: PolicyDto) -> Result<Nothing, WireError> {
    let second = q.second.parse().map_err(unread)?;
    let PolicyDto { evidence, queries, coverage, .. } = q;
    let context = q.context.map_or_else(|| Ok(desk.policy()?.context), Ok::<_, WireError>)?;
    desk.set_policy(Policy { evidence, second, queries, coverage, context })?;
    Ok(Nothing {})
}
