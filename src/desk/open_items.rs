//! What is still open about an article: what an editor settles before it goes out, or tells.

use super::{Desk, DeskError, Judge, Reading};
use crate::model::{ClaimId, ClaimView, Judged, QueryId, Standing};

crate::model::slugs! {
    /// What is open.
    OpenKind, "open item", {
        Unchecked = "unchecked", Stale = "stale", Orphaned = "orphaned", NoEvidence = "no_evidence", Query = "query",
    }
}

/// Something still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What.
    pub kind: OpenKind,
    /// In words.
    pub text: String,
    /// The claim.
    pub claim: Option<ClaimId>,
    /// The query.
    pub query: Option<QueryId>,
}

impl Desk {
    /// Everything of a reading that is still open: its claims in the order of the text, then its queries.
    pub(super) fn open_items(&self, reading: &Reading) -> Result<Vec<Open>, DeskError> {
        let judge = Judge::new(reading);
        let mut all = Vec::new();
        for claim in reading.picture.live_claims() {
            let judged = judge.judge(claim);
            if let Some((kind, text)) = still_open(claim, &judged, &self.known_by(reading, claim, &judged)?) {
                all.push(Open { kind, text, claim: Some(claim.id), query: None });
            }
        }
        for query in reading.picture.queries.iter().filter(|q| q.is_open()) {
            let (text, claim) = (query.query.text.clone(), query.query.claim);
            all.push(Open { kind: OpenKind::Query, text, claim, query: Some(query.id) });
        }
        Ok(all)
    }

    /// The words a claim is known by: what it asserts, what stands there now, or what stood there last.
    fn known_by(&self, reading: &Reading, claim: &ClaimView, judged: &Judged) -> Result<String, DeskError> {
        match &claim.claim.assertion {
            Some(assertion) => Ok(assertion.clone()),
            None if judged.quote.is_empty() => {
                Ok(self.last_stood(reading.article, claim.id)?.map(|(_, words)| words).unwrap_or_default())
            }
            None => Ok(judged.quote.join(" … ")),
        }
    }
}

/// What is open about a claim that is known by `words`, if anything.
fn still_open(claim: &ClaimView, judged: &Judged, words: &str) -> Option<(OpenKind, String)> {
    let open = match judged.standing {
        Standing::Unchecked => (OpenKind::Unchecked, format!("“{words}” has no verdict")),
        Standing::Stale => {
            let why = judged.reasons.join("; ");
            (OpenKind::Stale, format!("The verdict on “{words}” is stale: {why}"))
        }
        Standing::Orphaned => (OpenKind::Orphaned, format!("“{words}” is no longer in the text")),
        Standing::Checked if claim.live_evidence().next().is_none() => {
            (OpenKind::NoEvidence, format!("The verdict on “{words}” has no evidence"))
        }
        Standing::Checked => return None,
    };
    Some(open)
}
