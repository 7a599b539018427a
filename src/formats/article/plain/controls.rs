//! Control characters become what they mean, or nothing: a form feed is a line break, U+0092 the apostrophe of
//! Windows-1252, a terminal's colour nothing. Every line that this changes is told.

use super::{decode::western, lines::Line};
use crate::model::{LeftOut, LeftOutReason, Origin};

/// A text without control characters other than line feed and tab.
pub struct Clean {
    /// The text.
    pub text: String,
    /// The number of each of its lines in the file, from 1.
    numbers: Vec<usize>,
    /// The lines of the file in which characters were replaced or left out, as written.
    pub changed: Vec<LeftOut>,
}

impl Clean {
    /// The lines of the text, with their numbers in the file.
    pub fn lines(&self) -> Vec<Line<'_>> {
        self.text.split('\n').zip(&self.numbers).map(|(raw, number)| Line { number: *number, raw }).collect()
    }
}

/// What a control character stands for.
enum Means {
    Nothing,
    Break,
    Text(char),
    /// The character before it was printed over, and does not count.
    Overstrike,
}

/// What the control characters of a text show about how they came into it.
struct Signs {
    /// It has C1 controls that Windows-1252 assigns: its quotation marks were read as Latin-1.
    western: bool,
    /// Its punctuation lost the high byte: `don\u{19}t` was `don’t`.
    halved: bool,
}

/// Replaces the control characters of a text with LF line endings.
pub fn clean(text: &str) -> Clean {
    let signs = Signs { western: text.contains(is_western), halved: is_halved(text) };
    let mut clean =
        Clean { text: String::with_capacity(text.len()), numbers: Vec::new(), changed: Vec::new() };
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            clean.text.push('\n');
        }
        clean.numbers.push(at + 1);
        if line.contains(is_control) {
            let (from, text) = (Origin::Line(at + 1), line.to_owned());
            clean.changed.push(LeftOut { from, text, why: LeftOutReason::Characters });
            clean.push(line, &signs, at + 1);
        } else {
            clean.text.push_str(line);
        }
    }
    clean
}

impl Clean {
    /// Adds a line with control characters, which may become several lines.
    fn push(&mut self, line: &str, signs: &Signs, number: usize) {
        let (start, end) = (self.text.len(), line.trim_end().len());
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            let next = at + if c == '\u{1b}' { escape(&line[at..]) } else { c.len_utf8() };
            let before = self.text[start..].chars().next_back();
            match if is_control(c) { meaning(c, before, &line[next..], signs) } else { Means::Text(c) } {
                Means::Text(c) => self.text.push(c),
                Means::Break if before.is_some_and(|b| b != '\n') && next < end => {
                    self.text.push('\n');
                    self.numbers.push(number);
                }
                Means::Overstrike => drop(self.text.pop()),
                Means::Nothing | Means::Break => {}
            }
            at = next;
        }
    }
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

fn is_western(c: char) -> bool {
    c != '\u{85}' && matches!(c, '\u{80}'..='\u{9f}') && !western(c as u8).is_control()
}

/// Whether an apostrophe between letters lost its high byte.
fn is_halved(text: &str) -> bool {
    text.split('\u{19}')
        .collect::<Vec<_>>()
        .windows(2)
        .any(|pair| pair[0].ends_with(char::is_alphabetic) && pair[1].starts_with(char::is_alphabetic))
}

/// The meaning of `c` behind `before` in its line, with `after` following it.
fn meaning(c: char, before: Option<char>, after: &str, signs: &Signs) -> Means {
    let next = after.chars().next();
    let letters = before.is_some_and(char::is_alphanumeric) && next.is_none_or(char::is_alphanumeric);
    match c {
        '\u{b}' | '\u{c}' => Means::Break,
        '\u{85}' if signs.western || is_ellipsis(before, next) => Means::Text('…'),
        '\u{85}' => Means::Break,
        '\u{8}' if before == Some('_') || before.is_some_and(|b| next == Some(b)) => Means::Overstrike,
        '\u{80}'..='\u{9f}' => {
            Some(western(c as u8)).filter(|w| !w.is_control()).map_or(Means::Nothing, Means::Text)
        }
        // The hyphen at a line's end in text taken from a PDF, and Word's hyphen that does not break.
        '\u{2}' if letters && next.is_none() => Means::Text('-'),
        '\u{1e}' if letters && next.is_some() => Means::Text('\u{2011}'),
        _ if signs.halved => halved(c).map_or(Means::Nothing, Means::Text),
        _ => Means::Nothing,
    }
}

/// Whether U+0085 stands inside a running line, where a line break has no place.
fn is_ellipsis(before: Option<char>, next: Option<char>) -> bool {
    let inside = next.is_some_and(|n| n.is_whitespace() || (n.is_ascii_punctuation() && n != '#'));
    inside && before.is_some_and(char::is_alphanumeric)
}

/// The mark of General Punctuation whose low byte is `c`.
fn halved(c: char) -> Option<char> {
    let mark = char::from_u32(0x2000 + u32::from(c))?;
    "‐‑–—‘’“”".contains(mark).then_some(mark)
}

/// The longest text in a terminal sequence, such as a window's title, in bytes.
const LONGEST: usize = 500;

/// The length in bytes of the terminal sequence at the beginning of `text`: `ESC [ 3 1 m`; of the escape alone if there is none.
fn escape(text: &str) -> usize {
    let rest = &text[1..];
    let found = if let Some(inside) = rest.strip_prefix('[') {
        let end = inside.find(|c: char| !matches!(c, ' '..='?'));
        end.filter(|end| matches!(inside.as_bytes()[*end], b'@'..=b'~')).map(|end| 3 + end)
    } else if let Some(inside) = rest.strip_prefix(']') {
        let inside = &inside[..inside.floor_char_boundary(LONGEST)];
        let ended = inside.find('\u{7}').map(|e| e + 1).or_else(|| inside.find("\u{1b}\\").map(|e| e + 2));
        ended.map(|end| 2 + end)
    } else {
        None
    };
    found.unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean(text).text
    }

    #[test]
    fn control_characters_become_what_they_mean() {
        for (given, read) in [
            ("One page.\n\u{c}The next.", "One page.\nThe next."),
            ("One page.\u{c}The next.", "One page.\nThe next."),
            ("A line\u{b}and a line", "A line\nand a line"),
            ("A line.\u{85}A line.", "A line.\nA line."),
            ("He said\u{85} nothing", "He said… nothing"),
            ("the town\u{92}s \u{93}pool\u{94} \u{96} shut\u{85}", "the town’s “pool” – shut…"),
            ("\u{1b}[1;31mred\u{1b}[0m words\u{1b}", "red words"),
            ("\u{1b}]0;title\u{7}words", "words"),
            ("b\u{8}bo\u{8}ol\u{8}ld _\u{8}u", "bold u"),
            ("it isn\u{19}t \u{13} \u{1c}so\u{1d}", "it isn’t – “so”"),
            ("Oslo and \u{10}Bergen\u{0}", "Oslo and Bergen"),
            ("swim\u{2}\nming", "swim-\nming"),
            ("end\u{1a}\u{7f}\u{81}", "end"),
        ] {
            assert_eq!(cleaned(given), read, "{given:?}");
        }
    }

    #[test]
    fn the_end_of_a_terminal_sequence_is_searched_only_near_its_beginning() {
        let text = "é".repeat(LONGEST);
        assert_eq!(cleaned(&format!("\u{1b}]{text}\u{7}words")), format!("]{text}words"));
    }

    #[test]
    fn lines_keep_the_numbers_they_have_in_the_file_and_changes_are_told() {
        let clean = clean("one\u{c}two\nthree\nfo\u{0}ur");
        let lines = clean.lines().iter().map(|l| (l.number, l.raw)).collect::<Vec<_>>();
        assert_eq!(lines, [(1, "one"), (1, "two"), (2, "three"), (3, "four")]);
        let told = clean.changed.iter().map(|l| (l.from.number(), l.text.as_str())).collect::<Vec<_>>();
        assert_eq!(told, [(1, "one\u{c}two"), (3, "fo\u{0}ur")]);
    }
}
