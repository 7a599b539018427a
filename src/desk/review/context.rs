//! Claims whose verdicts hold on their words while the sentence around them changed: somebody says that they still hold.

use crate::desk::{Desk, DeskError, Done, Standings};
use crate::{
    messages::{Message, message},
    model::{ArticleId, ClaimId, ClaimStanding, FactId, Standing},
};
use std::collections::{BTreeMap, HashSet};

/// How many articles a notice names.
const NAMED: usize = 5;

impl Desk {
    /// The claims of an article whose verdicts hold while their sentence changed, in the order they were marked.
    pub fn changed_contexts(&self, article: ArticleId) -> Result<Vec<ClaimId>, DeskError> {
        let reading = self.read(article, None)?;
        let standings = Standings::new(&reading);
        let changed = reading.state.live_claims().filter(|c| {
            let ClaimStanding { standing, context_changed, .. } = standings.of(c);
            standing == Standing::Checked && context_changed
        });
        Ok(changed.map(|c| c.id).collect())
    }

    /// Confirms for all claims of an article whose sentence changed that their verdicts still hold, as one action. Fails if
    /// there is none.
    pub fn reaffirm_contexts(&mut self, article: ArticleId) -> Result<Done<Vec<FactId>>, DeskError> {
        let claims = self.changed_contexts(article)?;
        if claims.is_empty() {
            return Err(DeskError::NoChange(message!("unchanged_contexts")));
        }
        self.reaffirm_all(article, &claims, None)
    }

    /// Computes the rows of lists by the rules of this version, and tells in a notice which claims these rules opened.
    pub(in crate::desk) fn apply_new_rules(&self) -> Result<(), DeskError> {
        let held: HashSet<(ArticleId, ClaimId)> = self.store.checked_claims()?.into_iter().collect();
        self.rebuild()?;
        let still: HashSet<(ArticleId, ClaimId)> = self.store.checked_claims()?.into_iter().collect();
        let mut claims: BTreeMap<ArticleId, usize> = BTreeMap::new();
        let mut opened: Vec<(ArticleId, ClaimId)> = held.difference(&still).copied().collect();
        opened.sort();
        for (article, _) in &opened {
            *claims.entry(*article).or_default() += 1;
        }
        if !opened.is_empty() {
            self.remember_opened(&opened.iter().map(|(_, claim)| *claim).collect::<Vec<_>>())?;
        }
        let numbered = |(article, n): (ArticleId, usize)| Ok::<_, DeskError>((self.number_of(article.0)?, n));
        let opened: BTreeMap<i64, usize> = claims.into_iter().map(numbered).collect::<Result<_, _>>()?;
        if !opened.is_empty() {
            self.note(opened_notice(&opened));
        }
        Ok(())
    }
}

/// How many claims the new rules opened, by the number of their article.
fn opened_notice(opened: &BTreeMap<i64, usize>) -> Message {
    let named: Vec<String> = opened.iter().take(NAMED).map(|(number, n)| format!("{number} ({n})")).collect();
    let named = named.join(", ");
    let named = match opened.len().saturating_sub(NAMED) {
        0 => Message::verbatim(named),
        n => message!("notice_opened_more", named = named, count = n),
    };
    message!(
        "notice_opened",
        claims = message!("notice_opened_claims", count = opened.values().sum::<usize>()),
        articles = message!("notice_opened_articles", count = opened.len(), named = named)
    )
}
