//! How a reading is judged: by which rules, and what the desk's requirements make of a changed sentence.

use crate::desk::{Desk, DeskError};
use crate::model::{ClaimStanding, Policy, Rules, Standing};

/// How a reading is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Judging {
    /// The rules.
    pub rules: Rules,
    /// Whether a claim whose sentence changed is open until somebody says that its verdict still holds.
    pub asks_for_context: bool,
}

impl Judging {
    /// How `rules` and `policy` judge.
    pub fn new(rules: Rules, policy: &Policy) -> Self {
        Self { rules, asks_for_context: rules >= Rules::Third && policy.context }
    }

    /// Whether a claim's verdict holds, and its sentence still has to be looked at.
    pub fn opens(&self, claim: &ClaimStanding) -> bool {
        self.asks_for_context && claim.standing == Standing::Checked && claim.context_changed
    }
}

impl Desk {
    /// Whether a claim whose sentence changed is open, by the requirements of this desk.
    pub fn asks_for_context(&self) -> Result<bool, DeskError> {
        Ok(self.judging()?.asks_for_context)
    }

    /// How this desk judges its articles.
    pub(in crate::desk) fn judging(&self) -> Result<Judging, DeskError> {
        Ok(Judging::new(Rules::default(), &self.policy()?))
    }
}
