//! A verdict together with its evidence, as one action: what happens to existing evidence, and a new piece of evidence
//! with its source. One undo removes all of it. If one part is refused, nothing is recorded.

use crate::desk::{Desk, DeskError, Done, Me, PassageText, Reading, SourceChange};
use crate::{
    anchor::{ParagraphReader, Words, compare},
    messages::message,
    model::{
        ActionKind, Anchor, ArticleId, Chain, ClaimId, ClaimView, Evidence, EvidenceId, EvidenceScope,
        EvidenceView, Fact, FactId, NumberKind, RevisionView, Source, SourceId, Stance, slugs,
    },
    store::Tx,
};

slugs! {
    /// What happens to a piece of evidence when a new verdict is given.
    EvidenceChoice, "choice for evidence", {
        /// It is about the words as they are now.
        Keep = "keep",
        /// It is about the words of the earlier verdict and is marked so.
        Earlier = "earlier",
        /// It is removed.
        Remove = "remove",
    }
}

/// The evidence that is given together with a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WithVerdict {
    /// What happens to existing evidence. Evidence that is not listed stays unchanged.
    pub evidence: Vec<(EvidenceId, EvidenceChoice)>,
    /// A new piece of evidence.
    pub add: Option<NewEvidence>,
}

/// A new piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvidence {
    /// From which source.
    pub source: SourceOf,
    /// What it does for the claim.
    pub stance: Stance,
    /// What it quotes.
    pub text: PassageText,
}

/// A source on the desk, or a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceOf {
    /// It is on the desk.
    Existing(SourceId),
    /// It is new.
    New(Box<SourceChange>),
}

/// Facts with the facts that each replaces.
type Replacing = Vec<(Fact, Vec<FactId>)>;

impl Desk {
    /// Gives a verdict on the words of the newest revision together with its evidence. Returns the verdict's fact.
    pub fn give_verdict_with(
        &mut self,
        named: (ArticleId, ClaimId),
        (rating, scale, rationale): (&str, Option<&str>, &str),
        with_verdict: WithVerdict,
    ) -> Result<Done<FactId>, DeskError> {
        let verdict = self.new_verdict(named, rating, scale, rationale)?;
        let reading = self.read(named.0, None)?;
        let claim = self.claim_view(&reading, named.1)?;
        let replaced = claim.verdicts.iter().filter(|v| v.current).map(|v| v.stamp.fact).collect();
        let mut facts = vec![(Fact::Verdict(verdict), replaced)];
        for (evidence, choice) in with_verdict.evidence {
            facts.extend(choice_fact(claim, evidence, choice)?);
        }
        let source = match with_verdict.add {
            Some(new) => self.new_evidence(named.1, new, &mut facts)?,
            None => None,
        };
        drop(reading);
        self.record_all(named.0, facts, source)
    }

    /// The evidence that was given for earlier words of a claim: its last change is older than the revision that changed
    /// the words. Empty if the words never changed.
    pub fn evidence_for_earlier_words(
        &self,
        (article, claim): (ArticleId, ClaimId),
    ) -> Result<Vec<EvidenceId>, DeskError> {
        let reading = self.read(article, None)?;
        let view = self.claim_view(&reading, claim)?;
        if view.current_evidence().next().is_none() {
            return Ok(Vec::new());
        }
        let Some(changed) = self.words_changed_at(&reading, view)? else { return Ok(Vec::new()) };
        let since = self.store.place(changed.stamp.action)?;
        let mut before = Vec::new();
        for evidence in view.current_evidence() {
            let stamps = [Some(evidence.stamp), evidence.passage.as_ref().map(|p| p.stamp)];
            let places = stamps.into_iter().flatten().map(|s| self.store.place(s.action));
            if places.collect::<Result<Vec<_>, _>>()?.into_iter().max() < Some(since) {
                before.push(evidence.id);
            }
        }
        Ok(before)
    }

    /// The first revision in which a claim has its present words and reach; none if it never had other words.
    fn words_changed_at(
        &self,
        reading: &Reading,
        claim: &ClaimView,
    ) -> Result<Option<RevisionView>, DeskError> {
        let has_place = |a: &&Anchor| !a.spans.is_empty();
        let Some(anchor) = self.standings(reading).anchor(claim).filter(has_place) else { return Ok(None) };
        let now = ParagraphReader::new(&reading.text).in_language(reading.language());
        let words = now.statement(&anchor.spans);
        // One fold has the anchors of all revisions, so the article is not folded again for each.
        let whole = self.state_of(Chain::Article(reading.article))?;
        let mut since = reading.revision.clone();
        for older in whole.revisions.iter().rev().filter(|r| r.id != reading.revision.id) {
            // Before it was marked, or while it was an orphan, the claim has no place.
            let Some(place) = whole.anchor(older.id, claim.id).filter(has_place) else { continue };
            let text = self.store.text(&older.revision.text)?;
            let then = ParagraphReader::new(&text).in_language(reading.language());
            let (was, context) = (then.statement(&place.spans), then.context(&place.spans));
            if compare(&was, &words) != Words::Same || now.reaches_elsewhere(&anchor.spans, &was, &context) {
                return Ok(Some(since));
            }
            since = older.clone();
        }
        Ok(None)
    }

    /// Adds the facts of a new piece of evidence. Returns its source if that is new.
    fn new_evidence(
        &self,
        claim: ClaimId,
        new: NewEvidence,
        facts: &mut Replacing,
    ) -> Result<Option<Source>, DeskError> {
        let (source, fresh) = match new.source {
            SourceOf::Existing(source) => (self.source(source)?.value.source, None),
            SourceOf::New(change) => {
                let source = SourceId(self.fresh());
                (source, Some(change.into_source(source, Vec::new())?))
            }
        };
        let (evidence, stance, retracted) = (EvidenceId(self.fresh()), new.stance, false);
        facts.push((Fact::Evidence(Evidence { evidence, claim, source, stance, retracted }), Vec::new()));
        facts.push((Fact::Passage(new.text.of(evidence)), Vec::new()));
        Ok(fresh)
    }

    /// Records the facts as one action. A new source gets its own action, which is undone with the first.
    fn record_all(
        &mut self,
        article: ArticleId,
        facts: Replacing,
        source: Option<Source>,
    ) -> Result<Done<FactId>, DeskError> {
        let desk: &Self = self;
        let (done, person) = desk.write(|tx| {
            let person = desk.who(tx)?;
            let chain = Chain::Article(article);
            let done = desk.record(tx, ActionKind::GiveVerdict, chain, person, |act| {
                let mut ids = facts.into_iter().map(|(fact, replaces)| act.replace(fact, replaces));
                let verdict = ids.next();
                ids.for_each(drop);
                verdict.ok_or_else(|| DeskError::refused(message!("refused_no_verdict_to_give")))
            })?;
            if let Some(source) = source {
                let added = desk.record_source(tx, person, source)?;
                tx.mark_part_of(added, done.action)?;
            }
            Ok::<_, DeskError>((done, person))
        })?;
        self.me = Me::Known(person);
        Ok(done)
    }

    /// Records a new source and returns the action.
    pub(in crate::desk) fn record_source(
        &self,
        tx: &Tx,
        person: crate::model::PersonId,
        source: Source,
    ) -> Result<crate::model::ActionId, DeskError> {
        let chain = Chain::Source(source.source);
        let done = self.record(tx, ActionKind::AddSource, chain, person, |act| {
            act.tx().give_number(NumberKind::Source, source.source.0)?;
            Ok(act.record(Fact::Source(source)))
        })?;
        Ok(done.action)
    }
}

/// The fact that records a choice for a piece of evidence; none if nothing changes.
fn choice_fact(
    claim: &ClaimView,
    evidence: EvidenceId,
    choice: EvidenceChoice,
) -> Result<Option<(Fact, Vec<FactId>)>, DeskError> {
    let missing = || crate::desk::error::not_found(crate::desk::error::Missing::Evidence, evidence);
    let view = claim.live_evidence().find(|e| e.id == evidence).ok_or_else(missing)?;
    Ok(match choice {
        EvidenceChoice::Keep if view.is_earlier() => {
            view.scope.as_ref().map(|s| scope_fact(view, s.value.verdict, true))
        }
        EvidenceChoice::Keep => None,
        EvidenceChoice::Earlier if view.is_earlier() => None,
        EvidenceChoice::Earlier => {
            let verdict = claim.verdicts.iter().rev().find(|v| v.current).or(claim.verdicts.last());
            let none = || DeskError::refused(message!("refused_no_earlier_verdict"));
            Some(scope_fact(view, verdict.ok_or_else(none)?.stamp.fact, false))
        }
        EvidenceChoice::Remove => {
            let fact = Evidence { retracted: true, ..view.evidence.clone() };
            Some((Fact::Evidence(fact), vec![view.stamp.fact]))
        }
    })
}

/// The fact that records which words a piece of evidence is about.
fn scope_fact(view: &EvidenceView, verdict: FactId, taken_back: bool) -> (Fact, Vec<FactId>) {
    let replaces = view.scope.iter().map(|s| s.stamp.fact).collect();
    (Fact::EvidenceScope(EvidenceScope { evidence: view.id, verdict, taken_back }), replaces)
}
