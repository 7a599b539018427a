//! Undo and redo: recorded like every action, without limit, the same in the window and on the command line.

use crate::desk::{Clock, Desk, DeskError};
use crate::{
    messages::message,
    model::{Action, ActionId, ActionKind, ArticleId, Chain, Digest, Fact, Logged, Recorded, Revision},
    store::{Draft, Step, Tx, Wanted},
};

/// What was undone or redone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stepped {
    /// The original action.
    pub action: Action,
    /// Its article, if it has one.
    pub article: Option<ArticleId>,
    /// Whether the text of an undone save is stored as a draft.
    pub draft_kept: bool,
}

impl Desk {
    /// The action that undo would undo.
    pub fn next_undo(&self) -> Result<Option<Action>, DeskError> {
        Ok(self.store.next_step(Step::Undo)?)
    }

    /// The action that redo would redo.
    pub fn next_redo(&self) -> Result<Option<Action>, DeskError> {
        Ok(self.store.next_step(Step::Redo)?)
    }

    /// Undoes the last live action. Refused if `seen` is given and is another action. The text of an undone save becomes
    /// a draft, so nothing typed is lost. Refused if that would replace a draft whose text is saved nowhere else.
    pub fn undo(&mut self, seen: Option<ActionId>) -> Result<Stepped, DeskError> {
        let target = self.next_undo()?.ok_or_else(|| DeskError::NoChange(message!("unchanged_undo")))?;
        self.refuse_stale(&target, seen)?;
        self.refuse_undo(&target)?;
        let draft = self.words_to_keep(&target)?;
        let draft_kept = draft.is_some();
        self.act_then(
            ActionKind::Undo,
            target.chain,
            |act| {
                act.target(target.id);
                draft.map(|d| act.tx().save_draft(&d)).transpose()?;
                Ok(())
            },
            |tx| settle_import(tx, &target),
        )?;
        Ok(Stepped { article: article_of(&target), action: target, draft_kept })
    }

    /// Redoes the last undone action, if no new action was recorded since.
    pub fn redo(&mut self, seen: Option<ActionId>) -> Result<Stepped, DeskError> {
        let target = self.next_redo()?.ok_or_else(|| DeskError::NoChange(message!("unchanged_redo")))?;
        self.refuse_stale(&target, seen)?;
        self.act_then(
            ActionKind::Redo,
            target.chain,
            |act| {
                act.target(target.id);
                Ok(())
            },
            |tx| settle_import(tx, &target),
        )?;
        self.drop_same_draft(&target)?;
        Ok(Stepped { article: article_of(&target), action: target, draft_kept: false })
    }

    /// Refuses to undo an action that others depend on.
    pub fn refuse_undo(&self, target: &Action) -> Result<(), DeskError> {
        if target.kind == ActionKind::ImportBundle && self.store.redacted_since(target.id)? {
            return Err(DeskError::refused(message!("refused_undo_after_redaction")));
        }
        self.refuse_without_text(target)?;
        self.refuse_if_built_on(target)
    }

    fn refuse_stale(&self, target: &Action, seen: Option<ActionId>) -> Result<(), DeskError> {
        if seen.is_some_and(|s| s != target.id) { Err(DeskError::StaleUndo) } else { Ok(()) }
    }

    /// Refuses if all older revisions of the article were redacted, because the article would have no text.
    fn refuse_without_text(&self, target: &Action) -> Result<(), DeskError> {
        let (Some(article), false) = (article_of(target), target.kind == ActionKind::Import) else {
            return Ok(());
        };
        let Ok(reading) = self.newest_reading(article) else { return Ok(()) };
        if reading.state.revisions.iter().any(|r| r.stamp.action != target.id) {
            return Ok(());
        }
        Err(DeskError::refused(message!("refused_undo_redacted_text")))
    }

    /// The text of a save that will be undone, as a draft on its parent.
    fn words_to_keep(&self, target: &Action) -> Result<Option<Draft>, DeskError> {
        let Some(revision) = self.saved_by(target)? else { return Ok(None) };
        let Some(&base) = revision.parents.first() else { return Ok(None) };
        let (article, text) = (revision.article, self.store.text(&revision.text)?);
        match self.store.draft(article)? {
            Some(typed) if typed.text != text && !self.is_recorded(article, &typed.text)? => {
                Err(DeskError::refused(message!("refused_undo_draft")))
            }
            _ => Ok(Some(Draft { article, base, text, changes: None, at: self.clock.now() })),
        }
    }

    /// Whether this text is the text of a revision, live or undone. Then a draft of it is not needed.
    fn is_recorded(&self, article: ArticleId, text: &str) -> Result<bool, DeskError> {
        let digest = Digest::of(text.as_bytes());
        let log = self.store.log(Chain::Article(article), &Wanted::AnchorsOf(Vec::new()))?;
        let mut facts = log.iter().flat_map(|l| &l.facts);
        Ok(facts.any(|f| matches!(f.fact(), Some(Fact::Revision(r)) if r.text == digest)))
    }

    fn drop_same_draft(&self, target: &Action) -> Result<(), DeskError> {
        let Some(revision) = self.saved_by(target)? else { return Ok(()) };
        let text = self.store.text(&revision.text)?;
        if self.store.draft(revision.article)?.is_some_and(|d| d.text == text) {
            self.store.drop_draft(revision.article)?;
        }
        Ok(())
    }

    /// The revision that an action saved. For a merge it is the merged one, which is recorded last.
    fn saved_by(&self, target: &Action) -> Result<Option<Revision>, DeskError> {
        if !matches!(target.kind, ActionKind::Revise | ActionKind::Merge) {
            return Ok(None);
        }
        let log = self.store.log(target.chain, &Wanted::AnchorsOf(Vec::new()))?;
        let saved = |l: &Logged| {
            l.facts.iter().rev().find_map(|f| match f.fact() {
                Some(Fact::Revision(r)) => Some(r.clone()),
                _ => None,
            })
        };
        Ok(log.iter().find(|l| l.action.id == target.id).and_then(saved))
    }
}

impl Desk {
    /// On a shared desk: refuses to undo what somebody else's work depends on by now.
    fn refuse_if_built_on(&self, target: &Action) -> Result<(), DeskError> {
        if !self.store.is_taken(target.id)? {
            return Ok(());
        }
        let other = self.building_on(target)?.into_iter().find(|l| l.action.person != target.person);
        let Some(other) = other else { return Ok(()) };
        let name = self.person(other.action.person)?.map(|p| p.name).unwrap_or_default();
        Err(DeskError::refused(message!("refused_undo_built_on", name = name)))
    }

    /// The live actions of the same chain that name what an action introduced, or replace what it recorded.
    pub(in crate::desk) fn building_on(&self, target: &Action) -> Result<Vec<Logged>, DeskError> {
        let log = self.store.log(target.chain, &Wanted::AnchorsOf(Vec::new()))?;
        let Some(at) = log.iter().position(|l| l.action.id == target.id) else { return Ok(Vec::new()) };
        let made = made_by(&log[at]);
        let names = |f: &Recorded| {
            let text = f.fact().map(|fact| fact.canonical(f.id, &f.replaces)).unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            made.iter().any(|id| text.contains(id))
        };
        let builds = |l: &Logged| l.live && l.action.target.is_none() && l.facts.iter().any(names);
        Ok(log.into_iter().skip(at + 1).filter(builds).collect())
    }
}

/// The ids of what an action introduced, and of its facts.
fn made_by(logged: &Logged) -> Vec<String> {
    let things = logged.facts.iter().filter_map(Recorded::fact).filter_map(Fact::numbered);
    let facts = logged.facts.iter().map(|f| f.id.to_string());
    things.map(|(_, id)| id.to_string()).chain(facts).collect()
}

/// After the undo or redo of an import, its chains continue from other actions.
fn settle_import(tx: &Tx, target: &Action) -> Result<(), DeskError> {
    match target.kind {
        ActionKind::ImportBundle => Ok(tx.recompute_heads(target.id)?),
        _ => Ok(()),
    }
}

fn article_of(action: &Action) -> Option<ArticleId> {
    match action.chain {
        Chain::Article(id) => Some(id),
        Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
    }
}
