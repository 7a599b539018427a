//! The subject of each action of an article, in words: `True for C3 “roughly 300 kilometres…”`.

use crate::desk::{Desk, DeskError, Reading, Standings};
use crate::{
    anchor,
    messages::{Message, message},
    model::{
        ActionId, ActionKind, ClaimId, ClaimView, Evidence, Fact, Logged, PersonId, QueryId, Recorded,
        SourceId, SuggestionId,
    },
};
use std::{cell::RefCell, collections::HashMap};

/// The most code points of quoted words.
const MAX_CHARS: usize = 40;

/// The subjects of the actions of a log. A claim's words are looked up once.
pub struct Subjects<'a> {
    desk: &'a Desk,
    reading: &'a Reading,
    log: HashMap<ActionId, &'a Logged>,
    claims: RefCell<HashMap<ClaimId, Message>>,
}

impl<'a> Subjects<'a> {
    /// Subjects for `log`, the log of the article in `reading`.
    pub fn new(desk: &'a Desk, reading: &'a Reading, log: &'a [Logged]) -> Self {
        let log = log.iter().map(|l| (l.action.id, l)).collect();
        Self { desk, reading, log, claims: RefCell::default() }
    }

    /// The action that an undo or redo targets.
    pub fn target(&self, logged: &Logged) -> Option<&'a Logged> {
        self.log.get(&logged.action.target?).copied()
    }

    /// What an action was done to; of an undo or redo, what the action it speaks of was done to. Nothing where the kind of
    /// the action says it all. Fails where the desk cannot be read.
    pub fn about(&self, logged: &Logged) -> Result<Option<Message>, DeskError> {
        let logged = self.target(logged).unwrap_or(logged);
        if logged.action.kind == ActionKind::Reattach {
            let claim = self.desk.store.anchored_by(logged.action.id)?;
            return claim.map(|c| self.claim(c)).transpose();
        }
        let facts: Vec<&Fact> = logged.facts.iter().filter_map(Recorded::fact).collect();
        // A verdict is the most important fact of an action.
        // So is the decision of a suggestion: the revision follows from it.
        let most = |f: &&&Fact| {
            matches!(f, Fact::Verdict(_))
                || logged.action.kind != ActionKind::Import && matches!(f, Fact::Decision(_))
        };
        let first = facts.iter().find(most).into_iter().chain(&facts);
        for fact in first {
            if let Some(subject) = self.of_fact(logged.action.kind, fact)? {
                return Ok(Some(subject));
            }
        }
        self.desk.status_set_by(logged)
    }

    fn of_fact(&self, kind: ActionKind, fact: &Fact) -> Result<Option<Message>, DeskError> {
        Ok(Some(match fact {
            Fact::Verdict(v) => {
                message!("about_rating", rating = &v.rating.label, claim = self.claim(v.claim)?)
            }
            Fact::SignOff(s) => self.claim(s.claim)?,
            Fact::Claim(c) if kind == ActionKind::Assign => {
                message!("about_assigned", claim = self.claim(c.claim)?, person = self.person(c.assignee)?)
            }
            Fact::Claim(c) => self.claim(c.claim)?,
            Fact::Evidence(e) => self.evidence(e)?,
            Fact::Passage(p) => match self.reading.state.evidence(p.evidence) {
                Some((_, view)) => self.evidence(&view.evidence)?,
                None => return Ok(None),
            },
            Fact::Revision(r) => {
                let number = self.desk.number_of(r.revision.0)?;
                match &r.note {
                    Some(note) => message!("about_revision_noted", number = number, note = shortened(note)),
                    None => message!("about_revision", number = number),
                }
            }
            Fact::Published(p) => message!("about_revision", number = self.desk.number_of(p.revision.0)?),
            Fact::Query(q) => self.query(q.query)?,
            Fact::Answer(a) => self.query(a.query)?,
            Fact::Resolution(r) => self.query(r.query)?,
            Fact::Suggestion(s) => self.suggestion(s.suggestion)?,
            Fact::Decision(d) => self.suggestion(d.suggestion)?,
            Fact::Exemption(e) => message!("about_words", words = shortened(&e.sentence)),
            _ => return Ok(None),
        }))
    }

    /// `C3 “roughly 300 kilometres…”`
    fn claim(&self, id: ClaimId) -> Result<Message, DeskError> {
        if let Some(subject) = self.claims.borrow().get(&id) {
            return Ok(subject.clone());
        }
        let words = self.reading.state.claim(id).map(|c| self.words(c)).unwrap_or_default();
        let number = self.desk.number_of(id.0)?;
        let subject = match words.is_empty() {
            true => message!("about_claim", number = number),
            false => message!("about_claim_words", number = number, words = shortened(&words)),
        };
        self.claims.borrow_mut().insert(id, subject.clone());
        Ok(subject)
    }

    /// The words that identify a claim: those in the text now, else the words of its last verdict, else its assertion.
    fn words(&self, claim: &ClaimView) -> String {
        let here =
            Standings::new(self.reading).anchor(claim).map(|a| anchor::quote(&self.reading.text, &a.spans));
        let here = here.unwrap_or_default().join(" … ");
        let last = claim.verdicts.last().map(|v| v.verdict.words.join(" … "));
        let known = [Some(here), last, claim.claim.assertion.clone()];
        known.into_iter().flatten().find(|w| !w.is_empty()).unwrap_or_default()
    }

    /// `“Council minutes” for C3 “roughly 300 kilometres…”`
    fn evidence(&self, e: &Evidence) -> Result<Message, DeskError> {
        let claim = self.claim(e.claim)?;
        Ok(match self.source(e.source) {
            Some(source) => message!("about_evidence", source = source, claim = claim),
            None => claim,
        })
    }

    fn source(&self, id: SourceId) -> Option<String> {
        self.reading.state.sources.get(&id).map(|s| shortened(&s.value.title))
    }

    /// `Q1 “Where does this figure come from?”`
    fn query(&self, id: QueryId) -> Result<Message, DeskError> {
        let view = self.reading.state.queries.iter().find(|q| q.id == id);
        let number = self.desk.number_of(id.0)?;
        Ok(match view {
            Some(v) => message!("about_query_words", number = number, words = shortened(&v.query.text)),
            None => message!("about_query", number = number),
        })
    }

    /// `suggestion 4 “300” → “330”`
    fn suggestion(&self, id: SuggestionId) -> Result<Message, DeskError> {
        let number = self.desk.number_of(id.0)?;
        let Some(view) = self.reading.state.suggestion(id) else {
            return Ok(message!("about_suggestion", number = number));
        };
        let edits = &view.suggestion.edits;
        let words: String = edits.iter().map(|e| e.words.as_str()).collect();
        let with: String = edits.iter().map(|e| e.with.as_str()).collect();
        let (words, with) = (shortened(&words), shortened(&with));
        Ok(message!("about_suggestion_words", number = number, words = words, with = with))
    }

    fn person(&self, id: Option<PersonId>) -> Result<Message, DeskError> {
        let person = id.map(|id| self.desk.person(id)).transpose()?.flatten();
        Ok(match person {
            Some(person) => message!("about_person", name = person.name),
            None => message!("about_no_one"),
        })
    }
}

/// Words on one line, cut between two words.
fn shortened(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = words.char_indices().nth(MAX_CHARS) else { return words };
    let cut = if words[end..].starts_with(' ') { end } else { words[..end].rfind(' ').unwrap_or(end) };
    format!("{}…", words[..cut].trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn words_are_cut_between_two_words_and_short_ones_stay_whole() {
        assert_eq!(shortened("roughly 300\nkilometres"), "roughly 300 kilometres");
        assert_eq!(
            shortened("The ferry crossed the lake on Monday, after three weeks"),
            "The ferry crossed the lake on Monday…"
        );
        assert_eq!(shortened(&"ä".repeat(41)), format!("{}…", "ä".repeat(40)));
        assert_eq!(shortened(&"a".repeat(40)), "a".repeat(40));
    }
}
