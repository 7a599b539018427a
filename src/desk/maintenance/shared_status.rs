//! How a desk stands to the shared desk it belongs to, from memory and compared with the hub.

use crate::desk::{Desk, DeskError, SyncState};
use crate::{
    hub::{Host, Hub, HubError},
    messages::{Message, message},
    model::{Digest, Moment, PersonId, Role},
    store::{RefusedAction, RemoteFiles, Skipped, Unsent},
};

/// How a desk stands to the shared desk, from memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedStatus {
    /// The name of the shared desk.
    pub name: String,
    /// The person who works on this device.
    pub person: PersonId,
    /// What they may record.
    pub role: Role,
    /// The login.
    pub login: String,
    /// The machines of the hub.
    pub hosts: Vec<Host>,
    /// How the last round ended.
    pub state: SyncState,
    /// Since when it is so; `None` before the first round.
    pub since: Option<Moment>,
    /// Why, if something went wrong.
    pub why: Option<Message>,
    /// How many actions wait to be sent.
    pub waiting: i64,
    /// How many entries are here.
    pub cursor: i64,
    /// How many the hub had.
    pub head: i64,
    /// What is only on the shared desk.
    pub remote: RemoteFiles,
    /// What the hub refused.
    pub refused: Vec<RefusedAction>,
    /// The entries that this desk does not take.
    pub skipped: Vec<Skipped>,
}

/// A desk compared with its hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedCheck {
    /// How many entries the hub has.
    pub head: i64,
    /// How many are here.
    pub cursor: i64,
    /// The rolling digest up to the last one here.
    pub rolling: Digest,
    /// The digest of the live facts of all entries here: equal on all desks that have the same entries and rights.
    pub live: Digest,
    /// The digest of the numbers of all things that the shared desk has taken: equal on all desks that have the same entries.
    /// `None` if something was redacted.
    pub numbers: Option<Digest>,
    /// What is only on the shared desk.
    pub remote: RemoteFiles,
    /// Bytes on the hub that no entry names yet.
    pub unnamed: u64,
    /// What differs.
    pub faults: Vec<Message>,
}

impl Desk {
    /// How this desk stands to the shared desk; `None` if it is not shared. Asks nobody.
    pub fn shared_status(&self) -> Result<Option<SharedStatus>, DeskError> {
        let Some(member) = self.shared_with()? else { return Ok(None) };
        let (state, since, why) = self.last_sync()?;
        let (waiting, refused) = (self.store.unsent_count(Unsent::Own)?, self.store.refused()?);
        // A damaged folder is told when somebody connects.
        let hosts = self.connection().map(|c| c.hosts).unwrap_or_default();
        let state = match state {
            SyncState::UpToDate if waiting > 0 => SyncState::Sending,
            other => other,
        };
        Ok(Some(SharedStatus {
            name: member.name,
            person: member.person,
            role: member.role,
            login: member.login,
            hosts,
            state,
            since,
            why,
            waiting,
            cursor: member.cursor,
            head: member.head,
            remote: self.store.count_remote_files()?,
            refused,
            skipped: self.store.skipped()?,
        }))
    }

    /// Compares what is here with the hub: how far, in which order, and whether all of it is sound.
    pub fn check_shared(&self, hub: &mut dyn Hub) -> Result<SharedCheck, DeskError> {
        let (member, state) = (self.membership()?, hub.state()?);
        let mut faults = self.check()?.faults;
        if member.epoch != state.epoch || member.cursor > state.head {
            faults.push(message!("check_other_history"));
        } else if hub.proof(member.cursor)? != Some(member.rolling) {
            faults.push(message!("check_other_entries", count = member.cursor.to_string()));
        }
        let (skipped, live, numbers) = self.snapshot(|| {
            Ok((self.store.skipped()?, self.store.live_digest()?, self.store.numbers_digest()?))
        })?;
        if skipped.is_empty()
            && faults.is_empty()
            && let Some(numbers) = numbers
            && numbers_of(hub, member.cursor)?.is_some_and(|theirs| theirs != numbers)
        {
            faults.push(message!("check_other_numbers"));
        }
        faults.extend(skipped.iter().map(|s| {
            message!("check_not_taken", place = s.place.to_string(), login = &s.login, why = s.why.clone())
        }));
        let (cursor, rolling, remote) = (member.cursor, member.rolling, self.store.count_remote_files()?);
        let (head, unnamed) = (state.head, state.unnamed);
        Ok(SharedCheck { head, cursor, rolling, live, numbers, remote, unnamed, faults })
    }
}

/// The digest of the hub's numbers; none from a hub that Tickmark 0.9 prepared, which cannot tell it. `hub init` brings it up.
fn numbers_of(hub: &mut dyn Hub, cursor: i64) -> Result<Option<Digest>, HubError> {
    match hub.numbers(cursor) {
        Err(HubError::Answer(_)) => Ok(None),
        told => told.map(Some),
    }
}
