//! When the texts of long histories are packed: while nobody works, or where it takes no time that anybody notices. All of it is
//! the store's work; stopped anywhere, nothing is lost, and whoever writes beside it hardly waits.

use crate::desk::{Desk, DeskError};
use crate::store::NextPack;
use std::{thread, time::Duration};

/// How many bytes of texts one step takes in, about.
const STEP: usize = 8 << 20;
/// How long nothing is packed after something was. Whoever waits to write looks every 25 ms whether it can, so it comes in
/// between.
const PAUSE: Duration = Duration::from_millis(30);
/// So many texts have to wait before a command that saved one packs them.
const MANY: usize = 32;
/// A pack of more bytes of words than this takes a command too long.
const SMALL: usize = 256 << 10;

impl Desk {
    /// Whether there is something to pack.
    pub fn can_repack(&self) -> Result<bool, DeskError> {
        Ok(self.can_write_now() && self.store.can_repack()?)
    }

    /// Packs what there is to pack, and tells how far it is. Fails where it is stopped: what was packed until then stays so.
    pub fn repack(&self) -> Result<(), DeskError> {
        while self.can_repack()? && self.store.repack(STEP, &*self.progress)? {
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Packs what waits where so much waits that it is worth it and so little is packed that it costs a command next to
    /// nothing: a tenth of a second, once in many saves.
    pub fn repack_briefly(&self) -> Result<(), DeskError> {
        let worth = |due: NextPack| due.waiting >= MANY && due.words <= SMALL;
        if self.can_write_now() && self.store.next_pack()?.is_some_and(worth) {
            self.store.repack(STEP, &*self.progress)?;
        }
        Ok(())
    }
}
