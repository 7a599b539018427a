//! The desk the window is on, as the shell sees it: calls go in, answers and news come out. It is opened beside the window,
//! so that the window shows how far that is; calls wait for it. A desk that could not be opened answers every call with the
//! reason, until a backup is restored in its place.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tickmark::desk::{SystemClock, known_backups, restore};
use tickmark::messages::message;
use tickmark::model::Unwatched;
use tickmark::wire::{ErrorCode, Session, TellJobs, WireError};

use crate::answer::{Answer, error};

/// One desk, open or not.
pub struct OpenDesk {
    path: PathBuf,
    /// Where what was typed is kept when the desk and its folder cannot be written to.
    refuge: PathBuf,
    tried: Mutex<Option<Tried>>,
    known: Condvar,
}

/// What came of opening the desk.
type Tried = Arc<Result<Session, Value>>;

impl OpenDesk {
    /// The desk at a path, which is still to be opened. What was typed goes to `refuge` where nothing else takes it.
    pub fn at(path: PathBuf, refuge: PathBuf) -> OpenDesk {
        OpenDesk { path, refuge, tried: Mutex::default(), known: Condvar::new() }
    }

    /// Opens the desk and takes its lock; a failure is kept and told to the page. `told` hears of long work from then on.
    pub fn open(&self, told: TellJobs) {
        let opened = Session::open_telling(&self.path, Box::new(SystemClock), told);
        let tried = opened.map(|s| s.with_refuge(self.refuge.clone())).map_err(failure);
        *self.tried() = Some(Arc::new(tried));
        self.known.notify_all();
    }

    /// The desk's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why the desk could not be opened. Waits until that is known.
    pub fn problem(&self) -> Option<Value> {
        self.wait().as_ref().as_ref().err().cloned()
    }

    /// Carries one call of the page to the core, once the desk is open. Several may go on at once.
    pub fn call(&self, name: &str, request: Value) -> Answer {
        let tried = self.wait();
        let session = tried.as_ref().as_ref().map_err(Clone::clone)?;
        session.call(name, request).map_err(failure)
    }

    /// Makes the backup of every start. Answers whether there are notices for the person then, or why it could not be made. A
    /// desk that could not be opened has no backup to make.
    pub fn roll_backup(&self) -> Result<bool, Value> {
        let tried = self.wait();
        tried.as_ref().as_ref().map_or(Ok(false), |session| session.roll_backup().map_err(failure))
    }

    /// Does what waits until nobody works. What cannot be done now is tried again.
    pub fn rest(&self) {
        let tried = self.tried().clone();
        if let Some(Ok(session)) = tried.as_deref() {
            let _ = session.rest();
        }
    }

    /// What somebody else wrote since this was last asked, or `None`.
    pub fn news(&self) -> Option<Value> {
        let tried = self.tried().clone()?;
        let news = tried.as_ref().as_ref().ok()?.news().ok().flatten();
        news.map(|n| json!({ "seq": n.seq }))
    }

    /// One turn with the shared desk; gives how the desk stands to it, if that changed. A turn that fails, or has no desk yet,
    /// ends with `pass` too.
    pub fn share(&self, pass: impl Fn()) -> Option<Value> {
        let tried = self.tried().clone();
        let Some(Ok(session)) = tried.as_deref() else {
            pass();
            return None;
        };
        match session.share(&pass) {
            Ok(state) => state.and_then(|s| serde_json::to_value(s).ok()),
            Err(_) => {
                pass();
                None
            }
        }
    }

    /// The backups of the desk that are known, newest first: `[{path, at, bytes}]`, with `at` in milliseconds since 1970.
    pub fn backups(&self) -> Value {
        known_backups(&self.path)
            .iter()
            .map(|b| json!({ "path": b.path.display().to_string(), "at": b.at.0, "bytes": b.bytes }))
            .collect()
    }

    /// Puts a backup in the place of a desk that could not be opened; it is to be opened anew then. Gives where the files are
    /// that were there, or `null`.
    pub fn restore(&self, backup: &Path) -> Answer {
        if self.problem().is_none() {
            return Err(error(ErrorCode::Refused, message!("shell_restore_open")));
        }
        let done = restore(&self.path, backup, &SystemClock, &Unwatched).map_err(|e| failure(e.into()))?;
        *self.tried() = None;
        Ok(json!(done.kept.map(|kept| kept.display().to_string())))
    }

    fn wait(&self) -> Tried {
        let mut tried = self.tried();
        loop {
            match &*tried {
                Some(known) => return Arc::clone(known),
                None => tried = self.known.wait(tried).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn tried(&self) -> MutexGuard<'_, Option<Tried>> {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An error of the core as the page takes it.
fn failure(e: WireError) -> Value {
    serde_json::to_value(e).unwrap_or_default()
}
