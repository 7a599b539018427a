//! Import, read and revise articles.

use crate::desk::{self, Access, Desk, StatusChange, Typed};
use crate::{
    messages::message,
    model::{ArticleId, ChangesAs, Deadline, Encoding, FileKind, ReadOptions, RevisionId},
    wire::{
        WireError, convert,
        draw::{Drawing, proposal, unread_proposal},
        error::unread,
        handle::{id, revision, saved},
        page::*,
    },
};
use uuid::Uuid;

/// The code of an error that says there is nothing to record.
const NOTHING_NEW: &str = "no_change";

pub fn paste(desk: &mut Desk, q: PasteRequest) -> Result<Proposal, WireError> {
    let kind = q.html.as_ref().map(|_| FileKind::Html);
    let encoding = kind.map(|_| Encoding::Utf8);
    let options = ReadOptions { as_is: q.as_is, kind, encoding, ..Default::default() };
    Ok(proposal(&desk.preview("pasted", q.html.unwrap_or(q.text).into_bytes(), &options)?))
}

/// Previews a file whose bytes the page has. A bundle is imported from a file only.
pub fn dropped(desk: &mut Desk, q: DroppedRequest) -> Result<Proposal, WireError> {
    let bytes = desk::article_bytes(&q.name, &q.base64)?;
    look(desk, &q.name, bytes)
}

pub fn file(desk: &mut Desk, q: PathRequest) -> Result<Opened, WireError> {
    let bytes = desk::read_input(&q.path)?;
    if desk::is_a_bag(&q.path, &bytes) {
        return super::merging::import_bundle(desk, &q.path);
    }
    Ok(Opened::Proposal(Box::new(look(desk, &desk::file_name(&q.path), bytes)?)))
}

fn look(desk: &Desk, name: &str, bytes: Vec<u8>) -> Result<Proposal, WireError> {
    let options = ReadOptions::default();
    match desk.preview(name, bytes, &options) {
        Ok(preview) => Ok(proposal(&preview)),
        Err(e) => unread_proposal(desk, e, &options),
    }
}

pub fn preview(desk: &mut Desk, q: PreviewRequest) -> Result<Proposal, WireError> {
    let options = ReadOptions {
        as_is: q.as_is,
        ..chosen(q.encoding.as_deref(), q.kind.as_deref(), q.changes.as_deref())?
    };
    match desk.preview_again(uuid(&q.draft)?, &options) {
        Ok(preview) => Ok(proposal(&preview)),
        Err(e) => unread_proposal(desk, e, &options),
    }
}

/// How a file is to be read, as the page says it.
fn chosen(
    encoding: Option<&str>,
    kind: Option<&str>,
    changes: Option<&str>,
) -> Result<ReadOptions, WireError> {
    let no_encoding = |e| unread(message!("wire_encoding", given = e, choices = Encoding::SLUGS.join(", ")));
    let encoding = encoding.map(|e| Encoding::parse(e).ok_or_else(|| no_encoding(e))).transpose()?;
    let kind = kind.map(str::parse).transpose().map_err(unread)?;
    let changes = changes.map_or(Ok(ChangesAs::default()), str::parse).map_err(unread)?;
    Ok(ReadOptions { encoding, kind, changes, ..ReadOptions::default() })
}

pub fn confirm(desk: &mut Desk, q: ConfirmRequest) -> Result<ArticleRequest, WireError> {
    let options = ReadOptions {
        as_is: q.as_is,
        ..chosen(q.encoding.as_deref(), q.kind.as_deref(), q.changes.as_deref())?
    };
    let article = desk.confirm(uuid(&q.draft)?, &q.text, q.info.into(), q.again, &options)?;
    Ok(ArticleRequest { article: article.to_string() })
}

pub fn discard(desk: &mut Desk, q: DiscardRequest) -> Result<Nothing, WireError> {
    desk.discard_import(uuid(&q.draft)?)?;
    Ok(Nothing {})
}

pub fn open(desk: &mut Desk, q: OpenRequest) -> Result<ArticleView, WireError> {
    let article = desk.article_named(&q.article)?;
    let revision = q.revision.map(|r| desk.revision_named(article, &r)).transpose()?;
    Drawing::new(desk).article(&desk.read(article, revision)?)
}

pub fn archive(desk: &mut Desk, q: ArchiveRequest) -> Result<ActionAnswer, WireError> {
    let article = desk.article_named(&q.article)?;
    let done = desk.archive(article, q.archived)?;
    Ok(ActionAnswer { action: done.action.to_string() })
}

/// Sets an article's status and returns the new status.
pub fn set_status(desk: &mut Desk, q: StatusRequest) -> Result<StatusDto, WireError> {
    let article = desk.article_named(&q.article)?;
    let state = |s: String| s.parse().map_err(unread);
    let person = |p: String| p.parse().map_err(unread);
    let deadline = |d: String| Deadline::read(&d).map_err(unread);
    desk.set_status(
        article,
        StatusChange {
            state: q.state.0.map(|s| s.map(state).transpose()).transpose()?,
            deadline: q.deadline.0.map(|d| d.map(deadline).transpose()).transpose()?,
            assignee: q.assignee.0.map(|p| p.map(person).transpose()).transpose()?,
        },
    )?;
    Ok(Drawing::new(desk).status(&desk.status(article)?)?)
}

pub fn info(desk: &mut Desk, q: InfoRequest) -> Result<Nothing, WireError> {
    let article = desk.article_named(&q.article)?;
    desk.set_info(article, q.info.into())?;
    Ok(Nothing {})
}

/// Saves the typed text as a revision. If that fails, saves it as a draft.
pub fn save(desk: &mut Desk, q: SaveRequest) -> Result<Saved, WireError> {
    let (article, base) = (id(&q.article)?, revision(&q.base)?);
    let typed = (q.text.clone(), q.changes.as_ref().map(|c| c.to_string()));
    let done = desk.transact(Access::Write, |desk| save_typed(desk, article, base, q));
    match &done {
        Ok(_) => {}
        Err(e) if e.code == NOTHING_NEW => desk.drop_draft(article)?,
        Err(_) => desk.keep_draft(article, base, &typed.0, typed.1)?,
    }
    done
}

fn save_typed(
    desk: &mut Desk,
    article: ArticleId,
    base: RevisionId,
    q: SaveRequest,
) -> Result<Saved, WireError> {
    let change = match &q.changes {
        Some(json) => desk.read(article, Some(base)).ok().and_then(|r| convert::change(&r.text, json)),
        None => None,
    };
    let note = q.note.filter(|n| !n.trim().is_empty());
    let typed = Typed { text: q.text, change, base: Some(base), note, on_top: q.on_top };
    let done = desk.revise(article, typed)?;
    saved(desk, article, done.value)
}

pub fn keep_draft(desk: &mut Desk, q: KeepDraftRequest) -> Result<Nothing, WireError> {
    let (article, base) = (id(&q.article)?, revision(&q.base)?);
    let text = match q.text {
        Some(text) => text,
        None => super::typing::text(&desk.read(article, Some(base))?, &q.changes, q.base_digest.as_deref())?,
    };
    desk.keep_draft(article, base, &text, q.changes.map(|c| c.to_string()))?;
    Ok(Nothing {})
}

pub fn drop_draft(desk: &mut Desk, q: ArticleRequest) -> Result<Nothing, WireError> {
    desk.drop_draft(id(&q.article)?)?;
    Ok(Nothing {})
}

pub(super) fn uuid(given: &str) -> Result<Uuid, WireError> {
    Uuid::try_parse(given).map_err(|_| unread(message!("wire_no_preview_id", given = given)))
}
