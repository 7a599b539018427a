//! The current rows that lists are read from. They are computed from the log in the transaction that changes it.
//!
//! The rows are a cache. `check` computes all of them again and compares; `rebuild` rebuilds them.

use super::{coverage::coverage, judging::Judging};
use crate::desk::{Desk, DeskError, Reading, Standings, claims::sources::title_key, headline};
use crate::{
    messages::{Message, message},
    model::{
        ActionKind, ArticleId, ArticleState, Chain, ClaimId, ClaimView, Doing, EvidenceId, Fact, FactId,
        Logged, Noted, QueryId, Source, SourceId, Standing, Steps,
    },
    store::{Added, ArticleRow, ClaimRow, EvidenceRow, GateResult, QueryRow, SourceRow, StoreError, Tx},
    text::{Offsets, Span},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The rows of an article that an action can have changed.
enum Touched {
    /// These claims and queries, and the article itself.
    Some { claims: HashSet<ClaimId>, queries: HashSet<QueryId> },
    /// All rows: the action changed the places of claims, or which facts are current.
    All,
}

impl Desk {
    /// Updates the rows that the actions of this transaction change.
    pub(in crate::desk) fn update_rows(&self, tx: &Tx) -> Result<(), DeskError> {
        let added = tx.take_added();
        let mut whole: BTreeMap<Chain, i64> = BTreeMap::new();
        for chain in self.chains_changed_by(&added)? {
            whole.insert(chain, added.last().map_or(0, |a| a.seq));
        }
        for chain in tx.take_touched() {
            whole.insert(chain, tx.last_seq()?);
        }
        for a in &added {
            let chain = a.logged.action.chain;
            let is_only_action = added.iter().filter(|b| b.logged.action.chain == chain).count() == 1;
            match chain {
                Chain::Article(article)
                    if is_only_action && a.is_last && !whole.contains_key(&chain) && only_adds(&a.logged) =>
                {
                    tx.chain_changed(chain, a.seq)?;
                    self.update_part(tx, article, a)?;
                }
                Chain::Desk => {
                    tx.chain_changed(chain, a.seq)?;
                    self.update_desk_rows(tx, a.seq)?;
                }
                _ => drop(whole.insert(chain, a.seq)),
            }
        }
        for (chain, seq) in whole {
            tx.chain_changed(chain, seq)?;
            self.update_chain(tx, chain)?;
        }
        Ok(())
    }

    /// The chains that change although no action is added to them: those that an undone or redone import brought.
    fn chains_changed_by(&self, added: &[Added]) -> Result<BTreeSet<Chain>, DeskError> {
        let mut all = BTreeSet::new();
        for target in added.iter().filter_map(|a| a.logged.action.target) {
            all.extend(self.store.chains_of_import(target)?);
        }
        for import in added.iter().filter(|a| a.logged.action.kind == ActionKind::ImportBundle) {
            all.extend(self.store.chains_of_import(import.logged.action.id)?);
        }
        Ok(all)
    }

    /// Computes all rows of a chain from its log and stores them.
    fn update_chain(&self, tx: &Tx, chain: Chain) -> Result<(), DeskError> {
        match chain {
            Chain::Article(article) => self.update_article(tx, article),
            Chain::Source(source) => match self.source_row(source)? {
                Some(row) => Ok(tx.put_source(&row)?),
                None => Ok(tx.drop_source(source)?),
            },
            Chain::Person(id) => {
                let known = self.state_of(chain)?.people.remove(&id);
                Ok(known.map_or_else(|| tx.drop_person(id), |p| tx.put_person(&p))?)
            }
            Chain::Scale(id) => {
                let fact = self.state_of(chain)?.scales.get(&id).map(|s| s.stamp.fact);
                Ok(tx.put_rule(Some(id), fact)?)
            }
            Chain::Desk => Ok(tx.put_rule(None, self.policy_fact()?)?),
        }
    }

    /// Puts the rows that an action in the desk's own thread changes: what it says, undoes, redoes or erases.
    fn update_desk_rows(&self, tx: &Tx, seq: i64) -> Result<(), DeskError> {
        for (kind, subject) in self.store.subjects_of(seq)? {
            match kind.as_str() {
                "policy" => {
                    tx.put_rule(None, self.policy_fact()?)?;
                    tx.open_by_context(self.judging()?.asks_for_context)?;
                }
                "workflow" => {
                    let article = ArticleId(subject);
                    tx.put_status(article, &self.status(article)?)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn update_article(&self, tx: &Tx, article: ArticleId) -> Result<(), DeskError> {
        let Some(reading) = self.live_reading(article)? else { return Ok(tx.drop_article(article)?) };
        let (claims, queries) = self.rows_of(&reading)?;
        let stay: HashSet<ClaimId> = claims.iter().map(|c| c.claim).collect();
        for gone in tx.claim_rows(article)?.iter().filter(|c| !stay.contains(&c.claim)) {
            tx.drop_claim(gone.claim)?;
        }
        let stay: HashSet<QueryId> = queries.iter().map(|q| q.query).collect();
        for gone in tx.query_rows(article)?.iter().filter(|q| !stay.contains(&q.query)) {
            tx.drop_query(gone.query)?;
        }
        claims.iter().try_for_each(|c| tx.put_claim(c))?;
        queries.iter().try_for_each(|q| tx.put_query(q))?;
        Ok(tx.put_article(&self.article_row(&reading, CarriedOver::default())?)?)
    }

    /// Updates the rows of an article that one action changed.
    fn update_part(&self, tx: &Tx, article: ArticleId, added: &Added) -> Result<(), DeskError> {
        let reading = self.reading_after(article, added)?;
        let (claims, queries) = match touched(&added.logged, &reading.state) {
            Touched::All => return self.update_article(tx, article),
            Touched::Some { claims, queries } => (claims, queries),
        };
        let rows = self.claim_rows(&reading, claims.iter().filter_map(|c| reading.state.claim(*c)))?;
        for claim in claims {
            match rows.iter().find(|r| r.claim == claim) {
                Some(row) => tx.put_claim(row)?,
                None => tx.drop_claim(claim)?,
            }
        }
        for query in reading.state.queries.iter().filter(|q| queries.contains(&q.id)) {
            tx.put_query(&self.query_row(&reading, query)?)?;
        }
        let was = tx.article_row(article)?;
        let carried_over = CarriedOver::of(was.as_ref()).after(&added.logged);
        Ok(tx.put_article(&self.article_row(&reading, carried_over)?)?)
    }

    /// The rows of an article's claims and queries.
    fn rows_of(&self, reading: &Reading) -> Result<(Vec<ClaimRow>, Vec<QueryRow>), DeskError> {
        let claims = self.claim_rows(reading, reading.state.claims.iter())?;
        let queries = reading.state.queries.iter().map(|q| self.query_row(reading, q));
        Ok((claims, queries.collect::<Result<_, _>>()?))
    }

    fn claim_rows<'c>(
        &self,
        reading: &'c Reading,
        claims: impl Iterator<Item = &'c ClaimView>,
    ) -> Result<Vec<ClaimRow>, DeskError> {
        let claims: Vec<&ClaimView> = claims.filter(|c| !c.claim.retracted).collect();
        let standings = Standings::new(reading);
        let mut open: HashMap<ClaimId, i64> = HashMap::new();
        for claim in reading.state.queries.iter().filter(|q| q.is_open()).filter_map(|q| q.query.claim) {
            *open.entry(claim).or_default() += 1;
        }
        let (judge, points) = (self.judging()?, Points::new(&reading.text, claims.len()));
        let mut rows = Vec::with_capacity(claims.len());
        for claim in claims {
            let open = open.get(&claim.id).copied().unwrap_or_default();
            rows.push(self.claim_row(reading, claim, &standings, &points, (judge, open))?);
        }
        self.fill_last_words(reading.article, &mut rows)?;
        Ok(rows)
    }

    fn claim_row(
        &self,
        reading: &Reading,
        claim: &ClaimView,
        standings: &Standings,
        points: &Points,
        (judge, open_queries): (Judging, i64),
    ) -> Result<ClaimRow, DeskError> {
        let claim_standing = standings.of(claim);
        let spans = standings.anchor(claim).map(|a| a.spans.as_slice()).unwrap_or_default();
        let evidence: BTreeSet<EvidenceRow> = claim
            .live_evidence()
            .map(|e| EvidenceRow { evidence: e.id, source: e.evidence.source, earlier: e.is_earlier() })
            .collect();
        Ok(ClaimRow {
            claim: claim.id,
            article: reading.article,
            number: self.number_of(claim.id.0)?,
            words: (!claim_standing.quote.is_empty()).then(|| claim_standing.quote.join(" … ")),
            assertion: claim.claim.assertion.clone(),
            kind: claim.claim.kind,
            claimant: claim.claim.claimant.clone(),
            risk: claim.claim.risk,
            assignee: claim.claim.assignee,
            spans: spans.iter().map(|s| points.of(*s)).collect(),
            placement: claim_standing.placement,
            standing: claim_standing.standing,
            context_changed: claim_standing.context_changed,
            context_open: judge.opens(&claim_standing),
            reasons: claim_standing.reasons,
            verdict: claim.verdict().map(|v| v.stamp.fact),
            open_queries,
            touched: claim.touched(),
            evidence: evidence.into_iter().collect(),
        })
    }

    /// Fills in the last words of claims that have no place in the text.
    fn fill_last_words(&self, article: ArticleId, rows: &mut [ClaimRow]) -> Result<(), DeskError> {
        let lost: HashSet<ClaimId> =
            rows.iter().filter(|r| r.standing == Standing::Orphaned).map(|r| r.claim).collect();
        let words = self.last_places(article, &lost)?;
        for row in rows.iter_mut().filter(|r| lost.contains(&r.claim)) {
            row.words = words.get(&row.claim).map(|(_, words)| words.clone());
        }
        Ok(())
    }

    fn query_row(&self, reading: &Reading, q: &crate::model::QueryView) -> Result<QueryRow, DeskError> {
        let (query, claim) = (q.id, q.query.claim);
        let number = self.number_of(query.0)?;
        Ok(QueryRow { query, article: reading.article, claim, number, open: q.is_open() })
    }

    /// The article's row. Its counts are taken from the rows of its claims and queries.
    fn article_row(&self, reading: &Reading, known: CarriedOver) -> Result<ArticleRow, DeskError> {
        let (article, state) = (reading.article, &reading.state);
        let gone = || StoreError::Damaged(format!("nothing that stands was done to the article {article}"));
        let (touched, touched_by) = self.store.last_live(Chain::Article(article))?.ok_or_else(gone)?;
        let (standings, context, open_queries) = self.store.counts_of(article)?;
        let info = reading.revision.info.as_ref().map(|i| &i.value);
        Ok(ArticleRow {
            article,
            number: self.number_of(article.0)?,
            headline: headline(&reading.text),
            outlet: info.and_then(|i| i.outlet.clone()),
            date: info.and_then(|i| i.date.clone()),
            archived: state.archived,
            touched,
            touched_by,
            revision: reading.revision.id,
            text: reading.revision.revision.text,
            revision_number: self.number_of(reading.revision.id.0)?,
            revisions: state.revisions.len() as i64,
            original: state.original.as_ref().map(|o| o.digest),
            claims: standings.iter().sum(),
            standings,
            context,
            open_queries,
            coverage: known.coverage,
            verified: known.verified,
            status: self.status(article)?,
            tags: info.map(|i| i.tags.iter().chain(&i.hashtags).cloned().collect()).unwrap_or_default(),
        })
    }

    /// The row of a source; none if it was undone or erased.
    fn source_row(&self, source: SourceId) -> Result<Option<SourceRow>, DeskError> {
        let Some(Noted { value, .. }) = self.state_of(Chain::Source(source))?.sources.remove(&source) else {
            return Ok(None);
        };
        let touched = self.store.last_live(Chain::Source(source))?.map(|(at, _)| at).unwrap_or_default();
        let (number, same) = (self.number_of(source.0)?, title_key(&value.title));
        Ok(Some(SourceRow { source, number, words: words(&value), same, title: value.title, touched }))
    }

    /// The fact with the desk's requirements; none if nothing was set.
    fn policy_fact(&self) -> Result<Option<FactId>, DeskError> {
        Ok(self.store.last_live_fact(Chain::Desk, "policy")?)
    }

    /// Rebuilds all rows from the log, and reports progress by chains.
    pub fn rebuild(&self) -> Result<(), DeskError> {
        self.cache.borrow_mut().clear();
        self.store.write(|tx| {
            let chains = self.all_chains()?;
            tx.forget_current()?;
            tx.rebuild_heads()?;
            tx.rebuild_steps()?;
            tx.rebuild_holdings()?;
            for (done, chain) in chains.iter().enumerate() {
                self.progress.at(Doing::Rebuilding, done as u64, chains.len() as u64)?;
                self.update_chain(tx, *chain)?;
                self.cache.borrow_mut().clear();
            }
            Ok::<_, DeskError>(tx.mark_current()?)
        })
    }

    /// Rebuilds the rows if they are missing or another version made them.
    pub(in crate::desk) fn bring_up_to_date(&self) -> Result<(), DeskError> {
        if self.store.is_current()? { Ok(()) } else { self.apply_new_rules() }
    }

    /// Every chain of the desk.
    pub(in crate::desk) fn all_chains(&self) -> Result<Vec<Chain>, DeskError> {
        let mut all = vec![Chain::Desk];
        for sort in ["person", "scale", "source", "article"] {
            all.extend(self.store.chains(sort)?);
        }
        Ok(all)
    }

    /// Computes every row again, one step per chain, and returns the differences.
    pub(in crate::desk) fn check_current(&self, steps: &Steps) -> Result<Vec<Message>, DeskError> {
        let mut faults = Vec::new();
        let mut fault = |what: Message| {
            faults.push(message!("check_current", what = what));
        };
        let mut standing = 0;
        for chain in self.all_chains()? {
            steps.next()?;
            match chain {
                Chain::Article(article) => {
                    let number = self.number_of(article.0)?;
                    match self.article_differs(article)? {
                        Some(what) => fault(message!("check_current_article", number = number, what = what)),
                        None => standing += i64::from(self.store.article_row(article)?.is_some()),
                    }
                }
                Chain::Source(source) if self.source_differs(source)? => {
                    fault(message!("check_current_source", number = self.number_of(source.0)?));
                }
                Chain::Person(id) if self.state_of(chain)?.people.remove(&id) != self.person(id)? => {
                    fault(message!("check_current_person", id = id.to_string()));
                }
                Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => {}
            }
        }
        if self.store.all_steps()? != self.store.steps_from_log()? {
            fault(message!("check_current_undo"));
        }
        if self.rules_by_log()? != self.store.all_rules()? {
            fault(message!("check_current_rules"));
        }
        if standing != self.store.article_count()? {
            fault(message!("check_current_articles"));
        }
        Ok(faults)
    }

    /// Which rows of an article differ from its log.
    fn article_differs(&self, article: ArticleId) -> Result<Option<Message>, DeskError> {
        self.cache.borrow_mut().clear();
        let (row, mut claims) = (self.store.article_row(article)?, self.store.claim_rows(article)?);
        let queries = self.store.query_rows(article)?;
        let Some(reading) = self.live_reading(article)? else {
            return Ok((row.is_some() || !claims.is_empty() || !queries.is_empty())
                .then(|| message!("check_differs_undone")));
        };
        let (mut by_log, mut asked) = self.rows_of(&reading)?;
        by_log.sort_by_key(|c| c.number);
        claims.sort_by_key(|c| c.number);
        asked.sort_by_key(|q| q.number);
        let known = self.recompute(article, &reading, CarriedOver::of(row.as_ref()))?;
        Ok(if by_log != claims {
            Some(message!("check_differs_claims"))
        } else if asked != queries {
            Some(message!("check_differs_queries"))
        } else if row != Some(self.article_row(&reading, known)?) {
            Some(message!("check_differs_article"))
        } else if row.is_some_and(|r| !self.store.has_tags(&r).unwrap_or_default()) {
            Some(message!("check_differs_tags"))
        } else {
            None
        })
    }

    /// Computes the known values of `was` again. Unknown values, and those of another policy, are not compared.
    fn recompute(
        &self,
        article: ArticleId,
        reading: &Reading,
        was: CarriedOver,
    ) -> Result<CarriedOver, DeskError> {
        let judge = self.judging()?;
        let percent = was.coverage.map(|_| coverage(reading, judge).percent());
        let asked = self.policy()?.bytes();
        let verified = match was.verified {
            Some(v) if v.policy == asked => {
                Some(GateResult { passed: self.gate(article)?.passed(), policy: asked })
            }
            other => other,
        };
        Ok(CarriedOver { coverage: percent, verified })
    }

    fn source_differs(&self, source: SourceId) -> Result<bool, DeskError> {
        let stored = self.store.source_row(source)?;
        let used: i64 = self.store.uses_of(source)?.iter().map(|(_, n)| n).sum();
        Ok(stored != self.source_row(source)?.map(|row| (row, used)))
    }

    fn rules_by_log(&self) -> Result<Vec<FactId>, DeskError> {
        let mut all: Vec<FactId> = self.policy_fact()?.into_iter().collect();
        let mut scales = BTreeMap::new();
        for chain in self.store.chains("scale")? {
            scales.extend(self.state_of(chain)?.scales.into_iter().map(|(id, s)| (id, s.stamp.fact)));
        }
        all.extend(scales.into_values());
        Ok(all)
    }
}

/// The values of an article's row that take too long for a save and are computed later.
#[derive(Default)]
struct CarriedOver {
    /// The coverage in percent.
    coverage: Option<u8>,
    /// Whether it counts as verified; known only where the coverage is.
    verified: Option<GateResult>,
}

impl CarriedOver {
    fn of(row: Option<&ArticleRow>) -> Self {
        Self { coverage: row.and_then(|r| r.coverage), verified: row.and_then(|r| r.verified.clone()) }
    }

    /// The values that are still right after an action that only added to the article.
    fn after(self, logged: &Logged) -> Self {
        let settles = changes_coverage(logged);
        let verified = self.verified.filter(|_| !settles && !changes_gate(logged));
        Self { coverage: self.coverage.filter(|_| !settles), verified }
    }
}

/// Whether an action only adds to the state before it.
fn only_adds(logged: &Logged) -> bool {
    use ActionKind as K;
    !matches!(logged.action.kind, K::Undo | K::Redo | K::ImportBundle | K::Redact)
}

/// The claims and queries that an action's facts are about.
fn touched(logged: &Logged, state: &ArticleState) -> Touched {
    let (mut claims, mut queries) = (HashSet::new(), HashSet::new());
    for recorded in &logged.facts {
        let Some(fact) = recorded.fact() else { return Touched::All };
        match fact {
            Fact::Revision(_) | Fact::InfoAt(_) | Fact::Article(_) | Fact::Redaction(_) | Fact::Import(_) => {
                return Touched::All;
            }
            Fact::Claim(f) => drop(claims.insert(f.claim)),
            Fact::Anchors(f) => claims.extend(f.anchors.iter().map(|a| a.claim)),
            Fact::Evidence(f) => drop(claims.insert(f.claim)),
            Fact::Passage(f) => claims.extend(claim_of(state, f.evidence)),
            Fact::EvidenceScope(f) => claims.extend(claim_of(state, f.evidence)),
            Fact::Verdict(f) => drop(claims.insert(f.claim)),
            Fact::SignOff(f) => drop(claims.insert(f.claim)),
            Fact::Query(f) => {
                queries.insert(f.query);
                claims.extend(f.claim);
            }
            Fact::Answer(f) => queries.extend([f.query]),
            Fact::Resolution(f) => {
                queries.insert(f.query);
                claims.extend(state.queries.iter().find(|q| q.id == f.query).and_then(|q| q.query.claim));
            }
            Fact::SuggestionAnchors(_)
            | Fact::Suggestion(_)
            | Fact::Decision(_)
            | Fact::FileAuthor(_)
            | Fact::Picture(_)
            | Fact::Archived(_)
            | Fact::Exemption(_)
            | Fact::Person(_)
            | Fact::Source(_)
            | Fact::Scale(..)
            | Fact::Workflow(_)
            | Fact::Published(_)
            | Fact::Interview(_)
            | Fact::Contact(_)
            | Fact::Policy(_) => {}
        }
    }
    Touched::Some { claims, queries }
}

/// Whether an action can change the coverage of its article.
fn changes_coverage(logged: &Logged) -> bool {
    logged.facts.iter().filter_map(|f| f.fact()).any(|fact| match fact {
        Fact::Claim(_)
        | Fact::Anchors(_)
        | Fact::Verdict(_)
        | Fact::Exemption(_)
        | Fact::Revision(_)
        | Fact::InfoAt(_) => true,
        Fact::Person(_)
        | Fact::Article(_)
        | Fact::Archived(_)
        | Fact::Source(_)
        | Fact::Evidence(_)
        | Fact::Passage(_)
        | Fact::Scale(..)
        | Fact::Query(_)
        | Fact::Answer(_)
        | Fact::Resolution(_)
        | Fact::Redaction(_)
        | Fact::Import(_)
        | Fact::SignOff(_)
        | Fact::EvidenceScope(_)
        | Fact::Workflow(_)
        | Fact::Published(_)
        | Fact::Interview(_)
        | Fact::Contact(_)
        | Fact::Suggestion(_)
        | Fact::Decision(_)
        | Fact::SuggestionAnchors(_)
        | Fact::FileAuthor(_)
        | Fact::Picture(_)
        | Fact::Policy(_) => false,
    })
}

/// Whether an action that leaves the coverage unchanged can change whether the article counts as verified.
fn changes_gate(logged: &Logged) -> bool {
    logged.facts.iter().filter_map(|f| f.fact()).any(|fact| match fact {
        Fact::Evidence(_)
        | Fact::EvidenceScope(_)
        | Fact::SignOff(_)
        | Fact::Query(_)
        | Fact::Resolution(_)
        | Fact::Redaction(_)
        | Fact::Import(_) => true,
        Fact::Claim(_)
        | Fact::Anchors(_)
        | Fact::Verdict(_)
        | Fact::Exemption(_)
        | Fact::Revision(_)
        | Fact::InfoAt(_)
        | Fact::Person(_)
        | Fact::Article(_)
        | Fact::Archived(_)
        | Fact::Source(_)
        | Fact::Passage(_)
        | Fact::Scale(..)
        | Fact::Answer(_)
        | Fact::Workflow(_)
        | Fact::Published(_)
        | Fact::Interview(_)
        | Fact::Contact(_)
        | Fact::Suggestion(_)
        | Fact::Decision(_)
        | Fact::SuggestionAnchors(_)
        | Fact::FileAuthor(_)
        | Fact::Picture(_)
        | Fact::Policy(_) => false,
    })
}

fn claim_of(state: &ArticleState, evidence: EvidenceId) -> Option<ClaimId> {
    state.evidence(evidence).map(|(claim, _)| claim.id)
}

/// The searchable words of a source in lower case, one line per field.
fn words(source: &Source) -> String {
    let some = [&source.publisher, &source.url, &source.note].into_iter().flatten();
    let all = [&source.title].into_iter().chain(&source.authors).chain(some);
    all.map(|t| t.to_lowercase()).collect::<Vec<_>>().join("\n")
}

/// Converts bytes of a text to code points. For few spans it counts; for many it builds an index first.
enum Points<'t> {
    Counted(&'t str),
    Indexed(Box<Offsets<'t>>),
}

impl<'t> Points<'t> {
    fn new(text: &'t str, spans: usize) -> Self {
        if spans < 4 { Self::Counted(text) } else { Self::Indexed(Box::new(Offsets::new(text))) }
    }

    fn of(&self, span: Span) -> (usize, usize) {
        match self {
            Self::Counted(text) => {
                let count = |part: Option<&str>| part.map_or(0, |p| p.chars().count());
                let start = count(text.get(..span.start.0));
                (start, start + count(span.of(text)))
            }
            Self::Indexed(offsets) => {
                offsets.span_to_points(span).map_or((0, 0), |range| (range.start.0, range.end.0))
            }
        }
    }
}
