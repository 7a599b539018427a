//! Sources: each is added once, can be corrected later, and is used for many claims.

use super::mark::non_blank;
use crate::desk::{
    Desk, DeskError, Done, StoredFile, Target,
    act::Act,
    error::{Missing, not_found},
    storage::stored_files::Lost,
};
use crate::{
    formats::article::decode,
    messages::{Message, message},
    model::{
        ActionKind, Attachment, Blobs, Chain, Digest, DigestReader, Edtf, Fact, FactId, Noted, NumberKind,
        Source, SourceId, SourceKind,
    },
};
use std::io::{self, Read};

/// The fields of a source that a person sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceChange {
    /// What it is; a document by default.
    pub kind: Option<SourceKind>,
    /// Its title.
    pub title: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// When it was accessed.
    pub accessed: Option<Edtf>,
    /// Where it is.
    pub url: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// How far it can be relied on.
    pub reliability: Option<String>,
    /// Whether exports leave it out.
    pub withhold: bool,
    /// Whether its words never leave this file: the shared desk gets only their digests. Exports leave it out too. Once set,
    /// it stays.
    pub keep_here: bool,
}

impl From<Source> for SourceChange {
    /// The change that leaves a source as it is.
    fn from(s: Source) -> Self {
        Self {
            kind: Some(s.kind),
            title: s.title,
            authors: s.authors,
            publisher: s.publisher,
            published: s.published,
            accessed: s.accessed,
            url: s.url,
            note: s.note,
            reliability: s.reliability,
            withhold: s.withhold,
            keep_here: false,
        }
    }
}

/// The most bytes of an attached file that are shown as text: 4 MiB.
const MAX_SHOWN: u64 = 4 << 20;

impl Desk {
    /// Adds a source with its files, which [`Desk::keeping`] stored.
    pub fn add_source(
        &mut self,
        change: SourceChange,
        files: &[StoredFile],
    ) -> Result<Done<SourceId>, DeskError> {
        let source = SourceId(self.fresh());
        let keep_here = change.keep_here;
        let fact = change.into_source(source, Vec::new())?;
        self.act(ActionKind::AddSource, Chain::Source(source), |act| {
            if keep_here {
                act.tx().keep_here(source)?;
            }
            let files = with_files(act, Vec::new(), files)?;
            act.record(Fact::Source(Source { files, ..fact }));
            act.tx().give_number(NumberKind::Source, source.0)?;
            Ok(source)
        })
    }

    /// Corrects a source: sets its fields and adds `files` to its files.
    pub fn edit_source(
        &mut self,
        source: SourceId,
        change: SourceChange,
        files: &[StoredFile],
    ) -> Result<Done<()>, DeskError> {
        let (known, facts) = self.source_and_facts(source)?;
        let is_kept = self.is_kept_here(source)?;
        let is_new_here = change.keep_here && !is_kept;
        // Before other reasons: what a person gets told first is that it is too late.
        if is_new_here && self.store.may_be_on_a_hub(source)? {
            return Err(too_late_to_keep());
        }
        let next = SourceChange { keep_here: change.keep_here || is_kept, ..change };
        let next = next.into_source(source, known.value.files.clone())?;
        if !next.withhold && self.state_of(Chain::Source(source))?.is_withheld_elsewhere(source) {
            return Err(DeskError::refused(message!("refused_withheld_elsewhere")));
        }
        // An export includes the whole history of a source, with every conversation.
        if !next.withhold && self.interviews(source)?.iter().any(|i| i.value.terms.withholds()) {
            return Err(DeskError::refused(message!("refused_withheld_confidential")));
        }
        if next == known.value && files.is_empty() && !is_new_here {
            return Err(DeskError::NoChange(message!("unchanged_source")));
        }
        self.replace_source(next, facts, files, is_new_here)
    }

    /// Whether the words of a source never leave this file.
    pub fn is_kept_here(&self, source: SourceId) -> Result<bool, DeskError> {
        Ok(self.store.is_kept_here(source)?)
    }

    /// Attaches stored files to a source.
    pub fn attach(&mut self, source: SourceId, files: &[StoredFile]) -> Result<Done<()>, DeskError> {
        let (known, facts) = self.source_and_facts(source)?;
        self.replace_source(known.value, facts, files, false)
    }

    /// Records a source anew, and that it is kept here from now on if `keeps`. Fails if a hub may have it by now.
    fn replace_source(
        &mut self,
        next: Source,
        facts: Vec<FactId>,
        files: &[StoredFile],
        keeps: bool,
    ) -> Result<Done<()>, DeskError> {
        let source = next.source;
        self.act(ActionKind::EditSource, Chain::Source(source), |act| {
            // Asked again under the write lock: a round may have handed it to the hub meanwhile.
            if keeps && act.tx().may_be_on_a_hub(source)? {
                return Err(too_late_to_keep());
            }
            if keeps {
                act.tx().keep_here(source)?;
            }
            let files = with_files(act, next.files.clone(), files)?;
            act.replace(Fact::Source(Source { files, ..next }), facts);
            Ok(())
        })
    }

    /// How many live pieces of evidence use a source.
    pub fn source_uses(&self, source: SourceId) -> Result<i64, DeskError> {
        Ok(self.store.source_row(source)?.map_or(0, |(_, uses)| uses))
    }

    /// Removes a file from a source. The history still has it.
    pub fn detach(&mut self, source: SourceId, digest: Digest) -> Result<Done<()>, DeskError> {
        let (known, facts) = self.source_and_facts(source)?;
        let mut next = known.value.clone();
        next.files.retain(|f| f.digest != digest);
        self.act(ActionKind::EditSource, Chain::Source(source), |act| {
            act.replace(Fact::Source(next), facts);
            Ok(())
        })
    }

    /// A source as it is now, and the facts that a correction replaces.
    pub(in crate::desk) fn source_and_facts(
        &self,
        source: SourceId,
    ) -> Result<(Noted<Source>, Vec<FactId>), DeskError> {
        let mut known = self.state_of(Chain::Source(source))?;
        let facts = known.facts_of(source);
        let known = known.sources.remove(&source);
        known.map(|k| (k, facts)).ok_or_else(|| not_found(Missing::Source, source))
    }

    /// A source as it is now.
    pub fn source(&self, source: SourceId) -> Result<Noted<Source>, DeskError> {
        Ok(self.source_and_facts(source)?.0)
    }

    /// Writes an attached file to `to`, completely or not at all. Fails if the file is missing or its bytes changed.
    pub fn write_attachment(&self, digest: &Digest, to: &Target) -> Result<(), DeskError> {
        let failed = |why: io::Error| to.failed(why);
        let mut from = Blobs::open(self, digest).map_err(failed)?.ok_or_else(|| self.no_file(digest))?;
        to.write(|out| {
            let mut from = DigestReader::new(&mut *from);
            io::copy(&mut from, out).map_err(failed)?;
            let same = from.done().0 == *digest;
            if same { Ok(()) } else { Err(self.lost_file(digest, Lost::Changed)) }
        })
    }

    /// The text of an attached file, for choosing a passage. Fails if the file is longer than [`MAX_SHOWN`] bytes, is not
    /// text, is missing, or its bytes changed.
    pub fn attachment_text(&self, digest: &Digest) -> Result<String, DeskError> {
        let size = || DeskError::refused(message!("refused_shown_size", megabytes = MAX_SHOWN >> 20));
        let bytes = self.attachment_bytes(digest, MAX_SHOWN)?.ok_or_else(size)?;
        let no_text = |_| DeskError::refused(message!("refused_shown_encoding"));
        Ok(decode(&bytes, None).map_err(no_text)?.0)
    }

    /// The bytes of an attached file; `None` if it is longer than `most` bytes. Fails if it is missing, or its bytes changed.
    pub(in crate::desk) fn attachment_bytes(
        &self,
        digest: &Digest,
        most: u64,
    ) -> Result<Option<Vec<u8>>, DeskError> {
        let failed = |why: io::Error| self.lost_file(digest, Lost::Unreadable(Message::verbatim(why)));
        let mut from = Blobs::open(self, digest).map_err(failed)?.ok_or_else(|| self.no_file(digest))?;
        let mut from = DigestReader::new(&mut *from);
        let mut bytes = Vec::new();
        (&mut from).take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > most {
            return Ok(None);
        }
        if from.done().0 != *digest {
            return Err(self.lost_file(digest, Lost::Changed));
        }
        Ok(Some(bytes))
    }

    /// The reason why a file cannot be read: it is missing in the folder, or it was never stored.
    fn no_file(&self, digest: &Digest) -> DeskError {
        match self.store.file_place(digest) {
            Ok(Some(_)) => self.lost_file(digest, Lost::Missing),
            Ok(None) if self.store.is_remote_file(digest).unwrap_or(false) => {
                DeskError::refused(message!("refused_remote_file"))
            }
            Ok(None) => not_found(Missing::File, digest),
            Err(e) => e.into(),
        }
    }

    fn lost_file(&self, digest: &Digest, how: Lost) -> DeskError {
        let messages = self.describe_lost_files(vec![(*digest, how)]);
        messages
            .map_or_else(|e| e, |messages| DeskError::refused(message!("refused_files_lost", why = messages)))
    }
}

fn too_late_to_keep() -> DeskError {
    DeskError::refused(message!("refused_keep_here_sent"))
}

impl SourceChange {
    pub(in crate::desk) fn into_source(
        self,
        source: SourceId,
        files: Vec<Attachment>,
    ) -> Result<Source, DeskError> {
        let title = non_blank(Some(self.title))
            .ok_or_else(|| DeskError::refused(message!("refused_source_title")))?;
        Ok(Source {
            source,
            kind: self.kind.unwrap_or(SourceKind::Document),
            title,
            authors: self.authors.into_iter().filter_map(|a| non_blank(Some(a))).collect(),
            publisher: non_blank(self.publisher),
            published: self.published,
            accessed: self.accessed,
            url: non_blank(self.url),
            note: non_blank(self.note),
            reliability: non_blank(self.reliability),
            withhold: self.withhold || self.keep_here,
            files,
        })
    }
}

/// `files` followed by the newly stored ones, each once. Records that the new ones are stored.
pub(in crate::desk) fn with_files(
    act: &Act,
    mut files: Vec<Attachment>,
    stored: &[StoredFile],
) -> Result<Vec<Attachment>, DeskError> {
    for new in stored {
        act.keep(new)?;
        files.retain(|f| f.digest != new.digest);
        files.push(new.attachment());
    }
    Ok(files)
}

/// The letters and digits of a title, in lower case, for comparing titles.
pub(in crate::desk) fn title_key(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
