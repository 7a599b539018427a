//! The lines of a paragraph in one, and which hyphens at their ends belong to the words.

use super::{lines::Line, paragraphs::Paragraph, seen};
use crate::{
    formats::article::plain::{Known, Line as TextLine, Seam},
    model::{FileLink, LeftOut, LeftOutReason},
    text::Span,
};

/// What is known of a document's hyphens.
pub struct Hyphens {
    known: Known,
    /// Whether words are divided at the ends of lines with an ordinary hyphen.
    divided: bool,
}

/// A paragraph in one line.
pub struct Joined {
    /// Its text.
    pub text: String,
    /// Its links.
    pub links: Vec<FileLink>,
    /// The lines whose hyphen is not in the text.
    pub hyphens: Vec<LeftOut>,
}

const HYPHENS: [char; 2] = ['-', '‐'];

impl Hyphens {
    /// Collects the words and hyphens of paragraphs.
    pub fn of(paragraphs: &[Paragraph]) -> Self {
        let lines = || paragraphs.iter().flat_map(|p| &p.lines);
        let all: Vec<TextLine<'_>> = lines().map(|l| TextLine { number: l.page, raw: &l.text }).collect();
        let divided = is_divided(paragraphs);
        Self { known: Known::of(&all).of_divided(divided), divided }
    }

    /// Joins the lines of a paragraph.
    pub fn join(&self, lines: &[Line]) -> Joined {
        let mut joined = Joined { text: String::new(), links: Vec::new(), hyphens: Vec::new() };
        let mut before: Option<&Line> = None;
        for line in lines {
            match self.seam(&joined.text, &line.text) {
                Seam::Blank => joined.text.push(' '),
                Seam::Nothing => {}
                Seam::WithoutHyphen => {
                    joined.text.pop();
                    joined.hyphens.extend(before.map(|line| seen::left_out(line, LeftOutReason::Joined)));
                }
            }
            joined.add(line);
            before = Some(line);
        }
        joined
    }

    /// What comes between two lines. Where words are not divided, or only with soft hyphens, an ordinary one belongs to the word.
    fn seam(&self, before: &str, after: &str) -> Seam {
        if has_inner_end(before) && after.starts_with(char::is_alphanumeric) {
            return Seam::Nothing;
        }
        match self.known.seam(before, after) {
            Seam::WithoutHyphen if !self.divided && before.ends_with(HYPHENS) => Seam::Nothing,
            seam => seam,
        }
    }
}

/// Whether a line ends inside a word, after a sign between its parts: `and/`, `pages 12–`.
fn has_inner_end(line: &str) -> bool {
    let bare = line.trim_end_matches(['/', '–', '—']);
    bare.len() < line.len() && bare.ends_with(char::is_alphanumeric)
}

impl Joined {
    fn add(&mut self, line: &Line) {
        let start = self.text.len();
        self.text.push_str(&line.text);
        for (range, url) in &line.links {
            let span = (start + range.start, start + range.end);
            match self.links.last_mut().filter(|l| l.url == *url && is_next(l, span.0)) {
                Some(link) => link.span = link.span.map(|s| Span::at(s.start.0, span.1)),
                None => self.links.push(FileLink {
                    url: url.clone(),
                    words: String::new(),
                    span: Some(Span::at(span.0, span.1)),
                    note: None,
                }),
            }
        }
    }
}

/// Whether a link goes on at that place, after at most a blank or a hyphen that is gone.
fn is_next(link: &FileLink, start: usize) -> bool {
    link.span.is_some_and(|s| start <= s.end.0 + 3)
}

/// Whether words are divided at lines' ends: many more lines end with a hyphen than the hyphens inside lines let expect.
fn is_divided(paragraphs: &[Paragraph]) -> bool {
    let (mut ends, mut wrapped, mut blanks, mut inside) = (0.0f64, 0.0, 0.0, 0.0);
    for pair in paragraphs.iter().flat_map(|p| p.lines.windows(2)) {
        let [line, next] = pair else { continue };
        if line.text.ends_with('\u{ad}') {
            return false;
        }
        let low = next.text.chars().next().is_some_and(char::is_lowercase);
        let before = line.text.trim_end_matches(HYPHENS);
        wrapped += 1.0;
        if line.text.ends_with(HYPHENS) && low && before.ends_with(char::is_alphabetic) {
            ends += 1.0;
        }
        blanks += line.text.matches(' ').count() as f64;
        let letters: Vec<char> = before.chars().collect();
        let is_inside = |three: &&[char]| matches!(three, [a, h, b] if a.is_alphabetic() && HYPHENS.contains(h) && b.is_alphabetic());
        inside += letters.windows(3).filter(is_inside).count() as f64;
    }
    // Each blank and each hyphen is as likely a place to end a line.
    let expected = wrapped * inside / (blanks + inside).max(1.0);
    ends > 2.0 * expected + 2.0
}
