//! The limits of a tree while it is built: a filter between the tokenizer and the builder, and a cut through tags with too many
//! attributes, which the tokenizer compares with each other.

use super::{
    nodes::{MOST_DEEP, MOST_NODES, NodeId, Tree},
    sink::Sink,
};
use html5ever::{
    tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult},
    tree_builder::TreeBuilder,
};
use std::cell::Cell;

/// The most attributes of a tag, as blanks in it outside of quotation marks.
const MOST_ATTRIBUTES: usize = 1_000;

/// Elements whose contents the tokenizer reads in another way, and those that hold none. They are never inside each other.
const FLAT: &[&str] = &[
    "script",
    "style",
    "textarea",
    "title",
    "noscript",
    "iframe",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
];

/// A filter that drops the tags beyond the limits.
pub struct Limited {
    builder: TreeBuilder<NodeId, Sink>,
    /// How many tags were dropped whose ends are still to come.
    dropped: Cell<usize>,
    /// Whether something that readers may see came when the tree was full.
    is_cut: Cell<bool>,
}

impl Limited {
    /// A filter before `builder`.
    pub fn new(builder: TreeBuilder<NodeId, Sink>) -> Self {
        Self { builder, dropped: Cell::new(0), is_cut: Cell::new(false) }
    }

    /// The tree that was built.
    pub fn tree(self) -> Tree {
        Tree { is_cut: self.is_cut.get(), ..self.builder.sink.into_tree() }
    }

    fn is_beyond(&self, tag: &Tag) -> bool {
        if FLAT.contains(&&*tag.name) {
            return false;
        }
        let dropped = self.dropped.get();
        match tag.kind {
            TagKind::StartTag if self.builder.sink.depth() >= MOST_DEEP => {
                self.dropped.set(dropped.saturating_add(usize::from(!tag.self_closing)));
                true
            }
            TagKind::EndTag if dropped > 0 => {
                self.dropped.set(dropped - 1);
                true
            }
            TagKind::EndTag => {
                self.builder.sink.ends();
                false
            }
            TagKind::StartTag => false,
        }
    }

    fn passes(&self, token: &Token) -> bool {
        let full = self.builder.sink.len() >= MOST_NODES;
        if full && is_visible(token) {
            self.is_cut.set(true);
        }
        match token {
            Token::TagToken(tag) => !full && !self.is_beyond(tag),
            Token::EOFToken => true,
            Token::CommentToken(_)
            | Token::CharacterTokens(_)
            | Token::NullCharacterToken
            | Token::DoctypeToken(_) => !full,
            Token::ParseError(_) => false,
        }
    }
}

/// Whether a token begins an element or has words.
fn is_visible(token: &Token) -> bool {
    match token {
        Token::TagToken(tag) => tag.kind == TagKind::StartTag,
        Token::CharacterTokens(words) => !words.trim().is_empty(),
        Token::EOFToken
        | Token::CommentToken(_)
        | Token::NullCharacterToken
        | Token::DoctypeToken(_)
        | Token::ParseError(_) => false,
    }
}

impl TokenSink for Limited {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if self.passes(&token) { self.builder.process_token(token, line) } else { TokenSinkResult::Continue }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The parts of a page, without the attributes of each tag beyond the limit.
pub fn with_few_attributes(html: &str) -> Vec<&str> {
    let (mut parts, mut from) = (Vec::new(), 0);
    let mut tag = Outside;
    for (at, byte) in html.bytes().enumerate() {
        let was = tag;
        tag = tag.next(byte);
        match (was.is_full(), tag.is_full()) {
            (false, true) => parts.extend(html.get(from..at)),
            (true, false) => from = at,
            (true, true) | (false, false) => {}
        }
    }
    if !tag.is_full() {
        parts.extend(html.get(from..));
    }
    parts
}

/// Where a byte of a page is, as far as attributes are concerned.
#[derive(Clone, Copy)]
enum Place {
    Outside,
    Opened,
    Tag { blanks: usize },
    Quoted { blanks: usize, by: u8 },
    Value { blanks: usize },
}
use Place::{Opened, Outside, Quoted, Value};

impl Place {
    fn next(self, byte: u8) -> Self {
        match (self, byte) {
            (Outside, b'<') => Opened,
            (Outside, _) => Outside,
            (Opened, b) if b.is_ascii_alphabetic() => Self::Tag { blanks: 0 },
            (Opened, b'<') => Opened,
            (Opened, _) => Outside,
            (Quoted { blanks, by }, b) if b == by => Self::Tag { blanks },
            (Quoted { .. }, _) => self,
            (Self::Tag { .. } | Value { .. }, b'>') => Outside,
            (Self::Tag { blanks }, b'=') => Value { blanks },
            (Value { blanks }, b'"' | b'\'') => Quoted { blanks, by: byte },
            (Self::Tag { blanks }, b) if is_blank(b) => Self::Tag { blanks: blanks + 1 },
            (Value { .. }, b) if is_blank(b) => self,
            (Value { blanks }, _) => Self::Tag { blanks },
            (Self::Tag { .. }, _) => self,
        }
    }

    fn is_full(self) -> bool {
        match self {
            Self::Tag { blanks } | Quoted { blanks, .. } | Value { blanks } => blanks > MOST_ATTRIBUTES,
            Outside | Opened => false,
        }
    }
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/'
}
