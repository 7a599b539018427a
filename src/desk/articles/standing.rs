//! The status of claims in one revision. It is computed each time from the words of the verdict and the words in the text
//! now. Nothing is stored, so nothing can become inconsistent.

use crate::desk::Reading;
use crate::{
    anchor::{Around, Reader, Reason, Words, compare, with_sign},
    messages::{Message, message},
    model::{Anchor, ClaimStanding, ClaimView, Placement, Rules, Standing, Verdict},
    text::Span,
};

/// Computes the status of claims in one revision.
pub struct Standings<'r> {
    reading: &'r Reading,
    reader: &'r Reader,
    rules: Rules,
}

/// What a verdict is worth on the words of now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::desk) struct Worth {
    /// Why it does not hold, if it does not.
    pub reasons: Vec<Message>,
    /// What changed in the sentence around the claim, if it holds.
    pub context: Vec<Message>,
}

impl<'r> Standings<'r> {
    /// Computes the status of claims in `reading` by the newest rules.
    pub fn new(reading: &'r Reading) -> Self {
        Self::by(reading, Rules::default())
    }

    /// Computes the status of claims in `reading` by the given rules.
    pub fn by(reading: &'r Reading, rules: Rules) -> Self {
        Self { reading, reader: reading.reader(), rules }
    }

    /// The status of the claim.
    pub fn of(&self, claim: &ClaimView) -> ClaimStanding {
        let Some(anchor) = self.anchor(claim).filter(|a| !a.spans.is_empty()) else {
            return ClaimStanding {
                standing: Standing::Orphaned,
                placement: Placement::Orphaned,
                quote: Vec::new(),
                reasons: Vec::new(),
                context_changed: false,
                context: Vec::new(),
            };
        };
        let (standing, Worth { reasons, context }) =
            standing_and_worth(claim, |v| self.worth(v, &anchor.spans));
        ClaimStanding {
            standing,
            placement: anchor.placement,
            quote: self.reader.quote(&anchor.spans),
            reasons,
            context_changed: !context.is_empty(),
            // Older rules know only that it changed.
            context: if self.rules >= Rules::Third { context } else { Vec::new() },
        }
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

    /// What changed around a statement since it had these words and sentences. By older rules there is no reach, and all
    /// of it is context.
    pub(in crate::desk) fn around(&self, spans: &[Span], words: &str, context: &str) -> Around {
        if self.rules >= Rules::Third {
            return self.reader.around(spans, words, context, self.rules);
        }
        match compare(context, &self.context(spans)) {
            Words::Same => Around::default(),
            Words::Changed(context) => Around { reach: Vec::new(), context },
        }
    }

    fn worth(&self, verdict: &Verdict, spans: &[Span]) -> Worth {
        let words = verdict.words.join(" ");
        let was = with_sign(words.clone(), &verdict.context);
        worth(&was, &self.statement(spans), || self.around(spans, &words, &verdict.context))
    }
}

/// The standing of a claim that has a place, and what its verdict is worth there.
pub(in crate::desk) fn standing_and_worth(
    claim: &ClaimView,
    worth: impl FnOnce(&Verdict) -> Worth,
) -> (Standing, Worth) {
    let Some(view) = claim.verdict() else { return (Standing::Unchecked, Worth::default()) };
    let worth = worth(&view.verdict);
    (if worth.reasons.is_empty() { Standing::Checked } else { Standing::Stale }, worth)
}

/// What a verdict on the statement `was` is worth where the statement is `now` and this changed `around` it.
pub(in crate::desk) fn worth(was: &str, now: &str, around: impl FnOnce() -> Around) -> Worth {
    if let Words::Changed(why) = compare(was, now) {
        return Worth { reasons: why.iter().map(Reason::message).collect(), context: Vec::new() };
    }
    let Around { reach, context } = around();
    Worth { reasons: beside(&reach), context: context.iter().map(Reason::message).collect() }
}

/// Changes of a claim's reach as messages, each once.
pub(in crate::desk) fn beside(reach: &[Reason]) -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    for reason in reach {
        let message = match reason.no_longer_negated {
            true => reason.message(),
            false => message!("reason_beside", why = vec![reason.message()]),
        };
        if !all.contains(&message) {
            all.push(message);
        }
    }
    all
}

/// Whether two contexts differ in more than typography.
pub(in crate::desk) fn words_differ(was: &str, now: &str) -> bool {
    compare(was, now) != Words::Same
}
