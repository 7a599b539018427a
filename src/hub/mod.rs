//! The hub: the database that gives the actions of a shared desk their order and checks who may record them.
//!
//! The hub decides nothing about articles. It numbers entries without gaps, refuses what a member's role or name does not
//! allow, stores texts and files by their digest, and says who is where. All else is done by the desks. [`Hub`] is what
//! they ask of it; one hub is in memory, for tests, and one is a PostgreSQL database. Only this module knows the latter.

mod error;
mod invite;
mod postgres;

pub use error::{HubError, Refusal};
pub use invite::{Host, Invite, NotAnInvite};
pub use postgres::{
    Founding, HostedDesk, Postgres, close_desk, database_in, delete_desk, hosted_desks, init, open_desk,
};

use crate::model::{Accepted, ActionId, ArticleId, DeviceId, Digest, Moment, PersonId, Role, SharedEntry};
use uuid::Uuid;

/// The form of the hub's tables and functions that this version knows.
pub const FORM: u32 = 2;
/// The most entries in one [`Push`].
pub const MOST_PUSHED: usize = 500;
/// The most entries that one [`Hub::pull`] returns.
pub const MOST_PULLED: u32 = 1000;
/// Texts and files travel in pieces of this many bytes; the last one is shorter.
pub const CHUNK: usize = 1 << 20;
/// After how many days an upload goes that no entry names and nobody asked about.
pub const UNNAMED_DAYS: i64 = 7;

/// How the hub is doing, and who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubState {
    /// The form of its tables and functions.
    pub form: u32,
    /// The name of the shared desk.
    pub name: String,
    /// Another epoch is another history: see [`Hub::recover`].
    pub epoch: Uuid,
    /// Whether it takes entries, and whose.
    pub standing: HubStanding,
    /// The number of the form that desks need to read all entries.
    pub desk_form: u32,
    /// How many entries it has.
    pub head: i64,
    /// The rolling digest of all of them.
    pub rolling: Digest,
    /// The role of the member who asks.
    pub role: Role,
    /// The person who asks; `None` before the first device joined.
    pub person: Option<PersonId>,
    /// Bytes of texts and files that it has.
    pub used: u64,
    /// Bytes of texts and files that it takes.
    pub quota: u64,
    /// Those of its bytes that no entry names yet. They go after [`UNNAMED_DAYS`].
    pub unnamed: u64,
    /// The time by its clock.
    pub now: Moment,
}

crate::model::slugs! {
    /// Whether a shared desk takes entries, and whose.
    HubStanding, "state of a shared desk", {
        /// The chief sends the history it begins with.
        Founding = "founding",
        /// Each member sends their own entries.
        Open = "open",
        /// After a restored backup: members also send entries of others again.
        Refilling = "refilling",
        /// An administrator closed it: it takes nothing, and is read as before.
        Closed = "closed",
    }
}

/// Entries that a device sends. All of them are taken, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push<'p> {
    /// The epoch that the sender knows.
    pub epoch: Uuid,
    /// The number of the last entry that the sender has pulled.
    pub after: i64,
    /// Whether a revision may stand beside one that the sender has not pulled yet. Otherwise that is refused with
    /// [`Refusal::TextWentOn`].
    pub fork: bool,
    /// The entries in the order they were recorded, at most [`MOST_PUSHED`].
    pub entries: &'p [SharedEntry],
}

/// An entry that the hub has, whether it took it now or before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The action.
    pub action: ActionId,
    /// Its place on the shared desk.
    pub seq: i64,
    /// Whether the hub had it already.
    pub dup: bool,
}

/// One piece of a text or file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'p> {
    /// The digest of the whole.
    pub digest: Digest,
    /// The bytes of the whole.
    pub total: u64,
    /// Which piece of [`CHUNK`] bytes it is, from 0.
    pub n: u32,
    /// Its bytes.
    pub data: &'p [u8],
    /// Whether readers do not get it.
    pub secret: bool,
}

/// Who is in an article now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// The member.
    pub login: String,
    /// The person; `None` before the first device joined.
    pub person: Option<PersonId>,
    /// The article that is open.
    pub article: ArticleId,
    /// When the member was last seen there.
    pub at: Moment,
}

/// A member of the shared desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name of the database's role: `tm_` and twelve hexadecimal digits.
    pub login: String,
    /// The person; `None` before the first device joined.
    pub person: Option<PersonId>,
    /// The name as the chief wrote it.
    pub name: String,
    /// What they may record.
    pub role: Role,
    /// When they were removed.
    pub removed: Option<Moment>,
    /// Their devices.
    pub devices: Vec<Device>,
}

/// A member's device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub device: DeviceId,
    /// What its owner calls it.
    pub label: String,
    /// The public half of its ed25519 key.
    pub key: [u8; 32],
    /// When it was revoked.
    pub revoked: Option<Moment>,
}

/// What a device says of itself when it joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// The public half of its ed25519 key.
    pub key: [u8; 32],
    /// What its owner calls it.
    pub label: String,
    /// The person who works on it. The first device of a member decides it.
    pub person: PersonId,
    /// The password that replaces the one of the invite.
    pub password: String,
}

/// An invitation that the chief asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inviting {
    /// Who is invited.
    pub name: String,
    /// What they may record.
    pub role: Role,
    /// The person, if the desk knows them: for another device of a member too.
    pub person: Option<PersonId>,
    /// The password that works once.
    pub password: String,
}

/// The person that a new invite for this name is for: a member's, also one who was removed. `None` for somebody new.
pub fn person_named(members: &[Member], name: &str) -> Option<PersonId> {
    let mut named: Vec<&Member> = members.iter().filter(|m| m.name == name && m.person.is_some()).collect();
    named.sort_by_key(|m| m.removed.is_some());
    named.first().and_then(|m| m.person)
}

/// A number of which a device gets a block of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Each names what is numbered.
pub enum Leased {
    Article,
    Claim,
    Source,
    Query,
    Suggestion,
}

impl Leased {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::Article, Self::Claim, Self::Source, Self::Query, Self::Suggestion];

    /// The name in the hub's tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Claim => "claim",
            Self::Source => "source",
            Self::Query => "query",
            Self::Suggestion => "suggestion",
        }
    }

    /// How many numbers a device gets at once.
    pub fn block(self) -> u32 {
        if self == Self::Claim { 200 } else { 50 }
    }
}

/// What a desk asks of a hub. Every call is for one shared desk and one device, and ends on its own after a few seconds.
pub trait Hub: Send {
    /// How it is doing.
    fn state(&mut self) -> Result<HubState, HubError>;

    /// The rolling digest after its first `seq` entries; `None` if it has fewer.
    fn proof(&mut self, seq: i64) -> Result<Option<Digest>, HubError>;

    /// The digest of the numbers that its first `seq` entries gave: of lines `KIND SCOPE NUMBER ENTITY` in their order.
    fn numbers(&mut self, seq: i64) -> Result<Digest, HubError>;

    /// Sends entries. Returns the place of each, in the order they were sent.
    fn push(&mut self, push: &Push) -> Result<Vec<Taken>, HubError>;

    /// The entries after `after`, in order: at most `most` or [`MOST_PULLED`], and fewer if they are large. None if there are no more.
    fn pull(&mut self, epoch: Uuid, after: i64, most: u32) -> Result<Vec<Accepted>, HubError>;

    /// Gets a block of numbers: the first of `n`.
    fn lease(&mut self, kind: Leased, n: u32) -> Result<i64, HubError>;

    /// Sends one piece of a text or file. Returns how many pieces from the first on the hub has. With empty `data` it only
    /// asks that.
    fn put(&mut self, piece: &Piece) -> Result<u32, HubError>;

    /// One piece of a text or file; `None` if the hub has not all of it, or this member may not read it.
    fn get(&mut self, digest: &Digest, n: u32) -> Result<Option<Vec<u8>>, HubError>;

    /// Says which article is open here, and returns who else is in which.
    fn here(&mut self, article: Option<ArticleId>) -> Result<Vec<Present>, HubError>;

    /// Adds this device to the member who asks.
    fn join(&mut self, joining: &Joining) -> Result<(), HubError>;

    /// All members.
    fn members(&mut self) -> Result<Vec<Member>, HubError>;

    /// Adds a member, or lets one add another device; a member who is there keeps name and role. Returns the login of the
    /// device that will join: each has one of its own, and a member is known by the first.
    fn invite(&mut self, inviting: &Inviting) -> Result<String, HubError>;

    /// Gives a member another role.
    fn set_role(&mut self, login: &str, role: Role) -> Result<(), HubError>;

    /// Removes a member. What they recorded stays.
    fn remove(&mut self, login: &str) -> Result<(), HubError>;

    /// Revokes a device: it can send and read nothing any more.
    fn revoke(&mut self, device: DeviceId) -> Result<(), HubError>;

    /// Begins a new epoch after a restored backup, in which members also send entries of others again; with `done`, ends
    /// that. Ends the founding too.
    fn recover(&mut self, done: bool) -> Result<(), HubError>;

    /// Waits until another device may have sent something, at most `millis` milliseconds. Returns whether to pull now.
    fn wait(&mut self, millis: u64) -> Result<bool, HubError>;
}
