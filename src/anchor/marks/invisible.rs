//! Characters that nobody sees: soft hyphens, zero-width characters, variation selectors, bidirectional marks.
//!
//! A bidirectional mark counts where it may change the order in which digits are shown.

use crate::text::Span;
use unicode_normalization::char::is_combining_mark;

/// How many characters around a mark may decide whether it changes an order.
const NEAR: usize = 64;

/// The invisible characters of `text` that change no word.
pub(super) fn invisible(text: &str) -> Vec<Span> {
    if text.is_ascii() {
        return Vec::new();
    }
    let found = text.char_indices().filter(|(at, c)| {
        is_invisible(*c) && !joins_emoji(text, *at, *c) || is_idle_direction(text, *at, *c)
    });
    found.map(|(at, c)| Span::at(at, at + c.len_utf8())).collect()
}

/// Whether `c` shows nothing and has no direction: soft hyphen, zero-width space and joiners, variation selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
}

/// Whether a joiner makes one picture of two emoji.
fn joins_emoji(text: &str, at: usize, c: char) -> bool {
    let mut near = text[..at].chars().rev().take(NEAR);
    let before = near.find(|b| !is_invisible(*b));
    c == '\u{200d}'
        && before.is_some_and(|b| !b.is_alphanumeric() && !is_combining_mark(b) && !b.is_whitespace())
}

/// Whether `c` gives a direction that changes no order of digits here. An override always counts.
fn is_idle_direction(text: &str, at: usize, c: char) -> bool {
    let after = &text[at + c.len_utf8()..];
    match c {
        '\u{200e}' | '\u{200f}' | '\u{61c}' => !is_beside_numbers(&text[..at], after, c != '\u{200e}'),
        '\u{202a}' | '\u{202b}' | '\u{2066}'..='\u{2068}' => numbers(enclosed(after)) < 2,
        '\u{202c}' | '\u{2069}' => opening(&text[..at]).is_some_and(|inner| numbers(inner) < 2),
        _ => false,
    }
}

/// Whether a mark of the given direction is in a stretch without letters that has two numbers or more, and the letter
/// before it or after it has the other direction, so that the numbers may change places.
fn is_beside_numbers(before: &str, after: &str, to_left: bool) -> bool {
    let (line_before, line_after) = (end_of_line(before), start_of_line(after));
    let from = line_before.char_indices().rfind(|(_, c)| c.is_alphabetic());
    let to = line_after.char_indices().find(|(_, c)| c.is_alphabetic());
    let stretch_before = from.map_or(line_before, |(at, c)| &line_before[at + c.len_utf8()..]);
    let stretch_after = to.map_or(line_after, |(at, _)| &line_after[..at]);
    let other = |letter: Option<(usize, char)>| letter.is_none_or(|(_, c)| is_right_to_left(c) != to_left);
    numbers(stretch_before) + numbers(stretch_after) > 1 && (other(from) || other(to))
}

/// The text up to the end of the embedding or isolate that was opened before it.
fn enclosed(after: &str) -> &str {
    let line = start_of_line(after);
    &line[..line.find(['\u{202c}', '\u{2069}']).unwrap_or(line.len())]
}

/// The text between a closing mark and the mark that opens it. `None` if none does.
fn opening(before: &str) -> Option<&str> {
    let line = end_of_line(before);
    let opens =
        |c: char| matches!(c, '\u{202a}'..='\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}');
    let (at, c) = line.char_indices().rfind(|(_, c)| opens(*c))?;
    (!matches!(c, '\u{202d}' | '\u{202e}')).then(|| &line[at + c.len_utf8()..])
}

/// The last characters of the line that ends here.
fn end_of_line(text: &str) -> &str {
    let from = text.char_indices().rev().take(NEAR).last().map_or(0, |(at, _)| at);
    text[from..].rsplit('\n').next().unwrap_or_default()
}

/// The first characters of the line that goes on here.
fn start_of_line(text: &str) -> &str {
    let to = text.char_indices().nth(NEAR).map_or(text.len(), |(at, _)| at);
    text[..to].split('\n').next().unwrap_or_default()
}

/// How many numbers a text has.
fn numbers(text: &str) -> usize {
    text.split(|c: char| !c.is_numeric()).filter(|n| !n.is_empty()).count()
}

fn is_right_to_left(c: char) -> bool {
    matches!(c as u32, 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}
