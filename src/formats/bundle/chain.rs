//! Checks that a log is consistent: each action follows earlier actions of its chain, and each `live` flag follows from
//! the undos and redos.

use super::allowed;
use crate::model::{
    Action, ActionId, ActionKind, ArticleId, Chain, Digest, Fact, FactId, Logged, Recorded, RevisionId,
    undone,
};
use std::collections::{HashMap, HashSet};

/// The first inconsistency of a log: its line, from 1, and what is wrong.
pub(super) fn first_fault(log: &[Logged]) -> Option<(usize, String)> {
    let mut chains = Chains::default();
    let undone = undone(log.iter().map(|l| &l.action));
    let mut numbered = log.iter().enumerate();
    let broken = numbered.find_map(|(i, l)| {
        let live = !undone.contains(&l.action.id);
        let flag = || {
            format!("it is marked as {}, which does not follow from the undos and redos", live_word(l.live))
        };
        let why = chains.add(l).or_else(|| (l.live != live).then(flag));
        why.map(|why| (i + 1, why))
    });
    let over_withheld = || {
        allowed::first_over_withheld(log).map(|line| (line, "it keeps back what a bundle has to tell".into()))
    };
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

fn live_word(live: bool) -> &'static str {
    if live { "standing" } else { "undone" }
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
    fn replaces_twice(l: &Logged) -> Option<&'static str> {
        let all = |f: &Recorded| f.replaces.iter().collect::<HashSet<_>>().len() == f.replaces.len();
        (!l.facts.iter().all(all)).then_some("a fact of it names one that it replaces twice")
    }

    /// Whether a revision has a parent that is missing. Unknown in a chain with closed facts: a closed revision shows no id.
    fn continues_nothing(&mut self, l: &Logged) -> Option<&'static str> {
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
            .then_some("a revision of it continues one that is missing")
    }

    /// Whether a fact replaces one that it must not: only an earlier fact of the same chain, kind and subject is allowed.
    fn replaces_wrongly(&self, l: &Logged) -> Option<&'static str> {
        let fits = |f: &Recorded, replaced: &FactId| {
            self.facts.get(replaced).is_some_and(|(chain, was)| {
                let alike = was.zip(kind_and_subject(f)).is_none_or(|(was, is)| was == is);
                *chain == l.action.chain && alike
            })
        };
        let wrong = l.facts.iter().any(|f| f.replaces.iter().any(|r| !fits(f, r)));
        wrong.then_some("a fact of it replaces one that it cannot replace")
    }

    /// Adds the next action. Returns what is wrong with it.
    fn add(&mut self, l: &Logged) -> Option<String> {
        let Action { id, kind, chain, target, parents, .. } = &l.action;
        let seen = self.digests.entry(*chain).or_default();
        let (root, known) = (parents.is_empty(), parents.iter().all(|p| seen.contains(p)));
        let why = match (kind, target) {
            _ if *chain == Chain::Desk => Some("it belongs to a desk and not to the article"),
            _ if root && !seen.is_empty() => Some("it begins a chain that already began"),
            _ if !known => Some("an action before it in its chain is missing"),
            (ActionKind::Undo | ActionKind::Redo, None) => Some("it does not say what it undoes or redoes"),
            (ActionKind::Undo | ActionKind::Redo, Some(_)) if !l.facts.is_empty() => {
                Some("it undoes or redoes, and records something beside that")
            }
            // To reverse an undo, a redo names the undone action, not the undo. So no undo or redo is ever a target.
            (ActionKind::Undo | ActionKind::Redo, Some(t))
                if self.actions.get(t) != Some(&(*chain, false)) =>
            {
                Some("what it undoes or redoes is missing, or belongs to another chain")
            }
            (ActionKind::Undo | ActionKind::Redo, Some(_)) => None,
            (_, Some(_)) => Some("it names an action as if it undid it"),
            (_, None) => allowed::misplaced(l),
        };
        seen.insert(l.action.digest());
        let why = why.or_else(|| Self::replaces_twice(l)).or_else(|| self.replaces_wrongly(l));
        let why = why.or(self.continues_nothing(l));
        let step = matches!(kind, ActionKind::Undo | ActionKind::Redo);
        let twice = self.actions.insert(*id, (*chain, step)).is_some()
            | l.facts.iter().any(|f| self.facts.insert(f.id, (*chain, kind_and_subject(f))).is_some());
        why.or_else(|| twice.then_some("it, or a fact of it, stands there twice")).map(Into::into)
    }
}
