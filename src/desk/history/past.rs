//! Old states of an article: its state after any action, its timeline, and the author of each word. Records nothing.

use crate::desk::{
    Desk, DeskError, Reading, Standings,
    error::{Missing, not_found},
};
use crate::{
    messages::message,
    model::{ActionId, ArticleId, ArticleState, Chain, Logged, RevisionId, RevisionView, Standing, undone},
    store::Wanted,
    text::{Edition, Span, blame},
};
use std::{collections::HashMap, sync::Arc};

/// The most points of a timeline. Of more revisions, evenly spaced ones are taken.
const POINTS: usize = 120;

/// The status of an article's claims while a revision was the newest: right before the next revision, or now.
#[derive(Clone, Debug)]
pub struct Point {
    /// The revision.
    pub revision: RevisionView,
    /// The last action while it was the newest.
    pub until: ActionId,
    /// How many words its text has.
    pub words: usize,
    /// The number of claims of each standing, in the order of [`Standing`]: unchecked, checked, stale, orphaned.
    pub standings: [usize; 4],
}

/// Words of a revision and the revision that first had them.
#[derive(Clone, Debug)]
pub struct Authored {
    /// Their place in the revision that is read.
    pub span: Span,
    /// Who wrote them, and when.
    pub by: RevisionView,
}

impl Desk {
    /// The article right after `action`: its newest revision at that time, with its claims, evidence, verdicts and
    /// queries. Fails if the action is not of this article, or if the article had no live revision after it.
    pub fn read_after(&self, article: ArticleId, action: ActionId) -> Result<Reading, DeskError> {
        let log = self.whole_log(article)?;
        self.reading_after_action(article, &log, action)
    }

    /// The article's timeline: a point for each live revision.
    pub fn timeline(&self, article: ArticleId) -> Result<Vec<Point>, DeskError> {
        let log = self.whole_log(article)?;
        let revisions = self.read(article, None)?.state.revisions.clone();
        let step = revisions.len().div_ceil(POINTS).max(1);
        let own: Vec<ActionId> = actions_of(&log, article).map(|l| l.action.id).collect();
        let mut points = Vec::new();
        for (at, revision) in revisions.iter().enumerate() {
            if at % step != 0 && at + 1 != revisions.len() {
                continue;
            }
            let Some(until) = last_action_while_newest(&own, &revisions, at) else { continue };
            points.push(point(&self.reading_after_action(article, &log, until)?, revision.clone(), until));
        }
        Ok(points)
    }

    /// The last action while a revision was the newest.
    pub fn last_while(&self, article: ArticleId, revision: RevisionId) -> Result<ActionId, DeskError> {
        let log = self.store.log(Chain::Article(article), &Wanted::AnchorsOf(Vec::new()))?;
        let revisions = self.read(article, None)?.state.revisions.clone();
        let at = revisions.iter().position(|r| r.id == revision);
        let own: Vec<ActionId> = log.iter().map(|l| l.action.id).collect();
        let missing = || not_found(Missing::Revision, revision);
        at.and_then(|at| last_action_while_newest(&own, &revisions, at)).ok_or_else(missing)
    }

    /// The authors of the words of a revision, or of the newest one.
    pub fn blame(
        &self,
        article: ArticleId,
        revision: Option<RevisionId>,
    ) -> Result<Vec<Authored>, DeskError> {
        let reading = self.read(article, revision)?;
        let all = &reading.state.revisions;
        let upto = all.iter().position(|r| r.id == reading.revision.id).map_or(all.len(), |at| at + 1);
        let texts = all[..upto].iter().map(|r| self.text_of(r)).collect::<Result<Vec<_>, _>>()?;
        let places: HashMap<RevisionId, usize> = all.iter().enumerate().map(|(at, r)| (r.id, at)).collect();
        let parents =
            |r: &RevisionView| r.revision.parents.iter().filter_map(|p| places.get(p).copied()).collect();
        let editions: Vec<Edition> =
            texts.iter().zip(all).map(|(text, r)| Edition { text, parents: parents(r) }).collect();
        let authored = blame(&editions).into_iter();
        Ok(authored.map(|w| Authored { span: w.span, by: all[w.edition].clone() }).collect())
    }

    fn reading_after_action(
        &self,
        article: ArticleId,
        log: &[Logged],
        action: ActionId,
    ) -> Result<Reading, DeskError> {
        reading_after_action(article, log, action, |revision| self.text_of(revision))
    }
}

/// Builds the article right after an action from its log.
pub(in crate::desk) fn reading_after_action(
    article: ArticleId,
    log: &[Logged],
    action: ActionId,
    text_of: impl Fn(&RevisionView) -> Result<String, DeskError>,
) -> Result<Reading, DeskError> {
    let missing = || not_found(Missing::Action, action);
    let last = actions_of(log, article).position(|l| l.action.id == action).ok_or_else(missing)?;
    let then: Vec<&Logged> = actions_of(log, article).take(last + 1).collect();
    let moment = then.last().map(|l| l.action.at).ok_or_else(missing)?;
    let shared = log.iter().filter(|l| l.action.chain != Chain::Article(article) && l.action.at <= moment);
    let undone = undone(then.iter().map(|l| &l.action));
    let effective =
        shared.filter(|l| l.live).chain(then.iter().copied().filter(|l| !undone.contains(&l.action.id)));
    let state = ArticleState::of(effective.flat_map(|l| l.facts.iter().map(|f| (&l.action, f))));
    let gone = || DeskError::refused(message!("refused_not_there_then"));
    let revision = state.newest().cloned().ok_or_else(gone)?;
    let text = text_of(&revision)?;
    Ok(Reading::new(article, Arc::new(state), revision, text.into(), false))
}

/// The last action of an article while the revision at position `at` was the newest.
fn last_action_while_newest(own: &[ActionId], revisions: &[RevisionView], at: usize) -> Option<ActionId> {
    let next = revisions.get(at + 1).and_then(|n| own.iter().position(|a| *a == n.stamp.action));
    own.get(next.unwrap_or(own.len()).saturating_sub(1)).copied()
}

fn actions_of(log: &[Logged], article: ArticleId) -> impl Iterator<Item = &Logged> {
    log.iter().filter(move |l| l.action.chain == Chain::Article(article))
}

fn point(reading: &Reading, revision: RevisionView, until: ActionId) -> Point {
    let (worth, mut standings) = (Standings::new(reading), [0; 4]);
    for claim in reading.state.live_claims() {
        standings[match worth.of(claim).standing {
            Standing::Unchecked => 0,
            Standing::Checked => 1,
            Standing::Stale => 2,
            Standing::Orphaned => 3,
        }] += 1;
    }
    Point { revision, until, words: reading.text.split_whitespace().count(), standings }
}
