//! The gate: whether an article meets the desk's requirements and counts as verified, and what is still open if not.

use super::{
    coverage::coverage,
    judging::Judging,
    open_items::{open_items, warnings},
};
use crate::desk::{Cover, Coverage, Desk, DeskError, Open, OpenKind, Reading};
use crate::{
    messages::message,
    model::{ArticleId, ClaimView, Policy, Risk, Rules, SecondPerson, StillOpen, Verified},
};

/// The result of the gate for a reading.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The requirements.
    pub policy: Policy,
    /// What is still open; empty if the gate is passed.
    pub open: Vec<Open>,
    /// What should be reviewed, but does not keep the gate closed.
    pub warnings: Vec<Open>,
    /// The coverage of the text.
    pub coverage: Coverage,
    /// The rules.
    pub rules: Rules,
}

impl Gate {
    /// Whether the article counts as verified.
    pub fn passed(&self) -> bool {
        self.open.is_empty()
    }
}

/// Compares a reading with `policy`. `last` returns the last words of an orphaned claim.
pub(in crate::desk) fn gate(
    reading: &Reading,
    policy: Policy,
    rules: Rules,
    last: impl Fn(&ClaimView) -> Result<String, DeskError>,
) -> Result<Gate, DeskError> {
    let judge = Judging::new(rules, &policy);
    let coverage = coverage(reading, judge);
    let asked = |o: &Open| match o.kind {
        OpenKind::NoEvidence => policy.evidence,
        OpenKind::Query => policy.queries,
        OpenKind::Context => judge.asks_for_context,
        OpenKind::SignOff
        | OpenKind::Coverage
        | OpenKind::Unchecked
        | OpenKind::Stale
        | OpenKind::Orphaned
        | OpenKind::Disputed
        | OpenKind::Versions
        | OpenKind::Contradicted => true,
    };
    let needs_second = |c: &ClaimView| match policy.second {
        SecondPerson::None => false,
        SecondPerson::High => c.claim.risk == Risk::High,
        SecondPerson::All => true,
    };
    let mut open: Vec<Open> =
        open_items(reading, judge, needs_second, &last)?.into_iter().filter(asked).collect();
    if coverage.percent() < policy.coverage {
        let (percent, required) = (coverage.percent(), policy.coverage);
        let message = message!("open_coverage", percent = percent, required = required);
        open.push(Open { kind: OpenKind::Coverage, message, claim: None, query: None });
    }
    let versions = reading.state.versions().len();
    if rules >= Rules::Fifth && versions > 1 {
        let message = message!("open_versions", count = versions);
        open.push(Open { kind: OpenKind::Versions, message, claim: None, query: None });
    }
    Ok(Gate { policy, open, warnings: warnings(reading, rules, last)?, coverage, rules })
}

impl Gate {
    /// The result as exports contain it.
    pub(in crate::desk) fn into_verified(self) -> Verified {
        let count = |cover| self.coverage.count(cover);
        let (checked, exempt, open_sentences) =
            (count(Cover::Checked), count(Cover::Exempt), count(Cover::Open));
        let open = self.open.iter().map(|o| StillOpen {
            kind: o.kind.as_str(),
            message: o.message.clone(),
            claim: o.claim,
        });
        let (open, percent) = (open.collect(), self.coverage.percent());
        Verified {
            rules: self.rules,
            policy: self.policy,
            open,
            percent,
            checked,
            exempt,
            unsettled: open_sentences,
        }
    }
}

impl Desk {
    /// Whether an article's newest revision counts as verified, and what is open if not.
    pub fn gate(&self, article: ArticleId) -> Result<Gate, DeskError> {
        let reading = self.read(article, None)?;
        let last =
            |c: &ClaimView| Ok(self.last_place(article, c.id)?.map(|(_, words)| words).unwrap_or_default());
        gate(&reading, self.policy()?, Rules::default(), last)
    }
}
