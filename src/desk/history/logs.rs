//! Where the logs of threads are read from: the desk as it is, or as it will be.

use crate::desk::{Desk, DeskError};
use crate::{
    model::{ActionId, Chain, Digest, FactId, Logged},
    store::Wanted,
};
use std::collections::HashSet;

/// Where the logs of threads are read from.
pub(in crate::desk) trait Logs {
    /// A thread's actions with all their facts, in order.
    fn log(&self, chain: Chain) -> Result<Vec<Logged>, DeskError>;
    /// Those of them that count: not the ones that only came in with imports that were undone, nor what was built on them.
    fn counted(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError>;
    /// Those of them that came in with a bundle.
    fn brought_in(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError>;
    /// The facts that are closed here without having been erased here.
    fn closed_facts(&self) -> Result<HashSet<FactId>, DeskError>;
    /// A revision's text.
    fn text(&self, digest: &Digest) -> Result<String, DeskError>;
}

/// The desk as it is.
impl Logs for Desk {
    fn log(&self, chain: Chain) -> Result<Vec<Logged>, DeskError> {
        Ok(self.store.log(chain, &Wanted::All)?)
    }

    fn counted(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError> {
        Ok(self.store.counted(chain)?)
    }

    fn brought_in(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError> {
        Ok(self.store.imported_actions(chain)?)
    }

    fn closed_facts(&self) -> Result<HashSet<FactId>, DeskError> {
        Ok(self.store.closed_facts()?)
    }

    fn text(&self, digest: &Digest) -> Result<String, DeskError> {
        Ok(self.store.text(digest)?)
    }
}
