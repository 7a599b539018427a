//! Exemptions: sentences of which a person says that they need no check.

use super::coverage::{Cover, Coverage, Sentence, coverage, coverage_without};
use crate::desk::{Desk, DeskError, Done, Reading, Standings, claims::mark::non_blank};
use crate::{
    anchor::key,
    messages::message,
    model::{ActionKind, ArticleId, Chain, ClaimId, Exemption, ExemptionId, Fact, Noted, RevisionId},
    text::{Byte, Span},
};

impl Desk {
    /// Records for each open sentence that overlaps one of `spans` that it needs no check. Fails if no sentence there is open,
    /// or if `revision` is no longer the newest. Returns how many sentences it exempted.
    pub fn exempt(
        &mut self,
        article: ArticleId,
        revision: Option<RevisionId>,
        spans: &[Span],
        note: Option<String>,
    ) -> Result<Done<usize>, DeskError> {
        let reading = self.read_newest(article, revision)?;
        let facts =
            self.exemption_facts(&reading, &coverage(&reading, self.judging()?), spans, non_blank(note));
        if facts.is_empty() {
            return Err(DeskError::NoChange(message!("unchanged_no_open_sentence")));
        }
        self.act(ActionKind::Exempt, Chain::Article(article), |act| {
            let count = facts.len();
            for fact in facts {
                act.record(Fact::Exemption(fact));
            }
            Ok(count)
        })
    }

    /// Exemptions of the sentences of these claims, which are open without the claims.
    pub(in crate::desk) fn exemptions_for_claims(
        &self,
        reading: &Reading,
        claims: &[ClaimId],
    ) -> Result<Vec<Exemption>, DeskError> {
        let standings = Standings::new(reading);
        let views = reading.state.live_claims().filter(|c| claims.contains(&c.claim.claim));
        let spans: Vec<Span> =
            views.filter_map(|c| standings.anchor(c)).flat_map(|a| a.spans.iter().copied()).collect();
        Ok(self.exemption_facts(reading, &coverage_without(reading, self.judging()?, claims), &spans, None))
    }

    /// Exemptions of the open sentences that overlap one of `spans`, one for equal sentences.
    fn exemption_facts(
        &self,
        reading: &Reading,
        coverage: &Coverage,
        spans: &[Span],
        note: Option<String>,
    ) -> Vec<Exemption> {
        let mut facts: Vec<Exemption> = Vec::new();
        for s in coverage.sentences.iter().filter(|s| s.cover == Cover::Open && meets(s, spans)) {
            let sentence = s.span.of(&reading.text).unwrap_or_default().to_owned();
            if facts.iter().all(|f| key(&f.sentence) != key(&sentence)) {
                let (id, article) = (ExemptionId(self.fresh()), reading.article);
                facts.push(Exemption {
                    exemption: id,
                    article,
                    sentence,
                    note: note.clone(),
                    taken_back: false,
                });
            }
        }
        facts
    }

    /// Ends the exemption of sentences. Fails if no exempt sentence overlaps one of `spans`. Returns how many exemptions
    /// ended.
    pub fn open_again(
        &mut self,
        article: ArticleId,
        revision: Option<RevisionId>,
        spans: &[Span],
    ) -> Result<Done<usize>, DeskError> {
        let reading = self.read_newest(article, revision)?;
        let all = coverage(&reading, self.judging()?);
        let exempt = all.sentences.iter().filter(|s| meets(s, spans)).filter_map(|s| s.exemption.as_ref());
        let keys: Vec<String> = exempt.map(|e| key(&e.value.sentence)).collect();
        let ended: Vec<_> = reading
            .state
            .exemptions
            .iter()
            .filter(|e| keys.contains(&key(&e.value.sentence)))
            .cloned()
            .collect();
        if ended.is_empty() {
            return Err(DeskError::NoChange(message!("unchanged_exemption")));
        }
        self.act(ActionKind::OpenAgain, Chain::Article(article), |act| {
            let count = ended.len();
            for Noted { value, stamp } in ended {
                act.replace(Fact::Exemption(Exemption { taken_back: true, ..value }), vec![stamp.fact]);
            }
            Ok(count)
        })
    }
}

/// Whether a sentence overlaps one of the spans. An empty span counts as one byte.
fn meets(sentence: &Sentence, spans: &[Span]) -> bool {
    let Span { start, end } = sentence.span;
    spans.iter().any(|s| s.start < end && start < s.end.max(Byte(s.start.0 + 1)))
}
