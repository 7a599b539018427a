//! What is still open in an article: what an editor resolves before publishing, or mentions.

use super::judging::Judging;
use crate::desk::{DeskError, Reading, Standings, articles::standing::words_differ};
use crate::{
    messages::{Message, message},
    model::{ClaimId, ClaimStanding, ClaimView, Family, QueryId, Rules, Standing, VerdictView},
};

crate::model::slugs! {
    /// What is open.
    OpenKind, "open item", {
        Unchecked = "unchecked", Stale = "stale", Orphaned = "orphaned", NoEvidence = "no_evidence", Query = "query",
        SignOff = "sign_off", Coverage = "coverage", Disputed = "disputed", Contradicted = "contradicted",
        Context = "context", Versions = "versions",
    }
}

/// Something still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Its kind.
    pub kind: OpenKind,
    /// In a sentence.
    pub message: Message,
    /// The claim.
    pub claim: Option<ClaimId>,
    /// The query.
    pub query: Option<QueryId>,
}

/// Everything that is still open in a reading: its claims in the order they were marked, then its queries. `needs_second`
/// returns which verdicts need a second person, `last` the last words of an orphaned claim.
pub(in crate::desk) fn open_items(
    reading: &Reading,
    judge: Judging,
    needs_second: impl Fn(&ClaimView) -> bool,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<Vec<Open>, DeskError> {
    let standings = Standings::by(reading, judge.rules);
    let judged: Vec<_> = reading.state.live_claims().map(|claim| (claim, standings.of(claim))).collect();
    let mut all = Vec::new();
    for (claim, claim_standing) in &judged {
        let mut words = None;
        let context = judge.opens(claim_standing).then_some(OpenKind::Context);
        for kind in context.into_iter().chain(still_open(claim, claim_standing, needs_second(claim))) {
            if words.is_none() {
                words = Some(identifying_words(claim, claim_standing, &last)?);
            }
            let message = about_claim(kind, words.as_deref().unwrap_or_default(), claim, claim_standing);
            all.push(Open { kind, message, claim: Some(claim.id), query: None });
        }
    }
    for query in reading.state.queries.iter().filter(|q| q.is_open()) {
        let claim = judged.iter().find(|(c, _)| Some(c.id) == query.query.claim);
        let message = match claim {
            Some((claim, claim_standing)) => {
                let words = identifying_words(claim, claim_standing, &last)?;
                message!("open_query_about", text = &query.query.text, words = words)
            }
            None => message!("open_query", text = &query.query.text),
        };
        all.push(Open { kind: OpenKind::Query, message, claim: query.query.claim, query: Some(query.id) });
    }
    Ok(all)
}

/// What should be reviewed before publishing, but does not prevent it: verdicts that all of their evidence contradicts.
pub(in crate::desk) fn warnings(
    reading: &Reading,
    rules: Rules,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<Vec<Open>, DeskError> {
    let standings = Standings::by(reading, rules);
    let mut all = Vec::new();
    for claim in reading.state.live_claims().filter(|c| c.is_contradicted()) {
        let claim_standing = standings.of(claim);
        let rating = claim.verdict().map(|v| v.verdict.rating.clone());
        let Some(rating) = rating.filter(|_| claim_standing.standing == Standing::Checked) else { continue };
        let words = identifying_words(claim, &claim_standing, &last)?;
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

/// What is open about a claim.
fn still_open(claim: &ClaimView, claim_standing: &ClaimStanding, second: bool) -> Vec<OpenKind> {
    let disputed = claim.disputed().next().is_some();
    match claim_standing.standing {
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
fn about_claim(kind: OpenKind, words: &str, claim: &ClaimView, claim_standing: &ClaimStanding) -> Message {
    match kind {
        OpenKind::Stale => message!("open_stale", words = words, why = claim_standing.reasons.clone()),
        OpenKind::Orphaned => message!("open_orphaned", words = words),
        OpenKind::NoEvidence => message!("open_no_evidence", words = words),
        OpenKind::Disputed => message!("open_disputed", words = words, ratings = ratings(claim)),
        OpenKind::SignOff if signed_off_before(claim) => message!("open_sign_off_anew", words = words),
        OpenKind::SignOff => message!("open_sign_off", words = words),
        OpenKind::Context => message!("open_context", words = words, why = claim_standing.context.clone()),
        OpenKind::Unchecked
        | OpenKind::Query
        | OpenKind::Coverage
        | OpenKind::Versions
        | OpenKind::Contradicted => {
            message!("open_unchecked", words = words)
        }
    }
}

/// Whether the verdict only says that an earlier one still holds on the same words, and that one was signed off.
fn signed_off_before(claim: &ClaimView) -> bool {
    let Some(now) = claim.verdict().filter(|v| v.verdict.reaffirms) else { return false };
    let earlier = claim.verdicts.iter().filter(|v| !v.current && !v.verdict.withdrawn);
    let mut same =
        earlier.filter(|v| !words_differ(&v.verdict.words.join(" "), &now.verdict.words.join(" ")));
    same.next_back().is_some_and(|v| claim.sign_offs.iter().any(|s| s.value.verdict == v.stamp.fact))
}

/// The ratings of the verdicts that are current side by side.
fn ratings(claim: &ClaimView) -> Message {
    let all = claim.side_by_side().into_iter().map(rating);
    all.reduce(|before, next| message!("list_pair", before = before, next = next))
        .unwrap_or_else(|| message!("rating_withdrawn"))
}

fn rating(v: &VerdictView) -> Message {
    match v.verdict.withdrawn {
        true => message!("rating_withdrawn"),
        false => message!("rating_given", rating = &v.verdict.rating.label),
    }
}
