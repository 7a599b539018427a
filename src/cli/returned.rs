//! `revise` with a Word file: what it brings, and recording that.

use super::{
    Context,
    args::Revise,
    display::one_line,
    output::{Failure, Output},
    proposed,
    revisions::{self, conflicts, decision, revised},
};
use crate::desk::{self, Brought, Desk, FileGiven, Ours, Taking, file_name};
use crate::{
    model::{ArticleId, FileComment},
    text::{Offsets, Span},
};
use serde_json::{Value, json};

/// `revise`: a Word file is one that came back, unless its differences are to become suggestions; anything else is a text.
pub fn revise(context: &Context, args: Revise) -> Result<Output, Failure> {
    let bytes = desk::read_input(&args.file)?;
    match desk::is_word(&bytes) && !args.suggest {
        true => take(context, &args, &bytes),
        false => revisions::revise(context, args, &bytes),
    }
}

/// `revise A x.docx`
fn take(context: &Context, args: &Revise, bytes: &[u8]) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let article = desk.article_named(&args.article)?;
    let base = args.base.as_ref().map(|b| desk.revision_named(article, b)).transpose()?;
    let name = file_name(&args.file);
    let file =
        FileGiven { name: &name, bytes, base, may_replace: args.replace || args.base.is_some(), draft: None };
    if args.look {
        return look(&desk, article, file);
    }
    let decided = args.take.map(decision);
    let note = args.note.clone().filter(|n| !n.trim().is_empty());
    let taken = match desk.take_returned(article, file, None, note, |_| decided.clone())? {
        Taking::Open(open) => return undecided(conflicts(&desk, article, &open)?),
        Taking::Taken(done) => done.value,
    };
    let mut output = revised(&desk, article, &taken.revised)?;
    let theirs = taken.theirs.map(|t| desk.number_of(t.0)).transpose()?;
    let numbers =
        |ids: Vec<uuid::Uuid>| ids.into_iter().map(|id| desk.number_of(id)).collect::<Result<Vec<_>, _>>();
    let suggestions = numbers(taken.suggestions.iter().map(|s| s.0).collect())?;
    let asked = numbers(taken.asked.iter().map(|q| q.0).collect())?;
    let answered = numbers(taken.answered.iter().map(|q| q.0).collect())?;
    let brought = brought_json(&desk, article, &taken.brought)?;
    if !taken.is_new {
        output.text = "The text is as it was\n".into();
    }
    output.text += &summary(&desk, &taken.brought)?;
    for (key, value) in [
        ("merged", json!(taken.theirs.is_some())),
        ("theirs", json!(theirs)),
        ("decided", json!(taken.decided)),
        ("is_new", json!(taken.is_new)),
        ("suggestions", json!(suggestions)),
        ("queries", json!(asked)),
        ("answered", json!(answered)),
        ("ours", brought["ours"].clone()),
        ("left_out", proposed::all_left_out(&taken.brought.read).into()),
        ("encoding", json!("utf-8")),
    ] {
        output.json[key] = value;
    }
    Ok(output)
}

/// The refusal of a file whose direct edits conflict, with what to do.
pub fn undecided(output: Output) -> Result<Output, Failure> {
    let no = output.no.map(|no| no + " Choose which words to keep with --take ours or --take theirs");
    Ok(Output { no, ..output })
}

/// `revise A x.docx --look`
fn look(desk: &Desk, article: ArticleId, file: FileGiven) -> Result<Output, Failure> {
    let brought = desk.look_at_returned(article, file)?;
    let mut json = brought_json(desk, article, &brought)?;
    let merge = desk.propose_merge(article, brought.base, &brought.text)?;
    json["conflicts"] = merge.merge.conflicts().count().into();
    let text = format!("Nothing is recorded\n{}", summary(desk, &brought)?);
    Ok(Output::new(json, text))
}

/// What a file brings. Offsets of edits are code points of the base's text, those of suggestions and queries of `text`.
fn brought_json(desk: &Desk, article: ArticleId, brought: &Brought) -> Result<Value, Failure> {
    let (old, own) = (Offsets::new(&brought.base_text), Offsets::new(&brought.read.text));
    let edits = brought.edits.iter().map(|e| {
        let [start, end] = proposed::ends(&old, Some(e.span));
        json!({ "start": start, "end": end, "words": e.span.of(&brought.base_text), "with": e.with })
    });
    let changes = brought.read.changes.iter().enumerate();
    let suggestions = changes.map(|(n, c)| proposed::change(&own, &brought.read, n, c));
    let mut answers = Vec::new();
    for a in &brought.answers {
        answers.push(said(&a.comment, &[("query", json!(desk.number_of(a.query.0)?))]));
    }
    let mut queries = Vec::new();
    for q in &brought.queries {
        let inner: Vec<Value> = q.answers.iter().map(|a| said(a, &[])).collect();
        let claim = desk.number_of(q.claim.0)?;
        queries.push(said(&q.comment, &[("claim", json!(claim)), ("answers", json!(inner))]));
    }
    let comments = &brought.read.comments;
    for (at, c) in comments.iter().enumerate().filter(|(_, c)| c.reply_to.is_none()) {
        let [start, end] = proposed::ends(&own, c.span.filter(|s: &Span| !s.is_empty()));
        let inner: Vec<Value> = FileComment::replies(comments, at).map(|r| said(r, &[])).collect();
        let place = [("claim", Value::Null), ("start", json!(start)), ("end", json!(end))];
        queries
            .push(said(c, &[&place[..], &[("quote", json!(c.quote)), ("answers", json!(inner))]].concat()));
    }
    let mut ours = Vec::new();
    for o in &brought.ours {
        let (key, id) = match o.of {
            Ours::Claim(id) => ("claim", id.0),
            Ours::Query(id) => ("query", id.0),
        };
        ours.push(json!({ key: desk.number_of(id)?, "what": o.what.as_str(), "words": o.words }));
    }
    Ok(json!({
        "article": article.to_string(), "is_ours": brought.is_ours,
        "base": desk.number_of(brought.base.0)?, "newest": desk.number_of(brought.newest.0)?,
        "text": brought.read.text, "edits": edits.collect::<Vec<_>>(),
        "suggestions": suggestions.collect::<Vec<_>>(), "known_suggestions": brought.known_changes, "not_taken": brought.not_taken,
        "answers": answers, "queries": queries, "ours": ours,
    }))
}

fn said(c: &FileComment, more: &[(&str, Value)]) -> Value {
    let mut value = json!({ "author": c.author, "date": c.date, "text": c.text });
    more.iter().for_each(|(key, v)| value[*key] = v.clone());
    value
}

/// What a file brings, for people.
fn summary(desk: &Desk, brought: &Brought) -> Result<String, Failure> {
    let roots = brought.read.comments.iter().filter(|c| c.reply_to.is_none()).count();
    let mut text = String::new();
    let counts = [
        (brought.edits.len(), "direct edit"),
        (brought.read.changes.len(), "suggestion"),
        (brought.answers.len(), "answer"),
        (brought.queries.len() + roots, "new comment"),
        (brought.known_changes, "suggestion that is here already"),
        (brought.not_taken, "change in the words of such a suggestion, which is not taken"),
    ];
    for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
        text += &format!("  {count} {}\n", if count == 1 { what.into() } else { plural(what) });
    }
    for a in &brought.answers {
        text += &format!("  answer to Q{}: {}\n", desk.number_of(a.query.0)?, one_line(&a.comment.text));
    }
    for q in &brought.queries {
        text += &format!("  on C{}: {}\n", desk.number_of(q.claim.0)?, one_line(&q.comment.text));
    }
    for o in &brought.ours {
        let (letter, id) = match o.of {
            Ours::Claim(id) => ('C', id.0),
            Ours::Query(id) => ('Q', id.0),
        };
        text += &format!("  our comment {letter}{} is {} there\n", desk.number_of(id)?, o.what.as_str());
    }
    Ok(text)
}

fn plural(what: &str) -> String {
    match what.split_once(' ') {
        Some(("suggestion", rest)) => format!("suggestions {}", rest.replace("that is", "that are")),
        Some(("change", rest)) => format!("changes {}", rest.replace("which is", "which are")),
        _ => format!("{what}s"),
    }
}
