//! The gate: whether an article counts as verified, by what the desk asks, and what is still open if not.

use super::{
    coverage::coverage,
    open_items::{open_items, warnings},
};
use crate::desk::{Cover, Coverage, Desk, DeskError, Open, OpenKind, Reading};
use crate::messages::message;
use crate::model::{ArticleId, ClaimView, Policy, Risk, Rules, SecondPerson, StillOpen, Verified};

/// What the gate says of a reading.
#[derive(Clone, Debug)]
pub struct Gate {
    /// What is asked.
    pub policy: Policy,
    /// What is still open by it; nothing where the gate is passed.
    pub open: Vec<Open>,
    /// What should be looked at, and does not keep the gate closed.
    pub warnings: Vec<Open>,
    /// How much of the text is settled.
    pub coverage: Coverage,
    /// By which rules.
    pub rules: Rules,
}

impl Gate {
    /// Whether the article counts as verified.
    pub fn passed(&self) -> bool {
        self.open.is_empty()
    }
}

/// Asks of a reading what `policy` asks. `last` gives the words an orphan stood in last.
pub(in crate::desk) fn gate(
    reading: &Reading,
    policy: Policy,
    rules: Rules,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<Gate, DeskError> {
    let coverage = coverage(reading, rules);
    let asked = |o: &Open| match o.kind {
        OpenKind::NoEvidence => policy.evidence,
        OpenKind::Query => policy.queries,
        OpenKind::SignOff
        | OpenKind::Coverage
        | OpenKind::Unchecked
        | OpenKind::Stale
        | OpenKind::Orphaned
        | OpenKind::Disputed
        | OpenKind::Contradicted => true,
    };
    let wants = |c: &ClaimView| match policy.second {
        SecondPerson::None => false,
        SecondPerson::High => c.claim.risk == Risk::High,
        SecondPerson::All => true,
    };
    let mut open: Vec<Open> = open_items(reading, wants, &last)?.into_iter().filter(asked).collect();
    if coverage.percent() < policy.coverage {
        let (percent, required) = (coverage.percent(), policy.coverage);
        let message = message!("open_coverage", percent = percent, required = required);
        open.push(Open { kind: OpenKind::Coverage, message, claim: None, query: None });
    }
    Ok(Gate { policy, open, warnings: warnings(reading, last)?, coverage, rules })
}

impl Gate {
    /// The same, as it goes out.
    pub(in crate::desk) fn told(self) -> Verified {
        let count = |cover| self.coverage.count(cover);
        let (checked, waved, unsettled) = (count(Cover::Checked), count(Cover::Exempt), count(Cover::Open));
        let open = self.open.iter().map(|o| StillOpen {
            kind: o.kind.as_str(),
            message: o.message.clone(),
            claim: o.claim,
        });
        let (open, percent) = (open.collect(), self.coverage.percent());
        Verified { rules: self.rules, policy: self.policy, open, percent, checked, waved, unsettled }
    }
}

impl Desk {
    /// Whether an article's newest revision counts as verified, and what is open if not.
    pub fn gate(&self, article: ArticleId) -> Result<Gate, DeskError> {
        let reading = self.read(article, None)?;
        let last =
            |c: &ClaimView| Ok(self.last_stood(article, c.id)?.map(|(_, words)| words).unwrap_or_default());
        gate(&reading, self.policy()?, Rules::default(), last)
    }
}
