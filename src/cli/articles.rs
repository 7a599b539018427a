//! `import`, `articles`, `article`, `example`.

use super::{
    At,
    args::{Article, ArticleInfo, ArticleWhat, Import, Take},
    claims, out,
    output::{Failure, Output},
    revisions,
    shown::one_line,
};
use crate::desk::{self, Desk, ImportOutcome, ImportedBundle, NewFile, Proposed, StatusChange, StoredFile};
use crate::wire::in_words;
use crate::{
    cli::set,
    model::{ArticleId, Deadline, Edtf, Encoding, Info, Moment, Proposal, ReadOptions},
    wire::{example, script},
};
use serde_json::{Value, json};
use std::path::Path;

/// `import`
pub fn import(at: &At, a: Import) -> Result<Output, Failure> {
    let bytes = desk::read_input(&a.file)?;
    if desk::is_a_bag(&a.file, &bytes) {
        return import_bundle(at, Path::new(&a.file), a.take, a.trust);
    }
    let unknown = |e: &str| {
        Failure(format!(
            "'{e}' is not an encoding Tickmark reads; use utf-8, utf-16le, utf-16be or windows-1252"
        ))
    };
    let encoding = a.encoding.as_deref().map(|e| Encoding::parse(e).ok_or_else(|| unknown(e))).transpose()?;
    let markdown = a.file.to_lowercase().ends_with(".md");
    let options = ReadOptions { as_is: a.as_is, encoding, markdown };
    let read = desk::read_article(&bytes, &options)?;
    let name = match a.file.as_str() {
        "-" => "pasted".into(),
        file => Path::new(file).file_name().map_or("pasted".into(), |n| n.to_string_lossy().into_owned()),
    };
    let mut desk = at.open_or_create()?;
    desk.keeping(&[NewFile::new(&name, bytes)], |desk, stored| import_read(desk, &stored[0], read, a.again))
}

/// Records what was read of a text file, unless the same bytes are here.
fn import_read(
    desk: &mut Desk,
    original: &StoredFile,
    read: Proposal,
    again: bool,
) -> Result<Output, Failure> {
    if let Some(existing) = desk.existing(original.digest())?.filter(|_| !again) {
        let text = format!(
            "The same bytes are on the desk already, as article {}; nothing was recorded. Use --again to import them again.",
            desk.number_of(existing.0)?
        );
        return told_import(desk, existing, Vec::new(), true, text);
    }
    let article = desk.import_stored(original, &read.text, read.info)?.value.article;
    let left_out: Vec<Value> = read
        .left_out
        .iter()
        .map(|l| json!({ "line": l.from.number(), "text": l.text, "why": l.why.as_str() }))
        .collect();
    let mut text =
        format!("Article {}: {}\n", desk.number_of(article.0)?, one_line(&desk.summary(article)?.headline));
    for l in &read.left_out {
        text += &format!(
            "  left out, line {} ({}): {}\n",
            l.from.number(),
            in_words(&l.why.message()),
            one_line(l.text.trim())
        );
    }
    told_import(desk, article, left_out, false, text)
}

fn told_import(
    desk: &Desk,
    article: ArticleId,
    left_out: Vec<Value>,
    existing: bool,
    text: String,
) -> Result<Output, Failure> {
    let reading = desk.read(article, None)?;
    let json = json!({
        "article": article.to_string(),
        "number": desk.number_of(article.0)?,
        "revision": desk.number_of(reading.revision.id.0)?,
        "info": script::info_of(&reading),
        "text": &*reading.text,
        "left_out": left_out,
        "existing": existing,
    });
    Ok(Output::new(json, text))
}

fn import_bundle(at: &At, path: &Path, take: Option<Take>, trust: bool) -> Result<Output, Failure> {
    let incoming_is_sound = desk::verify(path, &*at.progress)?;
    if !incoming_is_sound.valid {
        let why = incoming_is_sound.errors.first().map_or_else(String::new, |f| f.message.clone());
        return Err(Failure(format!(
            "the bundle {} is not valid, so nothing was imported: {why}",
            path.display()
        )));
    }
    let mut desk = at.open_or_create()?;
    let older = desk.newer_bundle_seen(&incoming_is_sound)?;
    let decision = take.map(revisions::decision);
    match desk::import_bundle_from(&mut desk, path, trust, |_| decision.clone()) {
        Ok(ImportOutcome::Done(done)) => brought(&desk, &done.value, older),
        Ok(ImportOutcome::Open(proposed)) => undecided(&desk, desk::article_in(path)?, &proposed),
        Err(desk::DeskError::NoChange(why)) => match desk::article_in(path)? {
            article if desk.read(article, None).is_ok() => told_import(&desk, article, Vec::new(), true, why),
            _ => Err(Failure(why)),
        },
        Err(other) => Err(other.into()),
    }
}

/// The answer no: the bundle and the desk changed the same sentences.
fn undecided(desk: &Desk, article: ArticleId, proposed: &Proposed) -> Result<Output, Failure> {
    let told = revisions::conflicts(desk, article, proposed)?;
    let no = told.no.map(|no| {
        no + " Choose which words to keep with --take ours or --take theirs, or resolve the conflicts in the window"
    });
    Ok(Output { no, ..told })
}

fn brought(desk: &Desk, done: &ImportedBundle, older: Option<Moment>) -> Result<Output, Failure> {
    let (number, actions) = (desk.number_of(done.article.0)?, done.actions);
    let mut text = format!("Article {number} imported with its whole history ({actions} actions)\n");
    if done.signer.name.is_none() {
        text += &format!(
            "  careful: signed {}; whoever made it could write any name into it\n",
            out::signed(&done.signer)
        );
    }
    if let Some(seen) = older {
        text += &format!("  careful: {}\n", out::older(seen));
    }
    let signed = done.signer.word();
    let Some(joined) = &done.joined else {
        let mut told = told_import(desk, done.article, Vec::new(), false, text)?;
        told.json["signed"] = signed.into();
        return Ok(told);
    };
    let joined = revisions::revised(desk, done.article, joined)?;
    text = text.replace("imported with its whole history", "merged with the bundle’s history") + &joined.text;
    let mut told = told_import(desk, done.article, Vec::new(), false, text)?;
    told.json["joined"] = joined.json;
    told.json["signed"] = signed.into();
    Ok(told)
}

/// `article`, `article info`, `article archive`, `article unarchive`
pub fn article(at: &At, a: Article) -> Result<Output, Failure> {
    match (a.what, a.article) {
        (Some(ArticleWhat::Info(i)), _) => info(at, *i),
        (Some(ArticleWhat::Status { article, state, deadline, assign }), _) => {
            status(at, &article, [state, deadline, assign])
        }
        (Some(ArticleWhat::Archive { article }), _) => archive(at, &article, true),
        (Some(ArticleWhat::Unarchive { article }), _) => archive(at, &article, false),
        (None, Some(article)) => show(at, &article, a.revision, a.then),
        (None, None) => Err(Failure("name an article; 'articles' lists them".into())),
    }
}

fn show(at: &At, article: &str, revision: Option<String>, then: Option<String>) -> Result<Output, Failure> {
    let desk = at.open()?;
    let article = desk.article_named(article)?;
    let revision = revision.map(|r| desk.revision_named(article, &r)).transpose()?;
    let unread = |e: crate::model::NotAnId| Failure(e.to_string());
    let reading = match then {
        Some(action) => desk.read_after(article, action.parse().map_err(unread)?)?,
        None => desk.read(article, revision)?,
    };
    let json = script::article(&desk, &reading)?;
    Ok(Output { json, text: reading.text.to_string(), no: None, raw: false })
}

fn archive(at: &At, article: &str, archived: bool) -> Result<Output, Failure> {
    let mut desk = at.open()?;
    let article = desk.article_named(article)?;
    desk.archive(article, archived)?;
    let json = json!({ "article": article.to_string(), "archived": archived });
    Ok(Output::new(json, if archived { "Archived" } else { "Restored" }))
}

/// Prints an article's status, after setting what is given: state, deadline and assignee.
fn status(at: &At, article: &str, given: [Option<String>; 3]) -> Result<Output, Failure> {
    let mut desk = at.open()?;
    let article = desk.article_named(article)?;
    if given.iter().any(Option::is_some) {
        let [state, deadline, assign] = given.map(|g| g.map(|v| Some(v).filter(|v| v != "none")));
        let change = StatusChange {
            state: state.map(|s| s.map(|s| s.parse()).transpose()).transpose()?,
            deadline: deadline
                .map(|d| d.map(|d| Deadline::read(&d)).transpose())
                .transpose()
                .map_err(Failure)?,
            assignee: assign.map(|n| n.map(|n| claims::colleague(&desk, &n)).transpose()).transpose()?,
        };
        desk.set_status(article, change)?;
    }
    let status = desk.status(article)?;
    let mut json = script::status(&desk, &status)?;
    json["article"] = article.to_string().into();
    Ok(Output::new(json, one_line(&in_words(&desk.status_message(&status)?))))
}

fn info(at: &At, i: ArticleInfo) -> Result<Output, Failure> {
    let mut desk = at.open()?;
    let article = desk.article_named(&i.article)?;
    let known = desk.read(article, None)?.revision.info.map(|n| n.value).unwrap_or_default();
    let mut next = changed(known.clone(), i);
    if let Some(date) = &mut next.date {
        *date = Edtf::read(date)?.to_string();
    }
    if next != known {
        desk.set_info(article, next.clone())?;
    }
    let json = json!({ "article": article.to_string(), "info": script::info(&next) });
    let lines = script::info(&next);
    let line = |(k, v): (&String, &Value)| match v {
        Value::String(s) => Some(format!("{k}: {}\n", one_line(s))),
        Value::Array(a) if !a.is_empty() => {
            let all = a.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
            Some(format!("{k}: {}\n", one_line(&all)))
        }
        _ => None,
    };
    let text: String = lines.as_object().into_iter().flatten().filter_map(line).collect();
    Ok(Output::new(json, text))
}

/// What is given is set; an empty value clears a field.
fn changed(mut info: Info, i: ArticleInfo) -> Info {
    let given = [
        (&mut info.byline, i.byline),
        (&mut info.outlet, i.outlet),
        (&mut info.date, i.date),
        (&mut info.time, i.time),
        (&mut info.zone, i.zone),
        (&mut info.place, i.place),
        (&mut info.language, i.language),
        (&mut info.url, i.url),
    ];
    for (field, value) in given {
        set(field, value);
    }
    let all = |tags: Vec<String>| tags.into_iter().filter(|t| !t.trim().is_empty()).collect();
    info.tags = i.tags.map_or(info.tags, all);
    info.hashtags = i.hashtags.map_or(info.hashtags, all);
    info
}

/// `example`
pub fn example(at: &At) -> Result<Output, Failure> {
    let mut desk = at.open_or_create()?;
    let article = example::make(&mut desk)?;
    let text = format!("The example is on the desk {}; 'articles' lists it", at.path.display());
    Ok(Output::new(json!({ "article": article.to_string() }), text))
}
