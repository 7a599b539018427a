//! Revisions, comparisons, the log, corrections, export and verification.

use super::{revision, saved};
use crate::desk::{self, Desk};
use crate::wire::all_in_words;
use crate::wire::in_words;
use crate::{
    model::{Correction, RevisionId},
    wire::{
        WireError,
        draw::{Changes, Drawing},
        error::unread,
        page::*,
    },
};
use std::collections::HashMap;

pub fn log(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<LogRow>, WireError> {
    let article = desk.article_named(&q.article)?;
    let draw = Drawing::new(desk);
    draw.log(&desk.read(article, None)?)
}

pub fn revisions(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<RevisionRow>, WireError> {
    let article = desk.article_named(&q.article)?;
    let draw = Drawing::new(desk);
    let (mut rows, mut texts) = (Vec::new(), HashMap::<RevisionId, String>::new());
    for view in &desk.read(article, None)?.state.revisions {
        let text = desk.text_of(view)?;
        let before = view.revision.parents.first().and_then(|p| texts.get(p)).map_or("", String::as_str);
        rows.push(draw.revision(view, Some((before, &text)))?);
        texts.insert(view.id, text);
    }
    rows.reverse();
    Ok(rows)
}

pub fn compare(desk: &mut Desk, q: CompareRequest) -> Result<Comparison, WireError> {
    let article = desk.article_named(&q.article)?;
    let from = desk.revision_named(article, &q.from)?;
    let c = match (&q.text, &q.to) {
        (Some(text), _) => desk.compare_text(article, from, text)?,
        (None, Some(to)) => desk.compare(article, from, desk.revision_named(article, to)?)?,
        (None, None) => desk.compare(article, from, desk.read(article, None)?.revision.id)?,
    };
    drawn(desk, &c)
}

fn drawn(desk: &Desk, c: &desk::Comparison) -> Result<Comparison, WireError> {
    let draw = Drawing::new(desk);
    let Changes { parts, statements, claims } = draw.changes(c)?;
    Ok(Comparison {
        from: draw.revision(&c.from.revision, None)?,
        to: if c.unsaved { None } else { Some(draw.revision(&c.to.revision, None)?) },
        old_text: c.from.text.to_string(),
        new_text: c.to.text.to_string(),
        parts,
        statements,
        claims,
        written: c.stats.inserted,
        struck: c.stats.deleted,
        moved: c.stats.moved,
    })
}

pub fn restore(desk: &mut Desk, q: RestoreRequest) -> Result<Saved, WireError> {
    let article = desk.article_named(&q.article)?;
    let done = desk.restore_revision(article, revision(&q.revision)?)?;
    saved(desk, article, done.value)
}

pub fn corrections(desk: &mut Desk, q: CorrectionsRequest) -> Result<CorrectionsView, WireError> {
    let article = desk.article_named(&q.article)?;
    let since = match q.since {
        Some(since) => Some(desk.last_while(article, revision(&since)?)?),
        None => desk.last_verified(article)?,
    };
    let Some(since) = since else {
        return Ok(CorrectionsView { since: None, entries: Vec::new(), text: String::new() });
    };
    let (told, text) = desk.corrections(article, Some(since))?;
    let entry = |c: Correction| CorrectionDto {
        kind: c.kind.to_string(),
        text: in_words(&c.message),
        message: c.message,
        why: c.why,
        claim: c.claim.map(|c| c.to_string()),
    };
    let entries = told.entries.into_iter().map(entry).collect();
    Ok(CorrectionsView { since: Some(told.at.to_string()), entries, text })
}

pub fn export_preview(desk: &mut Desk, q: ArticleRequest) -> Result<ExportPreview, WireError> {
    let view = desk.export_view(desk.article_named(&q.article)?)?;
    let open = view.open.into_iter().map(|o| OpenItem {
        kind: o.kind.to_string(),
        text: in_words(&o.message),
        message: o.message,
        claim: o.claim.map(|c| c.to_string()),
        query: o.query.map(|q| q.to_string()),
    });
    Ok(ExportPreview {
        name: view.name,
        open: open.collect(),
        warnings: all_in_words(&view.warnings),
        warning_messages: view.warnings,
        withheld: view.withheld,
    })
}

pub fn export(desk: &mut Desk, q: ExportRequest) -> Result<WrittenAs, WireError> {
    let to = desk.target(q.path.as_ref(), q.replace)?;
    let article = desk.article_named(&q.article)?;
    desk.fetch_files_of(article, &mut super::hub::connect)?;
    let warnings = desk.export(article, &to, q.unsigned)?.into_iter().collect();
    Ok(WrittenAs { path: q.path, warnings })
}

pub fn verify(desk: &mut Desk, q: PathRequest) -> Result<FindingsDto, WireError> {
    let found = desk::verify(q.path.as_ref(), &*desk.progress())?;
    let later = desk.newer_bundle_seen(&found)?;
    let signer = desk.signer(&found.signed)?;
    let unknown = signer.key.as_ref().filter(|_| signer.name.is_none());
    let fault = |f: desk::Fault| FaultDto {
        code: f.code.to_string(),
        path: f.path,
        message: in_words(&f.message),
        said: f.message,
    };
    Ok(FindingsDto {
        path: q.path,
        kind: found.kind.to_string(),
        complete: found.complete,
        valid: found.valid,
        signed: signer.word(),
        key: signer.key_id(),
        unknown_key: unknown.map(|k| k.to_string()),
        signer_said: signer.said.clone(),
        verified: found.verified.as_ref().map(|v| v.open.is_empty()),
        stated_verified: found.stated_verified,
        open: found.verified.iter().flat_map(|v| &v.open).map(|o| in_words(&o.message)).collect(),
        newer_seen: later.map(|seen| seen.to_string()),
        errors: found.errors.into_iter().map(fault).collect(),
    })
}

pub fn redact(desk: &mut Desk, q: RedactRequest) -> Result<Nothing, WireError> {
    desk.redact(q.fact.parse().map_err(unread)?, q.why)?;
    Ok(Nothing {})
}
