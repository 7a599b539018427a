//! The requirements of this desk: what an article needs before it counts as verified.

use super::{Desk, DeskError, Done};
use crate::{
    messages::message,
    model::{ActionKind, Chain, Fact, Policy, Recorded},
};

impl Desk {
    /// The requirements of this desk.
    pub fn policy(&self) -> Result<Policy, DeskError> {
        let Some(fact) = self.store.rules(false)?.pop() else { return Ok(Policy::default()) };
        Ok(match self.store.fact(fact)?.as_ref().and_then(Recorded::fact) {
            Some(Fact::Policy(policy)) => policy.clone(),
            _ => Policy::default(),
        })
    }

    /// Sets the requirements.
    pub fn set_policy(&mut self, policy: Policy) -> Result<Done<()>, DeskError> {
        if policy.coverage > 100 {
            return Err(DeskError::refused(message!("refused_coverage_percent")));
        }
        if policy == self.policy()? {
            return Err(DeskError::NoChange(message!("unchanged_policy")));
        }
        self.act(ActionKind::SetPolicy, Chain::Desk, |act| {
            act.record(Fact::Policy(policy));
            Ok(())
        })
    }
}
