//! Warnings about withheld names that an export still contains, because people wrote them elsewhere.

use crate::model::{ClaimView, Dossier, Fact, QueryView, Recorded};

/// A line for each place of a dossier that contains the name.
pub(in crate::desk) fn leak_warnings(dossier: &Dossier, name: &str) -> Vec<String> {
    let needle = name.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&needle);
    let state = &dossier.state;
    let mut places: Vec<(String, &str)> = Vec::new();
    state.claims.iter().for_each(|c| places.extend(of_claim(dossier, c)));
    state.queries.iter().for_each(|q| places.extend(of_query(q)));
    let notes = state.waved.iter().filter_map(|e| e.value.note.as_deref());
    places.extend(notes.map(|n| ("the note of a sentence that needs no check".into(), n)));
    let saved = state.revisions.iter().filter_map(|r| r.revision.note.as_deref());
    places.extend(saved.map(|n| ("the note of a revision".into(), n)));
    places.extend(redaction_reasons(dossier).map(|why| ("the reason of a redaction".into(), why)));
    places.extend(
        state.people.values().map(|p| ("the name of somebody who worked on it".into(), p.name.as_str())),
    );
    let mut all: Vec<String> =
        places.into_iter().filter(|(_, text)| has(text)).map(|(place, _)| place).collect();
    let old = state.revisions.iter().filter(|r| dossier.texts.get(&r.id).is_some_and(|t| has(t))).count();
    all.extend((old > 0).then(|| format!("the text of {old} revisions")));
    all.dedup();
    all.into_iter().map(|place| format!("The withheld name “{name}” occurs in {place}")).collect()
}

fn of_claim<'d>(dossier: &'d Dossier, claim: &'d ClaimView) -> Vec<(String, &'d str)> {
    let quote = dossier.judged.get(&claim.id).map(|j| j.quote.join(" … ")).unwrap_or_default();
    let words = claim.claim.assertion.clone().unwrap_or(quote);
    let on = |what: &str| format!("{what} “{words}”");
    let assertion = claim.claim.assertion.iter().map(|a| (on("the assertion of"), a.as_str()));
    let claimant = claim.claim.claimant.iter().map(|c| (on("the claimant of"), c.as_str()));
    let rationales =
        claim.verdicts.iter().map(|v| (on("the reason of a verdict on"), v.verdict.rationale.as_str()));
    let quoted = claim.evidence.iter().filter_map(|e| e.passage.as_ref()?.value.note.as_deref());
    let agreed = claim.sign_offs.iter().filter_map(|s| s.value.note.as_deref());
    let notes = quoted.map(|n| (on("a note on the evidence of"), n));
    let signed = agreed.map(|n| (on("the note of a sign-off on"), n));
    assertion.chain(claimant).chain(rationales).chain(notes).chain(signed).collect()
}

fn of_query(query: &QueryView) -> Vec<(String, &str)> {
    let asked = [Some(query.query.text.as_str()), query.query.to.as_deref()];
    let answers = query.answers.iter().flat_map(|a| {
        let written = a.value.written.iter().flat_map(|w| [w.by.as_str(), w.file.as_str()]);
        [a.value.text.as_str()].into_iter().chain(written).map(Some)
    });
    let settled = query.resolution.as_ref().and_then(|r| r.value.note.as_deref());
    let all = asked.into_iter().chain(answers).chain([settled]).flatten();
    all.map(|text| ("a query".to_owned(), text)).collect()
}

fn redaction_reasons<'d>(dossier: &'d Dossier) -> impl Iterator<Item = &'d str> {
    let facts = dossier.log.iter().flat_map(|l| &l.facts).filter_map(Recorded::fact);
    facts.filter_map(|f| if let Fact::Redaction(r) = f { r.why.as_deref() } else { None })
}
