//! Joins wrapped lines. A hyphen at a line's end is left out if the two halves are one word, by the words of the text itself.

mod compounds;

use super::{lines, lines::Line, words};
use crate::model::{LeftOut, LeftOutReason, Origin};
use std::collections::HashSet;

/// The words of a text that stand undivided in it, in lower case.
#[derive(Default)]
pub struct Known {
    words: HashSet<String>,
    /// Whether words are certainly divided at the ends of lines.
    divided: bool,
}

/// Wrapped lines in one, and the lines whose hyphen was left out.
pub struct Joined {
    /// The text.
    pub text: String,
    /// The lines that end with a hyphen which is not in the text.
    pub hyphens: Vec<LeftOut>,
}

impl Known {
    /// The words of `lines`; none if no line ends with a hyphen.
    pub fn of(lines: &[Line<'_>]) -> Self {
        let divided = |at: usize| lines.get(at).is_some_and(|l| l.text().ends_with(HYPHENS));
        if !(0..lines.len()).any(divided) {
            return Self::default();
        }
        let mut known = HashSet::new();
        for (at, line) in lines.iter().enumerate() {
            let mut all = line.text().split_whitespace().collect::<Vec<_>>();
            if divided(at) {
                all.pop();
            }
            let halves = usize::from(at > 0 && divided(at - 1)).min(all.len());
            known.extend(
                all[halves..].iter().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()),
            );
        }
        Self { words: known, divided: false }
    }

    /// The same words, of a text in which most hyphens at lines' ends divide a word, as in narrow columns of print.
    pub fn of_divided(self, divided: bool) -> Self {
        Self { divided, ..self }
    }

    /// Joins wrapped lines to one with spaces. Adds no space between characters of a script without blanks.
    pub fn join(&self, lines: &[Line<'_>]) -> Joined {
        let mut joined = Joined { text: String::new(), hyphens: Vec::new() };
        for (at, line) in lines.iter().enumerate() {
            let text = line.text();
            match self.seam(&joined.text, text) {
                Seam::Blank => joined.text.push(' '),
                Seam::Nothing => {}
                Seam::WithoutHyphen => {
                    joined.text.pop();
                    joined.hyphens.push(told(&lines[at - 1]));
                }
            }
            joined.text.push_str(text);
        }
        joined
    }

    /// What comes between two lines.
    pub fn seam(&self, before: &str, after: &str) -> Seam {
        let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
            return Seam::Nothing;
        };
        let inside =
            before.chars().rev().nth(1).is_some_and(char::is_alphanumeric) && first.is_alphanumeric();
        let word = after.split_whitespace().next().unwrap_or("").to_lowercase();
        match last {
            '\u{ad}' if inside => Seam::WithoutHyphen,
            '-' | '‐' if inside && !words::JOINING.contains(&word.as_str()) => self.halves(before, after),
            _ if lines::is_unspaced(last) && lines::is_unspaced(first) => Seam::Nothing,
            _ => Seam::Blank,
        }
    }

    /// Whether the halves around a hyphen are one word without it. Halves that are too long for a word stay as they are.
    fn halves(&self, before: &str, after: &str) -> Seam {
        let end = after.find(|c: char| !(c.is_alphanumeric() || HYPHENS.contains(&c))).unwrap_or(after.len());
        let second = &after[..end];
        let Some(whole) = last_word(before).filter(|_| end <= LONGEST) else { return Seam::Nothing };
        let first = whole.trim_end_matches(HYPHENS).trim_start_matches(|c: char| !c.is_alphanumeric());
        let [low, other] = [first, second].map(str::to_lowercase);
        let has = |word: String| self.words.contains(&word);
        let both = has(low.clone()) && has(other.clone());
        let closed = self.divided && compounds::closes(&low);
        let kept = has(format!("{low}-{other}"))
            || [first, second].iter().any(|half| half.contains(HYPHENS))
            || (!closed && is_compound(&low, &other) && (!self.divided || both || is_sure(&low, &other)))
            || (!closed && both);
        let joined = is_one_case(first, second) && (has(format!("{low}{other}")) || !kept);
        if joined { Seam::WithoutHyphen } else { Seam::Nothing }
    }
}

/// What comes between two lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seam {
    /// A blank.
    Blank,
    /// Nothing.
    Nothing,
    /// Nothing, and the hyphen goes.
    WithoutHyphen,
}

/// The longest half of a word, in bytes.
const LONGEST: usize = 100;

/// The last word of a text; `None` if it is longer than half a word can be.
fn last_word(text: &str) -> Option<&str> {
    let from = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
    let near = &text[from..];
    near.split_whitespace().next_back().filter(|word| from == 0 || word.len() < near.len())
}

const HYPHENS: [char; 3] = ['-', '\u{ad}', '‐'];

/// That the hyphen of a line is not in the text.
pub fn told(line: &Line<'_>) -> LeftOut {
    LeftOut { from: Origin::Line(line.number), text: line.raw.to_owned(), why: LeftOutReason::Joined }
}

/// Whether two halves can be one word by their letters: `swim` and `ming`, but not `Fact` and `Check`, nor `COVID` and `19`.
fn is_one_case(first: &str, second: &str) -> bool {
    let low = first.ends_with(char::is_lowercase) && second.starts_with(char::is_lowercase);
    let high =
        [first, second].iter().all(|half| half.chars().count() > 1 && half.chars().all(char::is_uppercase));
    low || high
}

/// Whether one half is enough to know a compound: a letter, or a word that is no frequent beginning or end of other words.
fn is_sure(first: &str, second: &str) -> bool {
    let [before, after] = [first, second].map(|half| half.chars().count());
    before == 1 || (before > 3 && compounds::begins(first)) || (after > 4 && compounds::ends(second))
}

/// Whether the halves of a word are usually joined by a hyphen: `self-made`, `e-mail`, `year-old`, `twenty-five`.
fn is_compound(first: &str, second: &str) -> bool {
    first.chars().count() == 1 || compounds::begins(first) || compounds::ends(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> (String, Vec<usize>) {
        let lines =
            text.split('\n').enumerate().map(|(at, raw)| Line { number: at + 1, raw }).collect::<Vec<_>>();
        let joined = Known::of(&lines).join(&lines);
        (joined.text, joined.hyphens.iter().map(|l| l.from.number()).collect())
    }

    #[test]
    fn a_word_that_was_divided_is_one_word_again_and_that_is_told() {
        assert_eq!(joined("the old swim-\nming pool"), ("the old swimming pool".into(), vec![1]));
        assert_eq!(
            joined("the Bundes\u{ad}\nrat und das bundes‐\nweit"),
            ("the Bundesrat und das bundesweit".into(), vec![1, 2])
        );
        assert_eq!(joined("TOWN COUN-\nCIL"), ("TOWN COUNCIL".into(), vec![1]));
    }

    #[test]
    fn halves_that_are_too_long_for_a_word_keep_their_hyphen() {
        let long = "é".repeat(60);
        for (first, second) in [(&*long, "ming"), ("swim", &*long)] {
            assert_eq!(joined(&format!("the {first}-\n{second}")), (format!("the {first}-{second}"), vec![]));
        }
    }

    #[test]
    fn the_words_of_the_text_decide() {
        assert_eq!(joined("a co-\nworker of my coworker").0, "a coworker of my coworker");
        assert_eq!(joined("a tide-\nway of the tide-way").0, "a tide-way of the tide-way");
        assert_eq!(joined("a river-\nbank at the river on a bank").0, "a river-bank at the river on a bank");
    }

    #[test]
    fn in_narrow_columns_a_short_word_at_the_end_is_the_beginning_of_a_longer_one() {
        let joined = |text: &str| {
            let lines: Vec<_> =
                text.split('\n').enumerate().map(|(at, raw)| Line { number: at + 1, raw }).collect();
            Known::of(&lines).of_divided(true).join(&lines).text
        };
        assert_eq!(joined("it in-\ncludes mean-\ntime all"), "it includes meantime all");
        assert_eq!(joined("a self-\nmade, state-\nowned e-\nmail"), "a self-made, state-owned e-mail");
        assert_eq!(joined("an in-\ndepth look, in-depth"), "an in-depth look, in-depth");
    }

    #[test]
    fn a_hyphen_that_belongs_to_the_word_stays() {
        for (given, read) in [
            ("a Fact-\nCheck", "a Fact-Check"),
            ("COVID-\n19", "COVID-19"),
            ("a self-\nmade man", "a self-made man"),
            ("an e-\nmail", "an e-mail"),
            ("a mother-\nin-law", "a mother-in-law"),
            ("a ten-\nyear-old", "a ten-year-old"),
            ("twenty-\nfive", "twenty-five"),
            ("pre-\nand post-war", "pre- and post-war"),
            ("vor-\nund nachher", "vor- und nachher"),
            ("a dash -\nhere", "a dash - here"),
        ] {
            assert_eq!(joined(given), (read.into(), vec![]), "{given}");
        }
    }
}
