//! `claim ...`

use super::{
    Context,
    args::{Claim, ClaimFields, ClaimWhat, Quote},
    display::{one_line, status_label},
    lists,
    output::{Failure, Output},
    revisions::marked,
    set,
};
use crate::desk::{self, ClaimChange, Desk, ImportedSource};
use crate::{
    formats::interchange,
    messages::quoted,
    model::{ArticleId, ClaimId, Standing},
    text::{Offsets, Span, diff},
    wire::{in_words, page::EntryLeftOut, script},
};
use serde_json::json;

/// `claim ...`
pub fn claim(context: &Context, args: Claim) -> Result<Output, Failure> {
    match args.what {
        ClaimWhat::Mark { article, quote, fields, widen } => mark(context, &article, quote, fields, widen),
        ClaimWhat::Import { article, file } => import(context, &article, &file),
        ClaimWhat::List { article, list } => lists::claims(context, article, &list),
        ClaimWhat::Show { claim } => show(context, &claim),
        ClaimWhat::Edit { claim, fields } => edit(context, &claim, fields),
        ClaimWhat::Retract { claim } => retract(context, &claim, true),
        ClaimWhat::Restore { claim } => retract(context, &claim, false),
        ClaimWhat::Reattach { claim, quote: Some(quote), occurrence } => {
            reattach(context, &claim, &quote, occurrence)
        }
        ClaimWhat::Reattach { claim, quote: None, .. } => candidates(context, &claim),
        ClaimWhat::Assign { claim, to } => assign(context, &claim, to),
    }
}

fn mark(
    context: &Context,
    article: &str,
    quote: Quote,
    fields: ClaimFields,
    widen: bool,
) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let article = desk.article_named(article)?;
    let spans = quote
        .quotes
        .iter()
        .map(|q| desk.find_quote(article, q, quote.occurrence))
        .collect::<Result<Vec<_>, _>>()?;
    let change = change(ClaimChange::default(), fields)?;
    let spans = match widen {
        true => desk.widened(article, &spans)?.unwrap_or(spans),
        false => spans,
    };
    let claim = desk.mark(article, None, &spans, change)?.value;
    let (number, mut json) = placed(&desk, article, claim)?;
    let mut text = format!("C{number}: {}\n", quoted(&one_line(json["quote"].as_str().unwrap_or_default())));
    if let Some(wider) = wider_words(&desk, article, &spans)? {
        text += &format!("  its edges cut through {}; --widen marks all of it\n", quoted(&one_line(&wider)));
        json["wider"] = wider.into();
    }
    Ok(Output::new(json, text))
}

/// The words that a claim can be widened to, if its edges cut through a number and what belongs to it.
fn wider_words(desk: &Desk, article: ArticleId, spans: &[Span]) -> Result<Option<String>, Failure> {
    let Some(wider) = desk.widened(article, spans)? else { return Ok(None) };
    Ok(Some(crate::anchor::quote(&desk.read(article, None)?.text, &wider).join(" … ")))
}

fn import(context: &Context, article: &str, file: &str) -> Result<Output, Failure> {
    let read = interchange::read_claims(&desk::read_foreign(file)?).map_err(desk::DeskError::from)?;
    let mut desk = context.open()?;
    let article = desk.article_named(article)?;
    let taken = desk.import_claims(article, read)?;
    let (mut claims, mut sources, mut text) = (Vec::new(), Vec::new(), String::new());
    for (claim, new) in taken.claims {
        let (number, mut json) = placed(&desk, article, claim)?;
        let known = if new { "" } else { " (marked already)" };
        text +=
            &format!("C{number}: {}{known}\n", quoted(&one_line(json["quote"].as_str().unwrap_or_default())));
        json["existing"] = (!new).into();
        claims.push(json);
    }
    for source in taken.sources {
        let ImportedSource { source, number, title, .. } = source;
        text += &format!("S{number}: {}\n", one_line(&title));
        sources.push(json!({ "source": source.to_string(), "number": number, "title": title }));
    }
    text.extend(taken.left_out.iter().map(|l| {
        format!("  left out: {}: {}\n", quoted(&one_line(&in_words(&l.what))), one_line(&in_words(&l.why)))
    }));
    let left: Vec<_> = taken.left_out.into_iter().map(EntryLeftOut::from).collect();
    Ok(Output::new(json!({ "claims": claims, "sources": sources, "left_out": left }), text))
}

fn placed(desk: &Desk, article: ArticleId, claim: ClaimId) -> Result<(i64, serde_json::Value), Failure> {
    let reading = desk.read(article, None)?;
    let number = desk.number_of(claim.0)?;
    let anchor = reading.state.anchor(reading.revision.id, claim);
    let spans = anchor.map(|a| a.spans.clone()).unwrap_or_default();
    let quote = crate::anchor::quote(&reading.text, &spans).join(" … ");
    let spans = script::spans(&Offsets::new(&reading.text), &spans);
    Ok((number, json!({ "claim": claim.to_string(), "number": number, "quote": quote, "spans": spans })))
}

fn show(context: &Context, claim: &str) -> Result<Output, Failure> {
    let desk = context.open()?;
    let (article, claim) = desk.claim_named(claim)?;
    let reading = desk.read(article, None)?;
    let view =
        reading.state.claim(claim).ok_or_else(|| Failure("the claim is not in this article".into()))?;
    let json = script::claim_whole(&desk, &reading, view)?;
    let current = desk.standings(&reading).of(view);
    let words = json["quote"].as_str().unwrap_or_default();
    let retracted = if view.claim.retracted { " (retracted)" } else { "" };
    let mut text = format!(
        "C{}  {}{retracted}  {}\n",
        json["number"],
        status_label(current.standing),
        quoted(&one_line(words))
    );
    if let Some(assertion) = &view.claim.assertion {
        text += &format!("  claim: {}\n", one_line(assertion));
    }
    for change in &current.context {
        text += &format!("  surrounding words changed: {}\n", one_line(&in_words(change)));
    }
    for reason in &current.reasons {
        text += &format!("  out of date: {}\n", one_line(&in_words(reason)));
    }
    if let Some(remark) = view.contradiction().filter(|_| current.standing == Standing::Checked) {
        text += &format!("  careful: {}\n", one_line(&in_words(&remark)));
    }
    if let Some(all) = lists::side_by_side(&json) {
        text += &format!("  verdicts side by side: {}; the next verdict decides\n", one_line(&all));
    }
    for v in view.verdicts.iter().rev() {
        let now = match (v.verdict.withdrawn, v.current) {
            (true, _) => " (withdrawn)",
            (false, true) => "",
            (false, false) => " (earlier)",
        };
        let by = script::by(&desk, &v.stamp)?.unwrap_or_default();
        let said = format!("{} by {by}: {}", v.verdict.rating.label, v.verdict.rationale);
        text += &format!("  verdict{now}: {}\n", one_line(&said));
    }
    for e in json["evidence"].as_array().into_iter().flatten() {
        let passage = e["passage"].as_str().map(|p| format!(": {}", quoted(p))).unwrap_or_default();
        let title = e["source"]["title"].as_str().unwrap_or("a withheld source");
        text += &format!(
            "  evidence {} {}{} {}\n",
            e["evidence"].as_str().unwrap_or_default(),
            e["stance"].as_str().unwrap_or_default(),
            if e["scope"].is_null() { "" } else { " (of the earlier words)" },
            one_line(&format!("{title}{passage}"))
        );
    }
    for q in json["queries"].as_array().into_iter().flatten() {
        text += &format!("  query Q{}: {}\n", q["number"], one_line(q["text"].as_str().unwrap_or_default()));
    }
    Ok(Output::new(json, text))
}

fn edit(context: &Context, claim: &str, fields: ClaimFields) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let (article, claim) = desk.claim_named(claim)?;
    let reading = desk.read(article, None)?;
    let now = reading.state.claim(claim).map(|v| v.claim.clone());
    let now = now.ok_or_else(|| Failure("the claim is not in this article".into()))?;
    let known = ClaimChange {
        assertion: now.assertion,
        kind: now.kind,
        claimant: now.claimant,
        risk: Some(now.risk),
    };
    desk.edit_claim(article, claim, change(known, fields)?)?;
    answer(&desk, claim, "changed")
}

fn retract(context: &Context, claim: &str, retracted: bool) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let (article, claim) = desk.claim_named(claim)?;
    desk.retract_claim(article, claim, retracted)?;
    answer(&desk, claim, if retracted { "retracted" } else { "restored" })
}

fn reattach(
    context: &Context,
    claim: &str,
    quote: &str,
    occurrence: Option<usize>,
) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let (article, claim) = desk.claim_named(claim)?;
    let span = desk.find_quote(article, quote, occurrence)?;
    desk.reattach(article, claim, None, &[span])?;
    let (number, json) = placed(&desk, article, claim)?;
    let text = format!("C{number}: {}", quoted(&one_line(json["quote"].as_str().unwrap_or_default())));
    Ok(Output::new(json, text))
}

fn candidates(context: &Context, claim: &str) -> Result<Output, Failure> {
    let desk = context.open()?;
    let (article, claim) = desk.claim_named(claim)?;
    let text = desk.read(article, None)?.text;
    let offsets = Offsets::new(&text);
    let old_words = desk.last_place(article, claim)?.map(|(_, words)| words).unwrap_or_default();
    let (mut all, mut lines) = (Vec::new(), String::new());
    for c in desk.candidates(article, claim)? {
        let quote = crate::anchor::quote(&text, &c.spans).join(" … ");
        let change = marked(&diff(&old_words, &quote).parts, &old_words, &quote);
        lines += &format!("{:>3} % similar  “{}”\n", c.score / 10, one_line(&change));
        all.push(json!({ "quote": quote, "was": old_words, "spans": script::spans(&offsets, &c.spans), "alike": c.score }));
    }
    if lines.is_empty() {
        lines = "No words in the text are similar; give some with --quote.".into();
    }
    Ok(Output::new(all.into(), lines))
}

/// Finds a person of this desk by name or initials.
pub fn colleague(desk: &Desk, name: &str) -> Result<crate::model::PersonId, Failure> {
    let named = desk.people_named(name)?.into_iter().next();
    let found = named.map_or_else(|| desk.people_by_initials(name), |p| Ok(Some(p)))?;
    if found.is_none() {
        desk.refuse_if_like_known(name)?;
    }
    let missing = || {
        Failure(format!(
            "nobody named '{name}' works at this desk yet; they are added with their first action (--as '{name}')"
        ))
    };
    Ok(found.ok_or_else(missing)?.person)
}

fn assign(context: &Context, claim: &str, to: Option<String>) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let (article, claim) = desk.claim_named(claim)?;
    let person = to.map(|name| colleague(&desk, &name)).transpose()?;
    desk.assign(article, claim, person)?;
    answer(&desk, claim, "assigned")
}

fn answer(desk: &Desk, claim: ClaimId, what: &str) -> Result<Output, Failure> {
    let number = desk.number_of(claim.0)?;
    Ok(Output::new(json!({ "claim": claim.to_string(), "number": number }), format!("C{number} {what}")))
}

fn change(mut known: ClaimChange, given: ClaimFields) -> Result<ClaimChange, Failure> {
    set(&mut known.assertion, given.assertion);
    set(&mut known.claimant, given.claimant);
    if let Some(kind) = given.kind {
        known.kind = if kind.is_empty() { None } else { Some(kind.parse()?) };
    }
    if let Some(risk) = given.risk {
        known.risk = Some(risk.parse()?);
    }
    Ok(known)
}
