//! Whether two statements are the same words, and if not, which words changed and what kind of change it is.
//!
//! The typography rules alone decide whether two statements are the same. The classes only explain a change.

use super::{
    lexicon::{is_calendar, is_common, is_hedge, is_negation, is_number_word},
    typography::{Form, forms},
};
use crate::{
    messages::{Message, message},
    text::is_han_numeral,
};
use std::ops::Range;

/// The most cells an alignment of two statements may have. Longer statements are reported as one change.
const MAX_CELLS: usize = 1 << 20;

/// The result of comparing a statement's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Equal up to typography.
    Same,
    /// More than typography differs. Never empty.
    Changed(Vec<Reason>),
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeClass {
    /// A number, its sign or its unit.
    Figure,
    /// A year, a month, a weekday, a date or a time of day.
    Date,
    /// A name, as far as capital letters show it.
    Name,
    /// A negation was added or removed.
    Negation,
    /// A word that makes the statement more or less certain.
    Hedge,
    /// A quotation mark, or a word inside a quotation.
    Quotation,
    /// Any other word or mark.
    Wording,
}

impl ChangeClass {
    /// The class in one lower-case English word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Hedge => "hedge",
            Self::Quotation => "quotation",
            Self::Wording => "wording",
        }
    }
}

/// One change of words, with a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its kind.
    pub class: ChangeClass,
    /// The old words; empty if words were only added.
    pub was: String,
    /// The new words; empty if words were only removed.
    pub now: String,
    /// Whether a negation was removed and none added.
    pub no_longer_negated: bool,
}

impl Reason {
    /// The change as a message: “2020” → “2022”; no longer negated; “roughly” removed.
    pub fn message(&self) -> Message {
        match (self.was.is_empty(), self.now.is_empty()) {
            _ if self.no_longer_negated => message!("reason_no_longer_negated"),
            (false, true) => message!("reason_removed", was = &self.was),
            (true, _) => message!("reason_added", now = &self.now),
            (false, false) => message!("reason_changed", was = &self.was, now = &self.now),
        }
    }
}

/// Compares a statement's old words with its new ones.
///
/// ```
/// # use tickmark::anchor::{Words, compare};
/// assert_eq!(compare("“since 2020”", "\"since\n2020\""), Words::Same);
/// let Words::Changed(why) = compare("since 2020", "since 2022") else { panic!() };
/// assert_eq!((why[0].was.as_str(), why[0].now.as_str()), ("2020", "2022"));
/// ```
pub fn compare(was: &str, now: &str) -> Words {
    if was == now {
        return Words::Same;
    }
    let (was, now) = (forms(was), forms(now));
    let reasons: Vec<Reason> = hunks(&was, &now)
        .into_iter()
        .flat_map(|(old_range, new_range)| explain(&was, &now, old_range, new_range))
        .collect();
    if reasons.is_empty() { Words::Same } else { Words::Changed(reasons) }
}

/// A statement's comparison key. Two statements have the same key exactly if [`compare`] finds the same words.
pub fn key(statement: &str) -> String {
    let forms = forms(statement);
    forms.iter().map(|f| f.as_compared.as_str()).collect::<Vec<_>>().join("\u{1f}")
}

type Hunk = (Range<usize>, Range<usize>);

/// The ranges that differ, by a longest common subsequence of the forms.
fn hunks(was: &[Form], now: &[Form]) -> Vec<Hunk> {
    let same = |(a, b): &(&Form, &Form)| a.as_compared == b.as_compared;
    let head = was.iter().zip(now).take_while(same).count();
    let tail = was[head..].iter().rev().zip(now[head..].iter().rev()).take_while(same).count();
    let (a, b) = (head..was.len() - tail, head..now.len() - tail);
    if a.is_empty() && b.is_empty() {
        return Vec::new();
    }
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > MAX_CELLS {
        return vec![(a, b)];
    }
    differing_ranges(&was[a], &now[b])
        .into_iter()
        .map(|(old_range, new_range)| (shift(old_range, head), shift(new_range, head)))
        .collect()
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn differing_ranges(a: &[Form], b: &[Form]) -> Vec<Hunk> {
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i].as_compared == b[j].as_compared {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut from, mut all) = (0, 0, (0, 0), Vec::new());
    while i < a.len() && j < b.len() {
        if a[i].as_compared == b[j].as_compared {
            if (i, j) != from {
                all.push((from.0..i, from.1..j));
            }
            (i, j) = (i + 1, j + 1);
            from = (i, j);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    if from != (a.len(), b.len()) {
        all.push((from.0..a.len(), from.1..b.len()));
    }
    all
}

/// The reasons of one hunk: word by word if the number of words is the same, else one reason.
fn explain(was: &[Form], now: &[Form], old_range: Range<usize>, new_range: Range<usize>) -> Vec<Reason> {
    if old_range.len() == new_range.len() {
        return old_range.zip(new_range).map(|(i, j)| reason(was, now, i..i + 1, j..j + 1)).collect();
    }
    vec![reason(was, now, old_range, new_range)]
}

fn reason(was: &[Form], now: &[Form], old_range: Range<usize>, new_range: Range<usize>) -> Reason {
    let class = classify(was, now, &old_range, &new_range);
    let (negated, negates) = (negations(&was[old_range.clone()]), negations(&now[new_range.clone()]));
    let (gone, come) = (as_text(&was[old_range]), as_text(&now[new_range]));
    let no_longer_negated = class == ChangeClass::Negation && negated > negates && negates == 0;
    Reason { class, was: gone, now: come, no_longer_negated }
}

/// The words as written, with one space where there were blanks.
fn as_text(forms: &[Form]) -> String {
    let mut text = String::new();
    for form in forms {
        if form.after_blank && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&form.as_written);
    }
    text
}

fn classify(was: &[Form], now: &[Form], old_range: &Range<usize>, new_range: &Range<usize>) -> ChangeClass {
    let both = || was[old_range.clone()].iter().chain(&now[new_range.clone()]);
    let any = |holds: fn(&Form) -> bool| both().any(holds);
    if negations(&was[old_range.clone()]) != negations(&now[new_range.clone()]) {
        ChangeClass::Negation
    } else if any(|f| is_date(&f.as_compared))
        && !is_regrouped(&was[old_range.clone()], &now[new_range.clone()])
    {
        ChangeClass::Date
    } else if any(is_figure) || has_sign(was, old_range) || has_sign(now, new_range) {
        ChangeClass::Figure
    } else if has_name(was, old_range) || has_name(now, new_range) {
        ChangeClass::Name
    } else if any(|f| is_hedge(&lower(f))) {
        ChangeClass::Hedge
    } else if any(|f| f.quoted || f.is_quote()) {
        ChangeClass::Quotation
    } else {
        ChangeClass::Wording
    }
}

fn lower(form: &Form) -> String {
    form.as_compared.to_lowercase()
}

fn negations(forms: &[Form]) -> usize {
    forms.iter().filter(|f| is_negation(&lower(f))).count()
}

fn is_figure(form: &Form) -> bool {
    form.as_compared.contains(char::is_numeric)
        || is_number_word(&lower(form))
        || form.as_compared.contains(is_han_numeral)
        || matches!(form.as_compared.as_str(), "%" | "‰" | "€" | "$" | "£" | "¥" | "′" | "″" | "+" | "±")
}

/// Whether one of the forms is the sign of the number after it.
fn has_sign(forms: &[Form], range: &Range<usize>) -> bool {
    range.clone().any(|i| {
        let number = forms.get(i + 1).is_some_and(|f| f.as_compared.starts_with(char::is_numeric));
        number && matches!(forms[i].as_compared.as_str(), "—" | "-" | "+" | "±" | "<" | ">" | "~" | "≈")
    })
}

/// Whether digits were only grouped differently, as "1 000" for "1000". That is no date.
fn is_regrouped(was: &[Form], now: &[Form]) -> bool {
    let digits = |f: &Form| f.as_compared.bytes().all(|b| b.is_ascii_digit());
    was.len() != now.len() && was.iter().chain(now).all(digits)
}

/// A year, a calendar word with a capital letter (so that "may" stays a hedge), "25.8.2025", "2025-08-25", "14:00".
pub(super) fn is_date(text: &str) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let year = digits && text.len() == 4 && ("1000".."2101").contains(&text);
    let parts: Vec<&str> = text.split(['.', '/', '-', ':']).collect();
    let numbers = parts.iter().all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    let time = parts.len() == 2 && text.contains(':');
    let lower = text.to_lowercase();
    let word =
        is_calendar(&lower) && (lower != "may" && lower != "march" && lower != "mars" || text != lower);
    year || word || numbers && (parts.len() == 3 || time)
}

/// Whether a word has a capital letter that is not there because a sentence starts.
fn has_name(forms: &[Form], range: &Range<usize>) -> bool {
    range.clone().any(|i| {
        let capital = forms[i].as_compared.starts_with(char::is_uppercase);
        let first = i == 0 || matches!(forms[i - 1].as_compared.as_str(), "." | "!" | "?" | "…" | ":" | "“");
        let inner = forms[i].as_compared.chars().skip(1).any(char::is_uppercase);
        capital && (!first || inner || !is_common(&lower(&forms[i])))
    })
}
