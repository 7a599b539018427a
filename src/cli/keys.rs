//! `key` and `contact`.

use super::{
    At,
    args::{Contact, ContactWhat, KeyArgs, KeyWhat, PassphraseFrom},
    output::{Failure, Output},
    passphrase,
    shown::one_line,
};
use crate::desk::{self, Desk};
use serde_json::json;
use std::path::Path;

/// What is said where nobody the desk knows works.
const UNKNOWN: &str =
    "a key belongs to a person on the desk; do something on the desk first, or give your name with --as";

/// `key ...`
pub fn key(at: &At, a: KeyArgs) -> Result<Output, Failure> {
    let desk = at.open()?;
    match a.what {
        None => show(&desk, (a.export.as_deref(), a.force), &a.passphrase),
        Some(KeyWhat::Passphrase { new_passphrase_file, remove }) => {
            change(&desk, &a.passphrase, new_passphrase_file.as_deref(), remove)
        }
    }
}

/// The passphrase is asked for only where the file of the public key is missing.
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
        shown => shown?,
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

/// What is given for the key is its passphrase of now, or where it has none, the one it gets.
fn change(desk: &Desk, from: &PassphraseFrom, new: Option<&str>, remove: bool) -> Result<Output, Failure> {
    desk.me()?.ok_or_else(|| Failure(UNKNOWN.into()))?;
    let had = desk.has_passphrase()?;
    if remove && !had {
        return Err(Failure("no change: the key has no passphrase".into()));
    }
    let now = if had { Some(passphrase::of_key(desk, from)?) } else { None };
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
    let said = match (had, mine.locked) {
        (_, false) => "no longer has a passphrase",
        (true, true) => "has a new passphrase",
        (false, true) => "now has a passphrase",
    };
    let (name, id) = (&mine.person.name, mine.public.id().to_string());
    let text = format!("The key of {name}, {id}, {said}");
    Ok(Output::new(json!({ "id": id, "name": name, "passphrase": mine.locked }), text))
}

/// `contact ...`
pub fn contact(at: &At, a: Contact) -> Result<Output, Failure> {
    match a.what {
        ContactWhat::Add { name, key } => add(at, &name, &key),
        ContactWhat::List => list(&*at.open()?),
        ContactWhat::Remove { named } => {
            at.open()?.remove_contact(&named)?;
            Ok(Output::new(json!({ "removed": named }), format!("{named} removed")))
        }
    }
}

fn add(at: &At, name: &str, given: &str) -> Result<Output, Failure> {
    let text = desk::read_small(Path::new(given))?;
    let contact = at.open_or_create()?.add_contact(name, text.as_deref().unwrap_or(given))?;
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
