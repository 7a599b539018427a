//! The claims that another desk marked in a Word file. Each is a comment with that desk's mark, and comes in as a claim on the
//! same words. A file gives no verdict: what the comment says beside the words is a query on the claim.

use crate::desk::{DeskError, act::Act};
use crate::{
    anchor::carry,
    formats::interchange::docx::mark::{self, MarkOf},
    model::{
        Anchor, Anchors, ArticleId, Claim, ClaimId, Fact, FileComment, NumberKind, Placement, RevisionId,
        Risk,
    },
    text::{Span, normalise},
};
use std::collections::BTreeMap;

/// A claim of the file and its words in the imported text.
pub(in crate::desk) type MarkedClaim = (ClaimId, Span);

/// What the comment of a claim says beside its number: the verdict, the reason and the sources; nothing if there is no verdict. The
/// first line of the comment is `C12 · True`.
pub(super) fn said_of_claim(comment: &FileComment) -> Option<String> {
    let mark = mark::read(&comment.text).filter(|m| m.of == MarkOf::Claim)?;
    let (first, rest) = mark.words.split_once('\n')?;
    let rating = first.split_once(" · ").map_or(first, |(_, rating)| rating);
    Some(normalise(&format!("On the desk that wrote the file: {rating}\n{rest}")))
}

/// The claim that a comment is of, or is on exactly the same words as.
pub(super) fn claim_on(
    comments: &[FileComment],
    claims: &BTreeMap<usize, MarkedClaim>,
    at: usize,
) -> Option<ClaimId> {
    let comment = comments.get(at).filter(|c| mark::read(&c.text).is_some())?;
    let same = |other: &usize| comments.get(*other).is_some_and(|o| o.span == comment.span);
    let own =
        claims.get(&at).or_else(|| claims.iter().find(|(other, _)| same(other)).map(|(_, claim)| claim));
    own.map(|(claim, _)| *claim)
}

/// Whether a comment is the mark of a claim.
pub(super) fn is_claim(comment: &FileComment) -> bool {
    comment.reply_to.is_none() && mark::read(&comment.text).is_some_and(|m| m.of == MarkOf::Claim)
}

/// Whether a comment marks a claim of another desk, or answers one that does, and the claim's words are in the text.
pub fn is_of_claim(comments: &[FileComment], at: usize) -> bool {
    let root = comments.get(FileComment::root_of(comments, at));
    root.is_some_and(|c| is_claim(c) && c.span.is_some())
}

/// Records a claim without its place.
pub(super) fn record_claim(act: &mut Act, article: ArticleId) -> Result<ClaimId, DeskError> {
    let claim = ClaimId(act.desk().fresh());
    act.record(Fact::Claim(Claim {
        claim,
        article,
        assertion: None,
        kind: None,
        claimant: None,
        risk: Risk::Normal,
        assignee: None,
        retracted: false,
    }));
    act.tx().give_number(NumberKind::Claim, claim.0)?;
    Ok(claim)
}

/// Records the places of the claims in the revision with the words they were found in.
pub(super) fn place_claims<'c>(
    act: &mut Act,
    revision: RevisionId,
    claims: impl Iterator<Item = &'c MarkedClaim>,
) {
    let anchors = claims.map(|c| anchor(c, Placement::Kept, vec![c.1])).collect();
    record_anchors(act, revision, anchors);
}

/// Records the places of the claims in the next revision, which has the text `new`.
pub(super) fn carry_claims(
    act: &mut Act,
    next: RevisionId,
    (old, new): (&str, &str),
    claims: &[MarkedClaim],
) {
    if claims.is_empty() {
        return;
    }
    let spans: Vec<Vec<Span>> = claims.iter().map(|(_, span)| vec![*span]).collect();
    let carried = claims.iter().zip(carry(old, new, None, &spans));
    let anchors = carried.map(|(c, now)| anchor(c, now.placement, now.spans)).collect();
    record_anchors(act, next, anchors);
}

fn anchor(claim: &MarkedClaim, placement: Placement, spans: Vec<Span>) -> Anchor {
    Anchor { claim: claim.0, placement, spans }
}

fn record_anchors(act: &mut Act, revision: RevisionId, anchors: Vec<Anchor>) {
    if !anchors.is_empty() {
        act.record(Fact::Anchors(Anchors { revision, anchors }));
    }
}
