//! The file's form, step by step. A step is never edited once it landed; a newer form is refused by name.

use super::StoreError;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// "tick" in ASCII, by which a desk is known among SQLite files.
const APPLICATION: i64 = 0x7469_636b;

/// Step n brings form n - 1 to form n.
const STEPS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
];

/// Refuses files of other applications and of newer versions, before anything is changed in them.
pub(super) fn refuse_foreign(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let application: i64 = db.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let found = version(db)?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    let known = STEPS.len() as i64;
    match (application, found) {
        (APPLICATION, found) if found > known => Err(StoreError::Newer { path: path.into(), found, known }),
        (APPLICATION, _) => Ok(()),
        (0, 0) if tables == 0 => Ok(()),
        _ => Err(StoreError::NotADesk { path: path.into(), why: "it is another program's database".into() }),
    }
}

/// Brings the file to the newest form: all steps or none, a copy of the file beside it first.
pub(super) fn to_newest(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let known = STEPS.len() as i64;
    if version(db)? >= known {
        return Ok(());
    }
    let from = version(db)?;
    if from > 0 {
        // Before the transaction: SQLite copies nothing from a connection that is writing.
        super::backup::copy(db, &path.with_extension(format!("before-form-{known}")))?;
    }
    // Tables that others point to are made anew; SQLite heeds this only outside a transaction.
    db.pragma_update(None, "foreign_keys", false)?;
    let done = take_steps(db, from);
    db.pragma_update(None, "foreign_keys", true)?;
    done
}

fn take_steps(db: &mut Connection, from: i64) -> Result<(), StoreError> {
    let known = STEPS.len() as i64;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if version(&tx)? != from {
        // Another program brought it there meanwhile.
        return Ok(tx.commit()?);
    }
    for step in STEPS.iter().skip(from as usize) {
        tx.execute_batch(step)?;
    }
    let broken: i64 = tx.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0))?;
    if broken > 0 {
        return Err(StoreError::Damaged(format!(
            "{broken} rows point nowhere after bringing it to form {known}"
        )));
    }
    tx.pragma_update(None, "application_id", APPLICATION)?;
    tx.pragma_update(None, "user_version", known)?;
    Ok(tx.commit()?)
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |r| r.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn a_file_of_the_first_form_is_copied_and_brought_to_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.desk");
        let old = Connection::open(&path).unwrap();
        old.execute_batch(STEPS[0]).unwrap();
        old.pragma_update(None, "application_id", APPLICATION).unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
        drop(old);
        let store = Store::open(&path).unwrap();
        assert_eq!(store.setting("me").unwrap(), None);
        assert_eq!(store.check().unwrap().faults, Vec::<String>::new());
        let copy = Connection::open(folder.path().join(format!("old.before-form-{}", STEPS.len()))).unwrap();
        assert_eq!(
            (version(&copy).unwrap(), version(&Connection::open(&path).unwrap()).unwrap()),
            (1, STEPS.len() as i64)
        );
    }
}
