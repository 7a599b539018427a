//! Reads an article on a thread of its own, so that a person can stop it. Readers have bounds, so a thread that nobody waits for ends
//! soon, and it changes nothing.

use crate::{
    formats::article::{self, ReadError},
    messages::message,
    model::{Cancelled, Doing, Progress, Proposal, ReadOptions},
};
use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

/// Up to so many bytes are read at once: that takes less than a tenth of a second, and a thread of its own takes longer to begin.
const SHORT: usize = 256 << 10;
/// The time between two steps.
const STEP: Duration = Duration::from_millis(50);
/// The stack of the thread, as large as that of a program.
const STACK: usize = 8 << 20;

/// Reads bytes as an article. The outer error says that the work was stopped.
pub fn read(
    bytes: &[u8],
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Result<Proposal, ReadError>, Cancelled> {
    if bytes.len() <= SHORT {
        progress.at(Doing::Reading, 0, 0)?;
        return Ok(article::read(bytes, options));
    }
    let (send, receive) = mpsc::channel();
    let (own, how) = (bytes.to_vec(), options.clone());
    let reads = move || drop(send.send(article::read(&own, &how)));
    let begun = thread::Builder::new().stack_size(STACK).spawn(reads);
    let read = begun.ok().map(|_| wait(&receive, progress, None)).transpose()?.flatten();
    Ok(read.unwrap_or_else(|| {
        let kind = article::kind(bytes, options);
        Err(ReadError::Unreadable { kind, why: message!("reading_failed") })
    }))
}

/// Waits for the result of other work and reports that it goes on. Gives nothing if the work ends without a result or lasts longer
/// than `longest`. Fails if the work must stop.
pub fn wait<T>(
    result: &Receiver<T>,
    progress: &dyn Progress,
    longest: Option<Duration>,
) -> Result<Option<T>, Cancelled> {
    let mut waited = Duration::ZERO;
    while longest.is_none_or(|l| waited < l) {
        progress.at(Doing::Reading, 0, 0)?;
        match result.recv_timeout(STEP) {
            Ok(value) => return Ok(Some(value)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) => waited += STEP,
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Unwatched;
    use std::{cell::Cell, ops::ControlFlow};

    #[test]
    fn work_that_lasts_is_told_and_can_be_stopped() {
        let (_send, never) = mpsc::channel::<()>();
        let steps = Cell::new(0);
        let third = |_: Doing, _: u64, _: u64| {
            steps.set(steps.get() + 1);
            if steps.get() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        assert_eq!(wait(&never, &third, None), Err(Cancelled));
        assert_eq!(steps.get(), 3);
        assert_eq!(wait(&never, &Unwatched, Some(STEP)), Ok(None));
    }

    #[test]
    fn a_long_article_is_read_as_a_short_one_is() {
        let text = "One statement after the other.\n\n".repeat(10_000);
        assert!(text.len() > SHORT);
        let read = read(text.as_bytes(), &ReadOptions::default(), &Unwatched);
        assert_eq!(
            read.unwrap().unwrap().text,
            article::read(text.as_bytes(), &ReadOptions::default()).unwrap().text
        );
    }
}
