//! `log`, `undo`, `redo` and `redact`.

use super::{
    Context,
    display::{action_label, one_line},
    output::{Failure, Output},
};
use crate::desk::{Desk, Stepped, Subjects};
use crate::{
    messages::{message, quoted},
    model::Recorded,
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

/// `undo`
pub fn undo(context: &Context) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let stepped = desk.undo(None)?;
    step_output(&desk, &stepped, "undone")
}

/// `redo`
pub fn redo(context: &Context) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let stepped = desk.redo(None)?;
    step_output(&desk, &stepped, "redone")
}

fn step_output(desk: &Desk, step: &Stepped, what: &str) -> Result<Output, Failure> {
    let draft = if step.draft_kept { "; its text is kept as a draft" } else { "" };
    let json = json!({
        what: step.action.kind.as_str(), "action": step.action.id.to_string(), "article": step.article.map(|a| a.to_string()),
        "draft_kept": step.draft_kept,
    });
    let summary = step.article.and_then(|a| desk.summary(a).ok());
    let within = summary
        .map(|a| format!(" in article {} {}", a.number, quoted(&one_line(&a.headline))))
        .unwrap_or_default();
    Ok(Output::new(json, format!("{what}: {}{within}{draft}", action_label(step.action.kind))))
}

/// `redact`
pub fn redact(context: &Context, fact: &str, why: Option<String>) -> Result<Output, Failure> {
    let id = fact.parse().map_err(|e: crate::model::NotAnId| Failure(e.to_string()))?;
    context.open()?.redact(id, why)?;
    Ok(Output::new(json!({ "redacted": fact }), "Redacted: its content is erased, its digest stays"))
}
