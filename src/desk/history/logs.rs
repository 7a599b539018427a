//! The source of the logs of chains: the desk as it is, or as it will be after an import.

use crate::desk::{Desk, DeskError};
use crate::{
    model::{ActionId, Chain, Digest, FactId, Logged},
    store::Wanted,
};
use std::collections::HashSet;

/// A source of the logs of chains.
pub(in crate::desk) trait Logs {
    /// The actions of a chain with all their facts, in order.
    fn log(&self, chain: Chain) -> Result<Vec<Logged>, DeskError>;
    /// Those of them that are effective. Actions whose imports were all undone, and actions built on them, are not.
    fn counted(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError>;
    /// Those of them that were imported with a bundle.
    fn imported(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError>;
    /// The facts that are closed here but were not erased here.
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

    fn imported(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError> {
        Ok(self.store.imported_actions(chain)?)
    }

    fn closed_facts(&self) -> Result<HashSet<FactId>, DeskError> {
        Ok(self.store.closed_facts()?)
    }

    fn text(&self, digest: &Digest) -> Result<String, DeskError> {
        Ok(self.store.text(digest)?)
    }
}
