//! Reads claims from one text: their quotes, their statements for comparison, and the sentences around them.

use super::{
    lexicon::{is_currency_word, is_unit},
    marks::{begins_with_number, is_list_position, list_mark, marks, without_marks},
};
use crate::text::{Span, sentences_in, words};
use std::sync::{Arc, OnceLock};

/// The text between the spans of one claim in a statement, so that words do not join across a gap.
pub(super) const SPAN_SEPARATOR: &str = " … ";

/// One text, its words and its sentences, computed once for all claims.
pub struct Reader {
    text: Arc<str>,
    plain: String,
    /// Where typographic marks were removed from the text, in order. The number is the bytes removed up to the end of
    /// each.
    cuts: Vec<(Span, usize)>,
    words: Vec<Span>,
    lang: Option<String>,
    sentences: OnceLock<Vec<Span>>,
}

impl Reader {
    /// Reads `text`. `lang` is its language, if it is known. The sentences are found on first use.
    pub fn new(text: &Arc<str>, lang: Option<&str>) -> Self {
        let cuts = marks(text);
        let plain = remove(text, &cuts);
        let words = words(&plain);
        let total = |sum: &mut usize, cut: Span| {
            *sum += cut.len();
            Some((cut, *sum))
        };
        let cuts = cuts.into_iter().scan(0, total).collect();
        let text = Arc::clone(text);
        Self { text, plain, cuts, words, lang: lang.map(str::to_owned), sentences: OnceLock::new() }
    }

    /// The words under each span, exactly as written.
    pub fn quote(&self, spans: &[Span]) -> Vec<String> {
        spans.iter().map(|s| s.of(&self.text).unwrap_or_default().to_owned()).collect()
    }

    /// The claim's words as they are compared: widened to whole words, and a number to its sign, currency, percent
    /// sign and unit; without heading, list and emphasis marks, soft hyphens and variation selectors. An ellipsis
    /// joins several spans.
    pub fn statement(&self, spans: &[Span]) -> String {
        let words: Vec<&str> =
            spans.iter().map(|s| self.widened(*s).of(&self.plain).unwrap_or_default().trim()).collect();
        words.join(SPAN_SEPARATOR)
    }

    /// The sentences that contain the claim, each once, in order of the text.
    pub fn context(&self, spans: &[Span]) -> String {
        let sentences = self.sentences_around(spans);
        sentences.iter().filter_map(|s| s.of(&self.text)).collect::<Vec<_>>().join(" ")
    }

    /// The same sentences for publication: without heading, list and emphasis marks, with one space for each run of
    /// blanks.
    pub fn whole_sentences(&self, spans: &[Span]) -> String {
        let plain = self.sentences_around(spans).into_iter().map(|s| self.statement(&[s]));
        let words = plain.collect::<Vec<_>>().join(" ");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text without marks of typography.
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// The words of the plain text.
    pub(super) fn words(&self) -> &[Span] {
        &self.words
    }

    /// The whole plain text.
    pub(super) fn all(&self) -> Span {
        Span::at(0, self.plain.len())
    }

    /// The words under a span, from the first to the last, in the plain text; `None` if it has no word.
    pub(super) fn whole_words(&self, span: Span) -> Option<Span> {
        self.words_under(self.widened(span))
    }

    /// The same without the currency or unit of a number at its edge.
    pub(super) fn bare_words(&self, span: Span) -> Option<Span> {
        self.words_under(Span::at(self.plain_at(span.start.0), self.plain_at(span.end.0)))
    }

    fn words_under(&self, place: Span) -> Option<Span> {
        let first = self.words.partition_point(|w| w.end <= place.start);
        let past = self.words.partition_point(|w| w.start < place.end);
        (first < past).then(|| Span::new(self.words[first].start, self.words[past - 1].end))
    }

    /// The sentences that contain a span, from the first to the last, in the plain text.
    pub(super) fn plain_sentences(&self, span: Span) -> Span {
        let around = self.sentences_around(&[span]);
        let (start, end) = match (around.first(), around.last()) {
            (Some(first), Some(last)) => (first.start.0, last.end.0),
            _ => (span.start.0, span.end.0),
        };
        Span::at(self.plain_at(start), self.plain_at(end))
    }

    /// The paragraph that contains a span of the plain text.
    pub(super) fn paragraph_around(&self, span: Span) -> Span {
        let start = self.plain[..span.start.0].rfind("\n\n").map_or(0, |n| n + 2);
        let end = self.plain[span.end.0..].find("\n\n").map_or(self.plain.len(), |n| span.end.0 + n);
        Span::at(start, end)
    }

    fn sentences_around(&self, spans: &[Span]) -> Vec<Span> {
        let sentences = self.sentences();
        let touched = |span: &Span| {
            let from = sentences.partition_point(|s| s.end <= span.start);
            let to = sentences.partition_point(|s| s.start < span.end);
            from..to.max(from)
        };
        let mut all: Vec<usize> = spans.iter().flat_map(touched).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().map(|i| sentences[i]).collect()
    }

    /// The sentences of the text.
    pub fn sentences(&self) -> &[Span] {
        self.sentences.get_or_init(|| sentences_in(&self.text, self.lang.as_deref()))
    }

    /// The span in the plain text, widened to whole words and to the currency or unit of a number at its edge.
    fn widened(&self, span: Span) -> Span {
        let (mut start, mut end) = (self.plain_at(span.start.0), self.plain_at(span.end.0));
        let first = self.words.partition_point(|w| w.end.0 <= start);
        let past = self.words.partition_point(|w| w.start.0 < end);
        if let (Some(head), true) = (self.words.get(first), first < past) {
            start = start.min(head.start.0);
            end = end.max(self.words[past - 1].end.0);
            start = self.currency_start(first, start);
            start = self.sign_start(start);
            end = self.unit_end(past - 1, end);
        }
        Span::at(start, end)
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).and_then(|w| w.of(&self.plain)).unwrap_or_default()
    }

    /// The start of a currency before the number that is word `at`, else `start`.
    fn currency_start(&self, at: usize, start: usize) -> usize {
        let number = self.words[at];
        if !self.word(at).starts_with(|c: char| c.is_numeric()) || start < number.start.0 {
            return start;
        }
        let before = self.plain[..start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let money = token.trim_start_matches(['(', '[', '"', '“', '\'']);
        if is_currency_word(money) { before.len() - money.len() } else { start }
    }

    /// The start of the sign, or of the list mark that may be one, before a number that is the first of its line. Else
    /// `start`.
    fn sign_start(&self, start: usize) -> usize {
        let line = self.plain[..start].rfind('\n').map_or(0, |n| n + 1);
        let before = self.plain[..line].trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
        let lead = self.plain[line..start].trim_start();
        let is_sign = begins_with_number(&self.plain[start..])
            && list_mark(lead).is_some_and(|(_, rest)| rest.is_empty())
            && (self.plain[..line].ends_with("\n\n") || is_list_position(before.trim()));
        if is_sign { start - lead.len() } else { start }
    }

    /// The end of a unit after the number that is word `at`, else `end`.
    fn unit_end(&self, at: usize, end: usize) -> usize {
        if !self.word(at).ends_with(|c: char| c.is_numeric()) || end > self.words[at].end.0 {
            return end;
        }
        let rest = &self.plain[end..];
        let gap =
            rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}', '\n', '-']).len();
        let after = &rest[gap..];
        let length =
            after.find(|c: char| c.is_whitespace() || ".,;:!?)]\"”’'".contains(c)).unwrap_or(after.len());
        if gap <= 3 && is_unit(&after[..length]) { end + gap + length } else { end }
    }

    /// Where the byte `at` of the plain text is in the text.
    pub(super) fn text_at(&self, at: usize) -> usize {
        let before = |(cut, removed): &(Span, usize)| cut.end.0 - removed < at;
        match self.cuts.partition_point(before) {
            0 => at,
            past => at + self.cuts[past - 1].1,
        }
    }

    /// Where the byte `at` of the text is in the plain text.
    pub(super) fn plain_at(&self, at: usize) -> usize {
        match self.cuts.partition_point(|(cut, _)| cut.start.0 < at) {
            0 => at,
            past => {
                let (cut, removed) = self.cuts[past - 1];
                at.max(cut.end.0) - removed
            }
        }
    }
}

/// The words of a statement with the sign of their number, if the sentence they were in begins with it. Verdicts up to
/// version 0.6 were stored without it. `context` is that sentence as written.
pub fn with_sign(words: String, context: &str) -> String {
    let plain = without_marks(context);
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match list_mark(plain.trim_start()) {
        Some((mark, rest))
            if begins_with_number(&words) && on_one_line(rest).starts_with(&on_one_line(&words)) =>
        {
            format!("{mark} {words}")
        }
        _ => words,
    }
}

fn remove(text: &str, cuts: &[Span]) -> String {
    let (mut plain, mut at) = (String::with_capacity(text.len()), 0);
    for cut in cuts {
        plain.push_str(&text[at..cut.start.0]);
        at = cut.end.0;
    }
    plain + &text[at..]
}

/// The words under each span of one claim. For many claims of one text, use a [`Reader`].
pub fn quote(text: &str, spans: &[Span]) -> Vec<String> {
    spans.iter().map(|s| s.of(text).unwrap_or_default().to_owned()).collect()
}

/// One claim's statement; see [`Reader::statement`].
pub fn statement(text: &str, spans: &[Span]) -> String {
    Reader::new(&text.into(), None).statement(spans)
}

/// One claim's sentences; see [`Reader::context`].
pub fn context(text: &str, spans: &[Span]) -> String {
    Reader::new(&text.into(), None).context(spans)
}
