//! The table `current_article`: one row for each article that was not undone.

use super::super::{Store, StoreError, Tx, journal::actions::uuid};
use super::words::ARTICLES;
use crate::model::{ArticleId, Deadline, Digest, Moment, PersonId, RevisionId, WorkState, Workflow};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// An article as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Which.
    pub article: ArticleId,
    /// Its number.
    pub number: i64,
    /// The first heading of its text, or its first words.
    pub headline: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published, as it was entered.
    pub date: Option<String>,
    /// Whether it is archived.
    pub archived: bool,
    /// When it last changed.
    pub touched: Moment,
    /// Who changed it last.
    pub touched_by: PersonId,
    /// Its newest revision.
    pub revision: RevisionId,
    /// SHA-256 of that revision's text.
    pub text: Digest,
    /// That revision's number.
    pub revision_number: i64,
    /// How many revisions it has.
    pub revisions: i64,
    /// The hash of the file that it was imported from.
    pub original: Option<Digest>,
    /// How many claims it has, and how many of each standing: unchecked, checked, stale, orphaned.
    pub claims: i64,
    /// See `claims`.
    pub standings: [i64; 4],
    /// How many claims are open because their sentence changed, though their verdicts hold.
    pub context: i64,
    /// How many queries are open.
    pub open_queries: i64,
    /// The coverage in percent; `None` if it is not computed yet.
    pub coverage: Option<u8>,
    /// Whether it counts as verified, and by which policy; `None` if that is not computed yet.
    pub verified: Option<GateResult>,
    /// Its status, deadline and assignee.
    pub status: Workflow,
    /// Its tags and hashtags as they are written.
    pub tags: Vec<String>,
}

/// Whether an article counts as verified by one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateResult {
    /// Whether it does.
    pub passed: bool,
    /// The record of the policy.
    pub policy: Vec<u8>,
}

/// The columns, in the order that [`read`] expects.
pub(super) const COLUMNS: &str = "article, number, headline, outlet, date, archived, touched, touched_by, revision, \
    text, revision_number, revisions, original, claims, unchecked, checked, stale, orphaned, open_queries, coverage, \
    state, deadline, assignee, tags, verified, policy, context";

/// Reads a row of [`COLUMNS`].
pub(super) fn read(r: &Row) -> rusqlite::Result<ArticleRow> {
    let article = ArticleId(uuid(r.get(0)?));
    Ok(ArticleRow {
        article,
        number: r.get(1)?,
        headline: r.get(2)?,
        outlet: r.get(3)?,
        date: r.get(4)?,
        archived: r.get(5)?,
        touched: Moment(r.get(6)?),
        touched_by: PersonId(uuid(r.get(7)?)),
        revision: RevisionId(uuid(r.get(8)?)),
        text: Digest(r.get(9)?),
        revision_number: r.get(10)?,
        revisions: r.get(11)?,
        original: r.get::<_, Option<[u8; 32]>>(12)?.map(Digest),
        claims: r.get(13)?,
        standings: [r.get(14)?, r.get(15)?, r.get(16)?, r.get(17)?],
        open_queries: r.get(18)?,
        context: r.get(26)?,
        coverage: r.get(19)?,
        status: Workflow {
            article,
            state: usize::try_from(r.get::<_, i64>(20)?).ok().and_then(|n| WorkState::ALL.get(n)).copied(),
            deadline: r.get::<_, Option<String>>(21)?.and_then(|d| d.parse().ok()),
            assignee: r.get::<_, Option<[u8; 16]>>(22)?.map(|p| PersonId(uuid(p))),
        },
        tags: r.get::<_, String>(23)?.lines().map(str::to_owned).collect(),
        verified: gate_result(r.get(24)?, r.get(25)?),
    })
}

impl ArticleRow {
    /// Returns the row without `verified` if that was computed for another policy.
    pub fn held_against(mut self, policy: &[u8]) -> Self {
        self.verified = self.verified.filter(|v| v.policy == policy);
        self
    }
}

fn gate_result(passed: Option<bool>, policy: Option<Vec<u8>>) -> Option<GateResult> {
    passed.zip(policy).map(|(passed, policy)| GateResult { passed, policy })
}

/// The inverse of [`gate_result`].
fn gate_columns(a: &ArticleRow) -> (Option<bool>, Option<&[u8]>) {
    (a.verified.as_ref().map(|v| v.passed), a.verified.as_ref().map(|v| v.policy.as_slice()))
}

impl Store {
    /// An article's row; `None` if the article is not known or was undone.
    pub fn article_row(&self, article: ArticleId) -> Result<Option<ArticleRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM current_article WHERE article = ?1");
        Ok(self.db.prepare_cached(&sql)?.query_row([article.bytes()], read).optional()?)
    }

    /// The first article that was imported from these bytes.
    pub fn article_of_original(&self, digest: &Digest) -> Result<Option<ArticleId>, StoreError> {
        let sql = "SELECT article FROM current_article WHERE original = ?1 ORDER BY number LIMIT 1";
        let row = |r: &Row| Ok(ArticleId(uuid(r.get(0)?)));
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], row).optional()?)
    }

    /// How many claims of an article have each standing, how many of them are open because their sentence changed, and how
    /// many of its queries are open.
    pub fn counts_of(&self, article: ArticleId) -> Result<([i64; 4], i64, i64), StoreError> {
        let (mut standings, mut context) = ([0; 4], 0);
        let sql = "SELECT standing, count(*), sum(context_open) FROM current_claim WHERE article = ?1 GROUP BY standing";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| Ok((r.get::<_, String>(0)?, r.get::<_, i64>(1)?, r.get::<_, i64>(2)?));
        for row in rows.query_map([article.bytes()], row)? {
            let (standing, count, open) = row?;
            context += open;
            let standing: crate::model::Standing =
                standing.parse().map_err(|e| StoreError::Damaged(format!("{e}")))?;
            standings[standing as usize] = count;
        }
        let sql = "SELECT count(*) FROM current_query WHERE article = ?1 AND open = 1";
        let open = self.db.prepare_cached(sql)?.query_row([article.bytes()], |r| r.get(0))?;
        Ok((standings, context, open))
    }

    /// Every tag and hashtag, as one of its articles writes it, and how many articles have it, in alphabetical order. It
    /// reads every tag of the desk.
    pub fn tags(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = "SELECT g.tag, g.count, a.tags FROM \
                     (SELECT tag, count(*) AS count, min(article) AS one FROM current_tag GROUP BY tag) g \
                   JOIN current_article a ON a.article = g.one ORDER BY g.tag";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| {
            let (tag, count, all): (String, i64, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
            let written = all.lines().find(|t| t.to_lowercase() == tag).map(str::to_owned);
            Ok((written.unwrap_or(tag), count))
        };
        Ok(rows.query_map([], row)?.collect::<Result<_, _>>()?)
    }

    /// The tags that `wanted` accepts in lower case, as an article writes them, and how many articles have each; at most
    /// `most`. It jumps from tag to tag, however many articles have one.
    pub fn tags_where(
        &self,
        wanted: impl Fn(&str) -> bool,
        most: usize,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = "WITH RECURSIVE each(tag) AS (SELECT min(tag) FROM current_tag UNION ALL \
                     SELECT (SELECT min(tag) FROM current_tag c WHERE c.tag > each.tag) FROM each WHERE each.tag IS NOT NULL) \
                   SELECT tag FROM each WHERE tag IS NOT NULL";
        let mut tags = self.db.prepare_cached(sql)?;
        let mut rows = tags.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let tag: String = row.get(0)?;
            if wanted(&tag) {
                found.push(self.tag_as_written(tag)?);
            }
            if found.len() == most {
                break;
            }
        }
        Ok(found)
    }

    fn tag_as_written(&self, tag: String) -> Result<(String, i64), StoreError> {
        let sql = "SELECT count(*), (SELECT a.tags FROM current_tag f JOIN current_article a ON a.article = f.article \
                     WHERE f.tag = ?1 LIMIT 1) FROM current_tag WHERE tag = ?1";
        let row = |r: &Row| Ok((r.get::<_, i64>(0)?, r.get::<_, Option<String>>(1)?));
        let (count, all) = self.db.prepare_cached(sql)?.query_row([&tag], row)?;
        let written =
            all.as_deref().and_then(|a| a.lines().find(|t| t.to_lowercase() == tag)).map(str::to_owned);
        Ok((written.unwrap_or(tag), count))
    }

    /// Whether the index of tags has exactly the tags of an article's row.
    pub fn has_tags(&self, a: &ArticleRow) -> Result<bool, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT tag FROM current_tag WHERE article = ?1")?;
        let stored: BTreeSet<String> =
            rows.query_map([a.article.bytes()], |r| r.get(0))?.collect::<Result<_, _>>()?;
        Ok(stored == a.tags.iter().map(|t| t.to_lowercase()).collect())
    }

    /// An article whose coverage is not computed, or whose gate is not computed for this policy.
    pub fn without_coverage(&self, policy: &[u8]) -> Result<Option<ArticleId>, StoreError> {
        let found = self.db.prepare_cached(WITHOUT_COVERAGE)?.query_row([policy], |r| r.get(0)).optional()?;
        Ok(found.map(|id| ArticleId(uuid(id))))
    }
}

/// Three lookups in one index: no policy, and policies that are smaller or greater as bytes.
const WITHOUT_COVERAGE: &str = "SELECT article FROM current_article WHERE policy IS NULL \
    UNION ALL SELECT article FROM current_article WHERE policy < ?1 \
    UNION ALL SELECT article FROM current_article WHERE policy > ?1 LIMIT 1";

impl Tx<'_> {
    /// Writes an article's row and replaces the old one.
    pub fn put_article(&self, a: &ArticleRow) -> Result<(), StoreError> {
        let previous = self.article_row(a.article)?;
        if previous.as_ref() == Some(a) {
            return Ok(());
        }
        if previous.as_ref().is_none_or(|w| w.tags != a.tags) {
            self.put_tags(a)?;
        }
        if previous.as_ref().is_some_and(|w| w.status != a.status) {
            self.put_status(a.article, &a.status)?;
        }
        if let Some(previous) = previous.as_ref().filter(|w| has_same_indexed_columns(w, a)) {
            return self.update_article(previous, a);
        }
        let sql = "INSERT INTO current_article (article, number, headline, sort, outlet, date, archived, touched, touched_by, \
                     revision, text, revision_number, revisions, original, claims, unchecked, checked, stale, orphaned, \
                     open_queries, coverage, tags, state, deadline, due, assignee, verified, policy, context) \
                   VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,\
                     ?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27,?28,?29) \
                   ON CONFLICT (article) DO UPDATE SET number=excluded.number, headline=excluded.headline, sort=excluded.sort, \
                     archived=excluded.archived, original=excluded.original";
        let [unchecked, checked, stale, orphaned] = a.standings;
        let (passed, policy) = gate_columns(a);
        self.db.prepare_cached(sql)?.execute(params![
            a.article.bytes(),
            a.number,
            a.headline,
            a.headline.to_lowercase(),
            a.outlet,
            a.date,
            a.archived,
            a.touched.0,
            a.touched_by.bytes(),
            a.revision.bytes(),
            a.text.0,
            a.revision_number,
            a.revisions,
            a.original.map(|d| d.0),
            a.claims,
            unchecked,
            checked,
            stale,
            orphaned,
            a.open_queries,
            a.coverage,
            a.tags.join("\n"),
            state_number(a.status.state),
            a.status.deadline.as_ref().map(Deadline::as_str),
            due(&a.status),
            a.status.assignee.map(|p| p.bytes()),
            passed,
            policy,
            a.context,
        ])?;
        if previous.as_ref().is_none_or(|w| w.headline != a.headline) {
            let sql = "SELECT id FROM current_article WHERE article = ?1";
            let id = self.db.prepare_cached(sql)?.query_row([a.article.bytes()], |r| r.get(0))?;
            self.put_words(id, &ARTICLES, Some(&a.headline))?;
        }
        previous.map_or(Ok(()), |previous| self.update_article(&previous, a))
    }

    /// Writes the columns that most actions change. The others have indexes, and each index costs one more page to write.
    fn update_article(&self, previous: &ArticleRow, a: &ArticleRow) -> Result<(), StoreError> {
        let sql = "UPDATE current_article SET outlet=?2, touched=?3, touched_by=?4, revision=?5, text=?6, \
                     revision_number=?7, revisions=?8, claims=?9, unchecked=?10, checked=?11, stale=?12, orphaned=?13, \
                     open_queries=?14, coverage=?15, tags=?16, context=?17 WHERE article=?1";
        let [unchecked, checked, stale, orphaned] = a.standings;
        self.db.prepare_cached(sql)?.execute(params![
            a.article.bytes(),
            a.outlet,
            a.touched.0,
            a.touched_by.bytes(),
            a.revision.bytes(),
            a.text.0,
            a.revision_number,
            a.revisions,
            a.claims,
            unchecked,
            checked,
            stale,
            orphaned,
            a.open_queries,
            a.coverage,
            a.tags.join("\n"),
            a.context,
        ])?;
        if previous.date != a.date {
            let sql = "UPDATE current_article SET date=?2 WHERE article=?1";
            self.db.prepare_cached(sql)?.execute(params![a.article.bytes(), a.date])?;
        }
        if previous.verified != a.verified {
            let sql = "UPDATE current_article SET verified=?2, policy=?3 WHERE article=?1";
            let (passed, policy) = gate_columns(a);
            self.db.prepare_cached(sql)?.execute(params![a.article.bytes(), passed, policy])?;
        }
        Ok(())
    }

    /// Writes the status of an article, if it has a row.
    pub fn put_status(&self, article: ArticleId, s: &Workflow) -> Result<(), StoreError> {
        let sql = "UPDATE current_article SET state=?2, deadline=?3, due=?4, assignee=?5 WHERE article=?1";
        let deadline = s.deadline.as_ref().map(Deadline::as_str);
        let assignee = s.assignee.map(|p| p.bytes());
        let values = params![article.bytes(), state_number(s.state), deadline, due(s), assignee];
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    /// Writes the tags that an article is found by.
    fn put_tags(&self, a: &ArticleRow) -> Result<(), StoreError> {
        self.drop_tags(a.article)?;
        let sql = "INSERT OR IGNORE INTO current_tag (tag, article) VALUES (?1, ?2)";
        for tag in &a.tags {
            self.db.prepare_cached(sql)?.execute(params![tag.to_lowercase(), a.article.bytes()])?;
        }
        Ok(())
    }

    fn drop_tags(&self, article: ArticleId) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM current_tag WHERE article = ?1")?.execute([article.bytes()])?;
        Ok(())
    }

    /// Removes an article's row, and those of its claims, evidence, queries and tags.
    pub fn drop_article(&self, article: ArticleId) -> Result<(), StoreError> {
        let claims: Vec<_> = self.claim_rows(article)?.into_iter().map(|c| c.claim).collect();
        for claim in claims {
            self.drop_claim(claim)?;
        }
        self.db.prepare_cached("DELETE FROM current_query WHERE article = ?1")?.execute([article.bytes()])?;
        self.drop_tags(article)?;
        let sql = "DELETE FROM current_article WHERE article = ?1 RETURNING id";
        let id: Option<i64> =
            self.db.prepare_cached(sql)?.query_row([article.bytes()], |r| r.get(0)).optional()?;
        id.map_or(Ok(()), |id| self.put_words(id, &ARTICLES, None))
    }

    /// Writes the coverage of an article, and whether it counts as verified.
    pub fn put_coverage(
        &self,
        article: ArticleId,
        percent: u8,
        gate_result: &GateResult,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE current_article SET coverage = ?2, verified = ?3, policy = ?4 WHERE article = ?1";
        let values = params![article.bytes(), percent, gate_result.passed, gate_result.policy];
        self.db.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}

/// Whether both rows have the same number, headline, archived flag and original, so that no index over them changes.
fn has_same_indexed_columns(previous: &ArticleRow, a: &ArticleRow) -> bool {
    let indexed = |a: &ArticleRow| (a.number, a.headline.clone(), a.archived, a.original);
    indexed(previous) == indexed(a)
}

/// A state's place in the order of states; no state comes last.
pub(super) fn state_number(state: Option<WorkState>) -> i64 {
    let place = |s: WorkState| WorkState::ALL.iter().position(|a| *a == s);
    state.and_then(place).unwrap_or(WorkState::ALL.len()) as i64
}

/// When a deadline has passed, in milliseconds since 1970; the latest possible time if there is none.
fn due(s: &Workflow) -> i64 {
    s.deadline.as_ref().map_or(i64::MAX, |d| d.due().0)
}
