//! What can be checked in a sentence: numbers, dates, names, quotations, superlatives.
//!
//! It uses closed lists and capital letters only. It reports rather too many details than too few: a needless detail
//! costs a glance, a missed detail may be published unchecked. It does not decide whether anything is true.

mod asides;
mod calendar;
mod number_words;
mod numbers;
mod quotations;
mod spaceless_numbers;
#[cfg(test)]
mod tests;

use super::compare::is_date;
use super::lexicon::{begins_comparison, is_calendar, is_common, is_recent, is_since_word, is_superlative};
use crate::text::{Kind, Span, Token, language, tokens, words};
use asides::asides;
use calendar::{is_calendar_word, is_date_mark, is_korean_date};
use numbers::{Numbers, is_roman};
use quotations::quotations;
use spaceless_numbers::spaceless_numbers;
use std::collections::HashSet;

crate::model::slugs! {
    /// The kind of a detail.
    DetailKind, "kind of detail", {
        /// A number in figures, with its sign, currency and unit if they are attached to it, or in words.
        Number = "number",
        /// A year, a month, a day, a time of day.
        Date = "date",
        /// A name, as far as capital letters show it.
        Name = "name",
        /// Words between quotation marks.
        Quotation = "quotation",
        /// A word that says that something is the first, the most, the only one.
        Superlative = "superlative",
    }
}

/// One thing that can be checked, in bytes of the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Its kind.
    pub kind: DetailKind,
    /// Where it is.
    pub span: Span,
}

/// The details in each of `sentences` of `text`, in reading order. The first word of a sentence counts as a name only
/// if the text has it with a capital letter elsewhere too. In German (`lang` "de") only several capitalised words in
/// a row count as a name.
///
/// ```
/// # use tickmark::{anchor::details, text::sentences};
/// let text = "The largest camp near Niono held 5,000 people in May 2024.";
/// let found = details(text, &sentences(text), None);
/// let listed: Vec<_> = found[0].iter().map(|d| (d.kind.as_str(), d.span.of(text).unwrap())).collect();
/// assert_eq!(listed, [("superlative", "largest"), ("name", "Niono"), ("number", "5,000"), ("date", "May 2024")]);
/// ```
pub fn details(text: &str, sentences: &[Span], lang: Option<&str>) -> Vec<Vec<Detail>> {
    let lang =
        lang.map_or_else(|| language(text), |l| l.split(['-', '_']).next().unwrap_or("").to_lowercase());
    let cut: Vec<Vec<Token>> = sentences.iter().map(|s| tokens_of(text, *s)).collect();
    let known_names = cut.iter().flat_map(|t| inner_capitals(text, t)).collect();
    let reader = DetailReader { text, known_names, numbers: Numbers::new(&lang), lang: &lang };
    cut.iter().map(|tokens| reader.details_of(tokens)).collect()
}

/// Whether names can be told from other words in `text`: in a script with capital letters. Otherwise a sentence without
/// details may still have names.
pub fn tells_names(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_READ);
    let (cased, all) = letters.fold((0, 0), |(cased, all), c| (cased + usize::from(has_case(c)), all + 1));
    cased * 2 >= all
}

/// How many letters tell in which script a text is.
const LETTERS_READ: usize = 4096;

/// Whether a letter is of a script that writes names with capitals. Georgian has capitals and no such use.
fn has_case(c: char) -> bool {
    (c.is_lowercase() || c.is_uppercase()) && !matches!(c as u32, 0x10A0..=0x10FF | 0x1C90..=0x1CBF)
}

/// Whether a superlative at `place` in a sentence claims a rank. “Latest”, “last” and similar words of other
/// languages do so only if the next word says in which group (“the latest in Europe”) or a later word says since
/// when. After “at” (“at least”) no superlative claims a rank.
pub fn claims_rank(text: &str, sentence: Span, place: Span) -> bool {
    let part = |span: Span| span.of(text).unwrap_or_default();
    let lower_words = |span: Span| {
        words(part(span)).iter().filter_map(|w| w.of(part(span))).map(str::to_lowercase).collect::<Vec<_>>()
    };
    let before = lower_words(Span::new(sentence.start, place.start)).pop().unwrap_or_default();
    let after = lower_words(Span::new(place.end, sentence.end));
    let compared =
        after.first().is_some_and(|w| begins_comparison(w)) || after.iter().any(|w| is_since_word(w));
    before != "at" && (!is_recent(&part(place).to_lowercase()) || compared)
}

fn tokens_of(text: &str, sentence: Span) -> Vec<Token> {
    let words = sentence.of(text).unwrap_or_default();
    let moved = |t: Token| Token { span: t.span.shifted(sentence.start.0 as isize), ..t };
    let asides = asides(words);
    let is_aside = |t: &Token| asides.iter().any(|a| a.start < t.span.end && t.span.start < a.end);
    tokens(words).into_iter().filter(|t| t.kind != Kind::Blank && !is_aside(t)).map(moved).collect()
}

/// The words of a sentence that begin with a capital letter, without the first word.
fn inner_capitals<'t>(text: &'t str, tokens: &[Token]) -> Vec<&'t str> {
    let words = tokens.iter().filter(|t| t.kind == Kind::Word).skip(1);
    words.filter_map(|t| t.span.of(text)).filter(|w| has_capital(w)).collect()
}

/// Reads the details of the sentences of one text.
struct DetailReader<'t> {
    text: &'t str,
    known_names: HashSet<&'t str>,
    numbers: Numbers,
    lang: &'t str,
}

impl<'t> DetailReader<'t> {
    fn details_of(&self, tokens: &[Token]) -> Vec<Detail> {
        let quoted = |span| Detail { kind: DetailKind::Quotation, span };
        let mut all: Vec<Detail> = quotations(self.text, tokens).into_iter().map(quoted).collect();
        let kinds = self.word_kinds(tokens);
        let mut at = 0;
        while at < tokens.len() {
            let Some(kind) = kinds[at] else {
                at += 1;
                continue;
            };
            let end = self.run_end(tokens, &kinds, at, kind);
            let span = Span::new(tokens[at].span.start, tokens[end - 1].span.end);
            all.extend(self.detail(kind, span, end - at));
            at = end;
        }
        all.sort_by_key(|d| (d.span.start, std::cmp::Reverse(d.span.end)));
        all
    }

    /// The detail of a run of `length` words of one kind. A Roman number alone is no name, nor is one German noun.
    fn detail(&self, kind: DetailKind, span: Span, length: usize) -> Option<Detail> {
        let words = span.of(self.text).unwrap_or_default();
        if kind != DetailKind::Name {
            return Some(Detail { kind, span });
        }
        let more_capitals = words.chars().skip(1).any(char::is_uppercase);
        let kind = if is_roman(words) { DetailKind::Number } else { kind };
        (self.lang != "de" || length > 1 || more_capitals).then_some(Detail { kind, span })
    }

    fn word(&self, tokens: &[Token], at: usize) -> &'t str {
        match tokens.get(at) {
            Some(t) if t.kind == Kind::Word => t.span.of(self.text).unwrap_or_default(),
            _ => "",
        }
    }

    /// The kind of each word alone. A day next to a month counts as a date, and a word for one beside a number as a number.
    fn word_kinds(&self, tokens: &[Token]) -> Vec<Option<DetailKind>> {
        let first = tokens.iter().position(|t| t.kind == Kind::Word).unwrap_or(0);
        let spaceless = spaceless_numbers(self.text, tokens);
        let mut kinds: Vec<_> = (0..tokens.len())
            .map(|at| {
                let word = self.word(tokens, at);
                let may_be_name = at != first || self.known_names.contains(word);
                if spaceless[at] { Some(DetailKind::Number) } else { self.word_kind(word, may_be_name) }
            })
            .collect();
        for at in 0..tokens.len() {
            if self.is_day(tokens, at) || self.is_dated(tokens, &kinds, at) {
                kinds[at] = Some(DetailKind::Date);
            } else if kinds[at].is_none() && self.is_one_beside_number(tokens, &kinds, at) {
                kinds[at] = Some(DetailKind::Number);
            }
        }
        kinds
    }

    /// Whether the figure at `at` is the day of a month that stands beside it: “21. Oktober”, “3 de mayo”, “May 3”.
    fn is_day(&self, tokens: &[Token], at: usize) -> bool {
        let word = self.word(tokens, at);
        if !word.starts_with(char::is_numeric) || word.chars().count() > 4 {
            return false;
        }
        let month = |at: usize| {
            let word = self.word(tokens, at);
            !word.is_empty() && !word.contains(char::is_numeric) && self.is_date(word)
        };
        let link = tokens.get(at + 1).and_then(|t| t.span.of(self.text)).unwrap_or_default();
        at > 0 && month(at - 1) || month(at + 1) || matches!(link, "." | "de" | "of" | "من") && month(at + 2)
    }

    /// Whether the word at `at` is a numeral before “year”, “month” or “day” in Chinese, or such a word after a numeral.
    fn is_dated(&self, tokens: &[Token], kinds: &[Option<DetailKind>], at: usize) -> bool {
        let word = self.word(tokens, at);
        let counts = |at: usize| matches!(kinds.get(at), Some(Some(DetailKind::Number | DetailKind::Date)));
        if is_date_mark(word) {
            return at > 0 && counts(at - 1) && self.word(tokens, at - 1) != "半";
        }
        if matches!(word, "الأول" | "الثاني") {
            return at > 0 && matches!(self.word(tokens, at - 1), "تشرين" | "كانون");
        }
        counts(at) && word.bytes().all(|b| b.is_ascii_digit()) && is_date_mark(self.word(tokens, at + 1))
    }

    /// Whether the word at `at` means one and a number in words stands beside it: “one million”, “twenty one”.
    fn is_one_beside_number(&self, tokens: &[Token], kinds: &[Option<DetailKind>], at: usize) -> bool {
        let word = self.word(tokens, at);
        let in_words = |at: usize| {
            kinds.get(at) == Some(&Some(DetailKind::Number))
                && !self.word(tokens, at).contains(char::is_numeric)
        };
        let linked = || at > 1 && self.numbers.is_link(self.word(tokens, at - 1)) && in_words(at - 2);
        let beside = at > 0 && in_words(at - 1) || in_words(at + 1) || linked();
        beside && !word.is_empty() && self.numbers.is_one(&word.to_lowercase())
    }

    /// Whether a word is a date. A short form of an English month in small letters is another word, as Spanish “mar”.
    fn is_date(&self, word: &str) -> bool {
        let short = word.len() < 5
            && self.lang != "en"
            && matches!(word, "jan" | "mar" | "sep" | "dec" | "oct" | "sat" | "jun");
        !short && is_date(word) || is_calendar_word(&word.to_lowercase(), self.lang)
    }

    fn word_kind(&self, word: &str, may_be_name: bool) -> Option<DetailKind> {
        let lower = word.to_lowercase();
        if word.is_empty() {
            None
        } else if self.is_date(word) || self.lang == "ko" && is_korean_date(word) {
            Some(DetailKind::Date)
        } else if is_superlative(&lower, self.lang) {
            Some(DetailKind::Superlative)
        } else if word.contains(char::is_numeric) || self.numbers.is_number(&lower) {
            Some(DetailKind::Number)
        } else {
            let more_capitals = word.chars().filter(|c| c.is_uppercase()).count() > 1;
            let named = has_capital(word)
                && !is_calendar(&lower)
                && !matches!(word, "I" | "I'm" | "I’m" | "I've" | "I’ve");
            (named && (more_capitals || may_be_name && !is_common(&lower))).then_some(DetailKind::Name)
        }
    }

    /// Where the run of words of one kind that begins at `at` ends. Names continue over "de" and "of", dates over a comma, a
    /// full stop after the day and "de", numbers over "and".
    fn run_end(&self, tokens: &[Token], kinds: &[Option<DetailKind>], at: usize, kind: DetailKind) -> usize {
        let joins = |at: usize| match (kind, tokens[at].span.of(self.text).unwrap_or_default()) {
            (DetailKind::Name, w) => is_particle(w),
            (DetailKind::Date, w) => matches!(w, "," | "." | "/" | "de" | "del" | "of" | "من"),
            (DetailKind::Number, w) => self.numbers.is_link(w) && is_round(self.word(tokens, at - 1)),
            _ => false,
        };
        if kind == DetailKind::Superlative {
            return at + 1;
        }
        let mut end = at + 1;
        loop {
            if kinds.get(end) == Some(&Some(kind)) {
                end += 1;
            } else if kinds.get(end + 1) == Some(&Some(kind)) && joins(end) {
                end += 2;
            } else {
                return end;
            }
        }
    }
}

/// Whether a number word may go on after “and”: “hundred and five”, “soixante et un”, “treinta y dos”.
fn is_round(word: &str) -> bool {
    let lower = word.to_lowercase();
    let tens = [
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "hundred",
        "thousand",
        "million",
        "hundert",
        "tausend",
        "treinta",
    ];
    tens.contains(&lower.as_str()) || lower.ends_with("enta") && lower.len() > 5
}

fn has_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// A small word inside a name.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "do"
            | "dos"
            | "del"
            | "der"
            | "den"
            | "di"
            | "du"
            | "des"
            | "van"
            | "von"
            | "of"
            | "al"
            | "el"
            | "la"
            | "le"
            | "bin"
            | "ibn"
            | "ag"
            | "ould"
            | "zu"
            | "."
    )
}
