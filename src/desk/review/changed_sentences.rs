//! The claims of the whole desk that are open because their sentence changed since the verdict, or because the rules of a newer
//! version opened them when an older desk was first opened. Somebody looks at each and says whether its verdict still holds.

use crate::desk::{Desk, DeskError};
use crate::{
    model::{ArticleId, ClaimId, Fact, FactId, Standing},
    store::{ClaimRow, Filter, Page, Sort},
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The setting that stores the claims that newer rules opened, one id a line, and the one that says that somebody has seen them.
const OPENED: &str = "rules.opened";
const SEEN: &str = "rules.opened.seen";
/// The most claims that are listed.
const MOST: usize = 500;

/// A claim to look at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedSentence {
    /// The claim as lists show it.
    pub row: ClaimRow,
    /// The headline of its article.
    pub headline: String,
    /// The label of the rating that it has.
    pub rating: Option<String>,
}

impl Desk {
    /// Whether newer rules opened claims and nobody has seen the list of them yet.
    pub fn rules_opened_claims(&self) -> Result<bool, DeskError> {
        let is_set =
            |name| Ok::<_, DeskError>(self.store.setting(name)?.is_some_and(|value| !value.is_empty()));
        Ok(is_set(OPENED)? && !is_set(SEEN)?)
    }

    /// The claims that are open because of a changed sentence, those that changed last first, then those that newer rules
    /// opened; at most 500 of each.
    pub fn changed_sentences(&self) -> Result<Vec<ChangedSentence>, DeskError> {
        let mut rows = self.open_by_context()?;
        let listed: HashSet<ClaimId> = rows.iter().map(|row| row.claim).collect();
        for claim in self.opened_by_rules()?.into_iter().filter(|claim| !listed.contains(claim)) {
            rows.extend(self.store.claim_row(claim)?.filter(|row| row.standing == Standing::Stale));
        }
        let mut headlines = HashMap::new();
        rows.into_iter().map(|row| self.changed_sentence(row, &mut headlines)).collect()
    }

    /// Says of several verdicts that they still hold: one action for each article. Returns how many did not hold already.
    pub fn still_hold(&mut self, claims: &[(ArticleId, ClaimId)]) -> Result<usize, DeskError> {
        let mut by_article: BTreeMap<ArticleId, Vec<ClaimId>> = BTreeMap::new();
        claims.iter().for_each(|(article, claim)| by_article.entry(*article).or_default().push(*claim));
        let mut held = 0;
        for (article, claims) in by_article {
            match self.reaffirm_all(article, &claims, None) {
                Ok(done) => held += done.value.len(),
                Err(DeskError::NoChange(_)) => {}
                Err(why) => return Err(why),
            }
        }
        Ok(held)
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

    fn open_by_context(&self) -> Result<Vec<ClaimRow>, DeskError> {
        let filters = vec![Filter::Context];
        let page = Page { sort: Some(Sort::Touched), filters, most: MOST, ..Page::whole() };
        let mut rows = Vec::new();
        self.each_claim(&page, |row| {
            rows.push(row);
            Ok::<_, DeskError>(())
        })?;
        Ok(rows)
    }

    fn changed_sentence(
        &self,
        row: ClaimRow,
        headlines: &mut HashMap<ArticleId, String>,
    ) -> Result<ChangedSentence, DeskError> {
        let headline = match headlines.get(&row.article) {
            Some(known) => known.clone(),
            None => self.store.article_row(row.article)?.map(|a| a.headline).unwrap_or_default(),
        };
        headlines.insert(row.article, headline.clone());
        let rating = row.verdict.map(|fact| self.label_in(fact)).transpose()?.flatten();
        Ok(ChangedSentence { row, headline, rating })
    }

    /// The label of the rating that a verdict gives.
    fn label_in(&self, verdict: FactId) -> Result<Option<String>, DeskError> {
        Ok(self.store.fact(verdict)?.and_then(|recorded| match recorded.fact() {
            Some(Fact::Verdict(v)) => Some(v.rating.label.clone()),
            _ => None,
        }))
    }
}
