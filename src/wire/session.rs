//! One desk, open in a window: calls go in, answers and news come out.

use super::{WireError, dispatch};
use crate::{
    desk::{Clock, Desk},
    files::Lock,
};
use serde_json::Value;
use std::path::Path;

/// An open desk and its lock: no second window opens the same desk while it lives.
pub struct Session {
    /// The desk.
    pub desk: Desk,
    seen: i64,
    _lock: Option<Lock>,
}

/// What was done since the page last heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The newest action's place.
    pub seq: i64,
}

impl Session {
    /// Opens the desk for a window, making it where there is none. Fails with the code `desk_locked` where another
    /// window has it. A rolling backup is made first.
    pub fn open(path: &Path, clock: Box<dyn Clock>) -> Result<Self, WireError> {
        let failed = |e: crate::files::FileError| WireError::new("failed", e);
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            crate::files::make_folder(folder).map_err(failed)?;
        }
        let taken = Lock::take(path).map_err(failed)?;
        let locked = || {
            let why = format!(
                "another window has the desk {} open; use that one, or open another desk here",
                path.display()
            );
            WireError::new("desk_locked", why)
        };
        let lock = taken.ok_or_else(locked)?;
        let desk = Desk::open_or_create(path, clock)?;
        desk.roll_backup()?;
        Ok(Self { seen: desk.seq()?, desk, _lock: Some(lock) })
    }

    /// A session over a desk that needs no lock: the command line's `call`.
    pub fn over(desk: Desk) -> Result<Self, WireError> {
        Ok(Self { seen: desk.seq()?, desk, _lock: None })
    }

    /// Answers one request.
    pub fn call(&mut self, name: &str, request: Value) -> Result<Value, WireError> {
        let answer = dispatch(&mut self.desk, name, request);
        // What this call wrote is no news; what somebody else wrote before it still is.
        if let Some((before, after)) = self.desk.take_wrote()
            && before <= self.seen
        {
            self.seen = after;
        }
        answer
    }

    /// What somebody else wrote since this was last asked.
    pub fn news(&mut self) -> Result<Option<News>, WireError> {
        let seq = self.desk.seq()?;
        let new = (seq > self.seen).then_some(News { seq });
        self.seen = seq;
        Ok(new)
    }
}
