//! The keys bundles are signed with, and the keys of others that this desk knows by name.
//!
//! A secret key is a file beside the desk that only its owner may read. It is in no desk, no backup and no bundle.

use super::{Desk, DeskError};
use crate::{
    files,
    formats::{
        findings::Signed,
        signature::{PublicKey, SecretKey},
    },
    model::{Person, PersonId},
};
use std::path::PathBuf;

/// The setting that holds the contacts: a line for each, the key and the name.
const CONTACTS: &str = "contacts";
/// More than any key file has, in bytes.
const MOST: u64 = 4096;

/// Somebody whose key this desk knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What this desk calls them.
    pub name: String,
    /// Their key.
    pub key: PublicKey,
}

impl Desk {
    /// The key of whoever works, made now where there is none yet. None where nobody the desk knows works.
    pub fn my_key(&self) -> Result<Option<(Person, SecretKey)>, DeskError> {
        let Some(me) = self.me()? else { return Ok(None) };
        let path = self.key_path(me.person);
        if let Some(key) = self.key_of(me.person)? {
            return Ok(Some((me, key)));
        }
        let mut random = [0; 40];
        self.clock.random(&mut random);
        let key = SecretKey::from_random(&random);
        if let Some(folder) = path.parent() {
            files::make_folder(folder)?;
        }
        files::write_private(&path, key.file().as_bytes())?;
        Ok(Some((me, key)))
    }

    /// Whose key it is, by what this desk knows: somebody who works here, or a contact.
    pub fn name_of_key(&self, key: &PublicKey) -> Result<Option<String>, DeskError> {
        for person in self.people()? {
            if self.key_of(person.person)?.is_some_and(|k| k.public() == *key) {
                return Ok(Some(person.name));
            }
        }
        Ok(self.contacts()?.into_iter().find(|c| c.key == *key).map(|c| c.name))
    }

    /// The keys of others that this desk knows, in the order they were added.
    pub fn contacts(&self) -> Result<Vec<Contact>, DeskError> {
        let kept = self.store.setting(CONTACTS)?.unwrap_or_default();
        let contact = |line: &str| {
            let (key, name) = line.split_once(' ')?;
            Some(Contact { name: name.into(), key: key.parse().ok()? })
        };
        Ok(kept.lines().filter_map(contact).collect())
    }

    /// Takes a key in under a name. `key` is a public key file's text, or its one line.
    pub fn add_contact(&mut self, name: &str, key: &str) -> Result<Contact, DeskError> {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() {
            return Err(DeskError::refused("a contact needs a name; say whose key it is"));
        }
        let key: PublicKey =
            key.parse().map_err(|e| DeskError::refused(format!("the contact was not added: {e}")))?;
        let mut all = self.contacts()?;
        if let Some(known) = all.iter().find(|c| c.key == key) {
            return Err(DeskError::NoChange(format!(
                "the key {} is known already, as {}",
                key.id(),
                known.name
            )));
        }
        all.push(Contact { name, key });
        self.keep(&all)?;
        all.pop().ok_or_else(|| DeskError::refused("the contact was not added"))
    }

    /// Forgets a contact, by name or by the key's id.
    pub fn remove_contact(&mut self, named: &str) -> Result<(), DeskError> {
        let (gone, left): (Vec<_>, Vec<_>) =
            self.contacts()?.into_iter().partition(|c| c.name == named || c.key.id().to_string() == named);
        if gone.is_empty() {
            return Err(super::read::not_found("contact", named, "'contact list'"));
        }
        self.keep(&left)
    }

    fn keep(&self, contacts: &[Contact]) -> Result<(), DeskError> {
        let lines: String = contacts.iter().map(|c| format!("{} {}\n", c.key, c.name)).collect();
        Ok(self.store.set_setting(CONTACTS, &lines)?)
    }

    fn key_of(&self, person: PersonId) -> Result<Option<SecretKey>, DeskError> {
        let path = self.key_path(person);
        let Some(file) = files::read_if_there(&path, MOST)? else { return Ok(None) };
        let text = String::from_utf8_lossy(&file);
        let bad = |e| {
            DeskError::refused(format!(
                "the key in '{}' cannot be used: {e}; put it aside, and a new one is made",
                path.display()
            ))
        };
        SecretKey::parse(&text).map(Some).map_err(bad)
    }

    fn key_path(&self, person: PersonId) -> PathBuf {
        let mut folder = self.path().as_os_str().to_owned();
        folder.push(".keys");
        PathBuf::from(folder).join(format!("{person}.key"))
    }
}

/// Who signed a bundle, as far as this desk can tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownSigner {
    /// The id of the key; none where nobody signed, or where the signature is bad.
    pub key: Option<String>,
    /// Whose key it is, where this desk knows that.
    pub name: Option<String>,
    /// The name the bundle itself tells, which proves nothing.
    pub said: Option<String>,
    /// Whether the signature is not that of its key.
    pub bad: bool,
}

impl KnownSigner {
    /// What the bundle alone tells.
    pub fn of(signed: &Signed) -> Self {
        match signed {
            Signed::None => Self::default(),
            Signed::Bad => Self { bad: true, ..Self::default() },
            Signed::By { key, name } => {
                let said = Some(name.clone()).filter(|n| !n.is_empty());
                Self { key: Some(key.id().to_string()), said, ..Self::default() }
            }
        }
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
    /// Who signed a bundle, by what this desk knows.
    pub fn signer(&self, signed: &Signed) -> Result<KnownSigner, DeskError> {
        let name = match signed {
            Signed::By { key, .. } => self.name_of_key(key)?,
            Signed::None | Signed::Bad => None,
        };
        Ok(KnownSigner { name, ..KnownSigner::of(signed) })
    }
}
