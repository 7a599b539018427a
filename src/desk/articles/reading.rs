//! An article at one revision: the state that follows from its facts, the revision, and its text.

use crate::{
    anchor::Reader,
    model::{ArticleId, ArticleState, Logged, RevisionView},
};
use std::sync::{Arc, OnceLock};

/// An article at one revision: its state, the revision and the text. Cloning it does not copy the text.
#[derive(Clone)]
pub struct Reading {
    /// Which article.
    pub article: ArticleId,
    /// The article's state, with the anchors of this revision and of the newest.
    pub state: Arc<ArticleState>,
    /// The revision that is read.
    pub revision: RevisionView,
    /// Its text.
    pub text: Arc<str>,
    /// Whether it is the newest.
    pub newest: bool,
    reader: Arc<OnceLock<Reader>>,
}

impl Reading {
    /// Builds a reading from its parts.
    pub(in crate::desk) fn new(
        article: ArticleId,
        state: Arc<ArticleState>,
        revision: RevisionView,
        text: Arc<str>,
        newest: bool,
    ) -> Self {
        Self { article, state, revision, text, newest, reader: Arc::default() }
    }

    /// The words and sentences of the text. They are found on first use and shared by all clones.
    pub(in crate::desk) fn reader(&self) -> &Reader {
        self.reader.get_or_init(|| Reader::new(&self.text, self.language()))
    }

    /// The language in the article's details, if it is there.
    pub(in crate::desk) fn language(&self) -> Option<&str> {
        self.revision.info.as_ref().and_then(|i| i.value.language.as_deref())
    }

    /// Sets changed details of the same revision. The text stays the same.
    pub(in crate::desk) fn set_details_of(&mut self, revision: RevisionView) {
        self.revision = revision;
        self.reader = Arc::default();
    }
}

/// The facts of live actions, each with its action.
pub(in crate::desk) fn live(
    log: &[Logged],
) -> impl Iterator<Item = (&crate::model::Action, &crate::model::Recorded)> {
    log.iter().filter(|l| l.live).flat_map(|l| l.facts.iter().map(|f| (&l.action, f)))
}
