//! Queries.

use crate::desk::{self, Answered, Desk};
use crate::{
    formats::interchange::sheet,
    messages::message,
    model::{ArticleId, QueryId},
    wire::{WireError, draw::Drawing, error::unread, page::*},
};

pub fn list(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<QueryDto>, WireError> {
    let article = desk.article_named(&q.article)?;
    Ok(Drawing::new(desk).queries(&desk.read(article, None)?)?)
}

pub fn ask(desk: &mut Desk, q: AskRequest) -> Result<QueryDto, WireError> {
    let article = desk.article_named(&q.article)?;
    let claim = q.claim.map(|c| desk.claim_named(&c)).transpose()?.map(|(_, c)| c);
    let query = desk.ask(article, claim, q.to, &q.text)?.value;
    drawn(desk, article, query)
}

pub fn answer(desk: &mut Desk, q: AnswerRequest) -> Result<QueryDto, WireError> {
    let (article, query) = desk.query_named(&q.query)?;
    desk.answer(article, query, &q.text)?;
    drawn(desk, article, query)
}

pub fn resolve(desk: &mut Desk, q: ResolveRequest) -> Result<QueryDto, WireError> {
    let (article, query) = desk.query_named(&q.query)?;
    desk.resolve(article, query, q.note)?;
    drawn(desk, article, query)
}

/// Records the answers of an answered sheet as one action.
pub fn import(desk: &mut Desk, q: ImportAnswersRequest) -> Result<AnswersTaken, WireError> {
    let article = q.article.map(|a| desk.article_named(&a)).transpose()?;
    let (text, name) = match (q.text, q.path) {
        (Some(text), _) => (text, "the pasted text".to_owned()),
        (None, Some(path)) => (desk::read_sheet(&path)?, desk::file_name(&path)),
        (None, None) => return Err(unread(message!("wire_no_sheet"))),
    };
    let taken = desk.import_answers(article, &name, q.by.as_deref(), sheet::read(&text))?;
    let all = |of: Vec<Answered>| of.into_iter().map(answered).collect();
    let unmatched = taken.unmatched.into_iter();
    Ok(AnswersTaken {
        answered: all(taken.answered),
        unmatched: unmatched
            .map(|u| AnswerUnmatched { mark: u.mark, text: u.text, why: u.why.into() })
            .collect(),
        known: all(taken.known),
        empty: all(taken.empty),
        action: taken.action.map(|a| a.to_string()),
    })
}

fn answered(a: Answered) -> AnswerTaken {
    AnswerTaken { query: a.query.to_string(), number: a.number, text: a.text }
}

fn drawn(desk: &Desk, article: ArticleId, query: QueryId) -> Result<QueryDto, WireError> {
    Ok(Drawing::new(desk).query(&desk.query(article, query)?)?)
}
