//! Export to and import from other formats.

use crate::desk::{self, Desk, DeskError};
use crate::{
    formats::interchange::{self, FORMATS, Format},
    messages::{Message, message},
    wire::{WireError, error::unread, page::*},
};

pub fn formats(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<FormatDto>, WireError> {
    let article = desk.article_named(&q.article)?;
    let names = desk.offered_names(article)?;
    let dto = |(f, name): (&Format, String)| FormatDto {
        slug: f.slug.into(),
        title: f.title.into(),
        purpose: f.purpose.into(),
        holds: f.holds.to_string(),
        name,
    };
    Ok(FORMATS.iter().zip(names).map(dto).collect())
}

pub fn export(desk: &mut Desk, q: ExportAsRequest) -> Result<Written, WireError> {
    let format = Format::named(&q.format).map_err(|e| unread(Message::verbatim(e)))?;
    let to = desk.target(q.path.as_ref(), q.replace)?;
    desk.export_as(desk.article_named(&q.article)?, format, q.bom, &to)?;
    Ok(Written { path: q.path })
}

/// The text of a file in a format. Fails for a format that is not text.
pub fn text(desk: &mut Desk, q: ExportTextRequest) -> Result<TextAnswer, WireError> {
    let format = Format::named(&q.format).map_err(|e| unread(Message::verbatim(e)))?;
    let bytes = desk.export_bytes(desk.article_named(&q.article)?, format)?;
    let text =
        String::from_utf8(bytes).map_err(|_| unread(message!("wire_no_preview", format = format.title)))?;
    Ok(TextAnswer { text })
}

pub fn import_sources(desk: &mut Desk, q: PathRequest) -> Result<ImportedSources, WireError> {
    let read = interchange::read_sources(&desk::read_foreign(&q.path)?).map_err(DeskError::from)?;
    Ok(ImportedSources { sources: desk.import_sources(read)?.sources.into_iter().map(source).collect() })
}

pub fn import_claims(desk: &mut Desk, q: ImportClaimsRequest) -> Result<ImportedClaims, WireError> {
    let read = interchange::read_claims(&desk::read_foreign(&q.path)?).map_err(DeskError::from)?;
    let taken = desk.import_claims(desk.article_named(&q.article)?, read)?;
    let claim = |(id, new): (crate::model::ClaimId, bool)| {
        Ok::<_, WireError>(ClaimTaken { id: id.to_string(), number: desk.number_of(id.0)?, existing: !new })
    };
    let left = taken.left_out.into_iter().map(|l| EntryLeftOut { what: l.what, why: l.why });
    Ok(ImportedClaims {
        claims: taken.claims.into_iter().map(claim).collect::<Result<_, _>>()?,
        sources: taken.sources.into_iter().map(source).collect(),
        left_out: left.collect(),
    })
}

fn source(taken: desk::ImportedSource) -> ImportedSource {
    let desk::ImportedSource { source, number, title, new } = taken;
    ImportedSource { id: source.to_string(), number, title, existing: !new }
}
