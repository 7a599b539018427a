//! The table `current_step`: what the next undo and the next redo affect. It is a cache of the log.

use crate::model::{Action, ActionId, ActionKind};
use crate::store::{Store, StoreError, Tx, journal::actions::parse_action};
use rusqlite::{OptionalExtension, params};

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Undo an action that is not undone.
    Undo,
    /// Redo an action that was undone. No new action may have followed.
    Redo,
}

impl Store {
    /// The action that the next undo or redo affects.
    pub fn next_step(&self, record_step: Step) -> Result<Option<Action>, StoreError> {
        let sql = match record_step {
            Step::Undo => {
                "SELECT a.canonical FROM current_step s JOIN action a ON a.seq = s.action \
                 WHERE s.undone IS NULL ORDER BY s.action DESC LIMIT 1"
            }
            Step::Redo => {
                "SELECT a.canonical FROM current_step s JOIN action a ON a.seq = s.action \
                 WHERE s.undone > 0 ORDER BY s.undone DESC LIMIT 1"
            }
        };
        let found: Option<String> = self.db.prepare_cached(sql)?.query_row([], |r| r.get(0)).optional()?;
        found.map(|c| parse_action(&c)).transpose()
    }

    /// The last action that was recorded in this file by somebody, apart from what cannot be undone and takes nothing away: the
    /// introduction of a person, and what went out.
    pub fn last_here(&self) -> Result<Option<Action>, StoreError> {
        let sql = "SELECT a.canonical FROM action a LEFT JOIN passed_on p ON p.action = a.seq \
                   WHERE a.kind NOT IN ('introduce', 'publish') AND COALESCE(p.here, 1) = 1 \
                     AND NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id) \
                     AND NOT EXISTS (SELECT 1 FROM automatic m WHERE m.action = a.seq) \
                     AND NOT EXISTS (SELECT 1 FROM aside s WHERE s.action = a.seq) ORDER BY a.seq DESC LIMIT 1";
        let found: Option<String> = self.db.prepare_cached(sql)?.query_row([], |r| r.get(0)).optional()?;
        found.map(|c| parse_action(&c)).transpose()
    }

    /// All rows in order: the action's seq, and the seq of its last undo.
    pub fn all_steps(&self) -> Result<Vec<(i64, Option<i64>)>, StoreError> {
        let mut rows = self.db.prepare("SELECT action, undone FROM current_step ORDER BY action")?;
        Ok(rows.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?)
    }

    /// The rows, computed from the log.
    pub fn steps_from_log(&self) -> Result<Vec<(i64, Option<i64>)>, StoreError> {
        let sql = "SELECT a.seq, a.kind, t.seq, COALESCE(p.here, 1), m.action IS NOT NULL FROM action a \
                     LEFT JOIN action t ON t.id = a.target LEFT JOIN passed_on p ON p.action = a.seq \
                     LEFT JOIN automatic m ON m.action = a.seq \
                   WHERE (COALESCE(p.here, 1) = 0 OR NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id)) \
                     AND NOT EXISTS (SELECT 1 FROM aside s WHERE s.action = a.seq) ORDER BY a.seq";
        let mut rows = self.db.prepare(sql)?;
        let mut rows = rows.query([])?;
        let mut steps = std::collections::BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (seq, kind, target): (i64, String, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let kind: ActionKind = kind.parse().map_err(|e| StoreError::Damaged(format!("{e}")))?;
            if !row.get::<_, bool>(3)? {
                target.map(|t| steps.remove(&t));
                continue;
            }
            match (kind, target.and_then(|t| steps.get_mut(&t))) {
                (ActionKind::Undo, Some(undone)) => *undone = Some(seq),
                (ActionKind::Redo, Some(undone)) => *undone = None,
                _ => {}
            }
            if kind.clears_redo() {
                steps.retain(|_, undone: &mut Option<i64>| undone.is_none());
            }
            if kind.can_be_undone() && !row.get::<_, bool>(4)? {
                steps.insert(seq, None);
            }
        }
        Ok(steps.into_iter().collect())
    }
}

impl Tx<'_> {
    /// Updates the table for a new action.
    pub(in crate::store) fn record_step(&self, seq: i64, action: &Action) -> Result<(), StoreError> {
        if let Some(target) = action.target {
            let undone = (action.kind == ActionKind::Undo).then_some(seq);
            let sql =
                "UPDATE current_step SET undone = ?2 WHERE action = (SELECT seq FROM action WHERE id = ?1)";
            self.db.prepare_cached(sql)?.execute(params![target.bytes(), undone])?;
        }
        if action.kind.clears_redo() {
            self.db.prepare_cached("DELETE FROM current_step WHERE undone > 0")?.execute([])?;
        }
        if action.kind.can_be_undone() {
            self.db.prepare_cached("INSERT INTO current_step (action) VALUES (?1)")?.execute([seq])?;
        }
        Ok(())
    }

    /// Removes the action that another device undid or redid: this desk's own undo and redo leave it alone.
    pub(in crate::store) fn drop_step_of_target(&self, action: &Action) -> Result<(), StoreError> {
        action.target.map_or(Ok(()), |target| self.remove_step(target))
    }

    /// Removes an action that is undone together with another one.
    pub(in crate::store) fn remove_step(&self, action: ActionId) -> Result<(), StoreError> {
        let sql = "DELETE FROM current_step WHERE action = (SELECT seq FROM action WHERE id = ?1)";
        self.db.prepare_cached(sql)?.execute([action.bytes()])?;
        Ok(())
    }

    /// Rebuilds the table from the log.
    pub fn rebuild_steps(&self) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM current_step", [])?;
        let mut add = self.db.prepare("INSERT INTO current_step (action, undone) VALUES (?1, ?2)")?;
        for (action, undone) in self.steps_from_log()? {
            add.execute(params![action, undone])?;
        }
        Ok(())
    }
}
