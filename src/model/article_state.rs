//! The state of an article: the one fold from its live facts to what a person sees.
//!
//! Its input is the facts of actions that are not undone, in the order they were recorded. It only decides which of
//! them are current: those that no other fact replaces. Replaced facts stay visible as history.

use super::{
    Action, ActionId, Anchor, Answer, Article, Attachment, Chain, Claim, ClaimId, Evidence, EvidenceId,
    EvidenceScope, Exemption, Fact, FactId, Family, FileAuthor, Info, InfoAt, Interview, Moment, Original,
    Passage, Person, PersonId, Picture, Query, QueryId, Recorded, Resolution, Revision, RevisionId, Risk,
    Scale, ScaleId, SignOff, Source, SourceId, Stance, Suggestion, SuggestionAnchor, SuggestionAnchors,
    SuggestionDecision, SuggestionId, Verdict,
};
use crate::messages::{Message, message};
use crate::text::Span;
use std::collections::{BTreeMap, HashMap, HashSet, hash_map::Entry};
use uuid::Uuid;

/// One article now, with the people and sources among the folded facts.
#[derive(Clone, Debug, Default)]
pub struct ArticleState {
    /// The bytes it was imported from.
    pub original: Option<Original>,
    /// Whether it is archived.
    pub archived: bool,
    /// Who last archived or restored it, and when.
    pub archived_by: Option<Stamp>,
    /// Its revisions, in the order they were recorded.
    pub revisions: Vec<RevisionView>,
    /// Its claims, including retracted ones, in the order they were marked.
    pub claims: Vec<ClaimView>,
    /// Its queries, in the order they were asked.
    pub queries: Vec<QueryView>,
    /// Its suggestions, in the order they were made. [`ArticleState::waiting`] computes the state of each.
    pub suggestions: Vec<SuggestionView>,
    /// Its pictures, in the order they were recorded.
    pub pictures: Vec<Noted<Picture>>,
    /// Sentences that need no check, in the order they were exempted. Exemptions that were taken back are not
    /// included.
    pub exemptions: Vec<Noted<Exemption>>,
    /// Sources.
    pub sources: BTreeMap<SourceId, Noted<Source>>,
    /// Interviews with those sources, in the order they were recorded.
    pub interviews: BTreeMap<SourceId, Vec<Noted<Interview>>>,
    /// People.
    pub people: BTreeMap<PersonId, Person>,
    /// Rating scales.
    pub scales: BTreeMap<ScaleId, Noted<Scale>>,
    pub(super) anchors: HashMap<RevisionId, HashMap<ClaimId, Anchor>>,
    pub(super) source_facts: HashMap<SourceId, Vec<FactId>>,
    pub(super) withheld_elsewhere: HashSet<SourceId>,
    pub(super) claim_at: HashMap<ClaimId, usize>,
    evidence_at: HashMap<EvidenceId, (usize, usize)>,
    pub(super) suggestion_at: HashMap<SuggestionId, usize>,
    pub(super) suggestion_anchors: HashMap<RevisionId, Vec<SuggestionAnchor>>,
}

/// Who recorded something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The action that recorded it.
    pub action: ActionId,
    /// The fact it was recorded as.
    pub fact: FactId,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Moment,
}

/// A recorded value and its stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// Who recorded it, and when.
    pub stamp: Stamp,
}

/// A revision and what is known about the article at it.
#[derive(Clone, Debug)]
pub struct RevisionView {
    /// Its id.
    pub id: RevisionId,
    /// The revision.
    pub revision: Revision,
    /// Who saved it, and when.
    pub stamp: Stamp,
    /// The article details at this revision, with the stamp of the fact that says so.
    pub info: Option<Noted<Info>>,
}

/// A claim with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct ClaimView {
    /// Its id.
    pub id: ClaimId,
    /// Its attributes now.
    pub claim: Claim,
    /// Who set them last, and when.
    pub stamp: Stamp,
    /// Whether no later fact replaced these attributes.
    pub is_current: bool,
    /// Who marked it, and when.
    pub marked: Stamp,
    /// Attributes that conflict with these: two people changed the same ones on two desks.
    pub conflicting: Vec<Noted<Claim>>,
    /// Its evidence, including retracted pieces.
    pub evidence: Vec<EvidenceView>,
    /// Every verdict ever given and not undone, oldest first.
    pub verdicts: Vec<VerdictView>,
    /// Sign-offs of its verdicts that were not taken back, including those of earlier verdicts.
    pub sign_offs: Vec<Noted<SignOff>>,
}

/// A piece of evidence and what it quotes.
#[derive(Clone, Debug)]
pub struct EvidenceView {
    /// Its id.
    pub id: EvidenceId,
    /// The evidence.
    pub evidence: Evidence,
    /// Who recorded it last, and when.
    pub stamp: Stamp,
    /// What it quotes. `None` if that is withheld or redacted.
    pub passage: Option<Noted<Passage>>,
    /// The words it is about, if somebody recorded that.
    pub scope: Option<Noted<EvidenceScope>>,
}

/// A verdict in a claim's history.
#[derive(Clone, Debug)]
pub struct VerdictView {
    /// The verdict.
    pub verdict: Verdict,
    /// Who gave it, and when.
    pub stamp: Stamp,
    /// Whether no later verdict replaced it.
    pub current: bool,
}

/// A suggestion and its decisions.
#[derive(Clone, Debug)]
pub struct SuggestionView {
    /// Its id.
    pub id: SuggestionId,
    /// The suggestion.
    pub suggestion: Suggestion,
    /// Who recorded it, and when.
    pub stamp: Stamp,
    /// Who wrote it in the file it came with.
    pub author: Option<FileAuthor>,
    /// Its decisions, oldest first. There are several if two desks decided it independently.
    pub decisions: Vec<Noted<SuggestionDecision>>,
}

/// A query, its answers and its resolution.
#[derive(Clone, Debug)]
pub struct QueryView {
    /// Its id.
    pub id: QueryId,
    /// The question.
    pub query: Query,
    /// Who asked, and when.
    pub stamp: Stamp,
    /// The answers, oldest first.
    pub answers: Vec<Noted<Answer>>,
    /// How it was resolved, if it was.
    pub resolution: Option<Noted<Resolution>>,
    /// The authors of the question and of answers in the file they came with.
    pub authors: Vec<FileAuthor>,
}

impl ArticleState {
    /// Folds `facts`: those of live actions, in the order they were recorded.
    pub fn of<'a>(facts: impl IntoIterator<Item = (&'a Action, &'a Recorded)>) -> Self {
        let facts: Vec<_> = facts.into_iter().collect();
        let replaced: HashSet<FactId> = facts.iter().flat_map(|(_, f)| &f.replaces).copied().collect();
        let mut state = Self { withheld_elsewhere: withheld_elsewhere(&facts), ..Self::default() };
        for (action, recorded) in facts {
            if let Some(fact) = recorded.fact() {
                let stamp = Stamp { action: action.id, fact: recorded.id, by: action.person, at: action.at };
                state.add(fact, stamp, !replaced.contains(&recorded.id));
            }
        }
        state.drop_own_sign_offs();
        state.apply_withheld_elsewhere();
        state
    }

    /// If another desk withheld something about a source, the source is withheld here too.
    fn apply_withheld_elsewhere(&mut self) {
        for source in &self.withheld_elsewhere {
            self.sources.entry(*source).and_modify(|s| s.value.withhold = true);
        }
    }

    /// Whether another desk withheld something about the source.
    pub fn is_withheld_elsewhere(&self, source: SourceId) -> bool {
        self.withheld_elsewhere.contains(&source)
    }

    /// Drops sign-offs by the person who gave the verdict. The names must differ too, because one person may have an
    /// id on each of two desks.
    pub(super) fn drop_own_sign_offs(&mut self) {
        let name = |id: PersonId| self.people.get(&id).map(|p| comparable_name(&p.name));
        for claim in self.claims.iter_mut().filter(|c| !c.sign_offs.is_empty()) {
            let verdicts = &claim.verdicts;
            let own = |s: &Noted<SignOff>| {
                let verdict = verdicts.iter().find(|v| v.stamp.fact == s.value.verdict);
                let somebody_else = |v: &VerdictView| {
                    let names = name(v.stamp.by).zip(name(s.stamp.by));
                    v.stamp.by != s.stamp.by && names.is_some_and(|(giver, second)| giver != second)
                };
                verdict.is_some_and(|v| !somebody_else(v))
            };
            claim.sign_offs.retain(|s| !own(s));
        }
    }

    /// The newest revision. `None` if the article was undone.
    pub fn newest(&self) -> Option<&RevisionView> {
        self.revisions.last()
    }

    /// The revisions that none follows, in order: one, unless several people went on with the text at once. A revision
    /// with a parent that is not known here, because it was erased, follows everything before it.
    pub fn versions(&self) -> Vec<&RevisionView> {
        let mut versions: Vec<&RevisionView> = Vec::new();
        let known: HashSet<RevisionId> = self.revisions.iter().map(|r| r.id).collect();
        for revision in &self.revisions {
            let parents = &revision.revision.parents;
            if !parents.iter().all(|p| known.contains(p)) {
                versions.clear();
            }
            versions.retain(|v| !parents.contains(&v.id));
            versions.push(revision);
        }
        versions
    }

    /// The revision of that id.
    pub fn revision(&self, id: RevisionId) -> Option<&RevisionView> {
        self.revisions.iter().find(|r| r.id == id)
    }

    /// The claim of that id.
    pub fn claim(&self, id: ClaimId) -> Option<&ClaimView> {
        self.claim_at.get(&id).map(|&at| &self.claims[at])
    }

    /// The evidence of that id, with the claim it is for.
    pub fn evidence(&self, id: EvidenceId) -> Option<(&ClaimView, &EvidenceView)> {
        self.evidence_at.get(&id).map(|&(c, e)| (&self.claims[c], &self.claims[c].evidence[e]))
    }

    /// The current facts that describe a source. There are several if two desks corrected it independently. A
    /// correction replaces all of them.
    pub fn facts_of(&self, source: SourceId) -> Vec<FactId> {
        self.source_facts.get(&source).cloned().unwrap_or_default()
    }

    /// Claims that are not retracted.
    pub fn live_claims(&self) -> impl Iterator<Item = &ClaimView> {
        self.claims.iter().filter(|c| !c.claim.retracted)
    }

    /// The anchor of a claim in a revision, if the anchors of that revision are among the folded facts.
    pub fn anchor(&self, revision: RevisionId, claim: ClaimId) -> Option<&Anchor> {
        self.anchors.get(&revision)?.get(&claim)
    }

    /// Gives every claim that has an anchor in `from` an anchor in `to`. `carry` maps their spans.
    pub fn carry<C: Into<(super::Placement, Vec<crate::text::Span>)>>(
        &mut self,
        from: RevisionId,
        to: RevisionId,
        carry: impl FnOnce(&[Vec<crate::text::Span>]) -> Vec<C>,
    ) {
        let standing: Vec<Anchor> =
            self.anchors.get(&from).into_iter().flat_map(|a| a.values().cloned()).collect();
        let spans: Vec<_> = standing.iter().map(|a| a.spans.clone()).collect();
        let carried = carry(&spans).into_iter().map(Into::into);
        let placed = standing
            .into_iter()
            .zip(carried)
            .map(|(a, (placement, spans))| (a.claim, Anchor { placement, spans, ..a }));
        self.anchors.insert(to, placed.collect());
    }

    /// The files of the pictures that have bytes.
    pub fn picture_files(&self) -> impl Iterator<Item = &Attachment> {
        self.pictures.iter().filter_map(|p| p.value.file.as_ref())
    }

    /// The suggestion of that id.
    pub fn suggestion(&self, id: SuggestionId) -> Option<&SuggestionView> {
        self.suggestion_at.get(&id).map(|&at| &self.suggestions[at])
    }

    /// The recorded places of suggestions and queries in a revision, if its anchors are among the folded facts.
    pub fn suggestion_anchors(&self, revision: RevisionId) -> &[SuggestionAnchor] {
        self.suggestion_anchors.get(&revision).map_or(&[], Vec::as_slice)
    }

    /// The places of queries in a revision.
    pub fn query_places(&self, revision: RevisionId) -> impl Iterator<Item = (QueryId, &[Span])> {
        self.suggestion_anchors(revision).iter().filter_map(|a| match a {
            SuggestionAnchor::Query(id, spans) => Some((*id, spans.as_slice())),
            SuggestionAnchor::Edit(..) | SuggestionAnchor::Overtaken(_) => None,
        })
    }

    /// The files attached to the sources.
    pub fn attachments(&self) -> impl Iterator<Item = (SourceId, &Attachment)> {
        self.sources.iter().flat_map(|(id, s)| s.value.files.iter().map(move |f| (*id, f)))
    }

    pub(super) fn add(&mut self, fact: &Fact, stamp: Stamp, current: bool) {
        match fact {
            Fact::Person(f) => drop(current.then(|| self.people.insert(f.person, f.clone()))),
            Fact::Article(Article { original, .. }) => self.original = original.clone(),
            Fact::Archived(f) if current => (self.archived, self.archived_by) = (f.archived, Some(stamp)),
            Fact::Archived(_) => {}
            Fact::Revision(f) => self.add_revision(f, stamp),
            Fact::InfoAt(f) => self.add_info(f, stamp, current),
            Fact::Claim(f) => self.add_claim(f, stamp, current),
            Fact::Anchors(f) => {
                self.anchors
                    .entry(f.revision)
                    .or_default()
                    .extend(f.anchors.iter().map(|a| (a.claim, a.clone())));
            }
            Fact::Source(f) if current => self.add_source(f, stamp),
            Fact::Source(_) => {}
            Fact::Evidence(f) => self.add_evidence(f, stamp, current),
            Fact::Passage(f) => self.add_passage(f, stamp, current),
            Fact::Verdict(f) => self.add_verdict(f, stamp, current),
            Fact::Scale(id, f) => drop(current.then(|| self.scales.insert(*id, noted(f, stamp)))),
            Fact::Query(f) => self.add_query(f, stamp),
            Fact::Answer(f) => self.change_query(f.query, |q| q.answers.push(noted(f, stamp))),
            Fact::Resolution(f) => self.change_query(f.query, |q| q.resolution = Some(noted(f, stamp))),
            Fact::Exemption(f) if current && !f.taken_back => self.exemptions.push(noted(f, stamp)),
            Fact::SignOff(f) if current && !f.taken_back => self.add_sign_off(f, stamp),
            Fact::EvidenceScope(f) if current => self.add_scope(f, stamp),
            Fact::Suggestion(f) => self.add_suggestion(f, stamp),
            Fact::Decision(f) if current => self.add_decision(f, stamp),
            Fact::SuggestionAnchors(f) => self.add_suggestion_anchors(f),
            Fact::FileAuthor(f) if current => self.add_file_author(f),
            Fact::Picture(f) if current => self.pictures.push(noted(f, stamp)),
            Fact::Interview(f) if current => {
                self.interviews.entry(f.source).or_default().push(noted(f, stamp));
            }
            Fact::Exemption(_)
            | Fact::SignOff(_)
            | Fact::EvidenceScope(_)
            | Fact::Interview(_)
            | Fact::Workflow(_)
            | Fact::Published(_)
            | Fact::Contact(_)
            | Fact::Decision(_)
            | Fact::FileAuthor(_)
            | Fact::Picture(_)
            | Fact::Policy(_)
            | Fact::Redaction(_)
            | Fact::Import(_) => {}
        }
    }

    fn add_revision(&mut self, f: &Revision, stamp: Stamp) {
        self.revisions.push(RevisionView { id: f.revision, revision: f.clone(), stamp, info: None });
    }

    fn add_info(&mut self, f: &InfoAt, stamp: Stamp, current: bool) {
        if let Some(r) = self.revisions.iter_mut().rfind(|r| r.id == f.revision && current) {
            r.info = Some(noted(&f.info, stamp));
        }
    }

    fn add_claim(&mut self, f: &Claim, stamp: Stamp, current: bool) {
        let Some(&at) = self.claim_at.get(&f.claim) else {
            self.claim_at.insert(f.claim, self.claims.len());
            let (evidence, verdicts, conflicting, sign_offs) = Default::default();
            let claim = f.clone();
            let view = ClaimView {
                id: f.claim,
                claim,
                stamp,
                is_current: current,
                marked: stamp,
                conflicting,
                evidence,
                verdicts,
                sign_offs,
            };
            self.claims.push(view);
            return;
        };
        let view = &mut self.claims[at];
        if current {
            let mut claim = f.clone();
            if view.is_current {
                // Two desks changed it independently. Until somebody changes it again, the stricter value counts.
                claim.retracted &= view.claim.retracted;
                if view.claim.risk == Risk::High {
                    claim.risk = Risk::High;
                }
                view.conflicting.push(Noted { value: view.claim.clone(), stamp: view.stamp });
            }
            (view.claim, view.stamp, view.is_current) = (claim, stamp, true);
        }
    }

    /// If two desks corrected one source independently, the later correction counts. But if one of them withholds it,
    /// it stays withheld, and no file of either is lost.
    fn add_source(&mut self, f: &Source, stamp: Stamp) {
        let mut source = f.clone();
        if let Some(known) = self.sources.get(&f.source) {
            source.withhold |= known.value.withhold;
            let new = known.value.files.iter().filter(|a| f.files.iter().all(|b| a.digest != b.digest));
            source.files.extend(new.cloned());
        }
        self.source_facts.entry(f.source).or_default().push(stamp.fact);
        self.sources.insert(f.source, Noted { value: source, stamp });
    }

    fn add_evidence(&mut self, f: &Evidence, stamp: Stamp, current: bool) {
        if let Some(&(c, e)) = self.evidence_at.get(&f.evidence) {
            if current {
                let view = &mut self.claims[c].evidence[e];
                (view.evidence, view.stamp) = (f.clone(), stamp);
            }
        } else if let Some(&c) = self.claim_at.get(&f.claim) {
            self.evidence_at.insert(f.evidence, (c, self.claims[c].evidence.len()));
            let (passage, scope) = (None, None);
            let view = EvidenceView { id: f.evidence, evidence: f.clone(), stamp, passage, scope };
            self.claims[c].evidence.push(view);
        }
    }

    fn add_passage(&mut self, f: &Passage, stamp: Stamp, current: bool) {
        if let (true, Some(&(c, e))) = (current, self.evidence_at.get(&f.evidence)) {
            self.claims[c].evidence[e].passage = Some(noted(f, stamp));
        }
    }

    fn add_scope(&mut self, f: &EvidenceScope, stamp: Stamp) {
        if let Some(&(c, e)) = self.evidence_at.get(&f.evidence) {
            self.claims[c].evidence[e].scope = Some(noted(f, stamp));
        }
    }

    fn add_verdict(&mut self, f: &Verdict, stamp: Stamp, current: bool) {
        if let Some(&at) = self.claim_at.get(&f.claim) {
            self.claims[at].verdicts.push(VerdictView { verdict: f.clone(), stamp, current });
        }
    }

    fn add_sign_off(&mut self, f: &SignOff, stamp: Stamp) {
        if let Some(&at) = self.claim_at.get(&f.claim) {
            self.claims[at].sign_offs.push(noted(f, stamp));
        }
    }

    fn add_query(&mut self, f: &Query, stamp: Stamp) {
        let (answers, resolution, authors) = Default::default();
        self.queries.push(QueryView { id: f.query, query: f.clone(), stamp, answers, resolution, authors });
    }

    fn add_suggestion(&mut self, f: &Suggestion, stamp: Stamp) {
        if let Entry::Vacant(free) = self.suggestion_at.entry(f.suggestion) {
            free.insert(self.suggestions.len());
            let (id, suggestion) = (f.suggestion, f.clone());
            let (author, decisions) = Default::default();
            self.suggestions.push(SuggestionView { id, suggestion, stamp, author, decisions });
        }
    }

    fn add_decision(&mut self, f: &SuggestionDecision, stamp: Stamp) {
        if let Some(&at) = self.suggestion_at.get(&f.suggestion) {
            self.suggestions[at].decisions.push(noted(f, stamp));
        }
    }

    fn add_file_author(&mut self, f: &FileAuthor) {
        if let Some(&at) = self.suggestion_at.get(&SuggestionId(f.of)) {
            self.suggestions[at].author = Some(f.clone());
            return;
        }
        let is_of = |q: &&mut QueryView| q.id.0 == f.of || q.answers.iter().any(|a| a.stamp.fact.0 == f.of);
        if let Some(query) = self.queries.iter_mut().rfind(is_of) {
            query.authors.push(f.clone());
        }
    }

    fn add_suggestion_anchors(&mut self, f: &SuggestionAnchors) {
        let named: HashSet<Uuid> = f.anchors.iter().map(SuggestionAnchor::of).collect();
        let all = self.suggestion_anchors.entry(f.revision).or_default();
        all.retain(|a| !named.contains(&a.of()));
        all.extend(f.anchors.iter().cloned());
    }

    fn change_query(&mut self, id: QueryId, change: impl FnOnce(&mut QueryView)) {
        if let Some(query) = self.queries.iter_mut().find(|q| q.id == id) {
            change(query);
        }
    }
}

impl ClaimView {
    /// The current verdict: the last one that was neither replaced nor withdrawn.
    pub fn verdict(&self) -> Option<&VerdictView> {
        self.verdicts.iter().rev().find(|v| v.current).filter(|v| !v.verdict.withdrawn)
    }

    /// Current verdicts that conflict with the last one: another rating, or one was withdrawn and the other was not.
    /// A person decides between them. The order in which they were imported decides nothing.
    pub fn disputed(&self) -> impl Iterator<Item = &VerdictView> {
        let mut current: Vec<&VerdictView> = self.verdicts.iter().filter(|v| v.current).collect();
        let said = |v: &VerdictView| (!v.verdict.withdrawn).then(|| v.verdict.rating.clone());
        let last = current.pop().map(said);
        current.into_iter().filter(move |v| last.as_ref().is_some_and(|last| *last != said(v)))
    }

    /// The verdicts that are current side by side, the last one first; none where they agree.
    pub fn side_by_side(&self) -> Vec<&VerdictView> {
        let last = self.verdicts.iter().rev().find(|v| v.current);
        let others: Vec<&VerdictView> = self.disputed().collect();
        if others.is_empty() { others } else { last.into_iter().chain(others).collect() }
    }

    /// Sign-offs of the current verdict, by anybody except the person who gave it.
    pub fn agreed(&self) -> impl Iterator<Item = &Noted<SignOff>> {
        let current = self.verdict().map(|v| (v.stamp.fact, v.stamp.by));
        self.sign_offs.iter().filter(move |s| {
            current.is_some_and(|(verdict, by)| s.value.verdict == verdict && s.stamp.by != by)
        })
    }

    /// When the claim, its verdicts, its evidence or its sign-offs last changed.
    pub fn touched(&self) -> Moment {
        let evidence = self
            .evidence
            .iter()
            .flat_map(|e| [e.stamp.at].into_iter().chain(e.passage.as_ref().map(|p| p.stamp.at)));
        let scopes = self.evidence.iter().filter_map(|e| e.scope.as_ref()).map(|s| s.stamp.at);
        let verdicts = self.verdicts.iter().map(|v| v.stamp.at);
        let signed = self.sign_offs.iter().map(|s| s.stamp.at);
        [self.marked.at, self.stamp.at]
            .into_iter()
            .chain(evidence)
            .chain(scopes)
            .chain(verdicts)
            .chain(signed)
            .max()
            .unwrap_or_default()
    }

    /// Its evidence that is not retracted.
    pub fn live_evidence(&self) -> impl Iterator<Item = &EvidenceView> {
        self.evidence.iter().filter(|e| !e.evidence.retracted)
    }

    /// Its evidence for the current words: neither retracted, nor for earlier words.
    pub fn current_evidence(&self) -> impl Iterator<Item = &EvidenceView> {
        self.live_evidence().filter(|e| !e.is_earlier())
    }

    /// Whether its verdict and its evidence contradict each other: the rating says that it holds and all evidence
    /// refutes it, or the rating says that it does not hold and all evidence supports it.
    pub fn is_contradicted(&self) -> bool {
        self.contradiction().is_some()
    }

    /// The contradiction of [`Self::is_contradicted`] in a sentence.
    pub fn contradiction(&self) -> Option<Message> {
        let rating = &self.verdict()?.verdict.rating;
        let label = &rating.label;
        let (against, message) = match rating.family {
            Family::Holds => (Stance::Refutes, message!("rated_but_refuted", rating = label)),
            Family::Fails => (Stance::Supports, message!("rated_but_supported", rating = label)),
            Family::Partly | Family::Open => return None,
        };
        let stances = || self.current_evidence().map(|e| e.evidence.stance).filter(|s| *s != Stance::Context);
        (stances().next().is_some() && stances().all(|s| s == against)).then_some(message)
    }
}

impl EvidenceView {
    /// Whether it is about earlier words of its claim.
    pub fn is_earlier(&self) -> bool {
        self.scope.as_ref().is_some_and(|s| !s.value.taken_back)
    }
}

impl SuggestionView {
    /// Its decision. If two desks decided it independently, its words are in the text if one of them accepted it.
    pub fn decision(&self) -> Option<&Noted<SuggestionDecision>> {
        self.decisions.iter().rev().find(|d| d.value.accepted).or(self.decisions.last())
    }
}

impl QueryView {
    /// Who wrote the question, or (by its fact) an answer, in the file it came with.
    pub fn author_of(&self, of: Uuid) -> Option<&FileAuthor> {
        self.authors.iter().rev().find(|a| a.of == of)
    }

    /// Whether it is not resolved yet.
    pub fn is_open(&self) -> bool {
        self.resolution.is_none()
    }
}

/// The sources with a fact that is closed although nobody here erased it.
fn withheld_elsewhere(facts: &[(&Action, &Recorded)]) -> HashSet<SourceId> {
    let erased: HashSet<FactId> = facts
        .iter()
        .filter_map(|(_, f)| match f.fact() {
            Some(Fact::Redaction(r)) => Some(r.fact),
            _ => None,
        })
        .collect();
    let closed = facts.iter().filter(|(_, f)| f.fact().is_none() && !erased.contains(&f.id));
    closed
        .filter_map(|(action, _)| match action.chain {
            Chain::Source(id) => Some(id),
            Chain::Article(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
        })
        .collect()
}

/// A name for comparison: letters and digits only, in lower case, in Unicode's form NFKC.
pub fn comparable_name(name: &str) -> String {
    crate::text::nfkc(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn noted<T: Clone>(value: &T, stamp: Stamp) -> Noted<T> {
    Noted { value: value.clone(), stamp }
}
