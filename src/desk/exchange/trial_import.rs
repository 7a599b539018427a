//! The logs of a desk as they will be after an import, computed before anything is recorded. With them, an import is
//! tried and its texts are merged before the write lock is taken.

use super::unknown::Unknown;
use crate::desk::{
    Desk, DeskError,
    history::{dossier::gather_log, logs::Logs},
};
use crate::{
    formats::bundle,
    model::{
        Action, ActionId, ArticleId, Chain, Digest, FactId, Logged, Recorded, effective_actions, undone,
    },
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The desk as it will be after the import of a bundle.
pub(in crate::desk) struct AfterImport<'a> {
    desk: &'a Desk,
    /// The actions that the import makes effective: new ones, and ones whose earlier imports were all undone.
    unknown: HashSet<ActionId>,
    /// The new actions of each chain, in order.
    added: BTreeMap<Chain, Vec<&'a Logged>>,
    /// Facts that are closed here and that the import opens.
    opened: HashMap<FactId, &'a Recorded>,
    texts: HashMap<Digest, &'a str>,
}

impl<'a> AfterImport<'a> {
    /// The desk after the import of a bundle.
    pub fn of(
        desk: &'a Desk,
        incoming: &'a bundle::Incoming,
        unknown: &Unknown<'a>,
    ) -> Result<Self, DeskError> {
        let mut added = BTreeMap::<Chain, Vec<&Logged>>::new();
        for logged in &unknown.actions {
            if desk.store.counts(logged.action.id)?.is_none() {
                added.entry(logged.action.chain).or_default().push(logged);
            }
        }
        let mut opened = HashMap::new();
        for open in &unknown.opened {
            let same = desk.store.fact(open.id)?.is_some_and(|stored| stored.digest == open.digest);
            if same && open.is_sound() {
                opened.insert(open.id, *open);
            }
        }
        let texts = incoming.texts.iter().map(|(digest, text)| (*digest, text.as_str())).collect();
        Ok(Self {
            desk,
            unknown: unknown.actions.iter().map(|l| l.action.id).collect(),
            added,
            opened,
            texts,
        })
    }

    fn added(&self, chain: Chain) -> impl Iterator<Item = &'a Logged> + '_ {
        self.added.get(&chain).into_iter().flatten().copied()
    }

    /// The actions of a chain in order, each with whether it will be ignored.
    fn with_ignored(&self, chain: Chain) -> Result<Vec<(Action, bool)>, DeskError> {
        let mut with_ignored = self.desk.store.actions_with_ignored(chain)?;
        with_ignored.iter_mut().for_each(|(action, ignored)| *ignored &= !self.unknown.contains(&action.id));
        with_ignored.extend(self.added(chain).map(|l| (l.action.clone(), false)));
        Ok(with_ignored)
    }
}

impl Logs for AfterImport<'_> {
    fn log(&self, chain: Chain) -> Result<Vec<Logged>, DeskError> {
        let with_ignored = self.with_ignored(chain)?;
        let counts: HashSet<ActionId> =
            with_ignored.iter().filter(|(_, ignored)| !ignored).map(|(action, _)| action.id).collect();
        let gone = undone(with_ignored.iter().filter(|(_, ignored)| !ignored).map(|(action, _)| action));
        let mut log = Logs::log(self.desk, chain)?;
        log.extend(self.added(chain).cloned());
        for logged in &mut log {
            let is_live = counts.contains(&logged.action.id) && !gone.contains(&logged.action.id);
            logged.live = logged.action.target.is_some() || is_live;
            for fact in &mut logged.facts {
                if let Some(open) = self.opened.get(&fact.id) {
                    *fact = (*open).clone();
                }
            }
        }
        Ok(log)
    }

    fn counted(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError> {
        let with_ignored = self.with_ignored(chain)?;
        Ok(effective_actions(with_ignored.iter().map(|(a, ignored)| (a, *ignored)))
            .into_iter()
            .map(|a| a.id)
            .collect())
    }

    fn imported(&self, chain: Chain) -> Result<HashSet<ActionId>, DeskError> {
        let mut all = self.desk.imported(chain)?;
        all.extend(&self.unknown);
        Ok(all)
    }

    fn closed_facts(&self) -> Result<HashSet<FactId>, DeskError> {
        let mut all = self.desk.closed_facts()?;
        all.retain(|id| !self.opened.contains_key(id));
        let added = self.added.values().flatten().flat_map(|l| &l.facts);
        all.extend(added.filter(|f| f.fact().is_none()).map(|f| f.id));
        Ok(all)
    }

    fn text(&self, digest: &Digest) -> Result<String, DeskError> {
        match self.texts.get(digest) {
            Some(text) => Ok((*text).to_owned()),
            None => self.desk.text(digest),
        }
    }
}

/// An outline of what an export of an article would contain, one line for each action. It is used to compare the expected
/// export with the actual one.
pub(in crate::desk) fn outline(logs: &dyn Logs, article: ArticleId) -> Vec<String> {
    let fact = |f: &Recorded| format!("{} {} {:?}", f.id, f.fact().is_some(), f.replaces);
    let line = |l: &Logged| {
        let facts: Vec<_> = l.facts.iter().map(fact).collect();
        format!("{} {} {}", l.action.id, l.live, facts.join(", "))
    };
    gather_log(logs, article).iter().flatten().map(line).collect()
}
