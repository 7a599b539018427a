//! `import`, `article` and `example`.

use super::{
    Context,
    args::{Article, ArticleInfo, ArticleWhat, Import, Take},
    bundles, claims,
    display::{counted, one_line},
    output::{Failure, Output},
    proposed, reading, revisions,
};
use crate::desk::{
    self, Desk, ImportContent, ImportOutcome, ImportedBundle, Proposed, Reading, StatusChange, StoredFile,
};
use crate::{
    cli::set,
    model::{ArticleId, Deadline, Edtf, Info, Moment, Proposal},
    wire::{example, in_words, script},
};
use serde_json::{Value, json};
use std::path::Path;

/// `import`
pub fn import(context: &Context, args: Import) -> Result<Output, Failure> {
    let bytes = desk::read_input(&args.file)?;
    if desk::is_a_bag(&args.file, &bytes) {
        if args.look {
            return Err(Failure(
                "--look prints what an article's file would become; 'verify' shows what a bundle holds"
                    .into(),
            ));
        }
        return import_bundle(context, Path::new(&args.file), args.take, args.trust);
    }
    let options = reading::options(&args)?;
    desk::refuse_no_article(&bytes, &options)?;
    let read = desk::read_article(&bytes, &options, &*context.progress)?;
    if args.look {
        return look(context, &read);
    }
    let name = match args.file.as_str() {
        "-" => "pasted".into(),
        file => desk::file_name(file),
    };
    let mut desk = context.open_or_create()?;
    let held = ImportContent::of_read(&bytes, &read, &options, &*context.progress)?;
    desk.keeping(&held.files(&name, bytes), |desk, stored| {
        import_read(desk, stored, (read, held), args.again)
    })
}

/// Prints what importing a file would record. It needs no desk.
fn look(context: &Context, read: &Proposal) -> Result<Output, Failure> {
    let mut json = proposed::proposal(read);
    json["returned"] = reading::returned(context, read)?;
    Ok(Output::new(json, format!("{}\n{}", read.text, reading::told(read))))
}

/// Records the article read from a text file, unless a file with the same bytes was imported before.
fn import_read(
    desk: &mut Desk,
    stored: &[StoredFile],
    (read, held): (Proposal, ImportContent),
    again: bool,
) -> Result<Output, Failure> {
    let existing = stored.first().map(|original| desk.existing(original.digest())).transpose()?.flatten();
    if let Some(existing) = existing.filter(|_| !again) {
        let text = format!(
            "The same bytes are on the desk already, as article {}; nothing was recorded. Use --again to import them again.",
            desk.number_of(existing.0)?
        );
        return import_output(desk, existing, None, true, text);
    }
    let article = desk.import_held(stored, &held, &read.text, read.info.clone())?.value.article;
    let (summary, recorded) = (desk.summary(article)?, desk.read(article, None)?);
    let (number, headline) = (desk.number_of(article.0)?, one_line(&summary.headline));
    let beside = found(&read, &recorded) + &went_out_of(desk, &read);
    let text = format!("Article {number}: {headline}\n{beside}{}", reading::told(&read));
    import_output(desk, article, Some(&read), false, text)
}

/// What a file held besides its text, counted.
fn found(read: &Proposal, reading: &Reading) -> String {
    let claims = reading.state.claims.len();
    let counts = [
        (claims, "claim"),
        (read.changes.len(), "suggestion"),
        (reading.state.queries.len(), "query"),
        (read.pictures.len(), "picture"),
    ];
    let all: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(*n, what)).collect();
    let mut text = if all.is_empty() { String::new() } else { format!("  with {}\n", all.join(", ")) };
    if claims > 0 {
        text += "  a Tickmark desk wrote the file: what it says of its claims is in queries; its verdicts and evidence come \
                 with a bundle\n";
    }
    text
}

/// That a file went out of an article of this desk, which it can go back to.
fn went_out_of(desk: &Desk, read: &Proposal) -> String {
    let of = || {
        let mark = read.mark.as_ref()?;
        let (article, revision) = (mark.article.parse().ok()?, mark.revision.parse().ok()?);
        let known = desk.read(article, Some(revision)).is_ok();
        desk.number_of(article.0).ok().filter(|_| known)
    };
    of().map_or_else(String::new, |number| {
        format!("  careful: the file went out of article {number}; 'undo', and 'revise {number} FILE' takes it in there\n")
    })
}

/// The answer to an import. `read` is the text that was recorded, if it came from a text file.
fn import_output(
    desk: &Desk,
    article: ArticleId,
    read: Option<&Proposal>,
    existing: bool,
    text: String,
) -> Result<Output, Failure> {
    let reading = desk.read(article, None)?;
    let mut json = read.map_or_else(|| json!({ "left_out": [], "encoding": null }), proposed::proposal);
    json["article"] = article.to_string().into();
    json["number"] = desk.number_of(article.0)?.into();
    json["revision"] = desk.number_of(reading.revision.id.0)?.into();
    json["info"] = script::info_of(&reading);
    json["text"] = (&*reading.text).into();
    json["claims"] = script::claims(desk, &reading)?.into();
    json["existing"] = existing.into();
    Ok(Output::new(json, text))
}

fn import_bundle(context: &Context, path: &Path, take: Option<Take>, trust: bool) -> Result<Output, Failure> {
    let findings = desk::verify(path, &*context.progress)?;
    if !findings.valid {
        let why = findings.errors.first().map_or_else(String::new, |f| f.message.to_string());
        return Err(Failure(format!(
            "the bundle {} is not valid, so nothing was imported: {why}",
            path.display()
        )));
    }
    let mut desk = context.open_or_create()?;
    let older = desk.newer_bundle_seen(&findings)?;
    let decision = take.map(revisions::decision);
    match desk::import_bundle_from(&mut desk, path, trust, |_| decision.clone()) {
        Ok(ImportOutcome::Done(done)) => bundle_imported(&desk, &done.value, older),
        Ok(ImportOutcome::Open(proposed)) => undecided(&desk, desk::article_in(path)?, &proposed),
        Err(desk::DeskError::NoChange(why)) => match desk::article_in(path)? {
            article if desk.read(article, None).is_ok() => {
                import_output(&desk, article, None, true, why.to_string())
            }
            _ => Err(Failure(why.to_string())),
        },
        Err(other) => Err(other.into()),
    }
}

/// The answer "no" (exit 1): the bundle and the desk changed the same sentences.
fn undecided(desk: &Desk, article: ArticleId, proposed: &Proposed) -> Result<Output, Failure> {
    let output = revisions::conflicts(desk, article, proposed)?;
    let no = output.no.map(|no| {
        no + " Choose which words to keep with --take ours or --take theirs, or resolve the conflicts in the window"
    });
    Ok(Output { no, ..output })
}

fn bundle_imported(desk: &Desk, done: &ImportedBundle, older: Option<Moment>) -> Result<Output, Failure> {
    let (number, actions) = (desk.number_of(done.article.0)?, done.actions);
    let mut text =
        format!("Article {number} imported with its whole history ({})\n", counted(actions, "action"));
    if done.signer.name.is_none() {
        text += &format!(
            "  careful: signed {}; whoever made it could write any name into it\n",
            bundles::signer_line(&done.signer)
        );
    }
    if let Some(seen) = older {
        text += &format!("  careful: {}\n", bundles::older_line(seen));
    }
    let signed = done.signer.word();
    let Some(joined) = &done.joined else {
        let mut output = import_output(desk, done.article, None, false, text)?;
        output.json["signed"] = signed.into();
        return Ok(output);
    };
    let joined = revisions::revised(desk, done.article, joined)?;
    text = text.replace("imported with its whole history", "merged with the bundle’s history") + &joined.text;
    let mut output = import_output(desk, done.article, None, false, text)?;
    output.json["joined"] = joined.json;
    output.json["signed"] = signed.into();
    Ok(output)
}

/// `article`, `article info`, `article archive`, `article unarchive`
pub fn article(context: &Context, args: Article) -> Result<Output, Failure> {
    match (args.what, args.article) {
        (Some(ArticleWhat::Info(i)), _) => info(context, *i),
        (Some(ArticleWhat::Status { article, state, deadline, assign }), _) => {
            status(context, &article, [state, deadline, assign])
        }
        (Some(ArticleWhat::Archive { article }), _) => archive(context, &article, true),
        (Some(ArticleWhat::Unarchive { article }), _) => archive(context, &article, false),
        (None, Some(article)) => show(context, &article, args.revision, args.then),
        (None, None) => Err(Failure("name an article; 'articles' lists them".into())),
    }
}

fn show(
    context: &Context,
    article: &str,
    revision: Option<String>,
    then: Option<String>,
) -> Result<Output, Failure> {
    let desk = context.open()?;
    let article = desk.article_named(article)?;
    let revision = revision.map(|r| desk.revision_named(article, &r)).transpose()?;
    let not_an_id = |e: crate::model::NotAnId| Failure(e.to_string());
    let reading = match then {
        Some(action) => desk.read_after(article, action.parse().map_err(not_an_id)?)?,
        None => desk.read(article, revision)?,
    };
    let json = script::article(&desk, &reading)?;
    Ok(Output { json, text: reading.text.to_string(), no: None, raw: false })
}

fn archive(context: &Context, article: &str, archived: bool) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let article = desk.article_named(article)?;
    desk.archive(article, archived)?;
    let json = json!({ "article": article.to_string(), "archived": archived });
    Ok(Output::new(json, if archived { "Archived" } else { "Restored" }))
}

/// Sets the given parts of an article's status (state, deadline, assignee), then prints it.
fn status(context: &Context, article: &str, given: [Option<String>; 3]) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let article = desk.article_named(article)?;
    if given.iter().any(Option::is_some) {
        let [state, deadline, assign] = given.map(|g| g.map(|v| Some(v).filter(|v| v != "none")));
        let change = StatusChange {
            state: state.map(|s| s.map(|s| s.parse()).transpose()).transpose()?,
            deadline: deadline
                .map(|d| d.map(|d| Deadline::read(&d)).transpose())
                .transpose()
                .map_err(|why| Failure(why.to_string()))?,
            assignee: assign.map(|n| n.map(|n| claims::colleague(&desk, &n)).transpose()).transpose()?,
        };
        desk.set_status(article, change)?;
    }
    let status = desk.status(article)?;
    let mut json = script::status(&desk, &status)?;
    json["article"] = article.to_string().into();
    Ok(Output::new(json, one_line(&in_words(&desk.status_message(&status)?))))
}

fn info(context: &Context, i: ArticleInfo) -> Result<Output, Failure> {
    let mut desk = context.open()?;
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

/// Sets the given fields; an empty value clears a field.
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
pub fn example(context: &Context) -> Result<Output, Failure> {
    let mut desk = context.open_or_create()?;
    let article = example::make(&mut desk)?;
    let text = format!("The example is on the desk {}; 'articles' lists it", context.path.display());
    Ok(Output::new(json!({ "article": article.to_string() }), text))
}
