//! Pages of articles, claims and sources: order and filters are SQL, and behind each order stands an index.

use super::super::{Store, StoreError, journal::actions::uuid};
use super::{ArticleRow, ClaimRow, article, claim};
use crate::model::{ArticleId, PersonId, SourceId, Standing, WorkState, slugs};
use rusqlite::{Row, params_from_iter, types::Value};

slugs! {
    /// What a list is put in order by.
    Sort, "order", {
        /// The newest first.
        Touched = "touched",
        /// By headline, or a source's title.
        Headline = "headline",
        /// By number.
        Number = "number",
        /// What has most open first.
        Open = "open",
        /// What is used most often first.
        Use = "use",
        /// By the day an article was published, the newest first; those without one come last.
        Date = "date",
        /// By deadline, the next first; those without one come last.
        Deadline = "deadline",
        /// By how far an article is: checking, with the writer, ready, out, none; in each the newest first.
        State = "state",
    }
}

/// What a list is narrowed down to. Several narrow it further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// What something is open of.
    Open,
    /// What was put away.
    Archived,
    /// What was not put away.
    NotArchived,
    /// Claims handed to one of these people, and articles with such a claim.
    Assigned(Vec<PersonId>),
    /// Claims of that standing, and articles with such a claim.
    Standing(Standing),
    /// What holds each of these words.
    Words(String),
    /// The claims of one article.
    Article(ArticleId),
    /// Articles with this tag or hashtag, whatever its case.
    Tag(String),
    /// Articles that are so far; none where nobody said how far.
    State(Option<WorkState>),
    /// Articles that are one of these people's; nobody's where none is named.
    Assignee(Vec<PersonId>),
    /// Articles with open queries.
    Asked,
}

/// Which part of a list, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The order; each list has its own where nothing is said.
    pub sort: Option<Sort>,
    /// What it is narrowed down to.
    pub filters: Vec<Filter>,
    /// How many come before the page.
    pub skip: usize,
    /// The most that are on the page.
    pub most: usize,
}

impl Page {
    /// The whole list in its own order.
    pub fn whole() -> Self {
        Self { sort: None, filters: Vec::new(), skip: 0, most: usize::MAX }
    }
}

/// One list: its table, the column of [`super::Tx::put_words`], and its columns of text.
struct List {
    table: &'static str,
    kind: usize,
    texts: &'static [&'static str],
}

const ARTICLES: List = List { table: "current_article", kind: 0, texts: &["headline"] };
const CLAIMS: List = List { table: "current_claim", kind: 1, texts: &["words", "assertion"] };
const SOURCES: List = List { table: "current_source", kind: 2, texts: &["words"] };

/// Conditions of a statement and their values.
#[derive(Default)]
struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    fn add(&mut self, sql: &str) {
        self.sql.push(sql.into());
    }

    /// A condition with one value, for which `?` stands.
    fn with(&mut self, sql: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.sql.push(sql.replace('?', &format!("?{}", self.values.len())));
    }

    /// The condition that a claim is handed to one of these people.
    fn any(&mut self, people: &[PersonId]) -> String {
        let mut marks = Vec::new();
        for person in people {
            self.values.push(person.bytes().to_vec().into());
            marks.push(format!("?{}", self.values.len()));
        }
        format!("assignee IN ({})", marks.join(", "))
    }

    /// Each of the words. Those of three letters and more are looked up; shorter ones are sought in what is left.
    fn words(&mut self, list: &List, words: &str) {
        let (long, short): (Vec<&str>, Vec<&str>) =
            words.split_whitespace().partition(|w| w.chars().count() > 2);
        if !long.is_empty() {
            let quoted: Vec<String> =
                long.iter().map(|w| format!("\"{}\"", w.replace('"', "\"\""))).collect();
            let quoted = quoted.join(" AND ");
            if list.kind == ARTICLES.kind {
                // Articles are few beside all else that is found by words. Bound to their rows, the search ends behind the
                // last of them; a filter by column would have it go on through the words of every claim and source.
                let found = "id IN (SELECT rowid / 4 FROM current_words WHERE current_words MATCH ? AND rowid % 4 = 0 \
                             AND rowid <= (SELECT max(id) * 4 FROM current_article))";
                self.with(found, quoted);
            } else {
                let column = ["article", "claim", "source"][list.kind];
                let found = "id IN (SELECT rowid / 4 FROM current_words WHERE current_words MATCH ?)";
                self.with(found, format!("{column} : ({quoted})"));
            }
        }
        for word in short {
            let likely = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let any: Vec<String> = list.texts.iter().map(|t| format!("{t} LIKE ? ESCAPE '\\'")).collect();
            self.with(&format!("({})", any.join(" OR ")), format!("%{likely}%"));
        }
    }

    fn statement(&self, list: &List, columns: &str, order: &str, page: &Page) -> String {
        let given =
            if self.sql.is_empty() { String::new() } else { format!("WHERE {}", self.sql.join(" AND ")) };
        let most = i64::try_from(page.most).unwrap_or(-1);
        format!(
            "SELECT {columns} FROM {} {given} ORDER BY {order} LIMIT {most} OFFSET {}",
            list.table, page.skip
        )
    }
}

/// Whether a filter of articles has an index of its own, by which few of them are found.
fn finds_few(filter: &Filter) -> bool {
    match filter {
        Filter::Tag(_) | Filter::State(Some(_)) | Filter::Asked => true,
        Filter::Assignee(people) => !people.is_empty(),
        Filter::Open
        | Filter::Archived
        | Filter::NotArchived
        | Filter::Assigned(_)
        | Filter::Standing(_)
        | Filter::Words(_)
        | Filter::State(None)
        | Filter::Article(_) => false,
    }
}

fn unordered<E: From<StoreError>>(what: &str, why: &str) -> E {
    StoreError::Unordered { what: what.into(), why: why.into() }.into()
}

impl Store {
    /// Tells the articles of a page one after the other, by number where no order is named. Nothing is held in memory.
    pub fn each_article<E: From<StoreError>>(
        &self,
        page: &Page,
        mut told: impl FnMut(ArticleRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut given = Conditions::default();
        let (few, by_touched) = (page.filters.iter().any(finds_few), page.sort == Some(Sort::Touched));
        for filter in &page.filters {
            match filter {
                Filter::Open => given.add("(open > 0 OR claims = 0) AND archived = 0"),
                Filter::Archived => given.add("archived = 1"),
                // Most articles are not put away: beside another order or filter that index is of no use, and + says so.
                Filter::NotArchived if by_touched && !few => given.add("archived = 0"),
                Filter::NotArchived => given.add("+archived = 0"),
                Filter::Assigned(people) => {
                    let theirs = given.any(people);
                    given.add(&format!("article IN (SELECT article FROM current_claim WHERE {theirs})"));
                }
                Filter::Standing(Standing::Unchecked) => given.add("unchecked > 0"),
                Filter::Standing(Standing::Checked) => given.add("checked > 0"),
                Filter::Standing(Standing::Stale) => given.add("stale > 0"),
                Filter::Standing(Standing::Orphaned) => given.add("orphaned > 0"),
                Filter::Words(words) => given.words(&ARTICLES, words),
                Filter::Article(article) => given.with("article = ?", article.bytes().to_vec()),
                Filter::Tag(tag) => {
                    let tagged = "article IN (SELECT article FROM current_tag WHERE tag = ?)";
                    given.with(tagged, tag.trim().to_lowercase());
                }
                Filter::State(state) => given.with("state = ?", article::state_number(*state)),
                Filter::Assignee(people) if people.is_empty() => given.add("assignee IS NULL"),
                Filter::Assignee(people) => {
                    let theirs = given.any(people);
                    given.add(&theirs);
                }
                Filter::Asked => given.add("open_queries > 0"),
            }
        }
        let order = match page.sort {
            None | Some(Sort::Number) => "number",
            Some(Sort::Touched) => "touched DESC, number",
            Some(Sort::Headline) => "sort, number",
            Some(Sort::Open) => "open DESC, number",
            Some(Sort::Date) => "date DESC, number",
            Some(Sort::Deadline) => "due, number",
            Some(Sort::State) => "state, touched DESC, number",
            Some(Sort::Use) => {
                let orders = "touched, headline, number, open, date, deadline or state";
                return Err(unordered("articles", orders));
            }
        };
        // What few articles have is looked up and then put in order; + keeps the index of the order from being gone through.
        let tagged = page.filters.iter().any(|f| matches!(f, Filter::Tag(_)));
        let order = if tagged || (few && !by_touched) { format!("+{order}") } else { order.into() };
        self.each(&given.statement(&ARTICLES, article::COLUMNS, &order, page), given.values, |r| {
            told(article::read(r).map_err(StoreError::from)?)
        })
    }

    /// Tells the claims of a page that were not retracted, by number where no order is named, without their evidence.
    pub fn each_claim<E: From<StoreError>>(
        &self,
        page: &Page,
        mut told: impl FnMut(ClaimRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut given = Conditions::default();
        let archived = "article IN (SELECT article FROM current_article WHERE archived = 1)";
        for filter in &page.filters {
            match filter {
                Filter::Open => given.add("open = 1"),
                Filter::Archived => given.add(archived),
                Filter::NotArchived => given.add(&archived.replace("= 1", "= 0")),
                Filter::Assigned(people) => {
                    let theirs = given.any(people);
                    given.add(&theirs);
                }
                Filter::Standing(standing) => given.with("standing = ?", standing.as_str().to_owned()),
                Filter::Words(words) => given.words(&CLAIMS, words),
                Filter::Article(article) => given.with("article = ?", article.bytes().to_vec()),
                Filter::Asked => given.add("open_queries > 0"),
                Filter::Tag(_) | Filter::State(_) | Filter::Assignee(_) => {
                    let why = "open, archived, assigned=NAME, status=STATUS, queries or words=TEXT";
                    return Err(StoreError::Unfiltered { what: "claims".into(), why: why.into() }.into());
                }
            }
        }
        let order = match page.sort {
            None | Some(Sort::Number) => "number",
            Some(Sort::Touched) => "touched DESC, number",
            Some(Sort::Open) => "open DESC, number",
            Some(Sort::Headline | Sort::Use | Sort::Date | Sort::Deadline | Sort::State) => {
                return Err(unordered("claims", "touched, number or open"));
            }
        };
        self.each(&given.statement(&CLAIMS, claim::COLUMNS, order, page), given.values, |r| {
            told(claim::read(r)?)
        })
    }

    /// Tells the sources of a page, in the order of their ids where none is named.
    pub fn each_source<E: From<StoreError>>(
        &self,
        page: &Page,
        mut told: impl FnMut(SourceId) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut given = Conditions::default();
        for filter in &page.filters {
            match filter {
                Filter::Words(words) => given.words(&SOURCES, words),
                Filter::Open
                | Filter::Archived
                | Filter::NotArchived
                | Filter::Assigned(_)
                | Filter::Standing(_)
                | Filter::Tag(_)
                | Filter::State(_)
                | Filter::Assignee(_)
                | Filter::Asked
                | Filter::Article(_) => {
                    return Err(
                        StoreError::Unfiltered { what: "sources".into(), why: "words=TEXT".into() }.into()
                    );
                }
            }
        }
        let order = match page.sort {
            None => "source",
            Some(Sort::Number) => "number",
            Some(Sort::Touched) => "touched DESC, number",
            Some(Sort::Headline) => "sort, number",
            Some(Sort::Use) => "uses DESC, number",
            Some(Sort::Open | Sort::Date | Sort::Deadline | Sort::State) => {
                return Err(unordered("sources", "touched, headline, number or use"));
            }
        };
        self.each(&given.statement(&SOURCES, "source", order, page), given.values, |r| {
            told(SourceId(uuid(r.get(0).map_err(StoreError::from)?)))
        })
    }

    fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        values: Vec<Value>,
        mut told: impl FnMut(&Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rows = self.db.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = rows.query(params_from_iter(values)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            told(row)?;
        }
        Ok(())
    }

    /// Whether an article stands that was put away, or one that was not.
    pub fn has_articles(&self, archived: bool) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM current_article WHERE archived = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([archived], |r| r.get(0))?)
    }

    /// How many articles stand.
    pub fn article_count(&self) -> Result<i64, StoreError> {
        Ok(self.db.prepare_cached("SELECT count(*) FROM current_article")?.query_row([], |r| r.get(0))?)
    }
}
