//! Whether a sentence is another one's look-alike: of the same form, but about something else. "Orla spent 31 crowns on lamps" is
//! not what is left of "Tosk spent 47 crowns on lamps".
//!
//! Names and figures tell what a sentence is about, and so does its first longer word. In a script without capital letters
//! every word does. Addresses and code say nothing about it.

use super::local::{Word, align, read_words};
use crate::text::Span;
use std::collections::HashSet;

/// How many of a sentence's words one of the same form has, by weight, in thousandths.
const SAME_FORM: u32 = 500;
/// How many of them, both ways, make its first longer word the only thing that differs.
const NEARLY_SAME: u32 = 700;
/// How many letters the word has that says what a sentence is about. Shorter ones are articles and prepositions.
const MIN_SUBJECT: i32 = 4;
/// The most cells an alignment of two sentences may have. What is longer is no sentence that another looks like.
const MAX_CELLS: usize = 1 << 14;

/// A sentence as its words.
pub(super) struct Statement<'t> {
    text: &'t str,
    span: Span,
    /// All its words.
    ids: HashSet<u64>,
    /// Those that are not in an address or in code.
    said: Vec<Word>,
}

impl<'t> Statement<'t> {
    /// The sentence at `span` of `text`.
    pub fn new(text: &'t str, span: Span) -> Self {
        let words = span.of(text).map(read_words).unwrap_or_default();
        let placed = |w: Word| Word { span: w.span.shifted(span.start.0 as isize), ..w };
        let words: Vec<Word> = words.into_iter().map(placed).collect();
        let ids = words.iter().map(|w| w.id).collect();
        let marker = words.first().map_or(0, |w| usize::from(is_list_number(text, w.span)));
        let said = words.into_iter().skip(marker).filter(|w| !is_code(text, w.span)).collect();
        Self { text, span, ids, said }
    }

    /// The sentence as it is written.
    pub fn words(&self) -> &'t str {
        self.span.of(self.text).unwrap_or_default()
    }

    /// Whether `other` has the form of this sentence, but not its names, figures or first longer word.
    pub fn is_about_something_else(&self, other: &Self) -> bool {
        let mut gone = self.said.iter().enumerate().filter(|(_, w)| !other.ids.contains(&w.id)).peekable();
        if gone.peek().is_none() || self.said.len() * other.said.len() > MAX_CELLS {
            return false;
        }
        let share = share(&self.said, &other.said);
        if share < SAME_FORM {
            return false;
        }
        let subject = self.said.iter().position(|w| w.weight >= MIN_SUBJECT);
        let back = self::share(&other.said, &self.said);
        gone.any(|(at, w)| {
            let written = w.span.of(self.text).unwrap_or_default();
            let names = written.starts_with(|c: char| !c.is_lowercase());
            let begins = at == 0 && written.starts_with(char::is_uppercase);
            match begins {
                false if names => true,
                true if back >= SAME_FORM && self.is_only_capital(written) => true,
                _ => Some(at) == subject && share.min(back) >= NEARLY_SAME,
            }
        })
    }

    /// Whether the text has a capitalised word nowhere in lower case. Then it is not only the first of its sentence.
    fn is_only_capital(&self, written: &str) -> bool {
        let small = written.to_lowercase();
        let within = |at: usize| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(self.text[..at].chars().next_back()) && edge(self.text[at + small.len()..].chars().next())
        };
        small == written || !self.text.match_indices(&small).any(|(at, _)| within(at))
    }
}

fn share(words: &[Word], run: &[Word]) -> u32 {
    align(words, run).map_or(0, |found| found.share)
}

/// Whether the first word of a sentence is the number of an item in a list.
fn is_list_number(text: &str, word: Span) -> bool {
    let is_number = word.of(text).is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    is_number && text[word.end.0..].starts_with([')', '.']) && text[word.end.0 + 1..].starts_with(' ')
}

/// Whether a word is part of an address, a path or code, by the characters around it up to a blank, or stands in a tag.
pub(super) fn is_code(text: &str, word: Span) -> bool {
    let (bytes, (start, end), (left, right)) =
        (text.as_bytes(), (word.start.0, word.end.0), beside(text, word));
    let plain = |b: &&u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>');
    let before = left.iter().rev().take_while(plain).count();
    let after = right.iter().take_while(plain).count();
    let run = trimmed(&bytes[start - before..end + after]);
    let letters = run.iter().any(u8::is_ascii_alphabetic);
    let dotted = |w: &[u8]| w[0].is_ascii_lowercase() && w[1] == b'.' && w[2].is_ascii_lowercase();
    let is_path = letters && (run.iter().any(|b| b"/_{}=`\\".contains(b)) || run.windows(3).any(dotted));
    run.is_ascii() && is_path || is_between(left, right, b'<', b'>') || is_between(left, right, b'{', b'}')
}

/// Whether a span begins and ends in one tag of HTML.
pub(super) fn is_in_tag(text: &str, span: Span) -> bool {
    let (left, right) = beside(text, span);
    let is_one = span.of(text).is_some_and(|words| !words.contains(['<', '>']));
    is_one && is_between(left, right, b'<', b'>')
}

/// The bytes before and after a span.
fn beside(text: &str, span: Span) -> (&[u8], &[u8]) {
    const REACH: usize = 256;
    let (bytes, (start, end)) = (text.as_bytes(), (span.start.0, span.end.0));
    (&bytes[start.saturating_sub(REACH)..start], &bytes[end..(end + REACH).min(bytes.len())])
}

/// A run of characters without the marks at its ends.
fn trimmed(run: &[u8]) -> &[u8] {
    let inner = |b: &u8| !b.is_ascii_punctuation();
    let from = run.iter().position(inner).unwrap_or(0);
    &run[from..run.iter().rposition(inner).map_or(from, |last| last + 1)]
}

/// Whether the nearest of two brackets is the opening one on the left and the closing one on the right.
fn is_between(left: &[u8], right: &[u8], open: u8, close: u8) -> bool {
    let nearest = |b: &&u8| **b == open || **b == close;
    left.iter().rfind(nearest) == Some(&open) && right.iter().find(nearest) == Some(&close)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_look_alike(own: &str, other: &str) -> bool {
        let whole = |text| Statement::new(text, Span::at(0, str::len(text)));
        whole(own).is_about_something_else(&whole(other))
    }

    #[test]
    fn another_name_figure_or_subject_makes_a_look_alike() {
        let own = "In Orla the mayor spent 31 crowns on lamps.";
        assert!(is_look_alike(own, "In Tosk the mayor spent 31 crowns on lamps."));
        assert!(is_look_alike(own, "In Orla the mayor spent 47 crowns on lamps."));
        assert!(is_look_alike("The mayor paid for lamps in May.", "The bishop paid for lamps in May."));
        assert!(is_look_alike("Orla pays for all its lamps.", "Velm pays for all its lamps."));
        assert!(is_look_alike("Velm市有4所学校。", "Dunmere市有4所学校。"));
        assert!(is_look_alike("奥拉市有三十所学校。", "托斯克市有三十所学校。"));
    }

    #[test]
    fn another_word_address_or_form_makes_none() {
        let own = "Help people find and follow your work.";
        assert!(!is_look_alike(own, "Help people find and remember your work by one name."));
        assert!(!is_look_alike(
            "See [the list](a/Orla.html) of lamps.",
            "See [the list](a/Tosk.html) of lamps."
        ));
        assert!(!is_look_alike("Nobody in Orla paid.", "They paid for the lamps and the roads of the port."));
    }
}
