//! The connections of a session to its desk: one that writes, a few that read beside it, and one for each job. So no read
//! waits for a write, and neither waits for long work.

use super::WireError;
use crate::desk::{Connector, Desk, DeskError, Worker};
use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How many connections read at once at the most. The one that was used last is used first: what it keeps in memory is warm.
const MOST_READERS: usize = 3;

/// The connections of a session.
pub(super) struct Desks {
    writer: Mutex<Desk>,
    /// Nothing where one connection does everything.
    others: Option<Others>,
}

struct Others {
    beside: Connector,
    /// Who works, as the connection that writes said last.
    worker: Mutex<Worker>,
    readers: Mutex<Readers>,
    given_back: Condvar,
}

#[derive(Default)]
struct Readers {
    free: Vec<Desk>,
    open: usize,
}

impl Desks {
    /// One connection for everything: for whoever asks one thing after the other.
    pub fn one(desk: Desk) -> Self {
        Self { writer: Mutex::new(desk), others: None }
    }

    /// One connection that writes, and others beside it.
    pub fn several(desk: Desk) -> Self {
        let (beside, worker) = (desk.connector(), Mutex::new(desk.worker()));
        let others = Others { beside, worker, readers: Mutex::default(), given_back: Condvar::new() };
        Self { writer: Mutex::new(desk), others: Some(others) }
    }

    /// Does something on the connection that writes.
    pub fn writing<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, WireError>) -> Result<T, WireError> {
        let mut desk = self.writer()?;
        let done = work(&mut desk);
        if let Some(others) = &self.others {
            *held(&others.worker) = desk.worker();
        }
        done
    }

    /// Does something on a connection that only reads.
    pub fn reading<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, WireError>) -> Result<T, WireError> {
        match &self.others {
            Some(others) => work(others.reader()?.desk()?),
            None => self.writing(work),
        }
    }

    /// Does something long on a connection of its own; where there is only one, on that.
    pub fn aside<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, WireError>) -> Result<T, WireError> {
        match &self.others {
            Some(others) => work(&mut others.open()?),
            None => self.writing(work),
        }
    }

    /// Does what waits for a quiet moment, where nobody writes just now.
    pub fn tidy(&self) -> Result<(), WireError> {
        match self.writer.try_lock() {
            Ok(desk) if desk.has_traces() => Ok(desk.leave_no_trace(Duration::ZERO)?),
            _ => Ok(()),
        }
    }

    /// The connection that writes. What a command left unfinished because the program failed in it is given up first: else
    /// everything after it would seem to be a part of it, and never be kept.
    fn writer(&self) -> Result<MutexGuard<'_, Desk>, DeskError> {
        self.writer.lock().or_else(|poisoned| {
            self.writer.clear_poison();
            let mut desk = poisoned.into_inner();
            desk.roll_back_unfinished()?;
            Ok(desk)
        })
    }
}

impl Others {
    fn open(&self) -> Result<Desk, DeskError> {
        let worker = held(&self.worker).clone();
        self.beside.open(&worker)
    }

    /// A connection that is free, or one more, or the next that is given back.
    fn reader(&self) -> Result<Reader<'_>, DeskError> {
        let mut readers = held(&self.readers);
        loop {
            if let Some(mut desk) = readers.free.pop() {
                drop(readers);
                desk.set_worker(&held(&self.worker));
                return Ok(Reader { desk: Some(desk), of: self });
            }
            if readers.open < MOST_READERS {
                readers.open += 1;
                drop(readers);
                let mut reader = Reader { desk: None, of: self };
                reader.desk = Some(self.open()?);
                return Ok(reader);
            }
            readers = self.given_back.wait(readers).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A connection that reads, given back when it is dropped. One that the program failed on is closed.
struct Reader<'o> {
    desk: Option<Desk>,
    of: &'o Others,
}

impl Reader<'_> {
    fn desk(&mut self) -> Result<&mut Desk, WireError> {
        self.desk.as_mut().ok_or_else(|| WireError::new("failed", "the connection to the desk is closed"))
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut readers = held(&self.of.readers);
        match self.desk.take().filter(|_| !std::thread::panicking()) {
            Some(desk) => readers.free.push(desk),
            None => readers.open -= 1,
        }
        drop(readers);
        self.of.given_back.notify_one();
    }
}

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
