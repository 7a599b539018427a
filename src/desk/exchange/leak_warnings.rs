//! Warnings about withheld names that an export still contains, because people wrote them elsewhere.

use crate::messages::{Message, message};
use crate::model::{ClaimView, Dossier, Fact, QueryView, Recorded};

/// A line for each place of a dossier that tells the name.
pub(in crate::desk) fn leak_warnings(dossier: &Dossier, name: &str) -> Vec<Message> {
    let needle = name.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&needle);
    let state = &dossier.state;
    let mut places: Vec<(Message, &str)> = Vec::new();
    state.claims.iter().for_each(|c| places.extend(of_claim(dossier, c)));
    state.queries.iter().for_each(|q| places.extend(of_query(q)));
    let notes = state.exemptions.iter().filter_map(|w| w.value.note.as_deref());
    places.extend(notes.map(|n| (message!("leak_exemption_note"), n)));
    let saved = state.revisions.iter().filter_map(|r| r.revision.note.as_deref());
    places.extend(saved.map(|n| (message!("leak_revision_note"), n)));
    places.extend(redaction_reasons(dossier).map(|why| (message!("leak_redaction"), why)));
    places.extend(state.people.values().map(|p| (message!("leak_person"), p.name.as_str())));
    let mut all: Vec<Message> =
        places.into_iter().filter(|(_, text)| has(text)).map(|(place, _)| place).collect();
    let old = state.revisions.iter().filter(|r| dossier.texts.get(&r.id).is_some_and(|t| has(t))).count();
    all.extend((old > 0).then(|| message!("leak_revisions", count = old)));
    all.dedup();
    all.into_iter().map(|place| message!("leak", name = name, place = place)).collect()
}

fn of_claim<'d>(dossier: &'d Dossier, claim: &'d ClaimView) -> Vec<(Message, &'d str)> {
    let quote = dossier.standings.get(&claim.id).map(|j| j.quote.join(" … ")).unwrap_or_default();
    let words = claim.claim.assertion.clone().unwrap_or(quote);
    let assertion =
        claim.claim.assertion.iter().map(|a| (message!("leak_assertion", words = &words), a.as_str()));
    let claimant =
        claim.claim.claimant.iter().map(|c| (message!("leak_claimant", words = &words), c.as_str()));
    let rationales = claim
        .verdicts
        .iter()
        .map(|v| (message!("leak_rationale", words = &words), v.verdict.rationale.as_str()));
    let quoted = claim.evidence.iter().filter_map(|e| e.passage.as_ref()?.value.note.as_deref());
    let agreed = claim.sign_offs.iter().filter_map(|s| s.value.note.as_deref());
    let notes = quoted.map(|n| (message!("leak_evidence_note", words = &words), n));
    let signed = agreed.map(|n| (message!("leak_sign_off_note", words = &words), n));
    assertion.chain(claimant).chain(rationales).chain(notes).chain(signed).collect()
}

fn of_query(query: &QueryView) -> Vec<(Message, &str)> {
    let asked = [Some(query.query.text.as_str()), query.query.to.as_deref()];
    let answers = query.answers.iter().flat_map(|a| {
        let written = a.value.written.iter().flat_map(|w| [w.by.as_str(), w.file.as_str()]);
        [a.value.text.as_str()].into_iter().chain(written).map(Some)
    });
    let settled = query.resolution.as_ref().and_then(|r| r.value.note.as_deref());
    let all = asked.into_iter().chain(answers).chain([settled]).flatten();
    all.map(|text| (message!("leak_query"), text)).collect()
}

fn redaction_reasons<'d>(dossier: &'d Dossier) -> impl Iterator<Item = &'d str> {
    let facts = dossier.log.iter().flat_map(|l| &l.facts).filter_map(Recorded::fact);
    facts.filter_map(|f| if let Fact::Redaction(r) = f { r.why.as_deref() } else { None })
}
