//! Marks at the beginnings of lines: quote marks, heading marks, list marks.
//!
//! A dash, a plus or a bullet before a number may be its sign, so it is never left out. A dash that a line break brought to
//! the beginning of a line is a dash of the sentence.

use crate::text::{Span, is_currency, is_han_numeral, is_sign};

/// The marks at the beginnings of lines, with the blanks after them.
pub(super) fn block_marks(text: &str) -> Vec<Span> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (mut all, mut at) = (Vec::new(), 0);
    for (n, line) in lines.iter().enumerate() {
        let before = n.checked_sub(1).map_or("", |i| lines[i].trim());
        let after = lines.get(n + 1).map_or("", |l| l.trim());
        let start = line.len() - line.trim_start().len();
        let len = mark_len(line.trim(), before, after);
        if len > 0 {
            all.push(Span::at(at + start, at + start + len));
        }
        at += line.len();
    }
    all
}

/// The bytes of the marks at the beginning of a trimmed line, with the blanks after them.
fn mark_len(line: &str, before: &str, after: &str) -> usize {
    let quoted = quote_len(line, before, after);
    let (body, before, after) = (&line[quoted..], unquoted(before), unquoted(after));
    let hashes = body.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && body[hashes..].starts_with(char::is_whitespace) {
        return line.len() - body[hashes..].trim_start().len();
    }
    match list_mark(body) {
        Some((mark, rest)) if !begins_with_number(rest) && !is_wrapped_dash(mark, before, after) => {
            line.len() - rest.len()
        }
        _ => quoted,
    }
}

/// The bytes of the quote marks (`> `) at the beginning of a line. Before a number, `>` is a quote mark only if the line
/// before or after has one too.
fn quote_len(line: &str, before: &str, after: &str) -> usize {
    let rest = unquoted(line);
    let beside = before.starts_with('>') || after.starts_with('>');
    if begins_with_number(rest.trim_start_matches(is_sign)) && !beside { 0 } else { line.len() - rest.len() }
}

/// A trimmed line without its quote marks.
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(inner) = rest.strip_prefix('>')
        && (inner.is_empty() || inner.starts_with(|c: char| c.is_whitespace() || c == '>'))
    {
        rest = inner.trim_start();
    }
    rest
}

/// The list mark that a trimmed line begins with, and the text after it.
pub(in crate::anchor) fn list_mark(line: &str) -> Option<(char, &str)> {
    let mark = line.chars().next().filter(|c| "-–−*+•‣◦▪".contains(*c))?;
    let rest = &line[mark.len_utf8()..];
    rest.starts_with(char::is_whitespace).then(|| (mark, rest.trim_start()))
}

/// Whether a text begins with a number, in digits or in Chinese numerals, perhaps with its currency.
pub(in crate::anchor) fn begins_with_number(text: &str) -> bool {
    let number =
        text.trim_start_matches(|c| is_currency(c) || matches!(c, '*' | '_' | '.' | ',' | '~' | '≈'));
    number.starts_with(|c: char| c.is_numeric() || is_han_numeral(c))
}

/// Whether a dash stands at the beginning of a line because the sentence was wrapped there.
fn is_wrapped_dash(mark: char, before: &str, after: &str) -> bool {
    matches!(mark, '-' | '–' | '−') && !is_list_position(before) && list_mark(after).is_none()
}

/// Whether the line after the trimmed line `before` can begin a list or continue one.
pub(in crate::anchor) fn is_list_position(before: &str) -> bool {
    let ended = before.trim_end_matches(['"', '”', '»', '’', ')', '*', '_']);
    ended.is_empty()
        || before.starts_with('#')
        || list_mark(before).is_some()
        || ended.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '：'])
}
