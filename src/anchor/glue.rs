//! What is grammatically glued to the edges of a claim: digits, signs, units, scales, currencies and eras beside it, and
//! the negations and hedges of its clause.
//!
//! A number goes on over blanks, whatever the lists say: digits beside an edge always belong to it. If a claim ends in a
//! number, the word behind it belongs to it too, because that word is nearly always its unit; not behind a year or a date.

use super::{
    compare::is_date,
    lexicon::{
        SPACELESS_GOVERNORS, is_currency_word, is_era, is_era_before, is_han_number, is_hedge, is_negation,
        is_number_word, is_preposition, is_scale, is_sign_word, is_unit,
    },
    typography::forms,
};
use crate::{
    model::Rules,
    text::{is_currency, is_sign, is_spaceless},
};

/// The most words beside an edge that belong to a number.
const MAX_RUNS: usize = 5;
/// How many letters of a script without blanks stand for the word behind a number.
const SPACELESS_WORD: usize = 4;
/// How far behind a preposition a number may be that it hedges, in words and marks: “up to $ 500”.
const HEDGED: usize = 3;

/// What is glued to one stretch of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Glue {
    /// The negations and hedges of its clause, before it and behind it.
    pub governors: [String; 2],
    /// What is directly before it.
    pub before: String,
    /// What is directly behind it.
    pub behind: String,
}

impl Glue {
    /// The glue of `words`, which stand between `before` and `behind` in their sentence.
    pub fn of(before: &str, words: &str, behind: &str, rules: Rules) -> Self {
        let by_number = rules >= Rules::Sixth;
        let governors = |clause: &str, next: &str| governors(clause, by_number.then_some(next));
        Self {
            governors: [governors(last_clause(before), words), governors(first_clause(behind), "")],
            before: glued_before(before, words),
            behind: with_primes(words, glued_behind(words, behind, true)),
        }
    }
}

/// `glued` with a mark directly behind a digit of `words` as a prime: 5' and 5''.
fn with_primes(words: &str, glued: String) -> String {
    let single = |c: char| "'’´′".contains(c);
    if !words.trim_end_matches(|c| single(c) || c == '"').ends_with(char::is_numeric) {
        return glued;
    }
    let rest = glued.trim_start_matches(|c| single(c) || "\"”″".contains(c));
    let marks = &glued[..glued.len() - rest.len()];
    let minutes: usize = marks.chars().map(|c| if single(c) { 1 } else { 2 }).sum();
    format!("{}{rest}", ["", "′", "″", "‴"][minutes.min(3)])
}

/// How many bytes before and behind `words` are a number, a scale or a unit that they were cut from.
pub(super) fn cut_unit(before: &str, words: &str, behind: &str) -> (usize, usize) {
    let first = first_run(words);
    let begins = begins_number(first) || is_listed(first);
    let head = if begins { glued_before(before, words) } else { String::new() };
    let tail =
        if is_numeric_word(last_run(words)) { glued_behind(words, behind, false) } else { String::new() };
    let (left, right) = (before.trim_end().len(), behind.trim_start().len());
    let with_blanks = |glued: &str, blanks: usize| if glued.is_empty() { 0 } else { glued.len() + blanks };
    (with_blanks(&head, before.len() - left), with_blanks(&tail, behind.len() - right))
}

/// What is glued behind `words`. `next_word` says whether any word behind a number counts, or only what the lists know.
pub(super) fn glued_behind(words: &str, behind: &str, next_word: bool) -> String {
    let mut rest = behind;
    let (mut last, mut end, mut any) = (last_run(words), 0, next_word);
    for _ in 0..MAX_RUNS {
        let blanks = rest.len() - rest.trim_start().len();
        let run = first_run(&rest[blanks..]);
        // An era is also behind the word for a year: “500 году до н. э.”.
        let era = end > 0 && is_era(&run.to_lowercase());
        if run.is_empty() || !era && !goes_on(last, blanks > 0, run, any) {
            break;
        }
        rest = &rest[blanks + run.len()..];
        (end, last) = (behind.len() - rest.len(), run);
        // The word behind the number was read. After it only what is a number or a unit for sure goes on.
        any = any && is_numeric_word(run);
    }
    behind[..end].trim_start().to_owned()
}

/// What is glued before `words`.
pub(super) fn glued_before(before: &str, words: &str) -> String {
    let (mut rest, mut start, mut next) = (before, before.len(), first_run(words));
    for _ in 0..MAX_RUNS {
        let trimmed = rest.trim_end();
        let run = run_before(trimmed);
        if run.is_empty() || !leads_on(run, trimmed.len() < rest.len(), next) || is_list_mark(trimmed, run) {
            break;
        }
        rest = &trimmed[..trimmed.len() - run.len()];
        (start, next) = (rest.len(), run);
    }
    before[start..].trim_end().to_owned()
}

/// Whether `run`, at the end of `before`, is a mark at the beginning of a line. A statement that begins with a number has it
/// among its own words, if it may be a sign.
fn is_list_mark(before: &str, run: &str) -> bool {
    let first = before[..before.len() - run.len()].trim_end_matches(|c: char| c.is_whitespace() && c != '\n');
    matches!(run, "-" | "+" | "*" | "•") && (first.is_empty() || first.ends_with('\n'))
}

/// Whether `run` behind `last` belongs to it.
fn goes_on(last: &str, blank: bool, run: &str, any: bool) -> bool {
    let number = is_numeric_word(last);
    match blank {
        _ if number && (any && !is_date(last) && !has_unit(last) || is_listed(run)) => true,
        _ if begins_number(run) => true,
        true => number && is_amount(run),
        false => !run.starts_with(is_spaceless) && (number || !run.starts_with(char::is_alphanumeric)),
    }
}

/// Whether `run` before `next` belongs to it.
fn leads_on(run: &str, blank: bool, next: &str) -> bool {
    let sign = run.chars().all(|c| is_sign(c) || "~≈<>≤≥±№#*".contains(c));
    let number = begins_number(next) || is_numeric_word(next) || next.chars().all(is_sign);
    let short = run.chars().count() <= 4 && (run.ends_with('.') || is_capitals(run));
    if ends_number(run) {
        return true;
    }
    let named = is_sign_word(&run.to_lowercase()) || is_era_before(run);
    number && (sign || named || is_amount(run) || is_currency_word(run) || short || is_numeric_word(run))
        || !blank && !run.ends_with(is_spaceless) && !run.ends_with(char::is_alphanumeric)
}

fn is_capitals(run: &str) -> bool {
    run.chars().count() > 1 && run.chars().all(|c| c.is_uppercase() || c == '$')
}

/// Whether the lists know `run` as something that goes with a number.
fn is_listed(run: &str) -> bool {
    let bare = run.trim_end_matches('.');
    is_amount(run) || is_unit(run) || is_era(&bare.to_lowercase()) || begins_number(run)
}

/// Whether `run` is a currency or a scale.
fn is_amount(run: &str) -> bool {
    let bare = run.trim_end_matches('.');
    run.chars().all(is_currency)
        || is_currency_word(run)
        || is_scale(&bare.to_lowercase())
        || run.chars().all(is_han_number)
}

/// Whether a word is a number, so that a unit may be behind it.
fn is_numeric_word(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    let last = lower.rsplit(['-', '‐', '‑']).next().unwrap_or_default();
    ends_number(word) || is_number_word(last) || is_scale(last)
}

/// Whether a number has its sign of a unit with it: 10%, 40°, 5€.
fn has_unit(word: &str) -> bool {
    ends_number(word) && !word.ends_with(|c: char| c.is_numeric() || is_han_number(c))
}

fn ends_number(word: &str) -> bool {
    let bare = word.trim_end_matches(|c: char| "%‰°".contains(c) || is_currency(c));
    bare.ends_with(|c: char| c.is_numeric() || is_han_number(c))
}

fn begins_number(word: &str) -> bool {
    let bare = word.trim_start_matches(|c: char| is_sign(c) || is_currency(c));
    bare.starts_with(|c: char| c.is_numeric() || is_han_number(c))
}

/// The word that `text` begins with, without the punctuation behind it. Empty if it begins with a blank or with
/// punctuation.
fn first_run(text: &str) -> &str {
    let first = text.chars().next().unwrap_or(' ');
    if first.is_whitespace() || is_border(first) {
        return "";
    }
    if is_spaceless(first) {
        return spaceless_run(text);
    }
    let ends = |(_, c): &(usize, char)| c.is_whitespace() || is_closer(*c) || is_spaceless(*c);
    let end = text.char_indices().find(ends).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end_matches(is_border)
}

/// The letters that stand for the first word of a script without blanks: a number whole, and the sign behind it; else
/// one sign of Chinese or Japanese, and a few of other scripts.
fn spaceless_run(text: &str) -> &str {
    let count = |holds: &dyn Fn(char) -> bool| text.chars().take_while(|c| holds(*c)).count();
    let numbers = count(&|c| is_han_number(c));
    let signs = match text.chars().next().is_some_and(is_east_asian) {
        _ if numbers > 0 => numbers,
        true => 1,
        false => count(&|c| is_spaceless(c)).min(SPACELESS_WORD),
    };
    let end = text.char_indices().nth(signs).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The word that `text` ends with, without the punctuation before it; with a full stop at its end. Empty if it ends with
/// other punctuation.
fn run_before(text: &str) -> &str {
    let last = text.chars().next_back().unwrap_or(' ');
    if last.is_whitespace() || is_border(last) && last != '.' {
        return "";
    }
    if is_spaceless(last) {
        return last_spaceless(text);
    }
    let begins = |(_, c): &(usize, char)| c.is_whitespace() || is_opener(*c) || is_spaceless(*c);
    let found = text.char_indices().rev().find(begins);
    text[found.map_or(0, |(at, c)| at + c.len_utf8())..].trim_start_matches(is_border)
}

fn last_spaceless(text: &str) -> &str {
    let numbers = text.chars().rev().take_while(|c| is_han_number(*c)).count();
    let start = text.char_indices().rev().nth(numbers.max(1) - 1).map_or(0, |(at, _)| at);
    &text[start..]
}

fn last_run(words: &str) -> &str {
    run_before(words.trim_end_matches(|c: char| c.is_whitespace() || is_border(c)))
}

fn is_east_asian(c: char) -> bool {
    c as u32 >= 0x2E80
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―')
}

fn is_opener(c: char) -> bool {
    "([{\"“„‚«‹「『（【¿¡".contains(c)
}

fn is_closer(c: char) -> bool {
    ")]}\"”»›」』）】;!?…。！？，、；：،؛؟।".contains(c)
}

/// Whether `c` parts a claim from what is beside it.
fn is_border(c: char) -> bool {
    is_opener(c) || is_closer(c) || is_dash(c) || ".,:'’‘".contains(c)
}

/// The part of `before` that is in the clause that ends with it. Words in brackets at its end are part of it: “was (not)”.
fn last_clause(before: &str) -> &str {
    if let Some(open) = before.trim_end().strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        let outside = last_clause(&before[..open]).len();
        return &before[open - outside..];
    }
    let parts = before.char_indices().rev().find(|(at, c)| parts_clauses(&before[at + c.len_utf8()..], *c));
    parts.map_or(before, |(at, c)| &before[at + c.len_utf8()..])
}

/// The part of `behind` that is in the clause that begins with it.
fn first_clause(behind: &str) -> &str {
    let parts = behind.char_indices().find(|(at, c)| parts_clauses(&behind[at + c.len_utf8()..], *c));
    parts.map_or(behind, |(at, _)| &behind[..at])
}

/// Whether `c` before `rest` is the end of a clause. A comma, a colon and a full stop are only before a blank.
fn parts_clauses(rest: &str, c: char) -> bool {
    let blank = rest.chars().next().is_none_or(|next| next.is_whitespace() || is_border(next));
    match c {
        ',' | ':' | '.' => blank,
        _ => "();!?…。！？，、；：،؛؟।（）".contains(c) || is_dash(c) && blank,
    }
}

/// The negations and hedges of a clause, in order. If `next` is given, the words behind the clause, a preposition that may be a
/// hedge is one only before a number.
fn governors(clause: &str, next: Option<&str>) -> String {
    let here = forms(clause);
    let lower: Vec<String> = here.iter().map(|f| f.as_compared.to_lowercase()).collect();
    let beyond = next.map(|next| forms(next).into_iter().take(HEDGED).map(|f| f.as_compared.to_lowercase()));
    let beyond: Option<Vec<String>> = beyond.map(Iterator::collect);
    let hedges = |at: usize| match &beyond {
        Some(beyond) if is_preposition(&lower[at]) => {
            lower[at + 1..].iter().chain(beyond).take(HEDGED).any(|w| begins_number(w) || is_number_word(w))
        }
        _ => true,
    };
    let governs = |at: &usize| is_negation(&lower[*at]) || is_hedge(&lower[*at]) && hedges(*at);
    let mut all: Vec<String> =
        (0..here.len()).filter(governs).map(|at| here[at].as_written.clone()).collect();
    if clause.contains(is_spaceless) {
        all.extend(spaceless_governors(clause));
    }
    all.join(" ")
}

fn spaceless_governors(clause: &str) -> impl Iterator<Item = String> + '_ {
    let found = SPACELESS_GOVERNORS.iter().flat_map(move |g| clause.match_indices(g));
    let mut all: Vec<(usize, &str)> = found.collect();
    all.sort_unstable();
    all.into_iter().map(|(_, g)| g.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glue of the words between the bars.
    fn glue(sentence: &str) -> [String; 4] {
        let parts: Vec<&str> = sentence.split('|').collect();
        let Glue { governors: [a, b], before, behind } =
            Glue::of(parts[0], parts[1], parts[2], Rules::default());
        [a, before, behind, b]
    }

    fn behind(sentence: &str) -> String {
        glue(sentence)[2].clone()
    }

    fn before(sentence: &str) -> String {
        glue(sentence)[1].clone()
    }

    #[test]
    fn a_number_goes_on_over_blanks() {
        assert_eq!(behind("|About 500| 000 people came."), "000 people");
        assert_eq!(behind("|About 500|\u{a0}000 came."), "000 came");
        assert_eq!(before("Some 1 |500 people| came."), "1");
        assert_eq!(before("Some 1\u{202f}250\u{202f}|500 people| came."), "1\u{202f}250");
        assert_eq!(before("In 2019 |the treasurer| left."), "2019");
        assert_eq!(behind("|It cost about| 35 million crowns."), "35 million crowns");
    }

    #[test]
    fn the_word_behind_a_number_belongs_to_it_in_every_language() {
        assert_eq!(behind("|Цена 35| млн рублей."), "млн рублей");
        assert_eq!(behind("|成本为35|万元。"), "万元");
        assert_eq!(behind("|成本为三十五|万元。"), "万元");
        assert_eq!(behind("|Cena 35| miliónov eur."), "miliónov eur");
        assert_eq!(behind("|At 5| p.m. they left."), "p.m");
        assert_eq!(behind("|It weighs 12| quintals, he said."), "quintals");
        assert_eq!(behind("|It rose by 12|, he said."), "");
        assert_eq!(behind("|It was closed in 2019| after a flood."), "");
        assert_eq!(behind("|It was closed in 1200| BC after a flood."), "BC");
        assert_eq!(behind("|twelve| lakh rupees"), "lakh rupees");
        assert_eq!(behind("|forty-two| million crowns"), "million crowns");
        assert_eq!(behind("|в 500| году до н. э."), "году до");
    }

    #[test]
    fn signs_and_halves_of_the_day_in_words_belong_to_a_number() {
        assert_eq!(glue("It was minus |40 degrees|.")[1], "minus");
        assert_eq!(glue("회의는 오전 |7시|에 시작했다.")[1], "오전");
        assert_eq!(glue("建于公元前|300年|的墙。")[0], "公元前");
        assert_eq!(glue("下午|7点|开始。")[0], "下午");
        assert_eq!(glue("It has |10%| more.")[2], "");
    }

    #[test]
    fn a_negation_in_brackets_before_the_words_governs_them() {
        assert_eq!(glue("He was (not) |found guilty|.")[0], "not");
        assert_eq!(glue("He (not Ann) said that she was |found guilty|.")[0], "");
    }

    #[test]
    fn signs_currencies_and_eras_before_a_number_belong_to_it() {
        assert_eq!(before("It rose by + |3.5 points|."), "+");
        assert_eq!(before("It cost Rs. |500|."), "Rs.");
        assert_eq!(before("It cost SEK |500|."), "SEK");
        assert_eq!(before("It cost ~|500| euros."), "~");
        assert_eq!(before("In AD |500| they left."), "AD");
        assert_eq!(before("They saw |500 people|."), "");
    }

    #[test]
    fn other_words_beside_a_claim_are_not_glued() {
        assert_eq!(glue("The treasurer was |found guilty| of fraud."), ["", "", "", ""].map(str::to_owned));
        assert_eq!(glue("He said: “|we won|” on Monday."), ["", "", "", ""].map(str::to_owned));
    }

    #[test]
    fn a_negation_or_hedge_governs_its_clause() {
        assert_eq!(glue("The treasurer was not |found guilty| of fraud.")[0], "not");
        assert_eq!(glue("Er wurde |wegen Betrugs| nicht verurteilt.")[3], "nicht");
        assert_eq!(glue("It did not rain, |the mayor won| by far.")[0], "");
        assert_eq!(glue("They didn’t |win|.")[0], "didn’t");
        assert_eq!(glue("他没有|贪污|。")[0], "没");
        assert_eq!(glue("彼は|有罪|ではない。")[3], "ない");
        assert_eq!(glue("그는 |유죄가| 아니다.")[3], "아니다");
        assert_eq!(glue("Reportedly |500 people| came.")[0], "Reportedly");
    }

    #[test]
    fn a_preposition_is_a_hedge_only_before_a_number() {
        assert_eq!(glue("They took over the town and killed |hundreds of civilians|.")[0], "");
        assert_eq!(glue("They spoke about |fraud|.")[0], "");
        assert_eq!(glue("They saw over |hundreds of civilians|.")[0], "over");
        assert_eq!(glue("It cost up to |$500|.")[0], "up");
        assert_eq!(glue("It cost over 500 |crowns a day|.")[0], "over");
        assert_eq!(glue("|500 people| came over the bridge.")[3], "");
        let before = Glue::of("They took over the town and killed ", "hundreds", ".", Rules::Fifth);
        assert_eq!(before.governors[0], "over");
    }
}
