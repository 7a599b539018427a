//! Exactly what counts as typography only: two statements with equal forms have the same words.
//!
//! Typography is:
//! - marks (`marks/`): heading, list, quote, emphasis and code marks, links and their targets, tags and comments of HTML,
//!   footnote marks, soft hyphens, other characters that nobody sees, marks of direction that change no order of digits.
//!   A list mark before a number may be its sign: `-` and `+` differ there, and to add or remove one is a change;
//! - ways of writing one character (`glyphs.rs`): NFC against NFD, ligatures, full-width forms, ½ for 1/2, entities of HTML,
//!   kinds of hyphens, dashes and ellipses, `--` and a hyphen between blanks for a dash, any apostrophe inside a word;
//! - the style of a quotation mark or prime; any minus before a digit, any dash between digits;
//! - the kind and number of blanks and line breaks, if no word boundary is added or lost; `1)` for `1.` before a list item.
//!
//! Every difference not listed here counts: each letter, digit, sign and unit, raised digits (10² is not 102), quotation
//! marks put on or taken off words, and marks such as `?`, `!` and those inside numbers.

use super::{glyphs::one_way, marks::without_marks};
use crate::text::{Kind, Span, tokens};

/// One word or mark of a statement, in the form in which it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// What is compared.
    pub as_compared: String,
    /// What is shown.
    pub as_written: String,
    /// Whether a blank is before it.
    pub after_blank: bool,
    /// Whether it is inside a quotation.
    pub quoted: bool,
}

impl Form {
    /// Whether it is a quotation mark.
    pub fn is_quote(&self) -> bool {
        self.as_compared == OPEN || self.as_compared == CLOSE
    }
}

const OPEN: &str = "“";
const CLOSE: &str = "”";

/// The words and marks of `statement` as they are compared.
pub(crate) fn forms(statement: &str) -> Vec<Form> {
    let plain = one_way(&without_marks(statement));
    let mut all = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    for token in tokens(&plain).into_iter().filter(|t| t.kind != Kind::Blank) {
        let written = token.span.of(&plain).unwrap_or_default();
        let mut after_blank = plain[..token.span.start.0].ends_with(char::is_whitespace);
        for (as_compared, as_written) in forms_of_token(&plain, token.span, written, token.kind, &open) {
            match as_compared.as_str() {
                OPEN => open.push(is_double(as_written)),
                CLOSE => drop(open.pop()),
                _ => {}
            }
            let quoted = !open.is_empty();
            all.push(Form { as_compared, as_written: as_written.to_owned(), after_blank, quoted });
            after_blank = false;
        }
    }
    all
}

fn forms_of_token<'w>(
    text: &str,
    span: Span,
    written: &'w str,
    kind: Kind,
    open: &[bool],
) -> Vec<(String, &'w str)> {
    if kind == Kind::Word {
        let number = written.trim_end_matches(['%', '‰']);
        let (number, sign) =
            if number.ends_with(char::is_numeric) { written.split_at(number.len()) } else { (written, "") };
        let mut forms = vec![(normalise_word(number), number)];
        forms.extend(sign.char_indices().map(|(at, c)| (c.to_string(), &sign[at..at + c.len_utf8()])));
        return forms;
    }
    let form = match written {
        "–" | "—" | "―" | "‒" | "−" => "—".to_owned(),
        "-" if is_between_blanks(text, span) => "—".to_owned(),
        mark if is_quote(mark) => normalise_quote(text, span, mark, open),
        mark => mark.to_owned(),
    };
    vec![(form, written)]
}

/// Whether a blank, or an end of the text, is on both sides of a mark.
fn is_between_blanks(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start.0], &text[span.end.0..]);
    before.chars().next_back().is_none_or(char::is_whitespace)
        && after.chars().next().is_none_or(char::is_whitespace)
}

/// A word with one glyph each for apostrophes, minus signs and dashes between digits.
fn normalise_word(written: &str) -> String {
    let (mut form, mut rest) = (String::with_capacity(written.len()), written.chars().peekable());
    let (mut last, numeric) = ('\0', written.chars().any(char::is_numeric));
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or('\0');
        form.push(match c {
            _ if last == '\0' && numeric && is_minus(c) => '-',
            '–' | '—' if last.is_numeric() && next.is_numeric() => '-',
            '’' | 'ʼ' | '‘' | '´' if !last.is_numeric() || next.is_alphabetic() => '\'',
            c => c,
        });
        last = c;
    }
    form
}

/// A quotation mark as an opening or closing mark, or as a prime. The text around it decides, and which quotations are
/// open: for each whether its mark is a double one.
fn normalise_quote(text: &str, span: Span, mark: &str, open: &[bool]) -> String {
    let (before, after) = (&text[..span.start.0], &text[span.end.0..]);
    let closes_nothing = open.last() != Some(&is_double(mark)) || is_after_feet(before);
    if before.ends_with(char::is_numeric) && closes_nothing {
        return if is_double(mark) { "″" } else { "′" }.to_owned();
    }
    let skip = |c: char| is_quote_char(c) || matches!(c, '*' | '_');
    let left = before.trim_end_matches(skip).chars().next_back();
    let right = after.trim_start_matches(skip).chars().next();
    let opens = left.is_none_or(|c| c.is_whitespace() || "([{—–-/".contains(c));
    if !opens && matches!(mark, "'" | "’" | "´" | "`") && right.is_some_and(char::is_alphabetic) {
        return "'".to_owned();
    }
    let closes = right.is_none_or(|c| c.is_whitespace() || ")]}.,;:!?…—–-/。，、".contains(c));
    let is_opening = match (opens, closes) {
        (true, false) => true,
        (false, true) => false,
        _ => match mark {
            "«" | "„" | "‚" | "‹" | "「" | "『" => true,
            "»" | "›" | "」" | "』" | "’" => false,
            _ => open.is_empty(),
        },
    };
    (if is_opening { OPEN } else { CLOSE }).to_owned()
}

/// Whether a text ends with a number after a prime: 6′2.
fn is_after_feet(before: &str) -> bool {
    before.trim_end_matches(char::is_numeric).ends_with('′')
}

fn is_double(mark: &str) -> bool {
    matches!(mark, "\"" | "“" | "”" | "„" | "‟" | "«" | "»" | "″" | "״" | "『" | "』" | "〝" | "〞" | "〟")
}

fn is_quote(mark: &str) -> bool {
    let mut chars = mark.chars();
    chars.next().is_some_and(is_quote_char) && chars.next().is_none()
}

fn is_quote_char(c: char) -> bool {
    matches!(
        c,
        '\'' | '"'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '`'
            | '´'
            | '״'
            | '׳'
            | '〝'
            | '〞'
            | '〟'
    )
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '‒' | '–')
}
