//! Transactions: reading sees one snapshot from beginning to end, writing holds the write lock before it reads.
//!
//! What adds or changes recorded rows is a method of [`Tx`], so it cannot be called outside a transaction.

use super::{Store, StoreError};
use crate::model::Logged;
use std::{cell::RefCell, ops::Deref};

/// A write transaction: everything the store can read, and what adds rows.
pub struct Tx<'s> {
    store: &'s Store,
    added: RefCell<Vec<Added>>,
}

/// One action that was added in a transaction, for whoever keeps what is current.
pub struct Added {
    /// Its place in the desk's journal.
    pub seq: i64,
    /// The action, live, with its facts.
    pub logged: Logged,
}

impl Deref for Tx<'_> {
    type Target = Store;
    fn deref(&self) -> &Store {
        self.store
    }
}

impl Tx<'_> {
    /// Remembers an action that was just added.
    pub(super) fn note(&self, seq: i64, logged: Logged) {
        self.added.borrow_mut().push(Added { seq, logged });
    }

    /// The actions added since this was last asked, in order.
    pub fn take_added(&self) -> Vec<Added> {
        self.added.take()
    }
}

/// What a whole command does with the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads one snapshot.
    Read,
    /// Takes the write lock first, then reads, decides and records.
    Write,
}

impl Store {
    /// Begins the transaction of a whole command. What is done inside is kept by [`Store::commit`] alone.
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

    /// Keeps what the command did.
    pub fn commit(&self) -> Result<(), StoreError> {
        Ok(self.db.execute_batch("COMMIT")?)
    }

    /// Gives up what the command did. SQLite may have given it up already, as on a full disk.
    pub fn roll_back(&self) -> Result<(), StoreError> {
        if self.is_in_transaction() { Ok(self.db.execute_batch("ROLLBACK")?) } else { Ok(()) }
    }

    /// Whether a transaction is open.
    pub fn is_in_transaction(&self) -> bool {
        !self.db.is_autocommit()
    }

    /// Runs `work` as one write: all of it is kept, or none. Inside a command's transaction it becomes a part of that.
    pub fn write<T, E: From<StoreError>>(&self, work: impl FnOnce(&Tx) -> Result<T, E>) -> Result<T, E> {
        let part = Part::begin(self)?;
        let tx = Tx { store: self, added: RefCell::default() };
        let value = work(&tx)?;
        part.keep()?;
        Ok(value)
    }
}

/// A transaction, or a part of one, that is given up unless it is kept.
struct Part<'s> {
    store: &'s Store,
    keep: &'static str,
    give_up: &'static str,
}

impl<'s> Part<'s> {
    fn begin(store: &'s Store) -> Result<Self, StoreError> {
        let (begin, keep, give_up) = match store.is_in_transaction() {
            true => ("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part"),
            false => ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"),
        };
        store.db.execute_batch(begin)?;
        Ok(Self { store, keep, give_up })
    }

    fn keep(mut self) -> Result<(), StoreError> {
        self.store.db.execute_batch(self.keep)?;
        self.give_up = "";
        Ok(())
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if self.store.is_in_transaction() {
            // Nothing better can be done where this fails: the connection gives everything up when it closes.
            let _ = self.store.db.execute_batch(self.give_up);
        }
    }
}
