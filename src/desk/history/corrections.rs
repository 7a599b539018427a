//! The ledger of corrections: what changed in an article since it last went out as verified, in statements that can be
//! published as they are.
//!
//! The article as it stood then is folded from its log and held against the article as it stands, so whoever holds the
//! bundle can work the ledger out again. When it went out is no fact but this desk's memory: writing a bundle is no action.

use super::{
    compare::{Comparison, Statement, StatementKind, compared},
    past::stood,
};
use crate::desk::{Desk, DeskError, Placed, Reading};
use crate::messages::message;
use crate::{
    formats::bundle,
    model::{
        ActionId, ArticleId, Chain, ClaimId, ClaimView, Correction, Corrections, Logged, Placement,
        RevisionId, Rules,
    },
    store::Wanted,
    text,
};
use std::collections::HashMap;

impl Desk {
    /// Remembers that the article went out, or came in, as verified when this was its last action.
    pub(in crate::desk) fn went_out_verified(
        &self,
        article: ArticleId,
        last: ActionId,
    ) -> Result<(), DeskError> {
        let known = self.store.setting(&key(article))?.unwrap_or_default();
        let line = last.to_string();
        if known.lines().any(|l| l == line) {
            return Ok(());
        }
        Ok(self.store.set_setting(&key(article), &format!("{known}{line}\n"))?)
    }

    /// The last actions as of which a bundle says that its article went out as verified: when that was, where it tells
    /// corrections since, and itself, where it passed the gate.
    pub(in crate::desk) fn told_verified(incoming: &bundle::Incoming) -> Result<Vec<ActionId>, DeskError> {
        let mut told = Vec::new();
        if let Some(since) = incoming.terms()?.since {
            let upto = incoming.log.iter().position(|l| l.action.id == since);
            told.extend(upto.and_then(|at| last_action(incoming.article, &incoming.log[..=at])));
        }
        if incoming.says_verified()? == "yes" {
            told.extend(last_action(incoming.article, &incoming.log));
        }
        Ok(told)
    }

    /// The article's last action when it last went out as verified in another state than it is in now. So the same
    /// article goes out with the same ledger, however often.
    pub fn last_verified(&self, article: ArticleId) -> Result<Option<ActionId>, DeskError> {
        let log = self.store.log(Chain::Article(article), &Wanted::AnchorsOf(Vec::new()))?;
        let now = last_action(article, &log);
        let known = self.store.setting(&key(article))?.unwrap_or_default();
        let mut went = known.lines().filter_map(|l| l.parse().ok());
        Ok(went.rfind(|id| Some(*id) != now && log.iter().any(|l| l.action.id == *id)))
    }
}

fn key(article: ArticleId) -> String {
    format!("verified {article}")
}

/// The article's last action in a log.
pub(in crate::desk) fn last_action(article: ArticleId, log: &[Logged]) -> Option<ActionId> {
    log.iter().rev().find(|l| l.action.chain == Chain::Article(article)).map(|l| l.action.id)
}

/// The ledger of an article that reads `now`, from its whole log; nothing where the state of then cannot be worked out
/// from it, because its text has been undone since.
pub(in crate::desk) fn corrections(
    log: &[Logged],
    texts: &HashMap<RevisionId, String>,
    now: &Reading,
    since: ActionId,
    rules: Rules,
) -> Option<Corrections> {
    let gone = || DeskError::refused("the text of that time is gone");
    let then = stood(now.article, log, since, |r| texts.get(&r.id).cloned().ok_or_else(gone)).ok()?;
    let at = log.iter().find(|l| l.action.id == since)?.action.at;
    let held = compared(then, now.clone(), false);
    Some(Corrections { since, at, entries: entries(&held, rules) })
}

fn entries(held: &Comparison, rules: Rules) -> Vec<Correction> {
    let claims: HashMap<_, _> = held.claims.iter().map(|p| (p.claim, p)).collect();
    let mut all: Vec<Correction> =
        held.statements.iter().filter_map(|s| stated(s, held, &claims, rules)).collect();
    let rated = held
        .to
        .state
        .live_claims()
        .filter_map(|c| rated(held.from.state.claim(c.id)?, c, words(held, c, rules)));
    all.extend(rated);
    all.sort_by_key(|c| ["changed", "rated", "removed", "added", "about"].iter().position(|k| *k == c.kind));
    all
}

/// A change of the text as a correction. What merely moved, and what stands around a claim, corrects nothing.
fn stated(
    s: &Statement,
    held: &Comparison,
    claims: &HashMap<ClaimId, &Placed>,
    rules: Rules,
) -> Option<Correction> {
    let placed = s.claim.and_then(|c| claims.get(&c));
    let (kind, message) = match s.kind {
        StatementKind::FactChanged => {
            let p = placed.filter(|p| p.placement == Placement::Changed)?;
            let (was, now) = published(held, p, rules)?;
            ("changed", message!("correction_changed", was = was, now = now))
        }
        StatementKind::Orphaned => ("removed", message!("correction_removed", was = placed?.was.as_deref()?)),
        StatementKind::NewUnchecked => {
            let words = held.to.text.get(s.new?.start.0..s.new?.end.0)?;
            (
                "added",
                message!("correction_added", words = words.split_whitespace().collect::<Vec<_>>().join(" ")),
            )
        }
        StatementKind::InfoChanged => ("about", s.message.clone()),
        StatementKind::VerdictFell | StatementKind::ContextChanged | StatementKind::Moved => return None,
    };
    Some(Correction { kind, message, why: None, claim: s.claim })
}

/// A claim that is rated otherwise than it was.
fn rated(was: &ClaimView, now: &ClaimView, words: String) -> Option<Correction> {
    let (old, new) = (was.verdict(), now.verdict());
    let [before, after] = [old, new].map(|v| v.map(|v| v.verdict.rating.label.as_str()));
    let message = match (before, after) {
        (Some(was), Some(now)) if was != now => {
            message!("correction_rated", words = words, was = was, now = now)
        }
        (Some(was), None) => message!("correction_withdrawn", words = words, was = was),
        _ => return None,
    };
    let why = new.map(|v| v.verdict.rationale.clone());
    Some(Correction { kind: "rated", message, why, claim: Some(now.id) })
}

/// What a claim read and reads now, in words that can be published: where the new ones are no whole sentence, the whole
/// sentences on both sides.
fn published(held: &Comparison, p: &Placed, rules: Rules) -> Option<(String, String)> {
    let (was, now) = (p.was.clone()?, p.quote.clone()?);
    let sentences = held.to.reader().whole_sentences(&p.spans);
    if rules == Rules::First || bare(&now) == bare(&sentences) {
        return Some((was, now));
    }
    Some((held.from.reader().whole_sentences(&p.old_spans), sentences))
}

/// The words of a text, without its marks.
fn bare(text: &str) -> Vec<&str> {
    text::words(text).into_iter().filter_map(|w| w.of(text)).collect()
}

/// The words a claim is known by: those that stand now, as they can be published where they changed, or stood then.
fn words(held: &Comparison, claim: &ClaimView, rules: Rules) -> String {
    let placed = held.claims.iter().find(|p| p.claim == claim.id);
    let changed = placed.filter(|p| p.placement == Placement::Changed);
    if let Some((_, now)) = changed.and_then(|p| published(held, p, rules)) {
        return now;
    }
    let stands = placed.and_then(|p| p.quote.clone().or_else(|| p.was.clone()));
    stands.or_else(|| claim.claim.assertion.clone()).unwrap_or_default()
}
