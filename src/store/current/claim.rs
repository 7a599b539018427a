//! The tables `current_claim`, `current_query` and `current_evidence`: one row for each claim that was not retracted, for
//! each query, and for each piece of evidence that was not retracted.

use super::super::{Store, StoreError, Tx, journal::actions::uuid};
use super::words::CLAIMS;
use crate::{
    messages::Message,
    model::{
        ArticleId, ClaimId, ClaimKind, EvidenceId, FactId, Moment, PersonId, Placement, QueryId, Risk,
        SourceId, Standing,
    },
};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::HashSet;

/// A claim as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    /// Which.
    pub claim: ClaimId,
    /// In which article.
    pub article: ArticleId,
    /// Its number.
    pub number: i64,
    /// Its words in the newest revision, or the last words that it had.
    pub words: Option<String>,
    /// The claim in plain words.
    pub assertion: Option<String>,
    /// The kind of statement.
    pub kind: Option<ClaimKind>,
    /// Who makes the claim in the article.
    pub claimant: Option<String>,
    /// The risk: how much harm an error would do.
    pub risk: Risk,
    /// The person it is assigned to.
    pub assignee: Option<PersonId>,
    /// Its place in the newest revision: starts and ends in code points, in order.
    pub spans: Vec<(usize, usize)>,
    /// How that place was found.
    pub placement: Placement,
    /// Its status.
    pub standing: Standing,
    /// Whether its sentence changed since the verdict was given.
    pub context_changed: bool,
    /// Whether it is open because of that, as the desk's requirements ask.
    pub context_open: bool,
    /// Why its verdict is stale, in words.
    pub reasons: Vec<Message>,
    /// The fact that gives the verdict that counts.
    pub verdict: Option<FactId>,
    /// How many queries on it are open.
    pub open_queries: i64,
    /// When it last changed.
    pub touched: Moment,
    /// Its evidence.
    pub evidence: Vec<EvidenceRow>,
}

/// A piece of evidence and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvidenceRow {
    /// Which.
    pub evidence: EvidenceId,
    /// From which source.
    pub source: SourceId,
    /// Whether it is evidence for earlier words of its claim.
    pub earlier: bool,
}

/// A query, as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryRow {
    /// Which.
    pub query: QueryId,
    /// In which article.
    pub article: ArticleId,
    /// On which claim.
    pub claim: Option<ClaimId>,
    /// Its number.
    pub number: i64,
    /// Whether it is open.
    pub open: bool,
}

/// The columns, in the order that [`read`] expects.
pub(super) const COLUMNS: &str = "claim, article, number, words, assertion, kind, claimant, risk, assignee, spans, \
    placement, standing, context_changed, reasons, verdict, open_queries, touched, context_open";

/// Reads a row of [`COLUMNS`], without its evidence.
pub(super) fn read(r: &Row) -> Result<ClaimRow, StoreError> {
    let slug = |e: crate::model::NotASlug| StoreError::Damaged(e.to_string());
    let kind: Option<String> = r.get(5)?;
    Ok(ClaimRow {
        claim: ClaimId(uuid(r.get(0)?)),
        article: ArticleId(uuid(r.get(1)?)),
        number: r.get(2)?,
        words: r.get(3)?,
        assertion: r.get(4)?,
        kind: kind.map(|k| k.parse()).transpose().map_err(slug)?,
        claimant: r.get(6)?,
        risk: r.get::<_, String>(7)?.parse().map_err(slug)?,
        assignee: r.get::<_, Option<[u8; 16]>>(8)?.map(|p| PersonId(uuid(p))),
        spans: spans_of(&r.get::<_, String>(9)?)?,
        placement: r.get::<_, String>(10)?.parse().map_err(slug)?,
        standing: r.get::<_, String>(11)?.parse().map_err(slug)?,
        context_changed: r.get(12)?,
        reasons: serde_json::from_str(&r.get::<_, String>(13)?)
            .map_err(|e| StoreError::Damaged(format!("the reasons of a claim's row: {e}")))?,
        verdict: r.get::<_, Option<[u8; 16]>>(14)?.map(|f| FactId(uuid(f))),
        open_queries: r.get(15)?,
        touched: Moment(r.get(16)?),
        context_open: r.get(17)?,
        evidence: Vec::new(),
    })
}

/// Spans as the table stores them: `4-9,20-31`.
fn spans_text(spans: &[(usize, usize)]) -> String {
    spans.iter().map(|(start, end)| format!("{start}-{end}")).collect::<Vec<_>>().join(",")
}

fn spans_of(text: &str) -> Result<Vec<(usize, usize)>, StoreError> {
    let one = |span: &str| {
        let (start, end) = span.split_once('-')?;
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    let all = text.split(',').filter(|s| !s.is_empty()).map(one).collect::<Option<_>>();
    all.ok_or_else(|| StoreError::Damaged(format!("'{text}' in a claim's row is no list of spans")))
}

fn reasons_text(c: &ClaimRow) -> Result<String, StoreError> {
    serde_json::to_string(&c.reasons).map_err(|e| StoreError::Io(e.to_string()))
}

/// How many pieces of evidence speak of the words of now.
fn counted(c: &ClaimRow) -> i64 {
    c.evidence.iter().filter(|e| !e.earlier).count() as i64
}

impl Store {
    /// The row of a claim; `None` if it is not known, was retracted or undone.
    pub fn claim_row(&self, claim: ClaimId) -> Result<Option<ClaimRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM current_claim WHERE claim = ?1");
        let found = self
            .db
            .prepare_cached(&sql)?
            .query_row([claim.bytes()], |r| Ok(read(r)))
            .optional()?
            .transpose()?;
        found.map(|row| Ok(ClaimRow { evidence: self.evidence_rows(claim)?, ..row })).transpose()
    }

    /// The rows of an article's claims, by number.
    pub fn claim_rows(&self, article: ArticleId) -> Result<Vec<ClaimRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM current_claim WHERE article = ?1 ORDER BY number");
        let mut rows = self.db.prepare_cached(&sql)?;
        let rows = rows.query_map([article.bytes()], |r| Ok(read(r)))?;
        let with_evidence = |row: ClaimRow| {
            let evidence = self.evidence_rows(row.claim)?;
            Ok(ClaimRow { evidence, ..row })
        };
        rows.map(|row| with_evidence(row??)).collect()
    }

    /// The evidence of a claim.
    fn evidence_rows(&self, claim: ClaimId) -> Result<Vec<EvidenceRow>, StoreError> {
        let sql = "SELECT evidence, source, earlier FROM current_evidence WHERE claim = ?1 ORDER BY evidence";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| {
            let (evidence, source) = (EvidenceId(uuid(r.get(0)?)), SourceId(uuid(r.get(1)?)));
            Ok(EvidenceRow { evidence, source, earlier: r.get(2)? })
        };
        Ok(rows.query_map([claim.bytes()], row)?.collect::<Result<_, _>>()?)
    }

    /// The claims whose verdicts hold, with their articles.
    pub fn checked_claims(&self) -> Result<Vec<(ArticleId, ClaimId)>, StoreError> {
        let sql = "SELECT article, claim FROM current_claim WHERE standing = 'checked' AND context_open = 0";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| Ok((ArticleId(uuid(r.get(0)?)), ClaimId(uuid(r.get(1)?))));
        Ok(rows.query_map([], row)?.collect::<Result<_, _>>()?)
    }

    /// The queries of an article, by number.
    pub fn query_rows(&self, article: ArticleId) -> Result<Vec<QueryRow>, StoreError> {
        let sql = "SELECT query, claim, number, open FROM current_query WHERE article = ?1 ORDER BY number";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| {
            let claim: Option<[u8; 16]> = r.get(1)?;
            let (query, claim) = (QueryId(uuid(r.get(0)?)), claim.map(|c| ClaimId(uuid(c))));
            Ok(QueryRow { query, article, claim, number: r.get(2)?, open: r.get(3)? })
        };
        Ok(rows.query_map([article.bytes()], row)?.collect::<Result<_, _>>()?)
    }

    /// The articles that have queries, by number.
    pub fn articles_with_queries(&self) -> Result<Vec<ArticleId>, StoreError> {
        let sql = "SELECT article FROM current_article WHERE article IN (SELECT article FROM current_query) ORDER BY number";
        let mut rows = self.db.prepare_cached(sql)?;
        Ok(rows.query_map([], |r| Ok(ArticleId(uuid(r.get(0)?))))?.collect::<Result<_, _>>()?)
    }

    /// The articles in which a source is used, and how often in each.
    pub fn uses_of(&self, source: SourceId) -> Result<Vec<(ArticleId, i64)>, StoreError> {
        let sql = "SELECT article, count(*) FROM current_evidence WHERE source = ?1 GROUP BY article";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| Ok((ArticleId(uuid(r.get(0)?)), r.get(1)?));
        Ok(rows.query_map([source.bytes()], row)?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Writes a claim's row and those of its evidence, and replaces the old ones.
    pub fn put_claim(&self, c: &ClaimRow) -> Result<(), StoreError> {
        let previous = self.claim_row(c.claim)?;
        if previous.as_ref() == Some(c) {
            return Ok(());
        }
        match &previous {
            Some(previous) => self.update_claim(previous, c)?,
            None => self.insert_claim(c)?,
        }
        let words =
            |c: &ClaimRow| [c.words.clone(), c.assertion.clone()].map(Option::unwrap_or_default).join("\n");
        if previous.as_ref().is_none_or(|w| words(w) != words(c)) {
            let sql = "SELECT id FROM current_claim WHERE claim = ?1";
            let id = self.db.prepare_cached(sql)?.query_row([c.claim.bytes()], |r| r.get(0))?;
            self.put_words(id, &CLAIMS, Some(&words(c)))?;
        }
        self.put_evidence(c, &previous.map(|w| w.evidence).unwrap_or_default())
    }

    fn insert_claim(&self, c: &ClaimRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO current_claim (claim, article, number, words, assertion, kind, claimant, risk, assignee, spans, \
                     placement, standing, context_changed, reasons, verdict, evidence, open_queries, touched, context_open) \
                   VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)";
        self.db.prepare_cached(sql)?.execute(params![
            c.claim.bytes(),
            c.article.bytes(),
            c.number,
            c.words,
            c.assertion,
            c.kind.map(|k| k.as_str()),
            c.claimant,
            c.risk.as_str(),
            c.assignee.map(|p| p.bytes()),
            spans_text(&c.spans),
            c.placement.as_str(),
            c.standing.as_str(),
            c.context_changed,
            reasons_text(c)?,
            c.verdict.map(|f| f.bytes()),
            counted(c),
            c.open_queries,
            c.touched.0,
            c.context_open,
        ])?;
        Ok(())
    }

    /// Puts what differs, and leaves the indexes over the rest as they are: each is a page more to write.
    fn update_claim(&self, was: &ClaimRow, c: &ClaimRow) -> Result<(), StoreError> {
        let claim = c.claim.bytes();
        let sql = "UPDATE current_claim SET words=?2, assertion=?3, kind=?4, claimant=?5, risk=?6, spans=?7, placement=?8, \
                     reasons=?9, verdict=?10, evidence=?11 WHERE claim=?1";
        self.db.prepare_cached(sql)?.execute(params![
            claim,
            c.words,
            c.assertion,
            c.kind.map(|k| k.as_str()),
            c.claimant,
            c.risk.as_str(),
            spans_text(&c.spans),
            c.placement.as_str(),
            reasons_text(c)?,
            c.verdict.map(|f| f.bytes()),
            counted(c),
        ])?;
        if was.context_changed != c.context_changed {
            let sql = "UPDATE current_claim SET context_changed=?2 WHERE claim=?1";
            self.db.prepare_cached(sql)?.execute(params![claim, c.context_changed])?;
        }
        if was.touched != c.touched {
            let sql = "UPDATE current_claim SET touched=?2 WHERE claim=?1";
            self.db.prepare_cached(sql)?.execute(params![claim, c.touched.0])?;
        }
        if (was.standing, was.open_queries, was.context_open) != (c.standing, c.open_queries, c.context_open)
        {
            let sql = "UPDATE current_claim SET standing=?2, open_queries=?3, context_open=?4 WHERE claim=?1";
            let values = params![claim, c.standing.as_str(), c.open_queries, c.context_open];
            self.db.prepare_cached(sql)?.execute(values)?;
        }
        if (was.article, was.number, was.assignee) != (c.article, c.number, c.assignee) {
            let sql = "UPDATE current_claim SET article=?2, number=?3, assignee=?4 WHERE claim=?1";
            let assignee = c.assignee.map(|p| p.bytes());
            self.db.prepare_cached(sql)?.execute(params![claim, c.article.bytes(), c.number, assignee])?;
        }
        Ok(())
    }

    /// Writes whether claims are open because their sentence changed. Counts them anew where there are some.
    pub fn open_by_context(&self, open: bool) -> Result<(), StoreError> {
        let claims = "UPDATE current_claim SET context_open = ?1 WHERE context_changed > 0";
        self.db.prepare_cached(claims)?.execute([open])?;
        let articles = "UPDATE current_article SET context = ?1 * (SELECT count(*) FROM current_claim c \
                          WHERE c.article = current_article.article AND c.context_changed > 0) \
                        WHERE article IN (SELECT article FROM current_claim WHERE context_changed > 0)";
        self.db.prepare_cached(articles)?.execute([open])?;
        Ok(())
    }

    /// Removes a claim's row and those of its evidence.
    pub fn drop_claim(&self, claim: ClaimId) -> Result<(), StoreError> {
        for removed in self.evidence_rows(claim)? {
            self.drop_evidence(removed)?;
        }
        let sql = "DELETE FROM current_claim WHERE claim = ?1 RETURNING id";
        let id: Option<i64> =
            self.db.prepare_cached(sql)?.query_row([claim.bytes()], |r| r.get(0)).optional()?;
        id.map_or(Ok(()), |id| self.put_words(id, &CLAIMS, None))
    }

    /// Writes a query's row.
    pub fn put_query(&self, q: &QueryRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO current_query (query, article, claim, number, open) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (query) DO UPDATE SET article=excluded.article, claim=excluded.claim, number=excluded.number, \
                     open=excluded.open";
        let claim = q.claim.map(|c| c.bytes());
        let values = params![q.query.bytes(), q.article.bytes(), claim, q.number, q.open];
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Removes a query's row.
    pub fn drop_query(&self, query: QueryId) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM current_query WHERE query = ?1")?.execute([query.bytes()])?;
        Ok(())
    }

    /// Writes the evidence of a claim instead of the `previous` evidence, and counts the uses of the sources that differ.
    fn put_evidence(&self, c: &ClaimRow, previous: &[EvidenceRow]) -> Result<(), StoreError> {
        let (old, new): (HashSet<_>, HashSet<_>) = (previous.iter().collect(), c.evidence.iter().collect());
        for removed in old.difference(&new) {
            self.drop_evidence(**removed)?;
        }
        let sql = "INSERT INTO current_evidence (evidence, article, claim, source, earlier) VALUES (?1, ?2, ?3, ?4, ?5)";
        for e in new.difference(&old) {
            let values =
                params![e.evidence.bytes(), c.article.bytes(), c.claim.bytes(), e.source.bytes(), e.earlier];
            self.db.prepare_cached(sql)?.execute(values)?;
            self.count_use(e.source, 1)?;
        }
        Ok(())
    }

    fn drop_evidence(&self, removed: EvidenceRow) -> Result<(), StoreError> {
        let sql = "DELETE FROM current_evidence WHERE evidence = ?1";
        self.db.prepare_cached(sql)?.execute([removed.evidence.bytes()])?;
        self.count_use(removed.source, -1)
    }

    fn count_use(&self, source: SourceId, more: i64) -> Result<(), StoreError> {
        let sql = "UPDATE current_source SET uses = uses + ?2 WHERE source = ?1";
        self.db.prepare_cached(sql)?.execute(params![source.bytes(), more])?;
        Ok(())
    }
}
