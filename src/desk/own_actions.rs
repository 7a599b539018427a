//! Which actions this program recorded, on any connection, so that each action of another program is reported once.

use super::DeskError;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The actions that this program recorded since the last question for actions of others.
pub(super) struct OwnActions(Mutex<Ranges>);

struct Ranges {
    /// The seq up to which everything was reported.
    reported: i64,
    /// Ranges recorded here: the seq before the first action, and the seq of the last.
    own: BTreeMap<i64, i64>,
}

impl OwnActions {
    /// No actions yet. `seq` is the desk's newest action.
    pub fn since(seq: i64) -> Self {
        Self(Mutex::new(Ranges { reported: seq, own: BTreeMap::new() }))
    }

    /// Commits, and stores that the actions after `before` and up to `after` were recorded here. A question for actions
    /// of others waits during the commit, so that an own action is never reported as another's.
    pub fn commit_own(
        &self,
        before: i64,
        after: i64,
        commit: impl FnOnce() -> Result<(), DeskError>,
    ) -> Result<(), DeskError> {
        if after <= before {
            return commit();
        }
        let mut ranges = self.lock();
        commit()?;
        match ranges.own.last_entry() {
            Some(mut last) if *last.get() == before => *last.get_mut() = after,
            _ => drop(ranges.own.insert(before, after)),
        }
        Ok(())
    }

    /// The newest action's seq, if another program recorded something since the last question.
    pub fn recorded_by_others(
        &self,
        newest: impl FnOnce() -> Result<i64, DeskError>,
    ) -> Result<Option<i64>, DeskError> {
        let mut ranges = self.lock();
        let newest = newest()?;
        let mut known = ranges.reported;
        while let Some(after) = ranges.own.remove(&known) {
            known = after;
        }
        ranges.own.clear();
        ranges.reported = newest;
        Ok((newest > known).then_some(newest))
    }

    /// Lets the next question report what was recorded after `seq`, as if another program had done it: the program recorded it on
    /// its own, and the page does not know. A question in between may have passed over it.
    pub fn report_after(&self, seq: i64) {
        let mut ranges = self.lock();
        ranges.reported = ranges.reported.min(seq);
        ranges.own.retain(|_, last| *last <= seq);
    }

    fn lock(&self) -> MutexGuard<'_, Ranges> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded_by_others(own_actions: &OwnActions, newest: i64) -> Option<i64> {
        own_actions.recorded_by_others(|| Ok(newest)).unwrap()
    }

    #[test]
    fn what_was_recorded_here_is_no_news_and_all_else_is_told_once() {
        let own_actions = OwnActions::since(10);
        own_actions.commit_own(10, 12, || Ok(())).unwrap();
        own_actions.commit_own(12, 13, || Ok(())).unwrap();
        assert_eq!(recorded_by_others(&own_actions, 13), None);
        own_actions.commit_own(14, 15, || Ok(())).unwrap();
        assert_eq!(
            (recorded_by_others(&own_actions, 15), recorded_by_others(&own_actions, 15)),
            (Some(15), None)
        );
        own_actions.commit_own(15, 16, || Ok(())).unwrap();
        assert_eq!(
            (recorded_by_others(&own_actions, 17), recorded_by_others(&own_actions, 17)),
            (Some(17), None)
        );
        own_actions.commit_own(17, 18, || Ok(())).unwrap();
        assert_eq!(recorded_by_others(&own_actions, 18), None);
        own_actions.report_after(17);
        assert_eq!(
            (recorded_by_others(&own_actions, 18), recorded_by_others(&own_actions, 18)),
            (Some(18), None)
        );
        let failed = own_actions.commit_own(18, 19, || Err(DeskError::NoPerson));
        assert!(failed.is_err());
        assert_eq!(
            recorded_by_others(&own_actions, 19),
            Some(19),
            "what was not kept here was somebody else's"
        );
    }
}
