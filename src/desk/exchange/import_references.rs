//! Importing claims with their evidence from files of other programs.
//!
//! One undo removes a whole import, because everything it records is linked to its first action. Sources and claims that
//! the desk already has are recognised and not added twice. A file gives no verdict; a verdict in it becomes a query or a
//! piece of evidence.

use super::import_sources::{ImportedSource, NewSources};
use super::locate::locate_all;
use crate::desk::{Desk, DeskError, Me, PassageText, Reading, claims::mark::non_blank};
use crate::{
    formats::interchange::{ClaimIn, ClaimsIn, EvidenceIn, LeftOut},
    model::{
        ActionKind, Anchor, Anchors, ArticleId, Chain, Claim, ClaimId, ClaimView, Evidence, EvidenceId, Fact,
        NumberKind, Placement, Query, QueryId, Risk, SourceId,
    },
    text::Span,
};
use std::collections::HashSet;

/// The result of importing a file of claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedClaims {
    /// Every claim that has a place in the text, and whether it is new.
    pub claims: Vec<(ClaimId, bool)>,
    /// The sources that are new on this desk.
    pub sources: Vec<ImportedSource>,
    /// What was not imported, and why.
    pub left_out: Vec<LeftOut>,
}

/// The facts to be recorded for claims.
#[derive(Default)]
struct Facts {
    facts: Vec<Fact>,
    numbers: Vec<(NumberKind, uuid::Uuid)>,
    /// The evidence and remarks that were already added to each claim, because a file may repeat them.
    added: HashSet<(ClaimId, Option<SourceId>, Option<String>)>,
}

/// The claims of a file with their places, and everything to be recorded for them.
#[derive(Default)]
struct PlacedClaims {
    facts: Facts,
    new_sources: NewSources,
    claims: Vec<(ClaimId, bool)>,
    left_out: Vec<LeftOut>,
}

impl Desk {
    /// Marks the claims whose words are in the newest revision, with their evidence and remarks.
    pub fn import_claims(&mut self, article: ArticleId, read: ClaimsIn) -> Result<ImportedClaims, DeskError> {
        self.prepare_and_record(
            |desk| desk.placed_claims(article, &read),
            |_, chain| matches!(chain, Chain::Source(_)) || *chain == Chain::Article(article),
            |desk, placed| desk.record_claims(article, placed),
        )
    }

    /// Finds the places of the claims in a file, and the facts to record for them.
    fn placed_claims(&self, article: ArticleId, read: &ClaimsIn) -> Result<PlacedClaims, DeskError> {
        let (reading, steps) = (self.read(article, None)?, self.steps(read.claims.len()));
        let mut all = PlacedClaims { left_out: read.left_out.clone(), ..PlacedClaims::default() };
        let mut placed: Vec<(Vec<Span>, ClaimId)> = Vec::new();
        for claim in &read.claims {
            steps.next()?;
            let mut claim = claim.clone();
            let own = self.known_claim(&claim)?;
            all.left_out.extend(own.iter().flat_map(|own| own.take_out(&mut claim)));
            if let Some(id) = own.as_ref().and_then(|own| own.is_in(article)) {
                all.claims.push((id, false));
                let known = reading.state.claim(id);
                self.add_evidence_and_remarks(
                    &mut all.facts,
                    &mut all.new_sources,
                    (&reading, id, known),
                    claim,
                )?;
                continue;
            }
            let spans = match locate_all(&reading.text, &claim.quotes) {
                Ok(spans) => spans,
                Err(left) => {
                    all.left_out.push(left);
                    continue;
                }
            };
            let known = reading
                .state
                .live_claims()
                .find(|c| reading.state.anchor(reading.revision.id, c.id).is_some_and(|a| a.spans == spans));
            let earlier = placed.iter().find(|(s, _)| *s == spans).map(|(_, id)| *id);
            let id = known.map(|c| c.id).or(earlier).unwrap_or_else(|| ClaimId(self.fresh()));
            if known.is_none() && earlier.is_none() {
                all.facts.mark(&reading, id, &claim, spans.clone());
                placed.push((spans, id));
            }
            all.claims.push((id, known.is_none() && earlier.is_none()));
            self.add_evidence_and_remarks(
                &mut all.facts,
                &mut all.new_sources,
                (&reading, id, known),
                claim,
            )?;
        }
        Ok(all)
    }

    fn record_claims(
        &mut self,
        article: ArticleId,
        placed: PlacedClaims,
    ) -> Result<ImportedClaims, DeskError> {
        let PlacedClaims { facts: all, new_sources, claims, left_out } = placed;
        if !all.facts.is_empty() || !new_sources.new.is_empty() {
            let me = self.write(|tx| {
                let person = self.who(tx)?;
                let done = self.record(tx, ActionKind::Mark, Chain::Article(article), person, |act| {
                    for fact in all.facts {
                        act.record(fact);
                    }
                    for (kind, id) in all.numbers {
                        act.tx().give_number(kind, id)?;
                    }
                    Ok(())
                })?;
                self.record_sources(tx, person, Some(done.action), &new_sources.new)?;
                Ok::<_, DeskError>(person)
            })?;
            self.me = Me::Known(me);
        }
        let sources =
            self.describe_sources(new_sources.new.iter().map(|(s, _)| (s.source, true)).collect())?;
        Ok(ImportedClaims { claims, sources, left_out })
    }

    /// Adds the evidence and remarks of a claim that it does not have yet.
    fn add_evidence_and_remarks(
        &self,
        all: &mut Facts,
        new_sources: &mut NewSources,
        (reading, claim, known): (&Reading, ClaimId, Option<&ClaimView>),
        read: ClaimIn,
    ) -> Result<(), DeskError> {
        for e in read.evidence {
            let (source, _) = self.find_or_add_source(new_sources, e.source.clone())?;
            let fresh = all.added.insert((claim, Some(source), e.passage.clone()));
            if fresh && !known.is_some_and(|c| has_evidence(c, source, &e)) {
                all.evidence(EvidenceId(self.fresh()), claim, source, e);
            }
        }
        for text in read.remarks.into_iter().filter_map(|r| non_blank(Some(r))) {
            let asked = |q: &crate::model::QueryView| q.query.claim == Some(claim) && q.query.text == text;
            if all.added.insert((claim, None, Some(text.clone()))) && !reading.state.queries.iter().any(asked)
            {
                let query = QueryId(self.fresh());
                all.numbers.push((NumberKind::Query, query.0));
                let article = reading.article;
                all.facts.push(Fact::Query(Query { query, article, claim: Some(claim), to: None, text }));
            }
        }
        Ok(())
    }
}

impl Facts {
    fn mark(&mut self, reading: &Reading, claim: ClaimId, read: &ClaimIn, spans: Vec<Span>) {
        self.facts.push(Fact::Claim(Claim {
            claim,
            article: reading.article,
            assertion: non_blank(read.assertion.clone()),
            kind: None,
            claimant: non_blank(read.claimant.clone()),
            risk: Risk::Normal,
            assignee: None,
            retracted: false,
        }));
        let anchors = vec![Anchor { claim, placement: Placement::Kept, spans }];
        self.facts.push(Fact::Anchors(Anchors { revision: reading.revision.id, anchors }));
        self.numbers.push((NumberKind::Claim, claim.0));
    }

    fn evidence(&mut self, evidence: EvidenceId, claim: ClaimId, source: SourceId, read: EvidenceIn) {
        let stance = read.stance;
        self.facts.push(Fact::Evidence(Evidence { evidence, claim, source, stance, retracted: false }));
        let text = PassageText { passage: read.passage, locator: read.locator, note: read.note };
        self.facts.push(Fact::Passage(text.of(evidence)));
    }
}

fn has_evidence(c: &ClaimView, source: SourceId, read: &EvidenceIn) -> bool {
    c.live_evidence().filter(|e| e.evidence.source == source).any(|e| {
        let passage = e.passage.as_ref().and_then(|p| p.value.passage.clone());
        passage == non_blank(read.passage.clone())
    })
}
