//! What went out verified. Whoever exports a bundle of an article that meets all requirements has it recorded in the desk's
//! own chain, so no bundle contains it and exporting again gives the same bytes.

use crate::desk::{Desk, DeskError};
use crate::{
    model::{ActionId, ArticleId, Fact, Moment, PersonId, Published, Recorded},
    store::StoreError,
};

/// An article as it last went out verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WentOut {
    /// What went out.
    pub published: Published,
    /// When it was exported.
    pub at: Moment,
    /// Who exported it.
    pub by: PersonId,
}

impl Desk {
    /// How an article last went out verified; `None` if that was never recorded.
    pub fn went_out(&self, article: ArticleId) -> Result<Option<WentOut>, DeskError> {
        let Some(fact) = self.store.last_fact_about("published", article.0)? else { return Ok(None) };
        let Some(recorded) = self.store.fact(fact)? else { return Ok(None) };
        let Some(Fact::Published(published)) = recorded.fact() else { return Ok(None) };
        let missing = || StoreError::Damaged(format!("the action {} is missing", recorded.action));
        let action = self.store.action(recorded.action)?.ok_or_else(missing)?;
        Ok(Some(WentOut { published: published.clone(), at: action.at, by: action.person }))
    }

    /// The article's last action in each bundle of it that went out verified.
    pub(in crate::desk) fn went_out_until(&self, article: ArticleId) -> Result<Vec<ActionId>, DeskError> {
        let all = self.store.actions_about("published", article.0)?;
        let live = all.iter().filter(|(_, logged)| logged.live).flat_map(|(_, logged)| &logged.facts);
        let last = |fact: &Recorded| match fact.fact() {
            Some(Fact::Published(published)) => Some(published.last),
            _ => None,
        };
        Ok(live.filter_map(last).collect())
    }
}
