//! Dates that are only as precise as known: a year, a month or a day, as in EDTF level 0 (ISO 8601-2).

use crate::messages::{Message, message, shown_in_english};
use chrono::NaiveDate;
use std::{fmt, str::FromStr};
use thiserror::Error;

/// A date known to the year (`2025`), the month (`2025-08`) or the day (`2025-08-25`), stored as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf(String);

/// A text that is no such date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct NotEdtf(pub String);

impl NotEdtf {
    /// What is said of it.
    pub fn message(&self) -> Message {
        message!("not_a_date", given = &self.0)
    }
}

shown_in_english!(NotEdtf);

impl Edtf {
    /// The date as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Edtf {
    type Err = NotEdtf;
    fn from_str(s: &str) -> Result<Self, NotEdtf> {
        let whole = match s.len() {
            4 => format!("{s}-01-01"),
            7 => format!("{s}-01"),
            10 => s.into(),
            _ => return Err(NotEdtf(s.into())),
        };
        let plain = whole
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
        match NaiveDate::parse_from_str(&whole, "%Y-%m-%d") {
            Ok(_) if plain => Ok(Self(s.into())),
            _ => Err(NotEdtf(s.into())),
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates_of_three_precisions_are_dates() {
        for good in ["2025", "2025-08", "2025-08-25", "2024-02-29"] {
            assert_eq!(good.parse::<Edtf>().map(|d| d.to_string()), Ok(good.into()));
        }
        for bad in ["", "25", "2025-13", "2025-02-29", "2025-8-25", "+202", "2025/08/25", "25.8.2025"] {
            assert!(bad.parse::<Edtf>().is_err(), "{bad}");
        }
    }
}
