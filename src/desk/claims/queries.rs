//! Queries: questions to the writer or a colleague, their answers and resolutions.

use super::mark::non_blank;
use crate::desk::{Desk, DeskError, Done};
use crate::{
    formats::interchange::sheet::{self, AnswerIn, AnswersIn},
    messages::{Message, message},
    model::{
        ActionId, ActionKind, Answer, ArticleId, Chain, ClaimId, Fact, NumberKind, Query, QueryId, QueryView,
        Resolution, Written,
    },
};
use std::collections::BTreeSet;

/// The result of importing an answered sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedAnswers {
    /// The answers that were recorded, in the order of the sheet.
    pub answered: Vec<Answered>,
    /// The answers that were already recorded.
    pub known: Vec<Answered>,
    /// The queries without an answer.
    pub empty: Vec<Answered>,
    /// The parts that belong to no query.
    pub unmatched: Vec<Unmatched>,
    /// The action that recorded the answers; nothing where none was recorded.
    pub action: Option<ActionId>,
}

/// A query of a sheet and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The query.
    pub query: QueryId,
    /// Its number.
    pub number: i64,
    /// The answer.
    pub text: String,
}

/// A part of a sheet that belongs to no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    /// The mark it is under, if there is one.
    pub mark: Option<String>,
    /// Its text.
    pub text: String,
    /// Why it was not recorded.
    pub why: &'static str,
}

impl Desk {
    /// Asks a query about a claim, or about the article if no claim is given.
    pub fn ask(
        &mut self,
        article: ArticleId,
        claim: Option<ClaimId>,
        to: Option<String>,
        text: &str,
    ) -> Result<Done<QueryId>, DeskError> {
        let text = required_text(text, message!("refused_query_empty"))?;
        let query = QueryId(self.fresh());
        self.act(ActionKind::Ask, Chain::Article(article), |act| {
            act.record(Fact::Query(Query { query, article, claim, to: non_blank(to), text }));
            act.tx().give_number(NumberKind::Query, query.0)?;
            Ok(query)
        })
    }

    /// Answers a query.
    pub fn answer(&mut self, article: ArticleId, query: QueryId, text: &str) -> Result<Done<()>, DeskError> {
        let text = required_text(text, message!("refused_answer_empty"))?;
        self.query(article, query)?;
        self.act(ActionKind::Answer, Chain::Article(article), |act| {
            act.record(Fact::Answer(Answer { query, text, written: None }));
            Ok(())
        })
    }

    /// Records the answers of a sheet that was returned as `file`, all in one action. The author is `by`, or else the
    /// name on the sheet. Answers that match no query of the article, are empty or are already recorded are listed. If no
    /// article is given, the marks of the sheet decide it.
    pub fn import_answers(
        &mut self,
        article: Option<ArticleId>,
        file: &str,
        by: Option<&str>,
        sheet: AnswersIn,
    ) -> Result<ImportedAnswers, DeskError> {
        if sheet.answers.is_empty() {
            return Err(DeskError::refused(message!("refused_sheet_unmarked", file = file)));
        }
        let found =
            sheet.answers.iter().map(|a| self.query_of_mark(&a.mark)).collect::<Result<Vec<_>, _>>()?;
        let Some(article) = single_article(article, found.iter().flatten().map(|(a, _)| *a).collect(), file)?
        else {
            return Ok(ImportedAnswers {
                unmatched: unmatched(&sheet, &found, None),
                ..ImportedAnswers::default()
            });
        };
        let mut taken = ImportedAnswers {
            unmatched: unmatched(&sheet, &found, Some(article)),
            ..ImportedAnswers::default()
        };
        let pairs = sheet.answers.iter().zip(&found);
        for (answer, query) in pairs.filter_map(|(a, f)| Some((a, f.filter(|(of, _)| *of == article)?.1))) {
            self.sort_answer(article, query, answer, &mut taken)?;
        }
        // A mail quotes the sheet below its answers, so a query with an answer is not empty.
        let answered: BTreeSet<QueryId> =
            taken.answered.iter().chain(&taken.known).map(|a| a.query).collect();
        let mut seen = answered;
        taken.empty.retain(|e| seen.insert(e.query));
        let by = non_blank(by.map(Into::into))
            .or_else(|| non_blank(sheet.by))
            .unwrap_or_else(|| "the writer".into());
        taken.action = self.record_answers(article, &taken.answered, Written { by, file: file.into() })?;
        Ok(taken)
    }

    fn sort_answer(
        &self,
        article: ArticleId,
        query: QueryId,
        answer: &AnswerIn,
        taken: &mut ImportedAnswers,
    ) -> Result<(), DeskError> {
        let (Some(text), number) = (answer.text.clone(), self.number_of(query.0)?) else { return Ok(()) };
        let same = |recorded: &str| same_words(recorded, &text);
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
    ) -> Result<Option<ActionId>, DeskError> {
        if answered.is_empty() {
            return Ok(None);
        }
        let done = self.act(ActionKind::Answer, Chain::Article(article), |act| {
            for a in answered {
                let (query, text, written) = (a.query, a.text.clone(), Some(written.clone()));
                act.record(Fact::Answer(Answer { query, text, written }));
            }
            Ok(())
        })?;
        Ok(Some(done.action))
    }

    /// The query of a mark, and its article.
    fn query_of_mark(&self, mark: &str) -> Result<Option<(ArticleId, QueryId)>, DeskError> {
        let number = mark.trim_start_matches('Q').split('-').next().unwrap_or_default();
        let Ok((article, query)) = self.query_named(number) else { return Ok(None) };
        let same = sheet::mark(self.number_of(query.0)?, &query.to_string()) == mark;
        let exists = same && self.query(article, query).is_ok();
        Ok(exists.then_some((article, query)))
    }

    /// Resolves a query.
    pub fn resolve(
        &mut self,
        article: ArticleId,
        query: QueryId,
        note: Option<String>,
    ) -> Result<Done<()>, DeskError> {
        if !self.query(article, query)?.is_open() {
            return Err(DeskError::NoChange(message!("unchanged_query_resolved")));
        }
        self.act(ActionKind::Resolve, Chain::Article(article), |act| {
            act.record(Fact::Resolution(Resolution { query, note: non_blank(note) }));
            Ok(())
        })
    }

    /// The articles that have queries, in the order they were imported.
    pub fn articles_asked(&self) -> Result<Vec<ArticleId>, DeskError> {
        Ok(self.store.articles_with_queries()?)
    }

    /// A query as it is now.
    pub fn query(&self, article: ArticleId, query: QueryId) -> Result<QueryView, DeskError> {
        let reading = self.read(article, None)?;
        let found = reading.state.queries.iter().find(|q| q.id == query).cloned();
        found.ok_or_else(|| crate::desk::error::not_found(crate::desk::error::Missing::Query, query))
    }
}

fn required_text(text: &str, why: Message) -> Result<String, DeskError> {
    non_blank(Some(text.into())).ok_or(DeskError::Refused(why))
}

/// The one article a sheet is about.
fn single_article(
    given: Option<ArticleId>,
    found: BTreeSet<ArticleId>,
    file: &str,
) -> Result<Option<ArticleId>, DeskError> {
    match (given, found.len()) {
        (Some(given), _) => Ok(Some(given)),
        (None, 0 | 1) => Ok(found.first().copied()),
        (None, n) => Err(DeskError::refused(message!("refused_sheet_articles", file = file, count = n))),
    }
}

/// The parts of a sheet that belong to no query of the article.
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

/// Whether two answers differ only in blanks and line breaks, which a mail changes.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
