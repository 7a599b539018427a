//! Marking statements as claims, and what is known of a claim beside its words.

use crate::desk::{Desk, DeskError, Done, Reading, error::not_found};
use crate::{
    anchor::{Candidate, Context, find},
    model::{
        ActionKind, Anchor, Anchors, ArticleId, Chain, Claim, ClaimId, ClaimKind, ClaimView, Fact, FactId,
        NumberKind, PersonId, Placement, RevisionId, Risk, Verdict,
    },
    text::{Span, graphemes_around},
};
use std::collections::{HashMap, HashSet};

/// How many places are offered for a claim.
const CANDIDATES: usize = 5;

/// The attributes of a claim that a person sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimChange {
    /// The claim in plain form.
    pub assertion: Option<String>,
    /// What sort of statement.
    pub kind: Option<ClaimKind>,
    /// Who says so in the article.
    pub claimant: Option<String>,
    /// How much harm an error would do.
    pub risk: Option<Risk>,
}

/// What is done to several claims at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EachClaim {
    /// They are claims no more.
    Retract,
    /// They are claims no more, and their sentences need no check.
    Exempt,
    /// They are handed to somebody, or to nobody.
    Assign(Option<PersonId>),
}

impl EachClaim {
    fn kind(&self) -> ActionKind {
        match self {
            Self::Retract => ActionKind::RetractClaim,
            Self::Exempt => ActionKind::WaveThrough,
            Self::Assign(_) => ActionKind::Assign,
        }
    }
}

impl Desk {
    /// Marks stretches of the newest revision as one claim. They are trimmed of blanks, widened so that none cuts a
    /// grapheme, and joined where they overlap. Fails where nothing is left, or where the text was revised since.
    pub fn mark(
        &mut self,
        article: ArticleId,
        revision: Option<RevisionId>,
        spans: &[Span],
        change: ClaimChange,
    ) -> Result<Done<ClaimId>, DeskError> {
        let reading = self.read_newest(article, revision)?;
        let (revision, spans) = (reading.revision.id, whole(&reading.text, spans)?);
        // Nobody else holds the state while it is continued, so it need not be copied.
        drop(reading);
        let claim = ClaimId(self.fresh());
        let (assertion, kind, claimant) = (filled(change.assertion), change.kind, filled(change.claimant));
        let risk = change.risk.unwrap_or(Risk::Normal);
        let fact =
            Claim { claim, article, assertion, kind, claimant, risk, assignee: None, retracted: false };
        self.act(ActionKind::Mark, Chain::Article(article), |act| {
            act.record(Fact::Claim(fact));
            let anchor = Anchor { claim, placement: Placement::Kept, spans };
            act.record(Fact::Anchors(Anchors { revision, anchors: vec![anchor] }));
            act.tx().give_number(NumberKind::Claim, claim.0)?;
            Ok(claim)
        })
    }

    /// Where a quotation stands in the newest revision, matched to the letter. `occurrence` counts from 1 and is needed
    /// where it stands there more than once.
    pub fn quoted(
        &self,
        article: ArticleId,
        quote: &str,
        occurrence: Option<usize>,
    ) -> Result<Span, DeskError> {
        let text = self.read(article, None)?.text;
        let refuse = |why: String| Err(DeskError::Quote(why));
        if quote.is_empty() {
            return refuse(
                "the quotation is empty; copy the words to mark from what 'article' prints".into(),
            );
        }
        let found: Vec<usize> = starts(&text, quote);
        match (found.len(), occurrence) {
            (0, _) => refuse(format!(
                "'{quote}' is not in the article; copy the words exactly as 'article' prints them"
            )),
            (1, None) => Ok(Span::at(found[0], found[0] + quote.len())),
            (n, None) => refuse(format!(
                "'{quote}' is in the article {n} times; choose one with --occurrence 1 to {n}"
            )),
            (n, Some(k)) if k == 0 || k > n => refuse(format!(
                "'{quote}' is in the article {n} times, so there is no occurrence {k}; use 1 to {n}"
            )),
            (_, Some(k)) => Ok(Span::at(found[k - 1], found[k - 1] + quote.len())),
        }
    }

    /// Sets a claim's attributes.
    pub fn edit_claim(
        &mut self,
        article: ArticleId,
        claim: ClaimId,
        change: ClaimChange,
    ) -> Result<Done<()>, DeskError> {
        self.replace_claim(article, claim, ActionKind::EditClaim, |c| {
            (c.assertion, c.kind, c.claimant) =
                (filled(change.assertion), change.kind, filled(change.claimant));
            c.risk = change.risk.unwrap_or(c.risk);
        })
    }

    /// Takes a claim back, or restores it.
    pub fn retract_claim(
        &mut self,
        article: ArticleId,
        claim: ClaimId,
        retracted: bool,
    ) -> Result<Done<()>, DeskError> {
        let kind = if retracted { ActionKind::RetractClaim } else { ActionKind::RestoreClaim };
        self.replace_claim(article, claim, kind, |c| c.retracted = retracted)
    }

    /// Hands a claim to somebody, or to nobody.
    pub fn assign(
        &mut self,
        article: ArticleId,
        claim: ClaimId,
        to: Option<PersonId>,
    ) -> Result<Done<()>, DeskError> {
        self.replace_claim(article, claim, ActionKind::Assign, |c| c.assignee = to)
    }

    /// Does the same to several claims of an article, as one action. Those that say it already are passed over; refused where
    /// all do. Answers how many were changed.
    pub fn change_claims(
        &mut self,
        article: ArticleId,
        claims: &[ClaimId],
        change: &EachClaim,
    ) -> Result<Done<usize>, DeskError> {
        let reading = self.read(article, None)?;
        let mut facts = Vec::new();
        for id in claims {
            let view = self.claim_view(&reading, *id)?;
            let mut fact = view.claim.clone();
            match change {
                EachClaim::Retract | EachClaim::Exempt => fact.retracted = true,
                EachClaim::Assign(to) => fact.assignee = *to,
            }
            if fact != view.claim {
                let conflicting = view.conflicting.iter().map(|r| r.stamp.fact);
                facts.push((fact, [view.stamp.fact].into_iter().chain(conflicting).collect::<Vec<_>>()));
            }
        }
        if facts.is_empty() {
            return Err(DeskError::NoChange("the claims say that already; nothing was recorded".into()));
        }
        let waved = match change {
            EachClaim::Exempt => self.sentences_of(&reading, claims),
            EachClaim::Retract | EachClaim::Assign(_) => Vec::new(),
        };
        drop(reading);
        self.act(change.kind(), Chain::Article(article), |act| {
            let count = facts.len();
            for (fact, replaces) in facts {
                act.replace(Fact::Claim(fact), replaces);
            }
            for fact in waved {
                act.record(Fact::Exemption(fact));
            }
            Ok(count)
        })
    }

    /// Puts a claim on stretches of the newest revision.
    pub fn reattach(
        &mut self,
        article: ArticleId,
        claim: ClaimId,
        revision: Option<RevisionId>,
        spans: &[Span],
    ) -> Result<Done<()>, DeskError> {
        let reading = self.read_newest(article, revision)?;
        self.claim_view(&reading, claim)?;
        let spans = whole(&reading.text, spans)?;
        self.act(ActionKind::Reattach, Chain::Article(article), |act| {
            let anchor = Anchor { claim, placement: Placement::Moved, spans };
            act.record(Fact::Anchors(Anchors { revision: reading.revision.id, anchors: vec![anchor] }));
            Ok(())
        })
    }

    /// Where a claim might stand in the newest revision, best first, at most five: looked for by the words it was rated on,
    /// and, where it lost its place, also by the words it stood on last.
    pub fn candidates(&self, article: ArticleId, claim: ClaimId) -> Result<Vec<Candidate>, DeskError> {
        let newest = self.read(article, None)?;
        let rated = self.claim_view(&newest, claim)?.verdict().map(|v| &v.verdict);
        let mut all = rated.map_or_else(Vec::new, |v| by_verdict(&newest.text, v));
        let stands = newest.state.anchor(newest.revision.id, claim).is_some_and(|a| !a.spans.is_empty());
        if !stands || rated.is_none() {
            all.extend(self.by_last_words(&newest, claim)?);
        }
        // The words that were rated come first where two places are equally good.
        all.sort_by_key(|c| std::cmp::Reverse(c.score));
        let mut apart: Vec<Candidate> = Vec::new();
        for found in all {
            let meets = |c: &Candidate| c.spans.iter().any(|s| found.spans.iter().any(|f| f.overlaps(s)));
            if !apart.iter().any(meets) {
                apart.push(found);
            }
        }
        apart.truncate(CANDIDATES);
        Ok(apart)
    }

    fn by_last_words(&self, newest: &Reading, claim: ClaimId) -> Result<Vec<Candidate>, DeskError> {
        let article = newest.article;
        let Some((revision, _)) = self.last_stood(article, claim)? else { return Ok(Vec::new()) };
        let then = self.read(article, Some(revision))?;
        let Some(anchor) = then.state.anchor(revision, claim) else { return Ok(Vec::new()) };
        let quote = crate::anchor::quote(&then.text, &anchor.spans);
        let (before, after) = around(&then.text, &anchor.spans);
        Ok(find(&newest.text, &quote, Context { before, after }))
    }

    /// The last revision a claim stood in, and its words there.
    pub fn last_stood(
        &self,
        article: ArticleId,
        claim: ClaimId,
    ) -> Result<Option<(RevisionId, String)>, DeskError> {
        Ok(self.stood_last(article, &HashSet::from([claim]))?.remove(&claim))
    }

    /// The last revision each of the claims stood in, and its words there. Goes back only as far as it must.
    pub(in crate::desk) fn stood_last(
        &self,
        article: ArticleId,
        claims: &HashSet<ClaimId>,
    ) -> Result<HashMap<ClaimId, (RevisionId, String)>, DeskError> {
        let mut found = HashMap::new();
        if claims.is_empty() {
            return Ok(found);
        }
        let revisions = self.newest_reading(article)?.state.revisions.clone();
        for revision in revisions.iter().rev() {
            let anchors = self.store.live_anchors(revision.id)?;
            let stood = |a: &&Anchor| claims.contains(&a.claim) && !a.spans.is_empty();
            let here: Vec<&Anchor> =
                anchors.values().filter(stood).filter(|a| !found.contains_key(&a.claim)).collect();
            if here.is_empty() {
                continue;
            }
            let text = self.text_of(revision)?;
            let words = |a: &Anchor| crate::anchor::quote(&text, &a.spans).join(" … ");
            let told: Vec<_> = here.into_iter().map(|a| (a.claim, (revision.id, words(a)))).collect();
            found.extend(told);
            if found.len() == claims.len() {
                break;
            }
        }
        Ok(found)
    }

    pub(in crate::desk) fn claim_view<'r>(
        &self,
        reading: &'r Reading,
        claim: ClaimId,
    ) -> Result<&'r ClaimView, DeskError> {
        reading.state.claim(claim).ok_or_else(|| not_found("claim", claim, "'claim list A'"))
    }

    fn replace_claim(
        &mut self,
        article: ArticleId,
        claim: ClaimId,
        kind: ActionKind,
        change: impl FnOnce(&mut Claim),
    ) -> Result<Done<()>, DeskError> {
        let reading = self.read(article, None)?;
        let view = self.claim_view(&reading, claim)?;
        let mut fact = view.claim.clone();
        change(&mut fact);
        if fact == view.claim && view.conflicting.is_empty() {
            return Err(DeskError::NoChange("the claim says that already; nothing was recorded".into()));
        }
        let replaces: Vec<FactId> =
            [view.stamp.fact].into_iter().chain(view.conflicting.iter().map(|r| r.stamp.fact)).collect();
        drop(reading);
        self.act(kind, Chain::Article(article), |act| {
            act.replace(Fact::Claim(fact), replaces);
            Ok(())
        })
    }
}

/// Where the words that were rated might stand, with the sentence around them as what stood beside them.
fn by_verdict(text: &str, verdict: &Verdict) -> Vec<Candidate> {
    let quote: Vec<String> = verdict.words.iter().flat_map(|w| w.split(" … ")).map(str::to_owned).collect();
    let sides = quote.first().zip(quote.last()).and_then(|(first, last)| {
        let (before, rest) = verdict.context.split_once(first.as_str())?;
        let after = if first == last { rest } else { rest.split_once(last.as_str())?.1 };
        Some(Context { before, after })
    });
    find(text, &quote, sides.unwrap_or_default())
}

/// Text that says something, or nothing.
pub(in crate::desk) fn filled(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

/// Every place where `quote` begins, overlapping ones among them.
pub(in crate::desk) fn starts(text: &str, quote: &str) -> Vec<usize> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = text[from..].find(quote) {
        found.push(from + at);
        from += at + text[from + at..].chars().next().map_or(1, char::len_utf8);
    }
    found
}

/// Trims, widens to whole graphemes, sorts and joins spans.
pub(in crate::desk) fn whole(text: &str, spans: &[Span]) -> Result<Vec<Span>, DeskError> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        let words = span
            .of(text)
            .ok_or_else(|| DeskError::refused("a selection is outside the text; select it again"))?;
        let start = span.start.0 + words.len() - words.trim_start().len();
        if !words.trim().is_empty() {
            out.push(graphemes_around(text, Span::at(start, start + words.trim().len())));
        }
    }
    out.sort();
    let joined = out.into_iter().fold(Vec::new(), |mut all: Vec<Span>, span| {
        match all.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => all.push(span),
        }
        all
    });
    if joined.is_empty() {
        return Err(DeskError::refused("only spaces are selected; select the words of the statement"));
    }
    Ok(joined)
}

/// Up to 64 characters before and after the claim.
fn around<'t>(text: &'t str, spans: &[Span]) -> (&'t str, &'t str) {
    let start = spans.first().map_or(0, |s| s.start.0);
    let end = spans.last().map_or(0, |s| s.end.0);
    let from = text[..start].char_indices().rev().take(64).last().map_or(start, |(i, _)| i);
    let to = text[end..].char_indices().nth(64).map_or(text.len(), |(i, _)| end + i);
    (&text[from..start], &text[end..to])
}
