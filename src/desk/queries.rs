//! Queries: questions to the writer or a colleague, answered and settled.

use super::{Desk, DeskError, Done, claims::filled};
use crate::model::{
    ActionKind, Answer, ArticleId, ClaimId, Fact, NumberKind, Query, QueryId, QueryView, Resolution, Thread,
};

impl Desk {
    /// Asks a query on a claim, or on the article where no claim is given.
    pub fn ask(
        &mut self,
        article: ArticleId,
        claim: Option<ClaimId>,
        to: Option<String>,
        text: &str,
    ) -> Result<Done<QueryId>, DeskError> {
        let text = said(text, "a query needs a question")?;
        let query = QueryId(self.fresh());
        self.act(ActionKind::Ask, Thread::Article(article), |act| {
            act.record(Fact::Query(Query { query, article, claim, to: filled(to), text }));
            act.tx().give_number(NumberKind::Query, query.0)?;
            Ok(query)
        })
    }

    /// Answers a query.
    pub fn answer(&mut self, article: ArticleId, query: QueryId, text: &str) -> Result<Done<()>, DeskError> {
        let text = said(text, "an answer needs words")?;
        self.query(article, query)?;
        self.act(ActionKind::Answer, Thread::Article(article), |act| {
            act.record(Fact::Answer(Answer { query, text }));
            Ok(())
        })
    }

    /// Settles a query.
    pub fn resolve(
        &mut self,
        article: ArticleId,
        query: QueryId,
        note: Option<String>,
    ) -> Result<Done<()>, DeskError> {
        if !self.query(article, query)?.is_open() {
            return Err(DeskError::NoChange("the query is resolved already; nothing was recorded".into()));
        }
        self.act(ActionKind::Resolve, Thread::Article(article), |act| {
            act.record(Fact::Resolution(Resolution { query, note: filled(note) }));
            Ok(())
        })
    }

    /// The articles that have queries, in the order they came in.
    pub fn articles_asked(&self) -> Result<Vec<ArticleId>, DeskError> {
        Ok(self.store.articles_asked()?)
    }

    /// A query as it stands.
    pub fn query(&self, article: ArticleId, query: QueryId) -> Result<QueryView, DeskError> {
        let reading = self.read(article, None)?;
        let found = reading.picture.queries.iter().find(|q| q.id == query).cloned();
        found.ok_or_else(|| super::read::not_found("query", query, "'query list A'"))
    }
}

fn said(text: &str, why: &str) -> Result<String, DeskError> {
    filled(Some(text.into())).ok_or_else(|| DeskError::refused(format!("{why}; write it and try again")))
}
