//! Merges a text that was written elsewhere.

use super::{revision, saved};
use crate::desk::{self, Desk, ImportOutcome, Merging, Proposed, Returned};
use crate::{
    messages::message,
    model::ArticleId,
    text::{Conflict, Decision, Offsets, Piece, Version, are_unrelated},
    wire::{ErrorCode, WireError, draw::Drawing, error::unread, page::*},
};

pub fn propose(desk: &mut Desk, q: MergeRequest) -> Result<MergeView, WireError> {
    let article = desk.article_named(&q.article)?;
    let base = desk.revision_named(article, &q.base)?;
    let text = match (q.text, q.path) {
        (Some(text), _) => text,
        (None, Some(path)) => desk.version_text(article, &path, &desk::read_input(&path)?, None)?.text,
        (None, None) => return Err(unread(message!("wire_no_text"))),
    };
    view(desk, article, &desk.propose_merge(article, base, &text)?)
}

/// Imports the bundle at `path`, or proposes the merge if a person must decide conflicts first.
pub fn import_bundle(desk: &mut Desk, path: &str) -> Result<Opened, WireError> {
    let done = desk::import_bundle_from(desk, path.as_ref(), false, |_| None)?;
    opened_bundle(desk, path, done)
}

fn opened_bundle(desk: &mut Desk, path: &str, done: ImportOutcome) -> Result<Opened, WireError> {
    match done {
        ImportOutcome::Done(done) => {
            let (article, joined, signed) = (done.value.article, done.value.joined, done.value.signer.word());
            let joined = Box::new(joined.map(|revised| saved(desk, article, revised)).transpose()?);
            Ok(Opened::Bundle { imported: article.to_string(), signed, joined })
        }
        ImportOutcome::Open(proposed) => {
            let article = desk::article_in(path.as_ref())?;
            let merge = Box::new(view(desk, article, &proposed)?);
            Ok(Opened::Join { bundle: path.into(), article: article.to_string(), merge })
        }
    }
}

pub fn join(desk: &mut Desk, q: JoinRequest) -> Result<Opened, WireError> {
    let (article, seen) = (desk.article_named(&q.article)?, revision(&q.newest)?);
    desk.expect_newest(article, seen)?;
    let decisions: Vec<Decision> = q.decisions.into_iter().map(decision).collect::<Result<_, _>>()?;
    let done = desk::import_decided_bundle(desk, q.path.as_ref(), seen, |at| decisions.get(at).cloned())?;
    match opened_bundle(desk, &q.path, done)? {
        Opened::Join { merge, .. } => Err(undecided(decisions.len(), merge.conflicts)),
        done => Ok(done),
    }
}

pub(super) fn view(desk: &Desk, article: ArticleId, p: &Proposed) -> Result<MergeView, WireError> {
    let draw = Drawing::new(desk);
    let row = |id| draw.revision(&desk.read(article, Some(id))?.revision, None);
    let offsets = [&p.base_text, &p.our_text, &p.their_text].map(|t| Offsets::new(t));
    Ok(MergeView {
        base: row(p.base)?,
        newest: row(p.newest)?,
        pieces: pieces(&p.merge.pieces(), &offsets),
        conflicts: p.merge.conflicts().count(),
        is_unrelated: are_unrelated(&p.our_text, &p.their_text),
        base_text: p.base_text.clone(),
        our_text: p.our_text.clone(),
        their_text: p.their_text.clone(),
    })
}

pub fn save(desk: &mut Desk, q: SaveMergeRequest) -> Result<Saved, WireError> {
    let article = desk.article_named(&q.article)?;
    let (base, seen) = (revision(&q.base)?, revision(&q.newest)?);
    let decisions: Vec<Decision> = q.decisions.into_iter().map(decision).collect::<Result<_, _>>()?;
    let note = q.note.filter(|n| !n.trim().is_empty());
    let returned = Returned { text: q.text, base, seen: Some(seen), note };
    match desk.merge_returned(article, returned, |at| decisions.get(at).cloned())? {
        Merging::Revised(done) | Merging::Merged { done, .. } => saved(desk, article, done.value),
        Merging::Open(proposed) => Err(undecided(decisions.len(), proposed.merge.conflicts().count())),
    }
}

pub(super) fn undecided(decided: usize, all: usize) -> WireError {
    let left = all.saturating_sub(decided);
    WireError::new(ErrorCode::Conflicts, message!("wire_conflicts", left = left, all = all))
}

fn pieces(all: &[Piece], offsets: &[Offsets; 3]) -> Vec<MergePiece> {
    let mut next = 0..;
    let mut piece = |p: &Piece| match p {
        Piece::Text(text) => MergePiece { text: Some(text.clone()), conflict: None },
        Piece::Conflict(c) => {
            MergePiece { text: None, conflict: next.next().map(|index| conflict(index, c, offsets)) }
        }
    };
    all.iter().map(&mut piece).collect()
}

fn conflict(index: usize, c: &Conflict, [base, ours, theirs]: &[Offsets; 3]) -> ConflictDto {
    let version = |v: &Version, offsets: &Offsets| VersionDto {
        text: v.words.clone(),
        span: v.span.and_then(|s| PageForm::span(offsets, s)),
    };
    ConflictDto {
        index,
        base: version(&c.base, base),
        ours: version(&c.ours, ours),
        theirs: version(&c.theirs, theirs),
    }
}

pub(super) fn decision(given: DecisionDto) -> Result<Decision, WireError> {
    match (given.take.as_str(), given.words) {
        ("base", _) => Ok(Decision::Base),
        ("ours", _) => Ok(Decision::Ours),
        ("theirs", _) => Ok(Decision::Theirs),
        ("words", Some(words)) => Ok(Decision::Words(words)),
        (other, _) => Err(unread(message!("wire_decision", given = other))),
    }
}
