//! A text in composed form (NFC), and where each byte of it was. Two texts in different normal forms share few bytes, so
//! claims are carried between their composed forms.

use crate::text::Span;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// A text and its composed form.
pub(super) struct Composed {
    pub text: String,
    /// Where the two differ: the end of each cluster that was composed, in the composed text and in the text as written.
    ends: Vec<(usize, usize)>,
}

impl Composed {
    pub fn new(written: &str) -> Self {
        let (mut text, mut ends, mut at) = (String::with_capacity(written.len()), Vec::new(), 0);
        for cluster in written.graphemes(true) {
            at += cluster.len();
            let from = text.len();
            text.extend(cluster.nfc());
            if text.len() - from != cluster.len() {
                ends.push((text.len(), at));
            }
        }
        Self { text, ends }
    }

    /// Where a span of the text as written is in the composed text.
    pub fn span(&self, written: Span) -> Span {
        let place = |at: usize| {
            let past = self.ends.partition_point(|(_, written)| *written <= at);
            let (composed, before) = past.checked_sub(1).map_or((0, 0), |i| self.ends[i]);
            (composed + at - before).min(self.ends.get(past).map_or(self.text.len(), |(end, _)| *end))
        };
        Span::at(place(written.start.0), place(written.end.0))
    }

    /// Where a span of the composed text is in the text as written.
    pub fn written(&self, composed: Span) -> Span {
        let place = |at: usize| {
            let past = self.ends.partition_point(|(composed, _)| *composed <= at);
            let (before, written) = past.checked_sub(1).map_or((0, 0), |i| self.ends[i]);
            written + at - before
        };
        Span::at(place(composed.start.0), place(composed.end.0))
    }
}

/// Whether `text` may be in another form than the composed one.
pub(super) fn is_decomposed(text: &str) -> bool {
    !text.is_ascii() && is_nfc_quick(text.chars()) != IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_the_same_words_in_both_forms() {
        let written = "U\u{308}ber \u{1112}\u{1161}\u{11ab} cafe\u{301}s.";
        let composed = Composed::new(written);
        assert_eq!(composed.text, "Über 한 cafés.");
        for (word, form) in
            [("U\u{308}ber", "Über"), ("\u{1112}\u{1161}\u{11ab}", "한"), ("cafe\u{301}s.", "cafés.")]
        {
            let at = written.find(word).unwrap();
            let span = composed.span(Span::at(at, at + word.len()));
            assert_eq!(span.of(&composed.text), Some(form));
            assert_eq!(composed.written(span).of(written), Some(word));
        }
    }
}
