//! Work that is prepared before the write lock is taken, so that nobody who writes waits for it.

use crate::desk::{Access, Desk, DeskError};
use crate::model::Chain;

/// How often work is prepared without the write lock, while others may change what it depends on.
const TRIES: usize = 4;

impl Desk {
    /// Prepares something with `ready` on a snapshot, then records it in one transaction. If others wrote to a chain it
    /// depends on in between, it is prepared again. The last try takes the write lock first.
    pub(in crate::desk) fn prepare_and_record<R, T>(
        &mut self,
        ready: impl Fn(&Self) -> Result<R, DeskError>,
        depends_on: impl Fn(&R, &Chain) -> bool,
        record: impl Fn(&mut Self, R) -> Result<T, DeskError>,
    ) -> Result<T, DeskError> {
        for _ in 0..TRIES {
            let (seq, made) = self.snapshot(|| Ok((self.seq()?, ready(self)?)))?;
            let done = self.transact(Access::Write, |desk| {
                let changed = desk.store.chains_changed_since(seq)?;
                match changed.iter().any(|chain| depends_on(&made, chain)) {
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
