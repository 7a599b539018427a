//! Two versions of one article: two revisions that nothing follows. Where both changed different sentences, the desk that
//! came second merges them by itself. Where both changed one sentence, both stay until somebody decides.

use super::join::{Ancestry, merge_sides, missing_anchors};
use crate::desk::{
    Desk, DeskError, Proposed, Reading, Revised,
    articles::{
        merge::refuse_no_text,
        places::carry_places,
        revise::{NextRevision, info_of, record_revision},
    },
};
use crate::{
    messages::message,
    model::{
        Action, ActionId, ActionKind, Anchor, Anchors, ArticleId, Chain, ClaimId, Fact, Logged, RevisionId,
        RevisionView, Suggestion, SuggestionAnchor, SuggestionAnchors,
    },
    text::{Decision, merge},
};
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// The newest version of an article and another one.
type Versions = (RevisionId, RevisionId);

/// The newest revision, and the places in it of claims and of suggestions.
type Stragglers = (RevisionId, Vec<Anchor>, Vec<SuggestionAnchor>);

impl Desk {
    /// The revisions of an article that nothing follows, in order. There is one, unless several people went on at once.
    pub fn versions(&self, article: ArticleId) -> Result<Vec<RevisionId>, DeskError> {
        Ok(self.read(article, None)?.state.versions().iter().map(|r| r.id).collect())
    }

    /// Proposes the merge of the newest version of an article with another one. Records nothing. Refuses a revision that is no
    /// other version: the newest one itself, which the hub's order may have made of another one meanwhile, and one that something
    /// follows.
    pub fn propose_version(&self, article: ArticleId, other: RevisionId) -> Result<Proposed, DeskError> {
        let (ours, theirs) = (self.read(article, None)?, self.read(article, Some(other))?);
        if theirs.newest || !ours.state.versions().iter().any(|version| version.id == other) {
            return Err(DeskError::refused(message!(
                "refused_no_version",
                number = self.number_of(other.0)?
            )));
        }
        let base = self.common_base(&ours, &theirs)?;
        Ok(Proposed {
            base: base.revision.id,
            newest: ours.revision.id,
            base_text: base.text.to_string(),
            our_text: ours.text.to_string(),
            their_text: theirs.text.to_string(),
            merge: merge(&base.text, &ours.text, &theirs.text),
        })
    }

    /// Settles what came in: redoes what this desk's work needs, merges versions, carries what was recorded here on earlier
    /// revisions. Adds to `articles` those that changed in earlier rounds which broke off before this.
    pub(in crate::desk) fn settle_received(
        &self,
        articles: &mut BTreeSet<ArticleId>,
    ) -> Result<(), DeskError> {
        let until = self.seq()?;
        let done = self.settle_until(until, articles);
        if self.seq()? > until {
            self.shared.own_actions.report_after(until);
        }
        done
    }

    /// Settles what came in up to the action `until`.
    fn settle_until(&self, until: i64, articles: &mut BTreeSet<ArticleId>) -> Result<(), DeskError> {
        let settled = self.store.settled()?;
        self.restore_undone(settled)?;
        let changed = self.store.chains_changed_since(settled)?.into_iter();
        articles.extend(changed.filter_map(|chain| match chain {
            Chain::Article(article) => Some(article),
            Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
        }));
        for article in articles.iter().copied() {
            // A desk settles only what it has a part in.
            if self.store.is_worked_on_here(Chain::Article(article))? {
                self.settle_versions(article)?;
                self.carry_stragglers(article)?;
            }
        }
        match until > settled {
            true => self.write::<_, DeskError>(|tx| Ok(tx.set_settled(until)?)),
            false => Ok(()),
        }
    }

    /// Merges two versions of which this desk recorded the newest, if no sentence was changed in both.
    fn settle_versions(&self, article: ArticleId) -> Result<(), DeskError> {
        match self.snapshot(|| self.mergeable(article))? {
            Some((versions, text)) => self.record_version_merge(article, versions, text, true).map(drop),
            None => Ok(()),
        }
    }

    /// The newest version, the other one, and the merged text, if this desk recorded the newer of two and they have a common
    /// revision.
    fn mergeable(&self, article: ArticleId) -> Result<Option<(Versions, String)>, DeskError> {
        let Ok(newest) = self.read(article, None) else { return Ok(None) };
        let [theirs, ours] = newest.state.versions()[..] else { return Ok(None) };
        if !self.was_saved_here(ours)? || !self.role()?.is_none_or(|r| r.may(ActionKind::Merge)) {
            return Ok(None);
        }
        let Ok(proposed) = self.propose_version(article, theirs.id) else { return Ok(None) };
        Ok(proposed.merge.resolve(&[]).map(|text| ((ours.id, theirs.id), text)))
    }

    /// Merges the newest version of an article with another one, as a person decided: each conflict by its position. Returns
    /// the merge if a conflict is undecided. Fails if `seen` is no longer the newest version.
    pub fn merge_version(
        &mut self,
        article: ArticleId,
        other: RevisionId,
        seen: RevisionId,
        decide: impl Fn(usize) -> Option<Decision>,
    ) -> Result<Result<Revised, Box<Proposed>>, DeskError> {
        self.expect_newest(article, seen)?;
        let (before, proposed) = (self.read(article, None)?, self.propose_version(article, other)?);
        let decisions: Vec<_> = (0..proposed.merge.conflicts().count()).map(decide).collect();
        let Some(text) = proposed.merge.resolve(&decisions) else { return Ok(Err(Box::new(proposed))) };
        refuse_no_text(&text)?;
        if !self.record_version_merge(article, (before.revision.id, other), text, false)? {
            self.expect_newest(article, seen)?;
        }
        let now = self.read(article, None)?;
        Ok(Ok(Revised { revision: now.revision.id, placements: self.placements(&before, &now) }))
    }

    /// Records the merge of the newest version with another one. Returns whether it did: not if somebody saved after the text was
    /// merged. The next round merges what is there then.
    fn record_version_merge(
        &self,
        article: ArticleId,
        (newest, other): Versions,
        text: String,
        automatic: bool,
    ) -> Result<bool, DeskError> {
        let id = RevisionId(self.fresh());
        // Claims are carried before anybody has to wait for it.
        let (seen, merged) =
            self.snapshot(|| Ok((self.seq()?, self.merged(article, (newest, other), text.clone())?)))?;
        self.write::<_, DeskError>(|tx| {
            // Somebody may have marked a claim meanwhile, which has to be carried too.
            let same = tx.last_seq()? == seen;
            let merged = if same { merged } else { self.merged(article, (newest, other), text)? };
            let Some((ours, next)) = merged else { return Ok(false) };
            let person = self.who(tx)?;
            let done = self.record(tx, ActionKind::Merge, Chain::Article(article), person, |act| {
                record_revision(act, article, id, &ours, next)
            })?;
            if automatic {
                tx.mark_automatic(done.action)?;
            }
            Ok(true)
        })
    }

    /// The newest version and its merge with another one; none if somebody saved since.
    fn merged(
        &self,
        article: ArticleId,
        (newest, other): Versions,
        text: String,
    ) -> Result<Option<(Reading, NextRevision)>, DeskError> {
        let (ours, theirs) = (self.read(article, None)?, self.read(article, Some(other))?);
        if ours.revision.id != newest {
            return Ok(None);
        }
        let base = self.common_base(&ours, &theirs)?;
        let next = merge_sides(&ours, &theirs, &info_of(&base), text);
        Ok(Some((ours, next)))
    }

    /// Carries claims and suggestions to the newest revision that this desk recorded on an earlier one while somebody else saved
    /// it.
    fn carry_stragglers(&self, article: ArticleId) -> Result<(), DeskError> {
        if !self.role()?.is_none_or(|r| r.may(ActionKind::Merge)) {
            return Ok(());
        }
        // Mostly there is none, and nobody waits while that is found out.
        let (seen, found) = self.snapshot(|| Ok((self.seq()?, self.stragglers(article)?)))?;
        if found.is_none() {
            return Ok(());
        }
        self.write::<_, DeskError>(|tx| {
            let found = if tx.last_seq()? == seen { found } else { self.stragglers(article)? };
            let Some((revision, anchors, places)) = found else { return Ok(()) };
            let person = self.who(tx)?;
            let done = self.record(tx, ActionKind::Merge, Chain::Article(article), person, |act| {
                if !anchors.is_empty() {
                    act.record(Fact::Anchors(Anchors { revision, anchors }));
                }
                if !places.is_empty() {
                    act.record(Fact::SuggestionAnchors(SuggestionAnchors { revision, anchors: places }));
                }
                Ok(())
            })?;
            Ok(tx.mark_automatic(done.action)?)
        })
    }

    /// The places in the newest revision of what was recorded here on earlier ones and has none in it yet.
    fn stragglers(&self, article: ArticleId) -> Result<Option<Stragglers>, DeskError> {
        let Ok(newest) = self.read(article, None) else { return Ok(None) };
        let (claims, suggestions) = (self.unplaced_claims(&newest)?, self.unplaced_suggestions(&newest)?);
        let mut earlier: BTreeSet<RevisionId> = suggestions.values().copied().collect();
        earlier.extend(self.last_places(article, &claims)?.into_values().map(|(revision, _)| revision));
        let (mut anchors, mut places) = (Vec::new(), Vec::new());
        for revision in earlier.into_iter().filter(|r| *r != newest.revision.id) {
            let Ok(then) = self.read(article, Some(revision)) else { continue };
            anchors.extend(missing_anchors(&newest, &then).into_iter().filter(|a| claims.contains(&a.claim)));
            let carried = carry_places(&then, &newest.text, None).into_iter();
            places.extend(carried.filter(|a| suggestions.get(&a.of()) == Some(&revision)));
        }
        let any = !anchors.is_empty() || !places.is_empty();
        Ok(any.then_some((newest.revision.id, anchors, places)))
    }

    /// The claims that were marked here and have no place in a revision, not even as orphans.
    fn unplaced_claims(&self, reading: &Reading) -> Result<HashSet<ClaimId>, DeskError> {
        let mut found = HashSet::new();
        let placed = |claim| reading.state.anchor(reading.revision.id, claim).is_some();
        for claim in reading.state.live_claims().filter(|c| !placed(c.id)) {
            if self.store.was_introduced_here(claim.id.0)? {
                found.insert(claim.id);
            }
        }
        Ok(found)
    }

    /// The undecided suggestions that were made here on another revision and have no place in this one, each with the
    /// revision it was made on.
    fn unplaced_suggestions(&self, reading: &Reading) -> Result<HashMap<Uuid, RevisionId>, DeskError> {
        let id = reading.revision.id;
        let placed: HashSet<Uuid> =
            reading.state.suggestion_anchors(id).iter().map(SuggestionAnchor::of).collect();
        let mut found = HashMap::new();
        for view in reading.state.suggestions.iter().filter(|v| v.decision().is_none()) {
            let Suggestion { revision, within, .. } = view.suggestion;
            let lost = revision != id && within.is_none() && !placed.contains(&view.id.0);
            if lost && self.store.was_recorded_here(view.stamp.action)? {
                found.insert(view.id.0, revision);
            }
        }
        Ok(found)
    }

    /// Redoes what others undid, in actions that came after `after`, where this person's live work here depends on it. The redo stays when that work is undone: others
    /// may have gone on from it.
    fn restore_undone(&self, after: i64) -> Result<(), DeskError> {
        let others = self.store.undos_received_after(after)?.into_iter();
        for undo in others.filter(|undo| self.my_id() != Some(undo.person)) {
            let Some(target) = undo.target.map(|t| self.store.action(t)).transpose()?.flatten() else {
                continue;
            };
            let own = |l: &Logged| self.my_id() == Some(l.action.person);
            let Some(mine) = self.snapshot(|| self.building_on(&target))?.into_iter().find(own) else {
                continue;
            };
            if self.store.is_undone(target.id)? {
                self.redo_for(&target, mine.action.id)?;
            }
        }
        Ok(())
    }

    fn redo_for(&self, target: &Action, mine: ActionId) -> Result<(), DeskError> {
        self.write::<_, DeskError>(|tx| {
            let person = self.who(tx)?;
            let done = self.record(tx, ActionKind::Redo, target.chain, person, |act| {
                act.target(target.id);
                Ok(())
            })?;
            tx.mark_needed_by(done.action, mine)?;
            Ok(tx.mark_automatic(done.action)?)
        })
    }

    fn common_base(&self, ours: &Reading, theirs: &Reading) -> Result<Reading, DeskError> {
        let all = &ours.state.revisions;
        let found = Ancestry::of([all, &[]]).common_ancestor(ours.revision.id, theirs.revision.id, all);
        let base = found.ok_or_else(super::join::no_common_revision)?.id;
        self.read(ours.article, Some(base))
    }

    /// Whether a revision was saved in this file.
    fn was_saved_here(&self, revision: &RevisionView) -> Result<bool, DeskError> {
        Ok(self.store.was_recorded_here(revision.stamp.action)?)
    }
}
