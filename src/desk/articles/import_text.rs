//! Importing an article: a person reviews and corrects what was read, then it is recorded with the original bytes.

use super::from_file::{ImportedText, pictures_with_bytes};
use crate::desk::{
    Clock, Desk, DeskError, Done, NewFile, StoredFile, act::Act, read_article, refuse_no_article,
};
use crate::{
    formats::article,
    messages::message,
    model::{
        ActionKind, Article, ArticleId, Chain, ChangesAs, Digest, Fact, Info, InfoAt, NumberKind, Original,
        Progress, Proposal, ReadOptions, Revision, RevisionId,
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

/// What a file holds besides the text of its article, to be recorded with it.
#[derive(Debug, Default)]
pub struct ImportContent {
    /// The file as it is read with its changes waiting; none if only its text is recorded.
    read: Option<Proposal>,
    /// Whether its changes are accepted with the import.
    accepted: bool,
}

impl ImportContent {
    /// Reads what the file holds. If its changes are to be accepted, it is read once more with them waiting.
    pub fn read(bytes: &[u8], options: &ReadOptions, progress: &dyn Progress) -> Result<Self, DeskError> {
        let accepted = options.changes == ChangesAs::Accept;
        let changes = if accepted { ChangesAs::Pending } else { options.changes };
        Ok(Self::of(read_article(bytes, &ReadOptions { changes, ..options.clone() }, progress)?, accepted))
    }

    /// The same for a file that was read already.
    pub fn of_read(
        bytes: &[u8],
        read: &Proposal,
        options: &ReadOptions,
        progress: &dyn Progress,
    ) -> Result<Self, DeskError> {
        match options.changes {
            ChangesAs::Accept => Self::read(bytes, options, progress),
            ChangesAs::Pending | ChangesAs::Reject => Ok(Self::of(read.clone(), false)),
        }
    }

    /// What a proposal holds, with its changes waiting; `accepted` says whether they are accepted with the import.
    pub fn of(read: Proposal, accepted: bool) -> Self {
        let nothing = read.changes.is_empty() && read.comments.is_empty() && read.pictures.is_empty();
        Self { read: (!nothing).then_some(read), accepted }
    }

    /// The files to store: the original, and the pictures in it.
    pub fn files(&self, name: &str, bytes: Vec<u8>) -> Vec<NewFile> {
        let original = NewFile::new(name, bytes);
        let pictures = self.read.iter().flat_map(pictures_with_bytes);
        let pictures = pictures.map(|(p, bytes)| NewFile::new(&file_name(&p.name), bytes.clone()));
        [original].into_iter().chain(pictures).collect()
    }
}

/// The options by which a file of that name is read.
pub(in crate::desk) fn with_markdown(name: &str, options: &ReadOptions) -> ReadOptions {
    ReadOptions { markdown: options.markdown || article::is_markdown(name), ..options.clone() }
}

/// The name of a picture without its folder.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    if last.is_empty() { "picture".into() } else { last.into() }
}

/// Records a revision with this text and its details, before the article can be read. `before` is the revision it was made from, with
/// its text.
fn record_text(
    act: &mut Act,
    (article, revision): (ArticleId, RevisionId),
    before: Option<(RevisionId, Digest)>,
    text: &str,
    info: Info,
) -> Result<Digest, DeskError> {
    let digest = act.tx().put_text(text, before.map(|(_, digest)| digest))?;
    let parents = before.map(|(id, _)| id).into_iter().collect();
    let (bytes, note, restores) = (text.len(), None, None);
    act.record(Fact::Revision(Revision { revision, article, parents, text: digest, bytes, note, restores }));
    act.record(Fact::InfoAt(InfoAt { revision, info }));
    act.tx().give_number(NumberKind::Revision(article.0), revision.0)?;
    Ok(digest)
}

impl Desk {
    /// Stores bytes and returns what they would become. Nothing is recorded yet, and nothing is stored if the reading is stopped.
    pub fn preview(&self, name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Preview, DeskError> {
        refuse_no_article(&bytes, options)?;
        let draft = ImportDraft { id: self.fresh(), name: name.into(), bytes };
        let options = with_markdown(name, options);
        let read = read_article(&draft.bytes, &options, &*self.progress());
        let read = match read {
            Err(e) if e.is_cancelled() => return Err(e),
            read => read,
        };
        self.store.save_import(&draft, self.clock.now())?;
        self.proposed(draft, options, read)
    }

    /// Returns what stored bytes would become with other options.
    pub fn preview_again(&self, draft: Uuid, options: &ReadOptions) -> Result<Preview, DeskError> {
        let draft = self.stored_draft(draft)?;
        let options = with_markdown(&draft.name, options);
        let read = read_article(&draft.bytes, &options, &*self.progress());
        self.proposed(draft, options, read)
    }

    /// Imports stored bytes with the corrected text and details, and returns the article. `options` are those of the preview; by them
    /// the file is read again for what it holds besides its text. If an article was already imported from the same bytes, that one is
    /// returned, unless `again` is set.
    pub fn confirm(
        &mut self,
        draft: Uuid,
        text: &str,
        info: Info,
        again: bool,
        options: &ReadOptions,
    ) -> Result<ArticleId, DeskError> {
        let ImportDraft { name, bytes, .. } = self.stored_draft(draft)?;
        let read = with_markdown(&name, options);
        let held = match ImportContent::read(&bytes, &read, &*self.progress()) {
            // The person confirmed the text itself, and a text holds nothing else.
            Err(DeskError::NeedsEncoding { .. }) => ImportContent::default(),
            read => read?,
        };
        self.keeping(&held.files(&name, bytes), |desk, stored| {
            // Another program may have imported it while its bytes were stored.
            desk.stored_draft(draft)?;
            if let Some(existing) = desk.existing(&stored[0].digest)?.filter(|_| !again) {
                return Ok(existing);
            }
            let done = desk.import_held(stored, &held, text, info)?;
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
        self.import_held(std::slice::from_ref(original), &ImportContent::default(), text, info)
    }

    /// Records an article with what its file holds besides the text, in one action. `stored` are the files of
    /// [`ImportContent::files`]. Where the file's changes are accepted, `text` is the text with them, and the first revision is the
    /// text before them.
    pub fn import_held(
        &mut self,
        stored: &[StoredFile],
        held: &ImportContent,
        text: &str,
        info: Info,
    ) -> Result<Done<Imported>, DeskError> {
        let [original, pictures @ ..] = stored else {
            return Err(DeskError::refused(message!("refused_import_gone")));
        };
        let text = normalise(text);
        if text.trim().is_empty() {
            let all_added = held.read.as_ref().is_some_and(|read| !read.changes.is_empty());
            return Err(DeskError::refused(match all_added {
                true => message!("refused_import_only_changes"),
                false => message!("refused_import_empty"),
            }));
        }
        let (article, mut revision) = (ArticleId(self.fresh()), RevisionId(self.fresh()));
        let file = (original.digest, original.name.as_str());
        self.act(ActionKind::Import, Chain::Article(article), |act| {
            act.keep(original)?;
            let original = Some(Original { digest: original.digest, name: original.name.clone() });
            act.record(Fact::Article(Article { article, original }));
            act.tx().give_number(NumberKind::Article, article.0)?;
            let Some(read) = &held.read else {
                record_text(act, (article, revision), None, &text, info)?;
                return Ok(Imported { article, revision });
            };
            let accepted = held.accepted && !read.changes.is_empty();
            let first = if accepted { normalise(&read.text) } else { text.clone() };
            let digest = record_text(act, (article, revision), None, &first, info.clone())?;
            let imported = ImportedText { article, revision, text: &first, file };
            let recorded = imported.record(act, read, pictures)?;
            if accepted {
                let next = RevisionId(act.desk().fresh());
                record_text(act, (article, next), Some((revision, digest)), &text, info)?;
                imported.record_accepted(act, next, &text, &recorded);
                revision = next;
            }
            Ok(Imported { article, revision })
        })
    }

    fn proposed(
        &self,
        draft: ImportDraft,
        options: ReadOptions,
        read: Result<Proposal, DeskError>,
    ) -> Result<Preview, DeskError> {
        let proposal = read.map_err(|e| match e {
            DeskError::NeedsEncoding { why, guess, .. } => {
                DeskError::NeedsEncoding { why, guess, draft: Some(draft.id) }
            }
            other => other,
        })?;
        let existing = self.existing(&Digest::of(&draft.bytes))?;
        Ok(Preview { draft: draft.id, name: draft.name, options, proposal, existing })
    }

    /// The name and bytes of a stored import.
    pub fn draft_file(&self, draft: Uuid) -> Result<(String, Vec<u8>), DeskError> {
        let ImportDraft { name, bytes, .. } = self.stored_draft(draft)?;
        Ok((name, bytes))
    }

    fn stored_draft(&self, draft: Uuid) -> Result<ImportDraft, DeskError> {
        let gone = || DeskError::refused(message!("refused_import_gone"));
        self.store.import_draft(draft)?.ok_or_else(gone)
    }
}
