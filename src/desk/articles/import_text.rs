//! Bringing an article in: looked at first, corrected, then recorded with the bytes it came as.

use crate::desk::{Clock, Desk, DeskError, Done, NewFile, StoredFile, read_article};
use crate::{
    model::{
        ActionKind, Article, ArticleId, Chain, Digest, Fact, Info, InfoAt, NumberKind, Original, Proposal,
        ReadOptions, Revision, RevisionId,
    },
    store::ImportDraft,
    text::normalise,
};
use uuid::Uuid;

/// What bringing bytes in would make of them.
#[derive(Debug)]
pub struct Preview {
    /// The kept bytes; give it back to confirm.
    pub draft: Uuid,
    /// The file's name.
    pub name: String,
    /// What was recognised.
    pub proposal: Proposal,
    /// The article that came of the same bytes, where there is one.
    pub existing: Option<ArticleId>,
}

/// An article that was brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Which.
    pub article: ArticleId,
    /// Its first revision.
    pub revision: RevisionId,
}

impl Desk {
    /// Keeps bytes and says what they would become. Nothing is recorded yet.
    pub fn preview(&self, name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Preview, DeskError> {
        let draft = ImportDraft { id: self.fresh(), name: name.into(), bytes };
        self.store.save_import(&draft, self.clock.now())?;
        self.propose(draft, options)
    }

    /// Says what kept bytes would become with other choices.
    pub fn preview_again(&self, draft: Uuid, options: &ReadOptions) -> Result<Preview, DeskError> {
        self.propose(self.kept(draft)?, options)
    }

    /// Brings kept bytes in, with the text and info as they were corrected, and says which article came of them. Where one
    /// came of the same bytes before, it is that one, unless they are brought in `again`.
    pub fn confirm(
        &mut self,
        draft: Uuid,
        text: &str,
        info: Info,
        again: bool,
    ) -> Result<ArticleId, DeskError> {
        let ImportDraft { name, bytes, .. } = self.kept(draft)?;
        self.keeping(&[NewFile::new(&name, bytes)], |desk, stored| {
            // Another program may have imported it while its bytes were put away.
            desk.kept(draft)?;
            if let Some(existing) = desk.existing(&stored[0].digest)?.filter(|_| !again) {
                return Ok(existing);
            }
            let done = desk.bring_stored(&stored[0], text, info)?;
            desk.store.drop_import(draft)?;
            Ok(done.value.article)
        })
    }

    /// Forgets kept bytes.
    pub fn discard_import(&self, draft: Uuid) -> Result<(), DeskError> {
        Ok(self.store.drop_import(draft)?)
    }

    /// The article that came of the same bytes and stands.
    pub fn existing(&self, bytes: &Digest) -> Result<Option<ArticleId>, DeskError> {
        Ok(self.store.article_of_original(bytes)?)
    }

    /// Records an article with the bytes it came as.
    pub fn bring(
        &mut self,
        name: &str,
        bytes: &[u8],
        text: &str,
        info: Info,
    ) -> Result<Done<Imported>, DeskError> {
        let original = NewFile::new(name, bytes.to_vec());
        self.keeping(&[original], |desk, stored| desk.bring_stored(&stored[0], text, info))
    }

    /// Records an article with the file it came as. [`Desk::keeping`] puts that where it is kept before the desk is kept from
    /// writing anything else.
    pub fn bring_stored(
        &mut self,
        original: &StoredFile,
        text: &str,
        info: Info,
    ) -> Result<Done<Imported>, DeskError> {
        let text = normalise(text);
        if text.trim().is_empty() {
            return Err(DeskError::refused("the article has no text left; keep some text, then import it"));
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
            DeskError::NeedsEncoding { why, .. } => DeskError::NeedsEncoding { why, draft: Some(draft.id) },
            other => other,
        })?;
        let existing = self.existing(&Digest::of(&draft.bytes))?;
        Ok(Preview { draft: draft.id, name: draft.name, proposal, existing })
    }

    fn kept(&self, draft: Uuid) -> Result<ImportDraft, DeskError> {
        let gone = || DeskError::refused("this import is no longer kept; import the file again");
        self.store.import_draft(draft)?.ok_or_else(gone)
    }
}
