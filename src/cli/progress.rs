//! Shows the progress of long work on one line of standard error. The line is overwritten and removed at the end. It appears
//! only on a terminal, and only if the work takes long enough to be noticed.

use crate::{
    desk::{Clock, SystemClock},
    model::{Doing, Progress, Unwatched},
};
use std::{
    io::{IsTerminal, Write, stderr},
    ops::ControlFlow,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The time before the line appears, and between two updates, in milliseconds.
const PATIENCE: i64 = 150;

/// The progress line.
pub struct Line(Mutex<Shown>);

#[derive(Default)]
struct Shown {
    /// When the work began, or the line was last updated.
    since: Option<i64>,
    drawn: bool,
}

impl Line {
    /// A line if standard error is a terminal; otherwise progress is ignored.
    pub fn new() -> (Option<Arc<Self>>, Arc<dyn Progress + Send + Sync>) {
        if !stderr().is_terminal() {
            return (None, Arc::new(Unwatched));
        }
        let line = Arc::new(Self(Mutex::default()));
        (Some(Arc::clone(&line)), line)
    }

    /// Removes the line before other output is printed.
    pub fn clear(&self) {
        let mut shown = self.shown();
        if std::mem::take(&mut shown.drawn) {
            draw("");
        }
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Line {
    fn step(&self, doing: Doing, done: u64, of: u64) -> ControlFlow<()> {
        let (mut shown, now) = (self.shown(), SystemClock.now().0);
        if now - *shown.since.get_or_insert(now) >= PATIENCE {
            (shown.since, shown.drawn) = (Some(now), true);
            draw(&words(doing, done, of));
        }
        ControlFlow::Continue(())
    }
}

/// Overwrites the line. If that fails, the work continues.
fn draw(words: &str) {
    let mut out = stderr().lock();
    let _ = write!(out, "\r\x1b[K{words}").and_then(|()| out.flush());
}

/// The line's text: the kind of work, and how far it is.
fn words(doing: Doing, done: u64, of: u64) -> String {
    let what = match doing {
        Doing::Reading => "Reading and checking",
        Doing::Comparing => "Comparing with the history",
        Doing::Gathering => "Collecting what is exported",
        Doing::Writing => "Writing",
        Doing::Copying => "Copying",
        Doing::Receiving => "Receiving",
        Doing::Fetching => "Fetching",
        Doing::Bringing => "Bringing in articles",
        Doing::Moving => "Moving files beside the desk's own file",
        Doing::Checking => "Checking",
        Doing::Rebuilding => "Updating the desk",
        Doing::Packing => "Compacting texts",
        Doing::Recording => "Recording",
    };
    match (done * 100).checked_div(of) {
        Some(percent) => format!("{what}: {} %", percent.min(100)),
        None => format!("{what} …"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_shows_the_kind_of_work_and_the_percentage() {
        assert_eq!(words(Doing::Writing, 70, 280), "Writing: 25 %");
        assert_eq!(words(Doing::Copying, 7, 0), "Copying …");
    }
}
