//! What a log may contain: each fact in its own chain, by a person who may record it, and closed only where a bundle may
//! withhold it. Digests prove that nothing was changed. These checks prove that nobody added entries that contradict the
//! rest of the history.

use crate::{
    messages::{Message, message},
    model::{ActionKind, ArticleId, Chain, Fact, FactId, Logged, Recorded, SourceId, State},
};
use std::collections::HashSet;

/// What is wrong with an action's chain: its person or its facts do not belong there.
pub(super) fn misplaced(l: &Logged) -> Option<Message> {
    let chain = l.action.chain;
    let facts = || l.facts.iter().filter_map(Recorded::fact);
    match chain {
        Chain::Person(person) if l.action.person != person => Some(message!("history_other_name")),
        _ if facts().any(|f| !belongs(f, chain)) => Some(message!("history_other_chain")),
        _ => None,
    }
}

fn belongs(fact: &Fact, chain: Chain) -> bool {
    let article = |id: ArticleId| chain == Chain::Article(id);
    match fact {
        Fact::Person(f) => chain == Chain::Person(f.person),
        Fact::Source(f) => chain == Chain::Source(f.source),
        Fact::Interview(f) => chain == Chain::Source(f.source),
        Fact::Scale(id, _) => chain == Chain::Scale(*id),
        Fact::Article(f) => article(f.article),
        Fact::Archived(f) => article(f.article),
        Fact::Revision(f) => article(f.article),
        Fact::Claim(f) => article(f.article),
        Fact::Query(f) => article(f.article),
        Fact::Exemption(f) => article(f.article),
        Fact::Suggestion(f) => article(f.article),
        Fact::Picture(f) => article(f.article),
        Fact::InfoAt(_)
        | Fact::Anchors(_)
        | Fact::Evidence(_)
        | Fact::Passage(_)
        | Fact::EvidenceScope(_)
        | Fact::Verdict(_)
        | Fact::Answer(_)
        | Fact::Resolution(_)
        | Fact::Decision(_)
        | Fact::SuggestionAnchors(_)
        | Fact::FileAuthor(_)
        | Fact::SignOff(_) => matches!(chain, Chain::Article(_)),
        Fact::Redaction(_) => true,
        // Facts about the desk itself are in no bundle.
        Fact::Import(_) | Fact::Policy(_) | Fact::Workflow(_) | Fact::Contact(_) | Fact::Published(_) => {
            false
        }
    }
}

/// The line, from 1, of the first action that withholds more than a bundle may. A bundle may withhold redacted facts,
/// sources as a whole, and passages of those sources.
pub(super) fn first_over_withheld(log: &[Logged]) -> Option<usize> {
    let redacted: HashSet<FactId> = open_facts(log).filter_map(redacted_fact).collect();
    let open_sources: HashSet<SourceId> = open_facts(log).filter_map(source_id).collect();
    let unbound =
        |f: &Recorded| f.state == State::Closed && !f.replaces.is_empty() && !redacted.contains(&f.id);
    let fits = |l: &Logged| match l.action.chain {
        // Only the digest of a redaction binds which facts a closed fact replaces.
        _ if l.facts.iter().any(unbound) => false,
        Chain::Source(id) if !open_sources.contains(&id) => true,
        _ => (0..l.facts.len()).all(|at| may_close(l, at, &redacted, &open_sources)),
    };
    log.iter().position(|l| l.live && !fits(l)).map(|at| at + 1)
}

fn may_close(l: &Logged, at: usize, redacted: &HashSet<FactId>, open_sources: &HashSet<SourceId>) -> bool {
    let fact = &l.facts[at];
    let before = at.checked_sub(1).map(|i| &l.facts[i]);
    fact.state != State::Closed
        || redacted.contains(&fact.id)
        || before.is_some_and(|b| may_hide_passage(l, b, redacted, open_sources))
}

/// Whether `before` is evidence from a withheld source, so that the passage recorded right after it may be closed.
fn may_hide_passage(
    l: &Logged,
    before: &Recorded,
    redacted: &HashSet<FactId>,
    open_sources: &HashSet<SourceId>,
) -> bool {
    let quotes = match l.action.kind {
        ActionKind::AddEvidence | ActionKind::EditEvidence | ActionKind::Mark => true,
        // The verdict is the first fact, so the closed fact is not the verdict.
        ActionKind::GiveVerdict => l
            .facts
            .first()
            .is_some_and(|f| matches!(f.fact(), Some(Fact::Verdict(_))) || redacted.contains(&f.id)),
        _ => false,
    };
    let withheld = match before.fact() {
        Some(Fact::Evidence(e)) => !open_sources.contains(&e.source),
        Some(_) => false,
        None => redacted.contains(&before.id),
    };
    quotes && withheld
}

fn open_facts(log: &[Logged]) -> impl Iterator<Item = &Fact> {
    log.iter().filter(|l| l.live).flat_map(|l| &l.facts).filter_map(Recorded::fact)
}

fn redacted_fact(fact: &Fact) -> Option<FactId> {
    if let Fact::Redaction(r) = fact { Some(r.fact) } else { None }
}

fn source_id(fact: &Fact) -> Option<SourceId> {
    if let Fact::Source(s) = fact { Some(s.source) } else { None }
}
