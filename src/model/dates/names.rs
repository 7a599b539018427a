//! The names of months and weekdays, by language. `names.txt` has a line for each language: its code, the months from January,
//! the weekdays from Monday; `|` separates them, and a comma separates ways of writing one. Source: Unicode CLDR.

use super::words::words;
use std::{collections::HashMap, sync::LazyLock};

const NAMES: &str = include_str!("names.txt");

/// The months of the Iranian calendar, from Farvardin.
const SOLAR: &[&str] =
    &["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];

/// The most words that one name has.
pub const LONGEST: usize = 3;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A month, from 1.
    Month(u32),
    /// A month of the Iranian calendar, from 1.
    Solar(u32),
    /// A weekday: Monday is 1.
    Weekday(u32),
}

/// A name in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The language: `de`.
    pub language: &'static str,
    /// What it stands for there.
    pub name: Name,
}

static TABLE: LazyLock<HashMap<String, Vec<Named>>> = LazyLock::new(table);

/// What a name, written as [`words`] writes it, stands for in each language that has it.
pub fn named(name: &str) -> &'static [Named] {
    let bare = || AFFIXES.0.iter().find_map(|a| name.strip_prefix(a));
    let stem = || AFFIXES.1.iter().find_map(|a| name.strip_suffix(a));
    let of = |name: &str| TABLE.get(name).map(Vec::as_slice);
    of(name).or_else(|| of(bare()?)).or_else(|| of(stem()?)).unwrap_or(&[])
}

/// What is written together with a name: Hebrew "in", Khmer "month" and "day" before it; Burmese "month" and Thai "the" behind it.
const AFFIXES: (&[&str], &[&str]) = (&["ב", "ខែ", "ថ្ងៃ", "เดือน"], &["လ", "ที่"]);

fn table() -> HashMap<String, Vec<Named>> {
    let mut table: HashMap<String, Vec<Named>> = HashMap::new();
    let mut add = |language: &'static str, written: &str, name: Name| {
        table.entry(words(written).join(" ")).or_default().push(Named { language, name });
    };
    for line in NAMES.lines() {
        let mut fields = line.split('\t');
        let [language, months, days] = [(); 3].map(|()| fields.next().unwrap_or(""));
        each(months, &mut |at, written| add(language, written, Name::Month(at)));
        each(days, &mut |at, written| add(language, written, Name::Weekday(at)));
    }
    SOLAR.iter().zip(1..).for_each(|(written, at)| add("fa", written, Name::Solar(at)));
    table
}

fn each(list: &'static str, add: &mut dyn FnMut(u32, &'static str)) {
    for (names, at) in list.split('|').zip(1..) {
        names.split(',').filter(|n| !n.is_empty()).for_each(|n| add(at, n));
    }
}
