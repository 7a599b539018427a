//! Queries.

use crate::{
    desk::Desk,
    model::{ArticleId, QueryId},
    wire::{WireError, draw::Drawing, page::*},
};

pub fn list(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<QueryDto>, WireError> {
    let article = desk.article_named(&q.article)?;
    let draw = Drawing::new(desk);
    desk.read(article, None)?.picture.queries.iter().map(|q| draw.query(q)).collect()
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

fn drawn(desk: &Desk, article: ArticleId, query: QueryId) -> Result<QueryDto, WireError> {
    Drawing::new(desk).query(&desk.query(article, query)?)
}
