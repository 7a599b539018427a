//! Whether a word is a number that is written in letters: alone, put together (“twenty-five”, “fünfundzwanzig”,
//! “onüçüncü”), with an ending or with a prefix of its language. Scripts without blanks are read in `spaceless_numbers`.

use super::number_words::{NumberWords, number_words};
use crate::anchor::lexicon::is_number_word;

/// Reads number words of one language.
pub(super) struct Numbers {
    lang: String,
    words: Option<&'static NumberWords>,
}

impl Numbers {
    /// For a language (ISO 639-1).
    pub(super) fn new(lang: &str) -> Self {
        Self { lang: lang.to_owned(), words: number_words(lang) }
    }

    /// Whether `word`, in lower case, is a number by itself, or a compound that begins with one: “two-year-old”.
    pub(super) fn is_number(&self, word: &str) -> bool {
        let plain = plain(word, &self.lang);
        if self.is_whole(&plain) {
            return true;
        }
        let Some((first, rest)) = plain.split_once(['-', '‐', '‑', '–']) else { return false };
        let second = rest.split(['-', '‐', '‑', '–']).next().unwrap_or("");
        self.is_whole(first) || (self.is_one(first) || first == "mid") && self.is_whole(second)
    }

    /// Whether `word`, in lower case, means one, and is an article too.
    pub(super) fn is_one(&self, word: &str) -> bool {
        self.words.is_some_and(|w| w.ones.split(' ').any(|one| one == word && !one.is_empty()))
    }

    /// Whether `word` links two parts of one number, such as “and” in “hundred and five”.
    pub(super) fn is_link(&self, word: &str) -> bool {
        self.words.is_some_and(|w| w.links == word && !word.is_empty())
    }

    fn is_whole(&self, word: &str) -> bool {
        match self.words {
            Some(words) => {
                words.words.contains(word) || self.is_put_together(words, word) || has_prefix(words, word, 0)
            }
            None => is_number_word(word) && !matches!(word, "one" | "second"),
        }
    }

    /// Whether a word is stems and at most one ending: two stems, or a stem with an ending.
    fn is_put_together(&self, words: &NumberWords, word: &str) -> bool {
        let (mut rest, mut stems) = (word, 0);
        while let Some(stem) = words.stems.iter().find(|s| rest.starts_with(**s)) {
            rest = &rest[stem.len()..];
            stems += 1;
        }
        let ending = rest.chars().count();
        let ends = stems > 0 && (ending == 0 || words.endings.contains(&rest)) && !begins_with_article(word);
        match self.lang.as_str() {
            "ko" => ends && is_korean_number(&word[..word.len() - rest.len()]),
            "ru" | "pl" => ends,
            "en" => ends && ending > 0,
            _ => ends && (stems > 1 || ending > 2),
        }
    }
}

/// Whether a word begins with one, which is an article too, and not with “one hundred” or “one and”.
fn begins_with_article(word: &str) -> bool {
    let number =
        |rest: &str| ["und", "hundert", "tausend", "hundra", "tusen"].iter().any(|w| rest.starts_with(w));
    word.starts_with("birbir")
        || ["ein", "ett", "en"].iter().any(|one| word.strip_prefix(one).is_some_and(|r| !number(r)))
}

/// Whether Korean numerals are a number and not another word: a native number of two syllables or more, or two or more
/// Chinese numerals with ten, hundred, thousand or a hundred million among them.
fn is_korean_number(numerals: &str) -> bool {
    let count = numerals.chars().count();
    let native = [
        "하나", "다섯", "여섯", "일곱", "여덟", "아홉", "스물", "스무", "서른", "마흔", "예순", "일흔",
        "여든", "아흔",
    ];
    let large = numerals.contains(['십', '백', '천', '억']) || numerals.ends_with('만') && count > 2;
    count > 1 && (native.iter().any(|n| numerals.starts_with(n)) || large && !numerals.starts_with('조'))
}

/// Whether a word is a number after small words that are written with it, such as “and” and “the”. `group` is the first
/// group of prefixes that may come.
fn has_prefix(words: &NumberWords, word: &str, group: usize) -> bool {
    let groups = words.prefixes.iter().enumerate().skip(group);
    groups.flat_map(|(at, list)| list.split(' ').map(move |prefix| (at, prefix))).any(|(at, prefix)| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| words.words.contains(rest) || has_prefix(words, rest, at + 1))
    })
}

/// A word in lower case in the form the lists have.
fn plain(word: &str, lang: &str) -> String {
    let kept = |c: char| match (lang, c) {
        ("ru", 'ё') => Some('е'),
        ("ar", 'أ' | 'إ' | 'آ' | 'ٱ') => Some('ا'),
        ("ar", '\u{640}' | '\u{64b}'..='\u{652}') | ("tr", '\u{307}') | ("hi", '\u{93c}') => None,
        ("hi", '\u{95b}') => Some('ज'),
        ("hi", '\u{95c}') => Some('ड'),
        ("hi", '\u{95d}') => Some('ढ'),
        ("he", '\u{591}'..='\u{5c7}') => None,
        _ => Some(c),
    };
    word.split(['\'', '’']).next().unwrap_or("").chars().filter_map(kept).collect()
}

/// Whether `word` is a Roman number of two letters or more.
pub(super) fn is_roman(word: &str) -> bool {
    let value = |b: u8| match b {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        b'C' => 100,
        b'M' => 1000,
        _ => 0,
    };
    let small = word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let all: Vec<i32> = word.bytes().map(value).collect();
    let ordered = all.windows(2).all(|w| w[0] >= w[1] || w[0] * 10 >= w[1] && w[0] != 5 && w[0] != 50);
    word.len() > 1 && all.iter().all(|v| *v > 0) && ordered && (small || word.len() > 3)
}
