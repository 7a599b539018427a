//! When the texts of long histories are packed: while nobody works, or when it takes an unnoticeable time. The store does
//! the work. It can be stopped at any time without loss, and other writers hardly wait.

use crate::desk::{Desk, DeskError};
use crate::store::NextPack;
use std::{thread, time::Duration};

/// About how many bytes of text one step packs.
const STEP_BYTES: usize = 8 << 20;
/// The pause after each step. A waiting writer tries every 25 ms, so it can write during the pause.
const PAUSE: Duration = Duration::from_millis(30);
/// How many texts must be waiting before a command that saved one packs them.
const MIN_WAITING: usize = 32;
/// The most bytes of words that a command packs. More would take too long.
const MAX_WORDS: usize = 256 << 10;

impl Desk {
    /// Whether there is something to pack.
    pub fn can_repack(&self) -> Result<bool, DeskError> {
        Ok(self.can_write_now() && self.store.can_repack()?)
    }

    /// Packs everything that is waiting, and reports progress. Fails if it is stopped; what was packed until then stays
    /// packed.
    pub fn repack(&self) -> Result<(), DeskError> {
        while self.can_repack()? && self.store.repack(STEP_BYTES, &*self.progress)? {
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Packs waiting texts if there are many of them and little to pack, so that it costs a command almost nothing: a
    /// tenth of a second, once in many saves.
    pub fn repack_briefly(&self) -> Result<(), DeskError> {
        let worth = |due: NextPack| due.waiting >= MIN_WAITING && due.words <= MAX_WORDS;
        if self.can_write_now() && self.store.next_pack()?.is_some_and(worth) {
            self.store.repack(STEP_BYTES, &*self.progress)?;
        }
        Ok(())
    }
}
