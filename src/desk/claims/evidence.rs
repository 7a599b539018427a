//! Evidence: a source used for a claim, and the exact passage in it.

use super::mark::non_blank;
use crate::desk::{Desk, DeskError, Done};
use crate::{
    messages::message,
    model::{ActionKind, ArticleId, Chain, ClaimId, Evidence, EvidenceId, Fact, Passage, SourceId, Stance},
};

/// What a piece of evidence quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageText {
    /// The exact words of the source.
    pub passage: Option<String>,
    /// Where in the source.
    pub locator: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

impl Desk {
    /// Uses a source for a claim.
    pub fn add_evidence(
        &mut self,
        (article, claim): (ArticleId, ClaimId),
        source: SourceId,
        stance: Stance,
        text: PassageText,
    ) -> Result<Done<EvidenceId>, DeskError> {
        self.source(source)?;
        let reading = self.read(article, None)?;
        if self.claim_view(&reading, claim)?.claim.retracted {
            return Err(DeskError::refused(message!("refused_evidence_of_retracted")));
        }
        drop(reading);
        let evidence = EvidenceId(self.fresh());
        self.act(ActionKind::AddEvidence, Chain::Article(article), |act| {
            act.record(Fact::Evidence(Evidence { evidence, claim, source, stance, retracted: false }));
            act.record(Fact::Passage(text.of(evidence)));
            Ok(evidence)
        })
    }

    /// Sets the stance and the passage of a piece of evidence.
    pub fn edit_evidence(
        &mut self,
        article: ArticleId,
        evidence: EvidenceId,
        stance: Stance,
        text: PassageText,
    ) -> Result<Done<()>, DeskError> {
        let reading = self.read(article, None)?;
        let Some((_, view)) = reading.state.evidence(evidence) else {
            return Err(crate::desk::error::not_found(crate::desk::error::Missing::Evidence, evidence));
        };
        let (view, passage) = (view.clone(), text.of(evidence));
        let same = view.passage.as_ref().is_some_and(|p| p.value == passage);
        if same && view.evidence.stance == stance {
            return Err(DeskError::NoChange(message!("unchanged_evidence")));
        }
        self.act(ActionKind::EditEvidence, Chain::Article(article), |act| {
            act.replace(Fact::Evidence(Evidence { stance, ..view.evidence }), vec![view.stamp.fact]);
            if !same {
                act.replace(Fact::Passage(passage), view.passage.map(|p| p.stamp.fact).into_iter().collect());
            }
            Ok(())
        })
    }

    /// Removes a piece of evidence.
    pub fn retract_evidence(
        &mut self,
        article: ArticleId,
        evidence: EvidenceId,
    ) -> Result<Done<()>, DeskError> {
        let reading = self.read(article, None)?;
        let Some((_, view)) = reading.state.evidence(evidence) else {
            return Err(crate::desk::error::not_found(crate::desk::error::Missing::Evidence, evidence));
        };
        let (fact, stamp) = (Evidence { retracted: true, ..view.evidence.clone() }, view.stamp);
        if view.evidence.retracted {
            return Err(DeskError::NoChange(message!("unchanged_evidence_removed")));
        }
        self.act(ActionKind::RetractEvidence, Chain::Article(article), |act| {
            act.replace(Fact::Evidence(fact), vec![stamp.fact]);
            Ok(())
        })
    }
}

impl PassageText {
    pub(in crate::desk) fn of(self, evidence: EvidenceId) -> Passage {
        let Self { passage, locator, note } = self;
        Passage { evidence, passage: non_blank(passage), locator: non_blank(locator), note: non_blank(note) }
    }
}
