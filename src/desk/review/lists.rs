//! Lists of the whole desk: articles, claims and sources, a page at a time or one after the other.

use crate::desk::{Desk, DeskError};
use crate::{
    model::{Fact, FactId, Noted, PersonId, Source, SourceId, Stamp, Standing, VerdictView, WorkState},
    store::{ArticleRow, ClaimRow, Filter, Page, StoreError},
};

/// The filters there are, as they are written.
const FILTERS: &str = "open, archived, queries, assigned=NAME, assignee=NAME, state=STATE, status=STATUS, tag=TAG or words=TEXT";

impl Desk {
    /// The articles of a page that stand, in the order they came in where no other is named.
    pub fn articles(&self, page: &Page) -> Result<Vec<ArticleRow>, DeskError> {
        let mut all = Vec::new();
        self.each_article(page, |row| {
            all.push(row);
            Ok::<_, DeskError>(())
        })?;
        Ok(all)
    }

    /// Every tag and hashtag of the desk's articles and how many have it, in the order of the alphabet.
    pub fn tags(&self) -> Result<Vec<(String, i64)>, DeskError> {
        Ok(self.store.tags()?)
    }

    /// Whether there is an article that was put away, or one that was not.
    pub fn has_articles(&self, archived: bool) -> Result<bool, DeskError> {
        Ok(self.store.has_articles(archived)?)
    }

    /// The sources of a page, in the order they came where no other is named.
    pub fn sources(&self, page: &Page) -> Result<Vec<Noted<Source>>, DeskError> {
        let mut all = Vec::new();
        self.each_source(page, |source| {
            all.push(source);
            Ok::<_, DeskError>(())
        })?;
        Ok(all)
    }

    /// Tells the articles of a page one after the other.
    pub fn each_article<E: From<DeskError>>(
        &self,
        page: &Page,
        mut told: impl FnMut(ArticleRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let asked = self.policy()?.bytes();
        let told = |row: ArticleRow| told(row.held_against(&asked)).map_err(Or::Caller);
        self.store.each_article(page, told).map_err(Or::either)
    }

    /// Tells the claims of a page one after the other: those of the whole desk that were not retracted, by number where no
    /// other order is named. Their evidence is not told.
    pub fn each_claim<E: From<DeskError>>(
        &self,
        page: &Page,
        mut told: impl FnMut(ClaimRow) -> Result<(), E>,
    ) -> Result<(), E> {
        self.store.each_claim(page, |row| told(row).map_err(Or::Caller)).map_err(Or::either)
    }

    /// Tells the sources of a page one after the other, in the order they came where no other is named.
    pub fn each_source<E: From<DeskError>>(
        &self,
        page: &Page,
        mut told: impl FnMut(Noted<Source>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut read = |source: SourceId| told(self.source(source)?);
        self.store.each_source(page, |source| read(source).map_err(Or::Caller)).map_err(Or::either)
    }

    /// The filter that is written so.
    pub fn filter(&self, given: &str) -> Result<Filter, DeskError> {
        match given.split_once('=') {
            None if given == "open" => Ok(Filter::Open),
            None if given == "archived" => Ok(Filter::Archived),
            None if given == "queries" => Ok(Filter::Asked),
            Some(("assigned", name)) => Ok(Filter::Assigned(self.all_named(name)?)),
            Some(("assignee", "none")) => Ok(Filter::Assignee(Vec::new())),
            Some(("assignee", name)) => Ok(Filter::Assignee(self.all_named(name)?)),
            Some(("state", "none")) => Ok(Filter::State(None)),
            Some(("state", slug)) => {
                Ok(Filter::State(Some(slug.parse::<WorkState>().map_err(DeskError::refused)?)))
            }
            Some(("tag", tag)) => Ok(Filter::Tag(tag.into())),
            Some(("status" | "standing", status)) => Ok(Filter::Standing(standing(status)?)),
            Some(("words", words)) => Ok(Filter::Words(words.into())),
            _ => Err(DeskError::refused(format!("'{given}' is not a filter; use {FILTERS}"))),
        }
    }

    /// Everybody of this name. Fails where there is nobody.
    fn all_named(&self, name: &str) -> Result<Vec<PersonId>, DeskError> {
        let people = self.store.people_named(name)?;
        if people.is_empty() {
            return Err(DeskError::refused(format!("nobody named '{name}' works at this desk")));
        }
        Ok(people.into_iter().map(|p| p.person).collect())
    }

    /// The verdict that a fact gives; none where it is no verdict that can be read.
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

/// Why a list broke off: reading failed, or whoever was told stopped it.
enum Or<E> {
    Store(StoreError),
    Caller(E),
}

impl<E: From<DeskError>> Or<E> {
    fn either(self) -> E {
        match self {
            Self::Store(e) => DeskError::from(e).into(),
            Self::Caller(e) => e,
        }
    }
}

impl<E> From<StoreError> for Or<E> {
    fn from(e: StoreError) -> Self {
        Self::Store(e)
    }
}

/// A claim's status by its slug or by the words people read.
fn standing(given: &str) -> Result<Standing, DeskError> {
    match given {
        "out-of-date" => Ok(Standing::Stale),
        "no-longer-in-text" => Ok(Standing::Orphaned),
        slug => slug.parse().map_err(DeskError::refused),
    }
}
