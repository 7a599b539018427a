//! Adds one more action to a state, so that a long article need not be folded again for each action.
//!
//! The result is the same as folding everything. If the state alone is not enough to know the result, the function
//! says so. Then the state is invalid: fold everything again.

use super::{
    Action, ArticleState, ClaimId, Fact, FactId, Noted, Recorded, RevisionId, Stamp,
    article_state::VerdictView,
};

impl ArticleState {
    /// Adds the facts of an action of the article, after everything in the state. Returns whether it could. It cannot
    /// if a fact is closed, changes the order of older facts, or does not replace the current fact. Then fold
    /// everything again.
    pub fn follow(&mut self, action: &Action, facts: &[Recorded]) -> bool {
        facts.iter().all(|recorded| {
            let stamp = Stamp { action: action.id, fact: recorded.id, by: action.person, at: action.at };
            recorded.fact().is_some_and(|fact| self.follow_fact(fact, stamp, &recorded.replaces))
        })
    }

    /// Adds people and sources that the state does not have yet.
    pub fn know<'a>(&mut self, facts: impl IntoIterator<Item = (&'a Action, &'a Recorded)>) {
        let known = Self::of(facts);
        self.people.extend(known.people);
        self.sources.extend(known.sources);
        self.interviews.extend(known.interviews);
        self.source_facts.extend(known.source_facts);
        self.kept_back.extend(known.kept_back);
    }

    /// Removes the anchors of all other revisions.
    pub fn keep_anchors_of(&mut self, revision: RevisionId) {
        self.anchors.retain(|r, _| *r == revision);
    }

    fn follow_fact(&mut self, fact: &Fact, stamp: Stamp, replaces: &[FactId]) -> bool {
        let fresh = replaces.is_empty();
        match fact {
            Fact::Claim(f) => self.follow_claim(f.claim, fact, stamp, replaces),
            Fact::Evidence(f) => {
                let now = self.evidence(f.evidence).map(|(_, e)| e.stamp.fact);
                now.is_none_or(|now| replaces.contains(&now)) && self.added(fact, stamp)
            }
            Fact::Passage(f) => {
                let now =
                    self.evidence(f.evidence).and_then(|(_, e)| e.passage.as_ref()).map(|p| p.stamp.fact);
                now.is_none_or(|now| replaces.contains(&now)) && self.added(fact, stamp)
            }
            Fact::EvidenceScope(f) => {
                let now = self.evidence(f.evidence).and_then(|(_, e)| e.scope.as_ref()).map(|s| s.stamp.fact);
                now.is_none_or(|now| replaces.contains(&now)) && self.added(fact, stamp)
            }
            Fact::Verdict(f) => {
                self.silence_verdicts(f.claim, replaces);
                self.added(fact, stamp)
            }
            Fact::Exemption(_) => {
                self.waved.retain(|w| !replaces.contains(&w.stamp.fact));
                self.added(fact, stamp)
            }
            Fact::SignOff(f) => {
                if let Some(&at) = self.claim_at.get(&f.claim) {
                    self.claims[at].sign_offs.retain(|s| !replaces.contains(&s.stamp.fact));
                }
                let added = self.added(fact, stamp);
                self.drop_own_sign_offs();
                added
            }
            Fact::Archived(_) | Fact::InfoAt(_) => self.added(fact, stamp),
            Fact::Anchors(_) | Fact::Revision(_) | Fact::Query(_) | Fact::Answer(_) | Fact::Resolution(_) => {
                fresh && self.added(fact, stamp)
            }
            Fact::Person(_)
            | Fact::Article(_)
            | Fact::Source(_)
            | Fact::Scale(..)
            | Fact::Policy(_)
            | Fact::Workflow(_)
            | Fact::Interview(_)
            | Fact::Contact(_)
            | Fact::Redaction(_)
            | Fact::Import(_) => false,
        }
    }

    fn added(&mut self, fact: &Fact, stamp: Stamp) -> bool {
        self.add(fact, stamp, true);
        true
    }

    /// Adds a claim that is new, or that replaces all facts that describe it now.
    fn follow_claim(&mut self, claim: ClaimId, fact: &Fact, stamp: Stamp, replaces: &[FactId]) -> bool {
        if let Some(&at) = self.claim_at.get(&claim) {
            let view = &mut self.claims[at];
            let rivals = view.rivals.iter().map(|r: &Noted<_>| r.stamp.fact);
            if ![view.stamp.fact].into_iter().chain(rivals).all(|f| replaces.contains(&f)) {
                return false;
            }
            view.rivals.clear();
            view.is_current = false;
        }
        self.added(fact, stamp)
    }

    fn silence_verdicts(&mut self, claim: ClaimId, replaces: &[FactId]) {
        if let Some(&at) = self.claim_at.get(&claim) {
            let silent = |v: &&mut VerdictView| replaces.contains(&v.stamp.fact);
            self.claims[at].verdicts.iter_mut().filter(silent).for_each(|v| v.current = false);
        }
    }
}
