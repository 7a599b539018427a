//! Exactly what counts as typography only: two statements with equal forms have the same words.
//!
//! Typography is: the style of a quote mark or apostrophe (but not a mark directly after a digit that
//! closes no quotation, which is a prime); em for en dash, a hyphen for an en dash between digits, any
//! minus glyph before a digit; the kind and number of blanks and line breaks, if no word boundary is
//! added or lost; soft hyphens; heading, list and emphasis marks; NFC against NFD; variation selectors.
//! It never uses a compatibility form (NFKC), so 10² is not 102. Every difference not listed here counts.

use crate::text::{Kind, Span, tokens};
use unicode_normalization::UnicodeNormalization;

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
    let mut plain = statement.to_owned();
    for mark in marks(statement, false).into_iter().rev() {
        plain.replace_range(mark.start.0..mark.end.0, "");
    }
    let plain: String = plain.nfc().collect();
    let mut all = Vec::new();
    let mut depth = 0usize;
    for token in tokens(&plain).into_iter().filter(|t| t.kind != Kind::Blank) {
        let written = token.span.of(&plain).unwrap_or_default();
        let mut after_blank = plain[..token.span.start.0].ends_with(char::is_whitespace);
        for (as_compared, as_written) in forms_of_token(&plain, token.span, written, token.kind, depth) {
            depth = match as_compared.as_str() {
                OPEN => depth + 1,
                CLOSE => depth.saturating_sub(1),
                _ => depth,
            };
            all.push(Form { as_compared, as_written: as_written.to_owned(), after_blank, quoted: depth > 0 });
            after_blank = false;
        }
    }
    all
}

/// The spans of `text` that are typography and not words: block marks at line starts, emphasis marks, soft hyphens,
/// variation selectors. In order. `starts_line` means that `text` begins a line. If not, a dash before a digit at its
/// start is a minus and no list mark.
pub(crate) fn marks(text: &str, starts_line: bool) -> Vec<Span> {
    let mut all = block_marks(text, starts_line);
    all.extend(emphasis(text, &all));
    let invisible = text.char_indices().filter(|(_, c)| *c == '\u{ad}' || is_variation_selector(*c));
    all.extend(invisible.map(|(at, c)| Span::at(at, at + c.len_utf8())));
    all.sort();
    all
}

fn forms_of_token<'w>(
    text: &str,
    span: Span,
    written: &'w str,
    kind: Kind,
    depth: usize,
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
        "–" | "—" => "—".to_owned(),
        mark if is_quote(mark) => normalise_quote(text, span, mark, depth),
        mark => mark.to_owned(),
    };
    vec![(form, written)]
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

/// A quotation mark as an opening or closing mark. The text around it decides. A prime is unchanged.
fn normalise_quote(text: &str, span: Span, mark: &str, depth: usize) -> String {
    let (before, after) = (&text[..span.start.0], &text[span.end.0..]);
    if before.ends_with(|c: char| c.is_numeric()) && depth == 0 {
        return mark.to_owned();
    }
    let skip = |c: char| is_quote_char(c) || matches!(c, '*' | '_');
    let left = before.trim_end_matches(skip).chars().next_back();
    let right = after.trim_start_matches(skip).chars().next();
    let opens = left.is_none_or(|c| c.is_whitespace() || "([{—–-/".contains(c));
    if !opens && matches!(mark, "'" | "’") && right.is_some_and(char::is_alphabetic) {
        return "'".to_owned();
    }
    let closes = right.is_none_or(|c| c.is_whitespace() || ")]}.,;:!?…—–-/。，、".contains(c));
    let open = match (opens, closes) {
        (true, false) => true,
        (false, true) => false,
        _ => match mark {
            "«" | "„" | "‚" | "‹" | "「" | "『" => true,
            "»" | "›" | "」" | "』" | "’" => false,
            _ => depth == 0,
        },
    };
    (if open { OPEN } else { CLOSE }).to_owned()
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
    )
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '‐' | '‑' | '‒' | '–' | '﹣' | '－')
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}' | '\u{180f}')
}

/// Heading and bullet marks at the beginnings of lines, with the blanks after them.
fn block_marks(text: &str, starts_line: bool) -> Vec<Span> {
    let (mut all, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let words = line.trim();
        let hashes = words.bytes().take_while(|b| *b == b'#').count();
        let mark = if (1..=6).contains(&hashes) { hashes } else { words.chars().next().map_or(0, bullet) };
        let rest = words.get(mark..).unwrap_or_default();
        let minus = at == 0 && !starts_line && hashes == 0 && rest.trim_start().starts_with(char::is_numeric);
        if mark > 0 && rest.starts_with(char::is_whitespace) && !minus {
            all.push(Span::at(start, start + words.len() - rest.trim_start().len()));
        }
        at += line.len();
    }
    all
}

fn bullet(c: char) -> usize {
    if matches!(c, '-' | '*' | '+' | '•') { c.len_utf8() } else { 0 }
}

/// A run of one emphasis character that may open or close.
struct MarkRun {
    at: usize,
    mark: u8,
    left: usize,
    opens: bool,
    closes: bool,
    /// Between two digits it may only close emphasis that was opened elsewhere: 2**3 is no emphasis.
    in_number: bool,
}

/// Emphasis marks that pair within a paragraph, and unpaired double ones, whose partner is outside the text.
fn emphasis(text: &str, blocks: &[Span]) -> Vec<Span> {
    let (mut all, mut open): (Vec<Span>, Vec<MarkRun>) = (Vec::new(), Vec::new());
    for mut run in mark_runs(text) {
        if blocks.iter().any(|b| b.start.0 <= run.at && run.at < b.end.0) {
            continue;
        }
        if let Some(first) = open.first()
            && text[first.at..run.at].contains("\n\n")
        {
            add_unpaired(&mut all, &mut open);
        }
        while let (true, true, Some(partner)) =
            (run.closes, run.left > 0, open.iter().rposition(|o| o.mark == run.mark && o.left > 0))
        {
            open.truncate(partner + 1);
            let both = open[partner].left.min(run.left);
            let opener = &mut open[partner];
            opener.left -= both;
            all.push(Span::at(opener.at + opener.left, opener.at + opener.left + both));
            all.push(Span::at(run.at, run.at + both));
            (run.at, run.left) = (run.at + both, run.left - both);
            if opener.left == 0 {
                open.pop();
            }
        }
        if run.left > 1 && run.closes && !run.opens && !run.in_number {
            all.push(Span::at(run.at, run.at + run.left));
        } else if run.left > 0 && run.opens {
            open.push(run);
        }
    }
    add_unpaired(&mut all, &mut open);
    all
}

fn add_unpaired(all: &mut Vec<Span>, open: &mut Vec<MarkRun>) {
    all.extend(
        open.drain(..)
            .filter(|run| run.left > 1 && !run.closes)
            .map(|run| Span::at(run.at, run.at + run.left)),
    );
}

fn mark_runs(text: &str) -> impl Iterator<Item = MarkRun> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().position(|b| matches!(b, b'*' | b'_'))?;
        let start = at;
        at += bytes[at..].iter().take_while(|b| **b == bytes[start]).count();
        Some(mark_run(text, start, at))
    })
}

fn mark_run(text: &str, start: usize, end: usize) -> MarkRun {
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let wordly = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let digits = |c: Option<char>| c.is_some_and(char::is_numeric);
    let mark = text.as_bytes()[start];
    let in_number = digits(before) && digits(after);
    let never_marks = end - start > 3 || before == Some('\\') || in_number && end - start == 1;
    let inside = mark == b'_' && wordly(before) && wordly(after);
    let opens = !blank(after) && (wordly(after) || !wordly(before));
    let closes = !blank(before) && (wordly(before) || !wordly(after));
    MarkRun {
        at: start,
        mark,
        left: end - start,
        opens: opens && !never_marks && !inside && !in_number,
        closes: closes && !never_marks && !inside,
        in_number,
    }
}
