//! Reading the desk: articles at a revision, and things that a person names by number or id.

use super::cache::anchors_for;
use crate::desk::{
    Desk, DeskError, Reading, Standings,
    articles::reading::live,
    error::{Missing, not_found},
};
use crate::{
    model::{
        ArticleId, ArticleState, Chain, ClaimId, EvidenceId, Logged, NumberKind, QueryId, RevisionId,
        RevisionView, SourceId,
    },
    store::{ArticleRow, Wanted},
};
use std::sync::Arc;
use uuid::Uuid;

impl Desk {
    /// Reads an article at `revision`, or at the newest one.
    pub fn read(&self, article: ArticleId, revision: Option<RevisionId>) -> Result<Reading, DeskError> {
        let newest = self.newest_reading(article)?;
        match revision {
            Some(id) if id != newest.revision.id => self.read_older(&newest, id),
            Some(_) | None => Ok(newest),
        }
    }

    fn read_older(&self, newest: &Reading, id: RevisionId) -> Result<Reading, DeskError> {
        let article = newest.article;
        let missing = || not_found(Missing::Revision, id);
        newest.state.revision(id).ok_or_else(missing)?;
        let own = self.store.log(Chain::Article(article), &anchors_for(id, newest.revision.id))?;
        let state = Arc::new(ArticleState::of(live(&self.with_named_chains(own)?)));
        let revision = state.revision(id).ok_or_else(missing)?.clone();
        let text = self.store.text(&revision.revision.text)?.into();
        Ok(Reading::new(article, state, revision, text, false))
    }

    /// The newest live revision of an article. Fails if the article was undone.
    pub(in crate::desk) fn newest(&self, article: ArticleId) -> Result<RevisionId, DeskError> {
        let row = self.store.article_row(article)?;
        row.map(|r| r.revision).ok_or_else(|| not_found(Missing::Article, article))
    }

    /// One article in the library.
    pub fn summary(&self, article: ArticleId) -> Result<ArticleRow, DeskError> {
        let row = self.store.article_row(article)?;
        let row = row.ok_or_else(|| not_found(Missing::Article, article))?;
        Ok(row.held_against(&self.policy()?.bytes()))
    }

    /// The logs of the people and sources that an article names, followed by its whole log with the anchors of every
    /// revision.
    pub(in crate::desk) fn whole_log(&self, article: ArticleId) -> Result<Vec<Logged>, DeskError> {
        self.with_named_chains(self.store.log(Chain::Article(article), &Wanted::All)?)
    }

    /// The actions of an article, in order.
    pub fn log(&self, article: ArticleId) -> Result<Vec<Logged>, DeskError> {
        Ok(self.store.log(Chain::Article(article), &Wanted::AnchorsOf(Vec::new()))?)
    }

    /// The chains that got new actions after `seq`.
    pub fn changes_since(&self, seq: i64) -> Result<Vec<Chain>, DeskError> {
        Ok(self.store.chains_since(seq)?)
    }

    /// The article of that number or id.
    pub fn article_named(&self, given: &str) -> Result<ArticleId, DeskError> {
        let id = self.id_of(NumberKind::Article, "", given, Missing::Article)?;
        self.newest(ArticleId(id)).map_err(|e| match e {
            DeskError::NotFound { .. } => not_found(Missing::Article, given),
            other => other,
        })?;
        Ok(ArticleId(id))
    }

    /// The revision of an article by its number or id.
    pub fn revision_named(&self, article: ArticleId, given: &str) -> Result<RevisionId, DeskError> {
        let id = self.id_of(NumberKind::Revision(article.0), "", given, Missing::Revision).map(RevisionId)?;
        let live = self.store.live_revisions(Chain::Article(article))?;
        if live.contains(&id) { Ok(id) } else { Err(not_found(Missing::Revision, given)) }
    }

    /// The claim of that number (`C12` or `12`) or id, and its article.
    pub fn claim_named(&self, given: &str) -> Result<(ArticleId, ClaimId), DeskError> {
        let claim = ClaimId(self.id_of(NumberKind::Claim, "C", given, Missing::Claim)?);
        let missing = || not_found(Missing::Claim, given);
        let article = self.article_of_entity(claim.0)?.ok_or_else(missing)?;
        match self.read(article, None) {
            Ok(reading) if reading.state.claim(claim).is_some() => Ok((article, claim)),
            // The claim, or its article, was undone.
            Ok(_) | Err(DeskError::NotFound { .. }) => Err(missing()),
            Err(other) => Err(other),
        }
    }

    /// The claim of that number or id, if it was marked in this article. It may have been undone since.
    pub(in crate::desk) fn claim_of(&self, article: ArticleId, given: &str) -> Result<ClaimId, DeskError> {
        let claim = ClaimId(self.id_of(NumberKind::Claim, "C", given, Missing::Claim)?);
        let here = self.article_of_entity(claim.0)? == Some(article);
        if here { Ok(claim) } else { Err(not_found(Missing::ClaimOfArticle, given)) }
    }

    /// The source of that number (`S4` or `4`) or id.
    pub fn source_named(&self, given: &str) -> Result<SourceId, DeskError> {
        let id = SourceId(self.id_of(NumberKind::Source, "S", given, Missing::Source)?);
        let known = self.store.source_row(id)?.is_some();
        if known { Ok(id) } else { Err(not_found(Missing::Source, given)) }
    }

    /// The query of that number (`Q2` or `2`) or id, and its article.
    pub fn query_named(&self, given: &str) -> Result<(ArticleId, QueryId), DeskError> {
        let id = self.id_of(NumberKind::Query, "Q", given, Missing::Query)?;
        let missing = || not_found(Missing::Query, given);
        Ok((self.article_of_entity(id)?.ok_or_else(missing)?, QueryId(id)))
    }

    /// The evidence of that id, with its article and claim.
    pub fn evidence_named(&self, given: &str) -> Result<(ArticleId, ClaimId, EvidenceId), DeskError> {
        let missing = || not_found(Missing::Evidence, given);
        let id: EvidenceId = given.parse().map_err(|_| missing())?;
        let article = self.article_of_entity(id.0)?.ok_or_else(missing)?;
        let reading = self.read(article, None)?;
        let claim = reading.state.evidence(id).ok_or_else(missing)?.0.id;
        Ok((article, claim, id))
    }

    /// The status of the claims of a reading.
    pub fn standings<'r>(&self, reading: &'r Reading) -> Standings<'r> {
        Standings::new(reading)
    }

    pub(super) fn id_of(
        &self,
        kind: NumberKind,
        prefix: &str,
        given: &str,
        what: Missing,
    ) -> Result<Uuid, DeskError> {
        let missing = || not_found(what, given);
        if let Ok(id) = Uuid::try_parse(given) {
            return Ok(id);
        }
        let digits = given
            .strip_prefix(prefix)
            .or_else(|| given.strip_prefix(&prefix.to_lowercase()))
            .unwrap_or(given);
        let number = digits.parse().map_err(|_| missing())?;
        self.store.numbered(kind, number)?.ok_or_else(missing)
    }

    /// The article in whose chain a claim, evidence or query was first recorded.
    pub(super) fn article_of_entity(&self, entity: Uuid) -> Result<Option<ArticleId>, DeskError> {
        Ok(self.store.article_of(entity)?)
    }
}

impl Desk {
    /// Reads the newest revision. Fails if `revision` is given and is not the newest one.
    pub(in crate::desk) fn read_newest(
        &self,
        article: ArticleId,
        revision: Option<RevisionId>,
    ) -> Result<Reading, DeskError> {
        let reading = self.read(article, None)?;
        match revision {
            Some(base) if base != reading.revision.id => {
                let newest = self.number_of(reading.revision.id.0)?;
                Err(DeskError::RevisedElsewhere { newest, base: self.number_of(base.0)? })
            }
            _ => Ok(reading),
        }
    }

    /// The text of a revision.
    pub fn text_of(&self, revision: &RevisionView) -> Result<String, DeskError> {
        Ok(self.store.text(&revision.revision.text)?)
    }
}

impl Desk {
    /// The state that follows from the live facts of one chain.
    pub(in crate::desk) fn state_of(&self, chain: Chain) -> Result<ArticleState, DeskError> {
        Ok(ArticleState::of(live(&self.store.log(chain, &Wanted::All)?)))
    }
}

impl Desk {
    /// The article as it is now; none if it was undone.
    pub(in crate::desk) fn live_reading(&self, article: ArticleId) -> Result<Option<Reading>, DeskError> {
        match self.newest_reading(article) {
            Ok(reading) => Ok(Some(reading)),
            Err(DeskError::NotFound { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }
}
