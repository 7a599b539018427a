//! Keys and contacts.

use crate::desk::{self, Contact, Desk, DeskError};
use crate::{
    formats::bundle::signature::PublicKey,
    messages::message,
    wire::{WireError, error::unread, page::*},
};
use std::path::Path;

pub fn show(desk: &mut Desk, _: Nothing) -> Result<MyKeyDto, WireError> {
    mine(desk)
}

pub fn waits(desk: &mut Desk, _: Nothing) -> Result<KeyWaits, WireError> {
    Ok(KeyWaits { waits: desk.needs_passphrase()? })
}

pub fn unlock(desk: &mut Desk, q: UnlockRequest) -> Result<Nothing, WireError> {
    desk.unlock(&q.passphrase)?;
    Ok(Nothing {})
}

pub fn change_passphrase(desk: &mut Desk, q: PassphraseRequest) -> Result<MyKeyDto, WireError> {
    desk.change_passphrase(q.now.as_deref(), q.new.as_deref())?;
    mine(desk)
}

/// Writes the public key to a file for other people.
pub fn write(desk: &mut Desk, q: WriteKeyRequest) -> Result<Written, WireError> {
    let mine = desk.my_public_key()?.ok_or(DeskError::NoPerson)?;
    desk.target(q.path.as_ref(), q.replace)?.write_text(&mine.public.file())?;
    Ok(Written { path: q.path })
}

/// Reads a public key from a file, so that a person can compare it before they add it.
pub fn read(_: &mut Desk, q: PathRequest) -> Result<PublicKeyDto, WireError> {
    let gone = || unread(message!("wire_key_gone", path = &q.path));
    let text = desk::read_small(Path::new(&q.path))?.ok_or_else(gone)?;
    let key: PublicKey = text
        .parse::<PublicKey>()
        .map_err(|e| unread(message!("wire_no_public_key", path = &q.path, why = e.to_string())))?;
    Ok(PublicKeyDto { id: key.id().to_string(), key: key.to_string() })
}

pub fn contacts(desk: &mut Desk, _: Nothing) -> Result<Vec<ContactDto>, WireError> {
    Ok(desk.contacts()?.iter().map(drawn).collect())
}

pub fn add_contact(desk: &mut Desk, q: AddContactRequest) -> Result<ContactDto, WireError> {
    Ok(drawn(&desk.add_contact(&q.name, &q.key)?))
}

pub fn forget_contact(desk: &mut Desk, q: ForgetContactRequest) -> Result<Nothing, WireError> {
    desk.remove_contact(&q.id)?;
    Ok(Nothing {})
}

fn mine(desk: &Desk) -> Result<MyKeyDto, WireError> {
    let mine = desk.my_public_key()?.ok_or(DeskError::NoPerson)?;
    Ok(MyKeyDto {
        name: mine.person.name,
        id: mine.public.id().to_string(),
        key: mine.public.to_string(),
        passphrase: mine.locked,
    })
}

fn drawn(contact: &Contact) -> ContactDto {
    let (id, key) = (contact.key.id().to_string(), contact.key.to_string());
    ContactDto { name: contact.name.clone(), id, key }
}
