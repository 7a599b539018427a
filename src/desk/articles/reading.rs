//! An article as it is read: what its facts amount to, one revision, and that revision's text.

use crate::{
    anchor::Reader,
    model::{ArticleId, ArticleState, Logged, RevisionView},
};
use std::sync::{Arc, OnceLock};

/// One article as it is read: its picture, one revision of it, and that revision's text. Copying it copies no text.
#[derive(Clone)]
pub struct Reading {
    /// Which article.
    pub article: ArticleId,
    /// The picture, with the anchors of this revision and the newest.
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
    /// An article read at a revision.
    pub(in crate::desk) fn new(
        article: ArticleId,
        state: Arc<ArticleState>,
        revision: RevisionView,
        text: Arc<str>,
        newest: bool,
    ) -> Self {
        Self { article, state, revision, text, newest, reader: Arc::default() }
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
