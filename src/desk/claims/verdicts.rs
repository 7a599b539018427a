//! Verdicts: a rating on exact words with a reason. And the scales of ratings.

use super::mark::non_blank;
use crate::desk::{Desk, DeskError, Done, Standings};
use crate::{
    messages::message,
    model::{
        ActionKind, ArticleId, Chain, ClaimId, Fact, FactId, Recorded, Scale, ScaleId, Verdict, VerdictView,
    },
};
use std::collections::BTreeSet;

impl Desk {
    /// Gives a verdict on the words of the newest revision. `scale` names one of the desk's scales.
    pub fn give_verdict(
        &mut self,
        (article, claim): (ArticleId, ClaimId),
        rating: &str,
        scale: Option<&str>,
        rationale: &str,
    ) -> Result<Done<FactId>, DeskError> {
        let fact = self.new_verdict((article, claim), rating, scale, rationale)?;
        self.record_verdict(article, ActionKind::GiveVerdict, fact)
    }

    /// The verdict that would be given on the words of the newest revision.
    pub(in crate::desk) fn new_verdict(
        &self,
        (article, claim): (ArticleId, ClaimId),
        rating: &str,
        scale: Option<&str>,
        rationale: &str,
    ) -> Result<Verdict, DeskError> {
        let scale = self.scale_for(rating, scale)?;
        let rating = scale.expect(rating).map_err(DeskError::Refused)?.clone();
        let rationale = non_blank(Some(rationale.into()))
            .ok_or_else(|| DeskError::refused(message!("refused_verdict_reason")))?;
        let (revision, words, context) = self.words_now(article, claim)?;
        let (scale, withdrawn, reaffirms) = (scale.name, false, false);
        Ok(Verdict { claim, revision, rating, scale, rationale, words, context, withdrawn, reaffirms })
    }

    /// Confirms that the verdict still holds: records a new verdict on the words of the newest revision.
    pub fn reaffirm(
        &mut self,
        (article, claim): (ArticleId, ClaimId),
        rationale: Option<&str>,
    ) -> Result<Done<FactId>, DeskError> {
        let done = self.reaffirm_all(article, &[claim], rationale)?;
        let fact = done.value.first().copied().ok_or_else(holds_already)?;
        Ok(Done { value: fact, action: done.action, seq: done.seq })
    }

    /// Confirms that several verdicts still hold, as one action. Those that hold for exactly these words already are left as
    /// they are; fails if all do. A claim that is named twice counts once.
    pub fn reaffirm_all(
        &mut self,
        article: ArticleId,
        claims: &[ClaimId],
        rationale: Option<&str>,
    ) -> Result<Done<Vec<FactId>>, DeskError> {
        let mut facts = Vec::new();
        for claim in claims.iter().collect::<BTreeSet<_>>() {
            facts.extend(self.reaffirmed(article, *claim, rationale)?);
        }
        if facts.is_empty() {
            return Err(holds_already());
        }
        self.act(ActionKind::Reaffirm, Chain::Article(article), |act| {
            let recorded =
                facts.into_iter().map(|(fact, replaces)| act.replace(Fact::Verdict(fact), replaces));
            Ok(recorded.collect())
        })
    }

    /// The verdict that says that the current one still holds, and the facts it replaces; `None` if the current one holds for
    /// exactly these words.
    fn reaffirmed(
        &self,
        article: ArticleId,
        claim: ClaimId,
        rationale: Option<&str>,
    ) -> Result<Option<(Verdict, Vec<FactId>)>, DeskError> {
        let was = self.current_verdict(article, claim)?.verdict;
        let (revision, words, context) = self.words_now(article, claim)?;
        let rationale = non_blank(rationale.map(Into::into)).unwrap_or(was.rationale.clone());
        if (&was.words, &was.context, &was.rationale) == (&words, &context, &rationale) && !was.withdrawn {
            return Ok(None);
        }
        let fact = Verdict { revision, words, context, rationale, reaffirms: true, ..was };
        Ok(Some((fact, self.replaced_by_verdict(article, claim)?)))
    }

    /// Withdraws the verdict. It stays in the claim's history.
    pub fn withdraw_verdict(
        &mut self,
        (article, claim): (ArticleId, ClaimId),
    ) -> Result<Done<FactId>, DeskError> {
        let was = self.current_verdict(article, claim)?.verdict;
        self.record_verdict(article, ActionKind::WithdrawVerdict, Verdict { withdrawn: true, ..was })
    }

    /// Adds a rating scale. Its slugs must be unique within it.
    pub fn add_scale(&mut self, scale: Scale) -> Result<Done<ScaleId>, DeskError> {
        let known = self.scales()?;
        if scale.name.trim().is_empty() || scale.ratings.is_empty() {
            return Err(DeskError::refused(message!("refused_scale_empty")));
        }
        if known.iter().any(|(_, s)| s.name == scale.name) {
            return Err(DeskError::refused(message!("refused_scale_name", name = scale.name)));
        }
        let mut slugs: Vec<_> = scale.ratings.iter().map(|r| r.slug.as_str()).collect();
        slugs.sort_unstable();
        if slugs.windows(2).any(|w| w[0] == w[1]) || slugs.contains(&"") {
            return Err(DeskError::refused(message!("refused_scale_slugs")));
        }
        let id = ScaleId(self.fresh());
        self.act(ActionKind::AddScale, Chain::Scale(id), |act| {
            act.record(Fact::Scale(id, scale));
            Ok(id)
        })
    }

    /// The desk's scales, the default one first.
    pub fn scales(&self) -> Result<Vec<(Option<ScaleId>, Scale)>, DeskError> {
        let mut scales = vec![(None, Scale::default_scale())];
        for fact in self.store.rules(true)? {
            if let Some(Fact::Scale(id, scale)) = self.store.fact(fact)?.as_ref().and_then(Recorded::fact) {
                scales.push((Some(*id), scale.clone()));
            }
        }
        Ok(scales)
    }

    fn scale_for(&self, rating: &str, name: Option<&str>) -> Result<Scale, DeskError> {
        let scales = self.scales()?.into_iter().map(|(_, s)| s);
        match name {
            Some(name) => {
                let missing = || DeskError::refused(message!("refused_scale_unknown", name = name));
                scales.into_iter().find(|s| s.name == name).ok_or_else(missing)
            }
            None => {
                let default = Scale::default_scale();
                Ok(scales.into_iter().find(|s| s.rating(rating).is_some()).unwrap_or(default))
            }
        }
    }

    /// The current verdict of a claim.
    fn current_verdict(&self, article: ArticleId, claim: ClaimId) -> Result<VerdictView, DeskError> {
        let reading = self.read(article, None)?;
        let none = || DeskError::refused(message!("refused_no_verdict"));
        self.claim_view(&reading, claim)?.verdict().cloned().ok_or_else(none)
    }

    /// The newest revision and the claim's words and context in it.
    #[allow(clippy::type_complexity)] // Three values that a verdict is made of.
    fn words_now(
        &self,
        article: ArticleId,
        claim: ClaimId,
    ) -> Result<(crate::model::RevisionId, Vec<String>, String), DeskError> {
        let reading = self.read(article, None)?;
        let view = self.claim_view(&reading, claim)?;
        if view.claim.retracted {
            return Err(DeskError::refused(message!("refused_verdict_of_retracted")));
        }
        let standings = Standings::new(&reading);
        let anchor = standings
            .anchor(view)
            .filter(|a| !a.spans.is_empty())
            .ok_or_else(|| DeskError::refused(message!("refused_verdict_of_orphan")))?;
        Ok((reading.revision.id, vec![standings.statement(&anchor.spans)], standings.context(&anchor.spans)))
    }

    fn record_verdict(
        &mut self,
        article: ArticleId,
        kind: ActionKind,
        fact: Verdict,
    ) -> Result<Done<FactId>, DeskError> {
        let replaces = self.replaced_by_verdict(article, fact.claim)?;
        self.act(kind, Chain::Article(article), |act| Ok(act.replace(Fact::Verdict(fact), replaces)))
    }

    /// The facts that a new verdict on a claim replaces.
    fn replaced_by_verdict(&self, article: ArticleId, claim: ClaimId) -> Result<Vec<FactId>, DeskError> {
        let reading = self.read(article, None)?;
        let view = self.claim_view(&reading, claim)?;
        Ok(view.verdicts.iter().filter(|v| v.current).map(|v| v.stamp.fact).collect())
    }
}

fn holds_already() -> DeskError {
    DeskError::NoChange(message!("unchanged_verdict"))
}
