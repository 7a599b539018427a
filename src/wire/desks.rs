//! The connections of a session to its desk: one writes, a few read at the same time, and each job has its own. So reads do
//! not wait for writes, and neither waits for long work.

use super::{ErrorCode, WireError};
use crate::desk::{Connector, Desk, DeskError, Worker};
use crate::messages::message;
use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The largest number of connections that read at once. The last one used is used first, because its cache is warm.
const MOST_READERS: usize = 3;

/// The connections of a session.
pub(super) struct Connections {
    writer: Mutex<Desk>,
    /// Nothing if one connection does everything.
    pool: Option<Pool>,
}

struct Pool {
    beside: Connector,
    /// Who works, as the connection that writes said last.
    worker: Mutex<Worker>,
    readers: Mutex<Readers>,
    returned: Condvar,
}

#[derive(Default)]
struct Readers {
    free: Vec<Desk>,
    open: usize,
}

impl Connections {
    /// One connection for everything, for callers that send one request after the other.
    pub fn one(desk: Desk) -> Self {
        Self { writer: Mutex::new(desk), pool: None }
    }

    /// One connection that writes, and others that read at the same time.
    pub fn several(desk: Desk) -> Self {
        let (beside, worker) = (desk.connector(), Mutex::new(desk.worker()));
        let pool = Pool { beside, worker, readers: Mutex::default(), returned: Condvar::new() };
        Self { writer: Mutex::new(desk), pool: Some(pool) }
    }

    /// Runs `work` on the connection that writes.
    pub fn writing<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, WireError>) -> Result<T, WireError> {
        let mut desk = self.writer()?;
        let done = work(&mut desk);
        if let Some(pool) = &self.pool {
            *lock(&pool.worker) = desk.worker();
        }
        done
    }

    /// Runs `work` on a connection that only reads.
    pub fn reading<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, WireError>) -> Result<T, WireError> {
        match &self.pool {
            Some(pool) => work(pool.reader()?.desk()?),
            None => self.writing(work),
        }
    }

    /// Runs long `work` on its own connection, or on the only one.
    pub fn on_own_connection<T>(
        &self,
        work: impl FnOnce(&mut Desk) -> Result<T, WireError>,
    ) -> Result<T, WireError> {
        match &self.pool {
            Some(pool) => work(&mut pool.open()?),
            None => self.writing(work),
        }
    }

    /// Another connection, which stays with the caller.
    pub fn beside(&self) -> Result<Desk, WireError> {
        match &self.pool {
            Some(pool) => Ok(pool.open()?),
            None => Err(WireError::new(ErrorCode::Failed, message!("wire_closed"))),
        }
    }

    /// Removes traces of erased content if no write is running.
    pub fn remove_traces(&self) -> Result<(), WireError> {
        match self.writer.try_lock() {
            Ok(desk) if desk.has_traces() => Ok(desk.leave_no_trace(Duration::ZERO)?),
            _ => Ok(()),
        }
    }

    /// The connection that writes. If a command panicked, its unfinished transaction is rolled back first. Otherwise all
    /// later writes would be part of that transaction and would never be saved.
    fn writer(&self) -> Result<MutexGuard<'_, Desk>, DeskError> {
        self.writer.lock().or_else(|poisoned| {
            self.writer.clear_poison();
            let mut desk = poisoned.into_inner();
            desk.roll_back_unfinished()?;
            Ok(desk)
        })
    }
}

impl Pool {
    fn open(&self) -> Result<Desk, DeskError> {
        let worker = lock(&self.worker).clone();
        self.beside.open(&worker)
    }

    /// A free connection, else a new one, else the next one that is returned.
    fn reader(&self) -> Result<Reader<'_>, DeskError> {
        let mut readers = lock(&self.readers);
        loop {
            if let Some(mut desk) = readers.free.pop() {
                drop(readers);
                desk.set_worker(&lock(&self.worker));
                return Ok(Reader { desk: Some(desk), of: self });
            }
            if readers.open < MOST_READERS {
                readers.open += 1;
                drop(readers);
                let mut reader = Reader { desk: None, of: self };
                reader.desk = Some(self.open()?);
                return Ok(reader);
            }
            readers = self.returned.wait(readers).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A connection that reads. It returns to the pool when dropped; after a panic it is closed.
struct Reader<'o> {
    desk: Option<Desk>,
    of: &'o Pool,
}

impl Reader<'_> {
    fn desk(&mut self) -> Result<&mut Desk, WireError> {
        self.desk.as_mut().ok_or_else(|| WireError::new(ErrorCode::Failed, message!("wire_closed")))
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let mut readers = lock(&self.of.readers);
        match self.desk.take().filter(|_| !std::thread::panicking()) {
            Some(desk) => readers.free.push(desk),
            None => readers.open -= 1,
        }
        drop(readers);
        self.of.returned.notify_one();
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
