//! News on a shared desk: what others recorded since the person last looked that concerns them.

use crate::desk::{Desk, DeskError};
use crate::{
    model::{
        Action, ActionKind, ArticleId, Chain, ClaimId, Fact, Moment, PersonId, Recorded, Standing, Verdict,
    },
    store::ClaimRow,
};
use std::collections::BTreeSet;

/// The setting that stores up to which seq the news were seen.
const SEEN: &str = "news.seen";
/// The most actions of others that are looked at.
const MOST: usize = 500;
/// The most revised articles that are read.
const MOST_TEXTS: usize = 20;

crate::model::slugs! {
    /// What concerns the person who works.
    NewsKind, "news", {
        /// An article was assigned to them.
        ArticleAssigned = "article-assigned",
        /// A claim was assigned to them.
        ClaimAssigned = "claim-assigned",
        /// They were asked something.
        Asked = "asked",
        /// Somebody rated a claim differently.
        Disputed = "disputed",
        /// Their verdict went out of date.
        Stale = "stale",
        /// Their article has two versions.
        Versions = "versions",
    }
}

/// Something that concerns the person who works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// What it is.
    pub kind: NewsKind,
    /// Who did it.
    pub by: PersonId,
    /// When.
    pub at: Moment,
    /// The article.
    pub article: ArticleId,
    /// The claim, if it is about one.
    pub claim: Option<ClaimId>,
    /// The words of the claim, or the question.
    pub words: Option<String>,
}

impl Desk {
    /// What others recorded since the person last looked and that concerns them, the newest first. Nothing on a desk that is
    /// not shared.
    pub fn news(&self) -> Result<Vec<News>, DeskError> {
        self.snapshot(|| self.news_now())
    }

    fn news_now(&self) -> Result<Vec<News>, DeskError> {
        let Some(me) = self.shared_with()?.map(|m| m.person) else { return Ok(Vec::new()) };
        let (mut all, mut revised) = (Vec::new(), BTreeSet::new());
        for action in self.store.received_after(self.news_seen()?, MOST)?.iter().filter(|a| a.person != me) {
            for fact in self.store.facts_of(action.id)?.iter().filter_map(Recorded::fact) {
                all.extend(self.news_of(me, action, fact)?);
                if let Fact::Revision(r) = fact
                    && revised.len() < MOST_TEXTS
                    && revised.insert(r.article)
                {
                    all.extend(self.news_of_text(me, action, r.article)?);
                }
            }
        }
        Ok(all)
    }

    /// Stores that the person has seen all news there are now.
    pub fn news_are_seen(&self) -> Result<(), DeskError> {
        Ok(self.store.set_setting(SEEN, &self.seq()?.to_string())?)
    }

    fn news_seen(&self) -> Result<i64, DeskError> {
        Ok(self.store.setting(SEEN)?.and_then(|s| s.parse().ok()).unwrap_or_default())
    }

    fn news_of(&self, me: PersonId, action: &Action, fact: &Fact) -> Result<Option<News>, DeskError> {
        let Action { person: by, at, .. } = *action;
        let news = |kind, article, claim, words| Some(News { kind, by, at, article, claim, words });
        Ok(match fact {
            Fact::Workflow(w) if w.assignee == Some(me) => {
                news(NewsKind::ArticleAssigned, w.article, None, None)
            }
            Fact::Claim(c) if c.assignee == Some(me) && action.kind == ActionKind::Assign => {
                news(NewsKind::ClaimAssigned, c.article, Some(c.claim), self.words_of(c.claim)?)
            }
            Fact::Query(q) if self.is_me(me, q.to.as_deref())? => {
                news(NewsKind::Asked, q.article, q.claim, Some(q.text.clone()))
            }
            Fact::Verdict(v) if self.disputes(me, action, v)? => match action.chain {
                Chain::Article(article) => {
                    news(NewsKind::Disputed, article, Some(v.claim), self.words_of(v.claim)?)
                }
                Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
            },
            _ => None,
        })
    }

    /// Verdicts of this person that went out of date with a text, and a second version beside a text of theirs.
    fn news_of_text(
        &self,
        me: PersonId,
        action: &Action,
        article: ArticleId,
    ) -> Result<Vec<News>, DeskError> {
        let Action { person: by, at, .. } = *action;
        let mut all = Vec::new();
        for row in self.store.claim_rows(article)?.iter().filter(|r| r.standing == Standing::Stale) {
            if self.is_rated_by(row, me)? {
                let (claim, words) = (Some(row.claim), row.words.clone());
                all.push(News { kind: NewsKind::Stale, by, at, article, claim, words });
            }
        }
        let Ok(reading) = self.read(article, None) else { return Ok(all) };
        let versions = reading.state.versions();
        if versions.len() > 1 && versions.iter().any(|v| v.stamp.by == me) {
            all.push(News { kind: NewsKind::Versions, by, at, article, claim: None, words: None });
        }
        Ok(all)
    }

    /// Whether the current verdict in a row is this person's.
    fn is_rated_by(&self, row: &ClaimRow, me: PersonId) -> Result<bool, DeskError> {
        let Some(verdict) = row.verdict else { return Ok(false) };
        Ok(self.store.action_of_fact(verdict)?.is_some_and(|(action, _)| action.person == me))
    }

    /// Whether somebody rates a claim differently that this person rated before.
    fn disputes(&self, me: PersonId, action: &Action, v: &Verdict) -> Result<bool, DeskError> {
        let Chain::Article(article) = action.chain else { return Ok(false) };
        let Ok(reading) = self.read(article, None) else { return Ok(false) };
        let Some(claim) = reading.state.claim(v.claim) else { return Ok(false) };
        let mut before = claim.verdicts.iter().take_while(|o| o.stamp.action != action.id);
        Ok(before.any(|o| o.stamp.by == me && !o.verdict.withdrawn && o.verdict.rating.slug != v.rating.slug))
    }

    fn is_me(&self, me: PersonId, to: Option<&str>) -> Result<bool, DeskError> {
        let Some(person) = self.person(me)? else { return Ok(false) };
        Ok(to.is_some_and(|to| to == person.name || to == person.initials))
    }

    fn words_of(&self, claim: ClaimId) -> Result<Option<String>, DeskError> {
        Ok(self.store.claim_row(claim)?.and_then(|row| row.assertion.or(row.words)))
    }
}
