//! Bringing in all articles of another desk, as its bundles with their histories: what somebody worked on alone before they
//! joined a shared desk.

use super::verify::import_bundle_from;
use crate::desk::{Desk, DeskError, ImportOutcome, headline};
use crate::{
    files,
    messages::{Message, message},
    model::{ArticleId, Doing, Progress, Role},
    store::Page,
};
use std::{ops::ControlFlow, sync::Arc};

/// What came of another desk's articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroughtArticles {
    /// Those that are here now, and were not before or had less.
    pub articles: Vec<ArticleId>,
    /// How many uses of withheld sources came as digests: their words stay in the other desk.
    pub withheld: usize,
    /// The headlines of those that did not come in, and why.
    pub left_out: Vec<(String, Message)>,
    /// Whether a person stopped it. What is here by then stays, and the next time goes on with the rest.
    pub stopped: bool,
}

/// Tells the articles that were brought in instead of the steps of one.
struct ByArticle {
    whole: Arc<dyn Progress + Send + Sync>,
    done: u64,
    of: u64,
}

impl Progress for ByArticle {
    fn step(&self, _: Doing, _: u64, _: u64) -> ControlFlow<()> {
        self.whole.step(Doing::Bringing, self.done, self.of)
    }
}

impl Desk {
    /// Brings in every article of another desk, archived ones too. Who wrote what stays; the person of this desk is trusted to
    /// name a desk of theirs. An article that does not come in is listed, and the others come. What a bundle does not hold stays
    /// there: the words of withheld sources, contact details, sources that no article uses, drafts.
    pub fn bring_articles_of(&mut self, other: &Self) -> Result<BroughtArticles, DeskError> {
        let whole = self.progress();
        let brought = self.bring_each(other, &whole);
        self.set_progress(whole);
        let brought = brought?;
        // An article that comes later begins the chain of its people itself.
        if !brought.stopped {
            self.introduce_as_at(other)?;
        }
        Ok(brought)
    }

    fn bring_each(
        &mut self,
        other: &Self,
        whole: &Arc<dyn Progress + Send + Sync>,
    ) -> Result<BroughtArticles, DeskError> {
        let (mut brought, rows) = (BroughtArticles::default(), other.articles(&Page::whole())?);
        for (row, done) in rows.iter().zip(0..) {
            self.set_progress(Arc::new(ByArticle { whole: Arc::clone(whole), done, of: rows.len() as u64 }));
            match self.bring_article(other, row.article) {
                Ok(true) => {
                    brought.articles.push(row.article);
                    brought.withheld += other.export_view(row.article)?.withheld;
                }
                Ok(false) => {}
                Err(why) if why.is_cancelled() => {
                    brought.stopped = true;
                    break;
                }
                Err(why) => brought.left_out.push((headline_of(other, row.article), why.message())),
            }
        }
        Ok(brought)
    }

    /// Records who works here, if no article brought it along.
    fn introduce_as_at(&self, other: &Self) -> Result<(), DeskError> {
        let may = self.role()?.is_none_or(|role| role > Role::Reader);
        let Some(me) = self.my_id().filter(|_| may) else { return Ok(()) };
        match (self.person(me)?, other.person(me)?) {
            (None, Some(known)) => self.write::<_, DeskError>(|tx| self.introduce_fact(tx, known)),
            _ => Ok(()),
        }
    }

    /// Returns whether there was something to bring in.
    fn bring_article(&mut self, other: &Self, article: ArticleId) -> Result<bool, DeskError> {
        self.progress.at(Doing::Bringing, 0, 0)?;
        let path = files::unfinished_path(self.path());
        files::remove(&path)?;
        other.export_unrecorded(article, &other.target(&path, false)?, true)?;
        let outcome = import_bundle_from(self, &path, true, |_| None);
        files::remove(&path)?;
        match outcome {
            Ok(ImportOutcome::Done(_)) => Ok(true),
            Ok(ImportOutcome::Open(_)) => Err(DeskError::refused(message!("refused_bring_conflict"))),
            Err(DeskError::NoChange(_)) => Ok(false),
            Err(why) => Err(why),
        }
    }
}

fn headline_of(desk: &Desk, article: ArticleId) -> String {
    desk.read(article, None).map(|r| headline(&r.text)).unwrap_or_default()
}
