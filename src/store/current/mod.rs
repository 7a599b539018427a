//! The tables `current_*`: what is so now, so that no list folds the log again.
//!
//! They are a cache of the log and never the truth. `desk` works a row out and says when; here it is put, read and
//! removed. A row that says what stands already costs no write.

mod article;
mod claim;
mod page;
mod shared;
mod source;
pub(super) mod steps;

pub use article::{ArticleRow, Gated};
pub use claim::{ClaimRow, EvidenceRow, QueryRow};
pub use page::{Filter, Page, Sort};
pub use source::SourceRow;

use super::{Store, StoreError, Tx};
use crate::model::Chain;
use rusqlite::params;

/// The number of the rules that rows are worked out by. Another number in a desk makes all of them anew at its opening.
pub const RULES: i64 = 4;

/// The setting that holds the number of the rules.
const RULES_SETTING: &str = "current.rules";

impl Store {
    /// Whether the rows were worked out by the rules of this version.
    pub fn is_current(&self) -> Result<bool, StoreError> {
        Ok(self.setting(RULES_SETTING)?.is_some_and(|n| n == RULES.to_string()))
    }

    /// The threads whose meaning can have changed after `seq`.
    pub fn threads_changed_since(&self, seq: i64) -> Result<Vec<Chain>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT thread FROM current_thread WHERE seq > ?1")?;
        let names = rows.query_map([seq], |r| r.get::<_, String>(0))?;
        names.map(|n| n?.parse().map_err(StoreError::Damaged)).collect()
    }
}

impl Tx<'_> {
    /// Leaves nothing in the index of words that no row has any more: what was taken out of it is only marked as gone until
    /// its parts are merged.
    pub fn forget_words(&self) -> Result<(), StoreError> {
        Ok(self.db.execute_batch("INSERT INTO current_words (current_words) VALUES ('optimize')")?)
    }
}

impl Tx<'_> {
    /// Says that the thread's meaning changed with the action at `seq`.
    pub fn thread_changed(&self, chain: Chain, seq: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO current_thread (thread, seq) VALUES (?1, ?2) \
                   ON CONFLICT (thread) DO UPDATE SET seq = excluded.seq";
        self.db.prepare_cached(sql)?.execute(params![chain.to_string(), seq])?;
        Ok(())
    }

    /// Removes every row, to make them anew.
    pub fn forget_current(&self) -> Result<(), StoreError> {
        for table in ["article", "claim", "query", "evidence", "source", "person", "rule", "tag", "words"] {
            self.db.execute(&format!("DELETE FROM current_{table}"), [])?;
        }
        Ok(())
    }

    /// Says that all rows are those of this version's rules.
    pub fn all_current(&self) -> Result<(), StoreError> {
        self.set_setting(RULES_SETTING, &RULES.to_string())
    }

    /// Puts the words a thing is found by, or removes them. `id` is its row's, `kind` 0 for an article, 1 for a claim, 2 for
    /// a source.
    fn put_words(&self, id: i64, kind: usize, words: Option<&str>) -> Result<(), StoreError> {
        let row = id * 4 + kind as i64;
        self.db.prepare_cached("DELETE FROM current_words WHERE rowid = ?1")?.execute([row])?;
        if let Some(words) = words {
            let sql = ["article", "claim", "source"]
                .map(|column| format!("INSERT INTO current_words (rowid, {column}) VALUES (?1, ?2)"));
            self.db.prepare_cached(&sql[kind])?.execute(params![row, words])?;
        }
        Ok(())
    }
}
