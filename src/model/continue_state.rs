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
    pub fn append(&mut self, action: &Action, facts: &[Recorded]) -> bool {
        facts.iter().all(|recorded| {
            let stamp = Stamp { action: action.id, fact: recorded.id, by: action.person, at: action.at };
            recorded.fact().is_some_and(|fact| self.append_fact(fact, stamp, &recorded.replaces))
        })
    }

    /// Adds people and sources that the state does not have yet.
    pub fn add_shared<'a>(&mut self, facts: impl IntoIterator<Item = (&'a Action, &'a Recorded)>) {
        let known = Self::of(facts);
        self.people.extend(known.people);
        self.sources.extend(known.sources);
        self.interviews.extend(known.interviews);
        self.source_facts.extend(known.source_facts);
        self.withheld_elsewhere.extend(known.withheld_elsewhere);
    }

    /// Removes the anchors of all other revisions.
    pub fn retain_anchors_of(&mut self, revision: RevisionId) {
        self.anchors.retain(|r, _| *r == revision);
        self.suggestion_anchors.retain(|r, _| *r == revision);
    }

    fn append_fact(&mut self, fact: &Fact, stamp: Stamp, replaces: &[FactId]) -> bool {
        let fresh = replaces.is_empty();
        match fact {
            Fact::Claim(f) => self.append_claim(f.claim, fact, stamp, replaces),
            Fact::Evidence(f) => {
                let now = self.evidence(f.evidence).map(|(_, e)| e.stamp.fact);
                now.is_none_or(|now| replaces.contains(&now)) && self.add_current(fact, stamp)
            }
            Fact::Passage(f) => {
                let now =
                    self.evidence(f.evidence).and_then(|(_, e)| e.passage.as_ref()).map(|p| p.stamp.fact);
                now.is_none_or(|now| replaces.contains(&now)) && self.add_current(fact, stamp)
            }
            Fact::EvidenceScope(f) => {
                let now = self.evidence(f.evidence).and_then(|(_, e)| e.scope.as_ref()).map(|s| s.stamp.fact);
                now.is_none_or(|now| replaces.contains(&now)) && self.add_current(fact, stamp)
            }
            Fact::Verdict(f) => {
                self.end_verdicts(f.claim, replaces);
                self.add_current(fact, stamp)
            }
            Fact::Exemption(_) => {
                self.exemptions.retain(|w| !replaces.contains(&w.stamp.fact));
                self.add_current(fact, stamp)
            }
            Fact::SignOff(f) => {
                if let Some(&at) = self.claim_at.get(&f.claim) {
                    self.claims[at].sign_offs.retain(|s| !replaces.contains(&s.stamp.fact));
                }
                let added = self.add_current(fact, stamp);
                self.drop_own_sign_offs();
                added
            }
            Fact::Archived(_) | Fact::InfoAt(_) => self.add_current(fact, stamp),
            Fact::Anchors(_)
            | Fact::Revision(_)
            | Fact::Query(_)
            | Fact::Answer(_)
            | Fact::Resolution(_)
            | Fact::Suggestion(_)
            | Fact::Decision(_)
            | Fact::SuggestionAnchors(_)
            | Fact::FileAuthor(_)
            | Fact::Picture(_) => fresh && self.add_current(fact, stamp),
            Fact::Person(_)
            | Fact::Article(_)
            | Fact::Source(_)
            | Fact::Scale(..)
            | Fact::Policy(_)
            | Fact::Workflow(_)
            | Fact::Published(_)
            | Fact::Interview(_)
            | Fact::Contact(_)
            | Fact::Redaction(_)
            | Fact::Import(_) => false,
        }
    }

    fn add_current(&mut self, fact: &Fact, stamp: Stamp) -> bool {
        self.add(fact, stamp, true);
        true
    }

    /// Adds a claim that is new, or that replaces all facts that describe it now.
    fn append_claim(&mut self, claim: ClaimId, fact: &Fact, stamp: Stamp, replaces: &[FactId]) -> bool {
        if let Some(&at) = self.claim_at.get(&claim) {
            let view = &mut self.claims[at];
            let conflicting = view.conflicting.iter().map(|r: &Noted<_>| r.stamp.fact);
            if ![view.stamp.fact].into_iter().chain(conflicting).all(|f| replaces.contains(&f)) {
                return false;
            }
            view.conflicting.clear();
            view.is_current = false;
        }
        self.add_current(fact, stamp)
    }

    fn end_verdicts(&mut self, claim: ClaimId, replaces: &[FactId]) {
        if let Some(&at) = self.claim_at.get(&claim) {
            let replaced = |v: &&mut VerdictView| replaces.contains(&v.stamp.fact);
            self.claims[at].verdicts.iter_mut().filter(replaced).for_each(|v| v.current = false);
        }
    }
}
