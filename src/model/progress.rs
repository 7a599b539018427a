//! The progress of long work. It is reported during the work, and the receiver answers whether the work continues.

use super::{Entry, Handed, ReadAt, Tree, slugs};
use crate::messages::{Message, message, shown_in_english};
use std::{
    cell::Cell,
    io::{self, Read},
    ops::ControlFlow,
};
use thiserror::Error;

slugs! {
    /// What long work is doing now.
    Doing, "step of long work", {
        /// A file is read and its digests are computed.
        Reading = "reading",
        /// The results of a history are computed again and compared.
        Comparing = "comparing",
        /// What is exported is collected.
        Gathering = "gathering",
        /// A file is written.
        Writing = "writing",
        /// The desk is copied.
        Copying = "copying",
        /// Entries of a shared desk are received.
        Receiving = "receiving",
        /// Files of a shared desk are fetched.
        Fetching = "fetching",
        /// Articles of another desk are brought in.
        Bringing = "bringing",
        /// Files are moved next to the desk's own file.
        Moving = "moving",
        /// Digests on the desk are computed again.
        Checking = "checking",
        /// The current state is computed from the log.
        Rebuilding = "rebuilding",
        /// Texts of long histories are packed.
        Packing = "packing",
        /// The result is recorded.
        Recording = "recording",
    }
}

/// Receives the progress of long work. The caller provides it, like the clock.
pub trait Progress {
    /// `done` of `of` is done, in bytes, articles or another unit of the step. `of` is 0 if the total is unknown. A
    /// break stops the work, which leaves everything unchanged.
    fn step(&self, doing: Doing, done: u64, of: u64) -> ControlFlow<()>;

    /// The same, but an error if the work must stop.
    fn at(&self, doing: Doing, done: u64, of: u64) -> Result<(), Cancelled> {
        match self.step(doing, done, of) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Cancelled),
        }
    }
}

/// Work of a known number of steps. Each step is reported.
pub struct Steps<'p> {
    progress: &'p dyn Progress,
    doing: Doing,
    done: Cell<u64>,
    of: u64,
}

impl<'p> Steps<'p> {
    /// No step is done yet.
    pub fn new(progress: &'p dyn Progress, doing: Doing, of: u64) -> Self {
        Self { progress, doing, done: Cell::new(0), of }
    }

    /// Begins the next step. Fails if the work must stop.
    pub fn next(&self) -> Result<(), Cancelled> {
        let done = self.done.get();
        self.done.set(done + 1);
        self.progress.at(self.doing, done.min(self.of), self.of)
    }
}

/// Reports to nobody and never stops the work.
pub struct Unwatched;

impl Progress for Unwatched {
    fn step(&self, _: Doing, _: u64, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<F: Fn(Doing, u64, u64) -> ControlFlow<()>> Progress for F {
    fn step(&self, doing: Doing, done: u64, of: u64) -> ControlFlow<()> {
        self(doing, done, of)
    }
}

/// A person stopped the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub struct Cancelled;

impl Cancelled {
    /// What is said of it.
    pub fn message(&self) -> Message {
        message!("stopped")
    }
}

shown_in_english!(Cancelled);

/// What a person handed in. Its first reading is reported. After the work is stopped, nothing more of it can be read,
/// so a reader ends soon. Then [`Watched::finished`] says that the result is invalid.
pub struct Watched<'h> {
    handed: Handed<'h>,
    progress: &'h dyn Progress,
    of: u64,
    read: Cell<u64>,
    at: Cell<Reading>,
}

/// The stage of the reading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Reported,
    Finished,
    Stopped,
}

impl<'h> Watched<'h> {
    /// Watches the reading of `handed`.
    pub fn new(handed: Handed<'h>, progress: &'h dyn Progress) -> Self {
        let of = match handed {
            Handed::File(bytes) => bytes.len(),
            Handed::Folder(tree) => tree.entries().iter().map(|e| e.bytes).sum(),
        };
        Self { handed, progress, of, read: Cell::new(0), at: Cell::new(Reading::Reported) }
    }

    /// The watched input, in the form that formats read.
    pub fn handed(&self) -> Handed<'_> {
        match self.handed {
            Handed::File(_) => Handed::File(self),
            Handed::Folder(_) => Handed::Folder(self),
        }
    }

    /// The first reading is complete. Later readings are not reported. Fails if the work was stopped.
    pub fn finished(&self) -> Result<(), Cancelled> {
        if self.at.get() == Reading::Stopped {
            return Err(Cancelled);
        }
        self.at.set(Reading::Finished);
        Ok(())
    }

    /// Reports that more bytes were read, and returns their number. Fails if the work must stop.
    fn report(&self, bytes: usize) -> io::Result<usize> {
        let read = self.read.get() + bytes as u64;
        self.read.set(read);
        let reported = self.at.get() == Reading::Reported;
        if reported && self.progress.at(Doing::Reading, read.min(self.of), self.of).is_err() {
            self.at.set(Reading::Stopped);
        }
        if self.at.get() == Reading::Stopped { Err(io::Error::other(Cancelled)) } else { Ok(bytes) }
    }
}

impl ReadAt for Watched<'_> {
    fn len(&self) -> u64 {
        match self.handed {
            Handed::File(bytes) => bytes.len(),
            Handed::Folder(_) => 0,
        }
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let Handed::File(bytes) = self.handed else { return Err(io::ErrorKind::Unsupported.into()) };
        self.report(bytes.read_at(at, into)?)
    }
}

impl Tree for Watched<'_> {
    fn entries(&self) -> &[Entry] {
        match self.handed {
            Handed::Folder(tree) => tree.entries(),
            Handed::File(_) => &[],
        }
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let Handed::Folder(tree) = self.handed else { return Err(io::ErrorKind::NotFound.into()) };
        Ok(Box::new(WatchedFile { from: tree.open(path)?, watched: self }))
    }
}

/// A file of a watched folder.
struct WatchedFile<'w> {
    from: Box<dyn Read + 'w>,
    watched: &'w Watched<'w>,
}

impl Read for WatchedFile<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.watched.report(self.from.read(into)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn what_is_read_is_told_and_once_stopped_nothing_more_is_read() {
        let (bytes, reported) = (vec![7u8; 100], RefCell::new(Vec::new()));
        let progress = |doing: Doing, done: u64, of: u64| {
            reported.borrow_mut().push((doing, done, of));
            if done >= 60 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let watched = Watched::new(Handed::File(&bytes), &progress);
        let Handed::File(file) = watched.handed() else { panic!("a file") };
        let mut piece = [0; 40];
        assert_eq!(file.read_at(0, &mut piece).unwrap(), 40);
        assert!(file.read_at(40, &mut piece).is_err());
        assert!(file.read_at(0, &mut piece).is_err());
        assert_eq!(watched.finished(), Err(Cancelled));
        assert_eq!(reported.borrow()[..2], [(Doing::Reading, 40, 100), (Doing::Reading, 80, 100)]);
    }
}
