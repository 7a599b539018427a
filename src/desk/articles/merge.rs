//! Merging an edit made elsewhere: a file that was written on one revision is merged with the newest revision.
//!
//! A merge records two revisions in one action. The first is the file as it was received, made from its base. The second
//! is the merged text, made from the newest revision and the file. So the newest revision is always the article, both
//! parents can be read and compared, and one undo removes both. While a conflict is undecided, nothing is recorded.

use super::places::carry_places;
use super::revise::{NextRevision, carry_anchors, info_of, record_revision};
use crate::desk::{Desk, DeskError, Done, Reading, Revised, Typed};
use crate::{
    messages::message,
    model::{ActionKind, ArticleId, Chain, RevisionId},
    text::{Decision, Merge, merge, normalise},
};

/// A text that was written elsewhere.
#[derive(Clone, Debug)]
pub struct Returned {
    /// The whole text.
    pub text: String,
    /// The revision it was written on.
    pub base: RevisionId,
    /// The newest revision that a person saw when deciding. If another one is the newest now, the merge is refused.
    pub seen: Option<RevisionId>,
    /// A note on it.
    pub note: Option<String>,
}

/// The result of merging it.
#[derive(Clone, Debug)]
pub enum Merging {
    /// It was written on the newest revision and is its successor.
    Revised(Done<Revised>),
    /// It was merged with the newest revision.
    Merged {
        /// The merged revision.
        done: Done<Revised>,
        /// The file as it was received.
        theirs: RevisionId,
        /// How many conflicts were decided.
        decided: usize,
    },
    /// Conflicts are undecided; nothing was recorded.
    Open(Box<Proposed>),
}

/// A merge that is not recorded.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The revision the file was written on.
    pub base: RevisionId,
    /// The newest revision.
    pub newest: RevisionId,
    /// The text of the base.
    pub base_text: String,
    /// The text of the newest revision: ours.
    pub our_text: String,
    /// The text of the file: theirs.
    pub their_text: String,
    /// The merge of the two.
    pub merge: Merge,
}

impl Desk {
    /// Merges a text that was written on `base` with the newest revision. Records nothing.
    pub fn propose_merge(
        &self,
        article: ArticleId,
        base: RevisionId,
        text: &str,
    ) -> Result<Proposed, DeskError> {
        let (ours, base) = (self.read(article, None)?, self.read(article, Some(base))?);
        let their_text = normalise(text);
        let merge = merge(&base.text, &ours.text, &their_text);
        Ok(Proposed {
            base: base.revision.id,
            newest: ours.revision.id,
            base_text: base.text.to_string(),
            our_text: ours.text.to_string(),
            their_text,
            merge,
        })
    }

    /// Merges a text that was written elsewhere with the newest revision and records the result. `decisions` decides each
    /// conflict by its position in [`Merge::conflicts`]. Fails if the merge changes nothing or would leave no text.
    pub fn merge_returned(
        &mut self,
        article: ArticleId,
        returned: Returned,
        decisions: impl Fn(usize) -> Option<Decision>,
    ) -> Result<Merging, DeskError> {
        let newest = self.read(article, None)?;
        returned.seen.map_or(Ok(()), |seen| self.expect_newest(article, seen))?;
        if returned.base == newest.revision.id {
            let Returned { text, base, note, .. } = returned;
            let typed = Typed { text, base: Some(base), note, ..Typed::default() };
            return Ok(Merging::Revised(self.revise(article, typed)?));
        }
        let proposed = self.propose_merge(article, returned.base, &returned.text)?;
        let decided = proposed.merge.conflicts().count();
        let decisions: Vec<_> = (0..decided).map(decisions).collect();
        let Some(text) = proposed.merge.resolve(&decisions) else {
            return Ok(Merging::Open(Box::new(proposed)));
        };
        refuse_no_change(&newest, &text)?;
        let (done, theirs) = self.record_merge(article, &newest, proposed, text, returned.note)?;
        Ok(Merging::Merged { done, theirs, decided })
    }

    /// Refuses if `seen`, the revision that a person saw, is no longer the newest one.
    pub fn expect_newest(&self, article: ArticleId, seen: RevisionId) -> Result<(), DeskError> {
        let newest = self.newest(article)?;
        if newest == seen {
            return Ok(());
        }
        let (newest, base) = (self.number_of(newest.0)?, self.number_of(seen.0)?);
        Err(DeskError::RevisedElsewhere { newest, base })
    }

    fn record_merge(
        &mut self,
        article: ArticleId,
        newest: &Reading,
        proposed: Proposed,
        text: String,
        note: Option<String>,
    ) -> Result<(Done<Revised>, RevisionId), DeskError> {
        let base = self.read(article, Some(proposed.base))?;
        let (theirs, merged) = (RevisionId(self.fresh()), RevisionId(self.fresh()));
        let saved = text.clone();
        let their_next = next_revision(&base, proposed.their_text, vec![proposed.base], None);
        let next = next_revision(newest, text, vec![proposed.newest, theirs], note);
        let done = self.act(ActionKind::Merge, Chain::Article(article), |act| {
            record_revision(act, article, theirs, &base, their_next)?;
            record_revision(act, article, merged, newest, next)
        })?;
        self.drop_draft_of(article, &saved)?;
        let placements = self.placements(newest, &self.read(article, Some(merged))?);
        let value = Revised { revision: merged, placements };
        Ok((Done { value, action: done.action, seq: done.seq }, theirs))
    }
}

/// A revision of `text` after `before`, with the claims that have a place in it.
pub(super) fn next_revision(
    before: &Reading,
    text: String,
    parents: Vec<RevisionId>,
    note: Option<String>,
) -> NextRevision {
    let (anchors, places) = (carry_anchors(before, &text, None), carry_places(before, &text, None));
    NextRevision { anchors, places, parents, note, restores: None, info: info_of(before), text }
}

fn refuse_no_change(newest: &Reading, text: &str) -> Result<(), DeskError> {
    if *text == *newest.text {
        return Err(DeskError::NoChange(message!("unchanged_merge")));
    }
    refuse_no_text(text)
}

/// Refuses a merge that leaves no text.
pub(in crate::desk) fn refuse_no_text(text: &str) -> Result<(), DeskError> {
    if text.trim().is_empty() {
        return Err(DeskError::refused(message!("refused_merge_empty")));
    }
    Ok(())
}
