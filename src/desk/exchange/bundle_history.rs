//! Which bundles of an article this desk has exported or read, so that it notices an older bundle that is presented as
//! the newest. This is a setting and not a fact: no bundle contains it, and a desk that never saw the newer bundle cannot
//! know about it.

use crate::desk::{Clock, Desk, DeskError, Findings};
use crate::model::{ArticleId, Moment};

impl Desk {
    /// Stores that a bundle of the article was exported or read here. `newest` is the time of the newest action in it.
    pub(in crate::desk) fn remember_bundle(
        &self,
        article: ArticleId,
        newest: Moment,
    ) -> Result<(), DeskError> {
        if self.last_seen(article)?.is_none_or(|seen| seen < newest) {
            self.store.set_setting(&key(article), &newest.0.to_string())?;
        }
        Ok(())
    }

    /// Compares a verified bundle with the bundles seen before. Returns the time of the newest one if this one is older.
    /// The bundle is remembered only if somebody known to this desk signed it, because anybody else could have written
    /// any date into it.
    pub fn newer_bundle_seen(&self, found: &Findings) -> Result<Option<Moment>, DeskError> {
        let Some((article, newest)) = found.newest_action.filter(|_| found.valid) else { return Ok(None) };
        let later = self.last_seen(article)?.filter(|seen| *seen > newest);
        let known = self.signer(&found.signed)?.name.is_some();
        if known && newest <= self.clock.now() {
            self.remember_bundle(article, newest)?;
        }
        Ok(later)
    }

    fn last_seen(&self, article: ArticleId) -> Result<Option<Moment>, DeskError> {
        Ok(self.store.setting(&key(article))?.and_then(|millis| millis.parse().ok()).map(Moment))
    }
}

fn key(article: ArticleId) -> String {
    format!("seen {article}")
}
