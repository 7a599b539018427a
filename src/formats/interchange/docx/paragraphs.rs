//! The article's text as paragraphs of a word processor: what each is, and its words without the marks that say so.

use crate::text::{Span, lines};

/// A line break inside a paragraph. Word has the same character for it.
pub const BREAK: char = '\u{b}';
/// What is between the cells of a row.
pub const CELL: char = '\u{1f}';
/// The characters for footnotes 1, 2, … in the words.
const FIRST_NOTE: u32 = 0xe000;
/// The most footnotes. A text with more keeps them as written.
const MOST_NOTES: usize = 0x1000;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The article's first `# ` line.
    Title,
    /// A heading: its level, from 1.
    Heading(usize),
    /// A paragraph without a mark.
    Plain,
    /// A list item.
    Bullet,
    /// A numbered list item: its number, and whether it continues no list.
    Numbered(usize, bool),
    /// A line of a quotation.
    Quote,
    /// A row of a table: whether it begins another table.
    Row(bool),
    /// The text of a footnote, by its number.
    Note(usize),
}

impl Kind {
    /// Whether a paragraph of this kind is the same in a word processor if it becomes one of `other`.
    pub fn fits(self, other: Self) -> bool {
        match (self, other) {
            (Self::Numbered(..), Self::Numbered(..)) | (Self::Row(_), Self::Row(_)) => true,
            _ => self == other,
        }
    }
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What it is.
    pub kind: Kind,
    /// Its words: with [`BREAK`] for a line break, [`CELL`] between cells, and one character for each footnote.
    pub words: String,
    /// Where parts of the words are in the text: an offset in the words, and the same place in the text.
    places: Vec<(usize, usize)>,
}

impl Paragraph {
    fn new(kind: Kind) -> Self {
        Self { kind, words: String::new(), places: Vec::new() }
    }

    /// Adds a part of the text.
    fn push(&mut self, text: &str, span: Span) {
        self.places.push((self.words.len(), span.start.0));
        self.words += span.of(text).unwrap_or_default();
    }

    /// Adds a character that stands for something at that place of the text.
    fn push_char(&mut self, c: char, at: usize) {
        self.places.push((self.words.len(), at));
        self.words.push(c);
    }

    /// The place in the text of an offset in the words, in bytes.
    pub fn place(&self, at: usize) -> usize {
        let part = self.places.partition_point(|(own, _)| *own <= at).checked_sub(1);
        let (own, place) = part.and_then(|p| self.places.get(p)).copied().unwrap_or_default();
        place + (at - own)
    }

    /// The words between two offsets, cut where they are apart in the text, each with its offset.
    pub fn parts(&self, from: usize, to: usize) -> Vec<(usize, &str)> {
        let inside = self.places.iter().map(|(own, _)| *own).filter(|own| from < *own && *own < to);
        let cuts: Vec<usize> = [from].into_iter().chain(inside).chain([to]).collect();
        let part = |w: &[usize]| Some((*w.first()?, self.words.get(*w.first()?..*w.get(1)?)?));
        cuts.windows(2).filter_map(part).filter(|(_, words)| !words.is_empty()).collect()
    }
}

/// The paragraphs of a text. With `notes`, footnotes are footnotes; else they stay as written.
pub fn paragraphs(text: &str, notes: bool) -> Vec<Paragraph> {
    let labels = if notes { labels(text) } else { 0 };
    let mut reader = Reader { text, labels, all: Vec::new(), titled: false, open: false };
    lines(text).for_each(|line| reader.line(line));
    reader.all
}

/// The number of footnotes, if they are as a word processor has them: numbered from 1 in the order in which they are called,
/// each called once, and all explained at the end. Else none.
pub fn labels(text: &str) -> usize {
    if text.chars().any(|c| note_of(c).is_some()) {
        return 0;
    }
    let mut explained = 0;
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        match explanation(line) {
            Some((label, _)) if label == explained + 1 => explained = label,
            Some(_) => return 0,
            None if explained > 0 => return 0,
            None => {}
        }
    }
    let mut called = 0;
    for line in text.lines().filter(|l| explanation(l).is_none()) {
        for (_, _, label) in calls(line) {
            if label != called + 1 {
                return 0;
            }
            called = label;
        }
    }
    let inside = text.lines().filter_map(explanation).any(|(_, from)| from.contains("[^"));
    if called == explained && called <= MOST_NOTES && !inside { called } else { 0 }
}

/// A line `[^3]: words`: its number and its words.
fn explanation(line: &str) -> Option<(usize, &str)> {
    let (label, words) = line.strip_prefix("[^")?.split_once("]: ")?;
    Some((numbered(label)?, words)).filter(|(_, words)| !words.trim().is_empty())
}

/// The places where a line calls footnotes: start and end in bytes, and the number.
fn calls(line: &str) -> Vec<(usize, usize, usize)> {
    let call = |(at, _): (usize, &str)| {
        let (label, _) = line.get(at + 2..)?.split_once(']')?;
        Some((at, at + 3 + label.len(), numbered(label)?))
    };
    line.match_indices("[^").filter_map(call).collect()
}

/// A number from 1, written as a word processor writes it.
fn numbered(digits: &str) -> Option<usize> {
    let number: usize = digits.parse().ok()?;
    (number > 0 && number.to_string() == digits).then_some(number)
}

/// The footnote that a character of the words calls.
pub fn note_of(c: char) -> Option<usize> {
    let at = u32::from(c).checked_sub(FIRST_NOTE)? as usize;
    (at < MOST_NOTES).then_some(at + 1)
}

struct Reader<'t> {
    text: &'t str,
    /// How many footnotes there are.
    labels: usize,
    all: Vec<Paragraph>,
    titled: bool,
    /// Whether the next line may continue the last paragraph.
    open: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: Span) {
        let whole = line.of(self.text).unwrap_or_default();
        let words = whole.strip_suffix('\n').unwrap_or(whole);
        let after_empty = !self.open;
        self.open = !words.trim().is_empty();
        if !self.open {
            return;
        }
        let start = line.start.0;
        let (kind, mark) = self.kind(words, after_empty);
        let (from, to) = (start + mark, start + words.len());
        match (kind, self.all.last().map(|p| p.kind)) {
            (Kind::Row(_), _) => self.row(kind, words, start),
            (Kind::Plain, Some(Kind::Plain | Kind::Bullet | Kind::Numbered(..))) if !after_empty => {
                self.go_on(from, to);
            }
            (Kind::Quote, Some(Kind::Quote)) if !after_empty => self.go_on(from, to),
            _ => {
                self.all.push(Paragraph::new(kind));
                self.words(from, to);
            }
        }
    }

    /// Continues the last paragraph with another line.
    fn go_on(&mut self, from: usize, to: usize) {
        if let Some(last) = self.all.last_mut() {
            last.push_char(BREAK, from.saturating_sub(1));
        }
        self.words(from, to);
    }

    /// What a line is, and the length of its mark in bytes.
    fn kind(&mut self, line: &str, after_empty: bool) -> (Kind, usize) {
        let follows = line.chars().next().is_some_and(|c| !c.is_whitespace());
        let level = line.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&level) && after(line, level) {
            let first = level == 1 && !self.titled;
            self.titled |= level == 1;
            return (if first { Kind::Title } else { Kind::Heading(level) }, level + 1);
        }
        if line.starts_with("- ") && after(line, 1) {
            return (Kind::Bullet, 2);
        }
        if line.starts_with("> ") && after(line, 1) {
            return (Kind::Quote, 2);
        }
        if let Some((label, words)) = explanation(line).filter(|(n, _)| *n <= self.labels) {
            return (Kind::Note(label), line.len() - words.len());
        }
        if let Some((number, mark)) = number(line).filter(|_| follows) {
            return (Kind::Numbered(number, !self.counts_on(number, after_empty)), mark);
        }
        if cells(line).is_some() {
            return (Kind::Row(after_empty), 0);
        }
        (Kind::Plain, 0)
    }

    /// Whether that number continues the list before it.
    fn counts_on(&self, number: usize, after_empty: bool) -> bool {
        let last = self.all.last().map(|p| p.kind);
        !after_empty && matches!(last, Some(Kind::Numbered(n, _)) if n + 1 == number)
    }

    /// Adds a part of the text to the last paragraph, with one character for each call of a footnote.
    fn words(&mut self, from: usize, to: usize) {
        let words = self.text.get(from..to).unwrap_or_default();
        let calls = if self.labels > 0 { calls(words) } else { Vec::new() };
        let Some(last) = self.all.last_mut() else { return };
        let mut at = from;
        for (start, end, label) in calls {
            let note = u32::try_from(label - 1).ok().and_then(|n| char::from_u32(FIRST_NOTE + n));
            if let Some(note) = note {
                last.push(self.text, Span::at(at, from + start));
                last.push_char(note, from + start);
                at = from + end;
            }
        }
        last.push(self.text, Span::at(at, to));
    }

    fn row(&mut self, kind: Kind, line: &str, start: usize) {
        self.all.push(Paragraph::new(kind));
        for (n, cell) in cells(line).unwrap_or_default().into_iter().enumerate() {
            let (from, to) = (start + cell.start.0, start + cell.end.0);
            if let Some(last) = self.all.last_mut().filter(|_| n > 0) {
                last.push_char(CELL, from.saturating_sub(1));
            }
            // A backslash before a bar only keeps the bar from ending the cell.
            let words = self.text.get(from..to).unwrap_or_default();
            let mut at = from;
            for (escape, _) in words.match_indices("\\|") {
                self.words(at, from + escape);
                at = from + escape + 1;
            }
            self.words(at, to);
        }
    }
}

/// Whether words follow a mark of that length and one blank.
fn after(line: &str, mark: usize) -> bool {
    let words = line.get(mark..).and_then(|rest| rest.strip_prefix(' '));
    words.is_some_and(|w| !w.trim().is_empty() && !w.starts_with(char::is_whitespace))
}

/// A line `12. words`: the number, and the length of the mark.
fn number(line: &str) -> Option<(usize, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = numbered(line.get(..digits)?).filter(|_| (1..=4).contains(&digits))?;
    let dotted = line.get(digits..)?.starts_with(". ") && after(line, digits + 1);
    dotted.then_some((number, digits + 2))
}

/// The cells of a line `| a | b |` that is written exactly so, without the blanks around them.
fn cells(line: &str) -> Option<Vec<Span>> {
    let inside = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let (mut cells, mut from) = (Vec::new(), 0);
    let bytes = inside.as_bytes();
    for (at, _) in inside.match_indices('|') {
        if at > 0 && bytes.get(at - 1) == Some(&b'\\') {
            continue;
        }
        let cell = inside.get(from..at)?.strip_suffix(' ')?;
        cells.push(Span::at(2 + from, 2 + from + cell.len()));
        from = at + 2;
        (bytes.get(at + 1) == Some(&b' ')).then_some(())?;
    }
    let cell = inside.get(from..)?;
    cells.push(Span::at(2 + from, 2 + from + cell.len()));
    let trimmed = |s: &Span| s.of(line).is_some_and(|c| c == c.trim());
    cells.iter().all(trimmed).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Kind, String)> {
        let shown = |p: Paragraph| (p.kind, p.words.replace(BREAK, "/").replace(CELL, "‖"));
        paragraphs(text, true).into_iter().map(shown).collect()
    }

    #[test]
    fn marks_say_what_a_paragraph_is_and_are_no_words() {
        let text = "# Ferry\n\nOne\ntwo\n\n## Past\n- a\n- b\n\n3. c\n4. d\n4. e\n\n> said\n> he\n\n| a \\| b | 1 |\n| c | 2 |\n\n| x |\n# No\n";
        let plain = |w: &str| (Kind::Plain, w.to_owned());
        assert_eq!(
            read(text),
            [
                (Kind::Title, "Ferry".into()),
                plain("One/two"),
                (Kind::Heading(2), "Past".into()),
                (Kind::Bullet, "a".into()),
                (Kind::Bullet, "b".into()),
                (Kind::Numbered(3, true), "c".into()),
                (Kind::Numbered(4, false), "d".into()),
                (Kind::Numbered(4, true), "e".into()),
                (Kind::Quote, "said/he".into()),
                (Kind::Row(true), "a | b‖1".into()),
                (Kind::Row(false), "c‖2".into()),
                (Kind::Row(true), "x".into()),
                (Kind::Heading(1), "No".into()),
            ]
        );
        for other in ["-x", "1.x", "#x", "|x|", "01. x", "* x", "  - x", "- ", "#  x"] {
            assert_eq!(read(other), [plain(other)]);
        }
    }

    #[test]
    fn footnotes_are_notes_only_where_word_would_number_them_so() {
        let kinds = |text: &str| read(text).iter().map(|(k, _)| *k).collect::<Vec<_>>();
        let text = "A[^1] b[^2].\n\n[^1]: one\n[^2]: two\n";
        assert_eq!(kinds(text), [Kind::Plain, Kind::Note(1), Kind::Note(2)]);
        for other in ["A[^2]\n\n[^2]: x", "A[^1] b[^1]\n\n[^1]: x", "A[^1]\n\n[^1]: x\n\nB", "A[^1]"] {
            assert!(kinds(other).iter().all(|k| *k == Kind::Plain), "{other}");
        }
    }

    #[test]
    fn every_word_knows_its_place_in_the_text() {
        let text = "# A\n\n> b\n> c[^1]d\n\n| e \\| f | g |\n\n[^1]: h\n";
        for p in paragraphs(text, true) {
            for (at, c) in p.words.char_indices().filter(|(_, c)| c.is_alphabetic()) {
                let place = p.place(at);
                assert_eq!(text.get(place..).and_then(|t| t.chars().next()), Some(c), "{p:?}");
            }
        }
    }
}
