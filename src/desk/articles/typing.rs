//! What typing does to the claims, before it is saved. It is exactly what saving the text would record.
//!
//! Only claims near the change are checked, and only the paragraphs around them are read. Claims further away stay on
//! their words.

use super::standing::{Worth, standing_and_worth, worth};
use crate::desk::{Desk, DeskError, Reading};
use crate::{
    anchor::{Carried, ParagraphReader, carry, paragraphs_around, with_sign},
    messages::Message,
    model::{ArticleId, ClaimId, ClaimView, Placement, RevisionId, Standing},
    text::{Change, ChangeError, Span, Step, normalise},
};

/// How close to a change a claim must be, in bytes, for the change to affect its place. Further away, its words are
/// certainly the same.
const NEAR: usize = 64;

/// What saving would do to one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The claim.
    pub claim: ClaimId,
    /// How it would be placed.
    pub placement: Placement,
    /// Its status.
    pub standing: Standing,
    /// Why it will not hold, in words.
    pub reasons: Vec<Message>,
    /// What else changed in its sentence, if it will hold.
    pub context: Vec<Message>,
    /// Where it will stand in the new text; empty for an orphan.
    pub spans: Vec<Span>,
}

/// A typed text, and what saving it would do to the claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The new text.
    pub text: String,
    /// The claims near the change, in the order they were marked. All others stay on their words.
    pub claims: Vec<Effect>,
}

impl Desk {
    /// Reads the newest revision for typing on `base`. Fails if `base` is no longer the newest.
    pub fn typed_on(&self, article: ArticleId, base: RevisionId) -> Result<Reading, DeskError> {
        self.read_newest(article, Some(base))
    }

    /// What saving `change` would do to the claims of `newest`, the newest revision. Records nothing. Fails if the change
    /// does not fit the text.
    pub fn effects(&self, newest: &Reading, change: &Change) -> Result<Effects, ChangeError> {
        let applied = change.apply(&newest.text)?;
        let text = normalise(&applied);
        let exact = (text == applied).then_some(change);
        let near = placed_claims(newest, exact.map(|c| affected_spans(&newest.text, c)).as_deref());
        let spans: Vec<Vec<Span>> = near.iter().map(|(_, spans)| spans.to_vec()).collect();
        let (placed, read) = (
            carry(&newest.text, &text, exact, &spans),
            ParagraphReader::new(&text).in_language(newest.language()),
        );
        let claims =
            near.into_iter().zip(placed).map(|((claim, _), now)| effect(claim, now, &read)).collect();
        Ok(Effects { text, claims })
    }
}

pub(super) fn effect(claim: &ClaimView, now: Carried, read: &ParagraphReader) -> Effect {
    let (standing, Worth { reasons, context }) = match now.spans.as_slice() {
        [] => (Standing::Orphaned, Worth::default()),
        spans => standing_and_worth(claim, |v| {
            let words = v.words.join(" ");
            worth(&with_sign(words.clone(), &v.context), &read.statement(spans), || {
                read.around(spans, &words, &v.context)
            })
        }),
    };
    Effect { claim: claim.id, placement: now.placement, standing, reasons, context, spans: now.spans }
}

/// The live claims that have a place, with their spans. If `affected` is given, only those in it.
fn placed_claims<'r>(newest: &'r Reading, affected: Option<&[Span]>) -> Vec<(&'r ClaimView, &'r [Span])> {
    let here = newest.state.live_claims().filter_map(|c| {
        let anchor = newest.state.anchor(newest.revision.id, c.id)?;
        (!anchor.spans.is_empty()).then_some((c, anchor.spans.as_slice()))
    });
    here.filter(|(_, spans)| affected.is_none_or(|r| spans.iter().any(|s| touches_one(r, s)))).collect()
}

/// Whether a span touches one of the stretches. These are sorted and do not overlap.
fn touches_one(affected: &[Span], span: &Span) -> bool {
    let first = affected.partition_point(|r| r.end < span.start);
    affected.get(first).is_some_and(|r| r.start <= span.end)
}

/// The stretches of `text` in which the change can affect a claim's words: the paragraphs around each replacing step, and
/// the paragraph before, because a unit may follow its last number.
fn affected_spans(text: &str, change: &Change) -> Vec<Span> {
    let (mut at, mut all): (usize, Vec<Span>) = (0, Vec::new());
    for step in change.steps() {
        let len = match step {
            Step::Keep(len) => *len,
            Step::Replace { len, .. } => {
                let reach = affected_span(text, at, at + len);
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

fn affected_span(text: &str, start: usize, end: usize) -> Span {
    let floor = |at: usize| (0..=at).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(0);
    let near = Span::at(floor(start.saturating_sub(NEAR)), floor((end + NEAR).min(text.len())));
    let own = paragraphs_around(text, near);
    let before = paragraphs_around(text, Span::at(floor(own.start.0.saturating_sub(3)), own.start.0));
    Span::new(before.start, own.end)
}
