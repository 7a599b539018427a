//! Recording what a file brings, in one action.

use super::{
    from_file::ImportedText,
    merge::{next_revision, refuse_no_text},
    returned::{Brought, FileGiven},
    revise::{NextRevision, record_revision},
};
use crate::desk::{Access, Desk, DeskError, Done, Proposed, Reading, Revised, act::Act};
use crate::{
    messages::message,
    model::{ActionKind, ArticleId, Chain, Digest, QueryId, QueryView, RevisionId, SuggestionId},
    text::Decision,
};

/// The result of taking a file.
#[derive(Clone, Debug)]
pub enum Taking {
    /// It is recorded.
    Taken(Box<Done<TakenFile>>),
    /// Conflicts of its direct edits are undecided; nothing was recorded.
    Open(Box<Proposed>),
}

/// What was recorded.
#[derive(Clone, Debug)]
pub struct TakenFile {
    /// The revision with the direct edits, and where claims are in it; the newest one if there were none.
    pub revised: Revised,
    /// Whether that is a new revision.
    pub is_new: bool,
    /// The file's text as a revision of its own, if it was merged.
    pub theirs: Option<RevisionId>,
    /// How many conflicts were decided.
    pub decided: usize,
    /// The suggestions.
    pub suggestions: Vec<SuggestionId>,
    /// The queries that got answers, one for each answer.
    pub answered: Vec<QueryId>,
    /// The new queries.
    pub asked: Vec<QueryId>,
    /// What the file brought.
    pub brought: Brought,
}

/// The revisions that take the direct edits.
struct Edits {
    /// The file's text, if it is merged.
    theirs: Option<(RevisionId, NextRevision)>,
    /// The new revision; none if the newest has all of it.
    next: Option<(RevisionId, NextRevision)>,
    /// Its text.
    text: String,
}

impl Desk {
    /// Records what a Word file brings to an article, in one action. `seen` is the newest revision that a person saw when deciding;
    /// `decisions` decides each conflict. Fails if the file brings nothing new.
    ///
    /// The file is read before the write lock is taken, so that nobody waits for it. Only if somebody records something about the
    /// article meanwhile, it is read once more, under the lock.
    pub fn take_returned(
        &mut self,
        article: ArticleId,
        file: FileGiven,
        seen: Option<RevisionId>,
        note: Option<String>,
        decisions: impl Fn(usize) -> Option<Decision>,
    ) -> Result<Taking, DeskError> {
        seen.map_or(Ok(()), |seen| self.expect_newest(article, seen))?;
        let heads = |desk: &Self| desk.store.heads(Chain::Article(article));
        let (brought, before) = self.transact(Access::Read, |desk| {
            Ok::<_, DeskError>((desk.look_at_returned(article, file)?, heads(desk)?))
        })?;
        self.transact(Access::Write, |desk| {
            seen.map_or(Ok(()), |seen| desk.expect_newest(article, seen))?;
            let same = heads(desk)? == before;
            let brought = if same { brought } else { desk.look_at_returned(article, file)? };
            desk.record_returned(article, file, brought, note, decisions)
        })
    }

    fn record_returned(
        &mut self,
        article: ArticleId,
        file: FileGiven,
        brought: Brought,
        note: Option<String>,
        decisions: impl Fn(usize) -> Option<Decision>,
    ) -> Result<Taking, DeskError> {
        if !brought.is_ours && !file.may_replace {
            self.expect_related(article, &brought.text, file.name)?;
        }
        let proposed = self.propose_merge(article, brought.base, &brought.text)?;
        let decided = proposed.merge.conflicts().count();
        let decisions: Vec<_> = (0..decided).map(decisions).collect();
        let Some(text) = proposed.merge.resolve(&decisions) else {
            return Ok(Taking::Open(Box::new(proposed)));
        };
        refuse_no_text(&text)?;
        let newest = self.read(article, None)?;
        if text == *newest.text && brought.has_only_edits() {
            return Err(DeskError::NoChange(message!("unchanged_returned", file = file.name)));
        }
        let edits = self.edits(&newest, proposed, text, note)?;
        let (new, theirs) = (edits.next.as_ref().map(|e| e.0), edits.theirs.as_ref().map(|e| e.0));
        let saved = edits.text.clone();
        let base = self.read(article, Some(brought.base))?;
        let done = self.act(ActionKind::TakeReturned, Chain::Article(article), |act| {
            if let Some((id, next)) = edits.theirs {
                record_revision(act, article, id, &base, next)?;
            }
            if let Some((id, next)) = edits.next {
                record_revision(act, article, id, &newest, next)?;
            }
            let revision = new.unwrap_or(newest.revision.id);
            let text = edits.text.as_str();
            let imported =
                ImportedText { article, revision, text, file: (Digest::of(file.bytes), file.name) };
            record_rest(act, &imported, &brought)
        })?;
        self.drop_draft_of(article, &saved)?;
        file.draft.map_or(Ok(()), |draft| self.discard_import(draft))?;
        let now = self.read(article, None)?;
        let revised = Revised { revision: now.revision.id, placements: self.placements(&newest, &now) };
        let suggestions = done.value;
        let new_query = |q: &&QueryView| newest.state.queries.iter().all(|old| old.id != q.id);
        let asked = now.state.queries.iter().filter(new_query).map(|q| q.id).collect();
        let answered = brought.answers.iter().map(|a| a.query).collect();
        let is_new = new.is_some();
        let value = TakenFile { revised, is_new, theirs, decided, suggestions, answered, asked, brought };
        Ok(Taking::Taken(Box::new(Done { value, action: done.action, seq: done.seq })))
    }

    /// The revisions for the direct edits: none if the newest text has them, one if the file was made on the newest revision, else
    /// the file's text and the merge.
    fn edits(
        &self,
        newest: &Reading,
        proposed: Proposed,
        text: String,
        note: Option<String>,
    ) -> Result<Edits, DeskError> {
        if text == *newest.text {
            return Ok(Edits { theirs: None, next: None, text });
        }
        let id = RevisionId(self.fresh());
        if proposed.base == proposed.newest {
            let mut next = next_revision(newest, text.clone(), vec![proposed.newest], note);
            next.anchors = self.put_back(newest, &text, next.anchors)?;
            return Ok(Edits { theirs: None, next: Some((id, next)), text });
        }
        let base = self.read(newest.article, Some(proposed.base))?;
        let theirs = RevisionId(self.fresh());
        let their_next = next_revision(&base, proposed.their_text, vec![proposed.base], None);
        let next = next_revision(newest, text.clone(), vec![proposed.newest, theirs], note);
        Ok(Edits { theirs: Some((theirs, their_next)), next: Some((id, next)), text })
    }
}

/// Records suggestions, queries and answers. Returns the ids of the suggestions.
fn record_rest(
    act: &mut Act,
    imported: &ImportedText,
    brought: &Brought,
) -> Result<Vec<SuggestionId>, DeskError> {
    let suggestions = imported.record(act, &brought.read, &[])?.suggestions;
    for found in &brought.queries {
        let query = imported.record_query(act, Some(found.claim), &found.comment)?;
        found.answers.iter().for_each(|a| imported.record_answer(act, query, a));
    }
    brought.answers.iter().for_each(|a| imported.record_answer(act, a.query, &a.comment));
    Ok(suggestions)
}
