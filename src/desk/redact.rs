//! Redaction: a named person erases what a fact says. Its digest stays, and so does who erased it.

use super::{Desk, DeskError, Done, act::Act, claims::filled, read::not_found};
use crate::model::{ActionKind, Fact, FactId, Redaction, Revision, RevisionId, Thread};

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
        let done =
            self.act_then(ActionKind::Redact, home.thread, record, |desk| desk.erase(fact, &content))?;
        self.kept.borrow_mut().clear();
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

    /// The imported bytes hold the words of the revision they became: they go with it.
    fn erase_original(&self, revision: &Revision) -> Result<(), DeskError> {
        let original = self.whole_picture(revision.article)?.original.clone();
        match original.filter(|_| revision.parents.is_empty()) {
            Some(original) => Ok(self.store.erase_blob(&original.digest)?),
            None => Ok(()),
        }
    }

    fn erase(&self, fact: FactId, content: &Fact) -> Result<(), DeskError> {
        self.store.erase(fact)?;
        match content {
            Fact::Revision(r) => {
                self.store.erase_text(&r.text)?;
                self.erase_original(r)?;
            }
            Fact::Source(s) => s.files.iter().try_for_each(|f| self.store.erase_blob(&f.digest))?,
            _ => {}
        }
        Ok(())
    }
}
