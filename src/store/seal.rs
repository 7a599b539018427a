//! The digests of what may change: settings, drafts, and bytes that are looked at. No action holds them, so each row holds its
//! own; one that does not fit its row any more is as if the row was not there, and `check` tells it.

use super::{Check, Store, StoreError};
use crate::model::Digest;
use rusqlite::{Connection, Row, params, types::ValueRef};

/// The tables and their columns that are digested, the key first.
const SEALED: [(&str, &[&str]); 4] = [
    ("setting", &["key", "value"]),
    ("draft", &["article", "base", "text", "changes", "at"]),
    ("import_draft", &["id", "name", "bytes", "at"]),
    ("form_draft", &["article", "claim", "form", "person", "fields", "at"]),
];

/// The digest of a row's values: each behind its kind and length, so that no two rows have the same.
pub(super) fn seal(values: &[ValueRef<'_>]) -> Digest {
    let number = |v: &ValueRef| match v {
        ValueRef::Integer(n) => n.to_le_bytes(),
        ValueRef::Real(n) => n.to_le_bytes(),
        ValueRef::Null | ValueRef::Text(_) | ValueRef::Blob(_) => [0; 8],
    };
    let numbers: Vec<[u8; 8]> = values.iter().map(number).collect();
    let told: Vec<(u8, &[u8])> = values
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
    let lengths: Vec<[u8; 8]> = told.iter().map(|(_, bytes)| (bytes.len() as u64).to_le_bytes()).collect();
    let pieces =
        told.iter().zip(&lengths).flat_map(|((kind, bytes), len)| [std::slice::from_ref(kind), len, bytes]);
    Digest::of_all(&pieces.collect::<Vec<_>>())
}

/// Whether a row's first columns have the digest in the one after them.
pub(super) fn holds(row: &Row, columns: usize) -> rusqlite::Result<bool> {
    let values = (0..columns).map(|n| row.get_ref(n)).collect::<Result<Vec<_>, _>>()?;
    Ok(row.get_ref(columns)?.as_bytes_or_null().ok().flatten() == Some(&seal(&values).0[..]))
}

/// Gives every row that has none its digest.
pub(super) fn seal_all(db: &Connection) -> rusqlite::Result<()> {
    for (table, columns) in SEALED {
        let list = columns.join(", ");
        let mut rows = db.prepare(&format!("SELECT rowid, {list} FROM {table} WHERE digest IS NULL"))?;
        let sealed = |r: &Row| {
            let values = (1..=columns.len()).map(|n| r.get_ref(n)).collect::<Result<Vec<_>, _>>()?;
            Ok((r.get::<_, i64>(0)?, seal(&values)))
        };
        let all: Vec<(i64, Digest)> = rows.query_map([], sealed)?.collect::<Result<_, _>>()?;
        for (row, digest) in all {
            db.execute(&format!("UPDATE {table} SET digest = ?2 WHERE rowid = ?1"), params![row, digest.0])?;
        }
    }
    Ok(())
}

impl Store {
    /// Names the rows of those tables that are not what was kept.
    pub(super) fn check_sealed(&self, found: &mut Check) -> Result<(), StoreError> {
        for (table, columns) in SEALED {
            let mut rows = self.db.prepare(&format!("SELECT {}, digest FROM {table}", columns.join(", ")))?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                if !holds(row, columns.len())? {
                    found.faults.push(told(table, row)?);
                }
            }
        }
        Ok(())
    }
}

fn told(table: &str, row: &Row) -> rusqlite::Result<String> {
    let key = String::from_utf8_lossy(row.get_ref(0)?.as_bytes_or_null().ok().flatten().unwrap_or_default())
        .into_owned();
    Ok(match table {
        "setting" => format!("the setting '{key}' is not what was kept; it is ignored, so set it again"),
        "draft" => {
            "a draft is not what was kept; it is ignored, and the next draft of its article replaces it"
                .into()
        }
        "form_draft" => {
            "what was typed in a form and not sent off is not what was kept; it is ignored, so type it again"
                .into()
        }
        _ => "a file that was reviewed and not imported is not what was kept; import it again".into(),
    })
}
