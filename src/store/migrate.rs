//! Brings a desk's file to the newest form, step by step. A released step is never edited. A newer form is refused.

use super::StoreError;
use crate::model::Progress;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// "tick" in ASCII: the application id that marks an SQLite file as a desk.
const APPLICATION: i64 = 0x7469_636b;

/// How many bytes of a file show whether it is a desk: the header of an SQLite file,
/// <https://www.sqlite.org/fileformat2.html>.
pub const HEADER: u64 = 100;

/// Whether a file that begins with these bytes is a desk.
pub fn is_desk(beginning: &[u8]) -> bool {
    let application = beginning.get(68..72).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
    beginning.starts_with(b"SQLite format 3\0") && application.map(i64::from) == Some(APPLICATION)
}

/// Step n turns form n - 1 into form n.
const STEPS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
];

/// A desk's file of an older form, before it is migrated.
pub struct OlderForm<'d> {
    db: &'d Connection,
    form: i64,
}

impl OlderForm<'_> {
    /// The form it will have after the migration.
    pub fn form(&self) -> i64 {
        self.form
    }

    /// Copies the file as it is to `to`, where nothing exists.
    pub fn copy(&self, to: &Path, progress: &dyn Progress) -> Result<(), StoreError> {
        super::copy::copy(self.db, to, progress)
    }
}

/// Refuses files of other applications and of newer versions before anything in them changes. Refuses an empty file too,
/// unless `create` is set.
pub(super) fn refuse_foreign(db: &Connection, path: &Path, create: bool) -> Result<(), StoreError> {
    let application: i64 = db.pragma_query_value(None, "application_id", |r| r.get(0))?;
    let found = version(db)?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    let known = STEPS.len() as i64;
    match (application, found) {
        (APPLICATION, found) if found > known => Err(StoreError::Newer { path: path.into(), found, known }),
        (APPLICATION, _) => Ok(()),
        (0, 0) if tables == 0 && create => Ok(()),
        (0, 0) if tables == 0 => Err(StoreError::Empty(path.into())),
        _ => Err(StoreError::NotADesk { path: path.into(), why: "it is another program's database".into() }),
    }
}

/// Fails if the file is of an older form.
pub(super) fn refuse_older(db: &Connection) -> Result<(), StoreError> {
    match version(db)? {
        found if found == STEPS.len() as i64 => Ok(()),
        found => Err(StoreError::Damaged(format!("it is of form {found}, and not of the newest"))),
    }
}

/// Migrates the file to the newest form: all steps or none. Returns whether there was something to do. If the file is a desk
/// already, `before` runs first.
pub(super) fn to_newest<G, E: From<StoreError>>(
    db: &mut Connection,
    before: impl FnOnce(&OlderForm) -> Result<G, E>,
) -> Result<bool, E> {
    let (known, from) = (STEPS.len() as i64, version(db).map_err(StoreError::from)?);
    if from >= known {
        return Ok(false);
    }
    // This must run before the transaction: SQLite cannot copy from a connection that is writing.
    let _held = if from > 0 { Some(before(&OlderForm { db, form: known })?) } else { None };
    // Steps rebuild tables that other tables refer to. SQLite ignores this pragma inside a transaction.
    db.pragma_update(None, "foreign_keys", false).map_err(StoreError::from)?;
    let done = run_steps(db, from);
    db.pragma_update(None, "foreign_keys", true).map_err(StoreError::from)?;
    done?;
    Ok(true)
}

fn run_steps(db: &mut Connection, from: i64) -> Result<(), StoreError> {
    let known = STEPS.len() as i64;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if version(&tx)? != from {
        // Another program migrated it meanwhile.
        return Ok(tx.commit()?);
    }
    for step in STEPS.iter().skip(from as usize) {
        tx.execute_batch(step)?;
    }
    super::seal::add_missing_digests(&tx)?;
    let broken: i64 = tx.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0))?;
    if broken > 0 {
        return Err(StoreError::Damaged(format!(
            "{broken} rows point nowhere after bringing it to form {known}"
        )));
    }
    mark_as_desk(&tx)?;
    tx.pragma_update(None, "user_version", known)?;
    Ok(tx.commit()?)
}

/// Marks a file as a complete desk.
pub(super) fn mark_as_desk(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "application_id", APPLICATION)
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |r| r.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Doing, Steps, Unwatched},
        store::Store,
    };

    /// The digests of the released steps. New ones are added; none is changed, because desks were migrated with them.
    const LANDED: [&str; 9] = [
        "04a1bf3d2799fcadd770219cdc0ba6a645942cd16e67d3ad8e7cebc7971360cd",
        "e61f976132080f727164e08f18bef64222c574788bc1a26bf74c4ada57647f90",
        "14f40194ef721ba483c3b7f3a99ad56a8c4062cef5b0b8a87c02242f1345143f",
        "60099e5d9d3dea1004d6b1694d6582954abf1d9b3fada5b26ac09c8683c75e1d",
        "a1b09e23d0ba31a220347927551f95f04cb2c965344ce0bbc3040cd8ea920ff8",
        "0060904011f1e307f871e71bef0287cbd94a805972209c796e804992eb43c0a3",
        "293fa3640eeabc349d750255d84b844eabc62c2323c6d6060e877ca4f0e638ff",
        "2fb99e64e5d833b95b2aaab32dbbce5a6156cf58a4f093f8976c5e9894df6688",
        "588a41614b7cd1b0c6baeab2a9ca41388ec64e463bbc7913b5ea3edf704a155f",
    ];

    #[test]
    fn no_step_was_edited_after_it_landed() {
        let now: Vec<String> =
            STEPS.iter().map(|s| crate::model::Digest::of(s.as_bytes()).to_string()).collect();
        assert_eq!(now, LANDED);
    }

    fn old(path: &Path) {
        let old = Connection::open(path).unwrap();
        old.execute_batch(STEPS[0]).unwrap();
        old.pragma_update(None, "application_id", APPLICATION).unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
    }

    #[test]
    fn a_file_of_the_first_form_is_migrated_after_the_callers_step() {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("old.desk"), folder.path().join("kept"));
        old(&path);
        let store = Store::open_after(&path, false, |older| older.copy(&copy, &Unwatched)).unwrap();
        assert_eq!(store.setting("me").unwrap(), None);
        let steps = Steps::new(&Unwatched, Doing::Checking, 0);
        assert_eq!(store.check(&steps).unwrap().faults, []);
        let form = |path: &Path| version(&Connection::open(path).unwrap()).unwrap();
        assert_eq!((form(&copy), form(&path)), (1, STEPS.len() as i64));
    }

    #[test]
    fn a_refused_migration_leaves_the_file_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.desk");
        old(&path);
        let done = Store::open_after(&path, false, |_| Err::<(), _>(StoreError::Busy));
        assert!(matches!(done, Err(StoreError::Busy)));
        assert_eq!(version(&Connection::open(&path).unwrap()).unwrap(), 1);
    }
}
