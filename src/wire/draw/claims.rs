//! Claims with their verdicts, evidence and queries.

use super::{Drawing, rated};
use crate::desk::{self, DeskError, Reading, Standings};
use crate::{
    model::{
        Answer, ArticleState, ClaimId, ClaimStanding, ClaimView, EvidenceView, Noted, QueryView, SignOff,
        Standing, VerdictView,
    },
    text::Offsets,
    wire::{WireError, all_in_words, page::*},
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The claims of a reading, with what describes each of them.
pub struct Claims<'r> {
    reading: &'r Reading,
    standings: Standings<'r>,
    offsets: Offsets<'r>,
    open_queries: HashMap<ClaimId, usize>,
    asks_for_context: bool,
}

impl<'r> Claims<'r> {
    /// Those that are live, in the order of the text, orphans last.
    pub fn in_order(&self) -> Vec<&'r ClaimView> {
        let place = |c: &&ClaimView| {
            let first = self.standings.anchor(c).and_then(|a| a.spans.first());
            first.map_or((usize::MAX, usize::MAX), |s| (s.start.0, s.end.0))
        };
        let live = self.reading.state.live_claims().filter(|c| self.standings.anchor(c).is_some());
        let mut live: Vec<&ClaimView> = live.collect();
        live.sort_by_key(place);
        live
    }
}

impl Drawing<'_> {
    /// The live claims of a reading in the order of the text, orphans last.
    pub fn claims(&self, reading: &Reading) -> Result<Vec<ClaimRow>, DeskError> {
        let claims = self.claims_of(reading)?;
        claims.in_order().into_iter().map(|c| self.row(&claims, c)).collect()
    }

    /// A claim with its evidence, verdicts, queries and history.
    pub fn claim(&self, reading: &Reading, claim: &ClaimView) -> Result<ClaimDetail, WireError> {
        let row = self.row(&self.claims_of(reading)?, claim)?;
        let last = match row.standing.as_str() {
            "orphaned" => self.desk.last_place(reading.article, claim.id)?,
            _ => None,
        };
        Ok(ClaimDetail {
            row,
            article: reading.article.to_string(),
            retracted: claim.claim.retracted,
            marked_by: self.person(claim.marked.by)?,
            marked_at: claim.marked.at.to_string(),
            evidence: self.evidence_of(&reading.state, claim)?,
            verdicts: self.verdicts_of(claim)?,
            sign_offs: claim.agreed().map(|s| self.signed(s)).collect::<Result<_, _>>()?,
            queries: self.queries_of(&reading.state, claim)?,
            last_stood: last.map(|(r, _)| self.number(r.0)).transpose()?,
            history: self.history(reading, claim)?,
        })
    }

    fn signed(&self, noted: &Noted<SignOff>) -> Result<SignedDto, DeskError> {
        let Noted { value, stamp } = noted;
        Ok(SignedDto { by: self.person(stamp.by)?, at: stamp.at.to_string(), note: value.note.clone() })
    }

    /// The queries of an article, with their places in its text.
    pub fn queries(&self, reading: &Reading) -> Result<Vec<QueryDto>, DeskError> {
        let places: HashMap<_, _> = reading.state.query_places(reading.revision.id).collect();
        let offsets = Offsets::new(&reading.text);
        let query = |q: &QueryView| {
            let spans = places.get(&q.id).map(|s| PageForm::spans(&offsets, s)).unwrap_or_default();
            Ok(QueryDto { spans, ..self.query(q)? })
        };
        reading.state.queries.iter().map(query).collect()
    }
}

impl<F: Form> Drawing<'_, F> {
    /// The claims of a reading.
    pub fn claims_of<'r>(&self, reading: &'r Reading) -> Result<Claims<'r>, DeskError> {
        Ok(Claims {
            reading,
            standings: Standings::new(reading),
            offsets: Offsets::new(&reading.text),
            open_queries: open_by_claim(&reading.state),
            asks_for_context: self.desk.asks_for_context()?,
        })
    }

    /// A claim.
    pub fn row(&self, of: &Claims, claim: &ClaimView) -> Result<ClaimRow<F>, DeskError> {
        let current = of.standings.of(claim);
        let anchor = of.standings.anchor(claim);
        let verdict = claim.verdict();
        Ok(ClaimRow {
            id: claim.id.to_string(),
            number: self.number(claim.id.0)?,
            spans: anchor.map(|a| F::spans(&of.offsets, &a.spans)).unwrap_or_default(),
            quote: self.words(claim, &current, of.reading)?,
            assertion: claim.claim.assertion.clone(),
            kind: claim.claim.kind.map(|k| k.to_string()),
            claimant: claim.claim.claimant.clone(),
            risk: claim.claim.risk.to_string(),
            placement: current.placement.to_string(),
            standing: current.standing.to_string(),
            context_changed: current.context_changed,
            context_open: of.asks_for_context && current.context_changed,
            context_messages: current.context,
            reasons: all_in_words(&current.reasons),
            reason_messages: current.reasons,
            rating: verdict.map(|v| rated(&v.verdict.rating)),
            checker: self.somebody(verdict.map(|v| v.stamp.by))?,
            assignee: self.somebody(claim.claim.assignee)?,
            evidence: claim.current_evidence().count(),
            sign_offs: claim.agreed().count(),
            open_queries: of.open_queries.get(&claim.id).copied().unwrap_or_default(),
        })
    }

    /// A claim as a row of a list of the whole desk has it, with its place in the units of this form. Such a row knows nothing of
    /// sign-offs, and its verdict is read apart.
    pub fn listed(&self, c: &desk::ClaimRow, spans: Vec<F::Span>) -> Result<ClaimRow<F>, DeskError> {
        Ok(ClaimRow {
            id: c.claim.to_string(),
            number: c.number,
            spans,
            quote: c.words.clone().unwrap_or_default(),
            assertion: c.assertion.clone(),
            kind: c.kind.map(|k| k.to_string()),
            claimant: c.claimant.clone(),
            risk: c.risk.to_string(),
            placement: c.placement.to_string(),
            standing: c.standing.to_string(),
            context_changed: c.context_changed,
            context_open: c.context_open,
            context_messages: Vec::new(),
            reasons: all_in_words(&c.reasons),
            reason_messages: c.reasons.clone(),
            rating: None,
            checker: None,
            assignee: self.somebody(c.assignee)?,
            evidence: c.evidence.len(),
            sign_offs: 0,
            open_queries: usize::try_from(c.open_queries).unwrap_or_default(),
        })
    }

    /// The words a claim covers; for an orphan the last ones it covered.
    fn words(
        &self,
        claim: &ClaimView,
        current: &ClaimStanding,
        reading: &Reading,
    ) -> Result<String, DeskError> {
        if current.standing != Standing::Orphaned {
            return Ok(current.quote.join(" … "));
        }
        let last = self.desk.last_place(reading.article, claim.id)?;
        Ok(last.map(|(_, words)| words).unwrap_or_default())
    }

    /// The queries on a claim.
    pub fn queries_of(&self, state: &ArticleState, claim: &ClaimView) -> Result<Vec<QueryDto<F>>, DeskError> {
        let asked = state.queries.iter().filter(|q| q.query.claim == Some(claim.id));
        asked.map(|q| self.query(q)).collect()
    }

    /// The live evidence of a claim.
    pub fn evidence_of(
        &self,
        state: &ArticleState,
        claim: &ClaimView,
    ) -> Result<Vec<EvidenceDto<F>>, DeskError> {
        claim.live_evidence().map(|e| self.evidence(state, e)).collect()
    }

    /// The verdicts of a claim, newest first.
    pub fn verdicts_of(&self, claim: &ClaimView) -> Result<Vec<VerdictDto<F>>, DeskError> {
        claim.verdicts.iter().rev().map(|v| self.verdict(v)).collect()
    }

    /// A piece of evidence.
    pub fn evidence(&self, state: &ArticleState, view: &EvidenceView) -> Result<EvidenceDto<F>, DeskError> {
        let source = state.sources.get(&view.evidence.source).map(|s| self.source_dto(s)).transpose()?;
        let passage = view.passage.as_ref().map(|p| p.value.clone());
        Ok(EvidenceDto {
            id: view.id.to_string(),
            stance: view.evidence.stance.to_string(),
            source,
            passage: passage.as_ref().and_then(|p| p.passage.clone()),
            locator: passage.as_ref().and_then(|p| p.locator.clone()),
            note: passage.and_then(|p| p.note),
            by: self.person(view.stamp.by)?,
            at: view.stamp.at.to_string(),
            scope: view.is_earlier().then(|| "earlier".into()),
        })
    }

    /// A verdict.
    pub fn verdict(&self, view: &VerdictView) -> Result<VerdictDto<F>, DeskError> {
        let v = &view.verdict;
        Ok(VerdictDto {
            fact: view.stamp.fact.to_string(),
            action: view.stamp.action.to_string(),
            rating: rated(&v.rating),
            scale: v.scale.clone(),
            rationale: v.rationale.clone(),
            words: v.words.join(" … "),
            revision: self.number(v.revision.0)?,
            by: self.person(view.stamp.by)?,
            at: view.stamp.at.to_string(),
            withdrawn: v.withdrawn,
            reaffirms: v.reaffirms,
            current: view.current,
        })
    }

    /// A query.
    pub fn query(&self, view: &QueryView) -> Result<QueryDto<F>, DeskError> {
        let (author, date) = author(view, view.id.0);
        let answers = view.answers.iter().map(|a| self.answer(view, a));
        Ok(QueryDto {
            id: view.id.to_string(),
            number: self.number(view.id.0)?,
            claim: view.query.claim.map(|c| c.to_string()),
            to: view.query.to.clone(),
            text: view.query.text.clone(),
            author,
            date,
            spans: Vec::new(),
            by: self.person(view.stamp.by)?,
            at: view.stamp.at.to_string(),
            answers: answers.collect::<Result<_, _>>()?,
            open: view.is_open(),
            resolution: view.resolution.as_ref().and_then(|r| r.value.note.clone()),
        })
    }

    fn answer(&self, query: &QueryView, a: &Noted<Answer>) -> Result<AnswerDto<F>, DeskError> {
        let (author, date) = author(query, a.stamp.fact.0);
        Ok(AnswerDto {
            text: a.value.text.clone(),
            author,
            date,
            by: self.person(a.stamp.by)?,
            at: a.stamp.at.to_string(),
            written: a.value.written.as_ref().map(ToString::to_string),
        })
    }
}

fn open_by_claim(state: &Arc<ArticleState>) -> HashMap<ClaimId, usize> {
    let mut open = HashMap::new();
    for claim in state.queries.iter().filter(|q| q.is_open()).filter_map(|q| q.query.claim) {
        *open.entry(claim).or_default() += 1;
    }
    open
}

/// Who wrote a query or an answer, and when, in the file it came with.
fn author(query: &QueryView, of: Uuid) -> (Option<String>, Option<String>) {
    let found = query.author_of(of);
    (found.and_then(|a| a.name.clone()), found.and_then(|a| a.date.clone()))
}
