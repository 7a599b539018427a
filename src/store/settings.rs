//! The table `setting`: what this desk remembers about itself, such as who worked last.

use super::{Store, StoreError};
use rusqlite::OptionalExtension;

impl Store {
    /// A setting's value.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM setting WHERE key = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([key], |r| r.get(0)).optional()?)
    }

    /// A setting's value, which is `new` from now on where it had none.
    pub fn setting_or(&self, key: &str, new: &str) -> Result<String, StoreError> {
        let sql = "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING";
        self.db.prepare_cached(sql)?.execute([key, new])?;
        Ok(self.setting(key)?.unwrap_or_default())
    }

    /// Sets a setting.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.db
            .prepare_cached("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)")?
            .execute([key, value])?;
        Ok(())
    }
}
