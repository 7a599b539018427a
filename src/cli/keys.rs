//! `key` and `contact`.

use super::{
    Context,
    args::{Contact, ContactWhat, KeyArgs, KeyWhat, PassphraseFrom},
    display::one_line,
    output::{Failure, Output},
    passphrase,
};
use crate::desk::{self, Desk};
use serde_json::json;
use std::path::Path;

/// The error if the desk does not know who is working.
const UNKNOWN: &str =
    "a key belongs to a person on the desk; do something on the desk first, or give your name with --as";

/// `key ...`
pub fn key(context: &Context, args: KeyArgs) -> Result<Output, Failure> {
    let desk = context.open()?;
    match args.what {
        None => show(&desk, (args.export.as_deref(), args.force), &args.passphrase),
        Some(KeyWhat::Passphrase { new_passphrase_file, remove }) => {
            change(&desk, &args.passphrase, new_passphrase_file.as_deref(), remove)
        }
    }
}

/// Prints the public key. Asks for the passphrase only if the file of the public key is missing.
fn show(
    desk: &Desk,
    (export, force): (Option<&Path>, bool),
    from: &PassphraseFrom,
) -> Result<Output, Failure> {
    let mine = match desk.my_public_key() {
        Err(desk::DeskError::NeedsPassphrase(_)) => {
            passphrase::unlock(desk, from)?;
            desk.my_public_key()?
        }
        key => key?,
    };
    let mine = mine.ok_or_else(|| Failure(UNKNOWN.into()))?;
    if let Some(path) = export {
        desk.target(path, force)?.write_text(&mine.public.file())?;
    }
    let (id, key, name) = (mine.public.id().to_string(), mine.public.to_string(), &mine.person.name);
    let with = if mine.locked { ", with a passphrase" } else { "" };
    let text = format!("{key}\n{}, key {id}{with}", one_line(name));
    Ok(Output::new(json!({ "id": id, "key": key, "name": name, "passphrase": mine.locked }), text))
}

/// Changes the passphrase. `from` gives the current passphrase, or the first one if the key has none.
fn change(desk: &Desk, from: &PassphraseFrom, new: Option<&str>, remove: bool) -> Result<Output, Failure> {
    desk.me()?.ok_or_else(|| Failure(UNKNOWN.into()))?;
    let had = desk.has_passphrase()?;
    if remove && !had {
        return Err(Failure("no change: the key has no passphrase".into()));
    }
    let now = if had { Some(passphrase::current(desk, from)?) } else { None };
    let new = match (remove, new) {
        (true, _) => None,
        (false, Some(file)) => Some(passphrase::read(file)?),
        (false, None) if had => Some(passphrase::chosen(desk)?),
        (false, None) => Some(passphrase::first(desk, from)?),
    };
    desk.change_passphrase(now.as_ref().map(|p| p.as_str()), new.as_ref().map(|p| p.as_str()))?;
    changed(desk, had)
}

fn changed(desk: &Desk, had: bool) -> Result<Output, Failure> {
    let mine = desk.my_public_key()?.ok_or_else(|| Failure(UNKNOWN.into()))?;
    let state = match (had, mine.locked) {
        (_, false) => "no longer has a passphrase",
        (true, true) => "has a new passphrase",
        (false, true) => "now has a passphrase",
    };
    let (name, id) = (&mine.person.name, mine.public.id().to_string());
    let text = format!("The key of {name}, {id}, {state}");
    Ok(Output::new(json!({ "id": id, "name": name, "passphrase": mine.locked }), text))
}

/// `contact ...`
pub fn contact(context: &Context, args: Contact) -> Result<Output, Failure> {
    match args.what {
        ContactWhat::Add { name, key } => add(context, &name, &key),
        ContactWhat::List => list(&*context.open()?),
        ContactWhat::Remove { named } => {
            context.open()?.remove_contact(&named)?;
            Ok(Output::new(json!({ "removed": named }), format!("{named} removed")))
        }
    }
}

fn add(context: &Context, name: &str, given: &str) -> Result<Output, Failure> {
    let text = desk::read_small(Path::new(given))?;
    let contact = context.open_or_create()?.add_contact(name, text.as_deref().unwrap_or(given))?;
    let id = contact.key.id().to_string();
    Ok(Output::new(
        json!({ "name": contact.name, "id": id }),
        format!("Added {} with the key {id}", contact.name),
    ))
}

fn list(desk: &Desk) -> Result<Output, Failure> {
    let (mut all, mut text) = (Vec::new(), String::new());
    for c in desk.contacts()? {
        text += &format!("{}  {}\n", c.key.id(), one_line(&c.name));
        all.push(json!({ "name": c.name, "id": c.key.id().to_string(), "key": c.key.to_string() }));
    }
    if text.is_empty() {
        text = "No contacts yet; 'contact add NAME KEY' adds one.".into();
    }
    Ok(Output::new(all.into(), text))
}
