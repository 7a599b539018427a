//! Transactions. A read transaction sees one snapshot. A write transaction takes the write lock before it reads.
//!
//! All methods that add or change recorded rows are on [`Tx`], so they cannot run outside a transaction.

use super::{Store, StoreError};
use crate::model::{Chain, Logged};
use std::{cell::RefCell, collections::BTreeSet, ops::Deref};

/// A write transaction: it reads like the store and adds rows.
pub struct Tx<'s> {
    store: &'s Store,
    added: RefCell<Vec<Added>>,
    touched: RefCell<BTreeSet<Chain>>,
}

/// An action that was added in a transaction. The desk updates its caches from it.
pub struct Added {
    /// Its number in the desk's journal.
    pub seq: i64,
    /// The action, which is live, with its facts.
    pub logged: Logged,
    /// Whether it is the last one of its chain. An entry of a shared desk can come before what was recorded here.
    pub is_last: bool,
}

impl Deref for Tx<'_> {
    type Target = Store;
    fn deref(&self) -> &Store {
        self.store
    }
}

impl Tx<'_> {
    /// Records that an action was added.
    pub(super) fn record_added(&self, seq: i64, logged: Logged, is_last: bool) {
        self.added.borrow_mut().push(Added { seq, logged, is_last });
    }

    /// Records that a chain's rows change although no action is added to it, as when a number changes.
    pub fn touch(&self, chain: Chain) {
        self.touched.borrow_mut().insert(chain);
    }

    /// Returns the chains that were touched since the last call.
    pub fn take_touched(&self) -> BTreeSet<Chain> {
        self.touched.take()
    }

    /// Returns the actions that were added since the last call, in order.
    pub fn take_added(&self) -> Vec<Added> {
        self.added.take()
    }
}

/// How a command uses the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads one snapshot.
    Read,
    /// Takes the write lock first, then reads and records.
    Write,
}

impl Store {
    /// Begins the transaction of a command. Only [`Store::commit`] saves its changes.
    pub fn begin(&self, access: Access) -> Result<(), StoreError> {
        self.half_done.set(false);
        match access {
            Access::Write => self.run("BEGIN IMMEDIATE")?,
            Access::Read => {
                self.run("BEGIN DEFERRED")?;
                // SQLite takes the snapshot with the first read.
                self.last_seq()?;
            }
        }
        Ok(())
    }

    /// Commits the command's changes. Fails if a write failed after it had changed rows and the command went on: then all changes
    /// are rolled back.
    pub fn commit(&self) -> Result<(), StoreError> {
        if self.half_done.get() {
            self.roll_back()?;
            return Err(StoreError::HalfDone);
        }
        self.run("COMMIT")
    }

    /// Discards the command's changes. SQLite may have discarded them already, for example on a full disk.
    pub fn roll_back(&self) -> Result<(), StoreError> {
        if self.is_in_transaction() { self.run("ROLLBACK") } else { Ok(()) }
    }

    /// Whether a transaction is open.
    pub fn is_in_transaction(&self) -> bool {
        !self.db.is_autocommit()
    }

    /// Runs `work` as one write: all of its changes are committed, or none. Inside a command's transaction it is a part of that:
    /// if it fails after it changed rows, the command can no longer commit. It uses no savepoint, because SQLite copies
    /// each page that is changed within one into a temporary file.
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnOnce(&Tx) -> Result<T, E>) -> Result<T, E> {
        let part = Part::begin(self)?;
        let tx = Tx { store: self, added: RefCell::default(), touched: RefCell::default() };
        let value = work(&tx)?;
        part.commit()?;
        Ok(value)
    }

    /// Runs a statement without values that begins or ends a transaction.
    fn run(&self, sql: &'static str) -> Result<(), StoreError> {
        self.db.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

/// A transaction of its own, or a part of a command's transaction. Unless it is committed, the first is rolled back, and a part
/// that wrote something keeps the command from committing.
struct Part<'s> {
    store: &'s Store,
    /// How many rows the connection had changed before; `None` if this is a transaction of its own.
    within: Option<u64>,
    is_committed: bool,
}

impl<'s> Part<'s> {
    fn begin(store: &'s Store) -> Result<Self, StoreError> {
        let within = store.is_in_transaction().then(|| store.db.total_changes());
        if within.is_none() {
            store.begin(Access::Write)?;
        }
        Ok(Self { store, within, is_committed: false })
    }

    fn commit(mut self) -> Result<(), StoreError> {
        if self.within.is_none() {
            self.store.commit()?;
        }
        self.is_committed = true;
        Ok(())
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        match self.within {
            _ if self.is_committed => {}
            // If this fails, the connection rolls back when it closes.
            None => drop(self.store.roll_back()),
            Some(changes) => {
                let wrote = self.store.db.total_changes() != changes;
                self.store.half_done.set(self.store.half_done.get() || wrote);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(folder: &tempfile::TempDir) -> Store {
        Store::open_or_create(&folder.path().join("my.desk")).unwrap()
    }

    fn set(store: &Store, value: &str, then: Result<(), StoreError>) -> Result<(), StoreError> {
        store.write(|tx| tx.set_setting("told", value).and(then))
    }

    #[test]
    fn a_command_whose_write_failed_halfway_keeps_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        store.begin(Access::Write).unwrap();
        set(&store, "whole", Ok(())).unwrap();
        assert!(set(&store, "half", Err(StoreError::Busy)).is_err());
        assert!(matches!(store.commit(), Err(StoreError::HalfDone)));
        assert!(!store.is_in_transaction());
        assert_eq!(store.setting("told").unwrap(), None);
        set(&store, "the next", Ok(())).unwrap();
        assert_eq!(store.setting("told").unwrap().as_deref(), Some("the next"));
    }

    #[test]
    fn a_write_that_failed_before_it_wrote_leaves_the_command_whole() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        store.begin(Access::Write).unwrap();
        set(&store, "whole", Ok(())).unwrap();
        assert!(store.write(|_| Err::<(), _>(StoreError::Busy)).is_err());
        store.commit().unwrap();
        assert_eq!(store.setting("told").unwrap().as_deref(), Some("whole"));
    }

    #[test]
    fn a_write_of_its_own_that_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder);
        assert!(set(&store, "half", Err(StoreError::Busy)).is_err());
        assert_eq!(store.setting("told").unwrap(), None);
    }
}
