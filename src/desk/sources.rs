//! Sources: added once, corrected later, used for many claims.

use super::{Desk, DeskError, Done, claims::filled, read::not_found};
use crate::{
    files,
    model::{
        ActionKind, Attachment, Digest, Edtf, Fact, FactId, Noted, NumberKind, Source, SourceId, SourceKind,
        Thread,
    },
};
use std::{
    io::{Read, Write},
    path::Path,
};

/// The fields of a source that a person sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceChange {
    /// What it is; a document where nothing is said.
    pub kind: Option<SourceKind>,
    /// Its title.
    pub title: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// When it was looked at.
    pub accessed: Option<Edtf>,
    /// Where it is.
    pub url: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// How far it can be relied on.
    pub reliability: Option<String>,
    /// Whether it stays at this desk when an article is exported.
    pub withhold: bool,
}

impl Desk {
    /// Adds a source with the files that are kept with it: each a name and its bytes.
    pub fn add_source(
        &mut self,
        change: SourceChange,
        files: &[(String, Vec<u8>)],
    ) -> Result<Done<SourceId>, DeskError> {
        let source = SourceId(self.fresh());
        let fact = change.into_source(source, Vec::new())?;
        self.act(ActionKind::AddSource, Thread::Source(source), |act| {
            let files =
                files.iter().map(|(name, bytes)| attach(act.tx(), name, bytes)).collect::<Result<_, _>>()?;
            act.record(Fact::Source(Source { files, ..fact }));
            act.tx().give_number(NumberKind::Source, source.0)?;
            Ok(source)
        })
    }

    /// Corrects a source: its fields are set as given, its files stay, `files` are added to them.
    pub fn edit_source(
        &mut self,
        source: SourceId,
        change: SourceChange,
        files: &[(String, Vec<u8>)],
    ) -> Result<Done<()>, DeskError> {
        let (known, facts) = self.source_and_facts(source)?;
        let next = change.into_source(source, known.value.files.clone())?;
        if !next.withhold && self.fold(Thread::Source(source))?.is_kept_back(source) {
            return Err(DeskError::refused(
                "another desk keeps back what was last said of this source, so it stays withheld here as well; it can go out \
                 once a bundle of theirs tells it, or once the import that keeps it back is undone",
            ));
        }
        if next == known.value && files.is_empty() {
            return Err(DeskError::NoChange("the source says that already; nothing was recorded".into()));
        }
        self.act(ActionKind::EditSource, Thread::Source(source), |act| {
            let mut next = next;
            for (name, bytes) in files {
                let file = attach(act.tx(), name, bytes)?;
                next.files.retain(|f| f.digest != file.digest);
                next.files.push(file);
            }
            act.replace(Fact::Source(next), facts);
            Ok(())
        })
    }

    /// Keeps a file with a source.
    pub fn attach(&mut self, source: SourceId, name: &str, bytes: Vec<u8>) -> Result<Done<()>, DeskError> {
        let (known, facts) = self.source_and_facts(source)?;
        self.act(ActionKind::EditSource, Thread::Source(source), |act| {
            let mut next = known.value.clone();
            let file = attach(act.tx(), name, &bytes)?;
            next.files.retain(|f| f.digest != file.digest);
            next.files.push(file);
            act.replace(Fact::Source(next), facts);
            Ok(())
        })
    }

    /// In how many live pieces of evidence a source is used.
    pub fn source_uses(&self, source: SourceId) -> Result<i64, DeskError> {
        Ok(self.store.source_row(source)?.map_or(0, |(_, uses)| uses))
    }

    /// Takes a file off a source. What was recorded stays in its history.
    pub fn detach(&mut self, source: SourceId, digest: Digest) -> Result<Done<()>, DeskError> {
        let (known, facts) = self.source_and_facts(source)?;
        let mut next = known.value.clone();
        next.files.retain(|f| f.digest != digest);
        self.act(ActionKind::EditSource, Thread::Source(source), |act| {
            act.replace(Fact::Source(next), facts);
            Ok(())
        })
    }

    /// A source as it stands, and the facts that a correction replaces.
    fn source_and_facts(&self, source: SourceId) -> Result<(Noted<Source>, Vec<FactId>), DeskError> {
        let mut known = self.fold(Thread::Source(source))?;
        let facts = known.facts_of(source);
        let known = known.sources.remove(&source);
        known.map(|k| (k, facts)).ok_or_else(|| not_found("source", source, "'source list'"))
    }

    /// A source as it stands.
    pub fn source(&self, source: SourceId) -> Result<Noted<Source>, DeskError> {
        Ok(self.source_and_facts(source)?.0)
    }

    /// Writes an attached file out, whole or not at all.
    pub fn write_attachment(&self, digest: &Digest, to: &Path) -> Result<(), DeskError> {
        let bytes = self.attachment(digest)?;
        let failed = |e: std::io::Error| DeskError::refused(format!("writing {} failed: {e}", to.display()));
        files::write_atomically(to, |out| out.write_all(&bytes).map_err(failed))
    }

    /// The bytes of an attached file.
    pub fn attachment(&self, digest: &Digest) -> Result<Vec<u8>, DeskError> {
        use crate::model::Blobs;
        let failed = |e: std::io::Error| DeskError::refused(format!("reading the attached file failed: {e}"));
        let mut bytes = Vec::new();
        match self.store.open(digest).map_err(failed)? {
            Some(mut blob) => blob.read_to_end(&mut bytes).map_err(failed)?,
            None => return Err(not_found("attached file", digest, "'source list'")),
        };
        Ok(bytes)
    }
}

impl SourceChange {
    pub(super) fn into_source(self, source: SourceId, files: Vec<Attachment>) -> Result<Source, DeskError> {
        let title =
            filled(Some(self.title)).ok_or_else(|| DeskError::refused("a source needs a title; give one"))?;
        Ok(Source {
            source,
            kind: self.kind.unwrap_or(SourceKind::Document),
            title,
            authors: self.authors.into_iter().filter_map(|a| filled(Some(a))).collect(),
            publisher: filled(self.publisher),
            published: self.published,
            accessed: self.accessed,
            url: filled(self.url),
            note: filled(self.note),
            reliability: filled(self.reliability),
            withhold: self.withhold,
            files,
        })
    }
}

pub(super) fn attach(store: &crate::store::Store, name: &str, bytes: &[u8]) -> Result<Attachment, DeskError> {
    let digest = store.put_blob(bytes)?;
    Ok(Attachment { digest, name: name.into(), bytes: bytes.len() as u64 })
}
