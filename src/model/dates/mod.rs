//! Dates as people write them: `25 Aug 2025`, `25.8.2025`, `August 25, 2025`, `August 2025`. An ambiguous date is not
//! read: a person says which date it is.

mod day;
mod names;
mod words;

pub use day::written_day;

use super::Edtf;
use crate::messages::{Message, message, shown_in_english};
use chrono::NaiveDate;
use names::{Name, named};
use thiserror::Error;

/// A text that cannot be read as a date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnreadDate {
    /// It can be read in two ways.
    TwoWays {
        /// What was given.
        given: String,
        /// The date if the day comes first.
        day_first: String,
        /// The date if the month comes first.
        month_first: String,
    },
    /// It is no date.
    None(String),
}

impl UnreadDate {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::TwoWays { given, day_first, month_first } => {
                message!("date_two_ways", given = given, day_first = day_first, month_first = month_first)
            }
            Self::None(given) => message!("date_unread", given = given),
        }
    }
}

shown_in_english!(UnreadDate);

impl Edtf {
    /// Reads a date as people write it. Fails if it is no date or ambiguous; the error says what to write instead.
    pub fn read(given: &str) -> Result<Self, UnreadDate> {
        let given = given.trim();
        let read = |text: String| text.parse::<Self>().map_err(|_| UnreadDate::None(given.into()));
        if let Ok(date) = given.parse() {
            return Ok(date);
        }
        if let Some(date) = written_day(given, None).or_else(|| written_month(given)) {
            return read(date);
        }
        Err(two_ways(given).unwrap_or_else(|| UnreadDate::None(given.into())))
    }
}

/// Whether `word` is the name of a month in any language that is recognised.
pub fn is_month(word: &str) -> bool {
    let of = |n: &names::Named| matches!(n.name, Name::Month(_));
    named(&words::words(word).join(" ")).iter().any(of)
}

/// The month in `text`: `August 2025`, `8/2025`, `08.2025`.
fn written_month(text: &str) -> Option<String> {
    let words = words::words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| !day::adds_nothing(w)).collect();
    let [month, year] = words[..] else { return None };
    let digits = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let number = match named(month) {
        [] if digits(month) && month.len() < 3 && !text.trim().contains(char::is_whitespace) => {
            month.parse().ok()?
        }
        names => names.iter().find_map(|n| if let Name::Month(m) = n.name { Some(m) } else { None })?,
    };
    let same = named(month).iter().all(|n| !matches!(n.name, Name::Month(m) if m != number));
    let known = same && year.len() == 4 && digits(year) && (1..=12).contains(&number);
    known.then(|| format!("{year}-{number:02}"))
}

/// Both ways of reading `3/4/2025`.
fn two_ways(given: &str) -> Option<UnreadDate> {
    let parts: Vec<u32> = given.split(['/', '-']).map(|p| p.trim().parse().ok()).collect::<Option<_>>()?;
    let [x, y, year] = parts[..] else { return None };
    let day = |month, day| {
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
            .map(|d| d.format("%Y-%m-%d").to_string())
    };
    let (day_first, month_first) = (day(y, x)?, day(x, y)?);
    (year > 999).then(|| UnreadDate::TwoWays { given: given.into(), day_first, month_first })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (given, read) in [
            ("25 Aug 2025", "2025-08-25"),
            ("25.8.2025", "2025-08-25"),
            ("August 25, 2025", "2025-08-25"),
            ("Aug 25, 2025", "2025-08-25"),
            ("Monday, 25 August 2025", "2025-08-25"),
            ("25/8/2025", "2025-08-25"),
            ("4/4/2025", "2025-04-04"),
            (" 2025-08-25 ", "2025-08-25"),
            ("August 2025", "2025-08"),
            ("Aug. 2025", "2025-08"),
            ("8/2025", "2025-08"),
            ("2025-08", "2025-08"),
            ("2025", "2025"),
        ] {
            assert_eq!(Edtf::read(given).map(|d| d.to_string()), Ok(read.into()), "{given}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused_with_both() {
        let why = Edtf::read("3/4/2025").unwrap_err().to_string();
        assert!(why.contains("2025-04-03") && why.contains("2025-03-04"), "{why}");
    }

    #[test]
    fn what_is_no_date_is_refused_with_what_to_write() {
        for given in
            ["", "soon", "25.8.25", "31 February 2025", "Tuesday, 25 August 2025", "13/2025", "25 August"]
        {
            let why = Edtf::read(given).unwrap_err().to_string();
            assert!(why.contains("2025-08-25"), "{given}: {why}");
        }
    }
}
