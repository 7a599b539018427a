//! Sources, and conversations with them.

use super::Drawing;
use crate::{
    desk::{DeskError, OfferedSource, Reading},
    model::{self, Interview, Noted, Source, SourceId},
    text::Offsets,
    wire::page::*,
};

impl<F: Form> Drawing<'_, F> {
    /// A source by its id.
    pub fn source(&self, id: SourceId) -> Result<SourceDto, DeskError> {
        self.source_dto(&self.desk.source(id)?)
    }

    /// A source.
    pub fn source_dto(&self, noted: &Noted<Source>) -> Result<SourceDto, DeskError> {
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

    /// A source with its conversations and contact details.
    pub fn source_detail(&self, id: SourceId) -> Result<SourceDetail<F>, DeskError> {
        let (contact, fact) = self.desk.contact_of(id)?;
        let interviews = self.desk.interviews(id)?;
        Ok(SourceDetail {
            source: self.source(id)?,
            interviews: interviews.iter().map(|i| self.interview(i)).collect::<Result<_, _>>()?,
            contact: SourceContactDto {
                fact: fact.map(|f| f.to_string()),
                phone: contact.phone,
                address: contact.address,
                mail: contact.mail,
            },
        })
    }

    fn interview(&self, noted: &Noted<Interview>) -> Result<InterviewDto<F>, DeskError> {
        let i = noted.value.clone();
        Ok(InterviewDto {
            fact: noted.stamp.fact.to_string(),
            with: i.with,
            role: i.role,
            how: i.how.to_string(),
            on: i.on.map(|d| d.to_string()),
            terms: i.terms.to_string(),
            confirmed: i.confirmed,
            recording: i.recording,
            by: self.person(noted.stamp.by)?,
            at: noted.stamp.at.to_string(),
        })
    }
}

/// The sources that the file of a reading's article offers.
pub fn offered<F: Form>(reading: &Reading, offers: &[OfferedSource]) -> Vec<OfferedSourceDto<F>> {
    let offsets = Offsets::new(&reading.text);
    let one = |(number, o): (usize, &OfferedSource)| OfferedSourceDto {
        number,
        url: o.url.clone(),
        words: o.words.clone(),
        note: o.note.clone(),
        sentence: F::span(&offsets, o.sentence),
        claims: o.claims.iter().map(ToString::to_string).collect(),
        source: o.source.map(|s| s.to_string()),
    };
    (1..).zip(offers).map(one).collect()
}
