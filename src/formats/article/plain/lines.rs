//! The shape of a line: how wide it is, how it starts, how it ends. It considers one line at a time.
//! Other modules decide what a line means.

use super::words;
use unicode_segmentation::UnicodeSegmentation;

/// One line of the input, as written, without its line break.
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    /// Its number in the input, from 1.
    pub number: usize,
    /// Its text as written.
    pub raw: &'t str,
}

impl<'t> Line<'t> {
    /// Its text without blanks at both ends.
    pub fn text(&self) -> &'t str {
        self.raw.trim()
    }

    /// Whether it contains nothing visible.
    pub fn is_blank(&self) -> bool {
        is_blank(self.raw)
    }

    /// Its width in cells, as in a terminal: a Chinese character takes two.
    pub fn cells(&self) -> usize {
        cells(self.text())
    }

    /// Its indent from the left: a space counts as one, any other blank (a tab, an ideographic space) as four.
    pub fn indent(&self) -> usize {
        let blanks = self.raw.chars().take_while(|c| c.is_whitespace());
        blanks.map(|c| if c == ' ' { 1 } else { 4 }).sum()
    }

    /// Whether a sentence ends at its end.
    pub fn ends_sentence(&self) -> bool {
        ends_sentence(self.text())
    }

    /// Whether its first letter is lower-case, or it begins with a comma or a closing mark.
    pub fn starts_low(&self) -> bool {
        let first = self.text().trim_start_matches(OPENERS).chars().next();
        first.is_some_and(|c| c.is_lowercase() || ",;)]»”".contains(c))
    }

    /// Whether its first letter is a capital.
    pub fn starts_high(&self) -> bool {
        self.text().trim_start_matches(OPENERS).chars().next().is_some_and(char::is_uppercase)
    }

    /// The width of its first word in cells; of one character in scripts without blanks between words.
    pub fn first_word_cells(&self) -> usize {
        let word = self.text().split_whitespace().next().unwrap_or("");
        match word.chars().next() {
            Some(c) if is_unspaced(c) => 2,
            _ => cells(word),
        }
    }

    /// Whether its last word cannot end a sentence, or it ends with a comma or dash.
    pub fn ends_open(&self) -> bool {
        let text = self.text();
        let word = text.split_whitespace().next_back().unwrap_or("").to_lowercase();
        text.ends_with([',', '،', '、', '，', '-', '–', '—', '(', '\u{ad}'])
            || words::JOINING.contains(&word.as_str())
    }
}

const OPENERS: [char; 13] = ['"', '\'', '“', '‘', '„', '«', '‹', '(', '[', '¿', '¡', '\u{a0}', '\u{202f}'];
const CLOSERS: [char; 17] =
    ['"', '\'', '”', '’', '“', '»', '›', '«', ')', ']', '」', '』', '）', '*', '_', '\u{a0}', '\u{202f}'];
const STOPS: [char; 12] = ['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '‽', '：'];

/// Whether `text` contains nothing visible.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
    })
}

/// The width of `text` in cells.
pub fn cells(text: &str) -> usize {
    text.graphemes(true).map(|g| if g.chars().next().is_some_and(is_wide) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}')
}

/// Whether `c` belongs to a script without blanks between words (Chinese, Japanese).
pub fn is_unspaced(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{1100}'..='\u{115f}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether `text` ends with the end of a sentence, ignoring closing quotes and abbreviations.
pub fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(CLOSERS);
    bare.ends_with(STOPS) && !ends_in_short_form(bare)
}

fn ends_in_short_form(text: &str) -> bool {
    let word = text.split_whitespace().next_back().unwrap_or("").trim_start_matches(OPENERS);
    let Some(stem) = word.strip_suffix('.') else { return false };
    let initial = stem.chars().count() == 1 && stem.chars().all(char::is_uppercase);
    initial || words::SHORT_FORMS.contains(&stem.to_lowercase().as_str())
}

/// Whether a sentence ends before the end of `text`, so that it contains more than one.
pub fn has_inner_stop(text: &str) -> bool {
    let inner = text.split_whitespace().collect::<Vec<_>>();
    let spaced =
        inner.iter().take(inner.len().saturating_sub(1)).any(|w| ends_sentence(w) && w.chars().count() > 2);
    let bare = text.trim_end_matches(CLOSERS).trim_end_matches(STOPS);
    spaced || bare.contains(['。', '！', '？'])
}

/// Whether every word of `text` with four or more letters is capitalised, and at least two words are.
pub fn is_title_case(text: &str) -> bool {
    let high =
        |w: &str| w.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let words = text.split_whitespace().collect::<Vec<_>>();
    let long = words.iter().filter(|w| w.chars().count() >= 4).all(|w| high(w));
    long && words.iter().filter(|w| high(w)).count() >= 2
}

/// Whether `text` has letters in upper or lower case at all.
pub fn has_case(text: &str) -> bool {
    text.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}
