//! The dossier of an article: all actions on it and on what it names. Facts that stay on this desk are closed.

use super::logs::Logs;
use crate::desk::{
    Desk, DeskError, Reading, Standings,
    articles::{cache::named_chains, reading::live},
    error::{Missing, not_found},
    history::corrections::corrections,
    review::gate::gate,
};
use crate::{
    formats::ledger,
    messages::{Language, message},
    model::{
        ActionId, ArticleId, ArticleState, Blobs, Chain, ClaimView, Corrections, Digest, Dossier, EvidenceId,
        Fact, FactId, Logged, PersonId, Policy, Recorded, RevisionId, Rules, SourceId, State,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

impl Desk {
    /// Everything about one article. Facts that are withheld or undone are closed.
    pub fn dossier(&self, article: ArticleId) -> Result<Dossier<'_>, DeskError> {
        self.dossier_since(article, None)
    }

    /// The same, with the corrections since an action or since the last verified export.
    pub(in crate::desk) fn dossier_since(
        &self,
        article: ArticleId,
        since: Option<ActionId>,
    ) -> Result<Dossier<'_>, DeskError> {
        let log = gather_log(self, article)?;
        let since = since.map_or_else(|| self.last_verified(article), |id| Ok(Some(id)))?;
        let terms =
            Terms { policy: self.policy()?, since, rules: Rules::default(), language: Language::default() };
        build_dossier(article, log, terms, |digest| Ok(self.store.proven_text(digest)?), self)
    }

    /// The corrections since `since` or since the last verified export, and the same as Markdown to publish. Fails if
    /// there was no verified export, or if the old state no longer exists.
    pub fn corrections(
        &self,
        article: ArticleId,
        since: Option<ActionId>,
    ) -> Result<(Corrections, String), DeskError> {
        let dossier = self.dossier_since(article, since)?;
        let text = ledger::markdown(&dossier);
        match dossier.corrections {
            Some(corrections) => Ok((corrections, text)),
            None if since.is_some() => Err(DeskError::refused(message!("refused_past_undone"))),
            None => Err(DeskError::refused(message!("refused_not_exported"))),
        }
    }
}

/// All actions on an article and on what it names. Facts that are withheld or undone are closed.
pub(in crate::desk) fn gather_log(logs: &dyn Logs, article: ArticleId) -> Result<Vec<Logged>, DeskError> {
    let own = counted_log(logs, Chain::Article(article))?;
    if !own.iter().any(|l| l.live) {
        return Err(not_found(Missing::Article, article));
    }
    let sources: BTreeSet<SourceId> = evidence(&own).map(|e| e.source).collect();
    let (mut withheld, mut of_sources) = (BTreeSet::new(), Vec::new());
    let closed_here = logs.closed_facts()?;
    for source in sources {
        let log = counted_log(logs, Chain::Source(source))?;
        let imported = logs.imported(Chain::Source(source))?;
        if is_withheld(source, (&log, &own), &imported, &closed_here) {
            withheld.insert(source);
        }
        of_sources.extend(log);
    }
    let chains: Vec<Logged> = own.into_iter().chain(of_sources).collect();
    let exported_evidence: BTreeSet<EvidenceId> =
        evidence(&chains).filter(|e| !withheld.contains(&e.source)).map(|e| e.evidence).collect();
    let people: BTreeSet<PersonId> = people(&chains).collect();
    let mut log = Vec::new();
    for person in people {
        log.extend(counted_log(logs, Chain::Person(person))?);
    }
    let (own, rest): (Vec<_>, Vec<_>) =
        chains.into_iter().partition(|l| l.action.chain == Chain::Article(article));
    log.extend(rest.into_iter().chain(own).map(|l| close_facts(l, &withheld, &exported_evidence)));
    bind_redacted(&mut log);
    Ok(log)
}

/// Whether exports of this article leave out a source. They do if its current state is withheld, if this desk withheld it
/// (no import changes that), or if another desk withholds the source or a passage from it. `closed` are the facts that
/// are withheld from this desk.
fn is_withheld(
    source: SourceId,
    (log, own): (&[Logged], &[Logged]),
    imported: &HashSet<ActionId>,
    closed: &HashSet<FactId>,
) -> bool {
    let withheld_by = |l: &Logged| {
        l.facts.iter().find_map(|f| match f.fact() {
            Some(Fact::Source(s)) => Some(s.withhold),
            _ => None,
        })
    };
    let withheld_here =
        log.iter().rev().filter(|l| l.live && !imported.contains(&l.action.id)).find_map(withheld_by);
    let withheld_elsewhere =
        log.iter().filter(|l| l.live).flat_map(|l| &l.facts).any(|f| closed.contains(&f.id));
    let passage_withheld = own.iter().filter(|l| l.live).any(|l| withholds_passage(&l.facts, source, closed));
    let withheld_now = ArticleState::of(live(log)).sources.get(&source).is_none_or(|s| s.value.withhold);
    withheld_now || withheld_here == Some(true) || withheld_elsewhere || passage_withheld
}

/// A chain's log without the actions whose imports were all undone.
fn counted_log(logs: &dyn Logs, chain: Chain) -> Result<Vec<Logged>, DeskError> {
    let counted = logs.counted(chain)?;
    Ok(logs.log(chain)?.into_iter().filter(|l| counted.contains(&l.action.id)).collect())
}

/// What an article is compared with: the desk's requirements, and the action since which corrections are listed.
pub(in crate::desk) struct Terms {
    pub policy: Policy,
    pub since: Option<ActionId>,
    /// The rules for verdicts, coverage and corrections.
    pub rules: Rules,
    /// The language of the words that are made of messages.
    pub language: Language,
}

/// Builds the dossier of an article from its log and `terms`. `text_of` reads the texts of its revisions, `blobs` its
/// files.
pub(in crate::desk) fn build_dossier<'b>(
    article: ArticleId,
    log: Vec<Logged>,
    terms: Terms,
    text_of: impl Fn(&Digest) -> Result<String, DeskError>,
    blobs: &'b dyn Blobs,
) -> Result<Dossier<'b>, DeskError> {
    let state = ArticleState::of(live(&log));
    let mut texts = HashMap::new();
    for r in &state.revisions {
        texts.insert(r.id, text_of(&r.revision.text)?);
    }
    let newest = state.newest().cloned().ok_or_else(|| not_found(Missing::Article, article))?;
    let text = texts.get(&newest.id).cloned().unwrap_or_default();
    let reading = Reading::new(article, Arc::new(state.clone()), newest, text.into(), true);
    let last = |c: &ClaimView| Ok(last_words(&reading.state, &texts, c));
    let verified = gate(&reading, terms.policy, terms.rules, last)?.into_verified();
    let standings = Standings::by(&reading, terms.rules);
    let judged: BTreeMap<_, _> = state.live_claims().map(|c| (c.id, standings.of(c))).collect();
    let corrections = terms.since.and_then(|since| corrections(&log, &texts, &reading, since, terms.rules));
    Ok(Dossier {
        article,
        language: terms.language,
        texts,
        standings: judged,
        verified,
        corrections,
        log,
        blobs,
        state,
    })
}

/// The words of a claim in the last revision in which it had a place.
fn last_words(state: &ArticleState, texts: &HashMap<RevisionId, String>, claim: &ClaimView) -> String {
    let mut words = state.revisions.iter().rev().filter_map(|r| {
        let spans = &state.anchor(r.id, claim.id)?.spans;
        texts
            .get(&r.id)
            .filter(|_| !spans.is_empty())
            .map(|text| crate::anchor::quote(text, spans).join(" … "))
    });
    words.next().unwrap_or_default()
}

fn evidence(log: &[Logged]) -> impl Iterator<Item = &crate::model::Evidence> {
    log.iter().flat_map(|l| &l.facts).filter_map(|f| match f.fact() {
        Some(Fact::Evidence(e)) => Some(e),
        _ => None,
    })
}

fn people(log: &[Logged]) -> impl Iterator<Item = PersonId> {
    let assignees = log.iter().flat_map(|l| &l.facts).filter_map(|f| match f.fact() {
        Some(Fact::Claim(c)) => c.assignee,
        _ => None,
    });
    log.iter().map(|l| l.action.person).chain(assignees)
}

/// Whether a passage from the source is withheld from this desk. A passage is recorded directly after its evidence.
fn withholds_passage(facts: &[Recorded], source: SourceId, closed: &HashSet<FactId>) -> bool {
    let of_source = |f: &Recorded| matches!(f.fact(), Some(Fact::Evidence(e)) if e.source == source);
    facts.windows(2).any(|pair| of_source(&pair[0]) && closed.contains(&pair[1].id))
}

/// A redacted fact still replaces the facts that its redaction names, and no others.
fn bind_redacted(log: &mut [Logged]) {
    let redaction = |f: &Recorded| match f.fact() {
        Some(Fact::Redaction(r)) => Some((r.fact, r.replaced.clone())),
        _ => None,
    };
    let live = log.iter().filter(|l| l.live).flat_map(|l| &l.facts);
    let bound: HashMap<FactId, Vec<FactId>> = live.filter_map(redaction).collect();
    let facts = log.iter_mut().filter(|l| l.live).flat_map(|l| &mut l.facts);
    for fact in facts.filter(|f| f.state == State::Closed) {
        fact.replaces = bound.get(&fact.id).cloned().unwrap_or_default();
    }
}

/// Closes the facts of an action that are not exported.
fn close_facts(
    mut logged: Logged,
    withheld: &BTreeSet<SourceId>,
    exported_evidence: &BTreeSet<EvidenceId>,
) -> Logged {
    let (live, chain) = (logged.live, logged.action.chain);
    let stays_here = matches!(chain, Chain::Source(s) if withheld.contains(&s));
    for recorded in &mut logged.facts {
        let keep_back = match recorded.fact() {
            Some(Fact::Passage(p)) => !exported_evidence.contains(&p.evidence),
            // A redacted fact still replaces other facts.
            Some(_) | None => stays_here,
        };
        if keep_back || !live {
            recorded.state = State::Closed;
            recorded.replaces.clear();
        }
    }
    logged
}

/// The state of an article with the anchors of every revision.
pub(in crate::desk) fn whole_state(logs: &dyn Logs, article: ArticleId) -> Result<ArticleState, DeskError> {
    let own = logs.log(Chain::Article(article))?;
    let mut log = Vec::new();
    for chain in BTreeSet::from_iter(named_chains(&own)) {
        log.extend(logs.log(chain)?);
    }
    log.extend(own);
    Ok(ArticleState::of(live(&log)))
}
