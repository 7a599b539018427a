//! What can be checked in a sentence: numbers, dates, names, quotations, superlatives.
//!
//! It uses closed lists and capital letters only. It reports rather too many details than too few: a needless detail
//! costs a glance, a missed detail may be published unchecked. It does not decide whether anything is true.

use super::compare::is_date;
use super::lexicon::{
    begins_comparison, is_calendar, is_common, is_number_word, is_recent, is_since_word, is_superlative,
};
use crate::text::{Kind, Span, Token, tokens, words};
use std::collections::HashSet;

crate::model::slugs! {
    /// The kind of a detail.
    DetailKind, "kind of detail", {
        /// A number, with its sign, currency and unit if they are attached to it.
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
    let cut: Vec<Vec<Token>> = sentences.iter().map(|s| tokens_of(text, *s)).collect();
    let capital_nouns = lang.is_some_and(|l| l.to_lowercase().starts_with("de"));
    let known_names: HashSet<&str> = cut.iter().flat_map(|t| inner_capitals(text, t)).collect();
    cut.iter().map(|tokens| details_of(text, tokens, &known_names, capital_nouns)).collect()
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
    tokens(words).into_iter().filter(|t| t.kind != Kind::Blank).map(moved).collect()
}

/// The words of a sentence that begin with a capital letter, without the first word.
fn inner_capitals<'t>(text: &'t str, tokens: &[Token]) -> Vec<&'t str> {
    let words = tokens.iter().filter(|t| t.kind == Kind::Word).skip(1);
    words.filter_map(|t| t.span.of(text)).filter(|w| has_capital(w)).collect()
}

fn details_of(text: &str, tokens: &[Token], known_names: &HashSet<&str>, capital_nouns: bool) -> Vec<Detail> {
    let mut all = quotations(text, tokens);
    let word_kinds = word_kinds(text, tokens, known_names);
    let mut at = 0;
    while at < tokens.len() {
        let Some(kind) = word_kinds[at] else {
            at += 1;
            continue;
        };
        let end = run_end(text, tokens, &word_kinds, at, kind);
        let span = Span::new(tokens[at].span.start, tokens[end - 1].span.end);
        let more_capitals = span.of(text).unwrap_or_default().chars().skip(1).any(char::is_uppercase);
        if kind != DetailKind::Name || !capital_nouns || end - at > 1 || more_capitals {
            all.push(Detail { kind, span });
        }
        at = end;
    }
    all.sort_by_key(|d| (d.span.start, std::cmp::Reverse(d.span.end)));
    all
}

/// The kind of each word alone. A day next to a month counts as a date.
fn word_kinds(text: &str, tokens: &[Token], known_names: &HashSet<&str>) -> Vec<Option<DetailKind>> {
    let word = |at: usize| match tokens.get(at) {
        Some(t) if t.kind == Kind::Word => t.span.of(text).unwrap_or_default(),
        _ => "",
    };
    let first = tokens.iter().position(|t| t.kind == Kind::Word).unwrap_or(0);
    let month =
        |at: Option<usize>| at.is_some_and(|a| is_date(word(a)) && !word(a).contains(char::is_numeric));
    (0..tokens.len())
        .map(|at| {
            let w = word(at);
            let day = w.len() <= 4 && w.starts_with(|c: char| c.is_ascii_digit());
            if day && (month(at.checked_sub(1)) || month(Some(at + 1))) {
                return Some(DetailKind::Date);
            }
            word_kind(w, at != first || known_names.contains(w))
        })
        .collect()
}

fn word_kind(word: &str, may_be_name: bool) -> Option<DetailKind> {
    let lower = word.to_lowercase();
    if word.is_empty() {
        None
    } else if is_date(word) {
        Some(DetailKind::Date)
    } else if is_superlative(&lower) {
        Some(DetailKind::Superlative)
    } else if word.contains(char::is_numeric)
        || is_number_word(&lower) && !matches!(lower.as_str(), "one" | "second")
    {
        Some(DetailKind::Number)
    } else {
        let more_capitals = word.chars().filter(|c| c.is_uppercase()).count() > 1;
        let named = has_capital(word)
            && !is_calendar(&lower)
            && !matches!(word, "I" | "I'm" | "I’m" | "I've" | "I’ve");
        (named && (more_capitals || may_be_name && !is_common(&lower))).then_some(DetailKind::Name)
    }
}

fn has_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Where the run of words of one kind that begins at `at` ends. Names continue over "de" and "of", dates over a
/// comma.
fn run_end(
    text: &str,
    tokens: &[Token],
    word_kinds: &[Option<DetailKind>],
    at: usize,
    kind: DetailKind,
) -> usize {
    let joins = |between: &Token| match (kind, between.span.of(text).unwrap_or_default()) {
        (DetailKind::Name, w) => is_particle(w),
        (DetailKind::Date, ",") => true,
        _ => false,
    };
    if kind == DetailKind::Superlative {
        return at + 1;
    }
    let mut end = at + 1;
    loop {
        if word_kinds.get(end) == Some(&Some(kind)) {
            end += 1;
        } else if word_kinds.get(end + 1) == Some(&Some(kind)) && joins(&tokens[end]) {
            end += 2;
        } else {
            return end;
        }
    }
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

/// The text between quotation marks, without the marks. If the partner of a double mark is in another sentence, the
/// quotation reaches to the edge of this sentence. A single mark without a partner is an apostrophe.
fn quotations(text: &str, tokens: &[Token]) -> Vec<Detail> {
    let (mut all, mut open): (Vec<Detail>, Option<(Span, bool)>) = (Vec::new(), None);
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return all };
    let mut add = |start, end| {
        let span = Span::new(start, end);
        if !span.is_empty() && span.of(text).is_some_and(|w| w.contains(char::is_alphanumeric)) {
            all.push(Detail { kind: DetailKind::Quotation, span });
        }
    };
    for token in tokens.iter().filter(|t| t.kind == Kind::Mark) {
        let Some((single, side)) = quote_mark(token.span.of(text).unwrap_or_default()) else { continue };
        match open {
            Some((from, s)) if s == single && side != Side::Opens => {
                add(from.end, token.span.start);
                open = None;
            }
            None if side != Side::Closes => open = Some((token.span, single)),
            None if !single => add(first.span.start, token.span.start),
            _ => {}
        }
    }
    if let Some((from, false)) = open {
        add(from.end, last.span.end);
    }
    all
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// Whether a quotation mark is a single one, and which side it is on. `None` for other marks.
fn quote_mark(mark: &str) -> Option<(bool, Side)> {
    Some(match mark {
        "\"" | "＂" => (false, Side::Either),
        "“" => (false, Side::Either),
        "”" | "」" | "』" => (false, Side::Closes),
        "„" | "«" | "「" | "『" => (false, Side::Opens),
        "»" => (false, Side::Either),
        "'" => (true, Side::Either),
        "‘" | "‚" => (true, Side::Opens),
        "’" => (true, Side::Closes),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentences;

    fn found_in(text: &str) -> Vec<String> {
        let found = details(text, &sentences(text), None);
        let line = |d: &Detail| format!("{} {}", d.kind.as_str(), d.span.of(text).unwrap());
        found.iter().flatten().map(line).collect()
    }

    #[test]
    fn names_run_on_over_small_words_and_a_sentences_first_word_is_a_name_only_if_seen_elsewhere() {
        assert_eq!(found_in("Officials met at the University of Bamako."), ["name University of Bamako"]);
        assert_eq!(found_in("Officials left. Niono is near. They saw Niono."), ["name Niono", "name Niono"]);
        assert_eq!(found_in("JNIM denied it."), ["name JNIM"]);
    }

    #[test]
    fn dates_are_told_from_numbers() {
        assert_eq!(found_in("It fell on 25 August 2025."), ["date 25 August 2025"]);
        assert_eq!(found_in("On May 3, 2024, it may rain."), ["date May 3, 2024"]);
        assert_eq!(found_in("It cost €5m and 25 goats by 14:00."), ["number €5m", "number 25", "date 14:00"]);
    }

    #[test]
    fn quotations_are_found_with_their_details_also_where_they_go_on_in_the_next_sentence() {
        assert_eq!(
            found_in("He said “it is 9 miles” today."),
            ["quotation it is 9 miles", "number 9", "date today"]
        );
        assert_eq!(
            found_in("He said “we ran.\n\nWe hid” and left."),
            ["quotation we ran.", "quotation We hid"]
        );
        assert_eq!(found_in("It doesn't matter, said the boys' father."), Vec::<String>::new());
    }

    #[test]
    fn superlatives_are_found_and_look_alikes_are_not() {
        assert_eq!(found_in("It was the deadliest attack."), ["superlative deadliest"]);
        assert_eq!(found_in("The honest guest made a request in the west."), Vec::<String>::new());
    }
}
