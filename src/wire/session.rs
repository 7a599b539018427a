//! One desk, open in a window: calls go in, from several threads at once, answers and news come out.

use super::{
    WireError,
    desks::Desks,
    dispatch,
    jobs::{Jobs, TellJobs},
    page::CancelRequest,
    rescue::Rescue,
    table::{self, Way},
};
use crate::{
    desk::{Clock, Desk, Opening},
    files::{FileError, Lock, make_folder},
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

/// An open desk and its lock: no second window opens the same desk while it lives.
pub struct Session {
    desks: Desks,
    jobs: Jobs,
    rescue: Rescue,
    desk: PathBuf,
    /// Where what was typed is kept when the desk cannot be written to, after the desk's own folder.
    refuge: Option<PathBuf>,
    /// How many calls there were, and how many when it was last asked whether the desk is at rest.
    calls: Arc<AtomicU64>,
    calls_seen: AtomicU64,
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
    /// window has it.
    pub fn open(path: &Path, clock: Box<dyn Clock>) -> Result<Self, WireError> {
        Self::open_telling(path, clock, Box::new(|_| {}))
    }

    /// The same, and tells every step of long work. The first is bringing a desk that an older version wrote up to date,
    /// told as the command `desk.open`.
    pub fn open_telling(path: &Path, clock: Box<dyn Clock>, told: TellJobs) -> Result<Self, WireError> {
        let failed = |e: FileError| WireError::new("failed", e);
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            make_folder(folder).map_err(failed)?;
        }
        let locked = || {
            let why = format!(
                "another window has the desk {} open; use that one, or open another desk here",
                path.display()
            );
            WireError::new("desk_locked", why)
        };
        let lock = Lock::take(path).map_err(failed)?.ok_or_else(locked)?;
        let jobs = Jobs::new(told);
        let running = jobs.begin("desk.open");
        let opening = Opening { create: true, lock: Some(&lock), progress: Some(running.progress()) };
        let desk = Desk::open_as(path, clock, opening)?;
        drop(running);
        Ok(Self::of(Desks::several(desk), jobs, path, Some(lock)))
    }

    /// The same session, with a folder in which what was typed is kept where the desk cannot be written to and its own folder
    /// cannot either.
    pub fn with_refuge(self, folder: PathBuf) -> Self {
        Self { refuge: Some(folder), ..self }
    }

    /// A session over one connection that needs no lock and does everything one after the other: the command line's `call`.
    pub fn over(desk: Desk) -> Self {
        let (path, jobs) = (desk.path().to_owned(), Jobs::new(Box::new(|_| {})));
        Self::of(Desks::one(desk), jobs, &path, None)
    }

    fn of(desks: Desks, jobs: Jobs, path: &Path, lock: Option<Lock>) -> Self {
        let (rescue, calls, calls_seen) = Default::default();
        Self { desks, jobs, rescue, desk: path.into(), refuge: None, calls, calls_seen, _lock: lock }
    }

    /// Answers one request. Several threads may ask at once: what reads waits for nobody, what writes waits for what writes,
    /// and long work goes on beside both.
    pub fn call(&self, name: &str, request: Value) -> Result<Value, WireError> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        // A passphrase is not for a text file, and what only reads was not typed.
        let typed = matches!(table::way(name), Some(Way::Writes | Way::Itself)) && !name.starts_with("key.");
        let kept = typed.then(|| request.clone());
        self.carried_out(name, request).map_err(|e| match (e.code.as_str(), &kept) {
            ("desk_replaced" | "disk_full" | "read_only", Some(request)) => self.rescued(e, (name, request)),
            _ => e,
        })
    }

    /// Keeps what was typed into a request that the desk can no longer take, and says where.
    fn rescued(&self, mut e: WireError, request: (&str, &Value)) -> WireError {
        // A passphrase is not for a text file, and what only reads was not typed.
        let typed = matches!(table::way(request.0), Some(Way::Writes | Way::Itself))
            && !request.0.starts_with("key.");
        if !typed {
            return e;
        }
        // The desk's own folder is not made anew where it went away.
        let _ = self.refuge.as_deref().map(make_folder);
        let own = self.desk.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folders: Vec<PathBuf> = [own.to_owned()].into_iter().chain(self.refuge.clone()).collect();
        if let Some(kept) = self.rescue.keep(request, &self.desk, &folders) {
            e.message += &format!(". What you typed is kept in {}", kept.display());
        }
        e
    }

    fn carried_out(&self, name: &str, request: Value) -> Result<Value, WireError> {
        let answer = |desk: &mut Desk, request| dispatch(desk, name, request);
        match table::way(name) {
            Some(Way::Reads) => self.desks.reading(|desk| answer(desk, request)),
            Some(Way::Job) => self.job(name, |desk| answer(desk, request)),
            Some(Way::Session) => {
                self.jobs.cancel(table::taken::<CancelRequest>(name, request.clone())?.job);
                self.desks.reading(|desk| answer(desk, request))
            }
            Some(Way::Writes | Way::Itself) | None => self.desks.writing(|desk| answer(desk, request)),
        }
    }

    /// What somebody else wrote since this was last asked. It is asked now and then, so what waits for a quiet moment is done
    /// as well.
    pub fn news(&self) -> Result<Option<News>, WireError> {
        self.desks.tidy()?;
        Ok(self.desks.reading(|desk| Ok(desk.others_wrote()?))?.map(|seq| News { seq }))
    }

    /// Makes the backup that is made whenever a window opens, as a job like any other.
    pub fn roll_backup(&self) -> Result<(), WireError> {
        self.job("desk.backup", |desk| Ok(desk.roll_backup().map(drop)?))
    }

    /// Does what waits until nobody works, on a connection of its own: works out how much of an article is settled, and packs the
    /// texts of long histories. It is asked every few seconds: where anything was called since it was asked last it does
    /// nothing, and at the next call it stops.
    pub fn rest(&self) -> Result<(), WireError> {
        let calls = self.calls.load(Ordering::Relaxed);
        let at_rest = self.calls_seen.swap(calls, Ordering::Relaxed) == calls;
        if !at_rest || !self.desks.reading(|desk| Ok(desk.can_repack()? || desk.needs_coverage()?))? {
            return Ok(());
        }
        let progress = self.until_called(calls);
        let packed = self.desks.aside(|desk| {
            desk.set_progress(progress);
            desk.cover()?;
            Ok(desk.repack()?)
        });
        packed.or_else(|e| if e.code == "cancelled" { Ok(()) } else { Err(e) })
    }

    /// Goes on as long as there were so many calls.
    fn until_called(&self, calls: u64) -> Arc<dyn Progress + Send + Sync> {
        let now = Arc::clone(&self.calls);
        Arc::new(move |_: Doing, _: u64, _: u64| match now.load(Ordering::Relaxed) == calls {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        })
    }

    /// Does of this what costs next to nothing, as every command of the command line that writes does at its end.
    pub fn rest_briefly(&self) -> Result<(), WireError> {
        self.desks.writing(|desk| {
            desk.cover_briefly()?;
            Ok(desk.repack_briefly()?)
        })
    }

    /// Does something long on a connection of its own, and tells how far it is.
    fn job<T>(
        &self,
        command: &str,
        work: impl FnOnce(&mut Desk) -> Result<T, WireError>,
    ) -> Result<T, WireError> {
        let running = self.jobs.begin(command);
        self.desks.aside(|desk| {
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
    fn what_is_done_at_rest_stops_at_the_next_call() {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::open(&folder.path().join("my.desk"), Box::new(SystemClock)).unwrap();
        let at_rest = session.until_called(0);
        assert!(at_rest.at(Doing::Packing, 0, 0).is_ok());
        session.call("scale.list", json!({})).unwrap();
        assert!(at_rest.at(Doing::Packing, 0, 0).is_err());
        session.rest().unwrap();
        assert!(session.until_called(1).at(Doing::Packing, 0, 0).is_ok());
    }
}
