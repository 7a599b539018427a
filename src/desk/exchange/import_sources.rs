//! Importing files of sources. Sources that the desk already has are recognised and not added twice, unless a person keeps
//! them apart.

use super::same_source::{Alike, Likeness};
use crate::desk::{Desk, DeskError, Me, SourceChange, claims::sources::with_files};
use crate::{
    formats::interchange::{LeftOut, Remark, SourceIn, SourcesIn},
    messages::message,
    model::{ActionId, ActionKind, Chain, Doing, Fact, NumberKind, PersonId, Source, SourceId, Steps},
    store::Tx,
};
use std::collections::BTreeSet;

/// The result of importing a file of sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedSources {
    /// The sources of the file, in its order.
    pub sources: Vec<ImportedSource>,
    /// Entries of the file that cannot be read.
    pub left_out: Vec<LeftOut>,
    /// What a person should know about entries that were imported.
    pub remarks: Vec<Remark>,
}

/// The result of importing one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedSource {
    /// The source.
    pub source: SourceId,
    /// Its short number.
    pub number: i64,
    /// Its title on this desk.
    pub title: String,
    /// Whether it is new on this desk.
    pub new: bool,
}

/// Which sources of a file are added even if the desk seems to have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Apart {
    /// None.
    #[default]
    None,
    /// All.
    All,
    /// Those at these positions in the file, from 0. A position beyond the file is refused.
    At(BTreeSet<usize>),
}

impl Apart {
    fn keeps(&self, at: usize) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::At(places) => places.contains(&at),
        }
    }
}

/// A source to be recorded, and its entry in the file: a name and the bytes.
type NewSource = (Source, Option<(String, Vec<u8>)>);

/// New sources to be recorded, and everything that others are compared with.
#[derive(Default)]
pub(super) struct NewSources {
    pub new: Vec<NewSource>,
    alike: Option<Alike>,
}

impl Desk {
    /// Adds the sources that are not on the desk yet, and those that are to be kept apart.
    pub fn import_sources(&mut self, read: SourcesIn, apart: &Apart) -> Result<ImportedSources, DeskError> {
        let SourcesIn { sources: read, left_out, remarks } = read;
        if let Apart::At(places) = apart
            && let Some(beyond) = places.iter().find(|at| **at >= read.len())
        {
            let (place, of) = (beyond + 1, read.len());
            return Err(DeskError::refused(message!("refused_apart", place = place, count = of)));
        }
        let done = self.prepare_and_record(
            |desk| {
                let (mut new_sources, steps) = (NewSources::default(), desk.steps(read.len()));
                let put = |(at, s): (usize, &SourceIn)| {
                    steps.next()?;
                    match apart.keeps(at) {
                        true => desk.add_new_source(&mut new_sources, s.clone()),
                        false => desk.find_or_add_source(&mut new_sources, s.clone()),
                    }
                };
                let sources = read.iter().enumerate().map(put).collect::<Result<Vec<_>, _>>()?;
                Ok((new_sources, sources))
            },
            |_, chain| matches!(chain, Chain::Source(_)),
            |desk, (new_sources, sources)| {
                if !new_sources.new.is_empty() {
                    let me = desk.write(|tx| {
                        let person = desk.who(tx)?;
                        desk.record_sources(tx, person, None, &new_sources.new)?;
                        Ok::<_, DeskError>(person)
                    })?;
                    desk.me = Me::Known(me);
                }
                desk.describe_sources(sources)
            },
        )?;
        Ok(ImportedSources { sources: done, left_out, remarks })
    }

    /// Progress of comparing a file with the desk, in `of` steps.
    pub(super) fn steps(&self, of: usize) -> Steps<'_> {
        Steps::new(&*self.progress, Doing::Comparing, of as u64)
    }

    pub(super) fn describe_sources(
        &self,
        sources: Vec<(SourceId, bool)>,
    ) -> Result<Vec<ImportedSource>, DeskError> {
        let describe = |(source, new): (SourceId, bool)| {
            let (number, title) = (self.number_of(source.0)?, self.source(source)?.value.title);
            Ok(ImportedSource { source, number, title, new })
        };
        sources.into_iter().map(describe).collect()
    }

    /// Finds this source on the desk or among the new sources, or adds it to the new ones. Returns whether it was added.
    pub(super) fn find_or_add_source(
        &self,
        new_sources: &mut NewSources,
        read: SourceIn,
    ) -> Result<(SourceId, bool), DeskError> {
        let likeness = Likeness::of(&read);
        match self.alike(new_sources, likeness.title())?.find(&likeness) {
            Some(known) => Ok((known, false)),
            None => self.add_new_source(new_sources, read),
        }
    }

    /// What a source with this title is compared with: the new sources, and those of the desk with this title, a DOI or an
    /// ISBN.
    fn alike<'n>(&self, new_sources: &'n mut NewSources, title: &str) -> Result<&'n mut Alike, DeskError> {
        if new_sources.alike.is_none() {
            let mut all = Alike::default();
            for source in self.store.numbered_sources()? {
                all.decide(&Likeness::known(&self.source(source)?.value), source);
            }
            new_sources.alike = Some(all);
        }
        let all = new_sources.alike.get_or_insert_default();
        if !all.has_title(title) {
            all.note_title(title);
            for known in self.store.same_sources(title)? {
                all.add(Likeness::known(&self.source(known)?.value), known);
            }
        }
        Ok(all)
    }

    /// Adds a source to the new ones.
    fn add_new_source(
        &self,
        new_sources: &mut NewSources,
        read: SourceIn,
    ) -> Result<(SourceId, bool), DeskError> {
        let (id, likeness) = (SourceId(self.fresh()), Likeness::of(&read));
        self.alike(new_sources, likeness.title())?.add(likeness, id);
        let change = SourceChange {
            kind: Some(read.kind),
            title: read.title,
            authors: read.authors,
            publisher: read.publisher,
            published: read.published,
            accessed: read.accessed,
            url: read.url,
            note: read.note,
            ..SourceChange::default()
        };
        new_sources.new.push((change.into_source(id, Vec::new())?, read.raw));
        Ok((id, true))
    }

    /// Records new sources, one action each. All are linked to `import`, or else to the first of them, and are undone
    /// with it.
    pub(super) fn record_sources(
        &self,
        tx: &Tx,
        person: PersonId,
        import: Option<ActionId>,
        new: &[NewSource],
    ) -> Result<(), DeskError> {
        let mut import = import;
        for (source, raw) in new {
            let stored = raw.as_ref().map(|(name, bytes)| self.store_file(name, bytes)).transpose()?;
            let done =
                self.record(tx, ActionKind::AddSource, Chain::Source(source.source), person, |act| {
                    let files = with_files(act, Vec::new(), stored.as_slice())?;
                    act.record(Fact::Source(Source { files, ..source.clone() }));
                    act.tx().give_number(NumberKind::Source, source.source.0)?;
                    Ok(())
                })?;
            match import {
                Some(import) => tx.mark_part_of(done.action, import)?,
                None => import = Some(done.action),
            }
        }
        Ok(())
    }
}
