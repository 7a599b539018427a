//! Redaction: a named person erases what a fact says. Its digest stays, and so does who erased it.

use super::{Desk, DeskError, Done, act::Act, claims::filled, read::not_found};
use crate::{
    model::{ActionKind, ArticleId, Fact, FactId, Held, Redaction, RevisionId, Thread},
    store::{Tx, Wanted},
};

impl Desk {
    /// Erases a recorded fact's content. A revision loses its text, and the first one the imported
    /// bytes as well; a source loses its files. It cannot be undone; backups made before still hold what it erased. Refused for
    /// what everything else stands on: people, the article itself, the newest revision, and redactions.
    pub fn redact(&mut self, fact: FactId, why: Option<String>) -> Result<Done<()>, DeskError> {
        let missing = || not_found("fact", fact, "'log A --json'");
        let (home, _) = self.store.fact_home(fact)?.ok_or_else(missing)?;
        let recorded = self.store.fact(fact)?.ok_or_else(missing)?;
        let Some(content) = recorded.fact().cloned() else {
            return Err(DeskError::NoChange(
                "that fact's content is gone already; nothing was recorded".into(),
            ));
        };
        self.refuse_needed(&content, home.thread)?;
        let replaced = recorded.replaces.clone();
        let redaction = Fact::Redaction(Redaction { fact, why: filled(why), replaced });
        let record = |act: &mut Act| {
            act.record(redaction);
            Ok(())
        };
        let done = self.act_then(ActionKind::Redact, home.thread, record, |tx| erase(tx, fact, &content))?;
        self.cache.borrow_mut().clear();
        self.store.leave_no_trace()?;
        Ok(done)
    }

    fn refuse_needed(&self, content: &Fact, thread: Thread) -> Result<(), DeskError> {
        let newest = match thread {
            Thread::Article(article) => self.newest(article).ok(),
            Thread::Source(_) | Thread::Person(_) | Thread::Scale(_) | Thread::Desk => None,
        };
        let needed = |r: RevisionId| newest == Some(r);
        match content {
            Fact::Person(_) | Fact::Article(_) | Fact::Redaction(_) | Fact::Import(_) => {
                Err(DeskError::refused(
                    "that fact names who did what, or what everything else hangs on; it cannot be redacted",
                ))
            }
            Fact::Revision(r) if needed(r.revision) => Err(DeskError::refused(
                "that is the newest revision; save a revision without the words first, then redact this one",
            )),
            Fact::Revision(_)
            | Fact::Known(_)
            | Fact::Claim(_)
            | Fact::Anchors(_)
            | Fact::Source(_)
            | Fact::Evidence(_)
            | Fact::Passage(_)
            | Fact::Verdict(_)
            | Fact::Waved(_)
            | Fact::SignOff(_)
            | Fact::Policy(_)
            | Fact::Scale(..)
            | Fact::Query(_)
            | Fact::Answer(_)
            | Fact::Resolution(_)
            | Fact::Archived(_) => Ok(()),
        }
    }
}

/// Erases the content, and with it the text and files that no other recorded fact names: the same words in another
/// revision are that one's to erase. The imported bytes hold the words of the revision they became, and go with it.
fn erase(tx: &Tx, fact: FactId, content: &Fact) -> Result<(), DeskError> {
    tx.erase(fact)?;
    for held in content.held() {
        if tx.is_held(&held.digest())? {
            continue;
        }
        match held {
            Held::Text(digest) => tx.erase_text(&digest)?,
            Held::File(digest) => tx.erase_blob(&digest)?,
        }
    }
    match content {
        Fact::Revision(r) if r.parents.is_empty() => erase_original(tx, r.article),
        _ => Ok(()),
    }
}

/// Erases the bytes an article came as.
fn erase_original(tx: &Tx, article: ArticleId) -> Result<(), DeskError> {
    let log = tx.log(Thread::Article(article), &Wanted::AnchorsOf(Vec::new()))?;
    for held in log.iter().flat_map(|l| &l.facts).filter_map(|f| f.fact()).flat_map(Fact::held) {
        if let Held::File(digest) = held {
            tx.erase_blob(&digest)?;
        }
    }
    Ok(())
}
