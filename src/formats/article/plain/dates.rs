//! Written dates and times. A value is read completely or not at all. A date that can be read in two
//! ways (03/04/2025), or whose weekday does not fit, is not read: a person decides it.

use crate::model::written_day;

/// A date and a time, each if written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// ISO 8601: `2025-08-25`.
    pub date: Option<String>,
    /// The time, as written.
    pub time: Option<String>,
    /// The time zone, as written.
    pub zone: Option<String>,
}

/// Reads a `value` that is only a date, a time, or a date and a time (in that order).
pub fn when(value: &str) -> Option<When> {
    let words = split(value);
    let from = words.iter().position(|w| is_clock(w)).unwrap_or(words.len());
    let (day, clock) = words.split_at(from);
    let date = if day.is_empty() { None } else { Some(written_day(day)?) };
    let (time, zone) = if clock.is_empty() { (None, None) } else { time(clock)? };
    (date.is_some() || time.is_some()).then_some(When { date, time, zone })
}

fn split(value: &str) -> Vec<&str> {
    let parted = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '،' | '，' | '|' | '·'));
    parted
        .map(|w| w.trim_matches(|c| matches!(c, '(' | ')')))
        .filter(|w| !w.is_empty() && !matches!(*w, "-" | "–" | "—" | "at" | "à" | "um"))
        .collect()
}

/// Whether a word begins a time of day: `14:00`, `14h00`, `2pm`, but not a date with dots.
fn is_clock(word: &str) -> bool {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = word[digits..].to_lowercase();
    let minutes = |r: &str| r.len() >= 2 && r.as_bytes()[..2].iter().all(u8::is_ascii_digit);
    let parted = rest.strip_prefix([':', 'h']).is_some_and(|r| r.is_empty() && rest == "h" || minutes(r));
    let dotted = rest.strip_prefix('.').is_some_and(|r| r.len() == 2 && minutes(r));
    (1..=2).contains(&digits) && (parted || dotted || is_half(&rest))
}

fn is_half(word: &str) -> bool {
    matches!(word.to_lowercase().replace('.', "").as_str(), "am" | "pm")
}

type Clock = (Option<String>, Option<String>);

/// Reads a time and its zone, as written: `14:00 WAT`, `2 p.m.`, `14.00 Uhr MESZ`, `09:30 UTC+1`.
fn time(words: &[&str]) -> Option<Clock> {
    let (first, rest) = words.split_first()?;
    in_the_day(first).then_some(())?;
    let half = rest.first().filter(|w| is_half(w) || matches!(**w, "Uhr" | "uhr" | "h" | "hrs"));
    let rest = &rest[usize::from(half.is_some())..];
    let written = half.map_or(first.to_string(), |h| format!("{first} {h}"));
    match rest {
        [] => Some((Some(written), None)),
        [zone] if is_zone(zone) => Some((Some(written), Some(zone.to_string()))),
        _ => None,
    }
}

fn in_the_day(word: &str) -> bool {
    let mut numbers =
        word.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).map(str::parse::<u32>);
    let below = |n: Option<Result<u32, _>>, limit| n.is_none_or(|n| n.is_ok_and(|n| n < limit));
    is_clock(word) && below(numbers.next(), 25) && below(numbers.next(), 60)
}

/// Whether a word is a time zone: `WAT`, `UTC`, `GMT+1`, `+01:00`.
fn is_zone(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '−' | ':'));
    let named = (1..=5).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    let offset = &word[letters.len()..];
    (named && letters.len() > 1 && (offset.is_empty() || matches!(letters, "UTC" | "GMT")))
        || (letters.is_empty() && offset.starts_with(['+', '-', '−']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(value: &str) -> Option<String> {
        when(value)?.date
    }

    #[test]
    fn dates_are_read_in_many_ways_of_writing() {
        for written in [
            "Monday, 25 August 2025",
            "25 August 2025",
            "August 25, 2025",
            "Aug. 25th, 2025",
            "lundi 25 août 2025",
            "le 25 août 2025",
            "Montag, 25. August 2025",
            "Montag, den 25. August 2025",
            "25.08.2025",
            "2025-08-25",
            "25/08/2025",
            "08/25/2025",
            "2025年8月25日",
            "25 أغسطس 2025",
            "25 באוגוסט 2025",
            "25 de agosto de 2025",
        ] {
            assert_eq!(day(written).as_deref(), Some("2025-08-25"), "{written}");
        }
    }

    #[test]
    fn what_is_no_sure_date_is_not_read() {
        for written in [
            "03/04/2025",
            "Tuesday, 25 August 2025",
            "31 February 2025",
            "25 August",
            "August 2025",
            "the fruit of the palm",
            "25 August 2025 was the day",
            "2025",
            "",
            "25 August 25",
            "1.2.3.2025",
        ] {
            assert_eq!(when(written), None, "{written}");
        }
    }

    #[test]
    fn times_keep_their_wording_and_their_zone() {
        let read = |value| when(value).map(|w| (w.date, w.time.unwrap(), w.zone));
        let zone = |z: &str| Some(z.to_owned());
        assert_eq!(read("14:00 WAT"), Some((None, "14:00".into(), zone("WAT"))));
        assert_eq!(read("14h30"), Some((None, "14h30".into(), None)));
        assert_eq!(read("2:00 p.m."), Some((None, "2:00 p.m.".into(), None)));
        assert_eq!(read("09:30 UTC+1"), Some((None, "09:30".into(), zone("UTC+1"))));
        assert_eq!(
            read("25.08.2025, 14:00 Uhr MESZ"),
            Some((zone("2025-08-25"), "14:00 Uhr".into(), zone("MESZ")))
        );
        assert_eq!(read("14:00 in the afternoon"), None);
        assert_eq!(read("29:00"), None);
    }
}
