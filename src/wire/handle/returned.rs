//! Word files that come back.

use super::{articles::uuid, merging, revision, saved};
use crate::desk::{self, Access, Brought, Desk, FileGiven, Ours, Taking};
use crate::{
    messages::message,
    model::{ArticleId, FileChange, FileComment, Proposal},
    wire::{WireError, error::unread, page::*},
};

pub fn look(desk: &mut Desk, q: ReturnedRequest) -> Result<ReturnedView, WireError> {
    desk.transact(Access::Read, |desk| looked_at(desk, q))
}

fn looked_at(desk: &Desk, q: ReturnedRequest) -> Result<ReturnedView, WireError> {
    let article = desk.article_named(&q.article)?;
    let base = q.base.map(|b| desk.revision_named(article, &b)).transpose()?;
    let (name, bytes) = file(desk, q.path, q.draft.as_deref())?;
    let given = FileGiven { name: &name, bytes: &bytes, base, may_replace: false, draft: None };
    let brought = desk.look_at_returned(article, given)?;
    view(desk, article, &brought)
}

pub fn take(desk: &mut Desk, q: TakeReturnedRequest) -> Result<TakenReturned, WireError> {
    let article = desk.article_named(&q.article)?;
    let base = q.base.map(|b| desk.revision_named(article, &b)).transpose()?;
    let (name, bytes) = file(desk, q.path, q.draft.as_deref())?;
    let decisions = q.decisions.into_iter().map(merging::decision).collect::<Result<Vec<_>, _>>()?;
    let note = q.note.filter(|n| !n.trim().is_empty());
    let draft = q.draft.as_deref().map(uuid).transpose()?;
    let given = FileGiven { name: &name, bytes: &bytes, base, may_replace: true, draft };
    let seen = Some(revision(&q.newest)?);
    let done = match desk.take_returned(article, given, seen, note, |at| decisions.get(at).cloned())? {
        Taking::Open(open) => {
            return Err(merging::undecided(decisions.len(), open.merge.conflicts().count()));
        }
        Taking::Taken(done) => done,
    };
    Ok(TakenReturned {
        suggestions: done.value.suggestions.len(),
        answers: done.value.answered.len(),
        queries: done.value.asked.len(),
        action: done.action.to_string(),
        saved: saved(desk, article, done.value.revised)?,
    })
}

/// The name and bytes of the file.
fn file(desk: &Desk, path: Option<String>, draft: Option<&str>) -> Result<(String, Vec<u8>), WireError> {
    match (draft, path) {
        (Some(draft), _) => Ok(desk.draft_file(uuid(draft)?)?),
        (None, Some(path)) => Ok((desk::file_name(&path), desk::read_input(&path)?)),
        (None, None) => Err(unread(message!("wire_no_text"))),
    }
}

fn view(desk: &Desk, article: ArticleId, brought: &Brought) -> Result<ReturnedView, WireError> {
    let merge = desk.propose_merge(article, brought.base, &brought.text)?;
    let mut answers = Vec::new();
    for a in &brought.answers {
        let query = Some(desk.number_of(a.query.0)?);
        answers.push(ReturnedCommentDto { query, ..comment(&a.comment, 0) });
    }
    let mut queries = Vec::new();
    for q in &brought.queries {
        let claim = Some(desk.number_of(q.claim.0)?);
        queries.push(ReturnedCommentDto { claim, ..comment(&q.comment, q.answers.len()) });
    }
    let new = &brought.read.comments;
    let roots = new.iter().enumerate().filter(|(_, c)| c.reply_to.is_none());
    queries.extend(roots.map(|(at, c)| comment(c, FileComment::replies(new, at).count())));
    let mut ours = Vec::new();
    for o in &brought.ours {
        let (claim, query) = match o.of {
            Ours::Claim(id) => (Some(desk.number_of(id.0)?), None),
            Ours::Query(id) => (None, Some(desk.number_of(id.0)?)),
        };
        let (what, words) = (o.what.as_str().into(), o.words.clone());
        ours.push(ReturnedOursDto { claim, query, what, words });
    }
    Ok(ReturnedView {
        is_ours: brought.is_ours,
        edits: brought.edits.len(),
        merge: merging::view(desk, article, &merge)?,
        suggestions: brought.read.changes.iter().map(|c| change(c, &brought.read)).collect(),
        known_suggestions: brought.known_changes,
        not_taken: brought.not_taken,
        answers,
        queries,
        ours,
    })
}

fn change(c: &FileChange, read: &Proposal) -> ReturnedChangeDto {
    let outer = c.within.and_then(|w| read.changes.get(w));
    let added = outer.map(|o| o.edits.iter().map(|e| e.with.as_str()).collect::<String>());
    let text = added.as_deref().unwrap_or(&read.text);
    ReturnedChangeDto {
        kind: c.kind.to_string(),
        author: c.author.clone(),
        date: c.date.clone(),
        words: c.edits.iter().filter_map(|e| e.span.of(text)).collect(),
        with: c.edits.iter().map(|e| e.with.as_str()).collect(),
    }
}

fn comment(c: &FileComment, replies: usize) -> ReturnedCommentDto {
    let (author, date, text, quote) = (c.author.clone(), c.date.clone(), c.text.clone(), c.quote.clone());
    ReturnedCommentDto { author, date, text, quote, query: None, claim: None, replies }
}
