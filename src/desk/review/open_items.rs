//! What is still open about an article: what an editor settles before it goes out, or tells.

use crate::desk::{DeskError, Reading, Standings};
use crate::messages::{Message, message};
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
    /// What.
    pub kind: OpenKind,
    /// In a sentence.
    pub message: Message,
    /// The claim.
    pub claim: Option<ClaimId>,
    /// The query.
    pub query: Option<QueryId>,
}

/// Everything of a reading that is still open: its claims in the order they were marked, then its queries. `wants` says which
/// verdicts need a second person, `last` gives the words an orphan stood in last.
pub(in crate::desk) fn open_items(
    reading: &Reading,
    wants: impl Fn(&ClaimView) -> bool,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<Vec<Open>, DeskError> {
    let standings = Standings::new(reading);
    let mut all = Vec::new();
    for claim in reading.state.live_claims() {
        let judged = standings.of(claim);
        let mut words = None;
        for kind in still_open(claim, &judged, wants(claim)) {
            if words.is_none() {
                words = Some(known_by(claim, &judged, &last)?);
            }
            let message = about_claim(kind, words.as_deref().unwrap_or_default(), claim, &judged);
            all.push(Open { kind, message, claim: Some(claim.id), query: None });
        }
    }
    for query in reading.state.queries.iter().filter(|q| q.is_open()) {
        let message = message!("open_query", text = &query.query.text);
        all.push(Open { kind: OpenKind::Query, message, claim: query.query.claim, query: Some(query.id) });
    }
    Ok(all)
}

/// What should be looked at before the article goes out, and is no reason to keep it: verdicts that all of their evidence speaks
/// against.
pub(in crate::desk) fn warnings(
    reading: &Reading,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<Vec<Open>, DeskError> {
    let standings = Standings::new(reading);
    let mut all = Vec::new();
    for claim in reading.state.live_claims().filter(|c| c.is_contradicted()) {
        let judged = standings.of(claim);
        let rating = claim.verdict().map(|v| v.verdict.rating.clone());
        let Some(rating) = rating.filter(|_| judged.standing == Standing::Checked) else { continue };
        let words = known_by(claim, &judged, &last)?;
        let message = match rating.family {
            Family::Holds => message!("open_refuted", words = words, rating = rating.label),
            Family::Partly | Family::Fails | Family::Open => {
                message!("open_supported", words = words, rating = rating.label)
            }
        };
        all.push(Open { kind: OpenKind::Contradicted, message, claim: Some(claim.id), query: None });
    }
    Ok(all)
}

/// The words a claim is known by: what it asserts, what stands there now, or what stood there last.
fn known_by(
    claim: &ClaimView,
    judged: &ClaimStanding,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<String, DeskError> {
    match &claim.claim.assertion {
        Some(assertion) => Ok(assertion.clone()),
        None if judged.quote.is_empty() => last(claim),
        None => Ok(judged.quote.join(" … ")),
    }
}

/// What is open about a claim.
fn still_open(claim: &ClaimView, judged: &ClaimStanding, second: bool) -> Vec<OpenKind> {
    let disputed = claim.disputed().next().is_some();
    match judged.standing {
        Standing::Unchecked if disputed => vec![OpenKind::Disputed],
        Standing::Unchecked => vec![OpenKind::Unchecked],
        Standing::Stale => vec![OpenKind::Stale],
        Standing::Orphaned => vec![OpenKind::Orphaned],
        Standing::Checked => {
            let missing = [
                (claim.current_evidence().next().is_none(), OpenKind::NoEvidence),
                (disputed, OpenKind::Disputed),
                (second && claim.agreed().next().is_none(), OpenKind::SignOff),
            ];
            missing.into_iter().filter(|(open, _)| *open).map(|(_, kind)| kind).collect()
        }
    }
}

/// An open item of a claim in a sentence. `words` are those the claim is known by.
fn about_claim(kind: OpenKind, words: &str, claim: &ClaimView, judged: &ClaimStanding) -> Message {
    match kind {
        OpenKind::Stale => message!("open_stale", words = words, why = judged.reasons.clone()),
        OpenKind::Orphaned => message!("open_orphaned", words = words),
        OpenKind::NoEvidence => message!("open_no_evidence", words = words),
        OpenKind::Disputed => message!("open_disputed", words = words, ratings = ratings(claim)),
        OpenKind::SignOff => message!("open_sign_off", words = words),
        OpenKind::Unchecked | OpenKind::Query | OpenKind::Coverage | OpenKind::Contradicted => {
            message!("open_unchecked", words = words)
        }
    }
}

/// The ratings of the verdicts that are current side by side.
fn ratings(claim: &ClaimView) -> Message {
    let last = claim.verdicts.iter().rev().find(|v| v.current);
    let all = last.into_iter().chain(claim.disputed()).map(rating);
    all.reduce(|before, next| message!("list_pair", before = before, next = next))
        .unwrap_or_else(|| message!("rating_withdrawn"))
}

fn rating(v: &VerdictView) -> Message {
    match v.verdict.withdrawn {
        true => message!("rating_withdrawn"),
        false => message!("rating_given", rating = &v.verdict.rating.label),
    }
}
