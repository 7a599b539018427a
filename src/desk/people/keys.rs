//! The keys that sign bundles, and their passphrases.
//!
//! A secret key is a file next to the desk that only its owner may read. It is in no desk, no backup and no bundle. A
//! file with a passphrase shows nothing, so the public key is in another file next to it, as minisign does it. An
//! unlocked key stays in memory while the desk is open and the file is unchanged.

use crate::desk::{Clock, Desk, DeskError};
use crate::{
    files,
    formats::bundle::signature::{KeyFile, LockedKey, NotASignature, PublicKey, SecretKey},
    messages::message,
    model::{Person, PersonId},
};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The most bytes of a key file.
const MAX_KEY_FILE: u64 = 4096;
/// The longest passphrase in bytes: minisign reads no more.
const MAX_PASSPHRASE: usize = 1000;

/// The keys that were unlocked since the desk was opened, each with the text of its file.
#[derive(Default)]
pub(in crate::desk) struct Keyring(Mutex<HashMap<PersonId, (String, SecretKey)>>);

impl Keyring {
    /// The key that was unlocked from exactly this file.
    fn of(&self, person: PersonId, file: &str) -> Option<SecretKey> {
        self.lock().get(&person).filter(|(from, _)| from == file).map(|(_, key)| key.clone())
    }

    fn hold(&self, person: PersonId, file: String, key: SecretKey) {
        self.lock().insert(person, (file, key));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PersonId, (String, SecretKey)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The public part of a person's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyKey {
    /// Whose it is.
    pub person: Person,
    /// The public key.
    pub public: PublicKey,
    /// Whether the file has a passphrase.
    pub locked: bool,
    /// Whether the passphrase is needed before signing.
    pub asks: bool,
}

impl Desk {
    /// The key of the person who works; it is created if there is none. None if that person is unknown. Fails with
    /// [`DeskError::NeedsPassphrase`] if the passphrase was not given since the desk was opened.
    pub fn my_key(&self) -> Result<Option<(Person, SecretKey)>, DeskError> {
        let Some(me) = self.me()? else { return Ok(None) };
        let key = match self.key_file(me.person)? {
            None => self.make_key(me.person)?,
            Some((_, KeyFile::Open(key))) => key,
            Some((file, KeyFile::Locked(_))) => {
                let asks = || DeskError::NeedsPassphrase(me.name.clone());
                self.remembered(me.person, &file).ok_or_else(asks)?
            }
        };
        Ok(Some((me, key)))
    }

    /// The public part of the key of the person who works; the key is created if there is none. None if that person is
    /// unknown. Fails like [`Desk::my_key`] if the file of the public key is missing.
    pub fn my_public_key(&self) -> Result<Option<MyKey>, DeskError> {
        let Some(person) = self.me()? else { return Ok(None) };
        let (locked, asks) = self.lock_state(person.person)?;
        let public = match self.public_key_of(person.person)? {
            Some(public) => public,
            None => match self.my_key()? {
                Some((_, key)) => key.public(),
                None => return Ok(None),
            },
        };
        Ok(Some(MyKey { person, public, locked, asks }))
    }

    /// Whether the key of the person who works needs its passphrase now.
    pub fn needs_passphrase(&self) -> Result<bool, DeskError> {
        Ok(self.me()?.map(|me| self.lock_state(me.person)).transpose()?.is_some_and(|(_, asks)| asks))
    }

    /// Whether the key of the person who works has a passphrase.
    pub fn has_passphrase(&self) -> Result<bool, DeskError> {
        Ok(self.me()?.map(|me| self.lock_state(me.person)).transpose()?.is_some_and(|(locked, _)| locked))
    }

    /// Unlocks the key of the person who works while the desk is open. Does nothing for a key without a passphrase.
    pub fn unlock(&self, passphrase: &str) -> Result<(), DeskError> {
        let Some(me) = self.me()? else { return Err(DeskError::NoPerson) };
        let Some((file, KeyFile::Locked(locked))) = self.key_file(me.person)? else { return Ok(()) };
        let key = self.opened(&me, &locked, passphrase)?;
        self.write_public(me.person, &key)?;
        self.shared.keys.hold(me.person, file, key);
        Ok(())
    }

    /// Sets, changes or removes the passphrase of the person who works; the key stays the same. `now` is the present
    /// passphrase, needed even if the key is unlocked. The file is replaced completely or not at all.
    pub fn change_passphrase(&self, now: Option<&str>, new: Option<&str>) -> Result<(), DeskError> {
        new.map_or(Ok(()), check_passphrase)?;
        match now {
            _ if !self.has_passphrase()? => {}
            Some(now) => self.unlock(now)?,
            None => return Err(DeskError::NeedsPassphrase(self.me()?.map(|me| me.name).unwrap_or_default())),
        }
        let (me, key) = self.my_key()?.ok_or(DeskError::NoPerson)?;
        let file = match new {
            Some(new) => key.locked_file(new, &self.salt()).map_err(|e| self.unusable(me.person, &e))?,
            None => key.file(),
        };
        self.write_public(me.person, &key)?;
        files::replace_private(&self.key_path(me.person, "key"), file.as_bytes())?;
        self.shared.keys.hold(me.person, file, key);
        Ok(())
    }

    /// The public half of somebody's key, without a passphrase. None if there is no key, or if the file of the public key
    /// of a locked one is missing.
    pub(in crate::desk) fn public_key_of(&self, person: PersonId) -> Result<Option<PublicKey>, DeskError> {
        match self.key_file(person)? {
            None => Ok(None),
            Some((_, KeyFile::Open(key))) => Ok(Some(key.public())),
            Some((file, KeyFile::Locked(_))) => match self.remembered(person, &file) {
                Some(key) => Ok(Some(key.public())),
                None => self.written_public(person),
            },
        }
    }

    fn make_key(&self, person: PersonId) -> Result<SecretKey, DeskError> {
        let mut random = [0; 40];
        self.clock.random(&mut random);
        let (key, path) = (SecretKey::from_random(&random), self.key_path(person, "key"));
        if let Some(folder) = path.parent() {
            files::make_private_folder(folder)?;
        }
        files::write_private(&path, key.file().as_bytes())?;
        self.write_public(person, &key)?;
        Ok(key)
    }

    fn opened(&self, me: &Person, locked: &LockedKey, passphrase: &str) -> Result<SecretKey, DeskError> {
        let key = locked.open(passphrase).map_err(|e| self.unusable(me.person, &e))?;
        key.ok_or_else(|| DeskError::WrongPassphrase(me.name.clone()))
    }

    /// Whether somebody's key has a passphrase, and whether it is needed now.
    fn lock_state(&self, person: PersonId) -> Result<(bool, bool), DeskError> {
        Ok(match self.key_file(person)? {
            None | Some((_, KeyFile::Open(_))) => (false, false),
            Some((file, KeyFile::Locked(_))) => (true, self.remembered(person, &file).is_none()),
        })
    }

    /// The key that was unlocked from exactly this file.
    fn remembered(&self, person: PersonId, file: &str) -> Option<SecretKey> {
        self.shared.keys.of(person, file)
    }

    fn key_file(&self, person: PersonId) -> Result<Option<(String, KeyFile)>, DeskError> {
        let Some(bytes) = files::read_if_there(&self.key_path(person, "key"), MAX_KEY_FILE)? else {
            return Ok(None);
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let file = KeyFile::parse(&text).map_err(|e| self.unusable(person, &e))?;
        Ok(Some((text, file)))
    }

    /// The public key in its own file. It is used for names only, so an unreadable file counts as none.
    fn written_public(&self, person: PersonId) -> Result<Option<PublicKey>, DeskError> {
        let bytes = files::read_if_there(&self.key_path(person, "pub"), MAX_KEY_FILE)?;
        Ok(bytes.and_then(|b| String::from_utf8_lossy(&b).parse().ok()))
    }

    fn write_public(&self, person: PersonId, key: &SecretKey) -> Result<(), DeskError> {
        let public = key.public();
        match self.written_public(person)? {
            Some(written) if written == public => Ok(()),
            _ => Ok(files::replace(&self.key_path(person, "pub"), public.file().as_bytes())?),
        }
    }

    fn salt(&self) -> [u8; 32] {
        let mut salt = [0; 32];
        self.clock.random(&mut salt);
        salt
    }

    fn unusable(&self, person: PersonId, why: &NotASignature) -> DeskError {
        let path = self.key_path(person, "key");
        let path = path.display().to_string();
        DeskError::refused(message!("refused_key", path = path, why = why.message()))
    }

    fn key_path(&self, person: PersonId, ending: &str) -> PathBuf {
        keys_folder(self.path()).join(format!("{person}.{ending}"))
    }
}

/// The folder of the keys of a desk.
pub(in crate::desk) fn keys_folder(desk: &Path) -> PathBuf {
    files::sibling(desk, ".keys")
}

/// Checks a new passphrase: it must be one line that minisign can read too.
fn check_passphrase(passphrase: &str) -> Result<(), DeskError> {
    let refused = |why| Err(DeskError::Refused(why));
    match passphrase {
        "" => refused(message!("refused_passphrase_empty")),
        p if p.len() > MAX_PASSPHRASE => refused(message!("refused_passphrase_long")),
        p if p.contains(char::is_control) => refused(message!("refused_passphrase_form")),
        _ => Ok(()),
    }
}
