//! Claims and their verdicts.

use super::revision;
use crate::desk::{
    BulkChange, ChangedSentence, ClaimChange, Desk, NewEvidence, PassageText, Reading, SourceOf, WithVerdict,
};
use crate::{
    anchor::Candidate,
    messages::message,
    model::{ActionId, ArticleId, ClaimId},
    text::{Offsets, Part, diff},
    wire::{
        WireError, convert,
        draw::{Drawing, PartKind},
        error::unread,
        page::*,
    },
};

pub fn mark(desk: &mut Desk, q: MarkRequest) -> Result<MarkAnswer, WireError> {
    let article = desk.article_named(&q.article)?;
    let base = revision(&q.revision)?;
    let spans = convert::spans_in(&desk.read(article, Some(base))?.text, &q.spans)?;
    let done = desk.mark(article, Some(base), &spans, fields(q.fields)?)?;
    let ClaimAnswer { claim, number, action } = answer(desk, done.value, done.action)?;
    Ok(MarkAnswer { claim, number, action, wider: wider(desk, article, done.value)? })
}

/// The words that a claim can be widened to, if its edges cut through a number and what belongs to it.
fn wider(desk: &Desk, article: ArticleId, claim: ClaimId) -> Result<Option<WiderDto>, WireError> {
    let Some(spans) = desk.wider(article, claim)? else { return Ok(None) };
    let text = desk.read(article, None)?.text;
    let quote = crate::anchor::quote(&text, &spans).join(" … ");
    Ok(Some(WiderDto { spans: PageForm::spans(&Offsets::new(&text), &spans), quote }))
}

pub fn show(desk: &mut Desk, q: ClaimRequest) -> Result<ClaimDetail, WireError> {
    let (article, claim) = desk.claim_named(&q.claim)?;
    let reading = desk.read(article, None)?;
    let gone = || unread(message!("wire_no_claim", claim = &q.claim));
    Drawing::new(desk).claim(&reading, reading.state.claim(claim).ok_or_else(gone)?)
}

pub fn edit(desk: &mut Desk, q: EditClaimRequest) -> Result<ClaimAnswer, WireError> {
    let (article, claim) = desk.claim_named(&q.claim)?;
    let done = desk.edit_claim(article, claim, fields(q.fields)?)?;
    answer(desk, claim, done.action)
}

pub fn retract(desk: &mut Desk, q: ClaimRequest) -> Result<ClaimAnswer, WireError> {
    let (article, claim) = desk.claim_named(&q.claim)?;
    let done = desk.retract_claim(article, claim, true)?;
    answer(desk, claim, done.action)
}

pub fn restore(desk: &mut Desk, q: ClaimRequest) -> Result<ClaimAnswer, WireError> {
    let (article, claim) = desk.claim_named(&q.claim)?;
    let done = desk.retract_claim(article, claim, false)?;
    answer(desk, claim, done.action)
}

pub fn assign(desk: &mut Desk, q: AssignRequest) -> Result<ClaimAnswer, WireError> {
    let (article, claim) = desk.claim_named(&q.claim)?;
    let person = q.person.map(|p| p.parse().map_err(unread)).transpose()?;
    let done = desk.assign(article, claim, person)?;
    answer(desk, claim, done.action)
}

pub fn change_several(desk: &mut Desk, q: SeveralRequest) -> Result<CountAnswer, WireError> {
    let article = desk.article_named(&q.article)?;
    let id = |c: &String| -> Result<ClaimId, WireError> {
        let (of, claim) = desk.claim_named(c)?;
        if of == article {
            Ok(claim)
        } else {
            Err(unread(message!("wire_other_article", claim = c.to_string())))
        }
    };
    let claims: Vec<_> = q.claims.iter().map(id).collect::<Result<_, _>>()?;
    let person = q.person.map(|p| p.parse().map_err(unread)).transpose()?;
    let change = match q.change.as_str() {
        "retract" => BulkChange::Retract,
        "exempt" => BulkChange::Exempt,
        "assign" => BulkChange::Assign(person),
        other => {
            return Err(unread(message!("wire_claims_change", given = other)));
        }
    };
    let done = desk.change_claims(article, &claims, &change)?;
    Ok(CountAnswer { count: done.value, action: done.action.to_string() })
}

pub fn reattach(desk: &mut Desk, q: ReattachRequest) -> Result<ClaimAnswer, WireError> {
    let (article, claim) = desk.claim_named(&q.claim)?;
    let base = revision(&q.revision)?;
    let spans = convert::spans_in(&desk.read(article, Some(base))?.text, &q.spans)?;
    let done = desk.reattach(article, claim, Some(base), &spans)?;
    answer(desk, claim, done.action)
}

pub fn candidates(desk: &mut Desk, q: ClaimRequest) -> Result<Vec<CandidateDto>, WireError> {
    let (article, claim) = desk.claim_named(&q.claim)?;
    let text = desk.read(article, None)?.text;
    let (offsets, last) = (Offsets::new(&text), desk.last_place(article, claim)?);
    let was = last.map(|(_, words)| words).unwrap_or_default();
    let drawn = |c: Candidate| {
        let quote = crate::anchor::quote(&text, &c.spans).join(" … ");
        CandidateDto {
            spans: PageForm::spans(&offsets, &c.spans),
            sentence: crate::anchor::context(&text, &c.spans),
            alike: c.score,
            changes: runs(&was, &quote),
            quote,
        }
    };
    Ok(desk.candidates(article, claim)?.into_iter().map(drawn).collect())
}

fn runs(was: &str, now: &str) -> Vec<RunDto> {
    let run = |part: &Part| {
        let words = match part {
            Part::Kept { new, .. } | Part::Inserted { new } | Part::MovedTo { new, .. } => new.of(now),
            Part::Deleted { old } | Part::MovedFrom { old, .. } => old.of(was),
        };
        RunDto { kind: PartKind::of(part).to_string(), text: words.unwrap_or_default().into() }
    };
    diff(was, now).parts.iter().map(run).collect()
}

pub fn give(desk: &mut Desk, q: VerdictRequest) -> Result<VerdictDto, WireError> {
    let named = desk.claim_named(&q.claim)?;
    let fate = |(evidence, fate): (String, String)| {
        let (article, claim, evidence) = desk.evidence_named(&evidence)?;
        match (article, claim) == named {
            true => Ok((evidence, fate.parse().map_err(unread)?)),
            false => Err(unread(message!("wire_other_claim", evidence = evidence.to_string()))),
        }
    };
    let evidence = q.evidence.unwrap_or_default().into_iter().map(fate).collect::<Result<_, WireError>>()?;
    let add = q.add.map(|new| new_evidence(desk, new)).transpose()?;
    let said = (q.rating.as_str(), q.scale.as_deref(), q.rationale.as_str());
    desk.give_verdict_with(named, said, WithVerdict { evidence, add })?;
    newest(desk, named)
}

fn new_evidence(desk: &Desk, new: NewEvidenceDto) -> Result<NewEvidence, WireError> {
    let source = match new.source {
        SourceGiven::Known(source) => SourceOf::Existing(desk.source_named(&source)?),
        SourceGiven::New(fields) => SourceOf::New(Box::new((*fields).try_into()?)),
    };
    let text = PassageText { passage: new.passage, locator: new.locator, note: new.note };
    Ok(NewEvidence { source, stance: new.stance.parse().map_err(unread)?, text })
}

pub fn withdraw(desk: &mut Desk, q: ClaimRequest) -> Result<Nothing, WireError> {
    let named = desk.claim_named(&q.claim)?;
    desk.withdraw_verdict(named)?;
    Ok(Nothing {})
}

pub fn reaffirm(desk: &mut Desk, q: ReaffirmRequest) -> Result<VerdictDto, WireError> {
    let named = desk.claim_named(&q.claim)?;
    desk.reaffirm(named, q.rationale.as_deref())?;
    newest(desk, named)
}

pub fn reaffirm_contexts(desk: &mut Desk, q: ArticleRequest) -> Result<CountAnswer, WireError> {
    let article = desk.article_named(&q.article)?;
    let done = desk.reaffirm_contexts(article)?;
    Ok(CountAnswer { count: done.value.len(), action: done.action.to_string() })
}

pub fn changed_sentences(desk: &mut Desk, _: Nothing) -> Result<Vec<ChangedSentenceDto>, WireError> {
    let drawn = |found: ChangedSentence| ChangedSentenceDto {
        claim: found.row.claim.to_string(),
        number: found.row.number,
        article: found.row.article.to_string(),
        headline: found.headline,
        words: found.row.words.unwrap_or_default(),
        rating: found.rating,
    };
    Ok(desk.changed_sentences()?.into_iter().map(drawn).collect())
}

pub fn still_hold(desk: &mut Desk, q: StillHoldRequest) -> Result<Nothing, WireError> {
    let claims: Vec<_> = q.claims.iter().map(|claim| desk.claim_named(claim)).collect::<Result<_, _>>()?;
    desk.still_hold(&claims)?;
    Ok(Nothing {})
}

pub fn changed_sentences_seen(desk: &mut Desk, _: Nothing) -> Result<Nothing, WireError> {
    desk.changed_sentences_are_seen()?;
    Ok(Nothing {})
}

fn newest(desk: &Desk, (article, claim): (ArticleId, ClaimId)) -> Result<VerdictDto, WireError> {
    let reading: Reading = desk.read(article, None)?;
    let view = reading.state.claim(claim).and_then(|c| c.verdicts.last());
    Ok(Drawing::new(desk).verdict(view.ok_or_else(|| unread(message!("wire_verdict_lost")))?)?)
}

fn answer(desk: &Desk, claim: ClaimId, action: ActionId) -> Result<ClaimAnswer, WireError> {
    let number = desk.number_of(claim.0)?;
    Ok(ClaimAnswer { claim: claim.to_string(), number, action: action.to_string() })
}

fn fields(f: ClaimFields) -> Result<ClaimChange, WireError> {
    Ok(ClaimChange {
        assertion: f.assertion,
        kind: f.kind.map(|k| k.parse().map_err(unread)).transpose()?,
        claimant: f.claimant,
        risk: f.risk.map(|r| r.parse().map_err(unread)).transpose()?,
    })
}
