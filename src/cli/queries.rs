//! `query ...`

use super::{
    At,
    args::{Query, QueryWhat},
    shown::one_line,
    told::{Failure, Told},
};
use crate::{
    desk::Desk,
    model::{ArticleId, ClaimId, QueryId},
    wire::script,
};
use serde_json::json;

/// `query ...`
pub fn query(at: &At, a: Query) -> Result<Told, Failure> {
    match a.what {
        QueryWhat::Ask { on, text, said, claim, to } => {
            ask(at, &on, &text.or(said).unwrap_or_default(), claim, to)
        }
        QueryWhat::Answer { query, text, said } => {
            let mut desk = at.open()?;
            let (article, id) = desk.query_named(&query)?;
            desk.answer(article, id, &text.or(said).unwrap_or_default())?;
            answer(&desk, id, "answered")
        }
        QueryWhat::Resolve { query, note } => {
            let mut desk = at.open()?;
            let (article, id) = desk.query_named(&query)?;
            desk.resolve(article, id, note)?;
            answer(&desk, id, "resolved")
        }
        QueryWhat::List { article, open } => list(at, article, open),
    }
}

fn ask(at: &At, on: &str, text: &str, claim: Option<String>, to: Option<String>) -> Result<Told, Failure> {
    let mut desk = at.open()?;
    let (article, claim) = subject(&desk, on, claim)?;
    let query = desk.ask(article, claim, to, text)?.value;
    answer(&desk, query, "asked")
}

/// The article and claim a query is on: `on` names an article, or a claim.
fn subject(desk: &Desk, on: &str, claim: Option<String>) -> Result<(ArticleId, Option<ClaimId>), Failure> {
    let named = |c: &str| desk.claim_named(c).map(|(a, c)| (a, Some(c)));
    match (desk.article_named(on), claim) {
        (Ok(article), None) => Ok((article, None)),
        (Ok(_), Some(claim)) => Ok(named(&claim)?),
        (Err(_), _) if on.starts_with(['C', 'c']) => Ok(named(on)?),
        (Err(e), _) => named(on).map_err(|_| e.into()),
    }
}

fn answer(desk: &Desk, query: QueryId, what: &str) -> Result<Told, Failure> {
    let number = desk.number_of(query.0)?;
    Ok(Told::new(json!({ "query": query.to_string(), "number": number }), format!("Q{number} {what}")))
}

fn list(at: &At, article: Option<String>, only_open: bool) -> Result<Told, Failure> {
    let desk = at.open()?;
    let articles = match article {
        Some(a) => vec![desk.article_named(&a)?],
        None => desk.articles_asked()?,
    };
    let (mut all, mut text) = (Vec::new(), String::new());
    for article in articles {
        let picture = desk.read(article, None)?.picture;
        for view in picture.queries.iter().filter(|q| !only_open || q.is_open()) {
            let to = view.query.to.as_ref().map(|t| format!(", to {t}")).unwrap_or_default();
            let state = if view.is_open() { "open" } else { "resolved" };
            text += &format!(
                "Q{} ({state}{}): {}\n",
                desk.number_of(view.id.0)?,
                one_line(&to),
                one_line(&view.query.text)
            );
            all.push(script::query(&desk, view)?);
        }
    }
    if text.is_empty() {
        text = "No queries.".into();
    }
    Ok(Told::new(all.into(), text))
}
