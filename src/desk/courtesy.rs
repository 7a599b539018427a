//! Who writes first. A desk has one write lock, and SQLite gives it to whoever asks at the right moment. A round with a shared
//! desk takes it again and again; between two parts of its work it lets those write who wait.

use super::{Desk, DeskError};
use crate::store::Access;
use std::{sync::atomic::Ordering, thread, time::Duration};

/// How long others may write between two parts of long work. Another program that waits asks every millisecond.
const PAUSE: Duration = Duration::from_millis(2);
/// How often it looks whether somebody of this program still waits, and how many times: at most 50 ms, so that long work ends
/// although somebody else always waits.
const LOOK_AGAIN: Duration = Duration::from_millis(1);
const MOST_LOOKS: u32 = 50;

impl Desk {
    /// Takes the write lock. While it waits, the long work of this program can see that.
    pub(super) fn wait_to_write(&self) -> Result<(), DeskError> {
        let waiting = &self.shared.waiting;
        waiting.fetch_add(1, Ordering::SeqCst);
        let begun = self.store.begin(Access::Write);
        waiting.fetch_sub(1, Ordering::SeqCst);
        Ok(begun?)
    }

    /// Lets others write before the next part of long work: those of this program who wait, and for a moment those of others.
    pub(super) fn let_others_write(&self) {
        thread::sleep(PAUSE);
        for _ in 0..MOST_LOOKS {
            if self.shared.waiting.load(Ordering::SeqCst) == 0 {
                return;
            }
            thread::sleep(LOOK_AGAIN);
        }
    }
}
