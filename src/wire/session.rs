//! One desk, open in a window: calls go in, answers and news come out.

use super::{WireError, dispatch};
use crate::{
    desk::{Clock, Desk},
    files::Lock,
    formats::plain,
    model::Thread,
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
            let why = format!("another window has the desk {} open; use that one, or open another desk here", path.display());
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
        self.seen = self.desk.seq()?;
        answer
    }

    /// What somebody else wrote since this was last asked.
    pub fn news(&mut self) -> Result<Option<News>, WireError> {
        let seq = self.desk.seq()?;
        let new = (seq > self.seen).then_some(News { seq });
        self.seen = seq;
        Ok(new)
    }

    /// Previews a file that was opened or dropped: an article's text gives a proposal, a bundle is brought in at once.
    pub fn preview_bytes(&mut self, name: &str, bytes: Vec<u8>) -> Result<Value, WireError> {
        let preview = self.desk.preview(name, bytes, &plain::Options::default());
        let proposal = match preview {
            Ok(preview) => super::draw::proposal(&preview, false),
            Err(e) => super::draw::unread_proposal(&self.desk, e)?,
        };
        serde_json::to_value(proposal).map_err(|e| WireError::request("import.preview", e))
    }

    /// Brings a bundle in from a file or folder. Gives its article's id.
    pub fn bring_in(&mut self, path: &Path) -> Result<Value, WireError> {
        let done = crate::desk::bring_in_from(&mut self.desk, path)?;
        Ok(serde_json::json!({ "imported": done.value.article.to_string() }))
    }

    /// Attaches bytes to a source.
    pub fn attach_bytes(&mut self, source: &str, name: &str, bytes: Vec<u8>) -> Result<Value, WireError> {
        let id = self.desk.source_named(source)?;
        self.desk.attach(id, name, bytes)?;
        let dto = super::draw::Drawing::new(&self.desk)?.source(id)?;
        serde_json::to_value(dto).map_err(|e| WireError::request("source", e))
    }

    /// The bytes of an attached file.
    pub fn snapshot(&self, digest: &str) -> Result<Vec<u8>, WireError> {
        let digest = digest.parse().map_err(super::error::unread)?;
        Ok(self.desk.attachment(&digest)?)
    }

    /// The threads written to after `seq`.
    pub fn since(&self, seq: i64) -> Result<Vec<Thread>, WireError> {
        Ok(self.desk.changes_since(seq)?)
    }
}
