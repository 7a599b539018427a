//! Joining and leaving a shared desk.
//!
//! How to reach the hub and the device's key are in a private folder next to the desk's file, `DESK.hub`: in no backup, no
//! bundle and on no hub. The desk's file itself stores who is a member and how far it has pulled.

use crate::desk::{Clock, Desk, DeskError, Me};
use crate::{
    files,
    formats::bundle::signature::RawKey,
    hub::{Hub, HubError, HubStanding, HubState, Invite, Inviting, Joining, person_named},
    messages::{Message, message},
    model::{ActionId, DeviceId, Digest, Moment, Person, PersonId, Role, UNROLLED, initials},
    store::{Membership, Skipped, Unsent},
};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The files in the folder: how to reach the hub, and the device's id and key; and the same before the hub took them.
const CONNECTION: &str = "connection";
const DEVICE: &str = "device";
const JOINING: &str = "joining";
const JOINING_DEVICE: &str = "joining-device";

/// The most bytes of a file with a connection: the certificates of an authority are in it.
const MAX_CONNECTION: u64 = 1 << 20;

/// How long an invite can be used, in milliseconds: 7 days.
const VALID_MS: i64 = 7 * 24 * 3_600_000;

/// Opens a connection to a hub for a device.
pub type Connect<'c> = dyn FnMut(&Invite, DeviceId) -> Result<Box<dyn Hub>, HubError> + 'c;

/// A desk that joined a shared desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The name of the shared desk.
    pub name: String,
    /// Who works on this device from now on.
    pub person: PersonId,
    /// What that person may record.
    pub role: Role,
    /// Whether this desk's history becomes the beginning of the shared desk.
    pub founding: bool,
}

/// What a device needs to join, stored before the hub is asked, so that a lost answer loses nothing.
struct Attempt {
    connection: Invite,
    device: DeviceId,
    key: RawKey,
}

impl Desk {
    /// Joins the shared desk of an invite. The desk must be empty, unless the shared desk is being founded and this is its
    /// chief: then the desk's history becomes its beginning. `label` is what the device is called.
    pub fn join_shared(
        &mut self,
        invite: &Invite,
        label: &str,
        connect: &mut Connect,
    ) -> Result<Joined, DeskError> {
        self.join_as(invite, label, None, connect)
    }

    /// The same for somebody who worked at an older desk, and goes on as the same person unless the hub knows already who the
    /// member is. [`Desk::bring_articles_of`] comes next: with the articles comes who the person is.
    pub fn join_shared_with(
        &mut self,
        invite: &Invite,
        label: &str,
        older: &Self,
        connect: &mut Connect,
    ) -> Result<Joined, DeskError> {
        self.join_as(invite, label, older.my_id(), connect)
    }

    fn join_as(
        &mut self,
        invite: &Invite,
        label: &str,
        before: Option<PersonId>,
        connect: &mut Connect,
    ) -> Result<Joined, DeskError> {
        self.refuse_second_membership()?;
        let (attempt, mut hub) = self.attempt(invite, connect)?;
        let state = hub.state()?;
        let founding = state.standing == HubStanding::Founding && state.role == Role::Chief;
        if !founding && self.seq()? > 0 {
            return Err(DeskError::refused(message!("refused_join_not_empty")));
        }
        let person = self.person_who_joins(&state, before);
        let name = name_of(&mut *hub, &invite.login)?;
        let joining = Joining {
            key: attempt.key.public(),
            label: label.into(),
            person,
            password: attempt.connection.password.clone(),
        };
        hub.join(&joining)?;
        self.become_member(&attempt, &state, (person, &name), before != Some(person))?;
        Ok(Joined { name: state.name, person, role: state.role, founding })
    }

    /// Leaves the shared desk. Everything that was pulled stays; the desk is one of one's own again. Refused for the only
    /// chief of one that is not closed, where the hub can be asked: nobody could invite or remove members. Refused while files are only on
    /// the shared desk, unless it may leave `without_files`.
    pub fn leave_shared(&mut self, hub: Option<Box<dyn Hub>>, without_files: bool) -> Result<(), DeskError> {
        let me = self.membership()?;
        let remote = self.store.count_remote_files()?.files;
        if remote > 0 && !without_files {
            return Err(DeskError::refused(message!("refused_leave_files", count = remote)));
        }
        let open = |hub: &mut Box<dyn Hub>| hub.state().is_ok_and(|s| s.standing != HubStanding::Closed);
        let hub = hub.filter(|_| me.role == Role::Chief).and_then(|mut hub| open(&mut hub).then_some(hub));
        if let Some(Ok(members)) = hub.map(|mut hub| hub.members()) {
            let chiefs = members.iter().filter(|m| m.role == Role::Chief && m.removed.is_none());
            let others = chiefs.filter(|m| m.login != me.login && m.person != Some(me.person)).count();
            let alone = members.iter().filter(|m| m.removed.is_none()).all(|m| m.person == Some(me.person));
            if others == 0 && !alone {
                return Err(DeskError::refused(message!("refused_leave_chief")));
            }
        }
        self.write::<_, DeskError>(|tx| {
            tx.forget_remote_files()?;
            Ok(tx.end_membership()?)
        })?;
        self.remove_stray_pieces()?;
        for name in [CONNECTION, DEVICE, JOINING, JOINING_DEVICE] {
            files::remove(&hub_folder(self.path()).join(name))?;
        }
        Ok(())
    }

    /// Invites somebody, or another device of a member, and writes the invite to a file that only its owner may read, and that
    /// must be new unless it `replaces` one. It works once, for 7 days.
    pub fn invite(
        &self,
        hub: &mut dyn Hub,
        (name, role): (&str, Role),
        to: &Path,
        replaces: bool,
    ) -> Result<Invite, DeskError> {
        if !replaces {
            refuse_taken(to)?;
        }
        let person = person_named(&hub.members()?, name);
        let password = new_password(&self.clock);
        let until = Some(Moment(self.clock.now().0 + VALID_MS));
        let inviting = Inviting { name: name.into(), role, person, password: password.clone() };
        let login = hub.invite(&inviting)?;
        let invite = Invite { login, password, until, ..self.connection()? };
        match replaces {
            true => files::replace_private(to, invite.file().as_bytes())?,
            false => write_invite(&invite, to)?,
        }
        Ok(invite)
    }

    /// Whether something waits to be sent.
    pub fn waits_to_send(&self) -> Result<bool, DeskError> {
        Ok(!self.store.unsent(1, Unsent::Own)?.is_empty())
    }

    /// The membership of this desk. Fails if it is not shared.
    pub fn membership(&self) -> Result<Membership, DeskError> {
        self.shared_with()?.ok_or_else(|| DeskError::refused(message!("refused_not_shared")))
    }

    /// The membership of this desk, if it is shared.
    pub fn shared_with(&self) -> Result<Option<Membership>, DeskError> {
        Ok(self.store.membership()?)
    }

    /// The entries of the shared desk that this desk does not take, and why.
    pub fn skipped(&self) -> Result<Vec<Skipped>, DeskError> {
        Ok(self.store.skipped()?)
    }

    /// The name of the member who passed an action of somebody else on to the shared desk, under the signature of their own
    /// device; `None` if its author sent it, or it is on no shared desk.
    pub fn passed_on_by(&self, action: ActionId) -> Result<Option<String>, DeskError> {
        let Some(passed) = self.store.passed_on(action)?.filter(|p| p.carried) else { return Ok(None) };
        let owner = self.store.pinned(passed.device)?.and_then(|device| device.person);
        let person = owner.map(|person| self.person(person)).transpose()?.flatten();
        Ok(Some(person.map_or(passed.login, |known| known.name)))
    }

    /// Connects to the hub of this desk.
    pub fn connect(&self, connect: &mut Connect) -> Result<Box<dyn Hub>, DeskError> {
        let device = self.membership()?.device;
        Ok(connect(&self.connection()?, device)?)
    }

    /// How this device reaches the hub.
    pub fn connection(&self) -> Result<Invite, DeskError> {
        let missing = || DeskError::refused(message!("refused_no_connection"));
        // The program may have been stopped before the files got their names.
        match self.read_connection(CONNECTION)? {
            Some(connection) => Ok(connection),
            None => self.read_connection(JOINING)?.ok_or_else(missing),
        }
    }

    /// The device's key.
    pub(in crate::desk) fn device_key(&self) -> Result<RawKey, DeskError> {
        let missing = || DeskError::refused(message!("refused_no_connection"));
        match self.read_device(DEVICE)? {
            Some((_, key)) => Ok(key),
            None => self.read_device(JOINING_DEVICE)?.map(|(_, key)| key).ok_or_else(missing),
        }
    }

    fn refuse_second_membership(&self) -> Result<(), DeskError> {
        match self.shared_with()? {
            Some(m) => Err(DeskError::refused(message!("refused_already_shared", name = m.name))),
            None => Ok(()),
        }
    }

    /// A new attempt, or one with the same invite that was broken off after the hub had taken it.
    fn attempt(&self, invite: &Invite, connect: &mut Connect) -> Result<(Attempt, Box<dyn Hub>), DeskError> {
        if let Some(attempt) = self.broken_off(invite)?
            && let Ok(mut hub) = connect(&attempt.connection, attempt.device)
            && hub.state().is_ok()
        {
            return Ok((attempt, hub));
        }
        if invite.until.is_some_and(|until| until < self.clock.now()) {
            return Err(DeskError::refused(message!("refused_invite_late")));
        }
        let attempt = self.new_attempt(invite)?;
        let hub = connect(invite, attempt.device)?;
        Ok((attempt, hub))
    }

    fn new_attempt(&self, invite: &Invite) -> Result<Attempt, DeskError> {
        let mut seed = [0; 32];
        self.clock.random(&mut seed);
        let password = new_password(&self.clock);
        let connection = Invite { password, until: None, ..invite.clone() };
        let (device, key) = (DeviceId(self.fresh()), RawKey::from_seed(&seed));
        let folder = hub_folder(self.path());
        files::make_private_folder(&folder)?;
        files::replace_private(&folder.join(JOINING), connection.file().as_bytes())?;
        files::replace_private(&folder.join(JOINING_DEVICE), device_file(device, &key).as_bytes())?;
        Ok(Attempt { connection, device, key })
    }

    fn broken_off(&self, invite: &Invite) -> Result<Option<Attempt>, DeskError> {
        let (Some(connection), Some((device, key))) =
            (self.read_connection(JOINING)?, self.read_device(JOINING_DEVICE)?)
        else {
            return Ok(None);
        };
        let same = connection.desk == invite.desk && connection.login == invite.login;
        Ok(same.then_some(Attempt { connection, device, key }))
    }

    /// Who works on this device: whom the hub knows under this login, else who works here, else somebody new.
    fn person_who_joins(&self, state: &HubState, before: Option<PersonId>) -> PersonId {
        state.person.or(before).or(self.my_id()).unwrap_or_else(|| PersonId(self.fresh()))
    }

    fn become_member(
        &mut self,
        attempt: &Attempt,
        state: &HubState,
        (person, name): (PersonId, &str),
        is_new: bool,
    ) -> Result<(), DeskError> {
        let membership = Membership {
            desk: attempt.connection.desk,
            name: state.name.clone(),
            login: attempt.connection.login.clone(),
            device: attempt.device,
            person,
            role: state.role,
            epoch: state.epoch,
            cursor: 0,
            rolling: UNROLLED,
            head: state.head,
        };
        self.me = Me::Known(person);
        let founding = state.standing == HubStanding::Founding;
        let introduces = is_new && state.person.is_none() && self.person(person)?.is_none();
        self.write::<_, DeskError>(|tx| {
            if founding {
                tx.forget_places()?;
            }
            tx.put_membership(&membership)?;
            // Nothing that is here so far came in.
            tx.set_settled(tx.last_seq()?)?;
            tx.set_setting("me", &person.to_string())?;
            match introduces && state.role > Role::Reader {
                true => self.introduce_fact(tx, named(person, name)),
                false => Ok(()),
            }
        })?;
        let folder = hub_folder(self.path());
        files::move_over(&folder.join(JOINING), &folder.join(CONNECTION))?;
        Ok(files::move_over(&folder.join(JOINING_DEVICE), &folder.join(DEVICE))?)
    }

    fn read_connection(&self, name: &str) -> Result<Option<Invite>, DeskError> {
        let path = hub_folder(self.path()).join(name);
        let Some(bytes) = files::read_if_there(&path, MAX_CONNECTION)? else { return Ok(None) };
        let invite = Invite::parse(&String::from_utf8_lossy(&bytes));
        Ok(Some(invite.map_err(|e| unread_connection(&path, e.0))?))
    }

    fn read_device(&self, name: &str) -> Result<Option<(DeviceId, RawKey)>, DeskError> {
        let path = hub_folder(self.path()).join(name);
        let bytes = files::read_if_there(&path, MAX_CONNECTION)?;
        Ok(bytes.and_then(|b| parse_device(&String::from_utf8_lossy(&b))))
    }
}

/// A password that nobody can guess: 64 hexadecimal digits.
pub fn new_password(clock: &dyn Clock) -> String {
    let mut secret = [0; 32];
    clock.random(&mut secret);
    Digest(secret).to_string()
}

/// The private folder of a desk that is shared.
pub(in crate::desk) fn hub_folder(desk: &Path) -> PathBuf {
    files::sibling(desk, ".hub")
}

/// The member's name as the chief wrote it.
fn name_of(hub: &mut dyn Hub, login: &str) -> Result<String, HubError> {
    Ok(hub.members()?.into_iter().find(|m| m.login == login).map(|m| m.name).unwrap_or_default())
}

/// Reads the invite in a file.
pub fn read_invite(path: &Path) -> Result<Invite, DeskError> {
    Invite::parse(&read_text_file(path)?).map_err(|e| unread_connection(path, e.0))
}

/// Reads the certificate of an authority, in PEM.
pub fn read_certificate(path: &Path) -> Result<String, DeskError> {
    let text = read_text_file(path)?;
    match text.contains("-----BEGIN CERTIFICATE-----") {
        true => Ok(text),
        false => Err(unread_connection(path, message!("connection_no_certificate"))),
    }
}

/// Refuses to write an invite where a file is already.
pub fn refuse_taken(path: &Path) -> Result<(), DeskError> {
    match files::is_there(path) {
        true => Err(DeskError::refused(message!("refused_invite_taken", path = path.display().to_string()))),
        false => Ok(()),
    }
}

/// Writes an invite to a new file that only its owner may read.
pub fn write_invite(invite: &Invite, path: &Path) -> Result<(), DeskError> {
    Ok(files::write_private(path, invite.file().as_bytes())?)
}

fn read_text_file(path: &Path) -> Result<String, DeskError> {
    let bytes = files::read(path, MAX_CONNECTION)?;
    String::from_utf8(bytes).map_err(|_| unread_connection(path, message!("connection_no_text")))
}

fn unread_connection(path: &Path, why: Message) -> DeskError {
    DeskError::refused(message!("refused_connection", path = path.display().to_string(), why = why))
}

fn named(person: PersonId, name: &str) -> Person {
    Person { person, name: name.into(), initials: initials(name) }
}

/// The device's id and the seed of its key in hexadecimal, on one line each.
fn device_file(device: DeviceId, key: &RawKey) -> String {
    format!("{device}\n{}\n", Digest(key.seed()))
}

fn parse_device(text: &str) -> Option<(DeviceId, RawKey)> {
    let (id, seed) = text.trim_end().split_once('\n')?;
    let seed: Digest = seed.parse().ok()?;
    Some((DeviceId(Uuid::try_parse(id).ok()?), RawKey::from_seed(&seed.0)))
}
