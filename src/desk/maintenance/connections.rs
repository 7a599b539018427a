//! Several connections of one program to one desk: one writes, others read beside it, and long work has one of its own.
//!
//! They share the clock, the keys that were unlocked and the memory of which actions this program recorded. Each has its
//! own cache and its own word on who works: whoever hands out connections says it.

use crate::desk::{
    Clock, Desk, DeskError, Me,
    act::OneClock,
    location::{Location, Unwritable},
    own_actions::OwnActions,
    people::keys::Keyring,
};
use crate::{
    model::Unwatched,
    store::{OlderForm, Store, StoreError},
};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, atomic::AtomicBool},
};

/// Opens further connections to a desk that is open.
#[derive(Clone)]
pub struct Beside {
    path: PathBuf,
    shared: Shared,
}

/// What all connections of one program to one desk share.
#[derive(Clone)]
pub(in crate::desk) struct Shared {
    pub clock: OneClock,
    pub keys: Arc<Keyring>,
    pub written: Arc<OwnActions>,
    /// What a person should know.
    pub notices: Arc<Mutex<Vec<String>>>,
    /// Whether something that was redacted may still be in the write-ahead log.
    pub traces: Arc<AtomicBool>,
    /// The file that was opened first.
    pub place: Arc<Location>,
    /// Why it can only be read, where it can.
    pub unwritable: Option<Unwritable>,
}

/// Who works, as one connection hands it to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker(Me);

impl Beside {
    /// Opens another connection, for whoever works.
    pub fn open(&self, worker: &Worker) -> Result<Desk, DeskError> {
        // Before SQLite looks at it: it would take the log beside another file for that one's, and write it there.
        self.shared.place.same_file()?;
        let older = |_: &OlderForm| {
            Err::<(), _>(StoreError::Damaged("the desk's file is of an older form by now".into()))
        };
        let store = match self.shared.unwritable {
            None => Store::open_after(&self.path, false, older)?,
            Some(_) => Store::open_to_read(&self.path)?,
        };
        let mut desk = Desk::over(store, self.shared.clone(), Arc::new(Unwatched))?;
        desk.still_there()?;
        desk.work_like(worker);
        Ok(desk)
    }
}

impl Shared {
    /// Of a desk that was opened just now.
    pub fn of(
        store: &Store,
        clock: Box<dyn Clock>,
        unwritable: Option<Unwritable>,
    ) -> Result<Self, DeskError> {
        let written = Arc::new(OwnActions::since(store.last_seq()?));
        let (keys, notices, traces) = Default::default();
        let place = Arc::new(Location::of(store)?);
        Ok(Self { clock: OneClock::new(clock), keys, written, notices, traces, place, unwritable })
    }
}

impl Desk {
    /// What opens further connections to this desk.
    pub fn beside(&self) -> Beside {
        Beside { path: self.path().into(), shared: self.shared.clone() }
    }

    /// Who works.
    pub fn worker(&self) -> Worker {
        Worker(self.me.clone())
    }

    /// Goes on as somebody whom another connection told.
    pub fn work_like(&mut self, worker: &Worker) {
        self.me = worker.0.clone();
    }

    /// The newest action's seq, where somebody else recorded something since this was last asked of any connection of this
    /// program. Never waits for a write.
    pub fn others_wrote(&self) -> Result<Option<i64>, DeskError> {
        self.shared.written.news(|| self.seq())
    }
}
