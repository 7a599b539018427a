//! The status of an article: how far the work on it is, its deadline and who it is assigned to. It belongs to the
//! desk only and is never exported.

use super::{ArticleId, Edtf, Moment, PersonId, slugs};
use crate::messages::{Message, message, shown_in_english};
use chrono::{DateTime, NaiveDate};
use std::{fmt, str::FromStr};
use thiserror::Error;

slugs! {
    /// How far the work on an article is, as a person says.
    WorkState, "state of an article", {
        /// It is being checked.
        Checking = "checking",
        /// It is with its writer.
        WithWriter = "with-writer",
        /// It is ready to be published.
        Ready = "ready",
        /// It is published.
        Out = "out",
    }
}

/// The deadline: a day (`2026-12-01`), or a time with its offset (`2026-12-01T17:00+01:00`), stored as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline(String);

/// A text that is no deadline.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct NotADeadline(pub String);

impl NotADeadline {
    /// What is said of it.
    pub fn message(&self) -> Message {
        message!("not_a_deadline", given = &self.0)
    }
}

shown_in_english!(NotADeadline);

impl Deadline {
    /// Reads a deadline as people write it; a day alone as in [`Edtf::read`]. The error says what to write instead.
    pub fn read(given: &str) -> Result<Self, Message> {
        let given = given.trim();
        if let Ok(deadline) = given.parse() {
            return Ok(deadline);
        }
        let day = Edtf::read(given).map_err(|e| match e {
            super::UnreadDate::TwoWays { .. } => e.message(),
            super::UnreadDate::None(_) => NotADeadline(given.into()).message(),
        })?;
        day.as_str().parse().map_err(|_| NotADeadline(given.into()).message())
    }

    /// The deadline as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment when it passes: the given time, or the end of the day in UTC.
    pub fn due(&self) -> Moment {
        let day = NaiveDate::parse_from_str(&self.0, "%Y-%m-%d").ok();
        let end = day
            .and_then(|d| d.and_hms_milli_opt(23, 59, 59, 999))
            .map(|t| Moment(t.and_utc().timestamp_millis()));
        end.or_else(|| timed(&self.0)).unwrap_or_default()
    }
}

/// A time with its offset, with seconds or without.
fn timed(text: &str) -> Option<Moment> {
    let parsed =
        DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z"));
    let zulu = || text.strip_suffix('Z').and_then(|t| DateTime::parse_from_rfc3339(&format!("{t}:00Z")).ok());
    parsed.ok().or_else(zulu).map(|t| Moment(t.timestamp_millis()))
}

impl FromStr for Deadline {
    type Err = NotADeadline;
    fn from_str(s: &str) -> Result<Self, NotADeadline> {
        let day = s.len() == 10 && s.parse::<Edtf>().is_ok();
        let plain =
            s.get(..10).is_some_and(|d| d.parse::<Edtf>().is_ok()) && s.as_bytes().get(10) == Some(&b'T');
        if day || (plain && timed(s).is_some()) { Ok(Self(s.into())) } else { Err(NotADeadline(s.into())) }
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The complete status of an article. What is not set is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// Of which article.
    pub article: ArticleId,
    /// How far it is.
    pub state: Option<WorkState>,
    /// When it must be done.
    pub deadline: Option<Deadline>,
    /// Who it is assigned to.
    pub assignee: Option<PersonId>,
}

impl Workflow {
    /// Whether nothing is set.
    pub fn is_none(&self) -> bool {
        (self.state, &self.deadline, self.assignee) == (None, &None, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_a_day_or_a_time_with_its_offset() {
        for (given, due) in [
            ("2026-12-01", "2026-12-01T23:59:59.999Z"),
            ("2026-12-01T17:00+01:00", "2026-12-01T16:00:00.000Z"),
            ("2026-12-01T17:00:30-05:00", "2026-12-01T22:00:30.000Z"),
            ("2026-12-01T17:00Z", "2026-12-01T17:00:00.000Z"),
        ] {
            assert_eq!(given.parse::<Deadline>().map(|d| d.due().to_string()), Ok(due.into()), "{given}");
        }
        for bad in
            ["", "2026", "2026-12", "2026-12-01T17:00", "2026-13-01", "2026-12-01 17:00+01:00", "tomorrow"]
        {
            assert!(bad.parse::<Deadline>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_day_is_read_as_people_write_it() {
        assert_eq!(Deadline::read("1 Dec 2026").map(|d| d.to_string()), Ok("2026-12-01".into()));
        assert!(Deadline::read("3/4/2026").unwrap_err().to_string().contains("2026-04-03"));
        assert!(Deadline::read("December 2026").unwrap_err().to_string().contains("no deadline"));
    }
}
