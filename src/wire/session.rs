//! One desk open in a window. It takes calls from several threads at once and reports what others wrote.

use super::{
    ErrorCode, WireError,
    desks::Connections,
    dispatch,
    jobs::{Jobs, TellJobs},
    page::{CancelRequest, HereRequest, HubDto},
    rescue::Rescue,
    sharing::Sharing,
    table::{self, Mode},
};
use crate::desk::{Clock, Desk, Opening};
use crate::{
    files::{FileError, Lock, make_folder},
    messages::message,
    model::{Doing, Progress, Unwatched},
};
use serde_json::Value;
use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// An open desk and its lock. While it exists, no second window opens the same desk.
pub struct Session {
    connections: Connections,
    jobs: Jobs,
    sharing: Sharing,
    rescue: Rescue,
    desk: PathBuf,
    /// The second folder for rescued words. The desk's own folder is the first.
    refuge: Option<PathBuf>,
    /// How many calls there were, and how many when `rest` last ran.
    calls: Arc<AtomicU64>,
    calls_seen: AtomicU64,
    _lock: Option<Lock>,
}

/// What others wrote since the page last asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The sequence number of the newest action.
    pub seq: i64,
}

impl Session {
    /// Opens the desk for a window; creates it if there is none. Fails with the code `desk_locked` if another window has it
    /// open.
    pub fn open(path: &Path, clock: Box<dyn Clock>) -> Result<Self, WireError> {
        Self::open_telling(path, clock, Box::new(|_| {}))
    }

    /// Like `open`, and reports every step of long work. The first is the migration of a desk that an older version wrote;
    /// it is reported as the command `desk.open`.
    pub fn open_telling(path: &Path, clock: Box<dyn Clock>, report: TellJobs) -> Result<Self, WireError> {
        let failed = |e: FileError| WireError::new(ErrorCode::Failed, e);
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            make_folder(folder).map_err(failed)?;
        }
        let locked = || WireError::new(ErrorCode::DeskLocked, message!("wire_desk_locked", path = path));
        let lock = Lock::take(path).map_err(failed)?.ok_or_else(locked)?;
        let jobs = Jobs::new(report);
        let running = jobs.begin("desk.open");
        let opening = Opening { create: true, lock: Some(&lock), progress: Some(running.progress()) };
        let mut desk = Desk::open_as(path, clock, opening)?;
        // The job ends here: nothing that this connection does later is a step of it.
        desk.set_progress(Arc::new(Unwatched));
        drop(running);
        Ok(Self::of(Connections::several(desk), jobs, path, Some(lock)))
    }

    /// The same session with a second folder for rescued words, used if neither the desk nor its own folder can be written.
    pub fn with_refuge(self, folder: PathBuf) -> Self {
        Self { refuge: Some(folder), ..self }
    }

    /// A session over one connection, for the command line's `call`. It needs no lock and answers one call after the other.
    pub fn over(desk: Desk) -> Self {
        let (path, jobs) = (desk.path().to_owned(), Jobs::new(Box::new(|_| {})));
        Self::of(Connections::one(desk), jobs, &path, None)
    }

    fn of(connections: Connections, jobs: Jobs, path: &Path, lock: Option<Lock>) -> Self {
        let (sharing, rescue, calls, calls_seen) = Default::default();
        Self {
            connections,
            jobs,
            sharing,
            rescue,
            desk: path.into(),
            refuge: None,
            calls,
            calls_seen,
            _lock: lock,
        }
    }

    /// Answers one request. Several threads may call at once. Reads wait for nothing, writes wait for other writes, and long
    /// work runs at the same time as both.
    pub fn call(&self, name: &str, request: Value) -> Result<Value, WireError> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        // A passphrase does not belong in a text file, and a request that only reads has no typed words.
        let typed =
            matches!(table::mode(name), Some(Mode::Writes | Mode::Itself)) && !name.starts_with("key.");
        let typed_request = typed.then(|| request.clone());
        self.execute(name, request).map_err(|e| match (e.code, &typed_request) {
            (ErrorCode::DeskReplaced | ErrorCode::DiskFull | ErrorCode::ReadOnly, Some(request)) => {
                self.with_rescued_words(e, (name, request))
            }
            _ => e,
        })
    }

    /// Saves the typed words of a request that the desk can no longer write, and adds to the error where they are.
    fn with_rescued_words(&self, mut e: WireError, request: (&str, &Value)) -> WireError {
        // The desk's own folder is not created again if it is gone.
        let _ = self.refuge.as_deref().map(make_folder);
        let own = self.desk.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folders: Vec<PathBuf> = [own.to_owned()].into_iter().chain(self.refuge.clone()).collect();
        if let Some(file) = self.rescue.write(request, &self.desk, &folders) {
            let said = message!("wire_rescued", why = e.said, file = file.as_path());
            e = WireError { detail: e.detail, ..WireError::new(e.code, said) };
        }
        e
    }

    fn execute(&self, name: &str, request: Value) -> Result<Value, WireError> {
        let answer = |desk: &mut Desk, request| dispatch(desk, name, request);
        match table::mode(name) {
            Some(Mode::Reads) if name == "hub.status" => {
                let mut status = self.connections.reading(|desk| answer(desk, request))?;
                if let Some(present) = self.sharing.present() {
                    status["present"] = present;
                }
                Ok(status)
            }
            Some(Mode::Reads) => self.connections.reading(|desk| answer(desk, request)),
            Some(Mode::Job) => self.job(name, |desk| answer(desk, request)),
            Some(Mode::Session) => {
                self.hear(name, &request)?;
                self.connections.reading(|desk| answer(desk, request))
            }
            Some(Mode::Writes | Mode::Itself) | None => {
                self.connections.writing(|desk| answer(desk, request))
            }
        }
    }

    /// What is about the session itself: a job to stop, or the article that is open.
    fn hear(&self, name: &str, request: &Value) -> Result<(), WireError> {
        match name {
            "hub.here" => {
                let asked = table::parse_request::<HereRequest>(name, request.clone())?.article;
                let named = |a: String| self.connections.reading(|desk| Ok(desk.article_named(&a)?));
                self.sharing.is_in(asked.map(named).transpose()?);
            }
            _ => self.jobs.cancel(table::parse_request::<CancelRequest>(name, request.clone())?.job),
        }
        Ok(())
    }

    /// One turn of about half a second with the shared desk, if there is one. Returns how the desk stands to it, where that
    /// changed. The window calls it again and again on a thread of its own; `pass` sleeps for the rest of a turn.
    pub fn share(&self, pass: impl FnOnce()) -> Result<Option<HubDto>, WireError> {
        if !self.connections.reading(|desk| Ok(desk.shared_with()?.is_some()))? {
            pass();
            return Ok(self.sharing.none());
        }
        self.sharing.turn(|| self.connections.beside(), pass)
    }

    /// What others wrote since the last call. The window calls it regularly, so it also does the work that waits for an idle
    /// moment.
    pub fn news(&self) -> Result<Option<News>, WireError> {
        self.connections.remove_traces()?;
        Ok(self.connections.reading(|desk| Ok(desk.others_wrote()?))?.map(|seq| News { seq }))
    }

    /// Makes the automatic backup of an opening window, as a job. Returns whether the desk has notices for the person then.
    pub fn roll_backup(&self) -> Result<bool, WireError> {
        self.job("desk.backup", |desk| {
            desk.roll_backup()?;
            Ok(!desk.notices().is_empty())
        })
    }

    /// Does the work that waits until the session is idle, on its own connection: computes the coverage of articles, and
    /// packs the texts of long histories. The window calls it every few seconds. It does nothing if there was a call since
    /// the last time, and it stops at the next call.
    pub fn rest(&self) -> Result<(), WireError> {
        let calls = self.calls.load(Ordering::Relaxed);
        let at_rest = self.calls_seen.swap(calls, Ordering::Relaxed) == calls;
        if !at_rest || !self.connections.reading(|desk| Ok(desk.can_repack()? || desk.needs_coverage()?))? {
            return Ok(());
        }
        let progress = self.continue_until_called(calls);
        let done = self.connections.on_own_connection(|desk| {
            desk.set_progress(progress);
            desk.cover()?;
            Ok(desk.repack()?)
        });
        done.or_else(|e| if e.code == ErrorCode::Cancelled { Ok(()) } else { Err(e) })
    }

    /// Continues until the number of calls is no longer `calls`.
    fn continue_until_called(&self, calls: u64) -> Arc<dyn Progress + Send + Sync> {
        let now = Arc::clone(&self.calls);
        Arc::new(move |_: Doing, _: u64, _: u64| match now.load(Ordering::Relaxed) == calls {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        })
    }

    /// Does the quick part of `rest`, as every writing command of the command line does at its end.
    pub fn rest_briefly(&self) -> Result<(), WireError> {
        self.connections.writing(|desk| {
            desk.cover_briefly()?;
            Ok(desk.repack_briefly()?)
        })
    }

    /// Runs long work on its own connection, and reports its progress.
    fn job<T>(
        &self,
        command: &str,
        work: impl FnOnce(&mut Desk) -> Result<T, WireError>,
    ) -> Result<T, WireError> {
        let running = self.jobs.begin(command);
        self.connections.on_own_connection(|desk| {
            desk.set_progress(running.progress());
            let done = work(desk);
            desk.set_progress(Arc::new(Unwatched));
            done
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::SystemClock;
    use serde_json::json;

    #[test]
    fn no_job_goes_on_after_it_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let steps = Arc::new(std::sync::Mutex::new(Vec::new()));
        let seen = Arc::clone(&steps);
        let report =
            Box::new(move |step: crate::wire::JobStep| seen.lock().unwrap().push((step.id, step.ended)));
        let session =
            Session::open_telling(&folder.path().join("new.desk"), Box::new(SystemClock), report).unwrap();
        session.call("person.introduce", json!({ "name": "Ada Long", "initials": "AL" })).unwrap();
        session
            .call("import.paste", json!({ "text": "The pier at Orre opens.", "asIs": false, "html": null }))
            .unwrap();
        let mut ended = std::collections::HashSet::new();
        for (id, is_end) in steps.lock().unwrap().iter() {
            assert!(!ended.contains(id), "job {id} goes on after its end");
            if *is_end {
                ended.insert(*id);
            }
        }
        assert!(!ended.is_empty());
    }

    #[test]
    fn work_of_an_idle_session_stops_at_the_next_call() {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::open(&folder.path().join("my.desk"), Box::new(SystemClock)).unwrap();
        let at_rest = session.continue_until_called(0);
        assert!(at_rest.at(Doing::Packing, 0, 0).is_ok());
        session.call("scale.list", json!({})).unwrap();
        assert!(at_rest.at(Doing::Packing, 0, 0).is_err());
        session.rest().unwrap();
        assert!(session.continue_until_called(1).at(Doing::Packing, 0, 0).is_ok());
    }
}
