//! Several connections of one program to one desk: one writes, others read at the same time, and long work has its own.
//!
//! They share the clock, the unlocked keys and the list of actions that this program recorded. Each has its own cache and
//! its own person who works, which the caller sets.

use crate::desk::{
    Clock, Desk, DeskError, Me,
    act::SharedClock,
    location::{Location, Unwritable},
    own_actions::OwnActions,
    people::keys::Keyring,
};
use crate::{
    messages::Message,
    model::Unwatched,
    store::{OlderForm, Store, StoreError},
};
use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize},
    },
};

/// Opens further connections to a desk that is open.
#[derive(Clone)]
pub struct Connector {
    path: PathBuf,
    shared: Shared,
}

/// What all connections of one program to one desk share.
#[derive(Clone)]
pub(in crate::desk) struct Shared {
    pub clock: SharedClock,
    pub keys: Arc<Keyring>,
    pub own_actions: Arc<OwnActions>,
    /// Messages for the person.
    pub notices: Arc<Mutex<Vec<Message>>>,
    /// Whether the write-ahead log may still contain redacted content.
    pub traces: Arc<AtomicBool>,
    /// How many connections wait to write.
    pub waiting: Arc<AtomicUsize>,
    /// The file that was opened first.
    pub location: Arc<Location>,
    /// The reason why the desk can only be read, if that is so.
    pub unwritable: Option<Unwritable>,
}

/// The person who works, passed from one connection to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker(Me);

impl Connector {
    /// Opens another connection for the person who works.
    pub fn open(&self, worker: &Worker) -> Result<Desk, DeskError> {
        // Before SQLite looks at it: it would take the log beside another file for that one's, and write it there.
        self.shared.location.same_file()?;
        let older = |_: &OlderForm| {
            Err::<(), _>(StoreError::Damaged("the desk's file is of an older form by now".into()))
        };
        let store = match self.shared.unwritable {
            None => Store::open_after(&self.path, false, older)?,
            Some(_) => Store::open_to_read(&self.path)?,
        };
        let mut desk = Desk::from_store(store, self.shared.clone(), Arc::new(Unwatched))?;
        desk.refuse_if_replaced()?;
        desk.set_worker(worker);
        Ok(desk)
    }
}

impl Shared {
    /// For a desk that was just opened.
    pub fn of(
        store: &Store,
        clock: Box<dyn Clock>,
        unwritable: Option<Unwritable>,
    ) -> Result<Self, DeskError> {
        let own_actions = Arc::new(OwnActions::since(store.last_seq()?));
        let (keys, notices, traces, waiting) = Default::default();
        let location = Arc::new(Location::of(store)?);
        Ok(Self {
            clock: SharedClock::new(clock),
            keys,
            own_actions,
            notices,
            traces,
            waiting,
            location,
            unwritable,
        })
    }
}

impl Desk {
    /// Opens further connections to this desk.
    pub fn connector(&self) -> Connector {
        Connector { path: self.path().into(), shared: self.shared.clone() }
    }

    /// The person who works.
    pub fn worker(&self) -> Worker {
        Worker(self.me.clone())
    }

    /// Sets the person who works, as on another connection.
    pub fn set_worker(&mut self, worker: &Worker) {
        self.me = worker.0.clone();
    }

    /// The newest action's seq, if another program recorded something since the last call on any connection of this
    /// program. Never waits for a write.
    pub fn others_wrote(&self) -> Result<Option<i64>, DeskError> {
        self.shared.own_actions.recorded_by_others(|| self.seq())
    }
}
