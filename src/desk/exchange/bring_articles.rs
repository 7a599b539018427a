//! Bringing in all articles of another desk, as its bundles with their histories: what somebody worked on alone before they
//! joined a shared desk.

use super::verify::import_bundle_from;
use crate::desk::{Desk, DeskError, ImportOutcome, headline};
use crate::{
    files,
    messages::message,
    model::{ArticleId, Role},
    store::Page,
};

/// What came of another desk's articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroughtArticles {
    /// Those that are here now, and were not before or had less.
    pub articles: Vec<ArticleId>,
    /// How many uses of withheld sources came as digests: their words stay in the other desk.
    pub withheld: usize,
    /// The headlines of those that did not come in, and why.
    pub left_out: Vec<(String, String)>,
}

impl Desk {
    /// Brings in every article of another desk, archived ones too. Who wrote what stays; the person of this desk is trusted to
    /// name a desk of theirs. An article that does not come in is listed, and the others come. What a bundle does not hold stays
    /// there: the words of withheld sources, contact details, sources that no article uses, drafts.
    pub fn bring_articles_of(&mut self, other: &Self) -> Result<BroughtArticles, DeskError> {
        let mut brought = BroughtArticles::default();
        for row in other.articles(&Page::whole())? {
            match self.bring_article(other, row.article) {
                Ok(true) => {
                    brought.articles.push(row.article);
                    brought.withheld += other.export_view(row.article)?.withheld;
                }
                Ok(false) => {}
                Err(why) => brought.left_out.push((headline_of(other, row.article), why.to_string())),
            }
        }
        self.introduce_as_at(other)?;
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
