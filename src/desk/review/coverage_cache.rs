//! Stores how much of each article is covered, and whether it counts as verified. Lists read the stored values. Computing
//! them takes too long for a save, so it is done later, while nobody works or after a command of the command line.

use crate::desk::{Access, Desk, DeskError};
use crate::{
    model::{ArticleId, Chain, Doing},
    store::GateResult,
};

/// How many articles are computed after a command.
const MAX_PER_COMMAND: usize = 4;

impl Desk {
    /// Whether there is an article of which it is not known.
    pub fn needs_coverage(&self) -> Result<bool, DeskError> {
        Ok(self.can_write_now() && self.store.without_coverage(&self.policy()?.bytes())?.is_some())
    }

    /// Computes the coverage of all articles that need it. `progress` can stop it.
    pub fn cover(&mut self) -> Result<(), DeskError> {
        while self.needs_coverage()? && self.cover_next()? {
            self.progress.at(Doing::Rebuilding, 0, 0)?;
        }
        Ok(())
    }

    /// Computes the coverage of a few articles.
    pub fn cover_briefly(&mut self) -> Result<(), DeskError> {
        for _ in 0..MAX_PER_COMMAND {
            if !self.needs_coverage()? || !self.cover_next()? {
                break;
            }
        }
        Ok(())
    }

    /// Computes the coverage of one article and stores it, unless somebody changed the article in the meantime. Returns
    /// whether there was one.
    fn cover_next(&mut self) -> Result<bool, DeskError> {
        let Some((article, percent, gated, seq)) = self.snapshot(|| self.next_covered())? else {
            return Ok(false);
        };
        self.transact(Access::Write, |desk| {
            let changed = desk.store.chains_changed_since(seq)?;
            if !changed.contains(&Chain::Article(article)) {
                desk.store.write(|tx| tx.put_coverage(article, percent, &gated))?;
            }
            Ok::<_, DeskError>(())
        })?;
        Ok(true)
    }

    fn next_covered(&self) -> Result<Option<(ArticleId, u8, GateResult, i64)>, DeskError> {
        let policy = self.policy()?.bytes();
        let Some(article) = self.store.without_coverage(&policy)? else { return Ok(None) };
        let gate = self.gate(article)?;
        let gated = GateResult { passed: gate.passed(), policy };
        Ok(Some((article, gate.coverage.percent(), gated, self.seq()?)))
    }
}
