//! Pages of articles, claims and sources. Order and filters are SQL, and each order has an index.

use super::{
    super::{Store, StoreError, journal::actions::uuid},
    ArticleRow, ClaimRow, article, claim,
    words::{ARTICLES, CLAIMS, List, SOURCES, folded, is_indexed},
};
use crate::model::{ArticleId, PersonId, SourceId, Standing, WorkState, slugs};
use rusqlite::{Row, ToSql, params_from_iter};
use std::rc::Rc;

slugs! {
    /// How a list is sorted.
    Sort, "order", {
        /// The newest first.
        Touched = "touched",
        /// By headline, or a source's title.
        Headline = "headline",
        /// By number.
        Number = "number",
        /// The most open items first.
        Open = "open",
        /// The most used first.
        Use = "use",
        /// By date of publication, the newest first; articles without one come last.
        Date = "date",
        /// By deadline, the next first; articles without one come last.
        Deadline = "deadline",
        /// By status: checking, with the writer, ready, out, none; within each the newest first.
        State = "state",
    }
}

/// A filter of a list. Several filters must all match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Articles and claims with open items.
    Open,
    /// Archived articles, and their claims.
    Archived,
    /// Articles that are not archived, and their claims.
    NotArchived,
    /// Claims assigned to one of these people, and articles with such a claim.
    Assigned(Vec<PersonId>),
    /// Claims of that standing, and articles with such a claim.
    Standing(Standing),
    /// Items that contain each of these words.
    Words(String),
    /// The claims of one article.
    Article(ArticleId),
    /// Articles with this tag or hashtag, in upper or lower case.
    Tag(String),
    /// Articles with this status; `None` for those without one.
    State(Option<WorkState>),
    /// Articles assigned to one of these people; if the list is empty, articles assigned to no one.
    Assignee(Vec<PersonId>),
    /// Articles with open queries.
    Asked,
    /// Claims that are open because their sentence changed, and articles with such a claim.
    Context,
}

/// A part of a list, and its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The order; `None` for the list's own order.
    pub sort: Option<Sort>,
    /// The filters.
    pub filters: Vec<Filter>,
    /// How many items are skipped.
    pub skip: usize,
    /// The most items on the page.
    pub most: usize,
}

impl Page {
    /// The whole list in its own order.
    pub fn whole() -> Self {
        Self { sort: None, filters: Vec::new(), skip: 0, most: usize::MAX }
    }
}

/// Conditions of a statement and their values.
#[derive(Default)]
struct Conditions {
    sql: Vec<String>,
    values: Vec<Box<dyn ToSql>>,
    /// Whether few rows match, so that they are looked up and then sorted.
    few: bool,
}

impl Conditions {
    fn add(&mut self, sql: &str) {
        self.sql.push(sql.into());
    }

    /// Adds a condition with one value. `?` marks the value.
    fn with(&mut self, sql: &str, value: impl ToSql + 'static) {
        self.values.push(Box::new(value));
        self.sql.push(sql.replace('?', &format!("?{}", self.values.len())));
    }

    /// The condition that something is assigned to one of these people.
    fn assigned_to(&mut self, people: &[PersonId]) -> String {
        let mut marks = Vec::new();
        for person in people {
            self.values.push(Box::new(person.bytes()));
            marks.push(format!("?{}", self.values.len()));
        }
        format!("assignee IN ({})", marks.join(", "))
    }

    /// Adds the condition that rows contain each of these words.
    fn words(&mut self, store: &Store, list: &List, words: &str) -> Result<(), StoreError> {
        let (mut read, indexed): (Vec<&str>, Vec<&str>) =
            words.split_whitespace().partition(|w| !is_indexed(w));
        match store.few_with(list, &indexed)? {
            Some(found) => {
                self.few = true;
                self.with("id IN rarray(?)", Rc::new(found.ids));
                read.extend(found.unread);
            }
            None => read.extend(indexed),
        }
        read.into_iter().for_each(|word| self.with(&list.holds(), folded(word)));
        Ok(())
    }

    fn statement(&self, list: &List, columns: &str, order: &str, page: &Page) -> String {
        let conditions =
            if self.sql.is_empty() { String::new() } else { format!("WHERE {}", self.sql.join(" AND ")) };
        let most = i64::try_from(page.most).unwrap_or(-1);
        // + stops SQLite from reading the index of the order instead.
        let sorted = if self.few { "+" } else { "" };
        format!(
            "SELECT {columns} FROM {} {conditions} ORDER BY {sorted}{order} LIMIT {most} OFFSET {}",
            list.table, page.skip
        )
    }
}

/// Whether a filter of articles has its own index and finds few articles.
fn finds_few(filter: &Filter) -> bool {
    match filter {
        Filter::Tag(_) | Filter::State(Some(_)) | Filter::Asked | Filter::Context => true,
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
    /// Calls `visit` for each article of a page, by number if no order is named. It does not load the whole page into
    /// memory.
    pub fn each_article<E: From<StoreError>>(
        &self,
        page: &Page,
        mut visit: impl FnMut(ArticleRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut conditions = Conditions::default();
        // First of all filters, since the others depend on how many they find.
        for filter in &page.filters {
            if let Filter::Words(words) = filter {
                conditions.words(self, &ARTICLES, words)?;
            }
        }
        let few = conditions.few || page.filters.iter().any(finds_few);
        let by_touched = page.sort == Some(Sort::Touched);
        for filter in &page.filters {
            match filter {
                Filter::Open => conditions.add("(open > 0 OR claims = 0) AND archived = 0"),
                Filter::Archived => conditions.add("archived = 1"),
                // Most articles are not archived. With another order or filter the index on `archived` does not help, and +
                // stops SQLite from using it.
                Filter::NotArchived if by_touched && !few => conditions.add("archived = 0"),
                Filter::NotArchived => conditions.add("+archived = 0"),
                Filter::Assigned(people) => {
                    let theirs = conditions.assigned_to(people);
                    conditions.add(&format!("article IN (SELECT article FROM current_claim WHERE {theirs})"));
                }
                Filter::Standing(Standing::Unchecked) => conditions.add("unchecked > 0"),
                Filter::Standing(Standing::Checked) => conditions.add("checked > 0"),
                Filter::Standing(Standing::Stale) => conditions.add("stale > 0"),
                Filter::Standing(Standing::Orphaned) => conditions.add("orphaned > 0"),
                Filter::Words(_) => {}
                Filter::Article(article) => conditions.with("article = ?", article.bytes().to_vec()),
                Filter::Tag(tag) => {
                    let tagged = "article IN (SELECT article FROM current_tag WHERE tag = ?)";
                    conditions.with(tagged, tag.trim().to_lowercase());
                }
                Filter::State(state) => conditions.with("state = ?", article::state_number(*state)),
                Filter::Assignee(people) if people.is_empty() => conditions.add("assignee IS NULL"),
                Filter::Assignee(people) => {
                    let theirs = conditions.assigned_to(people);
                    conditions.add(&theirs);
                }
                Filter::Asked => conditions.add("open_queries > 0"),
                Filter::Context => conditions.add("context > 0"),
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
        let tagged = page.filters.iter().any(|f| matches!(f, Filter::Tag(_)));
        conditions.few |= tagged || (few && !by_touched);
        self.each(&conditions.statement(&ARTICLES, article::COLUMNS, order, page), conditions.values, |r| {
            visit(article::read(r).map_err(StoreError::from)?)
        })
    }

    /// Calls `visit` for each claim of a page that was not retracted, without its evidence, by number if no order is named.
    pub fn each_claim<E: From<StoreError>>(
        &self,
        page: &Page,
        mut visit: impl FnMut(ClaimRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut conditions = Conditions::default();
        let archived = "article IN (SELECT article FROM current_article WHERE archived = 1)";
        for filter in &page.filters {
            match filter {
                Filter::Open => conditions.add("open = 1"),
                Filter::Archived => conditions.add(archived),
                Filter::NotArchived => conditions.add(&archived.replace("= 1", "= 0")),
                Filter::Assigned(people) => {
                    let theirs = conditions.assigned_to(people);
                    conditions.add(&theirs);
                }
                Filter::Standing(standing) => conditions.with("standing = ?", standing.as_str().to_owned()),
                Filter::Words(words) => conditions.words(self, &CLAIMS, words)?,
                Filter::Article(article) => conditions.with("article = ?", article.bytes().to_vec()),
                Filter::Asked => conditions.add("open_queries > 0"),
                Filter::Context => conditions.add("context_changed > 0 AND context_open > 0"),
                Filter::Tag(_) | Filter::State(_) | Filter::Assignee(_) => {
                    let why = "open, context, archived, assigned=NAME, status=STATUS, queries or words=TEXT";
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
        self.each(&conditions.statement(&CLAIMS, claim::COLUMNS, order, page), conditions.values, |r| {
            visit(claim::read(r)?)
        })
    }

    /// Calls `visit` for each source of a page, in the order of ids if no order is named.
    pub fn each_source<E: From<StoreError>>(
        &self,
        page: &Page,
        mut visit: impl FnMut(SourceId) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut conditions = Conditions::default();
        for filter in &page.filters {
            match filter {
                Filter::Words(words) => conditions.words(self, &SOURCES, words)?,
                Filter::Open
                | Filter::Archived
                | Filter::NotArchived
                | Filter::Assigned(_)
                | Filter::Standing(_)
                | Filter::Tag(_)
                | Filter::State(_)
                | Filter::Assignee(_)
                | Filter::Asked
                | Filter::Context
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
        self.each(&conditions.statement(&SOURCES, "source", order, page), conditions.values, |r| {
            visit(SourceId(uuid(r.get(0).map_err(StoreError::from)?)))
        })
    }

    fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        values: Vec<Box<dyn ToSql>>,
        mut visit: impl FnMut(&Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rows = self.db.prepare_cached(sql).map_err(StoreError::from)?;
        let mut rows = rows.query(params_from_iter(values)).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            visit(row)?;
        }
        Ok(())
    }

    /// Whether there is an article that is archived, or one that is not.
    pub fn has_articles(&self, archived: bool) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM current_article WHERE archived = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([archived], |r| r.get(0))?)
    }

    /// How many articles there are.
    pub fn article_count(&self) -> Result<i64, StoreError> {
        Ok(self.db.prepare_cached("SELECT count(*) FROM current_article")?.query_row([], |r| r.get(0))?)
    }
}
