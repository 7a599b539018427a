//! Importing an article: a person reviews and corrects what was read, then it is recorded with the original bytes.

use crate::desk::{Clock, Desk, DeskError, Done, NewFile, StoredFile, read_article};
use crate::{
    messages::message,
    model::{
        ActionKind, Article, ArticleId, Chain, Digest, Fact, Info, InfoAt, NumberKind, Original, Proposal,
        ReadOptions, Revision, RevisionId,
    },
    store::ImportDraft,
    text::normalise,
};
use uuid::Uuid;

/// What importing some bytes would record.
#[derive(Debug)]
pub struct Preview {
    /// The stored bytes. Pass it to [`Desk::confirm`].
    pub draft: Uuid,
    /// The file's name.
    pub name: String,
    /// How it was read.
    pub options: ReadOptions,
    /// The text and details that were recognised.
    pub proposal: Proposal,
    /// The article that was imported from the same bytes, if there is one.
    pub existing: Option<ArticleId>,
}

/// An article that was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The article.
    pub article: ArticleId,
    /// Its first revision.
    pub revision: RevisionId,
}

impl Desk {
    /// Stores bytes and returns what they would become. Nothing is recorded yet.
    pub fn preview(&self, name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Preview, DeskError> {
        let draft = ImportDraft { id: self.fresh(), name: name.into(), bytes };
        self.store.save_import(&draft, self.clock.now())?;
        self.propose(draft, options)
    }

    /// Returns what stored bytes would become with other options.
    pub fn preview_again(&self, draft: Uuid, options: &ReadOptions) -> Result<Preview, DeskError> {
        self.propose(self.stored_draft(draft)?, options)
    }

    /// Imports stored bytes with the corrected text and details, and returns the article. If an article was already
    /// imported from the same bytes, that one is returned, unless `again` is set.
    pub fn confirm(
        &mut self,
        draft: Uuid,
        text: &str,
        info: Info,
        again: bool,
    ) -> Result<ArticleId, DeskError> {
        let ImportDraft { name, bytes, .. } = self.stored_draft(draft)?;
        self.keeping(&[NewFile::new(&name, bytes)], |desk, stored| {
            // Another program may have imported it while its bytes were stored.
            desk.stored_draft(draft)?;
            if let Some(existing) = desk.existing(&stored[0].digest)?.filter(|_| !again) {
                return Ok(existing);
            }
            let done = desk.import_stored(&stored[0], text, info)?;
            desk.store.drop_import(draft)?;
            Ok(done.value.article)
        })
    }

    /// Removes stored bytes.
    pub fn discard_import(&self, draft: Uuid) -> Result<(), DeskError> {
        Ok(self.store.drop_import(draft)?)
    }

    /// The live article that was imported from the same bytes.
    pub fn existing(&self, bytes: &Digest) -> Result<Option<ArticleId>, DeskError> {
        Ok(self.store.article_of_original(bytes)?)
    }

    /// Records an article with its original bytes.
    pub fn import_article(
        &mut self,
        name: &str,
        bytes: &[u8],
        text: &str,
        info: Info,
    ) -> Result<Done<Imported>, DeskError> {
        let original = NewFile::new(name, bytes.to_vec());
        self.keeping(&[original], |desk, stored| desk.import_stored(&stored[0], text, info))
    }

    /// Records an article with its original file. [`Desk::keeping`] stores the file before it takes the write lock.
    pub fn import_stored(
        &mut self,
        original: &StoredFile,
        text: &str,
        info: Info,
    ) -> Result<Done<Imported>, DeskError> {
        let text = normalise(text);
        if text.trim().is_empty() {
            return Err(DeskError::refused(message!("refused_import_empty")));
        }
        let (article, revision) = (ArticleId(self.fresh()), RevisionId(self.fresh()));
        self.act(ActionKind::Import, Chain::Article(article), |act| {
            let store = act.tx();
            act.keep(original)?;
            let original = Some(Original { digest: original.digest, name: original.name.clone() });
            act.record(Fact::Article(Article { article, original }));
            let digest = store.put_text(&text, None)?;
            let (parents, note, restores) = (Vec::new(), None, None);
            let bytes = text.len();
            act.record(Fact::Revision(Revision {
                revision,
                article,
                parents,
                text: digest,
                bytes,
                note,
                restores,
            }));
            act.record(Fact::InfoAt(InfoAt { revision, info }));
            store.give_number(NumberKind::Article, article.0)?;
            store.give_number(NumberKind::Revision(article.0), revision.0)?;
            Ok(Imported { article, revision })
        })
    }

    fn propose(&self, draft: ImportDraft, options: &ReadOptions) -> Result<Preview, DeskError> {
        let markdown = draft.name.to_lowercase().ends_with(".md");
        let options = ReadOptions { markdown: options.markdown || markdown, ..options.clone() };
        let proposal = read_article(&draft.bytes, &options).map_err(|e| match e {
            DeskError::NeedsEncoding { why, guess, .. } => {
                DeskError::NeedsEncoding { why, guess, draft: Some(draft.id) }
            }
            other => other,
        })?;
        let existing = self.existing(&Digest::of(&draft.bytes))?;
        Ok(Preview { draft: draft.id, name: draft.name, options, proposal, existing })
    }

    fn stored_draft(&self, draft: Uuid) -> Result<ImportDraft, DeskError> {
        let gone = || DeskError::refused(message!("refused_import_gone"));
        self.store.import_draft(draft)?.ok_or_else(gone)
    }
}
