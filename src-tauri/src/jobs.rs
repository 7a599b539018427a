//! Opens the desk beside the window, and tells the page how far long work is, with `job` events: often enough to draw a bar,
//! and no more. As long as the program runs, what waits for a quiet moment is done in one.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tauri::{AppHandle, Emitter, Manager};
use tickmark::wire::JobStep;

use crate::open_desk::OpenDesk;

/// How long a job is silent between two events.
const PAUSE: Duration = Duration::from_millis(100);

/// How long nobody calls before a desk is at rest.
const REST: Duration = Duration::from_secs(5);

/// How long after the page is drawn the backup begins: it copies and checks the whole desk, and the first keys come before it.
const AFTER_START: Duration = Duration::from_secs(1);

/// How long the page is waited for. A desk has its backup even if its page is never drawn.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether the page has drawn itself.
#[derive(Default)]
pub struct Drawn {
    said: Mutex<bool>,
    heard: Condvar,
}

impl Drawn {
    /// Says that it has.
    pub fn say(&self) {
        *self.said.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.heard.notify_all();
    }

    /// Waits until it has, or until [`PATIENCE`] is over.
    fn wait(&self) {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.heard.wait_timeout_while(said, PATIENCE, |said| !*said));
    }
}

/// Opens the desk, then makes the backup of every start, then waits for quiet moments.
pub fn start(app: AppHandle) {
    std::thread::spawn(move || {
        let desk = app.state::<OpenDesk>();
        let (teller, sometimes) = (app.clone(), Sometimes::default());
        desk.open(Box::new(move |step| {
            if sometimes.is_due(&step) {
                emit_event(&teller, "job", told(&step));
            }
        }));
        app.state::<Drawn>().wait();
        std::thread::sleep(AFTER_START);
        match desk.roll_backup() {
            Ok(false) => {}
            // The page reads the notices with the desk.
            Ok(true) => emit_event(&app, "desk-changed", Value::Null),
            Err(problem) => emit_event(&app, "failed", problem),
        }
        loop {
            std::thread::sleep(REST);
            desk.rest();
        }
    });
}

/// A page that is not there yet sees what lasts at its next step.
fn emit_event(app: &AppHandle, event: &str, payload: Value) {
    let _ = app.emit(event, payload);
}

fn told(step: &JobStep) -> Value {
    let doing = step.doing.map(|d| d.to_string());
    json!({
        "id": step.id, "command": step.command, "what": doing, "done": step.done, "of": step.of, "ended": step.ended,
    })
}

/// When each job was last told of.
#[derive(Default)]
struct Sometimes(Mutex<HashMap<u64, Instant>>);

impl Sometimes {
    /// Whether a step is told: the first and the last are, and between them one now and then.
    fn is_due(&self, step: &JobStep) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if step.ended {
            return last.remove(&step.id).is_some();
        }
        let now = Instant::now();
        let due = last.get(&step.id).is_none_or(|then| now.duration_since(*then) >= PAUSE);
        if due {
            last.insert(step.id, now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: u64, done: u64, ended: bool) -> JobStep {
        JobStep { id, command: "verify".into(), doing: None, done, of: 9, ended }
    }

    #[test]
    fn the_first_and_the_last_step_of_each_job_are_told() {
        let sometimes = Sometimes::default();
        assert!(sometimes.is_due(&step(1, 0, false)));
        assert!(sometimes.is_due(&step(2, 0, false)));
        assert!(!sometimes.is_due(&step(1, 1, false)));
        assert!(sometimes.is_due(&step(1, 2, true)));
        assert!(sometimes.is_due(&step(2, 1, true)));
    }
}
