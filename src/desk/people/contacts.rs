//! The keys of other people that this desk knows, and who signed a bundle as far as this desk knows.

use crate::desk::{Desk, DeskError};
use crate::{
    formats::bundle::{bag::Signed, signature::PublicKey},
    messages::message,
};

/// The setting with the contacts, one line each: the key and the name.
const CONTACTS: &str = "contacts";

/// Somebody whose key this desk knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Their name on this desk.
    pub name: String,
    /// Their key.
    pub key: PublicKey,
}

impl Desk {
    /// The owner of a key, if this desk knows it: somebody who works here, or a contact.
    pub fn name_of_key(&self, key: &PublicKey) -> Result<Option<String>, DeskError> {
        for person in self.people()? {
            if self.public_key_of(person.person)?.is_some_and(|k| k == *key) {
                return Ok(Some(person.name));
            }
        }
        Ok(self.contacts()?.into_iter().find(|c| c.key == *key).map(|c| c.name))
    }

    /// The owner of a key with the same ID as this one, if this desk knows one.
    fn name_of_key_id(&self, key: &PublicKey) -> Result<Option<String>, DeskError> {
        for person in self.people()? {
            if self.public_key_of(person.person)?.is_some_and(|k| k.id() == key.id()) {
                return Ok(Some(person.name));
            }
        }
        Ok(self.contacts()?.into_iter().find(|c| c.key.id() == key.id()).map(|c| c.name))
    }

    /// The contacts, in the order they were added.
    pub fn contacts(&self) -> Result<Vec<Contact>, DeskError> {
        let lines = self.store.setting(CONTACTS)?.unwrap_or_default();
        let contact = |line: &str| {
            let (key, name) = line.split_once(' ')?;
            Some(Contact { name: name.into(), key: key.parse().ok()? })
        };
        Ok(lines.lines().filter_map(contact).collect())
    }

    /// Adds a contact. `key` is the text of a public key file, or its one line.
    pub fn add_contact(&mut self, name: &str, key: &str) -> Result<Contact, DeskError> {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() {
            return Err(DeskError::refused(message!("refused_contact_name")));
        }
        let key: PublicKey = key
            .parse::<PublicKey>()
            .map_err(|e| DeskError::refused(message!("refused_contact_key", why = e.to_string())))?;
        let mut all = self.contacts()?;
        if let Some(known) = all.iter().find(|c| c.key == key) {
            return Err(DeskError::NoChange(message!(
                "unchanged_contact",
                key = key.id().to_string(),
                name = &known.name
            )));
        }
        all.push(Contact { name, key });
        self.save_contacts(&all)?;
        all.pop().ok_or_else(|| DeskError::refused(message!("refused_contact_lost")))
    }

    /// Removes a contact, by name or by key ID.
    pub fn remove_contact(&mut self, named: &str) -> Result<(), DeskError> {
        let (gone, left): (Vec<_>, Vec<_>) =
            self.contacts()?.into_iter().partition(|c| c.name == named || c.key.id().to_string() == named);
        if gone.is_empty() {
            return Err(crate::desk::error::not_found(crate::desk::error::Missing::Contact, named));
        }
        self.save_contacts(&left)
    }

    fn save_contacts(&self, contacts: &[Contact]) -> Result<(), DeskError> {
        let lines: String = contacts.iter().map(|c| format!("{} {}\n", c.key, c.name)).collect();
        Ok(self.store.set_setting(CONTACTS, &lines)?)
    }
}

/// Who signed a bundle, as far as this desk knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownSigner {
    /// The key; none if nobody signed, or if the signature is bad.
    pub key: Option<PublicKey>,
    /// The owner of the key, if this desk knows it.
    pub name: Option<String>,
    /// The name in the bundle itself, which proves nothing.
    pub said: Option<String>,
    /// The owner of another key with the same ID, if this desk knows one. A key ID is easy to imitate.
    pub imitates: Option<String>,
    /// Whether the signature does not match its key.
    pub bad: bool,
}

impl KnownSigner {
    /// What the bundle alone says.
    pub fn of(signed: &Signed) -> Self {
        match signed {
            Signed::None => Self::default(),
            Signed::Bad => Self { bad: true, ..Self::default() },
            Signed::By { key, name } => {
                let said = Some(name.clone()).filter(|n| !n.is_empty());
                Self { key: Some(PublicKey::clone(key)), said, ..Self::default() }
            }
        }
    }

    /// The key's id.
    pub fn key_id(&self) -> Option<String> {
        self.key.as_ref().map(|k| k.id().to_string())
    }

    /// `none`, `bad`, `unknown`, or the name.
    pub fn word(&self) -> String {
        match (&self.key, &self.name) {
            _ if self.bad => "bad".into(),
            (None, _) => "none".into(),
            (Some(_), Some(name)) => name.clone(),
            (Some(_), None) => "unknown".into(),
        }
    }
}

impl Desk {
    /// Who signed a bundle, with the names that this desk knows.
    pub fn signer(&self, signed: &Signed) -> Result<KnownSigner, DeskError> {
        let name = match signed {
            Signed::By { key, .. } => self.name_of_key(key)?,
            Signed::None | Signed::Bad => None,
        };
        let imitates = match signed {
            Signed::By { key, .. } if name.is_none() => self.name_of_key_id(key)?,
            Signed::By { .. } | Signed::None | Signed::Bad => None,
        };
        Ok(KnownSigner { name, imitates, ..KnownSigner::of(signed) })
    }
}
