//! Stretches of a text that are no words of it: character references, addresses of links, tags.

use crate::text::Span;

/// Where such stretches are in `text`, in order.
pub(super) fn asides(text: &str) -> Vec<Span> {
    let (mut all, mut at) = (Vec::new(), 0);
    if !text.contains(['&', '<']) && !["](", "://", "www."].iter().any(|sign| text.contains(sign)) {
        return all;
    }
    while let Some(next) = text[at..].find(['&', '(', '<', ':', 'w']).map(|n| at + n) {
        let found = aside_at(text, next);
        at = next + 1;
        if let Some((start, end)) = found {
            all.push(Span::at(start, end));
            at = end.max(at);
        }
    }
    all
}

/// The stretch whose first telling character is at the byte `at`.
fn aside_at(text: &str, at: usize) -> Option<(usize, usize)> {
    let (before, rest) = (&text[..at], &text[at..]);
    match rest.as_bytes()[0] {
        b'&' => reference(rest).map(|n| (at, at + n)),
        b'(' if before.ends_with(']') => target(rest).map(|n| (at, at + n)),
        b'<' => tag(rest).map(|n| (at, at + n)),
        b':' if rest.starts_with("://") => {
            let scheme = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
            (scheme > 0).then(|| (at - scheme, at + address(rest)))
        }
        b'w' if rest.starts_with("www.") && !before.ends_with(|c: char| c.is_alphanumeric() || c == '/') => {
            Some((at, at + address(rest)))
        }
        _ => None,
    }
}

/// The length of a character reference: `&amp;`, `&#8217;`, `&#x2019;`.
fn reference(text: &str) -> Option<usize> {
    let name = text[1..].strip_prefix('#').unwrap_or(&text[1..]);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let end = text.len() - name.len() + length;
    ((1..=31).contains(&length) && text[end..].starts_with(';')).then_some(end + 1)
}

/// The length of the target of a Markdown link with its brackets, which may hold pairs of brackets.
fn target(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at + 1),
            ')' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// The length of a tag, or of an address between angle brackets.
fn tag(text: &str) -> Option<usize> {
    let begins = text[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
    let end = text.find(['>', '\n'])?;
    (begins && text[end..].starts_with('>')).then_some(end + 1)
}

/// How long an address is from here on: up to a blank or a bracket, without the punctuation that ends a sentence.
fn address(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '<' | '"' | '“' | '”' | '»');
    let length = text.find(ends).unwrap_or(text.len());
    text[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '…']).len()
}
