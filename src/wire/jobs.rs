//! Long work of a session while it runs: told step by step to whoever asked for that, and stopped where a person says so.

use crate::model::{Doing, Progress};
use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// One step of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStep {
    /// Which job of this session; say it to `job.cancel`.
    pub id: u64,
    /// The command it carries out.
    pub command: String,
    /// What it does at the moment; nothing where it only begins, or has ended.
    pub doing: Option<Doing>,
    /// How much of that is done.
    pub done: u64,
    /// Of how much; 0 where nobody knows.
    pub of: u64,
    /// Whether it has ended, however it did.
    pub ended: bool,
}

/// Who is told of every step. It is called on the thread that works, so it should be quick.
pub type TellJobs = Box<dyn Fn(JobStep) + Send + Sync>;

/// The jobs of a session.
pub(super) struct Jobs {
    told: Arc<TellJobs>,
    last: AtomicU64,
    running: Mutex<BTreeMap<u64, Arc<Job>>>,
}

/// A job that runs.
pub(super) struct Job {
    id: u64,
    command: String,
    told: Arc<TellJobs>,
    stopped: AtomicBool,
}

/// A job that runs as long as this lives.
pub(super) struct Running<'j> {
    job: Arc<Job>,
    of: &'j Jobs,
}

impl Jobs {
    /// None yet.
    pub fn new(told: TellJobs) -> Self {
        Self { told: Arc::new(told), last: AtomicU64::new(0), running: Mutex::default() }
    }

    /// Begins a job that carries out a command.
    pub fn begin(&self, command: &str) -> Running<'_> {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let stopped = AtomicBool::new(false);
        let job = Arc::new(Job { id, command: command.into(), told: Arc::clone(&self.told), stopped });
        self.running().insert(id, Arc::clone(&job));
        job.tell(None, (0, 0), false);
        Running { job, of: self }
    }

    /// Stops a job at its next step. One that has ended is left alone.
    pub fn cancel(&self, id: u64) {
        if let Some(job) = self.running().get(&id) {
            job.stopped.store(true, Ordering::Relaxed);
        }
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Job>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job {
    fn tell(&self, doing: Option<Doing>, (done, of): (u64, u64), ended: bool) {
        (self.told)(JobStep { id: self.id, command: self.command.clone(), doing, done, of, ended });
    }
}

impl Progress for Job {
    fn step(&self, doing: Doing, done: u64, of: u64) -> ControlFlow<()> {
        self.tell(Some(doing), (done, of), false);
        match self.stopped.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}

impl Running<'_> {
    /// Whom the work tells its steps.
    pub fn progress(&self) -> Arc<dyn Progress + Send + Sync> {
        Arc::clone(&self.job) as _
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.of.running().remove(&self.job.id);
        self.job.tell(None, (0, 0), true);
    }
}
