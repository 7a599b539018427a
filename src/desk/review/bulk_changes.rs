//! The same change to several claims, as one action.

use crate::desk::{Desk, DeskError, Done};
use crate::{
    messages::message,
    model::{ActionKind, ArticleId, Chain, ClaimId, Fact, PersonId},
};

/// A change to several claims at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkChange {
    /// Retract them.
    Retract,
    /// Retract them, and exempt their sentences.
    Exempt,
    /// Assign them to somebody, or to no one.
    Assign(Option<PersonId>),
}

impl BulkChange {
    fn kind(&self) -> ActionKind {
        match self {
            Self::Retract => ActionKind::RetractClaim,
            Self::Exempt => ActionKind::Exempt,
            Self::Assign(_) => ActionKind::Assign,
        }
    }
}

impl Desk {
    /// Makes the same change to several claims of an article, as one action. Claims that already have it are skipped.
    /// Fails if all have it. Returns how many were changed.
    pub fn change_claims(
        &mut self,
        article: ArticleId,
        claims: &[ClaimId],
        change: &BulkChange,
    ) -> Result<Done<usize>, DeskError> {
        let reading = self.read(article, None)?;
        let mut facts = Vec::new();
        for id in claims {
            let view = self.claim_view(&reading, *id)?;
            let mut fact = view.claim.clone();
            match change {
                BulkChange::Retract | BulkChange::Exempt => fact.retracted = true,
                BulkChange::Assign(to) => fact.assignee = *to,
            }
            if fact != view.claim {
                let conflicting = view.conflicting.iter().map(|r| r.stamp.fact);
                facts.push((fact, [view.stamp.fact].into_iter().chain(conflicting).collect::<Vec<_>>()));
            }
        }
        if facts.is_empty() {
            return Err(DeskError::NoChange(message!("unchanged_claims")));
        }
        let exemptions = match change {
            BulkChange::Exempt => self.exemptions_for_claims(&reading, claims)?,
            BulkChange::Retract | BulkChange::Assign(_) => Vec::new(),
        };
        drop(reading);
        self.act(change.kind(), Chain::Article(article), |act| {
            let count = facts.len();
            for (fact, replaces) in facts {
                act.replace(Fact::Claim(fact), replaces);
            }
            for fact in exemptions {
                act.record(Fact::Exemption(fact));
            }
            Ok(count)
        })
    }
}
