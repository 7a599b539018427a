//! The table `head`, and which actions of a thread count: what the next action of the thread continues.
//!
//! What came in only with imports that were undone does not count, nor what was built on it: for the thread it is as if
//! it had never come. So an article that was joined with another desk's work and parted again goes out as it was before.

use super::actions::{parse_action, uuid};
use crate::model::{Action, ActionId, Chain, Digest, effective_actions};
use crate::store::{Store, StoreError, Tx};
use rusqlite::params;
use std::collections::HashSet;

impl Store {
    /// The digests a next action of the thread continues.
    pub fn heads(&self, chain: Chain) -> Result<Vec<Digest>, StoreError> {
        let mut rows = self.db.prepare_cached(
            "SELECT h.digest FROM head h JOIN action a ON a.digest = h.digest WHERE h.thread = ?1 ORDER BY a.place",
        )?;
        let heads = rows.query_map([chain.to_string()], |r| Ok(Digest(r.get(0)?)))?;
        Ok(heads.collect::<Result<_, _>>()?)
    }

    /// The actions of a thread that count, undone ones among them.
    pub fn counted(&self, chain: Chain) -> Result<HashSet<ActionId>, StoreError> {
        let heard = self.heard(chain)?;
        Ok(effective_actions(heard.iter().map(|(a, silent)| (a, *silent)))
            .into_iter()
            .map(|a| a.id)
            .collect())
    }

    /// The actions of a thread that came in with a bundle.
    pub fn brought_in(&self, chain: Chain) -> Result<HashSet<ActionId>, StoreError> {
        let sql = "SELECT a.id FROM action a WHERE a.thread = ?1 AND EXISTS \
                     (SELECT 1 FROM brought b JOIN action i ON i.id = b.import WHERE b.action = a.id AND i.kind = 'bring-in')";
        let mut rows = self.db.prepare_cached(sql)?;
        let ids = rows.query_map([chain.to_string()], |r| Ok(ActionId(uuid(r.get(0)?))))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Whether a redaction was built on what came in with an import.
    pub fn redacted_since(&self, import: ActionId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM action r WHERE r.kind = 'redact' \
                     AND r.place > (SELECT place FROM action WHERE id = ?1) AND r.thread IN \
                     (SELECT a.thread FROM brought b JOIN action a ON a.id = b.action WHERE b.import = ?1))";
        Ok(self.db.prepare_cached(sql)?.query_row([import.bytes()], |r| r.get(0))?)
    }

    /// A thread's actions in order, each with whether it is silent: it came in only with imports that were undone.
    pub fn heard(&self, chain: Chain) -> Result<Vec<(Action, bool)>, StoreError> {
        let sql = "SELECT a.canonical, EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id) AND NOT EXISTS \
                     (SELECT 1 FROM brought b JOIN standing_import i ON i.id = b.import WHERE b.action = a.id) \
                   FROM action a WHERE a.thread = ?1 ORDER BY a.place";
        let mut rows = self.db.prepare_cached(sql)?;
        let all =
            rows.query_map([chain.to_string()], |r| Ok((r.get::<_, String>(0)?, r.get::<_, bool>(1)?)))?;
        all.map(|row| {
            let (canonical, silent) = row?;
            Ok((parse_action(&canonical)?, silent))
        })
        .collect()
    }

    /// The threads that an import, or the first action of several that are undone together, wrote to.
    pub fn threads_brought(&self, import: ActionId) -> Result<Vec<Chain>, StoreError> {
        let sql =
            "SELECT DISTINCT a.thread FROM brought b JOIN action a ON a.id = b.action WHERE b.import = ?1";
        let mut rows = self.db.prepare_cached(sql)?;
        let names = rows.query_map([import.bytes()], |r| r.get::<_, String>(0))?;
        names.map(|n| n?.parse().map_err(StoreError::Damaged)).collect()
    }
}

impl Tx<'_> {
    /// Works out anew what continues the threads that an import wrote to: after it was undone or redone.
    pub fn settle_heads(&self, import: ActionId) -> Result<(), StoreError> {
        self.threads_brought(import)?.into_iter().try_for_each(|chain| self.settle(chain))
    }

    /// Works out anew what continues each thread.
    pub fn rebuild_heads(&self) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM head WHERE thread NOT IN (SELECT thread FROM action)", [])?;
        for chain in self.every_thread()? {
            let kept = self.heads(chain)?.into_iter().map(|d| d.0).collect();
            if !self.heads_again(chain)?.contains(&kept) {
                self.settle(chain)?;
            }
        }
        Ok(())
    }

    fn settle(&self, chain: Chain) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM head WHERE thread = ?1")?.execute([chain.to_string()])?;
        let [heads, _] = self.heads_again(chain)?;
        heads.into_iter().try_for_each(|digest| self.add_head(chain, &Digest(digest)))
    }

    /// Makes an action the head in place of those it continues.
    pub(in crate::store) fn move_heads(&self, action: &Action, digest: &Digest) -> Result<(), StoreError> {
        let chain = action.chain.to_string();
        let mut past = self.db.prepare_cached("DELETE FROM head WHERE thread = ?1 AND digest = ?2")?;
        for parent in &action.parents {
            past.execute(params![chain, parent.0])?;
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
