//! The table `head` and the actions of a chain that count. The next action of the chain follows the heads.
//!
//! When an import is undone, its actions and everything built on them are ignored. The next action follows the last one
//! before the import. So an article that was merged with another desk's work, and whose import was undone, is exported as it
//! was before.

use super::actions::{parse_action, uuid};
use crate::model::{Action, ActionId, Chain, Digest, effective_actions};
use crate::store::{Store, StoreError, Tx};
use rusqlite::params;
use std::collections::HashSet;

impl Store {
    /// The digests of the actions that the next action of the chain follows.
    pub fn heads(&self, chain: Chain) -> Result<Vec<Digest>, StoreError> {
        let mut rows = self.db.prepare_cached(
            "SELECT h.digest FROM head h JOIN action a ON a.digest = h.digest WHERE h.thread = ?1 ORDER BY a.place",
        )?;
        let heads = rows.query_map([chain.to_string()], |r| Ok(Digest(r.get(0)?)))?;
        Ok(heads.collect::<Result<_, _>>()?)
    }

    /// The actions of a chain that count, including undone ones.
    pub fn counted(&self, chain: Chain) -> Result<HashSet<ActionId>, StoreError> {
        let actions_with_ignored = self.actions_with_ignored(chain)?;
        Ok(effective_actions(actions_with_ignored.iter().map(|(a, ignored)| (a, *ignored)))
            .into_iter()
            .map(|a| a.id)
            .collect())
    }

    /// The actions of a chain that were imported with a bundle.
    pub fn imported_actions(&self, chain: Chain) -> Result<HashSet<ActionId>, StoreError> {
        let sql = "SELECT a.id FROM action a WHERE a.thread = ?1 AND EXISTS \
                     (SELECT 1 FROM brought b JOIN action i ON i.id = b.import WHERE b.action = a.id AND i.kind = 'bring-in')";
        let mut rows = self.db.prepare_cached(sql)?;
        let ids = rows.query_map([chain.to_string()], |r| Ok(ActionId(uuid(r.get(0)?))))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Whether a redaction follows what an import added.
    pub fn redacted_since(&self, import: ActionId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM action r WHERE r.kind = 'redact' \
                     AND r.place > (SELECT place FROM action WHERE id = ?1) AND r.thread IN \
                     (SELECT a.thread FROM brought b JOIN action a ON a.id = b.action WHERE b.import = ?1))";
        Ok(self.db.prepare_cached(sql)?.query_row([import.bytes()], |r| r.get(0))?)
    }

    /// A chain's actions in order, each with whether it is ignored: all imports that added it are undone, or it
    /// was set aside.
    pub fn actions_with_ignored(&self, chain: Chain) -> Result<Vec<(Action, bool)>, StoreError> {
        let sql = "SELECT a.canonical, EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id) AND NOT EXISTS \
                     (SELECT 1 FROM brought b JOIN standing_import i ON i.id = b.import WHERE b.action = a.id) \
                     OR EXISTS (SELECT 1 FROM aside s WHERE s.action = a.seq) \
                   FROM action a WHERE a.thread = ?1 ORDER BY a.place";
        let mut rows = self.db.prepare_cached(sql)?;
        let all =
            rows.query_map([chain.to_string()], |r| Ok((r.get::<_, String>(0)?, r.get::<_, bool>(1)?)))?;
        all.map(|row| {
            let (canonical, ignored) = row?;
            Ok((parse_action(&canonical)?, ignored))
        })
        .collect()
    }

    /// The chains that an import wrote to, or the first of several actions that are undone together.
    pub fn chains_of_import(&self, import: ActionId) -> Result<Vec<Chain>, StoreError> {
        let sql =
            "SELECT DISTINCT a.thread FROM brought b JOIN action a ON a.id = b.action WHERE b.import = ?1";
        let mut rows = self.db.prepare_cached(sql)?;
        let names = rows.query_map([import.bytes()], |r| r.get::<_, String>(0))?;
        names.map(|n| n?.parse().map_err(StoreError::Damaged)).collect()
    }
}

impl Tx<'_> {
    /// Recomputes the heads of the chains that an import wrote to, after it was undone or redone.
    pub fn recompute_heads(&self, import: ActionId) -> Result<(), StoreError> {
        self.chains_of_import(import)?.into_iter().try_for_each(|chain| self.recompute_heads_of(chain))
    }

    /// Recomputes the heads of every chain.
    pub fn rebuild_heads(&self) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM head WHERE thread NOT IN (SELECT thread FROM action)", [])?;
        for chain in self.all_chains()? {
            let stored = self.heads(chain)?.into_iter().map(|d| d.0).collect();
            if !self.computed_heads(chain)?.contains(&stored) {
                self.recompute_heads_of(chain)?;
            }
        }
        Ok(())
    }

    pub(in crate::store) fn recompute_heads_of(&self, chain: Chain) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM head WHERE thread = ?1")?.execute([chain.to_string()])?;
        let [heads, _] = self.computed_heads(chain)?;
        heads.into_iter().try_for_each(|digest| self.add_head(chain, &Digest(digest)))
    }

    /// Makes an action the head instead of the actions that it follows.
    pub(in crate::store) fn move_heads(&self, action: &Action, digest: &Digest) -> Result<(), StoreError> {
        let chain = action.chain.to_string();
        let mut remove = self.db.prepare_cached("DELETE FROM head WHERE thread = ?1 AND digest = ?2")?;
        for parent in &action.parents {
            remove.execute(params![chain, parent.0])?;
        }
        self.add_head(action.chain, digest)
    }

    fn add_head(&self, chain: Chain, digest: &Digest) -> Result<(), StoreError> {
        self.db
            .prepare_cached("INSERT INTO head (thread, digest) VALUES (?1, ?2)")?
            .execute(params![chain.to_string(), digest.0])?;
        Ok(())
    }
}
