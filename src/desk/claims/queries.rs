//! Queries: questions to the writer or a colleague, answered and settled.

use super::mark::filled;
use crate::desk::{Desk, DeskError, Done};
use crate::{
    formats::interchange::sheet::{self, AnswerIn, AnswersIn},
    model::{
        ActionKind, Answer, ArticleId, Chain, ClaimId, Fact, NumberKind, Query, QueryId, QueryView,
        Resolution, Written,
    },
};
use std::collections::BTreeSet;

/// What became of an answered sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetTaken {
    /// The answers that were recorded, in the order of the sheet.
    pub answered: Vec<Answered>,
    /// The answers that were recorded before.
    pub known: Vec<Answered>,
    /// The queries that nobody wrote an answer to.
    pub empty: Vec<Answered>,
    /// What belongs to no query.
    pub unmatched: Vec<Unmatched>,
}

/// A query of a sheet and what was written to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Which.
    pub query: QueryId,
    /// Its number.
    pub number: i64,
    /// The answer.
    pub text: String,
}

/// A part of a sheet that belongs to no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// The mark it stands under, where it stands under one.
    pub mark: Option<String>,
    /// What is written there.
    pub text: String,
    /// Why it was not recorded.
    pub why: &'static str,
}

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
        self.act(ActionKind::Ask, Chain::Article(article), |act| {
            act.record(Fact::Query(Query { query, article, claim, to: filled(to), text }));
            act.tx().give_number(NumberKind::Query, query.0)?;
            Ok(query)
        })
    }

    /// Answers a query.
    pub fn answer(&mut self, article: ArticleId, query: QueryId, text: &str) -> Result<Done<()>, DeskError> {
        let text = said(text, "an answer needs words")?;
        self.query(article, query)?;
        self.act(ActionKind::Answer, Chain::Article(article), |act| {
            act.record(Fact::Answer(Answer { query, text, written: None }));
            Ok(())
        })
    }

    /// Records the answers of a sheet that came back as `file`, all in one action, as written by `by`, else by the name the
    /// sheet tells. What matches no query of the article is listed, and so is what is empty or known. Where no article is given
    /// it is the one the sheet's marks belong to.
    pub fn take_in_answers(
        &mut self,
        article: Option<ArticleId>,
        file: &str,
        by: Option<&str>,
        sheet: AnswersIn,
    ) -> Result<SheetTaken, DeskError> {
        if sheet.answers.is_empty() {
            let why = "no mark of a query such as [Q12-4f9a] stands in it, so it is no answered sheet";
            return Err(DeskError::refused(format!("{file}: {why}. Nothing was recorded")));
        }
        let found = sheet.answers.iter().map(|a| self.marked(&a.mark)).collect::<Result<Vec<_>, _>>()?;
        let Some(article) = of_one(article, found.iter().flatten().map(|(a, _)| *a).collect(), file)? else {
            return Ok(SheetTaken { unmatched: unmatched(&sheet, &found, None), ..SheetTaken::default() });
        };
        let mut taken =
            SheetTaken { unmatched: unmatched(&sheet, &found, Some(article)), ..SheetTaken::default() };
        let told = sheet.answers.iter().zip(&found);
        for (answer, query) in told.filter_map(|(a, f)| Some((a, f.filter(|(of, _)| *of == article)?.1))) {
            self.sort_answer(article, query, answer, &mut taken)?;
        }
        // A mail quotes the sheet below its answers: what is answered once is not empty.
        let answered: BTreeSet<QueryId> =
            taken.answered.iter().chain(&taken.known).map(|a| a.query).collect();
        let mut seen = answered;
        taken.empty.retain(|e| seen.insert(e.query));
        let by =
            filled(by.map(Into::into)).or_else(|| filled(sheet.by)).unwrap_or_else(|| "the writer".into());
        self.record_answers(article, &taken.answered, Written { by, file: file.into() })?;
        Ok(taken)
    }

    fn sort_answer(
        &self,
        article: ArticleId,
        query: QueryId,
        answer: &AnswerIn,
        taken: &mut SheetTaken,
    ) -> Result<(), DeskError> {
        let (Some(text), number) = (answer.text.clone(), self.number_of(query.0)?) else { return Ok(()) };
        let same = |said: &str| same_words(said, &text);
        let recorded = self.query(article, query)?.answers.iter().any(|a| same(&a.value.text));
        let twice = taken.answered.iter().any(|a| a.query == query && same(&a.text));
        let found = Answered { query, number, text: text.clone() };
        match (text.is_empty(), recorded, twice) {
            (true, _, _) => taken.empty.push(found),
            (false, true, _) => taken.known.push(found),
            (false, false, true) => {}
            (false, false, false) => taken.answered.push(found),
        }
        Ok(())
    }

    fn record_answers(
        &mut self,
        article: ArticleId,
        answered: &[Answered],
        written: Written,
    ) -> Result<(), DeskError> {
        if answered.is_empty() {
            return Ok(());
        }
        self.act(ActionKind::Answer, Chain::Article(article), |act| {
            for a in answered {
                let (query, text, written) = (a.query, a.text.clone(), Some(written.clone()));
                act.record(Fact::Answer(Answer { query, text, written }));
            }
            Ok(())
        })?;
        Ok(())
    }

    /// The query of a mark, and its article.
    fn marked(&self, mark: &str) -> Result<Option<(ArticleId, QueryId)>, DeskError> {
        let number = mark.trim_start_matches('Q').split('-').next().unwrap_or_default();
        let Ok((article, query)) = self.query_named(number) else { return Ok(None) };
        let same = sheet::mark(self.number_of(query.0)?, &query.to_string()) == mark;
        let stands = same && self.query(article, query).is_ok();
        Ok(stands.then_some((article, query)))
    }

    /// The numbers of an article's queries, by their ids.
    pub(in crate::desk) fn query_numbers(&self, article: ArticleId) -> Result<sheet::Numbers, DeskError> {
        let state = self.read(article, None)?.state;
        state.queries.iter().map(|q| Ok((q.id.to_string(), self.number_of(q.id.0)?))).collect()
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
        self.act(ActionKind::Resolve, Chain::Article(article), |act| {
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
        let found = reading.state.queries.iter().find(|q| q.id == query).cloned();
        found.ok_or_else(|| crate::desk::error::not_found("query", query, "'query list A'"))
    }
}

fn said(text: &str, why: &str) -> Result<String, DeskError> {
    filled(Some(text.into())).ok_or_else(|| DeskError::refused(format!("{why}; write it and try again")))
}

/// The one article a sheet is about.
fn of_one(
    given: Option<ArticleId>,
    found: BTreeSet<ArticleId>,
    file: &str,
) -> Result<Option<ArticleId>, DeskError> {
    match (given, found.len()) {
        (Some(given), _) => Ok(Some(given)),
        (None, 0 | 1) => Ok(found.first().copied()),
        (None, n) => Err(DeskError::refused(format!(
            "{file} answers queries of {n} articles; say which one is meant (on the command line: --article A). Nothing was recorded"
        ))),
    }
}

/// What of a sheet belongs to no query of the article.
fn unmatched(
    sheet: &AnswersIn,
    found: &[Option<(ArticleId, QueryId)>],
    article: Option<ArticleId>,
) -> Vec<Unmatched> {
    let under = sheet.answers.iter().zip(found).filter_map(|(a, found)| {
        let why = match found {
            None => "no query of this desk has this mark",
            Some((of, _)) if Some(*of) != article => "the query belongs to another article",
            Some(_) if a.text.is_none() => {
                "the line “Answer:” is gone, so it is not clear what the answer is"
            }
            Some(_) => return None,
        };
        let text = a.text.clone().unwrap_or_else(|| a.rest.clone());
        Some(Unmatched { mark: Some(a.mark.clone()), text, why })
    });
    let why = "it stands under no mark of a query";
    let beside = sheet.outside.iter().map(|l| Unmatched { mark: None, text: l.clone(), why });
    under.chain(beside).collect()
}

/// Whether two answers are the same but for blanks and line breaks, which a mail changes.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
