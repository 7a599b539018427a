//! Cuts a text into sentences for recognising them again, by marks and line breaks alone.
//!
//! It is faster than [`sentences`](crate::text::sentences) and knows no language. It may cut after an abbreviation. That does
//! no harm, because both texts are cut by the same rule and neighbours are recognised together.

use crate::text::{Span, begins_block, is_spaceless, is_wordly, lines};
use unicode_normalization::UnicodeNormalization;

/// What a sentence is recognised by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// The same for the same letters, digits and marks in other typography and other line breaks.
    pub exact: u64,
    /// The same for the same letters and digits.
    pub letters: u64,
    /// How much it says: its letters and digits, where a character of a script without blanks counts as three.
    pub weight: u32,
}

/// The sentences of `text`, in order, without the blanks between them.
pub(super) fn cut(text: &str) -> Vec<Span> {
    let mut all = Vec::with_capacity(text.len() / 80);
    let mut block: Option<Span> = None;
    for line in lines(text) {
        let words = line.of(text).unwrap_or_default().trim();
        let open = block.filter(|_| !words.is_empty() && !begins_block(words));
        if open.is_none() {
            block.take().into_iter().for_each(|b| cut_block(text, b, &mut all));
        }
        block = match open {
            Some(b) => Some(Span::new(b.start, line.end)),
            None => (!words.is_empty()).then_some(line),
        };
        if words.starts_with(['#', '|']) {
            block.take().into_iter().for_each(|b| cut_block(text, b, &mut all));
        }
    }
    block.into_iter().for_each(|b| cut_block(text, b, &mut all));
    all
}

/// Adds the sentences of one block of lines.
fn cut_block(text: &str, block: Span, all: &mut Vec<Span>) {
    let mut from = block.start.0;
    let mut rest = block.start.0;
    while let Some(end) = next_end(text, rest, block.end.0) {
        all.extend(sentence(text, from, end));
        (from, rest) = (end, end);
    }
    all.extend(sentence(text, from, block.end.0));
}

/// The end of the first sentence that ends in `text[from..to]`.
fn next_end(text: &str, from: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < to {
        at += inside(&bytes[at..to]);
        let c = text[at..to].chars().next()?;
        let after = at + c.len_utf8();
        at = after;
        if is_final(c) {
            at = text[after..to].find(|c| !is_final(c) && !closes(c)).map_or(to, |n| after + n);
            if is_wide(c) || text[at..to].starts_with(char::is_whitespace) {
                return Some(at);
            }
        } else if ends_phrase(text, after, c) {
            return Some(after);
        }
    }
    None
}

/// How many bytes come before the first that may end a sentence. It looks at several at once.
fn inside(bytes: &[u8]) -> usize {
    const AT_ONCE: usize = 16;
    let stays = |b: &u8| b.is_ascii() & (*b != b'.') & (*b != b'!') & (*b != b'?');
    let all_stay = |chunk: &&[u8]| chunk.iter().fold(true, |all, b| all & stays(b));
    let whole = AT_ONCE * bytes.chunks_exact(AT_ONCE).take_while(all_stay).count();
    whole + bytes[whole..].iter().take_while(|b| stays(b)).count()
}

/// Whether a mark ends sentences.
pub(super) fn is_final(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, '.' | '!' | '?');
    }
    is_wide(c) || matches!(c, '…' | '।' | '॥' | '؟' | '۔' | '።' | '։' | '။' | '៕' | '។' | '‼' | '⁇' | '⁉')
}

/// Whether no blank follows this final mark.
fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡')
}

/// Whether a mark closes what a sentence is in: quotation marks, brackets, emphasis.
pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | ')' | ']' | '*' | '_' | '”' | '’' | '»' | '›' | '“' | '」' | '』' | '）' | '】' | '》'
    )
}

/// Whether a blank and more of the same follow a letter of a script that writes no sentence marks (Thai, Lao).
fn ends_phrase(text: &str, after: usize, c: char) -> bool {
    let unmarked = |c: char| matches!(c as u32, 0x0E00..=0x0EFF);
    unmarked(c) && text[after..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(unmarked))
}

fn sentence(text: &str, from: usize, to: usize) -> Option<Span> {
    let words = &text[from..to];
    let start = from + words.len() - words.trim_start().len();
    Some(Span::at(start, start + words.trim().len())).filter(|s| !s.is_empty())
}

/// What the sentence `words` is recognised by.
pub(super) fn key(words: &str) -> Key {
    let mut key = Key { exact: FNV_START, letters: FNV_START, weight: 0 };
    for_each_character(words, |_, c| {
        key.exact = step(key.exact, c);
        if c.is_alphanumeric() {
            key.letters = step(key.letters, lower(c));
            key.weight += if is_spaceless(c) { 3 } else { 1 };
        }
    });
    key
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a over code points.
fn step(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01b3)
}

fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// Calls `f` with the byte after each character of `text`, and the character as it is compared: decomposed, with one form
/// for all dashes, quotation marks and apostrophes, without blanks and invisible characters. A character that is
/// decomposed to several gives several calls.
pub(super) fn for_each_character(text: &str, mut f: impl FnMut(usize, char)) {
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_ascii() {
            if !c.is_ascii_whitespace() {
                f(end, if c == '\'' { '"' } else { c });
            }
        } else if is_plain(c) {
            f(end, c);
        } else if !is_invisible(c) {
            std::iter::once(c).nfkd().map(folded).filter(|c| !c.is_whitespace()).for_each(|c| f(end, c));
        }
    }
}

/// Whether `c` is a letter of a common script that is never decomposed: quicker than to look it up.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c as u32, 0x0430..=0x0438 | 0x043A..=0x044F | 0x0410..=0x0418 | 0x041A..=0x042F | 0x0627..=0x064A | 0x3400..=0x9FFF)
}

/// Soft hyphens, zero-width characters and marks of direction.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn folded(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | 'ʼ' | '´' | '′' | '″' | '`'
        | '\'' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        c => c,
    }
}

/// Whether `c` belongs to a word as it is written.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_plain(c) || is_wordly(c) || is_invisible(c) && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Vec<&str> {
        cut(text).iter().map(|s| s.of(text).unwrap()).collect()
    }

    #[test]
    fn sentences_end_at_marks_with_what_closes_them_and_at_blocks() {
        let text = "# A title\nOne is. “Two is.” Three\nis 1.5 long\n\n- item\n- other one! 你好。再見。";
        let found = [
            "# A title",
            "One is.",
            "“Two is.”",
            "Three\nis 1.5 long",
            "- item",
            "- other one!",
            "你好。",
            "再見。",
        ];
        assert_eq!(drawn(text), found);
        assert_eq!(drawn("यह एक है। वह दो है।"), ["यह एक है।", "वह दो है।"]);
    }

    #[test]
    fn typography_and_line_breaks_do_not_make_another_sentence() {
        let key = |text: &str| key(text).exact;
        assert_eq!(key("He said “it\nrose by − 5”…"), key("He said \"it rose by - 5\"..."));
        assert_eq!(key("caf\u{e9} sol\u{ad}d."), key("cafe\u{301} sold."));
        assert_ne!(key("It rose by 5."), key("It rose by -5."));
    }
}
