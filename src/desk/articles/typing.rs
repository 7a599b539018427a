//! What typing does to the claims, told before it is saved: exactly what saving the words would record.
//!
//! Only claims that the change comes near are looked at, and only the paragraphs around them are read. A claim further
//! off stays on its words, whatever was typed.

use super::standing::worth;
use crate::desk::{Desk, DeskError, Reading};
use crate::messages::Message;
use crate::{
    anchor::{Carried, ParagraphReader, carry, paragraphs_around},
    model::{ArticleId, ClaimId, ClaimView, Placement, RevisionId, Standing},
    text::{Change, ChangeError, Span, Step, normalise},
};

/// How far from a change a claim's place may depend on it, in bytes; beyond, its words are the same for certain.
const NEAR: usize = 64;

/// What will become of one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Which.
    pub claim: ClaimId,
    /// How it will come to its place.
    pub placement: Placement,
    /// What its verdict will be worth.
    pub standing: Standing,
    /// Why it will not hold, in words.
    pub reasons: Vec<Message>,
    /// Where it will stand in the new text; empty for an orphan.
    pub spans: Vec<Span>,
}

/// A text as it is typed, and what it does to the claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The new text.
    pub text: String,
    /// The claims that the change comes near, in the order they were marked. All others stay on their words.
    pub claims: Vec<Effect>,
}

impl Desk {
    /// The newest revision, for somebody who types on `base`. Fails where the article was revised since.
    pub fn typed_on(&self, article: ArticleId, base: RevisionId) -> Result<Reading, DeskError> {
        self.read_newest(article, Some(base))
    }

    /// What saving `change` would do to the claims of the newest revision, which `newest` is. Records nothing. Fails where
    /// the change is for another text.
    pub fn effects(&self, newest: &Reading, change: &Change) -> Result<Effects, ChangeError> {
        let applied = change.apply(&newest.text)?;
        let text = normalise(&applied);
        let exact = (text == applied).then_some(change);
        let near = standing(newest, exact.map(|c| reaches(&newest.text, c)).as_deref());
        let spans: Vec<Vec<Span>> = near.iter().map(|(_, spans)| spans.to_vec()).collect();
        let (placed, read) = (carry(&newest.text, &text, exact, &spans), ParagraphReader::new(&text));
        let claims =
            near.into_iter().zip(placed).map(|((claim, _), now)| effect(claim, now, &read)).collect();
        Ok(Effects { text, claims })
    }
}

fn effect(claim: &ClaimView, now: Carried, read: &ParagraphReader) -> Effect {
    let (standing, reasons) = match now.spans.as_slice() {
        [] => (Standing::Orphaned, Vec::new()),
        spans => worth(claim, || read.statement(spans)),
    };
    Effect { claim: claim.id, placement: now.placement, standing, reasons, spans: now.spans }
}

/// The live claims that stand somewhere, with their spans; only those in `reaches` where these are known.
fn standing<'r>(newest: &'r Reading, reaches: Option<&[Span]>) -> Vec<(&'r ClaimView, &'r [Span])> {
    let here = newest.state.live_claims().filter_map(|c| {
        let anchor = newest.state.anchor(newest.revision.id, c.id)?;
        (!anchor.spans.is_empty()).then_some((c, anchor.spans.as_slice()))
    });
    here.filter(|(_, spans)| reaches.is_none_or(|r| spans.iter().any(|s| within(r, s)))).collect()
}

/// Whether a span touches one of the stretches, which are in order and apart.
fn within(reaches: &[Span], span: &Span) -> bool {
    let first = reaches.partition_point(|r| r.end < span.start);
    reaches.get(first).is_some_and(|r| r.start <= span.end)
}

/// The stretches of `text` in which a claim's words may be read otherwise after the change: the paragraphs around each
/// step that replaces something, and the one before, whose last number a unit may follow.
fn reaches(text: &str, change: &Change) -> Vec<Span> {
    let (mut at, mut all): (usize, Vec<Span>) = (0, Vec::new());
    for step in change.steps() {
        let len = match step {
            Step::Keep(len) => *len,
            Step::Replace { len, .. } => {
                let reach = reach(text, at, at + len);
                match all.last_mut() {
                    Some(last) if reach.start <= last.end => last.end = last.end.max(reach.end),
                    _ => all.push(reach),
                }
                *len
            }
        };
        at += len;
    }
    all
}

fn reach(text: &str, start: usize, end: usize) -> Span {
    let floor = |at: usize| (0..=at).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(0);
    let near = Span::at(floor(start.saturating_sub(NEAR)), floor((end + NEAR).min(text.len())));
    let own = paragraphs_around(text, near);
    let before = paragraphs_around(text, Span::at(floor(own.start.0.saturating_sub(3)), own.start.0));
    Span::new(before.start, own.end)
}
