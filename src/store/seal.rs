//! The digests of rows that may change: settings, drafts and reviewed files. No action contains their digests, so each row
//! contains its own. A row that does not match its digest is treated as missing, and `check` reports it.

use super::{Check, Store, StoreError};
use crate::{
    messages::{Message, message},
    model::Digest,
};
use rusqlite::{Connection, Row, params, types::ValueRef};

/// The tables and the columns that are digested, the key first.
const DIGESTED: [(&str, &[&str]); 4] = [
    ("setting", &["key", "value"]),
    ("draft", &["article", "base", "text", "changes", "at"]),
    ("import_draft", &["id", "name", "bytes", "at"]),
    ("form_draft", &["article", "claim", "form", "person", "fields", "at"]),
];

/// The digest of a row's values. Each value follows its kind and length, so that different rows have different digests.
pub(super) fn row_digest(values: &[ValueRef<'_>]) -> Digest {
    let number = |v: &ValueRef| match v {
        ValueRef::Integer(n) => n.to_le_bytes(),
        ValueRef::Real(n) => n.to_le_bytes(),
        ValueRef::Null | ValueRef::Text(_) | ValueRef::Blob(_) => [0; 8],
    };
    let numbers: Vec<[u8; 8]> = values.iter().map(number).collect();
    let tagged: Vec<(u8, &[u8])> = values
        .iter()
        .zip(&numbers)
        .map(|(value, number)| match value {
            ValueRef::Null => (0, &[][..]),
            ValueRef::Integer(_) => (1, &number[..]),
            ValueRef::Real(_) => (2, &number[..]),
            ValueRef::Text(bytes) => (3, *bytes),
            ValueRef::Blob(bytes) => (4, *bytes),
        })
        .collect();
    let lengths: Vec<[u8; 8]> = tagged.iter().map(|(_, bytes)| (bytes.len() as u64).to_le_bytes()).collect();
    let pieces =
        tagged.iter().zip(&lengths).flat_map(|((kind, bytes), len)| [std::slice::from_ref(kind), len, bytes]);
    Digest::of_all(&pieces.collect::<Vec<_>>())
}

/// Whether a row's first columns match the digest in the column after them.
pub(super) fn is_intact(row: &Row, columns: usize) -> rusqlite::Result<bool> {
    let values = (0..columns).map(|n| row.get_ref(n)).collect::<Result<Vec<_>, _>>()?;
    Ok(row.get_ref(columns)?.as_bytes_or_null().ok().flatten() == Some(&row_digest(&values).0[..]))
}

/// Adds a digest to every row that has none.
pub(super) fn add_missing_digests(db: &Connection) -> rusqlite::Result<()> {
    for (table, columns) in DIGESTED {
        let list = columns.join(", ");
        let mut rows = db.prepare(&format!("SELECT rowid, {list} FROM {table} WHERE digest IS NULL"))?;
        let sealed = |r: &Row| {
            let values = (1..=columns.len()).map(|n| r.get_ref(n)).collect::<Result<Vec<_>, _>>()?;
            Ok((r.get::<_, i64>(0)?, row_digest(&values)))
        };
        let all: Vec<(i64, Digest)> = rows.query_map([], sealed)?.collect::<Result<_, _>>()?;
        for (row, digest) in all {
            db.execute(&format!("UPDATE {table} SET digest = ?2 WHERE rowid = ?1"), params![row, digest.0])?;
        }
    }
    Ok(())
}

impl Store {
    /// Reports the damaged rows of these tables.
    pub(super) fn check_row_digests(&self, found: &mut Check) -> Result<(), StoreError> {
        for (table, columns) in DIGESTED {
            let mut rows = self.db.prepare(&format!("SELECT {}, digest FROM {table}", columns.join(", ")))?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                if !is_intact(row, columns.len())? {
                    found.faults.push(damaged_row(table, row)?);
                }
            }
        }
        Ok(())
    }
}

fn damaged_row(table: &str, row: &Row) -> rusqlite::Result<Message> {
    let key = String::from_utf8_lossy(row.get_ref(0)?.as_bytes_or_null().ok().flatten().unwrap_or_default())
        .into_owned();
    Ok(match table {
        "setting" => message!("check_setting", key = key),
        "draft" => {
            message!("check_draft")
        }
        "form_draft" => {
            message!("check_form")
        }
        _ => message!("check_reviewed"),
    })
}
