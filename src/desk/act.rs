//! All writes go through here: an action, its facts and their digests, in one transaction.

use super::{Desk, DeskError, Me};
use crate::{
    model::{
        Action, ActionId, ActionKind, Chain, Digest, Fact, FactId, Moment, Person, PersonId, Recorded, Salt,
    },
    store::{Access, StoreError, Tx},
};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use uuid::{Builder, Uuid};

/// Time and randomness. They are handed in so that tests can set them.
pub trait Clock: Send {
    /// The current time.
    fn now(&self) -> Moment;
    /// Fills `bytes` with random bytes that nobody can guess.
    fn random(&self, bytes: &mut [u8]);
}

/// Measures how long work takes. Nothing that is recorded depends on it.
pub(in crate::desk) struct Stopwatch(Instant);

impl Stopwatch {
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The machine's own clock and randomness.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment(since.as_millis() as i64)
    }

    fn random(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the system has no randomness to give");
    }
}

/// One clock for all connections of a program to a desk.
#[derive(Clone)]
pub(super) struct SharedClock(Arc<Mutex<Box<dyn Clock>>>);

impl SharedClock {
    /// Wraps the clock that was handed in.
    pub fn new(clock: Box<dyn Clock>) -> Self {
        Self(Arc::new(Mutex::new(clock)))
    }

    fn lock(&self) -> MutexGuard<'_, Box<dyn Clock>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for SharedClock {
    fn now(&self) -> Moment {
        self.lock().now()
    }

    fn random(&self, bytes: &mut [u8]) {
        self.lock().random(bytes)
    }
}

/// The result of an action, with its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done<T> {
    /// The result.
    pub value: T,
    /// The action.
    pub action: ActionId,
    /// Its seq in the desk's journal.
    pub seq: i64,
}

/// An action while it is being recorded.
pub(super) struct Act<'d> {
    desk: &'d Desk,
    tx: &'d Tx<'d>,
    id: ActionId,
    facts: Vec<Recorded>,
    target: Option<ActionId>,
}

impl<'d> Act<'d> {
    /// The desk that records it.
    pub fn desk(&self) -> &'d Desk {
        self.desk
    }

    /// The transaction it is recorded in.
    pub fn tx(&self) -> &'d Tx<'d> {
        self.tx
    }

    /// Records a fact that replaces none.
    pub fn record(&mut self, fact: Fact) -> FactId {
        self.replace(fact, Vec::new())
    }

    /// Records a fact in place of others.
    pub fn replace(&mut self, fact: Fact, replaces: Vec<FactId>) -> FactId {
        let (id, mut salt) = (FactId(self.desk.fresh()), [0; 32]);
        self.desk.clock.random(&mut salt);
        self.facts.push(Recorded::seal(id, self.id, replaces, Salt(salt), fact));
        id
    }

    /// Sets which action this one undoes or redoes.
    pub fn target(&mut self, target: ActionId) {
        self.target = Some(target);
    }
}

/// A new id, made of the clock's time and randomness.
pub(super) fn fresh(clock: &dyn Clock) -> Uuid {
    let mut random = [0; 10];
    clock.random(&mut random);
    Builder::from_unix_timestamp_millis(clock.now().0.max(0) as u64, &random).into_uuid()
}

impl Desk {
    /// Records one action of `kind` on `chain`. `work` adds its facts. Either all of it is recorded, or nothing.
    pub(super) fn act<T>(
        &mut self,
        kind: ActionKind,
        chain: Chain,
        work: impl FnOnce(&mut Act) -> Result<T, DeskError>,
    ) -> Result<Done<T>, DeskError> {
        self.act_then(kind, chain, work, |_| Ok(()))
    }

    /// Records one action like `act`, then runs `after` in the same transaction.
    pub(super) fn act_then<T>(
        &mut self,
        kind: ActionKind,
        chain: Chain,
        work: impl FnOnce(&mut Act) -> Result<T, DeskError>,
        after: impl FnOnce(&Tx) -> Result<(), DeskError>,
    ) -> Result<Done<T>, DeskError> {
        let desk: &Self = self;
        let (done, person) = desk.write(|tx| {
            let person = desk.who(tx)?;
            let done = desk.record(tx, kind, chain, person, work)?;
            after(tx)?;
            Ok::<_, DeskError>((done, person))
        })?;
        self.me = Me::Known(person);
        Ok(done)
    }

    /// A new id, made of the clock's time and randomness.
    pub(super) fn fresh(&self) -> Uuid {
        fresh(&self.clock)
    }

    pub(super) fn record<T>(
        &self,
        tx: &Tx,
        kind: ActionKind,
        chain: Chain,
        person: PersonId,
        work: impl FnOnce(&mut Act) -> Result<T, DeskError>,
    ) -> Result<Done<T>, DeskError> {
        let (id, at) = (ActionId(self.fresh()), self.clock.now());
        let mut act = Act { desk: self, tx, id, facts: Vec::new(), target: None };
        let value = work(&mut act)?;
        self.refuse_beyond_role(kind, &act.facts)?;
        let facts: Vec<Digest> = act.facts.iter().map(|f| f.digest).collect();
        let parents = tx.heads(chain)?;
        let action = Action { id, kind, person, at, chain, target: act.target, parents, facts };
        let seq = tx.add(action, act.facts)?;
        Ok(Done { value, action: id, seq })
    }

    /// The person who works. If only a name was given, the person is recorded now. On a shared desk it is its member.
    pub(super) fn who(&self, tx: &Tx) -> Result<PersonId, DeskError> {
        if let Some(member) = self.store.membership()?.map(|m| m.person) {
            return self.refuse_other_person(member).map(|()| member);
        }
        let name = match &self.me {
            Me::Nobody => return Err(DeskError::NoPerson),
            Me::Known(id) => return Ok(*id),
            Me::Named(name) => name.clone(),
        };
        let person = PersonId(self.fresh());
        let fact = Person { person, initials: crate::model::initials(&name), name };
        self.introduce_fact(tx, fact)?;
        Ok(person)
    }

    /// Records a new person. That person is the author of the action.
    pub(super) fn introduce_fact(&self, tx: &Tx, fact: Person) -> Result<(), DeskError> {
        let person = fact.person;
        self.record(tx, ActionKind::Introduce, Chain::Person(person), person, |act| {
            Ok(act.record(Fact::Person(fact)))
        })?;
        Ok(tx.set_setting("me", &person.to_string())?)
    }
}

impl Desk {
    /// Runs `work` as one write and updates the rows of current values. Either all of it is stored, or nothing.
    pub(in crate::desk) fn write<T, E: From<StoreError> + From<DeskError>>(
        &self,
        work: impl FnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_as(Self::finish, work)
    }

    /// Like [`Desk::write`], for what other devices recorded: this program learns of it as of the work of others.
    pub(in crate::desk) fn write_received<T, E: From<StoreError> + From<DeskError>>(
        &self,
        work: impl FnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_as(Self::finish_received, work)
    }

    fn write_as<T, E: From<StoreError> + From<DeskError>>(
        &self,
        finish: fn(&Self, i64) -> Result<(), DeskError>,
        work: impl FnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let outermost = !self.store.is_in_transaction();
        let before = if outermost { self.start(Access::Write)? } else { self.seq()? };
        let done = self.store.write(|tx| {
            let value = work(tx)?;
            (self.refresh_rows)(self, tx)?;
            Ok(value)
        });
        let done = done.and_then(|value| {
            if outermost { finish(self, before).map_err(E::from).map(|()| value) } else { Ok(value) }
        });
        match done.is_err() {
            true if outermost => self.roll_back_to(before)?,
            true => self.cache.borrow_mut().forget_after(before),
            false => {}
        }
        done
    }
}
