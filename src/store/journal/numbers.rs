//! The table `number`: the short numbers that people use at this desk (`3`, `C12`, `S4`, `Q2`). A number is given once and
//! never reused. On a shared desk, what has no number from a block of this desk's own gets its final one from the hub.

use super::actions::uuid;
use crate::model::NumberKind;
use crate::store::{Store, StoreError, Tx};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

/// The kind and the scope, as the table stores them.
pub(in crate::store) fn key(kind: NumberKind) -> (&'static str, Vec<u8>) {
    match kind {
        NumberKind::Article => ("article", Vec::new()),
        NumberKind::Claim => ("claim", Vec::new()),
        NumberKind::Source => ("source", Vec::new()),
        NumberKind::Query => ("query", Vec::new()),
        NumberKind::Suggestion => ("suggestion", Vec::new()),
        NumberKind::Revision(article) => ("revision", article.as_bytes().to_vec()),
    }
}

impl Tx<'_> {
    /// Gives a thing the next number of its kind, or returns the number that it has.
    pub fn give_number(&self, kind: NumberKind, entity: Uuid) -> Result<i64, StoreError> {
        if let Some(number) = self.number(entity)? {
            return Ok(number);
        }
        let (name, scope) = key(kind);
        let next = match self.take_leased(name)? {
            Some(leased) => leased,
            None => self.free_number(kind)?,
        };
        let sql = "INSERT INTO number (kind, scope, number, entity) VALUES (?1, ?2, ?3, ?4)";
        self.db.prepare_cached(sql)?.execute(params![name, scope, next, entity.as_bytes()])?;
        Ok(next)
    }
}

impl Store {
    /// The number after the largest one of a kind.
    pub(in crate::store) fn free_number(&self, kind: NumberKind) -> Result<i64, StoreError> {
        let (name, scope) = key(kind);
        let sql = "SELECT COALESCE(max(number), 0) + 1 FROM number WHERE kind = ?1 AND scope = ?2";
        Ok(self.db.prepare_cached(sql)?.query_row(params![name, scope], |r| r.get(0))?)
    }

    /// The number a thing has.
    pub fn number(&self, entity: Uuid) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT number FROM number WHERE entity = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([entity.as_bytes()], |r| r.get(0)).optional()?)
    }

    /// The thing that has a number.
    pub fn numbered(&self, kind: NumberKind, number: i64) -> Result<Option<Uuid>, StoreError> {
        let (name, scope) = key(kind);
        let sql = "SELECT entity FROM number WHERE kind = ?1 AND scope = ?2 AND number = ?3";
        let row = |r: &rusqlite::Row| Ok(uuid(r.get(0)?));
        Ok(self.db.prepare_cached(sql)?.query_row(params![name, scope, number], row).optional()?)
    }
}
