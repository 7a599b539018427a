//! Builds a tree from a page.

use super::{
    limits::{self, Limited},
    nodes::Tree,
    sink::Sink,
};
use html5ever::{
    TokenizerResult,
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts},
};

impl Tree {
    /// Builds the tree of a page or of a part of one.
    pub fn parse(html: &str) -> Self {
        let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
        let builder = Limited::new(TreeBuilder::new(Sink::default(), options));
        let tokenizer = Tokenizer::new(builder, TokenizerOpts::default());
        let input = BufferQueue::default();
        for part in limits::with_few_attributes(html) {
            input.push_back(StrTendril::from_slice(part));
        }
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        tokenizer.end();
        tokenizer.sink.tree()
    }
}
