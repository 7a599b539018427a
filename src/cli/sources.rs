//! `source ...`

use super::{
    Context,
    args::{Source, SourceFields, SourceWhat},
    display::one_line,
    lists,
    output::{Failure, Output},
    set,
};
use crate::desk::{
    self, Access, Apart, ContactChange, Conversation, Desk, ImportedSource, NewFile, SourceChange, StoredFile,
};
use crate::{
    formats::interchange,
    model::{Edtf, SourceId, Terms},
    wire::{
        in_words,
        page::{EntryLeftOut, EntryRemark},
        script,
    },
};
use serde_json::{Value, json};
use std::path::PathBuf;

/// `source ...`
pub fn source(context: &Context, args: Source) -> Result<Output, Failure> {
    match args.what {
        SourceWhat::Add(fields) => add(context, *fields),
        SourceWhat::Import { file, apart } => import(context, &file, apart),
        SourceWhat::Edit { source, fields, open } => edit(context, &source, *fields, open),
        SourceWhat::Keep { source } => keep(context, &source),
        SourceWhat::Show { source } => {
            let desk = context.open()?;
            show(&desk, desk.source_named(&source)?)
        }
        SourceWhat::Interview { source, with, role, how, on, terms, confirmed, recording } => {
            let on = on.map(|d| Edtf::read(&d)).transpose()?;
            let (how, terms) = (how.parse()?, terms.parse()?);
            interview(context, &source, Conversation { with, role, how, on, terms, confirmed, recording })
        }
        SourceWhat::Contact { source, phone, mail, address } => {
            contact(context, &source, ContactChange { phone, address, mail })
        }
        SourceWhat::Offered { article, take } => offered(context, &article, take),
        SourceWhat::List { words, list } => lists::sources(context, &words.join(" "), &list),
    }
}

/// The sources that an article's file offers; with `take`, attaches them first.
fn offered(context: &Context, article: &str, take: Option<Vec<usize>>) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let article = desk.article_named(article)?;
    let file = desk.linked_in_file(article)?;
    let taken = match &take {
        Some(numbers) => {
            let numbers = Some(numbers.as_slice()).filter(|n| !n.is_empty());
            let done = desk
                .transact(Access::Write, |desk| desk.take_offered_sources(article, &file, numbers, None))?;
            Some(done.value.len())
        }
        None => None,
    };
    let (offers, reading) = (desk.offered_sources(article, &file)?, desk.read(article, None)?);
    let all = script::offered_sources(&desk, &reading, &offers)?;
    let mut text = taken.map(|n| format!("{n} attached\n")).unwrap_or_default();
    for o in &all {
        let claims: Vec<String> =
            o["claims"].as_array().into_iter().flatten().map(|c| format!("C{}", c["number"])).collect();
        let claims = if claims.is_empty() { "no claim".into() } else { claims.join(", ") };
        text += &one_line(&format!("{} {} for {claims}", o["number"], o["url"].as_str().unwrap_or_default()));
        text += "\n";
    }
    if text.is_empty() {
        text = "The article’s file offers no sources.".into();
    }
    let json = match taken {
        Some(n) => json!({ "attached": n, "offered": all }),
        None => all.into(),
    };
    Ok(Output::new(json, text))
}

fn add(context: &Context, fields: SourceFields) -> Result<Output, Failure> {
    let files = files(&fields.files)?;
    let change = change(SourceChange::default(), fields)?;
    if change.title.trim().is_empty() {
        return Err(Failure("a source needs a title; give one with --title".into()));
    }
    context.open_or_create()?.keeping(&files, |desk, files| {
        let source = desk.add_source(change, files)?.value;
        let number = desk.number_of(source.0)?;
        Ok(Output::new(json!({ "source": source.to_string(), "number": number }), format!("S{number}")))
    })
}

fn import(context: &Context, file: &str, apart: Option<Vec<String>>) -> Result<Output, Failure> {
    let apart = kept_apart(apart)?;
    let read = interchange::read_sources(&desk::read_foreign(file)?).map_err(desk::DeskError::from)?;
    let mut desk = context.open_or_create()?;
    let taken = desk.import_sources(read, &apart)?;
    let (mut all, mut text) = (Vec::new(), String::new());
    for ImportedSource { source, number, title, new } in &taken.sources {
        let known = if *new { "" } else { " (on the desk already)" };
        text += &format!("S{number:<4} {}{known}\n", one_line(title));
        all.push(json!({ "source": source.to_string(), "number": number, "title": title, "existing": !new }));
    }
    if taken.sources.iter().any(|s| !s.new) {
        text += "To add a source that is on the desk already, import the file again with --apart=N, its place in the file.\n";
    }
    if taken.sources.is_empty() {
        text = "The file holds no sources; nothing was recorded.\n".into();
    }
    let line =
        |head: &str, what: &str, why: &str| format!("  {head}: {}: {}\n", one_line(what), one_line(why));
    text.extend(taken.left_out.iter().map(|l| line("left out", &in_words(&l.what), &in_words(&l.why))));
    text.extend(taken.remarks.iter().map(|r| line("note", &in_words(&r.what), &in_words(&r.why))));
    let left: Vec<_> = taken.left_out.into_iter().map(EntryLeftOut::from).collect();
    let remarks: Vec<_> = taken.remarks.into_iter().map(EntryRemark::from).collect();
    Ok(Output::new(json!({ "sources": all, "left_out": left, "remarks": remarks }), text))
}

/// The sources to be kept apart, by `--apart` or `--apart=2,5`.
fn kept_apart(given: Option<Vec<String>>) -> Result<Apart, Failure> {
    let Some(places) = given else { return Ok(Apart::None) };
    if places.iter().all(|p| p.is_empty()) {
        return Ok(Apart::All);
    }
    let place = |p: &String| {
        let number = p.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        number.ok_or_else(|| Failure(format!("--apart cannot take '{p}': give the places of sources in the file, counted from 1, such as --apart=2,5")))
    };
    Ok(Apart::At(places.iter().map(place).collect::<Result<_, _>>()?))
}

fn edit(context: &Context, source: &str, fields: SourceFields, open: bool) -> Result<Output, Failure> {
    let files = files(&fields.files)?;
    context.open()?.keeping(&files, |desk, files| edited(desk, source, fields, open, files))
}

fn edited(
    desk: &mut Desk,
    source: &str,
    fields: SourceFields,
    open: bool,
    files: &[StoredFile],
) -> Result<Output, Failure> {
    let source = desk.source_named(source)?;
    let known = SourceChange::from(desk.source(source)?.value);
    let known = SourceChange { withhold: known.withhold && !open, ..known };
    desk.edit_source(source, change(known, fields)?, files)?;
    let number = desk.number_of(source.0)?;
    Ok(Output::new(json!({ "source": source.to_string(), "number": number }), format!("S{number} changed")))
}

/// `source keep`
fn keep(context: &Context, source: &str) -> Result<Output, Failure> {
    let fields = SourceFields { keep_here: true, ..SourceFields::default() };
    let done = context.open()?.keeping(&[], |desk, files| edited(desk, source, fields, false, files))?;
    let text =
        format!("S{} stays in this file; the shared desk gets only digests of it", done.json["number"]);
    Ok(Output { text, ..done })
}

fn interview(context: &Context, source: &str, conversation: Conversation) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let source = desk.source_named(source)?;
    desk.add_interview(source, conversation)?;
    show(&desk, source)
}

fn contact(context: &Context, source: &str, change: ContactChange) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let source = desk.source_named(source)?;
    desk.set_contact(source, change)?;
    show(&desk, source)
}

/// A source with its conversations and contact details.
fn show(desk: &Desk, source: SourceId) -> Result<Output, Failure> {
    let json = script::source_whole(desk, source)?;
    let says = |v: &Value, key: &str| v[key].as_str().map(|s| one_line(s).into_owned());
    let withheld = match (&json["kept_here"], &json["withhold"]) {
        (Value::Bool(true), _) => " (kept here)",
        (_, Value::Bool(true)) => " (withheld)",
        _ => "",
    };
    let mut text = format!("S{}  {}{withheld}\n", json["number"], says(&json, "title").unwrap_or_default());
    for key in ["kind", "publisher", "published", "accessed", "url", "note", "reliability"] {
        text.extend(says(&json, key).map(|v| format!("  {key}: {v}\n")));
    }
    for i in json["interviews"].as_array().into_iter().flatten() {
        let who_and_when =
            ["with", "role", "how", "on"].into_iter().filter_map(|k| says(i, k)).collect::<Vec<_>>();
        let agreed = match i["terms"].as_str().and_then(|t| t.parse().ok()) {
            Some(Terms::Record) => "on the record",
            Some(Terms::Background) => "on background",
            Some(Terms::Off) | None => "off the record",
        };
        text += &format!("  spoken to: {} ({agreed})\n", who_and_when.join(", "));
        text.extend(says(i, "confirmed").map(|v| format!("    confirmed: {v}\n")));
        text.extend(says(i, "recording").map(|v| format!("    recording: {v}\n")));
    }
    for key in ["phone", "mail", "address"] {
        text.extend(says(&json["contact"], key).map(|v| format!("  {key}: {v}\n")));
    }
    Ok(Output::new(json, text))
}

/// Sets the given fields; an empty value clears a field.
fn change(mut known: SourceChange, f: SourceFields) -> Result<SourceChange, Failure> {
    known.title = f.title.unwrap_or(known.title);
    known.authors = f.authors.unwrap_or(known.authors);
    known.kind = f.kind.map(|k| k.parse()).transpose()?.or(known.kind);
    set(&mut known.publisher, f.publisher);
    set(&mut known.url, f.url);
    set(&mut known.note, f.note);
    set(&mut known.reliability, f.reliability);
    date(&mut known.published, f.published)?;
    date(&mut known.accessed, f.accessed)?;
    known.withhold |= f.withhold;
    known.keep_here |= f.keep_here;
    Ok(known)
}

fn date(field: &mut Option<Edtf>, given: Option<String>) -> Result<(), Failure> {
    if let Some(text) = given {
        *field = if text.is_empty() { None } else { Some(Edtf::read(&text)?) };
    }
    Ok(())
}

fn files(paths: &[PathBuf]) -> Result<Vec<NewFile>, Failure> {
    paths.iter().map(|p| Ok(NewFile::open(p)?)).collect()
}
