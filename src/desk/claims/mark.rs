//! Marking statements as claims, and the attributes of claims.

use crate::desk::{
    Desk, DeskError, Done, Reading,
    error::{Missing, not_found},
};
use crate::{
    anchor::{Candidate, Context, find},
    messages::{Message, message},
    model::{
        ActionKind, Anchor, Anchors, ArticleId, Chain, Claim, ClaimId, ClaimKind, ClaimView, Fact, FactId,
        NumberKind, PersonId, Placement, RevisionId, Risk, Verdict,
    },
    text::{Span, graphemes_around},
};
use std::collections::HashSet;

/// How many places are offered for a claim.
const CANDIDATES: usize = 5;

/// The attributes of a claim that a person sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimChange {
    /// The claim in plain words.
    pub assertion: Option<String>,
    /// What sort of statement.
    pub kind: Option<ClaimKind>,
    /// Who makes the claim in the article.
    pub claimant: Option<String>,
    /// How much harm an error would do.
    pub risk: Option<Risk>,
}

impl Desk {
    /// Marks stretches of the newest revision as one claim. Blanks at the ends are trimmed, cut graphemes are widened and
    /// overlapping stretches are joined. Fails if nothing is left, or if `revision` is no longer the newest.
    pub fn mark(
        &mut self,
        article: ArticleId,
        revision: Option<RevisionId>,
        spans: &[Span],
        change: ClaimChange,
    ) -> Result<Done<ClaimId>, DeskError> {
        let reading = self.read_newest(article, revision)?;
        let (revision, spans) = (reading.revision.id, normalise_spans(&reading.text, spans)?);
        // Drop the reading, so that the cached state can be continued without copying it.
        drop(reading);
        let claim = ClaimId(self.fresh());
        let (assertion, kind, claimant) =
            (non_blank(change.assertion), change.kind, non_blank(change.claimant));
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

    /// The words that a claim of the newest revision can be widened to, if its edges cut through a number and what belongs to
    /// it, as in “About 500| 000”.
    pub fn wider(&self, article: ArticleId, claim: ClaimId) -> Result<Option<Vec<Span>>, DeskError> {
        let reading = self.read(article, None)?;
        let anchor = reading.state.anchor(reading.revision.id, claim);
        Ok(anchor.and_then(|a| reading.reader().wider(&a.spans)))
    }

    /// The same for stretches of the newest revision that are not marked yet.
    pub fn widened(&self, article: ArticleId, spans: &[Span]) -> Result<Option<Vec<Span>>, DeskError> {
        Ok(self.read(article, None)?.reader().wider(spans))
    }

    /// The place of a quotation in the newest revision. It must match exactly, or but for the form of quotation marks, apostrophes,
    /// dashes and blanks. `occurrence` counts from 1 and is needed if the quotation occurs more than once.
    pub fn find_quote(
        &self,
        article: ArticleId,
        quote: &str,
        occurrence: Option<usize>,
    ) -> Result<Span, DeskError> {
        let text = self.read(article, None)?.text;
        let refuse = |why: Message| Err(DeskError::Quote(why));
        if quote.is_empty() {
            return refuse(message!("refused_quote_empty"));
        }
        let exact = occurrences(&text, quote).into_iter().map(|at| Span::at(at, at + quote.len()));
        let exact: Vec<Span> = exact.collect();
        let found = if exact.is_empty() { look_alikes(&text, quote) } else { exact };
        match (found.len(), occurrence) {
            (0, _) => refuse(message!("refused_quote_missing", quote = quote)),
            (1, None) => Ok(found[0]),
            (n, None) => refuse(message!("refused_quote_ambiguous", quote = quote, count = n)),
            (n, Some(k)) if k == 0 || k > n => {
                refuse(message!("refused_occurrence", quote = quote, count = n, occurrence = k))
            }
            (_, Some(k)) => Ok(found[k - 1]),
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
                (non_blank(change.assertion), change.kind, non_blank(change.claimant));
            c.risk = change.risk.unwrap_or(c.risk);
        })
    }

    /// Retracts a claim, or restores it.
    pub fn retract_claim(
        &mut self,
        article: ArticleId,
        claim: ClaimId,
        retracted: bool,
    ) -> Result<Done<()>, DeskError> {
        let kind = if retracted { ActionKind::RetractClaim } else { ActionKind::RestoreClaim };
        self.replace_claim(article, claim, kind, |c| c.retracted = retracted)
    }

    /// Assigns a claim to somebody, or to no one.
    pub fn assign(
        &mut self,
        article: ArticleId,
        claim: ClaimId,
        to: Option<PersonId>,
    ) -> Result<Done<()>, DeskError> {
        self.replace_claim(article, claim, ActionKind::Assign, |c| c.assignee = to)
    }

    /// Attaches a claim to stretches of the newest revision.
    pub fn reattach(
        &mut self,
        article: ArticleId,
        claim: ClaimId,
        revision: Option<RevisionId>,
        spans: &[Span],
    ) -> Result<Done<()>, DeskError> {
        let reading = self.read_newest(article, revision)?;
        self.claim_view(&reading, claim)?;
        let spans = normalise_spans(&reading.text, spans)?;
        self.act(ActionKind::Reattach, Chain::Article(article), |act| {
            let anchor = Anchor { claim, placement: Placement::Moved, spans };
            act.record(Fact::Anchors(Anchors { revision: reading.revision.id, anchors: vec![anchor] }));
            Ok(())
        })
    }

    /// Up to five possible places of a claim in the newest revision, best first. Searches for the words of its verdict
    /// and, if the claim has no place or no verdict, also for its last words in the text.
    pub fn candidates(&self, article: ArticleId, claim: ClaimId) -> Result<Vec<Candidate>, DeskError> {
        let newest = self.read(article, None)?;
        let rated = self.claim_view(&newest, claim)?.verdict().map(|v| &v.verdict);
        let mut all = rated.map_or_else(Vec::new, |v| by_verdict(&newest.text, v));
        let has_place = newest.state.anchor(newest.revision.id, claim).is_some_and(|a| !a.spans.is_empty());
        if !has_place || rated.is_none() {
            all.extend(self.by_last_words(&newest, claim)?);
        }
        // If two places are equally good, the words of the verdict come first.
        all.sort_by_key(|c| std::cmp::Reverse(c.score));
        let mut distinct: Vec<Candidate> = Vec::new();
        for found in all {
            let meets = |c: &Candidate| c.spans.iter().any(|s| found.spans.iter().any(|f| f.overlaps(s)));
            if !distinct.iter().any(meets) {
                distinct.push(found);
            }
        }
        distinct.truncate(CANDIDATES);
        Ok(distinct)
    }

    fn by_last_words(&self, newest: &Reading, claim: ClaimId) -> Result<Vec<Candidate>, DeskError> {
        let article = newest.article;
        let Some((revision, _)) = self.last_place(article, claim)? else { return Ok(Vec::new()) };
        let then = self.read(article, Some(revision))?;
        let Some(anchor) = then.state.anchor(revision, claim) else { return Ok(Vec::new()) };
        let quote = crate::anchor::quote(&then.text, &anchor.spans);
        let (before, after) = surroundings(&then.text, &anchor.spans);
        Ok(find(&newest.text, &quote, Context { before, after }))
    }

    /// The last revision in which a claim had a place, and its words there.
    pub fn last_place(
        &self,
        article: ArticleId,
        claim: ClaimId,
    ) -> Result<Option<(RevisionId, String)>, DeskError> {
        Ok(self.last_places(article, &HashSet::from([claim]))?.remove(&claim))
    }

    pub(in crate::desk) fn claim_view<'r>(
        &self,
        reading: &'r Reading,
        claim: ClaimId,
    ) -> Result<&'r ClaimView, DeskError> {
        reading.state.claim(claim).ok_or_else(|| not_found(Missing::Claim, claim))
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
            return Err(DeskError::NoChange(message!("unchanged_claim")));
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

/// Possible places of the words of a verdict. The stored sentence around them serves as context.
fn by_verdict(text: &str, verdict: &Verdict) -> Vec<Candidate> {
    let quote: Vec<String> = verdict.words.iter().flat_map(|w| w.split(" … ")).map(str::to_owned).collect();
    let sides = quote.first().zip(quote.last()).and_then(|(first, last)| {
        let (before, rest) = verdict.context.split_once(first.as_str())?;
        let after = if first == last { rest } else { rest.split_once(last.as_str())?.1 };
        Some(Context { before, after })
    });
    find(text, &quote, sides.unwrap_or_default())
}

/// The trimmed text; none if it is blank.
pub(in crate::desk) fn non_blank(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

/// Where a text has a quotation, whatever the form of quotation marks, apostrophes, dashes and blanks.
fn look_alikes(text: &str, quote: &str) -> Vec<Span> {
    let wanted: Vec<char> = quote.chars().map(one_form).collect();
    let all: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, one_form(c))).collect();
    let end = |after: usize| all.get(after).map_or(text.len(), |(at, _)| *at);
    let runs = all.windows(wanted.len()).enumerate();
    let alike = runs.filter(|(_, run)| run.iter().map(|(_, c)| c).eq(&wanted));
    alike.map(|(at, _)| Span::at(end(at), end(at + wanted.len()))).collect()
}

/// A character in the one form that stands for all of its kind.
fn one_form(c: char) -> char {
    match c {
        '’' | '‘' | '‚' | '‛' | '´' | '`' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Every place where `quote` begins, in bytes. Places may overlap.
pub(in crate::desk) fn occurrences(text: &str, quote: &str) -> Vec<usize> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = text[from..].find(quote) {
        found.push(from + at);
        from += at + text[from + at..].chars().next().map_or(1, char::len_utf8);
    }
    found
}

/// Trims, widens to whole graphemes, sorts and joins spans.
pub(in crate::desk) fn normalise_spans(text: &str, spans: &[Span]) -> Result<Vec<Span>, DeskError> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        let words = span.of(text).ok_or_else(|| DeskError::refused(message!("refused_selection_outside")))?;
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
        return Err(DeskError::refused(message!("refused_selection_blank")));
    }
    Ok(joined)
}

/// Up to 64 characters before and after the claim.
fn surroundings<'t>(text: &'t str, spans: &[Span]) -> (&'t str, &'t str) {
    let start = spans.first().map_or(0, |s| s.start.0);
    let end = spans.last().map_or(0, |s| s.end.0);
    let from = text[..start].char_indices().rev().take(64).last().map_or(start, |(i, _)| i);
    let to = text[end..].char_indices().nth(64).map_or(text.len(), |(i, _)| end + i);
    (&text[from..start], &text[end..to])
}
