//! Work that is made ready before the desk is kept from writing anything else, so that nobody who writes waits for it.

use crate::desk::{Access, Desk, DeskError};
use crate::model::Chain;

/// How often work is made ready while others write to what it rests on, before they are kept from that.
const TRIES: usize = 4;

impl Desk {
    /// Makes something `ready` on a snapshot, then records it in one transaction that begins with a look at what was written
    /// meanwhile: where that touches a thread it rests on, it is made ready anew, and at last with the others waiting.
    pub(in crate::desk) fn record_ready<R, T>(
        &mut self,
        ready: impl Fn(&Self) -> Result<R, DeskError>,
        rests_on: impl Fn(&R, &Chain) -> bool,
        record: impl Fn(&mut Self, R) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        for _ in 0..TRIES {
            let (seq, made) = self.snapshot(|| Ok((self.seq()?, ready(self)?)))?;
            let done = self.transact(Access::Write, |desk| {
                let changed = desk.store.chains_changed_since(seq)?;
                match changed.iter().any(|chain| rests_on(&made, chain)) {
                    true => Ok(None),
                    false => record(desk, made).map(Some),
                }
            })?;
            if let Some(done) = done {
                return Ok(done);
            }
        }
        self.transact(Access::Write, |desk| {
            let made = ready(desk)?;
            record(desk, made)
        })
    }
}
