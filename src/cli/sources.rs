//! `source ...`

use super::{
    At,
    args::{Source, SourceFields, SourceWhat},
    articles::set,
    lists,
    shown::one_line,
    told::{Failure, Told},
};
use crate::{
    desk::{self, Desk, NewFile, SourceChange, SourceTaken, StoredFile},
    formats::spoken,
    model::Edtf,
};
use serde_json::json;
use std::path::PathBuf;

/// `source ...`
pub fn source(at: &At, a: Source) -> Result<Told, Failure> {
    match a.what {
        SourceWhat::Add(fields) => add(at, *fields),
        SourceWhat::Import { file } => import(at, &file),
        SourceWhat::Edit { source, fields, open } => edit(at, &source, *fields, open),
        SourceWhat::List { words, list } => lists::sources(at, &words.join(" "), &list),
    }
}

fn add(at: &At, fields: SourceFields) -> Result<Told, Failure> {
    let files = files(&fields.files)?;
    let change = change(SourceChange::default(), fields)?;
    if change.title.trim().is_empty() {
        return Err(Failure("a source needs a title; give one with --title".into()));
    }
    at.open_or_create()?.keeping(&files, |desk, files| {
        let source = desk.add_source(change, files)?.value;
        let number = desk.number_of(source.0)?;
        Ok(Told::new(json!({ "source": source.to_string(), "number": number }), format!("S{number}")))
    })
}

fn import(at: &At, file: &str) -> Result<Told, Failure> {
    let read = spoken::read_sources(&desk::read_foreign(file)?).map_err(desk::DeskError::from)?;
    let mut desk = at.open_or_create()?;
    let taken = desk.take_in_sources(read)?;
    let (mut all, mut text) = (Vec::new(), String::new());
    for SourceTaken { source, number, title, new } in taken.sources {
        text += &format!(
            "S{number:<4} {}{}\n",
            one_line(&title),
            if new { "" } else { " (on the desk already)" }
        );
        all.push(json!({ "source": source.to_string(), "number": number, "title": title, "existing": !new }));
    }
    if text.is_empty() {
        text = "The file holds no sources; nothing was recorded.".into();
    }
    Ok(Told::new(json!({ "sources": all }), text))
}

fn edit(at: &At, source: &str, fields: SourceFields, open: bool) -> Result<Told, Failure> {
    let files = files(&fields.files)?;
    at.open()?.keeping(&files, |desk, files| edited(desk, source, fields, open, files))
}

fn edited(
    desk: &mut Desk,
    source: &str,
    fields: SourceFields,
    open: bool,
    files: &[StoredFile],
) -> Result<Told, Failure> {
    let source = desk.source_named(source)?;
    let now = desk.source(source)?.value;
    let known = SourceChange {
        kind: Some(now.kind),
        title: now.title,
        authors: now.authors,
        publisher: now.publisher,
        published: now.published,
        accessed: now.accessed,
        url: now.url,
        note: now.note,
        reliability: now.reliability,
        withhold: now.withhold && !open,
    };
    desk.edit_source(source, change(known, fields)?, files)?;
    let number = desk.number_of(source.0)?;
    Ok(Told::new(json!({ "source": source.to_string(), "number": number }), format!("S{number} changed")))
}

/// What is given is set; an empty value clears a field.
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
