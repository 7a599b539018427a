//! The status of claims in one revision. It is computed each time from the words of the verdict and the words in the text
//! now. Nothing is stored, so nothing can become inconsistent.

use crate::desk::Reading;
use crate::{
    anchor::{Reader, Reason, Words, compare, with_sign},
    messages::Message,
    model::{Anchor, ClaimStanding, ClaimView, Placement, Standing},
    text::Span,
};

/// Computes the status of claims in one revision.
pub struct Standings<'r> {
    reading: &'r Reading,
    reader: &'r Reader,
}

impl<'r> Standings<'r> {
    /// Computes the status of claims in `reading`.
    pub fn new(reading: &'r Reading) -> Self {
        Self { reading, reader: reading.reader() }
    }

    /// The status of the claim.
    pub fn of(&self, claim: &ClaimView) -> ClaimStanding {
        let Some(anchor) = self.anchor(claim).filter(|a| !a.spans.is_empty()) else {
            let quote = Vec::new();
            let (reasons, context_changed) = (Vec::new(), false);
            return ClaimStanding {
                standing: Standing::Orphaned,
                placement: Placement::Orphaned,
                quote,
                reasons,
                context_changed,
            };
        };
        let quote = self.reader.quote(&anchor.spans);
        let (standing, reasons) = standing_and_reasons(claim, || self.statement(&anchor.spans));
        let context_changed = standing == Standing::Checked && self.context_changed(claim, &anchor.spans);
        ClaimStanding { standing, placement: anchor.placement, quote, reasons, context_changed }
    }

    /// The place of the claim in this revision.
    pub fn anchor(&self, claim: &ClaimView) -> Option<&'r Anchor> {
        self.reading.state.anchor(self.reading.revision.id, claim.id)
    }

    /// The words of a statement as a verdict stores them: widened to whole words and numbers.
    pub fn statement(&self, spans: &[Span]) -> String {
        self.reader.statement(spans)
    }

    /// The sentences around a statement.
    pub fn context(&self, spans: &[Span]) -> String {
        self.reader.context(spans)
    }

    fn context_changed(&self, claim: &ClaimView, spans: &[Span]) -> bool {
        let Some(view) = claim.verdict() else { return false };
        words_differ(&view.verdict.context, &self.context(spans))
    }
}

/// The standing of a claim that has a place and whose statement is `now`, and why its verdict does not hold.
pub(in crate::desk) fn standing_and_reasons(
    claim: &ClaimView,
    now: impl FnOnce() -> String,
) -> (Standing, Vec<Message>) {
    let Some(view) = claim.verdict() else { return (Standing::Unchecked, Vec::new()) };
    match compare(&with_sign(view.verdict.words.join(" "), &view.verdict.context), &now()) {
        Words::Same => (Standing::Checked, Vec::new()),
        Words::Changed(why) => (Standing::Stale, why.iter().map(Reason::message).collect()),
    }
}

/// Whether two contexts differ in more than typography.
pub(in crate::desk) fn words_differ(was: &str, now: &str) -> bool {
    compare(was, now) != Words::Same
}
