//! How much of each article is settled and whether it counts as verified, as lists tell it: it costs too much for a save, so it is worked out afterwards, while
//! nobody works or behind a command of the command line.

use crate::desk::{Access, Desk, DeskError};
use crate::{
    model::{ArticleId, Chain, Doing},
    store::GateResult,
};

/// So many articles are done behind a command.
const FEW: usize = 4;

impl Desk {
    /// Whether there is an article of which it is not known.
    pub fn has_uncovered(&self) -> Result<bool, DeskError> {
        Ok(self.can_write_now() && self.store.without_coverage(&self.policy()?.bytes())?.is_some())
    }

    /// Works it out for all articles of which it is not known, and stops where it is told to.
    pub fn cover(&mut self) -> Result<(), DeskError> {
        while self.has_uncovered()? && self.cover_next()? {
            self.progress.at(Doing::Rebuilding, 0, 0)?;
        }
        Ok(())
    }

    /// Works it out for few.
    pub fn cover_briefly(&mut self) -> Result<(), DeskError> {
        for _ in 0..FEW {
            if !self.has_uncovered()? || !self.cover_next()? {
                break;
            }
        }
        Ok(())
    }

    /// Works it out for one article and keeps it, unless somebody changed the article meanwhile. Gives whether there was one.
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
