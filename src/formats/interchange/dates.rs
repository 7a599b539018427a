//! Dates of sources as bibliographies write them: exact, or a range, a season, about a year, in words.
//!
//! A source has a year, a month or a day. What a written date says beyond that is returned as words for the note.

use super::incoming::{date, filled};
use crate::model::Edtf;

/// A date, and the words of a date that says more or something else.
pub type Dated = (Option<Edtf>, Option<String>);

/// Seasons by the numbers of EDTF, 21 to 24, with the words for each.
const SEASONS: [&[&str]; 4] = [
    &["spring", "frühjahr", "frühling", "printemps", "primavera"],
    &["summer", "sommer", "été", "verano", "estate"],
    &["autumn", "fall", "herbst", "automne", "otoño", "autunno"],
    &["winter", "hiver", "invierno", "inverno"],
];
/// Words before a year that is not exact.
const ABOUT: [&str; 8] = ["c.", "ca.", "circa", "c", "ca", "about", "approx.", "around"];

/// Reads a written date. A date that is read exactly has no words for the note.
pub fn dated(written: &str) -> Dated {
    let bare = bare(written);
    if let Some(day) = exact(bare) {
        return (Some(day), None);
    }
    let loose = season(bare).or_else(|| range(bare)).or_else(|| unsure(bare)).or_else(|| only_year(bare));
    match loose {
        Some((day, words)) => (Some(day), Some(words)),
        None => (None, filled(written)),
    }
}

fn bare(written: &str) -> &str {
    let trimmed = written.trim();
    let inside = trimmed.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    inside.unwrap_or(trimmed).trim().trim_end_matches(['.', ','])
}

/// A date that is read completely, such as `2014-03`, `March 2014`, `2014 Mar 7`, `0800` or `800`.
fn exact(written: &str) -> Option<Edtf> {
    let padded = || {
        let digits = written.bytes().all(|b| b.is_ascii_digit());
        (digits && written.len() == 3).then(|| format!("0{written}").parse().ok())?
    };
    date(written).or_else(padded).or_else(|| spelt(written))
}

/// A month and a year in words, with or without a day, in any order.
fn spelt(written: &str) -> Option<Edtf> {
    let words: Vec<&str> = written.split([' ', ',', '-', '/', '\u{a0}']).filter(|w| !w.is_empty()).collect();
    let year = words.iter().find(|w| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))?;
    let others: Vec<&&str> = words.iter().filter(|w| w != &year).collect();
    match others[..] {
        [name] => month(name).and_then(|m| format!("{year}-{m:02}").parse().ok()),
        [a, b] => date(&format!("{a} {b} {year}")),
        _ => None,
    }
}

/// The number of a month: `8`, `aug`, `sept.`, `August`, `août`.
pub fn month(name: &str) -> Option<u32> {
    let name = name.trim().trim_end_matches('.').to_lowercase();
    let number = name.parse().ok().filter(|m| (1..=12).contains(m));
    let is_word = name.starts_with(char::is_alphabetic);
    let day = || crate::formats::article::day(&format!("1 {name} 2000")).filter(|_| is_word);
    let named = || day()?.get(5..7)?.parse().ok();
    let short = || {
        let all = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let at = all.iter().position(|m| name.starts_with(m) && name.chars().all(char::is_alphabetic))?;
        u32::try_from(at + 1).ok()
    };
    number.or_else(named).or_else(short)
}

/// A season of a year: `2019-21`, `Spring 2019`.
fn season(written: &str) -> Option<(Edtf, String)> {
    let numbered = || {
        let (year, number) = written.split_once('-')?;
        let number: usize = number.parse().ok().filter(|n| (21..=24).contains(n))?;
        Some((year.parse().ok()?, format!("{} {year}", SEASONS[number - 21][0])))
    };
    let named = || {
        let lower = written.to_lowercase();
        let is_season = |w: &str| SEASONS.iter().any(|all| all.contains(&w));
        lower.split(|c: char| !c.is_alphabetic()).any(is_season).then_some(())?;
        only_year(written)
    };
    numbered().or_else(named)
}

/// The words for a season, by its number in CSL or EDTF.
pub fn season_named(number: usize) -> Option<&'static str> {
    let at = if number > 20 { number - 21 } else { number.checked_sub(1)? };
    SEASONS.get(at).map(|all| all[0])
}

/// The start of a range: `2012-05/2012-07`, `2012-05-01--2012-05-03`, `2012/`.
fn range(written: &str) -> Option<(Edtf, String)> {
    let (start, _) =
        written.split_once("--").or_else(|| written.split_once('/')).or_else(|| written.split_once('–'))?;
    let day = start.trim().parse().ok()?;
    Some((day, written.into()))
}

/// A date marked as not exact: `c. 1850`, `1850~`, `2014?`.
fn unsure(written: &str) -> Option<(Edtf, String)> {
    let unmarked = written.trim_end_matches(['~', '?', '%']);
    let about = |w: &&&str| {
        unmarked.to_lowercase().starts_with(&format!("{w} ")) || unmarked.starts_with(&format!("{w}1"))
    };
    let rest = ABOUT.iter().find(about).map_or(unmarked, |w| &unmarked[w.len()..]);
    (rest.len() < written.len()).then(|| exact(rest.trim())).flatten().map(|day| (day, written.into()))
}

/// The year, if the words name only one, or a range from it.
fn only_year(written: &str) -> Option<(Edtf, String)> {
    let numbers: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() >= 4).collect();
    let first = numbers.first().filter(|n| n.len() == 4 && ("1000".."3000").contains(*n))?;
    let alike = numbers.len() == 1 || numbers[1..].iter().all(|n| n.len() == 4 && n >= first);
    let before_christ =
        ["bc", "b.c", "v. chr", "av. j"].iter().any(|era| written.to_lowercase().contains(era));
    (alike && !before_christ).then(|| Some((first.parse().ok()?, written.into())))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_date_says_beyond_a_day_is_told() {
        for (written, day, told) in [
            ("2014-03-07", "2014-03-07", ""),
            ("2014-03-07T10:00:00Z", "2014-03-07", ""),
            ("(2014)", "2014", ""),
            ("2014 Mar 7", "2014-03-07", ""),
            ("March 2014", "2014-03", ""),
            ("0800", "0800", ""),
            ("800", "0800", ""),
            ("2014-05/2014-07", "2014-05", "2014-05/2014-07"),
            ("2014/15", "2014", "2014/15"),
            ("2014–2016", "2014", "2014–2016"),
            ("2014-22", "2014", "summer 2014"),
            ("Spring 2014", "2014", "Spring 2014"),
            ("c. 1850", "1850", "c. 1850"),
            ("c1850", "1850", "c1850"),
            ("1850~", "1850", "1850~"),
            ("2014a", "2014", "2014a"),
            ("2016, first 2014", "", "2016, first 2014"),
            ("1200 BC", "", "1200 BC"),
            ("forthcoming", "", "forthcoming"),
            ("98", "", "98"),
        ] {
            let (read, words) = dated(written);
            assert_eq!(read.map(|d| d.to_string()).unwrap_or_default(), day, "{written}");
            assert_eq!(words.unwrap_or_default(), told, "{written}");
        }
    }

    #[test]
    fn months_have_numbers_and_names() {
        for (name, number) in [("3", 3), ("sept", 9), ("Sept.", 9), ("AUG", 8), ("février", 2), ("May", 5)] {
            assert_eq!(month(name), Some(number), "{name}");
        }
        assert_eq!((month("13"), month("Spring"), month("10~")), (None, None, None));
    }
}
