//! Marks inside a paragraph: links, code, HTML tags and footnotes.

use crate::text::Span;

/// Elements of HTML that only mark the words in them. Not here: what parts words (`br`, `p`), what strikes words out
/// (`del`), raises or lowers them (`sup`), or adds quotation marks (`q`).
const MARKING: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "big", "cite", "code", "data", "dfn", "em", "font", "i", "kbd",
    "label", "mark", "samp", "small", "span", "strong", "time", "tt", "u", "var", "wbr",
];

/// What is found while a text is read from left to right.
#[derive(Default)]
struct Found {
    /// Where nothing is emphasis: code, targets of links, tags.
    inside: Vec<Span>,
    marks: Vec<Span>,
}

/// The stretches of `text` in which nothing marks emphasis, and the marks, both in order.
pub(super) fn inline_marks(text: &str) -> (Vec<Span>, Vec<Span>) {
    let (mut found, mut at) = (Found::default(), 0);
    while let Some(next) = text.as_bytes()[at..].iter().position(|b| begins_mark(*b)) {
        at = found.read(text, at + next);
    }
    found.inside.sort();
    found.marks.sort();
    (found.inside, found.marks)
}

/// The targets of the links of `text`, in order: of Markdown links, images and references, of `<…>` and of `href="…"`.
///
/// ```
/// # use tickmark::anchor::link_targets;
/// assert_eq!(link_targets("The [mill](https://e.example/a \"A\") burnt."), ["https://e.example/a"]);
/// ```
pub fn link_targets(text: &str) -> Vec<&str> {
    let (inside, _) = inline_marks(text);
    inside.iter().filter_map(|s| target(s.of(text)?)).collect()
}

fn target(mark: &str) -> Option<&str> {
    let address = match mark.as_bytes() {
        [b']', ..] => mark[2..].trim_end_matches([')', ']']).trim_start_matches('<'),
        [b'<', ..] if is_autolink(mark) => mark.trim_matches(['<', '>']),
        [b'<', ..] => mark.split_once("href=")?.1.trim_start_matches(['"', '\'']),
        _ => return None,
    };
    address
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>'))
        .next()
        .filter(|a| !a.is_empty())
}

impl Found {
    /// Reads the mark that may be at the byte `at`. Returns where to read on.
    fn read(&mut self, text: &str, at: usize) -> usize {
        let len = text[at..].chars().next().map_or(1, char::len_utf8);
        match text.as_bytes()[at] {
            b'[' => self.read_bracket(text, at),
            b'`' => self.read_code(text, at),
            b'<' => self.read_tag(text, at),
            _ if is_footnote_sign(text, at) => self.mark(at, at + len),
            _ => at + len,
        }
    }

    fn mark(&mut self, from: usize, to: usize) -> usize {
        self.marks.push(Span::at(from, to));
        to
    }

    /// A footnote mark, or a link whose words are read on.
    fn read_bracket(&mut self, text: &str, at: usize) -> usize {
        if let Some(end) = footnote_end(text, at) {
            return self.mark(at, end);
        }
        if let Some((close, end)) = link(text, at) {
            self.inside.push(Span::at(close, end));
            self.mark(close, end);
            self.mark(if text[..at].ends_with('!') { at - 1 } else { at }, at + 1);
        }
        at + 1
    }

    /// One or two backticks and the next ones of the same number. Backticks inside a word are apostrophes.
    fn read_code(&mut self, text: &str, at: usize) -> usize {
        let wordly = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let ticks = run(&text[at..], b'`');
        let start = at + ticks;
        let glued = wordly(text[..at].chars().next_back());
        if let Some(close) = code_end(text, start, ticks).filter(|_| ticks < 3 && !glued)
            && !wordly(text[close + ticks..].chars().next())
        {
            self.mark(at, start);
            self.inside.push(Span::at(at, close + ticks));
            return self.mark(close, close + ticks);
        }
        start
    }

    fn read_tag(&mut self, text: &str, at: usize) -> usize {
        let Some(end) = tag_end(text, at) else { return at + 1 };
        let tag = &text[at..end];
        if is_autolink(tag) {
            self.inside.push(Span::at(at, end));
            self.mark(at, at + 1);
            return self.mark(end - 1, end);
        }
        let marking =
            tag.starts_with("<!--") || tag_name(tag).is_some_and(|name| MARKING.contains(&name.as_str()));
        if marking {
            self.inside.push(Span::at(at, end));
            self.mark(at, end);
        }
        if marking { end } else { at + 1 }
    }
}

/// Whether a mark may begin with this byte: brackets, backticks, daggers and raised digits.
fn begins_mark(byte: u8) -> bool {
    matches!(byte, b'[' | b'`' | b'<' | 0xc2 | 0xe2)
}

/// How often `byte` is repeated at the beginning of `text`.
fn run(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|b| *b == byte).count()
}

/// The longest mark with what it encloses, in bytes.
const MAX_MARK: usize = 2048;

/// The text up to the next blank line, at most as long as a mark can be.
fn paragraph(text: &str) -> &str {
    let near = &text[..text.floor_char_boundary(MAX_MARK)];
    &near[..near.find("\n\n").unwrap_or(near.len())]
}

/// Where the run of `ticks` backticks begins that ends the code from `start`.
fn code_end(text: &str, start: usize, ticks: usize) -> Option<usize> {
    let rest = paragraph(&text[start..]);
    let mut at = 0;
    while let Some(next) = rest[at..].find('`') {
        at += next;
        let found = run(&rest[at..], b'`');
        if found == ticks {
            return (at > 0).then_some(start + at);
        }
        at += found;
    }
    None
}

/// Where the words of the link that begins at the byte `at` end, and where the link ends.
fn link(text: &str, at: usize) -> Option<(usize, usize)> {
    let close = closing(text, at, b'[', b']').filter(|_| !text[..at].ends_with('\\'))?;
    let end = match text.as_bytes().get(close + 1)? {
        b'(' => closing(text, close + 1, b'(', b')').filter(|end| is_target(&text[close + 2..*end]))?,
        b'[' => closing(text, close + 1, b'[', b']').filter(|end| *end > close + 2)?,
        _ => return None,
    };
    (close > at + 1).then_some((close, end + 1))
}

/// Whether a text can be the target of a link: an address without blanks, and perhaps a title in quotation marks.
fn is_target(text: &str) -> bool {
    let (address, title) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    let title = title.trim();
    !address.is_empty() && (title.is_empty() || title.len() > 1 && title.starts_with(['"', '\'', '(']))
}

/// Where the bracket that opens at the byte `at` is closed, in the same paragraph.
fn closing(text: &str, at: usize, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0usize;
    let rest = paragraph(&text[at..]).bytes();
    for (n, byte) in rest.enumerate() {
        depth += usize::from(byte == open);
        if byte == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + n);
            }
        }
    }
    None
}

/// The end of a footnote mark: `[1]` or `[^name]` directly behind a word or mark, not inside a word.
fn footnote_end(text: &str, at: usize) -> Option<usize> {
    let before =
        text[..at].chars().next_back().filter(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '!'));
    let end = closing(text, at, b'[', b']')? + 1;
    let label = &text[at + 1..end - 1];
    let number = (1..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit());
    let named = label.len() > 1 && label.starts_with('^') && !label.contains(char::is_whitespace);
    let next = text[end..].chars().next();
    let free = next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '(' | ':'));
    (before.is_some() && free && (number || named)).then_some(end)
}

/// Whether a dagger directly behind a word, or a raised digit directly behind the mark of a sentence, is a footnote mark.
fn is_footnote_sign(text: &str, at: usize) -> bool {
    let (before, sign) = (text[..at].chars().next_back(), text[at..].chars().next().unwrap_or(']'));
    let raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    match sign {
        '†' | '‡' => before.is_some_and(|c| c.is_alphabetic() || ".,;:!?".contains(c)),
        c if raised(c) => {
            let first = text[..at].trim_end_matches(raised).chars().next_back();
            first.is_some_and(|c| ".,;:!?…”“»\"。，".contains(c))
        }
        _ => false,
    }
}

/// The end of what may be a tag, a comment or an address between angle brackets at the byte `at`.
fn tag_end(text: &str, at: usize) -> Option<usize> {
    let rest = paragraph(&text[at..]);
    if rest.starts_with("<!--") {
        return rest.find("-->").map(|n| at + n + 3);
    }
    let end = rest[1..].find(['<', '>']).map(|n| n + 1).filter(|n| rest.as_bytes()[*n] == b'>')?;
    Some(at + end + 1)
}

/// The name of a tag in lower case. `None` if it is no tag.
pub(in crate::anchor) fn tag_name(tag: &str) -> Option<String> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let len = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let rest = &inner[len..];
    let named = inner.starts_with(|c: char| c.is_ascii_alphabetic());
    (named && (rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '/')))
        .then(|| inner[..len].to_ascii_lowercase())
}

fn is_autolink(tag: &str) -> bool {
    let address = tag.trim_matches(['<', '>']);
    !address.contains(char::is_whitespace)
        && ["http://", "https://", "mailto:", "ftp://"].iter().any(|scheme| address.starts_with(scheme))
}
