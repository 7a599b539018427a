//! What a desk wrote into a file of claims and reads again: its verdicts and evidence are recorded here already, so they are left out
//! with the reason. What others changed in the file is not the same any more, and comes in.

use crate::desk::{Desk, DeskError, claims::sources::title_key};
use crate::{
    formats::interchange::{ClaimIn, EvidenceIn, LeftOut, OwnVerdict, ReadAs},
    messages::{Message, message},
    model::{ArticleId, ClaimId, ClaimView, EvidenceView, VerdictView},
};

/// A claim of this desk that a file names.
pub(super) struct Known {
    /// The claim with all that is recorded of it.
    pub view: ClaimView,
    /// Its article.
    pub article: ArticleId,
    /// The titles of its sources, in the order of its evidence.
    titles: Vec<String>,
}

impl Desk {
    /// The claim of this desk that a file's claim is, if it names one that is not retracted.
    pub(super) fn known_claim(&self, read: &ClaimIn) -> Result<Option<Known>, DeskError> {
        let Some(own) = &read.own else { return Ok(None) };
        let Ok((article, claim)) = self.claim_named(&own.claim.to_string()) else { return Ok(None) };
        let reading = self.read(article, None)?;
        let Some(view) = reading.state.claim(claim).filter(|v| !v.claim.retracted) else { return Ok(None) };
        let title = |e: &EvidenceView| {
            let source = reading.state.sources.get(&e.evidence.source);
            source.map(|s| title_key(&s.value.title)).unwrap_or_default()
        };
        let titles = view.evidence.iter().map(title).collect();
        Ok(Some(Known { view: view.clone(), article, titles }))
    }
}

impl Known {
    /// Takes out of a file's claim what is recorded of it here. Returns what was left out, and why.
    pub fn take_out(&self, read: &mut ClaimIn) -> Vec<LeftOut> {
        let mut left = Vec::new();
        let verdict = read.own.as_ref().and_then(|o| o.verdict.clone());
        if let Some(verdict) = verdict.filter(|v| self.gave(v)) {
            match &verdict.read_as {
                ReadAs::Evidence => read.evidence.clear(),
                ReadAs::Remark(words) => read.remarks.retain(|r| r != words),
            }
            let what = message!("entry_verdict", rating = &verdict.label, words = words_of(read));
            left.push(LeftOut { what, why: message!("entry_own_verdict") });
        }
        let known = |e: &EvidenceIn| self.has(e);
        left.extend(read.evidence.iter().filter(|e| known(e)).map(|e| LeftOut {
            what: Message::verbatim(e.source.title.clone()),
            why: message!("entry_own_evidence"),
        }));
        read.evidence.retain(|e| !known(e));
        left
    }

    /// Whether this claim has, or had, that verdict.
    fn gave(&self, told: &OwnVerdict) -> bool {
        let same = |v: &&VerdictView| {
            v.verdict.rating.label == told.label
                && title_key(&v.verdict.rationale) == title_key(&told.rationale)
        };
        self.view.verdicts.iter().any(|v| same(&v))
    }

    /// Whether this claim has, or had, that evidence.
    fn has(&self, told: &EvidenceIn) -> bool {
        let key = |words: Option<&str>| title_key(words.unwrap_or_default());
        let same = |(e, title): (&EvidenceView, &String)| {
            let passage = e.passage.as_ref().and_then(|p| p.value.passage.as_deref());
            *title == title_key(&told.source.title) && key(passage) == key(told.passage.as_deref())
        };
        self.view.evidence.iter().zip(&self.titles).any(same)
    }

    /// Whether it is this claim of that article.
    pub fn is_in(&self, article: ArticleId) -> Option<ClaimId> {
        (self.article == article).then_some(self.view.id)
    }
}

fn words_of(read: &ClaimIn) -> String {
    read.quotes.iter().map(|q| q.exact.as_str()).collect::<Vec<_>>().join(" … ")
}
