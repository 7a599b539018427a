//! Importing files of other programs: sources, and claims with their evidence.
//!
//! One undo removes a whole import, because everything it records is linked to its first action. Sources and claims that
//! the desk already has are recognised and not added twice. A file gives no verdict; a verdict in it becomes a query or a
//! piece of evidence.

use super::locate::locate_all;
use crate::desk::{
    Desk, DeskError, Me, PassageText, Reading, SourceChange,
    claims::{
        mark::non_blank,
        sources::{title_key, with_files},
    },
};
use crate::{
    formats::interchange::{ClaimIn, ClaimsIn, EvidenceIn, LeftOut, SourceIn},
    model::{
        ActionId, ActionKind, Anchor, Anchors, ArticleId, Chain, Claim, ClaimId, ClaimView, Doing, Evidence,
        EvidenceId, Fact, NumberKind, PersonId, Placement, Query, QueryId, Risk, Source, SourceId, Steps,
    },
    store::Tx,
    text::Span,
};
use std::collections::{HashMap, HashSet};

/// The result of importing a file of sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedSources {
    /// The sources of the file, in its order.
    pub sources: Vec<ImportedSource>,
}

/// The result of importing one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedSource {
    /// The source.
    pub source: SourceId,
    /// Its short number.
    pub number: i64,
    /// Its title on this desk.
    pub title: String,
    /// Whether it is new on this desk.
    pub new: bool,
}

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

/// A source to be recorded, and its entry in the file: a name and the bytes.
type NewSource = (Source, Option<(String, Vec<u8>)>);

/// New sources to be recorded, and their positions by title.
#[derive(Default)]
struct NewSources {
    new: Vec<NewSource>,
    titled: HashMap<String, Vec<usize>>,
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
    /// Adds the sources that are not on the desk yet.
    pub fn import_sources(&mut self, read: Vec<SourceIn>) -> Result<ImportedSources, DeskError> {
        self.prepare_and_record(
            |desk| {
                let (mut new_sources, steps) = (NewSources::default(), desk.steps(read.len()));
                let put = |s: &SourceIn| {
                    steps.next()?;
                    desk.find_or_add_source(&mut new_sources, s.clone())
                };
                let sources = read.iter().map(put).collect::<Result<Vec<_>, _>>()?;
                Ok((new_sources, sources))
            },
            |_, chain| matches!(chain, Chain::Source(_)),
            |desk, (new_sources, sources)| {
                if !new_sources.new.is_empty() {
                    let me = desk.write(|tx| {
                        let person = desk.who(tx)?;
                        desk.record_sources(tx, person, None, &new_sources.new)?;
                        Ok::<_, DeskError>(person)
                    })?;
                    desk.me = Me::Known(me);
                }
                Ok(ImportedSources { sources: desk.describe_sources(sources)? })
            },
        )
    }

    /// Progress of comparing a file with the desk, in `of` steps.
    fn steps(&self, of: usize) -> Steps<'_> {
        Steps::new(&*self.progress, Doing::Comparing, of as u64)
    }

    fn describe_sources(&self, sources: Vec<(SourceId, bool)>) -> Result<Vec<ImportedSource>, DeskError> {
        let describe = |(source, new): (SourceId, bool)| {
            let (number, title) = (self.number_of(source.0)?, self.source(source)?.value.title);
            Ok(ImportedSource { source, number, title, new })
        };
        sources.into_iter().map(describe).collect()
    }

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
                all.facts.mark(&reading, id, claim, spans.clone());
                placed.push((spans, id));
            }
            all.claims.push((id, known.is_none() && earlier.is_none()));
            self.add_evidence_and_remarks(
                &mut all.facts,
                &mut all.new_sources,
                (&reading, id, known),
                claim.clone(),
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

    /// Finds this source on the desk or among the new sources, or adds it to the new ones. Returns whether it was added.
    fn find_or_add_source(
        &self,
        new_sources: &mut NewSources,
        read: SourceIn,
    ) -> Result<(SourceId, bool), DeskError> {
        let title = title_key(&read.title);
        for known in self.store.same_sources(&title)? {
            if is_same(&self.source(known)?.value, &read) {
                return Ok((known, false));
            }
        }
        let titled = new_sources.titled.entry(title).or_default();
        let earlier = titled.iter().map(|&at| &new_sources.new[at].0).find(|s| is_same(s, &read));
        if let Some(same) = earlier {
            return Ok((same.source, false));
        }
        titled.push(new_sources.new.len());
        let id = SourceId(self.fresh());
        let change = SourceChange {
            kind: Some(read.kind),
            title: read.title,
            authors: read.authors,
            publisher: read.publisher,
            published: read.published,
            accessed: read.accessed,
            url: read.url,
            note: read.note,
            reliability: None,
            withhold: false,
        };
        new_sources.new.push((change.into_source(id, Vec::new())?, read.raw));
        Ok((id, true))
    }

    /// Records new sources, one action each. All are linked to `import`, or else to the first of them, and are undone
    /// with it.
    fn record_sources(
        &self,
        tx: &Tx,
        person: PersonId,
        import: Option<ActionId>,
        new: &[NewSource],
    ) -> Result<(), DeskError> {
        let mut import = import;
        for (source, raw) in new {
            let stored = raw.as_ref().map(|(name, bytes)| self.store_file(name, bytes)).transpose()?;
            let done =
                self.record(tx, ActionKind::AddSource, Chain::Source(source.source), person, |act| {
                    let files = with_files(act, Vec::new(), stored.as_slice())?;
                    act.record(Fact::Source(Source { files, ..source.clone() }));
                    act.tx().give_number(NumberKind::Source, source.source.0)?;
                    Ok(())
                })?;
            match import {
                Some(import) => tx.mark_part_of(done.action, import)?,
                None => import = Some(done.action),
            }
        }
        Ok(())
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

/// Whether a source of the desk is the one in the file: the title is the same, and no field that both have differs.
fn is_same(here: &Source, read: &SourceIn) -> bool {
    fn agree<T>(a: Option<T>, b: Option<T>, same: impl Fn(T, T) -> bool) -> bool {
        a.zip(b).is_none_or(|(a, b)| same(a, b))
    }
    let dates = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
    let published = |d: &Option<crate::model::Edtf>| d.as_ref().map(|d| d.as_str().to_owned());
    let authors = here.authors.is_empty()
        || read.authors.is_empty()
        || here.authors.iter().any(|a| read.authors.iter().any(|b| name_words(a) == name_words(b)));
    title_key(&here.title) == title_key(&read.title)
        && agree(here.url.as_deref(), read.url.as_deref(), |a, b| address(a) == address(b))
        && agree(published(&here.published), published(&read.published), |a, b| dates(&a, &b))
        && authors
}

/// The sorted words of a name, so that `Doe, Jane` equals `Jane Doe`.
fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name.split_whitespace().map(title_key).collect();
    words.sort();
    words
}

/// An address without scheme, `www.` and final slashes, for comparing addresses.
fn address(url: &str) -> &str {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    bare.trim_end_matches('/')
}
