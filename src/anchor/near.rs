//! Reads statements from a long text without reading all of it: only the paragraphs around each statement, and each
//! paragraph once.

use super::{
    reach::Around,
    reader::{Reader, SPAN_SEPARATOR},
};
use crate::{
    model::Rules,
    text::{Span, language},
};
use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
};

/// The text between paragraphs. No emphasis mark pairs across it, and no word crosses it.
const PARAGRAPH_BREAK: &str = "\n\n";

/// One text. A paragraph is read when a claim in it is first asked for. The statements are the same as from a
/// [`Reader`] of the whole text.
pub struct ParagraphReader<'t> {
    text: &'t str,
    /// The language as it was given, if sentences are read.
    lang: Option<Option<String>>,
    /// The language that the text itself shows.
    detected: OnceCell<String>,
    readers: RefCell<BTreeMap<(usize, usize), Reader>>,
}

impl<'t> ParagraphReader<'t> {
    /// A reader of `text`. It reads nothing yet.
    pub fn new(text: &'t str) -> Self {
        Self { text, lang: None, detected: OnceCell::new(), readers: RefCell::default() }
    }

    /// The same reader for a text whose language is `lang`; if none is given, the text says which. Sentences depend on it,
    /// statements do not.
    pub fn in_language(self, lang: Option<&str>) -> Self {
        Self { lang: Some(lang.map(str::to_owned)), ..self }
    }

    /// The claim's words as they are compared; see [`Reader::statement`].
    pub fn statement(&self, spans: &[Span]) -> String {
        let words: Vec<String> = spans.iter().map(|s| self.statement_of(*s)).collect();
        words.join(SPAN_SEPARATOR)
    }

    /// What changed around the claim since a verdict; see [`Reader::around`].
    pub fn around(&self, spans: &[Span], words: &str, context: &str) -> Around {
        let (Some(first), Some(last)) = (spans.iter().min(), spans.iter().max_by_key(|s| s.end)) else {
            return Around::default();
        };
        self.read(Span::new(first.start, last.end), |reader, by| {
            let here: Vec<Span> = spans.iter().map(|s| s.shifted(by)).collect();
            reader.around(&here, words, context, Rules::default())
        })
    }

    /// Whether the claim has another reach now than it had with these words in these sentences.
    pub fn reaches_elsewhere(&self, spans: &[Span], words: &str, context: &str) -> bool {
        !self.around(spans, words, context).reach.is_empty()
    }

    /// The sentences that contain the claim; see [`Reader::context`].
    pub fn context(&self, spans: &[Span]) -> String {
        let (Some(first), Some(last)) = (spans.iter().min(), spans.iter().max_by_key(|s| s.end)) else {
            return String::new();
        };
        self.read(Span::new(first.start, last.end), |reader, by| {
            reader.context(&spans.iter().map(|s| s.shifted(by)).collect::<Vec<_>>())
        })
    }

    fn statement_of(&self, span: Span) -> String {
        self.read(span, |reader, by| reader.statement(&[span.shifted(by)]))
    }

    /// Lets `what` read the paragraphs around a span. It gets their reader, and by how much places shift in it.
    /// The language of the text, if sentences are read. It is detected when it is first needed, because that takes long.
    fn language(&self) -> Option<&str> {
        let given = self.lang.as_ref()?.as_deref();
        Some(given.unwrap_or_else(|| self.detected.get_or_init(|| language(self.text))))
    }

    fn read<T>(&self, span: Span, what: impl FnOnce(&Reader, isize) -> T) -> T {
        let around = paragraphs_around(self.text, span);
        let mut readers = self.readers.borrow_mut();
        let new = || Reader::new(&around.of(self.text).unwrap_or_default().into(), self.language());
        let reader = readers.entry((around.start.0, around.end.0)).or_insert_with(new);
        what(reader, -(around.start.0 as isize))
    }
}

/// The paragraphs that decide how the words under `span` are read: those that contain it, and the next one, which may
/// begin with the unit of the claim's last number.
pub fn paragraphs_around(text: &str, span: Span) -> Span {
    let after = |at: usize| text[at..].find(PARAGRAPH_BREAK).map_or(text.len(), |n| at + n);
    let start = text[..span.start.0].rfind(PARAGRAPH_BREAK).map_or(0, |n| n + PARAGRAPH_BREAK.len());
    let end = after(span.end.0);
    Span::at(start, after((end + PARAGRAPH_BREAK.len()).min(text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Paragraphs of words, figures with units, marks of emphasis and of lists.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a", "two", "5", "1.5", "million", "km", "%", "€", "EUR", " ", " ", " ", "\n", "\n\n", "\n\n",
            "*", "**", "_", "- ", "# ", "-", ".", "“", "”", "é", "東", "\u{ad}", "’",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn a_unit_in_the_next_paragraph_belongs_to_the_number() {
        let text = "It cost 5\n\nmillion in all.";
        assert_eq!(ParagraphReader::new(text).statement(&[Span::at(8, 9)]), "5\n\nmillion");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_statement_is_read_as_off_the_whole_text(text in text(), places in prop::collection::vec((0..99usize, 0..9usize), 1..4)) {
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&b| text.is_char_boundary(b)).unwrap_or(0);
            let spans: Vec<Span> = places.iter().map(|(at, len)| Span::at(floor(*at), floor(at + len))).collect();
            prop_assert_eq!(ParagraphReader::new(&text).statement(&spans), Reader::new(&text.as_str().into(), None).statement(&spans));
        }
    }
}
