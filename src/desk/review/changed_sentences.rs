//! The claims of the whole desk that are open because their sentence changed since the verdict, or because the rules of a newer
//! version opened them when an older desk was first opened. Somebody looks at each and says whether its verdict still holds.

use crate::desk::{Desk, DeskError};
use crate::{
    model::{ClaimId, Standing},
    store::{ClaimRow, Filter, Page, Sort},
};
use std::collections::HashSet;

/// The setting that stores the claims that newer rules opened, one id a line, and the one that says that somebody has seen them.
const OPENED: &str = "rules.opened";
const SEEN: &str = "rules.opened.seen";
/// The most claims that are listed.
const MOST: usize = 500;

/// Claims to look at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedSentences {
    /// The claims, those that changed last first.
    pub claims: Vec<ClaimRow>,
    /// Whether newer rules opened some of them, and nobody has seen the list yet.
    pub new: bool,
}

impl Desk {
    /// The claims that are open because of a changed sentence or of newer rules, at most 500 of each.
    pub fn changed_sentences(&self) -> Result<ChangedSentences, DeskError> {
        let filters = vec![Filter::Context];
        let page = Page { sort: Some(Sort::Touched), filters, most: MOST, ..Page::whole() };
        let mut claims = Vec::new();
        self.each_claim(&page, |row| {
            claims.push(row);
            Ok::<_, DeskError>(())
        })?;
        let listed: HashSet<ClaimId> = claims.iter().map(|row| row.claim).collect();
        let (mut others, mut new) = (Vec::new(), false);
        for claim in self.opened_by_rules()? {
            match self.store.claim_row(claim)? {
                Some(row) if row.standing == Standing::Stale => others.push(row),
                _ => new |= listed.contains(&claim),
            }
        }
        new |= !others.is_empty();
        new &= self.store.setting(SEEN)?.is_none_or(|seen| seen.is_empty());
        claims.extend(others);
        Ok(ChangedSentences { claims, new })
    }

    /// Stores that somebody has seen the list.
    pub fn changed_sentences_are_seen(&self) -> Result<(), DeskError> {
        Ok(self.store.set_setting(SEEN, "yes")?)
    }

    /// Stores the claims that newer rules opened.
    pub(in crate::desk) fn remember_opened(&self, claims: &[ClaimId]) -> Result<(), DeskError> {
        let lines: Vec<String> = claims.iter().take(MOST).map(ToString::to_string).collect();
        self.store.set_setting(SEEN, "")?;
        Ok(self.store.set_setting(OPENED, &lines.join("\n"))?)
    }

    fn opened_by_rules(&self) -> Result<Vec<ClaimId>, DeskError> {
        let stored = self.store.setting(OPENED)?.unwrap_or_default();
        Ok(stored.lines().filter_map(|id| id.parse().ok()).collect())
    }
}
