//! Reading the desk: pictures of articles, and things by the number or id a person names them with.

use super::cache::anchors_for;
use crate::desk::{Desk, DeskError, Judge};
use crate::{
    anchor::Reader,
    model::{
        ArticleId, ClaimId, EvidenceId, Logged, NumberKind, Picture, QueryId, RevisionId, RevisionView,
        SourceId, Thread,
    },
    store::{ArticleRow, Wanted},
};
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

/// One article as it is read: its picture, one revision of it, and that revision's text. Copying it copies no text.
#[derive(Clone)]
pub struct Reading {
    /// Which article.
    pub article: ArticleId,
    /// The picture, with the anchors of this revision and the newest.
    pub picture: Arc<Picture>,
    /// The revision that is read.
    pub revision: RevisionView,
    /// Its text.
    pub text: Arc<str>,
    /// Whether it is the newest.
    pub newest: bool,
    reader: Arc<OnceLock<Reader>>,
}

impl Reading {
    /// An article read at a revision.
    pub(in crate::desk) fn new(
        article: ArticleId,
        picture: Arc<Picture>,
        revision: RevisionView,
        text: Arc<str>,
        newest: bool,
    ) -> Self {
        Self { article, picture, revision, text, newest, reader: Arc::default() }
    }

    /// The words and sentences of the text, found on first use and shared by all copies.
    pub(in crate::desk) fn reader(&self) -> &Reader {
        let language = self.revision.info.as_ref().and_then(|i| i.value.language.as_deref());
        self.reader.get_or_init(|| Reader::new(&self.text, language))
    }

    /// The same revision, of which something else is known beside its text.
    pub(in crate::desk) fn said_otherwise(&mut self, revision: RevisionView) {
        self.revision = revision;
        self.reader = Arc::default();
    }
}

impl Desk {
    /// Reads an article at one of its revisions, or at the newest.
    pub fn read(&self, article: ArticleId, revision: Option<RevisionId>) -> Result<Reading, DeskError> {
        let newest = self.newest_reading(article)?;
        match revision {
            Some(id) if id != newest.revision.id => self.read_older(&newest, id),
            Some(_) | None => Ok(newest),
        }
    }

    fn read_older(&self, newest: &Reading, id: RevisionId) -> Result<Reading, DeskError> {
        let article = newest.article;
        let missing = || not_found("revision", id, "'revisions A'");
        newest.picture.revision(id).ok_or_else(missing)?;
        let own = self.store.log(Thread::Article(article), &anchors_for(id, newest.revision.id))?;
        let picture = Arc::new(Picture::of(live(&self.with_named(own)?)));
        let revision = picture.revision(id).ok_or_else(missing)?.clone();
        let text = self.store.text(&revision.revision.text)?.into();
        Ok(Reading::new(article, picture, revision, text, false))
    }

    /// The newest live revision of an article. Fails where the article was undone.
    pub(in crate::desk) fn newest(&self, article: ArticleId) -> Result<RevisionId, DeskError> {
        let row = self.store.article_row(article)?;
        row.map(|r| r.revision).ok_or_else(|| not_found("article", article, "'articles'"))
    }

    /// One article in the library.
    pub fn summary(&self, article: ArticleId) -> Result<ArticleRow, DeskError> {
        let row = self.store.article_row(article)?;
        let row = row.ok_or_else(|| not_found("article", article, "'articles'"))?;
        Ok(row.held_against(&self.policy()?.bytes()))
    }

    /// An article's whole log behind those of the people and sources it names, with the anchors of every revision.
    pub(in crate::desk) fn known_whole(&self, article: ArticleId) -> Result<Vec<Logged>, DeskError> {
        self.with_named(self.store.log(Thread::Article(article), &Wanted::All)?)
    }

    /// What was done to an article, in order.
    pub fn log(&self, article: ArticleId) -> Result<Vec<Logged>, DeskError> {
        Ok(self.store.log(Thread::Article(article), &Wanted::AnchorsOf(Vec::new()))?)
    }

    /// The threads written to after `seq`.
    pub fn changes_since(&self, seq: i64) -> Result<Vec<Thread>, DeskError> {
        Ok(self.store.threads_since(seq)?)
    }

    /// The article of that number or id.
    pub fn article_named(&self, given: &str) -> Result<ArticleId, DeskError> {
        let id = self.named(NumberKind::Article, "", given, "article", "'articles'")?;
        self.newest(ArticleId(id)).map_err(|e| match e {
            DeskError::NotFound { .. } => not_found("article", given, "'articles'"),
            other => other,
        })?;
        Ok(ArticleId(id))
    }

    /// The revision of an article by its number or id.
    pub fn revision_named(&self, article: ArticleId, given: &str) -> Result<RevisionId, DeskError> {
        let id = self
            .named(NumberKind::Revision(article.0), "", given, "revision", "'revisions A'")
            .map(RevisionId)?;
        let live = self.store.live_revisions(Thread::Article(article))?;
        if live.contains(&id) { Ok(id) } else { Err(not_found("revision", given, "'revisions A'")) }
    }

    /// The claim of that number (`C12` or `12`) or id, and its article.
    pub fn claim_named(&self, given: &str) -> Result<(ArticleId, ClaimId), DeskError> {
        let claim = ClaimId(self.named(NumberKind::Claim, "C", given, "claim", "'claim list A'")?);
        let missing = || not_found("claim", given, "'claim list A'");
        let article = self.home(claim.0)?.ok_or_else(missing)?;
        let known = self.read(article, None)?.picture.claim(claim).is_some();
        if known { Ok((article, claim)) } else { Err(missing()) }
    }

    /// The claim of that number or id, where it was marked in this article. It may have been undone since.
    pub(in crate::desk) fn claim_of(&self, article: ArticleId, given: &str) -> Result<ClaimId, DeskError> {
        let claim = ClaimId(self.named(NumberKind::Claim, "C", given, "claim", "'claim list A'")?);
        let here = self.home(claim.0)? == Some(article);
        if here { Ok(claim) } else { Err(not_found("claim of this article", given, "'claim list A'")) }
    }

    /// The source of that number (`S4` or `4`) or id.
    pub fn source_named(&self, given: &str) -> Result<SourceId, DeskError> {
        let id = SourceId(self.named(NumberKind::Source, "S", given, "source", "'source list'")?);
        let known = self.store.source_row(id)?.is_some();
        if known { Ok(id) } else { Err(not_found("source", given, "'source list'")) }
    }

    /// The query of that number (`Q2` or `2`) or id, and its article.
    pub fn query_named(&self, given: &str) -> Result<(ArticleId, QueryId), DeskError> {
        let id = self.named(NumberKind::Query, "Q", given, "query", "'query list A'")?;
        let missing = || not_found("query", given, "'query list A'");
        Ok((self.home(id)?.ok_or_else(missing)?, QueryId(id)))
    }

    /// The evidence of that id, with its article and claim.
    pub fn evidence_named(&self, given: &str) -> Result<(ArticleId, ClaimId, EvidenceId), DeskError> {
        let missing = || not_found("evidence", given, "'claim show C'");
        let id: EvidenceId = given.parse().map_err(|_| missing())?;
        let article = self.home(id.0)?.ok_or_else(missing)?;
        let reading = self.read(article, None)?;
        let claim = reading.picture.evidence(id).ok_or_else(missing)?.0.id;
        Ok((article, claim, id))
    }

    /// The short number of a thing.
    pub fn number_of(&self, entity: Uuid) -> Result<i64, DeskError> {
        Ok(self.store.number(entity)?.unwrap_or_default())
    }

    /// What the verdicts of a reading are worth.
    pub fn judge<'r>(&self, reading: &'r Reading) -> Judge<'r> {
        Judge::new(reading)
    }

    fn named(
        &self,
        kind: NumberKind,
        prefix: &str,
        given: &str,
        what: &'static str,
        list: &'static str,
    ) -> Result<Uuid, DeskError> {
        let missing = || not_found(what, given, list);
        if let Ok(id) = Uuid::try_parse(given) {
            return Ok(id);
        }
        let digits = given
            .strip_prefix(prefix)
            .or_else(|| given.strip_prefix(&prefix.to_lowercase()))
            .unwrap_or(given);
        let number = digits.parse().map_err(|_| missing())?;
        self.store.numbered(kind, number)?.ok_or_else(missing)
    }

    /// The article in whose thread a claim, evidence or query was first recorded.
    fn home(&self, entity: Uuid) -> Result<Option<ArticleId>, DeskError> {
        Ok(self.store.article_of(entity)?)
    }
}

/// The facts of live actions, as the fold takes them.
pub(in crate::desk) fn live(
    log: &[Logged],
) -> impl Iterator<Item = (&crate::model::Action, &crate::model::Recorded)> {
    log.iter().filter(|l| l.live).flat_map(|l| l.facts.iter().map(|f| (&l.action, f)))
}

/// The text's first heading, or its first words.
pub fn headline(text: &str) -> String {
    let heading = text.lines().find_map(|l| l.strip_prefix("# "));
    let line = heading.or_else(|| text.lines().find(|l| !l.trim().is_empty())).unwrap_or_default().trim();
    let words: Vec<_> = line.split_whitespace().collect();
    if heading.is_some() || words.len() <= 12 {
        words.join(" ")
    } else {
        format!("{} …", words[..12].join(" "))
    }
}

pub(in crate::desk) fn not_found(what: &'static str, given: impl ToString, list: &'static str) -> DeskError {
    DeskError::NotFound { what, given: given.to_string(), list }
}
