//! Transactions. A read transaction sees one snapshot. A write transaction takes the write lock before it reads.
//!
//! All methods that add or change recorded rows are on [`Tx`], so they cannot run outside a transaction.

use super::{Store, StoreError};
use crate::model::Logged;
use std::{cell::RefCell, ops::Deref};

/// A write transaction: it reads like the store and adds rows.
pub struct Tx<'s> {
    store: &'s Store,
    added: RefCell<Vec<Added>>,
}

/// An action that was added in a transaction. The desk updates its caches from it.
pub struct Added {
    /// Its number in the desk's journal.
    pub seq: i64,
    /// The action, which is live, with its facts.
    pub logged: Logged,
}

impl Deref for Tx<'_> {
    type Target = Store;
    fn deref(&self) -> &Store {
        self.store
    }
}

impl Tx<'_> {
    /// Records that an action was added.
    pub(super) fn record_added(&self, seq: i64, logged: Logged) {
        self.added.borrow_mut().push(Added { seq, logged });
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
        match access {
            Access::Write => self.db.execute_batch("BEGIN IMMEDIATE")?,
            Access::Read => {
                self.db.execute_batch("BEGIN DEFERRED")?;
                // SQLite takes the snapshot with the first read.
                self.last_seq()?;
            }
        }
        Ok(())
    }

    /// Saves the command's changes.
    pub fn commit(&self) -> Result<(), StoreError> {
        Ok(self.db.execute_batch("COMMIT")?)
    }

    /// Discards the command's changes. SQLite may have discarded them already, for example on a full disk.
    pub fn roll_back(&self) -> Result<(), StoreError> {
        if self.is_in_transaction() { Ok(self.db.execute_batch("ROLLBACK")?) } else { Ok(()) }
    }

    /// Whether a transaction is open.
    pub fn is_in_transaction(&self) -> bool {
        !self.db.is_autocommit()
    }

    /// Runs `work` as one write: all of it is saved, or nothing. Inside a command's transaction it becomes a part of that.
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnOnce(&Tx) -> Result<T, E>) -> Result<T, E> {
        let part = Part::begin(self)?;
        let tx = Tx { store: self, added: RefCell::default() };
        let value = work(&tx)?;
        part.commit()?;
        Ok(value)
    }
}

/// A transaction, or a savepoint in one. It is rolled back unless it is committed.
struct Part<'s> {
    store: &'s Store,
    commit: &'static str,
    roll_back: &'static str,
}

impl<'s> Part<'s> {
    fn begin(store: &'s Store) -> Result<Self, StoreError> {
        let (begin, commit, roll_back) = match store.is_in_transaction() {
            true => ("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part"),
            false => ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"),
        };
        store.db.execute_batch(begin)?;
        Ok(Self { store, commit, roll_back })
    }

    fn commit(mut self) -> Result<(), StoreError> {
        self.store.db.execute_batch(self.commit)?;
        self.roll_back = "";
        Ok(())
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if self.store.is_in_transaction() {
            // If this fails, the connection rolls everything back when it closes.
            let _ = self.store.db.execute_batch(self.roll_back);
        }
    }
}
