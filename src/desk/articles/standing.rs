//! What claims' verdicts are worth in one revision. Worked out anew each time, from the words the verdict was given on
//! and the words that stand there now; nothing is stored, so nothing can fall out of step.

use crate::desk::Reading;
use crate::{
    anchor::{Reader, Reason, Words, compare},
    messages::Message,
    model::{Anchor, ClaimStanding, ClaimView, Placement, Standing},
    text::Span,
};

/// Judges claims in one revision's text.
pub struct Standings<'r> {
    reading: &'r Reading,
    reader: &'r Reader,
}

impl<'r> Standings<'r> {
    /// A judge over what is read.
    pub fn new(reading: &'r Reading) -> Self {
        Self { reading, reader: reading.reader() }
    }

    /// What the claim's verdict is worth.
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
        let (standing, reasons) = worth(claim, || self.statement(&anchor.spans));
        let context_changed = standing == Standing::Checked && self.context_changed(claim, &anchor.spans);
        ClaimStanding { standing, placement: anchor.placement, quote, reasons, context_changed }
    }

    /// Where the claim stands in this revision.
    pub fn anchor(&self, claim: &ClaimView) -> Option<&'r Anchor> {
        self.reading.state.anchor(self.reading.revision.id, claim.id)
    }

    /// The words of a statement as a verdict on it keeps them: widened to whole words and numbers.
    pub fn statement(&self, spans: &[Span]) -> String {
        self.reader.statement(spans)
    }

    /// The sentences around a statement.
    pub fn context(&self, spans: &[Span]) -> String {
        self.reader.context(spans)
    }

    fn context_changed(&self, claim: &ClaimView, spans: &[Span]) -> bool {
        let Some(view) = claim.verdict() else { return false };
        differs(&view.verdict.context, &self.context(spans))
    }
}

/// What a claim that stands somewhere is worth where its statement is `now`, and why it does not hold.
pub(in crate::desk) fn worth(claim: &ClaimView, now: impl FnOnce() -> String) -> (Standing, Vec<Message>) {
    let Some(view) = claim.verdict() else { return (Standing::Unchecked, Vec::new()) };
    match compare(&view.verdict.words.join(" "), &now()) {
        Words::Same => (Standing::Checked, Vec::new()),
        Words::Changed(why) => (Standing::Stale, why.iter().map(Reason::message).collect()),
    }
}

/// Whether two contexts differ in more than typography.
pub(in crate::desk) fn differs(was: &str, now: &str) -> bool {
    compare(was, now) != Words::Same
}
