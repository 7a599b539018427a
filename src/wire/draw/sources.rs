//! Sources, and conversations with them.

use super::Drawing;
use crate::{
    model::{self, Interview, Noted, Source, SourceId},
    wire::{WireError, page::*},
};

impl Drawing<'_> {
    /// A source by its id.
    pub fn source(&self, id: SourceId) -> Result<SourceDto, WireError> {
        self.source_dto(&self.desk.source(id)?)
    }

    /// A source.
    pub fn source_dto(&self, noted: &Noted<Source>) -> Result<SourceDto, WireError> {
        let s = noted.value.clone();
        let file =
            |f: model::Attachment| FileDto { digest: f.digest.to_string(), name: f.name, bytes: f.bytes };
        Ok(SourceDto {
            id: s.source.to_string(),
            number: self.number(s.source.0)?,
            kind: s.kind.to_string(),
            title: s.title,
            authors: s.authors,
            publisher: s.publisher,
            published: s.published.map(|d| d.to_string()),
            accessed: s.accessed.map(|d| d.to_string()),
            url: s.url,
            note: s.note,
            reliability: s.reliability,
            withhold: s.withhold,
            kept_here: self.desk.is_kept_here(s.source)?,
            files: s.files.into_iter().map(file).collect(),
            used: usize::try_from(self.desk.source_uses(s.source)?).unwrap_or_default(),
        })
    }

    /// A conversation with a source.
    pub fn interview(&self, noted: &Noted<Interview>) -> InterviewDto {
        let i = noted.value.clone();
        InterviewDto {
            fact: noted.stamp.fact.to_string(),
            with: i.with,
            role: i.role,
            how: i.how.to_string(),
            on: i.on.map(|d| d.to_string()),
            terms: i.terms.to_string(),
            confirmed: i.confirmed,
            recording: i.recording,
            by: self.person(noted.stamp.by),
            at: noted.stamp.at.to_string(),
        }
    }
}
