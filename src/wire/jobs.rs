//! The running jobs of a session. Each job reports its steps, and a person can stop it.

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
    /// The job's number in this session; `job.cancel` takes it.
    pub id: u64,
    /// The command it executes.
    pub command: String,
    /// What it does now; nothing when it begins or has ended.
    pub doing: Option<Doing>,
    /// How many units of this are done.
    pub done: u64,
    /// How many units there are; 0 if unknown.
    pub of: u64,
    /// Whether it has ended, with success or not.
    pub ended: bool,
}

/// Receives every step. It is called on the working thread, so it should be quick.
pub type TellJobs = Box<dyn Fn(JobStep) + Send + Sync>;

/// The jobs of a session.
pub(super) struct Jobs {
    report: Arc<TellJobs>,
    last: AtomicU64,
    running: Mutex<BTreeMap<u64, Arc<Job>>>,
}

/// A running job.
pub(super) struct Job {
    id: u64,
    command: String,
    report: Arc<TellJobs>,
    stopped: AtomicBool,
}

/// A running job. It ends when this value is dropped.
pub(super) struct Running<'j> {
    job: Arc<Job>,
    of: &'j Jobs,
}

impl Jobs {
    /// No jobs yet.
    pub fn new(report: TellJobs) -> Self {
        Self { report: Arc::new(report), last: AtomicU64::new(0), running: Mutex::default() }
    }

    /// Begins a job that executes a command.
    pub fn begin(&self, command: &str) -> Running<'_> {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let stopped = AtomicBool::new(false);
        let job = Arc::new(Job { id, command: command.into(), report: Arc::clone(&self.report), stopped });
        self.running().insert(id, Arc::clone(&job));
        job.tell(None, (0, 0), false);
        Running { job, of: self }
    }

    /// Stops a job at its next step. Does nothing if it has ended.
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
        (self.report)(JobStep { id: self.id, command: self.command.clone(), doing, done, of, ended });
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
    /// Receives the steps of the work.
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
