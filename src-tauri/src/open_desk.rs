//! The desk the window is on, as the shell sees it: calls go in, answers and news come
//! out. A desk that could not be opened answers every call with the reason.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tickmark::desk::SystemClock;
use tickmark::wire::{Session, WireError};

use crate::answer::Answer;

/// One desk, open or not.
pub struct OpenDesk {
    path: PathBuf,
    session: Result<Mutex<Session>, Value>,
}

impl OpenDesk {
    /// Opens the desk and takes its lock; a failure is kept and told to the page.
    pub fn open(path: PathBuf) -> OpenDesk {
        let session = Session::open(&path, Box::new(SystemClock)).map(Mutex::new).map_err(told);
        OpenDesk { path, session }
    }

    /// The desk's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why the desk could not be opened.
    pub fn problem(&self) -> Option<&Value> {
        self.session.as_ref().err()
    }

    /// Carries one call of the page to the core.
    pub fn call(&self, name: &str, request: Value) -> Answer {
        let session = self.session.as_ref().map_err(Clone::clone)?;
        session.lock().unwrap_or_else(PoisonError::into_inner).call(name, request).map_err(told)
    }

    /// What somebody else wrote since this was last asked, or `None`.
    pub fn news(&self) -> Option<Value> {
        let mut session = self.session.as_ref().ok()?.lock().unwrap_or_else(PoisonError::into_inner);
        session.news().ok().flatten().map(|n| json!({ "seq": n.seq }))
    }
}

/// An error of the core as the page takes it.
fn told(e: WireError) -> Value {
    json!({ "code": e.code, "message": e.message, "detail": e.detail })
}
