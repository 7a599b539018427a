//! Dates as people write them: `25 Aug 2025`, `25.8.2025`, `August 25, 2025`, `August 2025`. An ambiguous date is not
//! read: a person says which date it is.

use super::Edtf;
use crate::messages::{Message, message, shown_in_english};
use chrono::{Datelike, NaiveDate};
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
        let words: Vec<&str> = given
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '،' | '，'))
            .filter(|w| !w.is_empty())
            .collect();
        if let Some(date) = written_day(&words).or_else(|| written_month(&words)) {
            return read(date);
        }
        Err(two_ways(given).unwrap_or_else(|| UnreadDate::None(given.into())))
    }
}

/// The month in `words`: `August 2025`, `8/2025`, `08.2025`.
fn written_month(words: &[&str]) -> Option<String> {
    let words = bare(words);
    let parts: Vec<&str> = match words.as_slice() {
        [one] => one.split(['/', '.']).collect(),
        more => more.iter().map(String::as_str).collect(),
    };
    let [month, year] = parts[..] else { return None };
    let number = named(&MONTHS, month).or_else(|| month.parse().ok().filter(|_| words.len() == 1))?;
    let known = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && (1..=12).contains(&number);
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

/// The words in lower case, without words that add nothing to a date.
fn bare(words: &[&str]) -> Vec<String> {
    let small = words.iter().map(|w| w.to_lowercase());
    small.filter(|w| !IN_DATES.contains(&w.as_str())).collect()
}

/// The day in `words`, as ISO 8601. An ambiguous date (03/04/2025) or one with the wrong weekday is not read.
pub fn written_day(words: &[&str]) -> Option<String> {
    let mut words = bare(words);
    let weekday = words.first().and_then(|w| named(&WEEKDAYS, w));
    if weekday.is_some() {
        words.remove(0);
    }
    let parts = words.iter().map(String::as_str).collect::<Vec<_>>();
    let day = numeric(&parts).or_else(|| spelt(&parts))?;
    let fits = weekday.is_none_or(|w| w == day.weekday().num_days_from_monday() + 1);
    (fits && (1500..=2200).contains(&day.year())).then(|| day.format("%Y-%m-%d").to_string())
}

fn named(names: &[&[&str]], word: &str) -> Option<u32> {
    let bare = word.trim_end_matches('.');
    let at = names.iter().position(|n| n.contains(&bare))?;
    u32::try_from(at + 1).ok()
}

/// `2025-08-25`, `25.8.2025`, `2025年8月25日`, and `25/08/2025` if only one order is possible.
fn numeric(words: &[&str]) -> Option<NaiveDate> {
    let joined = words.concat();
    let parts = joined.split(['-', '.', '/', '年', '月', '日']).filter(|p| !p.is_empty()).collect::<Vec<_>>();
    let [a, b, c] = parts[..] else { return None };
    let all_digits = parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()));
    if !all_digits || words.len() > 3 || words.is_empty() {
        return None;
    }
    let (x, y, z) = (a.parse().ok()?, b.parse().ok()?, c.parse::<u32>().ok()?);
    match (a.len(), c.len()) {
        (4, 1..=2) => NaiveDate::from_ymd_opt(i32::try_from(x).ok()?, y, z),
        (1..=2, 4) => by_order(joined.contains('.'), x, y, i32::try_from(z).ok()?),
        _ => None,
    }
}

/// The day comes first if full stops separate the numbers. Else the order is only known if one number cannot be a
/// month.
fn by_order(dotted: bool, x: u32, y: u32, year: i32) -> Option<NaiveDate> {
    match (dotted || x == y, x > 12, y > 12) {
        (true, _, _) | (false, true, false) => NaiveDate::from_ymd_opt(year, y, x),
        (false, false, true) => NaiveDate::from_ymd_opt(year, x, y),
        (false, true, true) | (false, false, false) => None,
    }
}

/// `25 August 2025`, `August 25th 2025`, `25. August 2025`, `1er août 2025`.
fn spelt(words: &[&str]) -> Option<NaiveDate> {
    let [a, b, year] = words[..] else { return None };
    let month = |w: &str| named(&MONTHS, w).or_else(|| named(&MONTHS, w.strip_prefix(['ב'])?));
    let (day, month) = month(b).map(|m| (a, m)).or_else(|| month(a).map(|m| (b, m)))?;
    let year = Some(year).filter(|y| y.len() == 4)?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, ordinal(day)?)
}

fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    matches!(&word[digits.len()..], "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º")
        .then(|| digits.parse().ok())?
}

/// Month names and short forms by number; the first word that fits wins. Lower case, no full stop.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "jan",
        "janvier",
        "janv",
        "januar",
        "jänner",
        "enero",
        "gennaio",
        "janeiro",
        "januari",
        "يناير",
        "ינואר",
    ],
    &[
        "february",
        "feb",
        "février",
        "févr",
        "februar",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
        "فبراير",
        "פברואר",
    ],
    &["march", "mar", "mars", "märz", "marzo", "março", "maart", "مارس", "מרץ"],
    &["april", "apr", "avril", "avr", "abril", "aprile", "أبريل", "אפריל"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "مايو", "מאי"],
    &["june", "jun", "juin", "juni", "junio", "giugno", "junho", "يونيو", "יוני"],
    &["july", "jul", "juillet", "juil", "juli", "julio", "luglio", "julho", "يوليو", "יולי"],
    &["august", "aug", "août", "aout", "agosto", "augustus", "أغسطس", "אוגוסט"],
    &["september", "sep", "sept", "septembre", "septiembre", "settembre", "setembro", "سبتمبر", "ספטמבר"],
    &["october", "oct", "octobre", "oktober", "okt", "octubre", "ottobre", "outubro", "أكتوبر", "אוקטובר"],
    &["november", "nov", "novembre", "noviembre", "novembro", "نوفمبر", "נובמבר"],
    &[
        "december",
        "dec",
        "décembre",
        "déc",
        "dezember",
        "dez",
        "diciembre",
        "dicembre",
        "dezembro",
        "ديسمبر",
        "דצמבר",
    ],
];

/// Weekday names and short forms from Monday. Lower case, no full stop.
const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "mon", "lundi", "montag", "mo", "lunes", "lunedì", "الاثنين", "الإثنين"],
    &["tuesday", "tue", "tues", "mardi", "dienstag", "di", "martes", "martedì", "الثلاثاء"],
    &["wednesday", "wed", "mercredi", "mittwoch", "mi", "miércoles", "mercoledì", "الأربعاء"],
    &["thursday", "thu", "thurs", "jeudi", "donnerstag", "do", "jueves", "giovedì", "الخميس"],
    &["friday", "fri", "vendredi", "freitag", "fr", "viernes", "venerdì", "الجمعة"],
    &["saturday", "sat", "samedi", "samstag", "sonnabend", "sa", "sábado", "sabato", "السبت"],
    &["sunday", "sun", "dimanche", "sonntag", "so", "domingo", "domenica", "الأحد"],
];

/// Small words that may be in a written date without adding to it.
const IN_DATES: &[&str] = &[
    "on",
    "the",
    "le",
    "am",
    "den",
    "der",
    "of",
    "de",
    "el",
    "il",
    "à",
    "at",
    "um",
    "published",
    "posted",
    "publié",
    "veröffentlicht",
];

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
