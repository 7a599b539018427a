//! `evidence ...`

use super::{
    Context,
    args::{Evidence, EvidenceWhat, PassageFields},
    output::{Failure, Output},
    set,
};
use crate::desk::PassageText;
use crate::model::EvidenceId;
use serde_json::json;

/// `evidence ...`
pub fn evidence(context: &Context, args: Evidence) -> Result<Output, Failure> {
    match args.what {
        EvidenceWhat::Add { claim, source, stance, text } => add(context, &claim, &source, &stance, text),
        EvidenceWhat::Edit { evidence, stance, text } => edit(context, &evidence, stance, text),
        EvidenceWhat::Retract { evidence } => retract(context, &evidence),
    }
}

fn add(
    context: &Context,
    claim: &str,
    source: &str,
    stance: &str,
    text: PassageFields,
) -> Result<Output, Failure> {
    let stance = stance.parse()?;
    let mut desk = context.open()?;
    let (claim, source) = (desk.claim_named(claim)?, desk.source_named(source)?);
    let text = PassageText { passage: text.passage, locator: text.locator, note: text.note };
    answer(desk.add_evidence(claim, source, stance, text)?.value, "")
}

fn edit(
    context: &Context,
    evidence: &str,
    stance: Option<String>,
    given: PassageFields,
) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let (article, _, evidence) = desk.evidence_named(evidence)?;
    let state = desk.read(article, None)?.state;
    let (_, view) =
        state.evidence(evidence).ok_or_else(|| Failure("the evidence is not in this article".into()))?;
    let stance = stance.map(|s| s.parse()).transpose()?.unwrap_or(view.evidence.stance);
    let now = view.passage.as_ref().map(|p| p.value.clone());
    let mut text = now.map_or_else(PassageText::default, |p| PassageText {
        passage: p.passage,
        locator: p.locator,
        note: p.note,
    });
    set(&mut text.passage, given.passage);
    set(&mut text.locator, given.locator);
    set(&mut text.note, given.note);
    desk.edit_evidence(article, evidence, stance, text)?;
    answer(evidence, " changed")
}

fn retract(context: &Context, evidence: &str) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let (article, _, evidence) = desk.evidence_named(evidence)?;
    desk.retract_evidence(article, evidence)?;
    answer(evidence, " removed")
}

fn answer(evidence: EvidenceId, what: &str) -> Result<Output, Failure> {
    Ok(Output::new(json!({ "evidence": evidence.to_string() }), format!("{evidence}{what}")))
}
