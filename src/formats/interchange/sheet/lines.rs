//! The lines of a sheet as a person sees them, for HTML and plain text.

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};
use std::cell::RefCell;

/// Whether a text is an HTML page, or a part of one.
pub fn is_html(text: &str) -> bool {
    let start = text.trim_start().get(..64).unwrap_or(text.trim_start()).to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<meta", "<p", "<div", "<h1", "<table", "<!--", "<?xml"]
        .iter()
        .any(|sign| start.starts_with(sign))
}

/// The lines of a page: one for each block and line break, without hidden text and text that Word marks as deleted.
pub fn of_html(page: &str) -> Vec<String> {
    let (sink, input) = (Lines::default(), BufferQueue::default());
    input.push_back(StrTendril::from(page));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // The tokenizer stops after each script, so it is called again until the input is empty.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut read = tokenizer.sink.0.into_inner();
    read.end_block();
    read.lines
}

/// The lines of a text.
pub fn of_text(text: &str) -> Vec<String> {
    text.split('\n').map(|line| shown(line.trim_end_matches('\r'))).collect()
}

/// A line without invisible characters.
fn shown(line: &str) -> String {
    let hidden = |c: char| {
        (c.is_control() && c != '\t') || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
    };
    line.chars().filter(|c| !hidden(*c)).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect()
}

#[derive(Default)]
struct Lines(RefCell<LineReader>);

#[derive(Default)]
struct LineReader {
    lines: Vec<String>,
    line: String,
    /// How many open elements hide their text, and how many open elements keep line breaks.
    hidden: usize,
    preformatted: usize,
}

impl LineReader {
    fn words(&mut self, words: &str) {
        if self.hidden > 0 {
            return;
        }
        for c in words.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.end_line(),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                    if !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                c => self.line.push(c),
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.lines.push(shown(line.trim_end()));
    }

    /// Ends the line, unless it is empty.
    fn end_block(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let (name, opens) = (&*tag.name, tag.kind == TagKind::StartTag);
        let deeper = |depth: &mut usize| *depth = if opens { *depth + 1 } else { depth.saturating_sub(1) };
        match name {
            "br" => self.end_line(),
            "del" | "template" | "script" | "style" | "title" | "noscript" => deeper(&mut self.hidden),
            "pre" => {
                self.end_block();
                deeper(&mut self.preformatted);
            }
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "ul" | "ol" | "tr" | "td"
            | "th" | "table" | "hr" | "blockquote" | "section" | "article" | "body" | "dl" | "dt" | "dd"
            | "address" | "center" => self.end_block(),
            _ => {}
        }
        match name {
            "script" if opens => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noscript" if opens => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" if opens => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
}

impl TokenSink for Lines {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut read = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(words) => read.words(&words),
            Token::TagToken(tag) => return read.tag(&tag),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_it_is_shown() {
        let page = "<html><head><title>No</title><style>p{a:b}</style></head><body>\r\n\
            <p class=MsoNormal><b><span\r\nlang=DE>Answer:</span></b> 5&nbsp;km&lt;<del>old</del><o:p></o:p></p>\
            <!--[if gte mso 9]><xml>x</xml><![endif]--><p>two<br>lines</p><pre>a\nb</pre><script>1<2</script></body>";
        assert_eq!(of_html(page), ["Answer: 5 km<", "two", "lines", "a", "b"]);
    }
}
