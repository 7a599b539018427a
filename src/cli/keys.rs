//! `key` and `contact`.

use super::{
    At,
    args::{Contact, ContactWhat},
    told::{Failure, Told},
};
use crate::desk::{self, Desk};
use serde_json::json;
use std::path::Path;

/// `key`
pub fn key(at: &At, export: Option<&Path>) -> Result<Told, Failure> {
    let desk = at.open()?;
    let unknown = "a key belongs to somebody the desk knows; do something on the desk first, or name yourself with --as";
    let (me, key) = desk.my_key()?.ok_or_else(|| Failure(unknown.into()))?;
    let public = key.public();
    if let Some(path) = export {
        desk::write_text(path, &public.file())?;
    }
    let json = json!({ "id": public.id().to_string(), "key": public.to_string(), "name": me.name });
    Ok(Told::new(json, format!("{public}\n{}, key {}", me.name, public.id())))
}

/// `contact ...`
pub fn contact(at: &At, a: Contact) -> Result<Told, Failure> {
    match a.what {
        ContactWhat::Add { name, key } => add(at, &name, &key),
        ContactWhat::List => list(&at.open()?),
        ContactWhat::Remove { named } => {
            at.open()?.remove_contact(&named)?;
            Ok(Told::new(json!({ "removed": named }), format!("{named} is forgotten")))
        }
    }
}

fn add(at: &At, name: &str, given: &str) -> Result<Told, Failure> {
    let text = desk::read_small(Path::new(given))?;
    let contact = at.open_or_create()?.add_contact(name, text.as_deref().unwrap_or(given))?;
    let id = contact.key.id().to_string();
    Ok(Told::new(
        json!({ "name": contact.name, "id": id }),
        format!("{} is known by the key {id}", contact.name),
    ))
}

fn list(desk: &Desk) -> Result<Told, Failure> {
    let (mut all, mut text) = (Vec::new(), String::new());
    for c in desk.contacts()? {
        text += &format!("{}  {}\n", c.key.id(), c.name);
        all.push(json!({ "name": c.name, "id": c.key.id().to_string(), "key": c.key.to_string() }));
    }
    if text.is_empty() {
        text = "No key of anybody else is known; 'contact add NAME KEY' takes one in.".into();
    }
    Ok(Told::new(all.into(), text))
}
