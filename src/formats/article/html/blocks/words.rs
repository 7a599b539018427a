//! Words while a block is put together, and how much a text is.

/// The words of a block while it is put together.
#[derive(Debug, Default)]
pub struct Words {
    /// The words.
    pub text: String,
    /// A blank is due before the next word.
    blank: bool,
    /// How many line breaks are due before the next word.
    pub breaks: usize,
}

impl Words {
    /// Adds words in which blanks are one blank.
    pub fn add(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.blank = true,
                c if is_nothing(c) || (self.text.is_empty() && c.is_whitespace()) => {}
                c => self.letter(c),
            }
        }
    }

    /// Adds words whose blanks and lines count.
    pub fn add_preformatted(&mut self, words: &str) {
        for c in words.chars().filter(|c| is_kept(*c)) {
            if c != '\n' || !self.text.is_empty() {
                self.text.push(c);
            }
        }
    }

    fn letter(&mut self, c: char) {
        if !self.text.is_empty() {
            if self.breaks > 0 {
                self.text.push('\n');
            } else if self.blank {
                self.text.push(' ');
            }
        }
        (self.blank, self.breaks) = (false, 0);
        self.text.push(c);
    }

    /// A blank comes before the next word.
    pub fn blank(&mut self) {
        self.blank = true;
    }

    /// The place where the next word will begin.
    pub fn next(&self) -> usize {
        let due = !self.text.is_empty() && (self.breaks > 0 || self.blank);
        self.text.len() + usize::from(due)
    }

    /// The words so far; none are left.
    pub fn take(&mut self) -> String {
        let mut words = std::mem::take(self).text;
        words.truncate(words.trim_end_matches(|c: char| c.is_whitespace() && c != '\n').len());
        if is_blank(&words) { String::new() } else { words }
    }
}

/// Whether a text has nothing to see.
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || is_nothing(c) || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2060}'))
}

/// A text that is kept as written, without characters that are no part of a text.
pub fn without_controls(text: &str) -> String {
    text.chars().filter(|c| is_kept(*c)).collect()
}

fn is_kept(c: char) -> bool {
    matches!(c, '\n' | '\t') || !is_nothing(c)
}

/// Whether a character is no part of a text: a control code, a mark where a word may be broken, or a byte order mark.
fn is_nothing(c: char) -> bool {
    c.is_control() || matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{fffc}' | '\u{e000}'..='\u{f8ff}')
}

/// How much a text is: its characters without blanks, where one of Chinese or Japanese counts as three, since it says as much.
pub fn weight(text: &str) -> usize {
    let of = |c: char| match c {
        c if c.is_whitespace() => 0,
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => 3,
        '\u{ac00}'..='\u{d7af}' => 2,
        _ => 1,
    };
    text.chars().map(of).sum()
}
