//! Which bundles of an article passed through this desk: so that an older one, handed over as if it were the last word, is
//! noticed. It is a memory and no fact: it goes into no bundle, and a desk that never saw the newer one cannot know.

use crate::desk::{Clock, Desk, DeskError, Findings};
use crate::model::{ArticleId, Moment};

impl Desk {
    /// Remembers that a bundle of the article whose newest action is of that moment was written or read here.
    pub(in crate::desk) fn remember(&self, article: ArticleId, newest: Moment) -> Result<(), DeskError> {
        if self.last_seen(article)?.is_none_or(|seen| seen < newest) {
            self.store.set_setting(&key(article), &newest.0.to_string())?;
        }
        Ok(())
    }

    /// Holds a bundle that was verified against those seen before. Gives how far the newest of them went, where this one is
    /// older. It is remembered where somebody this desk knows signed it: anybody else could have written any day into it.
    pub fn older_than(&self, found: &Findings) -> Result<Option<Moment>, DeskError> {
        let Some((article, newest)) = found.stands.filter(|_| found.valid) else { return Ok(None) };
        let later = self.last_seen(article)?.filter(|seen| *seen > newest);
        let known = self.signer(&found.signed)?.name.is_some();
        if known && newest <= self.clock.now() {
            self.remember(article, newest)?;
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
