//! A moment: milliseconds since 1970 in UTC, written as RFC 3339. The finest time Tickmark records.

use chrono::{DateTime, SecondsFormat, Utc};
use std::{fmt, str::FromStr};

/// When something was done, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The same moment as a calendar time in UTC; 1970 if it is outside the calendar.
    pub fn utc(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// The day in UTC, `YYYY-MM-DD`.
    pub fn day(&self) -> String {
        self.utc().format("%Y-%m-%d").to_string()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Moment {
    type Err = chrono::ParseError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(s).map(|t| Self(t.timestamp_millis()))
    }
}
