//! The ledger of corrections: what changed in an article since its last verified export, as statements that can be
//! published.
//!
//! The article at that time is built from its log and compared with the article now, so anybody who has the bundle can
//! build the same ledger. When it went out is a fact in the desk's own chain. A setting says it too, for exports that are not
//! recorded: by readers, before 0.10, and by other desks, as their bundles say.

use super::{
    compare::{Comparison, Statement, StatementKind, compare_readings},
    past::reading_after_action,
};
use crate::desk::{Desk, DeskError, Placed, Reading};
use crate::{
    formats::bundle,
    messages::message,
    model::{
        ActionId, ArticleId, Chain, ClaimId, ClaimView, Correction, CorrectionKind, Corrections, Logged,
        Placement, RevisionId, Rules,
    },
    store::Wanted,
    text,
};
use std::collections::{HashMap, HashSet};

impl Desk {
    /// Stores that the article was exported or imported as verified. `last` was its last action at that time.
    pub(in crate::desk) fn remember_verified(
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

    /// The article's last action at each verified export that a bundle names: the one since which it lists corrections,
    /// and the bundle itself if it meets the requirements.
    pub(in crate::desk) fn verified_exports_in(
        incoming: &bundle::Incoming,
    ) -> Result<Vec<ActionId>, DeskError> {
        let mut actions = Vec::new();
        if let Some(since) = incoming.terms()?.since {
            let upto = incoming.log.iter().position(|l| l.action.id == since);
            actions.extend(upto.and_then(|at| last_action(incoming.article, &incoming.log[..=at])));
        }
        if incoming.says_verified()? == "yes" {
            actions.extend(last_action(incoming.article, &incoming.log));
        }
        Ok(actions)
    }

    /// The article's last action at its last verified export, if the article has changed since then. So exporting an
    /// unchanged article again gives the same ledger. The last one in the order of the article, which is the same on all desks.
    pub fn last_verified(&self, article: ArticleId) -> Result<Option<ActionId>, DeskError> {
        let log = self.store.log(Chain::Article(article), &Wanted::AnchorsOf(Vec::new()))?;
        let now = last_action(article, &log);
        let noted = self.store.setting(&key(article))?.unwrap_or_default();
        let mut exported: HashSet<ActionId> = noted.lines().filter_map(|l| l.parse().ok()).collect();
        exported.extend(self.went_out_until(article)?);
        let actions = log.iter().rev().map(|l| l.action.id);
        Ok(actions.into_iter().find(|id| Some(*id) != now && exported.contains(id)))
    }
}

fn key(article: ArticleId) -> String {
    format!("verified {article}")
}

/// The article's last action in a log.
pub(in crate::desk) fn last_action(article: ArticleId, log: &[Logged]) -> Option<ActionId> {
    log.iter().rev().find(|l| l.action.chain == Chain::Article(article)).map(|l| l.action.id)
}

/// The ledger of the article in `now`, from its whole log. None if the old state cannot be built, because its text was
/// undone since.
pub(in crate::desk) fn corrections(
    log: &[Logged],
    texts: &HashMap<RevisionId, String>,
    now: &Reading,
    since: ActionId,
    rules: Rules,
) -> Option<Corrections> {
    let gone = || DeskError::refused(message!("refused_past_text_gone"));
    let then =
        reading_after_action(now.article, log, since, |r| texts.get(&r.id).cloned().ok_or_else(gone)).ok()?;
    let at = log.iter().find(|l| l.action.id == since)?.action.at;
    let comparison = compare_readings(then, now.clone(), false, rules);
    Some(Corrections { since, at, entries: entries(&comparison, rules) })
}

fn entries(comparison: &Comparison, rules: Rules) -> Vec<Correction> {
    let claims: HashMap<_, _> = comparison.claims.iter().map(|p| (p.claim, p)).collect();
    let mut all: Vec<Correction> =
        comparison.statements.iter().filter_map(|s| text_correction(s, comparison, &claims, rules)).collect();
    let rated =
        comparison.to.state.live_claims().filter_map(|c| {
            rated(comparison.from.state.claim(c.id)?, c, &words(comparison, c, rules), rules)
        });
    all.extend(rated);
    all.sort_by_key(|c| c.kind);
    all
}

/// A change of the text as a correction. Moved words and changed surrounding words are no corrections.
fn text_correction(
    s: &Statement,
    comparison: &Comparison,
    claims: &HashMap<ClaimId, &Placed>,
    rules: Rules,
) -> Option<Correction> {
    let placed = s.claim.and_then(|c| claims.get(&c));
    let (kind, message) = match s.kind {
        StatementKind::FactChanged => {
            let p = placed.filter(|p| p.placement == Placement::Changed)?;
            let (was, now) = publishable_words(comparison, p, rules)?;
            (CorrectionKind::Changed, message!("correction_changed", was = was, now = now))
        }
        StatementKind::Orphaned => {
            (CorrectionKind::Removed, message!("correction_removed", was = placed?.was.as_deref()?))
        }
        StatementKind::NewUnchecked => {
            let words = comparison.to.text.get(s.new?.start.0..s.new?.end.0)?;
            (
                CorrectionKind::Added,
                message!("correction_added", words = words.split_whitespace().collect::<Vec<_>>().join(" ")),
            )
        }
        StatementKind::InfoChanged => (CorrectionKind::About, s.message.clone()),
        StatementKind::VerdictFell | StatementKind::ContextChanged | StatementKind::Moved => return None,
    };
    Some(Correction { kind, message, why: None, claim: s.claim })
}

/// The words that identify a claim: before, and now.
struct Words {
    was: String,
    now: String,
}

/// A correction for a claim whose rating changed. The old verdict was given on the words before.
fn rated(was: &ClaimView, now: &ClaimView, words: &Words, rules: Rules) -> Option<Correction> {
    let (old, new) = (was.verdict(), now.verdict());
    let [before, after] = [old, new].map(|v| v.map(|v| v.verdict.rating.label.as_str()));
    let said = &words.now;
    let then = if rules >= Rules::Fourth { &words.was } else { said };
    let message = match (before, after) {
        (Some(was), Some(now)) if was != now && then != said => {
            message!("correction_rated_anew", words = said, now = now, then = then, was = was)
        }
        (Some(was), Some(now)) if was != now => {
            message!("correction_rated", words = said, was = was, now = now)
        }
        (Some(was), None) => message!("correction_withdrawn", words = then, was = was),
        _ => return None,
    };
    let why = new.map(|v| v.verdict.rationale.clone());
    Some(Correction { kind: CorrectionKind::Rated, message, why, claim: Some(now.id) })
}

/// A claim's words before and now, fit for publishing: if the new words are no whole sentence, both are widened to whole
/// sentences.
fn publishable_words(comparison: &Comparison, p: &Placed, rules: Rules) -> Option<(String, String)> {
    let (was, now) = (p.was.clone()?, p.quote.clone()?);
    let sentences = comparison.to.reader().whole_sentences(&p.spans);
    if rules == Rules::First || bare_words(&now) == bare_words(&sentences) {
        return Some((was, now));
    }
    Some((comparison.from.reader().whole_sentences(&p.old_spans), sentences))
}

/// The words of a text, without its marks.
fn bare_words(text: &str) -> Vec<&str> {
    text::words(text).into_iter().filter_map(|w| w.of(text)).collect()
}

/// The words that identify a claim: those of its place, else what it asserts. Changed words are made fit for publishing.
fn words(comparison: &Comparison, claim: &ClaimView, rules: Rules) -> Words {
    let placed = comparison.claims.iter().find(|p| p.claim == claim.id);
    let changed = placed.filter(|p| p.placement == Placement::Changed);
    if let Some((was, now)) = changed.and_then(|p| publishable_words(comparison, p, rules)) {
        return Words { was, now };
    }
    let quote = placed.and_then(|p| p.quote.clone().or_else(|| p.was.clone()));
    let words = quote.or_else(|| claim.claim.assertion.clone()).unwrap_or_default();
    Words { was: words.clone(), now: words }
}
