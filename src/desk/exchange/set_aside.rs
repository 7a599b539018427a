//! Setting aside what the shared desk refused, so that later work can be sent. What follows a refused action in its chain
//! cannot be sent either, because its digest covers the refused one.

use crate::desk::{Clock, Desk, DeskError};
use crate::{
    messages::message,
    model::{Action, ActionId, ArticleId, Chain, Digest, Fact, Recorded},
    store::{Draft, Unsent},
};
use std::collections::HashSet;

impl Desk {
    /// Sets the refused actions aside with everything that follows them. It stays in the history and does not count. The
    /// newest text among it becomes a draft of its article, if there is none. Returns how many actions that are.
    pub fn set_refused_aside(&mut self) -> Result<usize, DeskError> {
        let refused: HashSet<ActionId> = self.store.refused()?.iter().map(|r| r.action.id).collect();
        if refused.is_empty() {
            return Err(DeskError::NoChange(message!("unchanged_set_aside")));
        }
        let aside = self.with_followers(refused)?;
        let texts = self.texts_in(&aside)?;
        self.write::<_, DeskError>(|tx| Ok(tx.set_aside(&aside)?))?;
        self.cache.borrow_mut().clear();
        texts.into_iter().try_for_each(|(article, text)| self.keep_as_draft(article, text))?;
        Ok(aside.len())
    }

    /// The refused actions, and those that wait and follow, undo or belong to one of them.
    fn with_followers(&self, refused: HashSet<ActionId>) -> Result<Vec<Action>, DeskError> {
        let (mut ids, mut digests, mut all) = (refused, HashSet::<Digest>::new(), Vec::new());
        for action in self.store.unsent(usize::MAX >> 1, Unsent::Own)? {
            let leader = self.store.leader_of(action.id)?;
            let follows = action.parents.iter().any(|p| digests.contains(p))
                || [action.target, leader].into_iter().flatten().any(|id| ids.contains(&id));
            if follows || ids.contains(&action.id) {
                ids.insert(action.id);
                digests.insert(action.digest());
                all.push(action);
            }
        }
        Ok(all)
    }

    /// The newest text of each article among these actions.
    fn texts_in(&self, actions: &[Action]) -> Result<Vec<(ArticleId, String)>, DeskError> {
        let mut texts: Vec<(ArticleId, String)> = Vec::new();
        for action in actions {
            let Chain::Article(article) = action.chain else { continue };
            for fact in self.store.facts_of(action.id)?.iter().filter_map(Recorded::fact) {
                if let Fact::Revision(r) = fact {
                    texts.retain(|(of, _)| *of != article);
                    texts.push((article, self.store.text(&r.text)?));
                }
            }
        }
        Ok(texts)
    }

    fn keep_as_draft(&self, article: ArticleId, text: String) -> Result<(), DeskError> {
        let Ok(base) = self.newest(article) else { return Ok(()) };
        match self.store.draft(article)? {
            Some(_) => Ok(()),
            None => {
                let draft = Draft { article, base, text, changes: None, at: self.clock.now() };
                Ok(self.store.save_draft(&draft)?)
            }
        }
    }
}
