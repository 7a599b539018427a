//! The two hubs that the laws run on: one in memory, and a real one, with a network that can be cut.

use super::memory::Memory;
use crate::hub::desk::Server;
use std::sync::{Arc, Mutex};
use tickmark::{
    hub::{
        Founding, Hub, HubError, HubState, Invite, Inviting, Joining, Leased, Member, Piece, Postgres,
        Present, Push, Taken, close_desk, init, open_desk,
    },
    messages::Message,
    model::{Accepted, ArticleId, DeviceId, Digest, PersonId, Role, SharedEntry},
};
use uuid::Uuid;

/// A hub that desks of a test share.
#[derive(Clone)]
pub enum AnyHub {
    Memory(Memory),
    Real(Arc<Real>),
}

/// A shared desk in a real database.
pub struct Real {
    faults: Arc<Mutex<Faults>>,
    /// How the chief reaches it.
    chief: Mutex<Option<(Invite, DeviceId)>>,
}

impl Real {
    fn administered(&self, work: fn(&str, Option<&str>, Uuid) -> Result<(), HubError>) {
        let server = Server::running().expect("a hub");
        let (chief, _) = self.chief.lock().expect("the chief").clone().expect("a chief");
        work(&server.url, Some(&server.ca), chief.desk).expect("it is done");
    }
}

/// Calls that fail before they reach the hub, and answers that are lost, counted down.
#[derive(Default)]
struct Faults {
    cut: usize,
    lost: usize,
}

impl AnyHub {
    /// A hub in memory and its chief's invite.
    pub fn in_memory() -> (Self, Invite) {
        let (hub, invite) = Memory::with_chief("Ada Long");
        (Self::Memory(hub), invite)
    }

    /// A new shared desk on the hub of the environment, if there is one.
    pub fn real() -> Option<(Self, Invite)> {
        let server = Server::running()?;
        let founding = Founding {
            desk: Uuid::now_v7(),
            name: "News".into(),
            chief: "Ada Long".into(),
            password: "once".into(),
            hosts: vec![server.host.clone()],
            database: "postgres".into(),
            ca: Some(server.ca.clone()),
        };
        let invite = init(&server.url, &founding).expect("a shared desk");
        let real = Real { faults: Arc::default(), chief: Mutex::default() };
        Some((Self::Real(Arc::new(real)), invite))
    }

    /// Remembers how the chief reaches a real hub, to invite others.
    pub fn chief_is(&self, invite: Invite, device: DeviceId) {
        if let Self::Real(real) = self {
            *real.chief.lock().expect("the chief") = Some((invite, device));
        }
    }

    /// Somebody's invite.
    pub fn invited(&self, name: &str, role: Role, person: Option<PersonId>) -> Invite {
        match self {
            Self::Memory(hub) => hub.invited(name, role, person),
            Self::Real(real) => {
                let (chief, device) = real.chief.lock().expect("the chief").clone().expect("a chief");
                let mut line = Postgres::new(chief.clone(), device).expect("a connection");
                let inviting = Inviting { name: name.into(), role, person, password: "once".into() };
                let login = line.invite(&inviting).expect("an invite");
                Invite { login, password: "once".into(), ..chief }
            }
        }
    }

    /// A device's connection.
    pub fn line(&self, invite: &Invite, device: DeviceId) -> Result<Box<dyn Hub>, HubError> {
        match self {
            Self::Memory(hub) => hub.line(invite, device),
            Self::Real(real) => Ok(Box::new(Faulty {
                line: Postgres::new(invite.clone(), device)?,
                faults: Arc::clone(&real.faults),
            })),
        }
    }

    /// The next `n` calls do not reach the hub.
    pub fn cut(&self, n: usize) {
        match self {
            Self::Memory(hub) => hub.cut(n),
            Self::Real(real) => real.faults.lock().expect("the faults").cut = n,
        }
    }

    /// `n` calls to a hub in memory do not reach it, after `uncut` that do.
    pub fn cut_after(&self, uncut: usize, n: usize) {
        if let Self::Memory(hub) = self {
            hub.cut_after(uncut, n);
        }
    }

    /// The answers of the next `n` calls are lost.
    pub fn lose_answers(&self, n: usize) {
        match self {
            Self::Memory(hub) => hub.lose_answers(0, n),
            Self::Real(real) => real.faults.lock().expect("the faults").lost = n,
        }
    }

    /// The answer of one call to a hub in memory is lost, after `uncut` others.
    pub fn lose_answer_after(&self, uncut: usize) {
        if let Self::Memory(hub) = self {
            hub.lose_answers(uncut, 1);
        }
    }

    /// Whether words are in an entry of a hub in memory, to be read.
    pub fn has(&self, words: &str) -> bool {
        matches!(self, Self::Memory(hub) if hub.has(words))
    }

    /// Does something else between the next pull from a hub in memory and the moment its answer is recorded.
    pub fn meanwhile(&self, work: impl FnOnce() + Send + 'static) {
        if let Self::Memory(hub) = self {
            hub.meanwhile(work);
        }
    }

    /// A hub in memory is of another form.
    pub fn is_of_form(&self, form: u32) {
        if let Self::Memory(hub) = self {
            hub.is_of_form(form);
        }
    }

    /// An administrator closes the shared desk.
    pub fn close(&self) {
        match self {
            Self::Memory(hub) => hub.close(),
            Self::Real(real) => real.administered(close_desk),
        }
    }

    /// An administrator opens it again.
    pub fn open_again(&self) {
        match self {
            Self::Memory(hub) => hub.open(),
            Self::Real(real) => real.administered(open_desk),
        }
    }

    /// Days go by on the hub.
    pub fn days_pass(&self, days: i64) {
        match self {
            Self::Memory(hub) => hub.days_pass(days),
            Self::Real(real) => {
                let (chief, _) = real.chief.lock().expect("the chief").clone().expect("a chief");
                let sql = format!(
                    "update hub.blob set grown = grown - interval '{days} days' where desk = '{}'",
                    chief.desk
                );
                Server::running().expect("a hub").sql(None, &sql).expect("later days");
            }
        }
    }

    /// Gives a member of a hub in memory another role.
    pub fn set_role(&self, name: &str, role: Role) {
        if let Self::Memory(hub) = self {
            hub.set_role(name, role);
        }
    }

    /// Changes the last entry, as an administrator of a hub could.
    pub fn tamper(&self, change: impl Fn(&mut SharedEntry)) {
        if let Self::Memory(hub) = self {
            hub.tamper(change);
        }
    }

    /// Takes the end of the history away. A real hub lets nobody do that.
    pub fn set_back(&self, percent: usize) {
        if let Self::Memory(hub) = self {
            hub.set_back(hub.head() * percent / 100);
        }
    }

    /// Ends the sending again after a setback.
    pub fn open(&self) {
        if let Self::Memory(hub) = self {
            hub.open();
        }
    }
}

/// A connection over a network that can be cut.
struct Faulty {
    line: Postgres,
    faults: Arc<Mutex<Faults>>,
}

impl Faulty {
    fn call<T>(&mut self, call: impl FnOnce(&mut Postgres) -> Result<T, HubError>) -> Result<T, HubError> {
        if take(&mut self.faults.lock().expect("the faults").cut) {
            return Err(HubError::Unreachable(Message::verbatim("cut")));
        }
        let answer = call(&mut self.line);
        match take(&mut self.faults.lock().expect("the faults").lost) {
            true => Err(HubError::Unreachable(Message::verbatim("the answer is lost"))),
            false => answer,
        }
    }
}

fn take(left: &mut usize) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

impl Hub for Faulty {
    fn state(&mut self) -> Result<HubState, HubError> {
        self.call(|h| h.state())
    }
    fn proof(&mut self, seq: i64) -> Result<Option<Digest>, HubError> {
        self.call(|h| h.proof(seq))
    }
    fn numbers(&mut self, seq: i64) -> Result<Digest, HubError> {
        self.call(|h| h.numbers(seq))
    }
    fn push(&mut self, push: &Push) -> Result<Vec<Taken>, HubError> {
        self.call(|h| h.push(push))
    }
    fn pull(&mut self, epoch: Uuid, after: i64, most: u32) -> Result<Vec<Accepted>, HubError> {
        self.call(|h| h.pull(epoch, after, most))
    }
    fn lease(&mut self, kind: Leased, n: u32) -> Result<i64, HubError> {
        self.call(|h| h.lease(kind, n))
    }
    fn put(&mut self, piece: &Piece) -> Result<u32, HubError> {
        self.call(|h| h.put(piece))
    }
    fn get(&mut self, digest: &Digest, n: u32) -> Result<Option<Vec<u8>>, HubError> {
        self.call(|h| h.get(digest, n))
    }
    fn here(&mut self, article: Option<ArticleId>) -> Result<Vec<Present>, HubError> {
        self.call(|h| h.here(article))
    }
    fn join(&mut self, joining: &Joining) -> Result<(), HubError> {
        self.call(|h| h.join(joining))
    }
    fn members(&mut self) -> Result<Vec<Member>, HubError> {
        self.call(|h| h.members())
    }
    fn invite(&mut self, inviting: &Inviting) -> Result<String, HubError> {
        self.call(|h| h.invite(inviting))
    }
    fn set_role(&mut self, login: &str, role: Role) -> Result<(), HubError> {
        self.call(|h| h.set_role(login, role))
    }
    fn remove(&mut self, login: &str) -> Result<(), HubError> {
        self.call(|h| h.remove(login))
    }
    fn revoke(&mut self, device: DeviceId) -> Result<(), HubError> {
        self.call(|h| h.revoke(device))
    }
    fn recover(&mut self, done: bool) -> Result<(), HubError> {
        self.call(|h| h.recover(done))
    }
    fn wait(&mut self, millis: u64) -> Result<bool, HubError> {
        self.call(|h| h.wait(millis))
    }
}
