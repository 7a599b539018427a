//! The rest of `check`: recomputes heads, numbers and places from the recorded facts.

use super::actions::OWN_PLACES;
use crate::store::{Check, Store, StoreError};
use crate::{
    messages::message,
    model::{Action, Chain, Digest, Fact, NumberKind, Steps, effective_actions},
};
use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};
use uuid::Uuid;

/// The kind, the scope and the id of a numbered thing.
type NumberedThing = (String, Vec<u8>, Uuid);

impl Store {
    /// Checks the heads of each chain.
    pub(in crate::store) fn check_heads(&self, found: &mut Check, steps: &Steps) -> Result<(), StoreError> {
        let mut stored: BTreeMap<String, BTreeSet<[u8; 32]>> = BTreeMap::new();
        let mut rows = self.db.prepare("SELECT CAST(thread AS BLOB), digest FROM head")?;
        let heads = rows.query_map([], |r| Ok((r.get::<_, Vec<u8>>(0)?, r.get::<_, Vec<u8>>(1)?)))?;
        for head in heads {
            let (chain, digest) = head?;
            let digest = <[u8; 32]>::try_from(digest).unwrap_or_default();
            stored.entry(String::from_utf8_lossy(&chain).into_owned()).or_default().insert(digest);
        }
        for chain in self.all_chains()? {
            steps.next()?;
            let heads = stored.remove(&chain.to_string()).unwrap_or_default();
            if !self.computed_heads(chain)?.contains(&heads) {
                found.faults.push(message!("check_continues", chain = chain.to_string()));
            }
        }
        found.faults.extend(stored.keys().map(|chain| message!("check_odd_end", chain = chain)));
        Ok(())
    }

    /// Works out what continues a thread: the ends of what counts where bundles came in, whose undo settles it, and of
    /// everything that was done else. Where both happened, either may be.
    pub(in crate::store) fn computed_heads(
        &self,
        chain: Chain,
    ) -> Result<[BTreeSet<[u8; 32]>; 2], StoreError> {
        let actions_with_ignored = self.actions_with_ignored(chain)?;
        let all: Vec<&Action> = actions_with_ignored.iter().map(|(a, _)| a).collect();
        let counting = effective_actions(actions_with_ignored.iter().map(|(a, ignored)| (a, *ignored)));
        let by_bundles = !self.imported_actions(chain)?.is_empty() || self.has_aside(chain)?;
        Ok(if by_bundles { [ends(&counting), ends(&all)] } else { [ends(&all), ends(&all)] })
    }

    /// All chains.
    pub(in crate::store) fn all_chains(&self) -> Result<Vec<Chain>, StoreError> {
        let mut rows = self.db.prepare("SELECT DISTINCT thread FROM action")?;
        let names = rows.query_map([], |r| r.get::<_, String>(0))?;
        names.map(|n| n?.parse().map_err(StoreError::Damaged)).collect()
    }

    /// Checks the short numbers: each numbered thing exists, and each kind has 1, 2, 3 and so on. There are gaps only where
    /// a shared desk gave blocks of numbers.
    pub(in crate::store) fn check_numbers(&self, found: &mut Check) -> Result<(), StoreError> {
        let fault = || message!("check_numbers");
        let mut last: HashMap<(String, Vec<u8>), i64> = HashMap::new();
        let mut seen: HashSet<NumberedThing> = HashSet::new();
        let sql = "SELECT CAST(kind AS BLOB), scope, number, entity FROM number ORDER BY kind, scope, number";
        let mut rows = self.db.prepare(sql)?;
        let mut rows = rows.query([])?;
        let (mut sound, gaps) = (true, self.was_shared()?);
        while let Some(r) = rows.next()? {
            let kind = String::from_utf8_lossy(r.get_ref(0)?.as_blob().unwrap_or_default()).into_owned();
            let scope = r.get::<_, Vec<u8>>(1)?;
            let entity = Uuid::from_slice(&r.get::<_, Vec<u8>>(3)?).unwrap_or_default();
            let before = last.entry((kind.clone(), scope.clone())).or_default();
            let number = r.get::<_, i64>(2)?;
            sound &= gaps || number == *before + 1;
            *before = number;
            seen.insert((kind, scope, entity));
        }
        let (named, closed) = self.all_numbered()?;
        let unknown = seen.iter().filter(|n| !named.contains(n)).count();
        if !sound || named.iter().any(|n| !seen.contains(n)) || unknown > closed {
            found.faults.push(fault());
        }
        Ok(())
    }

    /// The things that readable facts number, and how many facts cannot be read.
    fn all_numbered(&self) -> Result<(HashSet<NumberedThing>, usize), StoreError> {
        let closed = "SELECT count(*) FROM fact WHERE body IS NULL";
        let closed: i64 = self.db.query_row(closed, [], |r| r.get(0))?;
        let sql = "SELECT packed, body FROM fact WHERE body IS NOT NULL \
                   AND kind IN ('article', 'revision', 'claim', 'source', 'query', 'suggestion')";
        let mut rows = self.db.prepare(sql)?;
        let bodies = rows.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let mut all = HashSet::new();
        for body in bodies {
            let (packed, body) = body?;
            // A fact that cannot be read is reported with its action.
            let named = super::actions::fact_of(packed, body).ok();
            all.extend(
                named.as_ref().and_then(Fact::numbered).map(|(kind, entity)| numbered_key(kind, entity)),
            );
        }
        Ok((all, closed as usize))
    }

    /// Checks the places of actions, and what readable facts replace.
    pub(in crate::store) fn check_rows(&self, found: &mut Check) -> Result<(), StoreError> {
        let misplaced = "SELECT count(*) FROM action a WHERE CASE WHEN place >= ?1 \
                           THEN place <> seq + ?1 AND NOT (?2 AND place - ?1 <= (SELECT count(*) FROM action)) \
                           ELSE place < 1 OR NOT EXISTS (SELECT 1 FROM passed_on p WHERE p.action = a.seq) END";
        let misplaced: i64 =
            self.db.query_row(misplaced, [OWN_PLACES, i64::from(self.was_shared()?)], |r| r.get(0))?;
        if misplaced > 0 {
            found.faults.push(message!("check_misplaced", misplaced = misplaced));
        }
        let sql = "SELECT f.packed, f.body, (SELECT group_concat(hex(r.replaced)) FROM replaces r WHERE r.fact = f.seq) \
                   FROM fact f WHERE f.body IS NOT NULL";
        let mut rows = self.db.prepare(sql)?;
        let mut rows = rows.query([])?;
        while let Some(r) = rows.next()? {
            let stored =
                super::actions::ids_of(r.get::<_, Option<String>>(2)?.as_deref().unwrap_or_default());
            let body: Vec<u8> = r.get(1)?;
            let recorded = super::actions::replaced_by(r.get(0)?, body).unwrap_or_else(|_| stored.clone());
            if recorded.into_iter().collect::<BTreeSet<_>>() != stored.into_iter().collect() {
                found.faults.push(message!("check_replaces"));
            }
        }
        Ok(())
    }
}

/// The digests of the actions that no other action follows.
fn ends(actions: &[impl Borrow<Action>]) -> BTreeSet<[u8; 32]> {
    let actions = || actions.iter().map(Borrow::borrow);
    let continued: HashSet<Digest> = actions().flat_map(|a: &Action| a.parents.clone()).collect();
    actions().map(|a: &Action| a.digest()).filter(|d| !continued.contains(d)).map(|d| d.0).collect()
}

fn numbered_key(kind: NumberKind, entity: Uuid) -> NumberedThing {
    let (name, scope) = super::numbers::key(kind);
    (name.to_owned(), scope, entity)
}
