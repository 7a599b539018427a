//! `log`, `undo` and `redo`.

use super::{
    Context,
    display::{action_label, one_line},
    output::{Failure, Output},
};
use crate::desk::{Desk, Stepped, Subjects};
use crate::{
    messages::{message, quoted},
    model::{Action, Chain, NotAnId, Recorded},
    wire::in_words,
};
use serde_json::json;

/// `log`
pub fn log(context: &Context, article: &str) -> Result<Output, Failure> {
    let desk = context.open()?;
    let article = desk.article_named(article)?;
    let (reading, log) = (desk.read(article, None)?, desk.log_with_status(article)?);
    let subjects = Subjects::new(&desk, &reading, &log);
    let (mut all, mut text) = (Vec::new(), String::new());
    for logged in &log {
        let a = &logged.action;
        let (about, of) = (subjects.about(logged)?, subjects.target(logged).map(|l| l.action.kind));
        let by = desk.person(a.person)?.map(|p| p.name);
        let undone = !logged.live;
        let fact = |f: &Recorded| json!({ "fact": f.id.to_string(), "kind": f.fact().map(|x| x.kind()), "open": f.fact().is_some() });
        let mark = if undone { " (undone)" } else { "" };
        let passed_on_by = desk.passed_on_by(a.id)?;
        let passed = passed_on_by.as_ref().map(|name| in_words(&message!("log_passed_on", name = name)));
        let passed = passed.map(|words| format!(" ({})", one_line(&words))).unwrap_or_default();
        let parts = of.into_iter().map(|k| action_label(k).to_owned()).chain(about.as_ref().map(in_words));
        let parts =
            std::iter::once(action_label(a.kind).to_owned()).chain(parts).collect::<Vec<_>>().join(": ");
        text += &format!(
            "{}  {}{passed}  {}{mark}\n",
            a.at,
            one_line(by.as_deref().unwrap_or_default()),
            one_line(&parts)
        );
        all.push(json!({
            "action": a.id.to_string(), "kind": a.kind.as_str(), "about": about.as_ref().map(in_words), "about_message": about, "says": desk.status_set_by(logged)?.as_ref().map(in_words), "by": by, "passed_on_by": passed_on_by, "at": a.at.to_string(), "undone": undone,
            "target": a.target.map(|t| t.to_string()), "digest": a.digest().to_string(),
            "facts": logged.facts.iter().map(fact).collect::<Vec<_>>(),
        }));
    }
    Ok(Output::new(all.into(), text))
}

/// `undo`. Right after a redaction, it undoes only the action that is named: who asks for the last one may mean the redaction.
pub fn undo(context: &Context, action: Option<&str>) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let named = action.map(|a| a.parse().map_err(|e: NotAnId| Failure(e.to_string()))).transpose()?;
    if named.is_none() && desk.ends_with_redaction()? {
        return Err(after_redaction(&desk)?);
    }
    let next = desk.next_undo()?.map(|next| action_in_words(&desk, &next)).transpose()?;
    let stepped = desk.undo(named)?;
    step_output(&desk, &stepped, "undone", next)
}

/// The refusal right after a redaction. It names the action that can be undone.
fn after_redaction(desk: &Desk) -> Result<Failure, Failure> {
    let start = "the last action is a redaction, and a redaction cannot be undone; nothing was changed";
    Ok(Failure(match desk.next_undo()? {
        Some(next) => {
            desk.refuse_undo(&next)?;
            let words = action_in_words(desk, &next)?;
            format!(
                "{start}. The action before it that can be undone is: {words}. To undo that one: tickmark undo {}",
                next.id
            )
        }
        None => start.into(),
    }))
}

/// `redo`
pub fn redo(context: &Context) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let stepped = desk.redo(None)?;
    let words = action_in_words(&desk, &stepped.action)?;
    step_output(&desk, &stepped, "redone", Some(words))
}

/// An action in words: what was done, to what, in which article. Nothing but the first where its article was undone.
pub fn action_in_words(desk: &Desk, action: &Action) -> Result<String, Failure> {
    let label = action_label(action.kind);
    let Chain::Article(article) = action.chain else { return Ok(label.into()) };
    let Ok(summary) = desk.summary(article) else { return Ok(label.into()) };
    let (reading, log) = (desk.read(article, None)?, desk.log_with_status(article)?);
    let subjects = Subjects::new(desk, &reading, &log);
    let logged = log.iter().find(|l| l.action.id == action.id);
    let about = logged.map(|l| subjects.about(l)).transpose()?.flatten();
    let about = about.map(|a| format!(": {}", in_words(&a))).unwrap_or_default();
    let within = format!("in article {} {}", summary.number, quoted(&summary.headline));
    Ok(one_line(&format!("{label}{about} {within}")).into_owned())
}

fn step_output(desk: &Desk, step: &Stepped, what: &str, words: Option<String>) -> Result<Output, Failure> {
    let draft = if step.draft_kept { "; its text is kept as a draft" } else { "" };
    let json = json!({
        what: step.action.kind.as_str(), "action": step.action.id.to_string(), "article": step.article.map(|a| a.to_string()),
        "draft_kept": step.draft_kept,
    });
    let words = words.map_or_else(|| action_in_words(desk, &step.action), Ok)?;
    Ok(Output::new(json, format!("{what}: {words}{draft}")))
}
