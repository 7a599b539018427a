//! What is kept in memory of an article between calls: its log and the picture folded from it. A write adds to the end
//! of the log, so only what came since is read; where something older ceased to speak, all of it is read anew.

use super::{
    Desk, DeskError,
    read::{live, not_found},
};
use crate::model::{ActionKind, ArticleId, Fact, Logged, Picture, RevisionId, Thread};
use std::sync::Arc;

/// An article as it was read last.
pub(super) struct Kept {
    /// The desk's newest place then.
    seq: i64,
    /// The article's newest revision, whose anchors are in the log.
    newest: RevisionId,
    log: Vec<Logged>,
    picture: Arc<Picture>,
}

impl Desk {
    /// The article's newest revision, and its picture with the anchors of that revision. Fails where it was undone.
    pub(super) fn newest_picture(&self, article: ArticleId) -> Result<(RevisionId, Arc<Picture>), DeskError> {
        let seq = self.store.last_seq()?;
        let held = self.kept.borrow_mut().remove(&article);
        let kept = match held {
            Some(kept) if kept.seq == seq => kept,
            Some(kept) => self.continued(kept, article, seq)?,
            None => self.begun(article, seq)?,
        };
        let answer = (kept.newest, Arc::clone(&kept.picture));
        self.kept.borrow_mut().insert(article, kept);
        Ok(answer)
    }

    fn begun(&self, article: ArticleId, seq: i64) -> Result<Kept, DeskError> {
        let revisions = self.store.live_revisions(Thread::Article(article))?;
        let newest = revisions.last().copied().ok_or_else(|| not_found("article", article, "'articles'"))?;
        let log = self.known_log(article, vec![newest])?;
        let picture = Arc::new(Picture::of(live(&log)));
        Ok(Kept { seq, newest, log, picture })
    }

    fn continued(&self, mut kept: Kept, article: ArticleId, seq: i64) -> Result<Kept, DeskError> {
        let new = self.store.log_since(kept.seq)?;
        if new.iter().any(unsettles) {
            return self.begun(article, seq);
        }
        let before = kept.log.len();
        kept.log.extend(new.into_iter().filter(|l| speaks_of(l.action.thread, article)));
        if kept.log.len() > before {
            kept.picture = Arc::new(Picture::of(live(&kept.log)));
        }
        Ok(Kept { seq, ..kept })
    }
}

/// Whether the action makes older facts speak or fall silent, or another revision the newest.
fn unsettles(logged: &Logged) -> bool {
    use ActionKind as K;
    let silences = matches!(logged.action.kind, K::Undo | K::Redo | K::BringIn | K::Redact);
    silences || logged.facts.iter().any(|f| matches!(f.fact(), Some(Fact::Revision(_))))
}

fn speaks_of(thread: Thread, article: ArticleId) -> bool {
    match thread {
        Thread::Article(id) => id == article,
        Thread::Person(_) | Thread::Source(_) | Thread::Scale(_) => true,
        Thread::Desk => false,
    }
}
