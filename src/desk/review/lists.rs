//! Lists of the whole desk: articles, claims and sources, as pages or one by one.

use crate::desk::{Desk, DeskError};
use crate::{
    messages::message,
    model::{
        ArticleId, ClaimId, Fact, FactId, Noted, PersonId, Source, SourceId, Stamp, Standing, VerdictView,
        WorkState,
    },
    store::{ArticleRow, ClaimRow, Filter, Page, StoreError},
};

/// The filters as people write them.
const FILTERS: &str = "open, context, archived, queries, assigned=NAME, assignee=NAME, state=STATE, status=STATUS, tag=TAG or words=TEXT";

impl Desk {
    /// The live articles of a page, by default in the order they were imported.
    pub fn articles(&self, page: &Page) -> Result<Vec<ArticleRow>, DeskError> {
        let mut all = Vec::new();
        self.each_article(page, |row| {
            all.push(row);
            Ok::<_, DeskError>(())
        })?;
        Ok(all)
    }

    /// Every tag and hashtag of the desk's articles with the number of articles, in alphabetical order.
    pub fn tags(&self) -> Result<Vec<(String, i64)>, DeskError> {
        Ok(self.store.tags()?)
    }

    /// Whether there is an archived article, or one that is not archived.
    pub fn has_articles(&self, archived: bool) -> Result<bool, DeskError> {
        Ok(self.store.has_articles(archived)?)
    }

    /// The sources of a page, by default in the order they were added.
    pub fn sources(&self, page: &Page) -> Result<Vec<Noted<Source>>, DeskError> {
        let mut all = Vec::new();
        self.each_source(page, |source| {
            all.push(source);
            Ok::<_, DeskError>(())
        })?;
        Ok(all)
    }

    /// Passes the articles of a page to `visit` one by one.
    pub fn each_article<E: From<DeskError>>(
        &self,
        page: &Page,
        mut visit: impl FnMut(ArticleRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let asked = self.policy()?.bytes();
        let visit = |row: ArticleRow| visit(row.held_against(&asked)).map_err(ListError::Caller);
        self.store.each_article(page, visit).map_err(ListError::into_caller_error)
    }

    /// Passes the claims of a page to `visit` one by one: the live claims of the whole desk, by default by number, without
    /// their evidence.
    pub fn each_claim<E: From<DeskError>>(
        &self,
        page: &Page,
        mut visit: impl FnMut(ClaimRow) -> Result<(), E>,
    ) -> Result<(), E> {
        self.store
            .each_claim(page, |row| visit(row).map_err(ListError::Caller))
            .map_err(ListError::into_caller_error)
    }

    /// Passes the sources of a page to `visit` one by one, by default in the order they were added.
    pub fn each_source<E: From<DeskError>>(
        &self,
        page: &Page,
        mut visit: impl FnMut(Noted<Source>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut read = |source: SourceId| visit(self.source(source)?);
        self.store
            .each_source(page, |source| read(source).map_err(ListError::Caller))
            .map_err(ListError::into_caller_error)
    }

    /// Reads a filter.
    pub fn filter(&self, given: &str) -> Result<Filter, DeskError> {
        match given.split_once('=') {
            None if given == "open" => Ok(Filter::Open),
            None if given == "archived" => Ok(Filter::Archived),
            None if given == "queries" => Ok(Filter::Asked),
            None if given == "context" => Ok(Filter::Context),
            Some(("assigned", name)) => Ok(Filter::Assigned(self.ids_named(name)?)),
            Some(("assignee", "none")) => Ok(Filter::Assignee(Vec::new())),
            Some(("assignee", name)) => Ok(Filter::Assignee(self.ids_named(name)?)),
            Some(("state", "none")) => Ok(Filter::State(None)),
            Some(("state", slug)) => Ok(Filter::State(Some(
                slug.parse::<WorkState>().map_err(|e| DeskError::refused(e.message()))?,
            ))),
            Some(("tag", tag)) => Ok(Filter::Tag(tag.into())),
            Some(("status" | "standing", status)) => Ok(Filter::Standing(standing(status)?)),
            Some(("words", words)) => Ok(Filter::Words(words.into())),
            _ => Err(DeskError::refused(message!("refused_filter", given = given, filters = FILTERS))),
        }
    }

    /// Everybody with this name. Fails if there is nobody.
    fn ids_named(&self, name: &str) -> Result<Vec<PersonId>, DeskError> {
        let people = self.store.people_named(name)?;
        if people.is_empty() {
            self.refuse_if_like_known(name)?;
            return Err(DeskError::refused(message!("refused_nobody", name = name)));
        }
        Ok(people.into_iter().map(|p| p.person).collect())
    }

    /// The verdicts of a claim that are current side by side, the last one first; none where they agree.
    pub fn side_by_side(&self, article: ArticleId, claim: ClaimId) -> Result<Vec<VerdictView>, DeskError> {
        if !self.store.has_several_verdicts(claim)? {
            return Ok(Vec::new());
        }
        let reading = self.read(article, None)?;
        let view = reading.state.claim(claim);
        Ok(view.map(|v| v.side_by_side().into_iter().cloned().collect()).unwrap_or_default())
    }

    /// The verdict in a fact; none if the fact is no readable verdict.
    pub fn verdict(&self, fact: FactId) -> Result<Option<VerdictView>, DeskError> {
        let (Some(recorded), Some((action, _))) = (self.store.fact(fact)?, self.store.action_of_fact(fact)?)
        else {
            return Ok(None);
        };
        let stamp = Stamp { action: action.id, fact, by: action.person, at: action.at };
        Ok(match recorded.fact() {
            Some(Fact::Verdict(v)) => Some(VerdictView { verdict: v.clone(), stamp, current: true }),
            _ => None,
        })
    }
}

/// Why a list stopped: reading failed, or the caller stopped it.
enum ListError<E> {
    Store(StoreError),
    Caller(E),
}

impl<E: From<DeskError>> ListError<E> {
    fn into_caller_error(self) -> E {
        match self {
            Self::Store(e) => DeskError::from(e).into(),
            Self::Caller(e) => e,
        }
    }
}

impl<E> From<StoreError> for ListError<E> {
    fn from(e: StoreError) -> Self {
        Self::Store(e)
    }
}

/// A claim's status by its slug or by the words people read.
fn standing(given: &str) -> Result<Standing, DeskError> {
    match given {
        "out-of-date" => Ok(Standing::Stale),
        "no-longer-in-text" => Ok(Standing::Orphaned),
        slug => slug.parse().map_err(|e: crate::model::NotASlug| DeskError::refused(e.message())),
    }
}
