//! The table `setting`: what this desk stores about itself, such as who worked last.

use super::{
    Store, StoreError,
    seal::{is_intact, row_digest},
};
use rusqlite::{OptionalExtension, Row, params, types::ValueRef};

impl Store {
    /// A setting's value; `None` if it was never set or is damaged.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT key, value, digest FROM setting WHERE key = ?1";
        let row = |r: &Row| Ok(if is_intact(r, 2)? { Some(r.get(1)?) } else { None });
        Ok(self.db.prepare_cached(sql)?.query_row([key], row).optional()?.flatten())
    }

    /// Whether a setting was set, also if it is damaged.
    pub fn has_setting(&self, key: &str) -> bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM setting WHERE key = ?1)";
        self.db.query_row(sql, [key], |r| r.get(0)).unwrap_or(false)
    }

    /// A setting's value. If it has none, `new` becomes its value.
    pub fn setting_or(&self, key: &str, new: &str) -> Result<String, StoreError> {
        let sql = "INSERT INTO setting (key, value, digest) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO NOTHING";
        self.db.prepare_cached(sql)?.execute(params![key, new, digest(key, new)])?;
        match self.setting(key)? {
            Some(value) => Ok(value),
            // The stored value is damaged.
            None => self.set_setting(key, new).map(|()| new.to_owned()),
        }
    }

    /// Sets a setting.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO setting (key, value, digest) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value, digest = excluded.digest",
            )?
            .execute(params![key, value, digest(key, value)])?;
        Ok(())
    }
}

fn digest(key: &str, value: &str) -> [u8; 32] {
    row_digest(&[ValueRef::Text(key.as_bytes()), ValueRef::Text(value.as_bytes())]).0
}
