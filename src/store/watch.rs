//! Measures statements in tests: SQLite's own count of steps, and the plan of each statement.

use super::{Store, StoreError};
use rusqlite::{
    StatementStatus,
    trace::{TraceEvent, TraceEventCodes},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The number of steps of each statement, by its SQL. Shared with the connection that counts them.
#[derive(Clone, Default)]
pub struct Watch(Arc<Mutex<Counts>>);

#[derive(Default)]
struct Counts {
    taken: BTreeMap<String, i64>,
    before: BTreeMap<String, i64>,
}

impl Watch {
    /// Returns the steps since the last call, by statement.
    pub fn take(&self) -> BTreeMap<String, i64> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).taken)
    }

    /// SQLite adds up a statement's steps over all its runs, so only the increase counts.
    fn count(&self, sql: String, steps: i64) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = counted.before.insert(sql.clone(), steps).filter(|b| *b <= steps).unwrap_or_default();
        *counted.taken.entry(sql).or_default() += steps - before;
    }
}

impl Store {
    /// Counts the steps of statements from now on.
    pub fn watch(&mut self) -> Watch {
        let watch = Watch::default();
        let counts = watch.clone();
        let on_profile = move |event: TraceEvent<'_>| {
            if let TraceEvent::Profile(statement, _) = event {
                counts.count(
                    statement.sql().into_owned(),
                    statement.get_status(StatementStatus::VmStep).into(),
                );
            }
        };
        self.db.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(on_profile)).expect("a trace");
        watch
    }

    /// SQLite's plan of a statement, one line for each step.
    pub fn plan(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        let mut rows = self.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let lines = rows.raw_query().mapped(|r| r.get(3)).collect::<Result<_, _>>()?;
        Ok(lines)
    }
}
