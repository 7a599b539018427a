//! `query ...`

use super::{
    Context,
    args::{Query, QueryWhat},
    display::one_line,
    output::{Failure, Output},
};
use crate::{
    desk::{self, Answered, Desk},
    formats::interchange::sheet,
    model::{ArticleId, ClaimId, QueryId},
    wire::script,
};
use serde_json::{Value, json};

/// `query ...`
pub fn query(context: &Context, args: Query) -> Result<Output, Failure> {
    match args.what {
        QueryWhat::Ask { on, text, said, claim, to } => {
            ask(context, &on, &text.or(said).unwrap_or_default(), claim, to)
        }
        QueryWhat::Answer { query, text, said } => {
            let mut desk = context.open()?;
            let (article, id) = desk.query_named(&query)?;
            desk.answer(article, id, &text.or(said).unwrap_or_default())?;
            answer(&desk, id, "answered")
        }
        QueryWhat::Resolve { query, note } => {
            let mut desk = context.open()?;
            let (article, id) = desk.query_named(&query)?;
            desk.resolve(article, id, note)?;
            answer(&desk, id, "resolved")
        }
        QueryWhat::Import { file, article, by } => import(context, &file, article, by),
        QueryWhat::List { article, open } => list(context, article, open),
    }
}

fn ask(
    context: &Context,
    on: &str,
    text: &str,
    claim: Option<String>,
    to: Option<String>,
) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let (article, claim) = subject(&desk, on, claim)?;
    let query = desk.ask(article, claim, to, text)?.value;
    answer(&desk, query, "asked")
}

/// The article and claim of a query: `on` names an article or a claim.
fn subject(desk: &Desk, on: &str, claim: Option<String>) -> Result<(ArticleId, Option<ClaimId>), Failure> {
    let named = |c: &str| desk.claim_named(c).map(|(a, c)| (a, Some(c)));
    match (desk.article_named(on), claim) {
        (Ok(article), None) => Ok((article, None)),
        (Ok(_), Some(claim)) => Ok(named(&claim)?),
        (Err(_), _) if on.starts_with(['C', 'c']) => Ok(named(on)?),
        (Err(e), _) => named(on).map_err(|_| e.into()),
    }
}

fn answer(desk: &Desk, query: QueryId, what: &str) -> Result<Output, Failure> {
    let number = desk.number_of(query.0)?;
    Ok(Output::new(json!({ "query": query.to_string(), "number": number }), format!("Q{number} {what}")))
}

/// Records the answers of an answered sheet.
fn import(
    context: &Context,
    file: &str,
    article: Option<String>,
    by: Option<String>,
) -> Result<Output, Failure> {
    let sheet = sheet::read(&desk::read_sheet(file)?);
    let name = desk::file_name(file);
    let mut desk = context.open()?;
    let article = article.map(|a| desk.article_named(&a)).transpose()?;
    let taken = desk.import_answers(article, &name, by.as_deref(), sheet)?;
    let json = |all: &[Answered]| -> Vec<Value> {
        let one = |a: &Answered| json!({ "query": a.query.to_string(), "number": a.number, "text": a.text });
        all.iter().map(one).collect()
    };
    let mut text = String::new();
    for (all, what) in
        [(&taken.answered, "answered"), (&taken.known, "recorded before"), (&taken.empty, "no answer")]
    {
        for a in all {
            let words = if a.text.is_empty() { String::new() } else { format!(": {}", a.text) };
            text += &format!("Q{} {what}{}\n", a.number, one_line(&words));
        }
    }
    for u in &taken.unmatched {
        let mark = u.mark.as_ref().map(|m| format!(" [{m}]")).unwrap_or_default();
        text += &one_line(&format!("not recorded{mark}, {}: {}", u.why, u.text));
        text += "\n";
    }
    let unmatched = taken.unmatched.iter().map(|u| json!({ "mark": u.mark, "text": u.text, "why": u.why }));
    let json = json!({
        "answered": json(&taken.answered), "unmatched": unmatched.collect::<Vec<_>>(), "known": json(&taken.known),
        "empty": json(&taken.empty),
    });
    Ok(Output::new(json, text))
}

/// The line of an answer: its text, and who gave it.
fn answered(answer: &Value) -> String {
    let by = ["author", "by"].iter().find_map(|key| answer[*key].as_str());
    let words = answer["text"].as_str().unwrap_or_default();
    format!("  {}: {}\n", one_line(by.unwrap_or_default()), one_line(words))
}

fn list(context: &Context, article: Option<String>, only_open: bool) -> Result<Output, Failure> {
    let desk = context.open()?;
    let articles = match article {
        Some(a) => vec![desk.article_named(&a)?],
        None => desk.articles_asked()?,
    };
    let (mut all, mut text) = (Vec::new(), String::new());
    for article in articles {
        let state = desk.read(article, None)?.state;
        for view in state.queries.iter().filter(|q| !only_open || q.is_open()) {
            let to = view.query.to.as_ref().map(|t| format!(", to {t}")).unwrap_or_default();
            let state = if view.is_open() { "open" } else { "resolved" };
            text += &format!(
                "Q{} ({state}{}): {}\n",
                desk.number_of(view.id.0)?,
                one_line(&to),
                one_line(&view.query.text)
            );
            let query = script::query(&desk, view)?;
            text.extend(query["answers"].as_array().into_iter().flatten().map(answered));
            all.push(query);
        }
    }
    if text.is_empty() {
        text = "No queries.".into();
    }
    Ok(Output::new(all.into(), text))
}
