//! Redaction: a named person erases what a fact says. Its digest stays, and so does who erased it.

use super::{Desk, DeskError, Done, claims::filled, read::not_found};
use crate::model::{ActionKind, Fact, FactId, Redaction, RevisionId, Thread};

impl Desk {
    /// Erases a recorded fact's content. A revision loses its text, a source its files. It cannot be undone. Refused for
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
        self.act(ActionKind::Redact, home.thread, |act| {
            act.record(Fact::Redaction(Redaction { fact, why: filled(why) }));
            Ok(())
        })
        .and_then(|done| {
            self.store.transaction(|| self.erase(fact, &content))?;
            self.pictures.borrow_mut().clear();
            Ok(done)
        })
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
            | Fact::Scale(..)
            | Fact::Query(_)
            | Fact::Answer(_)
            | Fact::Resolution(_)
            | Fact::Archived(_) => Ok(()),
        }
    }

    fn erase(&self, fact: FactId, content: &Fact) -> Result<(), DeskError> {
        self.store.erase(fact)?;
        match content {
            Fact::Revision(r) => self.store.erase_text(&r.text)?,
            Fact::Source(s) => s.files.iter().try_for_each(|f| self.store.erase_blob(&f.digest))?,
            _ => {}
        }
        Ok(())
    }
}
