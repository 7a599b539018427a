//! The desk the window is on, as the shell sees it: calls go in, answers and news come out. It is opened beside the window,
//! so that the window shows how far that is; calls wait for it. A desk that could not be opened answers every call with the
//! reason.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};
use tickmark::desk::SystemClock;
use tickmark::wire::{Session, TellJobs, WireError};

use crate::answer::Answer;

/// One desk, open or not.
pub struct OpenDesk {
    path: PathBuf,
    session: OnceLock<Result<Session, Value>>,
}

impl OpenDesk {
    /// The desk at a path, which is still to be opened.
    pub fn at(path: PathBuf) -> OpenDesk {
        OpenDesk { path, session: OnceLock::new() }
    }

    /// Opens the desk and takes its lock; a failure is kept and told to the page. `told` hears of long work from then on.
    pub fn open(&self, told: TellJobs) {
        self.session
            .get_or_init(|| Session::open_telling(&self.path, Box::new(SystemClock), told).map_err(failure));
    }

    /// The desk's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why the desk could not be opened. Waits until that is known.
    pub fn problem(&self) -> Option<&Value> {
        self.session.wait().as_ref().err()
    }

    /// Carries one call of the page to the core, once the desk is open. Several may go on at once.
    pub fn call(&self, name: &str, request: Value) -> Answer {
        let session = self.session.wait().as_ref().map_err(Clone::clone)?;
        session.call(name, request).map_err(failure)
    }

    /// Makes the backup of every start; gives why it could not be made.
    pub fn roll_backup(&self) -> Option<Value> {
        self.session.wait().as_ref().ok()?.roll_backup().map_err(failure).err()
    }

    /// Does what waits until nobody works. What cannot be done now is tried again.
    pub fn rest(&self) {
        if let Some(Ok(session)) = self.session.get() {
            let _ = session.rest();
        }
    }

    /// What somebody else wrote since this was last asked, or `None`.
    pub fn news(&self) -> Option<Value> {
        let session = self.session.get()?.as_ref().ok()?;
        session.news().ok().flatten().map(|n| json!({ "seq": n.seq }))
    }
}

/// An error of the core as the page takes it.
fn failure(e: WireError) -> Value {
    json!({ "code": e.code, "message": e.message, "detail": e.detail })
}
