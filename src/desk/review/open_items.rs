//! What is still open in an article: what an editor resolves before publishing, or mentions.

use crate::desk::{DeskError, Reading, Standings};
use crate::model::{ClaimId, ClaimStanding, ClaimView, Family, QueryId, Standing, VerdictView};

crate::model::slugs! {
    /// What is open.
    OpenKind, "open item", {
        Unchecked = "unchecked", Stale = "stale", Orphaned = "orphaned", NoEvidence = "no_evidence", Query = "query",
        SignOff = "sign_off", Coverage = "coverage", Disputed = "disputed", Contradicted = "contradicted",
    }
}

/// Something still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Its kind.
    pub kind: OpenKind,
    /// In words.
    pub text: String,
    /// The claim.
    pub claim: Option<ClaimId>,
    /// The query.
    pub query: Option<QueryId>,
}

/// Everything that is still open in a reading: its claims in the order they were marked, then its queries. `needs_second`
/// returns which verdicts need a second person, `last` the last words of an orphaned claim.
pub(in crate::desk) fn open_items(
    reading: &Reading,
    needs_second: impl Fn(&ClaimView) -> bool,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<Vec<Open>, DeskError> {
    let standings = Standings::new(reading);
    let mut all = Vec::new();
    for claim in reading.state.live_claims() {
        let claim_standing = standings.of(claim);
        for (kind, before, after) in still_open(claim, &claim_standing, needs_second(claim)) {
            let text = format!("{before}“{}”{after}", identifying_words(claim, &claim_standing, &last)?);
            all.push(Open { kind, text, claim: Some(claim.id), query: None });
        }
    }
    for query in reading.state.queries.iter().filter(|q| q.is_open()) {
        let (text, claim) = (query.query.text.clone(), query.query.claim);
        all.push(Open { kind: OpenKind::Query, text, claim, query: Some(query.id) });
    }
    Ok(all)
}

/// What should be reviewed before publishing, but does not prevent it: verdicts that all of their evidence contradicts.
pub(in crate::desk) fn warnings(
    reading: &Reading,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<Vec<Open>, DeskError> {
    let standings = Standings::new(reading);
    let mut all = Vec::new();
    for claim in reading.state.live_claims().filter(|c| c.is_contradicted()) {
        let claim_standing = standings.of(claim);
        let rating = claim.verdict().map(|v| v.verdict.rating.clone());
        let Some(rating) = rating.filter(|_| claim_standing.standing == Standing::Checked) else { continue };
        let does = if rating.family == Family::Holds { "refutes" } else { "supports" };
        let text = format!(
            "“{}” is rated {}, but the evidence {does} it",
            identifying_words(claim, &claim_standing, &last)?,
            rating.label
        );
        all.push(Open { kind: OpenKind::Contradicted, text, claim: Some(claim.id), query: None });
    }
    Ok(all)
}

/// The words that identify a claim: its assertion, else its words in the text, else its last words there.
fn identifying_words(
    claim: &ClaimView,
    claim_standing: &ClaimStanding,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<String, DeskError> {
    match &claim.claim.assertion {
        Some(assertion) => Ok(assertion.clone()),
        None if claim_standing.quote.is_empty() => last(claim),
        None => Ok(claim_standing.quote.join(" … ")),
    }
}

/// What is open about a claim, each with the text before and after the words that identify it.
fn still_open(
    claim: &ClaimView,
    claim_standing: &ClaimStanding,
    second: bool,
) -> Vec<(OpenKind, &'static str, String)> {
    let mut open = Vec::new();
    match claim_standing.standing {
        Standing::Unchecked if claim.disputed().next().is_some() => {
            open.push((OpenKind::Disputed, "", disputed(claim)));
        }
        Standing::Unchecked => open.push((OpenKind::Unchecked, "", " has no verdict".into())),
        Standing::Stale => {
            let why = claim_standing.reasons.join("; ");
            open.push((OpenKind::Stale, "The verdict on ", format!(" is out of date: {why}")));
        }
        Standing::Orphaned => open.push((OpenKind::Orphaned, "", " is no longer in the text".into())),
        Standing::Checked => {
            if claim.current_evidence().next().is_none() {
                open.push((OpenKind::NoEvidence, "The verdict on ", " has no evidence".into()));
            }
            if claim.disputed().next().is_some() {
                open.push((OpenKind::Disputed, "", disputed(claim)));
            }
            if second && claim.agreed().next().is_none() {
                open.push((OpenKind::SignOff, "The verdict on ", " needs a second person’s sign-off".into()));
            }
        }
    }
    open
}

/// Which verdicts are current at the same time, as text that follows the words of the claim.
fn disputed(claim: &ClaimView) -> String {
    let last = claim.verdicts.iter().rev().find(|v| v.current);
    let all: Vec<&str> = last.into_iter().chain(claim.disputed()).map(rating_label).collect();
    format!(" has several verdicts side by side: {}", all.join(", "))
}

fn rating_label(v: &VerdictView) -> &str {
    if v.verdict.withdrawn { "withdrawn" } else { &v.verdict.rating.label }
}
