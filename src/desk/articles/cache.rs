//! Articles cached in memory between calls: the newest revision, its text and the state folded from the log. A new action
//! on the article is added to the state. Any other change of the article's meaning makes the next call read it again.
//!
//! At most [`MAX_CACHED`] articles are cached, so memory does not grow with the desk.

use super::reading::live;
use crate::desk::{
    Desk, DeskError, Reading,
    error::{Missing, not_found},
};
use crate::{
    model::{ArticleId, ArticleState, Chain, Logged, PersonId, RevisionId},
    store::{Added, Wanted},
};
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

/// How many articles are cached.
const MAX_CACHED: usize = 6;

/// An article as it was last read.
pub(in crate::desk) struct Cached {
    /// The desk's newest seq at that time.
    seq: i64,
    /// The chains of the people and sources that it names. Its state includes them.
    names: HashSet<Chain>,
    /// Its newest revision. The state has only the anchors of that revision.
    reading: Reading,
}

/// The cached articles. The one used last is at the end.
#[derive(Default)]
pub(in crate::desk) struct Cache(Vec<Cached>);

impl Cache {
    fn take(&mut self, article: ArticleId) -> Option<Cached> {
        let at = self.0.iter().position(|c| c.reading.article == article)?;
        Some(self.0.remove(at))
    }

    fn put(&mut self, cached: Cached) {
        self.0.push(cached);
        if self.0.len() > MAX_CACHED {
            self.0.remove(0);
        }
    }

    /// Removes what was read after `seq`, because that transaction was rolled back.
    pub fn forget_after(&mut self, seq: i64) {
        self.0.retain(|c| c.seq <= seq);
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Desk {
    /// The article's newest revision. Fails if the article was undone.
    pub(in crate::desk) fn newest_reading(&self, article: ArticleId) -> Result<Reading, DeskError> {
        let seq = self.store.last_seq()?;
        let cached_before = self.cache.borrow_mut().take(article);
        let cached = match cached_before {
            Some(cached) if cached.seq == seq => cached,
            Some(cached) if self.is_current(&cached)? => Cached { seq, ..cached },
            _ => self.read_anew(article, seq)?,
        };
        let answer = cached.reading.clone();
        self.cache.borrow_mut().put(cached);
        Ok(answer)
    }

    /// Whether no action since then changed the article or the people and sources it names.
    fn is_current(&self, cached: &Cached) -> Result<bool, DeskError> {
        let own = Chain::Article(cached.reading.article);
        let changed = self.store.chains_changed_since(cached.seq)?;
        Ok(!changed.iter().any(|t| *t == own || cached.names.contains(t)))
    }

    fn read_anew(&self, article: ArticleId, seq: i64) -> Result<Cached, DeskError> {
        let revisions = self.store.live_revisions(Chain::Article(article))?;
        let newest = revisions.last().copied().ok_or_else(|| not_found(Missing::Article, article))?;
        let own = self.store.log(Chain::Article(article), &Wanted::AnchorsOf(vec![newest]))?;
        let names = named_chains(&own);
        let state = ArticleState::of(live(&self.with_named_chains(own)?));
        let gone = || not_found(Missing::Article, article);
        let revision = state.newest().cloned().ok_or_else(gone)?;
        let text = self.store.text(&revision.revision.text)?.into();
        let reading = Reading::new(article, Arc::new(state), revision, text, true);
        Ok(Cached { seq, names, reading })
    }

    /// The logs of the people and sources that an article names, followed by the article's own log.
    pub(in crate::desk) fn with_named_chains(&self, own: Vec<Logged>) -> Result<Vec<Logged>, DeskError> {
        let mut log = Vec::new();
        for chain in BTreeSet::from_iter(named_chains(&own)) {
            log.extend(self.store.log(chain, &Wanted::All)?);
        }
        log.extend(own);
        Ok(log)
    }

    /// Adds a new action to the article's cached state and returns the article as it is now. Reads the article again if
    /// it is not cached or its state cannot be continued.
    pub(in crate::desk) fn reading_after(
        &self,
        article: ArticleId,
        added: &Added,
    ) -> Result<Reading, DeskError> {
        let cached_before = self.cache.borrow_mut().take(article);
        let Some(mut cached) = cached_before.filter(|c| c.seq < added.seq) else {
            return self.newest_reading(article);
        };
        if !self.is_current_but_for(&cached, added)? || !self.follow(&mut cached, &added.logged)? {
            return self.newest_reading(article);
        }
        let answer = cached.reading.clone();
        self.cache.borrow_mut().put(Cached { seq: added.seq, ..cached });
        Ok(answer)
    }

    /// Whether this is the only action since then that concerns the article. Its author may have been introduced with it.
    fn is_current_but_for(&self, cached: &Cached, added: &Added) -> Result<bool, DeskError> {
        let own = added.logged.action.chain;
        let next = added.seq == cached.seq + 1;
        let between = if next { 0 } else { self.store.actions_between(own, cached.seq, added.seq)? };
        let changed = self.store.chains_changed_since(cached.seq)?;
        Ok(between == 0 && !changed.iter().any(|t| *t != own && cached.names.contains(t)))
    }

    fn follow(&self, cached: &mut Cached, logged: &Logged) -> Result<bool, DeskError> {
        let state = Arc::make_mut(&mut cached.reading.state);
        for chain in named_chains(std::slice::from_ref(logged)) {
            if cached.names.insert(chain) {
                state.add_shared(live(&self.store.log(chain, &Wanted::All)?));
            }
        }
        if !state.append(&logged.action, &logged.facts) {
            return Ok(false);
        }
        let Some(newest) = state.newest().cloned() else { return Ok(false) };
        if newest.id != cached.reading.revision.id {
            state.retain_anchors_of(newest.id);
            let text = self.store.text(&newest.revision.text)?.into();
            cached.reading =
                Reading::new(cached.reading.article, Arc::clone(&cached.reading.state), newest, text, true);
        } else if newest.info != cached.reading.revision.info {
            cached.reading.set_details_of(newest);
        }
        Ok(true)
    }
}

/// The people and sources that an article's log names.
pub(in crate::desk) fn named_chains(log: &[Logged]) -> HashSet<Chain> {
    let person = |id: PersonId| Chain::Person(id);
    let mut names: HashSet<Chain> = log.iter().map(|l| person(l.action.person)).collect();
    for fact in log.iter().flat_map(|l| &l.facts).filter_map(|f| f.fact()) {
        names.extend(fact.named_chain());
    }
    names
}

/// The anchors that a reading of `revision` needs.
pub(in crate::desk) fn anchors_for(revision: RevisionId, newest: RevisionId) -> Wanted {
    Wanted::AnchorsOf(vec![revision, newest])
}
