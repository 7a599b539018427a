//! Handing over what somebody has open, for example when they leave.

use crate::desk::{BulkChange, Desk, DeskError, StatusChange};
use crate::{
    messages::message,
    model::{ActionId, ArticleId, ClaimId, PersonId},
    store::{Access, Filter, Page},
};
use std::collections::BTreeMap;

/// What was handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// How many claims.
    pub claims: usize,
    /// How many articles.
    pub articles: usize,
}

impl Desk {
    /// Assigns every claim and article that is assigned to `from` to `to` instead. One undo takes all of it back. Fails if
    /// nothing is assigned to `from`.
    pub fn hand_over(&mut self, from: PersonId, to: PersonId) -> Result<HandedOver, DeskError> {
        self.transact(Access::Write, |desk| {
            let (mut handed, mut done) = (HandedOver::default(), Vec::new());
            for (article, claims) in desk.claims_of(from)? {
                let change = desk.change_claims(article, &claims, &BulkChange::Assign(Some(to)))?;
                handed.claims += change.value;
                done.push(change.action);
            }
            for row in
                desk.articles(&Page { filters: vec![Filter::Assignee(vec![from])], ..Page::whole() })?
            {
                let change = StatusChange { assignee: Some(Some(to)), ..StatusChange::default() };
                done.push(desk.set_status(row.article, change)?.action);
                handed.articles += 1;
            }
            desk.undo_together(&done)?;
            Ok(handed)
        })
    }

    fn claims_of(&self, person: PersonId) -> Result<BTreeMap<ArticleId, Vec<ClaimId>>, DeskError> {
        let mut claims: BTreeMap<ArticleId, Vec<ClaimId>> = BTreeMap::new();
        for row in self.articles(&Page { filters: vec![Filter::Assigned(vec![person])], ..Page::whole() })? {
            let rows = self.store.claim_rows(row.article)?.into_iter();
            let own = rows.filter(|c| c.assignee == Some(person)).map(|c| c.claim);
            claims.entry(row.article).or_default().extend(own);
        }
        Ok(claims)
    }

    /// Makes the first of several actions the one that the others are undone with.
    fn undo_together(&self, actions: &[ActionId]) -> Result<(), DeskError> {
        let Some((first, others)) = actions.split_first() else {
            return Err(DeskError::NoChange(message!("unchanged_hand_over")));
        };
        self.write::<_, DeskError>(|tx| Ok(others.iter().try_for_each(|a| tx.mark_part_of(*a, *first))?))
    }
}
