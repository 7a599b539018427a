//! Checks that a log is consistent: each action follows earlier actions of its chain, and each `live` flag follows from
//! the undos and redos.

use super::allowed;
use crate::{
    messages::{Message, message},
    model::{
        Action, ActionId, ActionKind, ArticleId, Chain, Digest, Fact, FactId, Logged, Recorded, RevisionId,
        undone,
    },
};
use std::collections::{HashMap, HashSet};

/// The first inconsistency of a log: its line, from 1, and what is wrong.
pub(super) fn first_fault(log: &[Logged]) -> Option<(usize, Message)> {
    let mut chains = Chains::default();
    let undone = undone(log.iter().map(|l| &l.action));
    let mut numbered = log.iter().enumerate();
    let broken = numbered.find_map(|(i, l)| {
        let live = !undone.contains(&l.action.id);
        let flag = || if l.live { message!("history_stands") } else { message!("history_undone") };
        let why = chains.add(l).or_else(|| (l.live != live).then(flag));
        why.map(|why| (i + 1, why))
    });
    let over_withheld =
        || allowed::first_over_withheld(log).map(|line| (line, message!("history_kept_back")));
    broken.or_else(over_withheld)
}

/// The article of a log; `None` if it has actions of no article or of several.
pub(super) fn article(log: &[Logged]) -> Option<ArticleId> {
    let of = |l: &Logged| match l.action.chain {
        Chain::Article(id) => Some(id),
        Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
    };
    let articles: HashSet<_> = log.iter().filter_map(of).collect();
    articles.iter().next().copied().filter(|_| articles.len() == 1)
}

/// What the actions so far contain.
#[derive(Default)]
struct Chains {
    digests: HashMap<Chain, HashSet<Digest>>,
    /// The chain of each action, and whether the action is an undo or a redo.
    actions: HashMap<ActionId, (Chain, bool)>,
    /// The chain of each fact, with its kind and subject if the fact is open.
    facts: HashMap<FactId, (Chain, KindAndSubject)>,
    /// The ids of all open revisions, and the chains that have closed facts.
    revisions: HashSet<RevisionId>,
    with_closed_facts: HashSet<Chain>,
}

/// The kind and subject of a fact; facts of one kind and subject replace each other.
type KindAndSubject = Option<(&'static str, [u8; 16])>;

fn kind_and_subject(fact: &Recorded) -> KindAndSubject {
    fact.fact().map(|f| (f.kind(), f.subject()))
}

impl Chains {
    /// Whether a fact names the same replaced fact twice.
    fn replaces_twice(l: &Logged) -> Option<Message> {
        let all = |f: &Recorded| f.replaces.iter().collect::<HashSet<_>>().len() == f.replaces.len();
        (!l.facts.iter().all(all)).then_some(message!("history_replaces_twice"))
    }

    /// Whether a revision has a parent that is missing. Unknown in a chain with closed facts: a closed revision shows no id.
    fn continues_nothing(&mut self, l: &Logged) -> Option<Message> {
        let revisions = || {
            l.facts.iter().filter_map(|f| match f.fact() {
                Some(Fact::Revision(r)) => Some(r),
                _ => None,
            })
        };
        // A merge records the imported revision and the merged revision in one action.
        self.revisions.extend(revisions().map(|r| r.revision));
        if l.facts.iter().any(|f| f.fact().is_none()) {
            self.with_closed_facts.insert(l.action.chain);
        }
        let wrong =
            revisions().any(|r| r.parents.iter().any(|p| *p == r.revision || !self.revisions.contains(p)));
        (wrong && !self.with_closed_facts.contains(&l.action.chain))
            .then_some(message!("history_continues_nothing"))
    }

    /// Whether a fact replaces one that it must not: only an earlier fact of the same chain, kind and subject is allowed.
    fn replaces_wrongly(&self, l: &Logged) -> Option<Message> {
        let fits = |f: &Recorded, replaced: &FactId| {
            self.facts.get(replaced).is_some_and(|(chain, was)| {
                let alike = was.zip(kind_and_subject(f)).is_none_or(|(was, is)| was == is);
                *chain == l.action.chain && alike
            })
        };
        let wrong = l.facts.iter().any(|f| f.replaces.iter().any(|r| !fits(f, r)));
        wrong.then_some(message!("history_replaces_wrongly"))
    }

    /// Adds the next action. Returns what is wrong with it.
    fn add(&mut self, l: &Logged) -> Option<Message> {
        let Action { id, kind, chain, target, parents, .. } = &l.action;
        let seen = self.digests.entry(*chain).or_default();
        let (root, known) = (parents.is_empty(), parents.iter().all(|p| seen.contains(p)));
        let why = match (kind, target) {
            _ if *chain == Chain::Desk => Some(message!("history_of_desk")),
            _ if root && !seen.is_empty() => Some(message!("history_begins_again")),
            _ if !known => Some(message!("history_lacks_parent")),
            (ActionKind::Undo | ActionKind::Redo, None) => Some(message!("history_no_target")),
            (ActionKind::Undo | ActionKind::Redo, Some(_)) if !l.facts.is_empty() => {
                Some(message!("history_undo_records"))
            }
            // To reverse an undo, a redo names the undone action, not the undo. So no undo or redo is ever a target.
            (ActionKind::Undo | ActionKind::Redo, Some(t))
                if self.actions.get(t) != Some(&(*chain, false)) =>
            {
                Some(message!("history_bad_target"))
            }
            (ActionKind::Undo | ActionKind::Redo, Some(_)) => None,
            (_, Some(_)) => Some(message!("history_odd_target")),
            (_, None) => allowed::misplaced(l),
        };
        seen.insert(l.action.digest());
        let why = why.or_else(|| Self::replaces_twice(l)).or_else(|| self.replaces_wrongly(l));
        let why = why.or(self.continues_nothing(l));
        let step = matches!(kind, ActionKind::Undo | ActionKind::Redo);
        let twice = self.actions.insert(*id, (*chain, step)).is_some()
            | l.facts.iter().any(|f| self.facts.insert(f.id, (*chain, kind_and_subject(f))).is_some());
        why.or_else(|| twice.then_some(message!("history_twice")))
    }
}
