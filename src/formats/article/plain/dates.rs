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

/// Reads a `value` that is only a date, a time, or both. `language` is that of the text.
pub fn when(value: &str, language: Option<&str>) -> Option<When> {
    let value = iso(value);
    let words = split(&value);
    let Some(from) = (0..words.len()).find(|at| clock(&words[*at..]).is_some()) else {
        return written_day(&value, language).map(|date| When { date: Some(date), ..When::default() });
    };
    let (time, zone, took) = clock(&words[from..])?;
    let day = [&words[..from], &words[from + took..]].concat();
    let apart = from == 0 || from + took == words.len();
    let date = if day.is_empty() { None } else { Some(written_day(&day.join(" "), language)?) };
    apart.then_some(When { date, time: Some(time), zone })
}

/// The value with a space in place of the `T` between the date and time of ISO 8601.
fn iso(value: &str) -> String {
    let bytes = value.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let parts = |at: usize| at > 0 && digit(at - 1) && digit(at + 1) && matches!(bytes[at], b'T' | b't');
    match (0..bytes.len()).find(|at| parts(*at)) {
        Some(at) => format!("{} {}", &value[..at], &value[at + 1..]),
        None => value.to_owned(),
    }
}

/// The words of a value, without words that join a date and a time.
fn split(value: &str) -> Vec<&str> {
    let parted = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '،' | '，' | '|' | '·'));
    parted
        .map(|w| w.trim_matches(|c| matches!(c, '(' | ')' | '（' | '）')))
        .filter(|w| !w.is_empty() && !JOINS.contains(&w.to_lowercase().as_str()))
        .collect()
}

/// Words between a date and a time.
const JOINS: &[&str] = &[
    "-",
    "–",
    "—",
    "at",
    "à",
    "um",
    "alle",
    "ore",
    "ora",
    "às",
    "as",
    "las",
    "kl",
    "kl.",
    "klo",
    "saat",
    "om",
    "godz.",
    "ob",
    "v",
    "в",
    "о",
    "об",
    "στις",
    "في",
    "الساعة",
    "בשעה",
    "lúc",
    "pukul",
    "jam",
    "time",
    "시각",
    "เวลา",
];

/// Words before a time that say which half of the day it is in.
const HALVES: &[&str] = &["上午", "下午", "午前", "午後", "凌晨", "晚上", "오전", "오후"];

/// Reads the time and zone that `words` begin with, as written, and how many words they are: `14:00 WAT`, `2 p.m.`, `14.00 Uhr
/// MESZ`, `09:30 UTC+1`, `下午3:20`.
fn clock(words: &[&str]) -> Option<(String, Option<String>, usize)> {
    let lead = usize::from(words.first().is_some_and(|w| HALVES.contains(w)));
    let first = words.get(lead)?;
    let hour = first.trim_start_matches(|c: char| !c.is_ascii_digit());
    let half = first.len() == hour.len() || HALVES.contains(&&first[..first.len() - hour.len()]);
    let next = words.get(lead + 1).filter(|w| is_half(w) || is_minutes(w));
    let joined = in_the_day(hour, next.is_some() || lead == 1).filter(|_| half)?;
    let took = lead + 1 + usize::from(next.is_some());
    let written = words[..took].join(" ");
    if !joined.is_empty() {
        return Some((written.strip_suffix(joined)?.to_owned(), Some(joined.to_owned()), took));
    }
    let zone = words.get(took).copied().filter(|w| is_zone(w));
    Some((written, zone.map(str::to_owned), took + usize::from(zone.is_some())))
}

fn is_half(word: &str) -> bool {
    let bare = word.to_lowercase().replace('.', "");
    matches!(bare.as_str(), "am" | "pm" | "uhr" | "h" | "hrs" | "hs" | "ч" | "πμ" | "μμ" | "ص" | "م" | "น")
}

/// Whether a word is minutes after an hour: `30分`, `15분`.
fn is_minutes(word: &str) -> bool {
    word.strip_suffix(['分', '분']).is_some_and(|n| n.parse::<u32>().is_ok_and(|n| n < 60))
}

/// Reads a time of day: `14:00`, `14h00`, `2pm`, `10:15:00.000+02:00`. Returns the zone that is written together with it, which may be
/// empty. A number alone is an hour only if `said`, by the word beside it.
fn in_the_day(word: &str, said: bool) -> Option<&str> {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let hours = digits(word);
    ((1..=2).contains(&hours) && word[..hours].parse::<u32>().is_ok_and(|h| h < 25)).then_some(())?;
    let (mut at, mut parts) = (hours, 1);
    while let Some(mark) = word[at..].chars().next().filter(|c| ":.h時时点시".contains(*c)) {
        let from = at + mark.len_utf8();
        let count = digits(&word[from..]);
        let minutes = parts < 3 && count == 2 && word[from..from + 2].parse::<u32>().is_ok_and(|m| m < 60);
        match (minutes, parts) {
            (true, _) => (at, parts) = (from + count, parts + 1),
            (false, 1) if count == 0 && mark != '.' && mark != ':' => (at, parts) = (from, 2),
            (false, 3) if count > 0 && mark == '.' => (at, parts) = (from + count, 4),
            (false, _) => break,
        }
    }
    let rest = word[at..].trim_start_matches(['分', '분']);
    let dotted = parts == 3 && !word[..at].contains(|c: char| !c.is_ascii_digit() && c != '.');
    let known = !dotted && (parts > 1 || said || is_half(rest));
    let zone = if is_half(rest) { "" } else { rest };
    (known && (zone.is_empty() || zone == "Z" || is_zone(zone))).then_some(zone)
}

/// Whether a word is a time zone: `WAT`, `UTC`, `GMT+1`, `+01:00`.
fn is_zone(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '−' | ':'));
    let named = (1..=5).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    let offset = &word[letters.len()..];
    (named && letters.len() > 1 && (offset.is_empty() || matches!(letters, "UTC" | "GMT")))
        || (letters.is_empty() && offset.starts_with(['+', '-', '−']) && offset.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(value: &str) -> Option<String> {
        when(value, None)?.date
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
            assert_eq!(when(written, None), None, "{written}");
        }
    }

    #[test]
    fn times_keep_their_wording_and_their_zone() {
        let read = |value| when(value, None).map(|w| (w.date, w.time.unwrap(), w.zone));
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
        assert_eq!(read("14:00banana"), None);
        let day = || Some("2024-06-25".to_owned());
        for (written, time, of) in [
            ("2024-06-25T10:15:00Z", "10:15:00", zone("Z")),
            ("2024-06-25T10:15:00.000+02:00", "10:15:00.000", zone("+02:00")),
            ("2024-06-25T10:15", "10:15", None),
            ("2024-06-25 10:15:00 -0400", "10:15:00", zone("-0400")),
            ("10:15 AM EDT, Tue June 25, 2024", "10:15 AM", zone("EDT")),
            ("mardi 25 juin 2024 à 10h15", "10h15", None),
            ("25 June 2024 at 9 am", "9 am", None),
            ("2024年6月25日 下午3:20", "下午3:20", None),
            ("2024년 6월 25일 오후 3:20", "오후 3:20", None),
            ("2024年6月25日 10時15分", "10時15分", None),
            ("25 июня 2024, 10:15", "10:15", None),
        ] {
            assert_eq!(read(written), Some((day(), time.into(), of)), "{written}");
        }
    }
}
