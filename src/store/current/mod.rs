//! The tables `current_*`: the current state, so that no list needs to read the whole log.
//!
//! They are a cache of the log and never the truth. The desk computes a row and decides when; this module writes, reads and
//! removes it. A row that did not change is not written.

mod article;
mod claim;
mod page;
mod shared;
mod source;
pub(super) mod steps;
mod words;

pub use article::{ArticleRow, GateResult};
pub use claim::{ClaimRow, EvidenceRow, QueryRow};
pub use page::{Filter, Page, Sort};
pub use source::SourceRow;
pub(super) use words::add_functions;

use super::{Store, StoreError, Tx};
use crate::model::Chain;
use rusqlite::params;

/// The version of the rules that compute rows. Another number in a desk makes all of them anew at its opening.
pub const RULES: i64 = 6;

/// The setting that stores the version of the rules.
const RULES_SETTING: &str = "current.rules";

impl Store {
    /// Whether the rows were computed by the rules of this version.
    pub fn is_current(&self) -> Result<bool, StoreError> {
        Ok(self.setting(RULES_SETTING)?.is_some_and(|n| n == RULES.to_string()))
    }

    /// The chains whose meaning may have changed after `seq`.
    pub fn chains_changed_since(&self, seq: i64) -> Result<Vec<Chain>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT thread FROM current_thread WHERE seq > ?1")?;
        let names = rows.query_map([seq], |r| r.get::<_, String>(0))?;
        names.map(|n| n?.parse().map_err(StoreError::Damaged)).collect()
    }
}

impl Tx<'_> {
    /// Records that the action at `seq` changed the meaning of the chain.
    pub fn chain_changed(&self, chain: Chain, seq: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO current_thread (thread, seq) VALUES (?1, ?2) \
                   ON CONFLICT (thread) DO UPDATE SET seq = excluded.seq";
        self.db.prepare_cached(sql)?.execute(params![chain.to_string(), seq])?;
        Ok(())
    }

    /// Removes all rows before they are rebuilt.
    pub fn forget_current(&self) -> Result<(), StoreError> {
        for table in ["article", "claim", "query", "evidence", "source", "person", "rule", "tag", "words"] {
            self.db.execute(&format!("DELETE FROM current_{table}"), [])?;
        }
        Ok(())
    }

    /// Records that all rows were computed by this version's rules.
    pub fn mark_current(&self) -> Result<(), StoreError> {
        self.set_setting(RULES_SETTING, &RULES.to_string())
    }
}
