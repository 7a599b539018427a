//! Quotations by the marks of each language: “…”, „…“, „…”, ”…”, «…», »…«, »…», 「…」, ״…״ and straight marks.

use crate::text::{Kind, Span, Token};

/// The text between quotation marks, without the marks. If the partner of a double mark is in another sentence, the
/// quotation reaches to the edge of this sentence. A single mark without a partner is an apostrophe.
pub(super) fn quotations(text: &str, tokens: &[Token]) -> Vec<Span> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Vec::new() };
    let mut spans: Vec<Span> = Vec::new();
    let (mut double, mut single): (Option<Mark>, Option<Mark>) = (None, None);
    for token in tokens.iter().filter(|t| t.kind == Kind::Mark) {
        let Some(mark) = Mark::at(text, token.span) else { continue };
        let open = if mark.is_single() { &mut single } else { &mut double };
        match *open {
            Some(from) if mark.closes(from) => {
                spans.push(Span::new(from.span.end, mark.span.start));
                *open = None;
            }
            None if mark.opens() => *open = Some(mark),
            None if !mark.is_single() && !mark.is_inch(text) => {
                spans.push(Span::new(first.span.start, mark.span.start))
            }
            _ => {}
        }
    }
    if let Some(from) = double {
        spans.push(Span::new(from.span.end, last.span.end));
    }
    let has_words = |s: &Span| !s.is_empty() && s.of(text).is_some_and(|w| w.contains(char::is_alphanumeric));
    spans.into_iter().filter(has_words).collect()
}

/// A quotation mark and what stands around it.
#[derive(Clone, Copy)]
struct Mark {
    sign: char,
    span: Span,
    /// Whether a blank, an opening mark or nothing stands before it.
    after_blank: bool,
    /// Whether a word or an opening mark stands directly after it.
    before_word: bool,
}

impl Mark {
    fn at(text: &str, span: Span) -> Option<Self> {
        let sign = span.of(text)?.chars().next().filter(|c| SIGNS.contains(*c))?;
        let before = text[..span.start.0].chars().next_back();
        let after = text[span.end.0..].chars().next();
        let hebrew = |c: Option<char>| c.is_some_and(|c| matches!(c, 'א'..='ת'));
        if hebrew(before) && hebrew(after) {
            return None;
        }
        let opening =
            |c: char| matches!(c, '(' | '[' | '{' | '—' | '–' | '*' | '_' | ':' | '/') || SIGNS.contains(c);
        let after_blank = before.is_none_or(|c| c.is_whitespace() || opening(c));
        let before_word =
            after.is_some_and(|c| c.is_alphanumeric() || "([{¿¡$€£#*_…".contains(c) || SIGNS.contains(c));
        Some(Self { sign, span, after_blank, before_word })
    }

    fn is_single(self) -> bool {
        matches!(self.sign, '\'' | '‘' | '’' | '‚' | '‹' | '›')
    }

    /// Whether it can open a quotation when none is open.
    fn opens(self) -> bool {
        match self.sign {
            '„' | '「' | '『' | '“' | '‚' | '‘' | '‹' | '‟' => true,
            '«' => self.after_blank || self.before_word,
            '”' | '»' | '’' | '›' => self.after_blank && self.before_word,
            '」' | '』' => false,
            '\'' => true,
            _ => self.before_word || self.after_blank,
        }
    }

    /// Whether it closes the quotation that `from` opened.
    fn closes(self, from: Self) -> bool {
        match from.sign {
            '「' => self.sign == '」',
            '『' => self.sign == '』',
            '«' => self.sign == '»',
            '»' => matches!(self.sign, '«' | '»'),
            '‹' => self.sign == '›',
            '›' => matches!(self.sign, '‹' | '›'),
            '„' | '‟' => matches!(self.sign, '“' | '”' | '"'),
            '“' => {
                matches!(self.sign, '”' | '"') || self.sign == '“' && !(self.after_blank && self.before_word)
            }
            '‘' => matches!(self.sign, '’' | '\''),
            '‚' => matches!(self.sign, '‘' | '’'),
            '”' | '’' => self.sign == from.sign,
            _ => self.sign == from.sign || self.sign == '”',
        }
    }

    /// Whether a straight mark stands after a figure, as a sign for inches.
    fn is_inch(self, text: &str) -> bool {
        self.sign == '"' && text[..self.span.start.0].ends_with(|c: char| c.is_ascii_digit())
    }
}

const SIGNS: &str = "\"“”„‟«»「」『』'‘’‚‹›״＂〝〞";
