//! An earlier and the newest text as one: what was deleted is put back in its place, and both kinds of changes are marked.

use super::block::Change;
use crate::text::{Part, Span, diff};

/// Both texts in one, and what is marked in it.
pub struct Merged {
    /// The words of both.
    pub text: String,
    /// The changed parts, in order.
    pub marks: Vec<(Span, Change)>,
    /// Where the parts of the newest text are: from, length, and where in `text`.
    places: Vec<(usize, usize, usize)>,
}

impl Merged {
    /// The newest text alone.
    pub fn unchanged(text: &str) -> Self {
        Self { text: text.into(), marks: Vec::new(), places: vec![(0, text.len(), 0)] }
    }

    /// The newest text with what changed since `old`.
    pub fn since(old: &str, new: &str) -> Self {
        let mut merged = Self { text: String::new(), marks: Vec::new(), places: Vec::new() };
        for part in diff(old, new).parts {
            match part {
                Part::Kept { new: span, .. } => merged.add(new, span, None),
                Part::Inserted { new: span } | Part::MovedTo { new: span, .. } => {
                    merged.add(new, span, Some(Change::Inserted));
                }
                Part::Deleted { old: span } | Part::MovedFrom { old: span, .. } => {
                    let at = merged.places.last().map_or(0, |(from, len, _)| from + len);
                    let ends_line =
                        new.get(at..).is_none_or(|rest| rest.is_empty() || rest.starts_with('\n'));
                    merged.delete(span.of(old).unwrap_or_default(), ends_line);
                }
            }
        }
        merged
    }

    fn add(&mut self, new: &str, span: Span, change: Option<Change>) {
        self.places.push((span.start.0, span.len(), self.text.len()));
        self.push(span.of(new).unwrap_or_default(), change);
    }

    /// Adds deleted words. Inside a line that goes on, a deleted end of a paragraph is shown as a sign, for the line is one now.
    fn delete(&mut self, words: &str, ends_line: bool) {
        let begins_line = self.text.is_empty() || self.text.ends_with('\n');
        if begins_line || ends_line || !words.contains('\n') {
            return self.push(words, Some(Change::Deleted));
        }
        let lines: Vec<_> = words.split('\n').filter(|l| !l.trim().is_empty()).collect();
        let sign = if lines.len() < 2 { format!("{} ¶ ", lines.concat()) } else { lines.join(" ¶ ") };
        self.push(&sign, Some(Change::Deleted));
    }

    fn push(&mut self, words: &str, change: Option<Change>) {
        let from = self.text.len();
        self.text.push_str(words);
        self.marks.extend(change.filter(|_| !words.is_empty()).map(|c| (Span::at(from, self.text.len()), c)));
    }

    /// Where a span of the newest text is. Nothing if it is empty or not in the text.
    pub fn find(&self, span: Span) -> Option<Span> {
        let last = span.end.0.checked_sub(1).filter(|last| *last >= span.start.0)?;
        Some(Span::at(self.at(span.start.0)?, self.at(last)? + 1))
    }

    fn at(&self, new: usize) -> Option<usize> {
        let after = self.places.partition_point(|(from, _, _)| *from <= new);
        let (from, len, to) = *self.places.get(after.checked_sub(1)?)?;
        (new < from + len).then_some(to + (new - from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(merged: &Merged) -> String {
        let mut out = merged.text.clone();
        for (span, change) in merged.marks.iter().rev() {
            let (open, close) = if *change == Change::Deleted { ("[-", "-]") } else { ("[+", "+]") };
            out.insert_str(span.end.0, close);
            out.insert_str(span.start.0, open);
        }
        out
    }

    #[test]
    fn deleted_words_stay_and_new_words_are_marked() {
        assert_eq!(
            shown(&Merged::since("It cost 40 euros.", "It cost 50 euros.")),
            "It cost [-40-][+50+] euros."
        );
        assert_eq!(
            shown(&Merged::since("One.\n\nTwo.\n\nThree.", "One.\n\nThree.")),
            "One.\n\n[-Two.\n\n-]Three."
        );
    }

    #[test]
    fn a_joined_paragraph_is_one_line() {
        let merged = Merged::since("The ferry sank.\n\nNobody was hurt.", "The ferry sank. Nobody was hurt.");
        assert!(!merged.text.contains('\n') && merged.text.contains('¶'), "{}", shown(&merged));
    }

    #[test]
    fn every_span_of_the_newest_text_is_found_again() {
        let (old, new) = ("A b c. Dé f.\n\nGh i.", "A x c. Dé f g.\n\nNew.\n\nGh.");
        let merged = Merged::since(old, new);
        let ends: Vec<usize> = new.char_indices().map(|(at, _)| at).chain([new.len()]).collect();
        for pair in ends.windows(2) {
            let span = Span::at(pair[0], pair[1]);
            let found = merged.find(span).unwrap();
            assert_eq!(found.of(&merged.text), span.of(new));
        }
        assert_eq!(merged.find(Span::at(0, 0)), None);
        assert_eq!(merged.find(Span::at(0, new.len() + 4)), None);
    }
}
