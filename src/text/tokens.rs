//! Cuts text into words, marks and blanks, in one pass and without its own table of languages.
//!
//! A number includes its sign, currency, percent sign and attached unit ("-1,387", "€5m", "14:00", "25.8.2025",
//! "5%"). A compound or a contraction is one word ("Al-Qaeda-linked", "don't"). Scripts written without blanks (Han,
//! kana, Thai, Lao, Khmer, Burmese) are cut by grapheme, but a number in their digits or numerals is one word ("๕๐",
//! "三十五", "5万"). It does not know sentences or meanings.

use super::Span;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word or a number, whole.
    Word,
    /// One punctuation mark or symbol.
    Mark,
    /// A run of blanks and line breaks.
    Blank,
}

/// One token: together the tokens cover the text without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The words of `text`, numbers whole, without marks and blanks.
///
/// ```
/// # use tickmark::text::words;
/// let text = "It's -1,387 or 5%, at 14:00.";
/// let found: Vec<&str> = words(text).iter().map(|w| w.of(text).unwrap()).collect();
/// assert_eq!(found, ["It's", "-1,387", "or", "5%", "at", "14:00"]);
/// ```
pub fn words(text: &str) -> Vec<Span> {
    tokens(text).into_iter().filter(|t| t.kind == Kind::Word).map(|t| t.span).collect()
}

/// All tokens of `text` in order, covering it without a gap.
pub fn tokens(text: &str) -> Vec<Token> {
    let (mut all, mut at) = (Vec::with_capacity(text.len() / 3), 0);
    while at < text.len() {
        let (end, kind) = token_at(text, at);
        all.push(Token { span: Span::at(at, end), kind });
        at = end;
    }
    all
}

/// Widens `span` so that neither end cuts a grapheme cluster of `text`.
///
/// Reads only the paragraph line around each end, since CRLF is the only cluster that crosses a line end.
pub fn graphemes_around(text: &str, span: Span) -> Span {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(0);
    let start = cluster(text, floor(span.start.0)).0;
    let last = floor(span.end.0);
    let (from, to) = cluster(text, last);
    Span::at(start, if from == last && last == span.end.0.min(text.len()) { last } else { to })
}

/// The cluster that contains the byte `at`, which is a character boundary.
fn cluster(text: &str, at: usize) -> (usize, usize) {
    let from = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let to = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
    let line = &text[from..to];
    let found = line.grapheme_indices(true).map(|(i, g)| (from + i, from + i + g.len()));
    found.into_iter().find(|&(_, end)| end > at).unwrap_or((at, at))
}

/// The end and kind of the token that begins at the byte `at` of `text`. `at` must be before the end of the text, on
/// a character boundary and at the beginning of a token.
pub(crate) fn token_at(text: &str, at: usize) -> (usize, Kind) {
    let first = char_at(text, at).unwrap_or('\0');
    if first.is_ascii_alphanumeric() {
        return (word_end(text, at), Kind::Word);
    }
    if let Some(head) = number_head(text, at, first) {
        return (word_end(text, head), Kind::Word);
    }
    if first.is_whitespace() {
        return (run_end(text, at, char::is_whitespace), Kind::Blank);
    }
    if is_han_numeral(first) {
        return (run_end(text, at, |c| is_han_numeral(c) || c.is_numeric() || is_extend(c)), Kind::Word);
    }
    if is_spaceless(first) && (is_common(first) || !first.is_numeric()) {
        return (run_end(text, at + first.len_utf8(), is_extend), Kind::Word);
    }
    if is_wordly(first) {
        return (word_end(text, at), Kind::Word);
    }
    (mark_end(text, at, first), Kind::Mark)
}

/// Whether `c` can be part of a word.
pub(crate) fn is_wordly(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        // Curly marks, dashes and special blanks, none of them a letter.
        '\u{2000}'..='\u{206f}' => is_extend(c),
        c => is_common(c) || c.is_alphanumeric() || is_extend(c),
    }
}

/// Whether `c` is a letter of a common script: quicker than to look it up.
fn is_common(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ʯ' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'Ѐ'..='ҁ' | 'ؠ'..='ي' | 'ٱ'..='ۓ' | 'ऄ'..='ह'
        | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '㐀'..='䶿' | '一'..='鿿' | '가'..='힣')
}

/// Whether `c` belongs to a script that writes words without blanks between them.
pub(crate) fn is_spaceless(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3040..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Whether `c` is a Chinese numeral: a digit or a power of ten.
pub(crate) fn is_han_numeral(c: char) -> bool {
    is_han_power(c)
        || matches!(
            c,
            '〇' | '零'
                | '一'
                | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '两'
                | '兩'
                | '廿'
                | '卅'
        )
}

/// Whether `c` is a Chinese power of ten, which can be the scale of a number in digits ("5万").
fn is_han_power(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '萬' | '亿' | '億' | '兆')
}

/// Whether `c` of a script without blanks goes on with the number whose last character is `last`.
fn goes_on(last: char, c: char) -> bool {
    c.is_numeric() && (last == '\0' || last.is_numeric())
        || is_han_power(c) && (last.is_numeric() || is_han_power(last))
}

/// Whether `c` is a currency sign (general category Sc, those in use).
pub(crate) fn is_currency(c: char) -> bool {
    matches!(
        c,
        '$' | '¢' | '£' | '¤' | '¥' | '֏' | '؋' | '৲' | '৳' | '฿' | '៛' | '₠'
            ..='₿' | '＄' | '￠' | '￡' | '￥' | '￦'
    )
}

/// Whether `c` can be the sign of a number directly before a digit.
pub(crate) fn is_sign(c: char) -> bool {
    matches!(c, '-' | '+' | '±' | '−' | '‐' | '‑' | '‒' | '–' | '﹣' | '－' | '＋')
}

/// Whether `c` only continues the character before it: combining marks, joiners, soft hyphens, other characters without
/// width, marks of direction.
fn is_extend(c: char) -> bool {
    let unseen = || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    !c.is_ascii() && !is_common(c) && (unseen() || is_combining_mark(c))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 { Some(byte as char) } else { text[at..].chars().next() }
}

fn run_end(text: &str, at: usize, holds: impl Fn(char) -> bool) -> usize {
    let mut end = at;
    while let Some(c) = char_at(text, end).filter(|&c| holds(c)) {
        end += c.len_utf8();
    }
    end
}

/// Where the digits begin, if a sign or a currency sign (or both) at `at` belongs to a number.
fn number_head(text: &str, at: usize, first: char) -> Option<usize> {
    if !is_sign(first) && !is_currency(first) {
        return None;
    }
    let glued = is_sign(first) && text[..at].chars().next_back().is_some_and(|c| is_wordly(c) || c == '%');
    let mut head = at + first.len_utf8();
    let second = char_at(text, head)?;
    if is_sign(second) != is_sign(first) && (is_sign(second) || is_currency(second)) {
        head += second.len_utf8();
    }
    (!glued && char_at(text, head)?.is_numeric()).then_some(head)
}

/// The end of the word that begins at `at` with a letter or digit.
fn word_end(text: &str, at: usize) -> usize {
    let (mut end, mut last) = (at, '\0');
    let bytes = text.as_bytes();
    loop {
        let plain = bytes[end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if plain > 0 {
            end += plain;
            last = bytes[end - 1] as char;
        }
        let Some(c) = char_at(text, end) else { break };
        if matches!(c, ' ' | '\n') {
            break;
        }
        let after = end + c.len_utf8();
        if is_wordly(c) && (!is_spaceless(c) || goes_on(last, c)) {
            last = if is_extend(c) { last } else { c };
        } else if last.is_numeric() && matches!(c, '%' | '‰' | '°' | '％')
            || last.is_numeric() && is_currency(c)
        {
            last = c;
        } else if !char_at(text, after).is_some_and(|next| joins(last, c, next)) {
            break;
        }
        end = after;
    }
    end
}

/// Whether `mark` between `last` and `next` joins them into one word.
fn joins(last: char, mark: char, next: char) -> bool {
    let digits = last.is_numeric() && next.is_numeric();
    let letters = last.is_alphanumeric() && next.is_alphanumeric() && (digits || !is_spaceless(next));
    match mark {
        '.' | ',' | ':' | '/' | '–' | '٫' | '٬' => digits,
        '\'' | '’' | 'ʼ' | '-' | '‐' | '‑' | '_' | '·' => letters,
        _ => is_currency(mark) && last.is_alphabetic() && next.is_numeric(),
    }
}

/// The end of a mark: one character, or its whole grapheme cluster when it is more (emoji).
fn mark_end(text: &str, at: usize, first: char) -> usize {
    let end = at + first.len_utf8();
    if first.is_ascii() && text.as_bytes().get(end).is_none_or(|b| *b < 0x80) {
        return end;
    }
    text[at..].graphemes(true).next().map_or(end, |g| at + g.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> String {
        tokens(text)
            .iter()
            .filter(|t| t.kind != Kind::Blank)
            .map(|t| t.span.of(text).unwrap())
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn numbers_keep_sign_currency_percent_and_unit() {
        assert_eq!(cut("about -1,387 men"), "about|-1,387|men");
        assert_eq!(cut("on 25.8.2025 at 14:00."), "on|25.8.2025|at|14:00|.");
        assert_eq!(cut("€5m, US$3.2bn, -$4, 5%, 7°C"), "€5m|,|US$3.2bn|,|-$4|,|5%|,|7°C");
        assert_eq!(cut("5-3, 2020–22 and 5 - 3"), "5-3|,|2020–22|and|5|-|3");
    }

    #[test]
    fn compounds_and_contractions_are_one_word() {
        assert_eq!(cut("Al-Qaeda-linked men don't, l’eau"), "Al-Qaeda-linked|men|don't|,|l’eau");
        assert_eq!(cut("snake_case _emph_ *b*"), "snake_case|_|emph|_|*|b|*");
    }

    #[test]
    fn scripts_without_blanks_are_cut_by_grapheme() {
        assert_eq!(cut("讓自己 5人。"), "讓|自|己|5|人|。");
        assert_eq!(cut("👩‍👩‍👧x"), "👩‍👩‍👧|x");
    }

    #[test]
    fn a_number_is_whole_in_every_script() {
        assert_eq!(cut("ราว ๕๐ คน"), "รา|ว|๕๐|ค|น".replace("รา|ว", "ร|า|ว"));
        assert_eq!(cut("-๑,๐๐๐ ២៥% ၃၅၊ ໕໐"), "-๑,๐๐๐|២៥%|၃၅|၊|໕໐");
        assert_eq!(cut("死者三十五人"), "死|者|三十五|人");
        assert_eq!(cut("二〇二〇年5万3千人"), "二〇二〇|年|5万3千|人");
        assert_eq!(cut("٣٫٥ و ۱۲ व १२"), "٣٫٥|و|۱۲|व|१२");
    }

    #[test]
    fn a_common_letter_is_a_letter_and_no_number() {
        let common = ('\0'..=char::MAX).filter(|c| is_common(*c));
        let odd: Vec<char> =
            common.filter(|c| !c.is_alphanumeric() || c.is_numeric() || is_combining_mark(*c)).collect();
        assert!(odd.is_empty(), "{odd:?}");
        assert!(!('\u{2000}'..='\u{206f}').any(char::is_alphanumeric));
    }

    #[test]
    fn a_span_that_cuts_a_grapheme_is_widened() {
        let text = "ab👩‍👩‍👧cd\ne\u{301}f";
        assert_eq!(graphemes_around(text, Span::at(0, 6)), Span::at(0, 20));
        let accent = text.find('e').unwrap();
        assert_eq!(graphemes_around(text, Span::at(accent + 1, accent + 3)), Span::at(accent, accent + 3));
        assert_eq!(graphemes_around(text, Span::at(0, 2)), Span::at(0, 2));
    }

    proptest! {
        #[test]
        fn tokens_cover_the_text_without_a_gap(text in "\\PC{0,40}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert_eq!(token.span.start.0, at);
                prop_assert!(token.span.of(&text).is_some_and(|t| !t.is_empty()));
                at = token.span.end.0;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
