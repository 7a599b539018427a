//! Export to and import from other formats.

use crate::desk::{self, Apart, Desk, DeskError, ExportAs};
use crate::{
    formats::interchange::{self, FORMATS, Format},
    messages::message,
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
        shows_changes: f.shows_changes(),
        name,
    };
    Ok(FORMATS.iter().zip(names).map(dto).collect())
}

pub fn export(desk: &mut Desk, q: ExportAsRequest) -> Result<WrittenAs, WireError> {
    let format = Format::named(&q.format).map_err(unread)?;
    let to = desk.target(q.path.as_ref(), q.replace)?;
    let article = desk.article_named(&q.article)?;
    let changes_since = q.changes_since.map(|r| desk.revision_named(article, &r)).transpose()?;
    let warnings = desk.export_as(article, format, ExportAs { mark: q.bom, changes_since }, &to)?;
    Ok(WrittenAs { path: q.path, warnings })
}

/// The text of a file in a format. Fails for a format that is not text.
pub fn text(desk: &mut Desk, q: ExportTextRequest) -> Result<TextAnswer, WireError> {
    let format = Format::named(&q.format).map_err(unread)?;
    let bytes = desk.export_bytes(desk.article_named(&q.article)?, format, None)?.bytes;
    let text =
        String::from_utf8(bytes).map_err(|_| unread(message!("wire_no_preview", format = format.title)))?;
    Ok(TextAnswer { text })
}

pub fn import_sources(desk: &mut Desk, q: PathRequest) -> Result<ImportedSources, WireError> {
    let read = interchange::read_sources(&desk::read_foreign(&q.path)?).map_err(DeskError::from)?;
    let in_file: Vec<SourceFields> = read.sources.iter().map(fields).collect();
    let taken = desk.import_sources(read, &Apart::None)?;
    let both = taken.sources.into_iter().zip(in_file);
    Ok(ImportedSources {
        sources: both
            .map(|(s, fields)| ImportedSource { apart: (!s.new).then_some(fields), ..source(s) })
            .collect(),
        left_out: taken.left_out.into_iter().map(EntryLeftOut::from).collect(),
        remarks: taken.remarks.into_iter().map(EntryRemark::from).collect(),
    })
}

/// The fields of a source of a file.
fn fields(read: &interchange::SourceIn) -> SourceFields {
    SourceFields {
        kind: Some(read.kind.to_string()),
        title: read.title.clone(),
        authors: read.authors.clone(),
        publisher: read.publisher.clone(),
        published: read.published.as_ref().map(ToString::to_string),
        accessed: read.accessed.as_ref().map(ToString::to_string),
        url: read.url.clone(),
        note: read.note.clone(),
        ..SourceFields::default()
    }
}

pub fn import_claims(desk: &mut Desk, q: ImportClaimsRequest) -> Result<ImportedClaims, WireError> {
    let read = interchange::read_claims(&desk::read_foreign(&q.path)?).map_err(DeskError::from)?;
    let taken = desk.import_claims(desk.article_named(&q.article)?, read)?;
    let claim = |(id, new): (crate::model::ClaimId, bool)| {
        Ok::<_, WireError>(ClaimTaken { id: id.to_string(), number: desk.number_of(id.0)?, existing: !new })
    };
    Ok(ImportedClaims {
        claims: taken.claims.into_iter().map(claim).collect::<Result<_, _>>()?,
        sources: taken.sources.into_iter().map(source).collect(),
        left_out: taken.left_out.into_iter().map(EntryLeftOut::from).collect(),
    })
}

fn source(taken: desk::ImportedSource) -> ImportedSource {
    let desk::ImportedSource { source, number, title, new } = taken;
    ImportedSource { id: source.to_string(), number, title, existing: !new, apart: None }
}
