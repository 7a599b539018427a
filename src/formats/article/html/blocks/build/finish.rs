//! Ends a block: its shape, its mark, and the places of its links and pictures.

use super::{Builder, Open};
use crate::{
    formats::article::{
        document::moved,
        html::{
            blocks::{Block, Shape},
            tree::NodeId,
        },
    },
    model::{FileLink, FilePicture},
};

impl Builder<'_> {
    /// Ends the block. A link goes on in the next one.
    pub fn flush(&mut self) {
        let again = self.link.as_ref().map(|l| l.url.clone());
        self.close_link();
        let text = self.words.take();
        let (links, pictures) = (std::mem::take(&mut self.links), std::mem::take(&mut self.pictures));
        let linked = std::mem::take(&mut self.linked);
        if !text.is_empty() || !pictures.is_empty() {
            self.push(text, links, pictures, linked);
        }
        self.link = again.map(|url| Open { from: 0, url });
        self.blocks.append(&mut self.beside);
    }

    fn push(&mut self, text: String, links: Vec<FileLink>, pictures: Vec<FilePicture>, linked: usize) {
        let shape = self.shape();
        let (mark, text) = match shape {
            _ if text.is_empty() => (String::new(), text),
            Shape::Preformatted => (String::new(), text.trim_end_matches('\n').to_owned()),
            Shape::Paragraph if self.is_own_quote() => ("> ".into(), text.replace('\n', "\n> ")),
            _ => (self.mark.take().unwrap_or_default(), text),
        };
        let shape = if mark.is_empty() { shape } else { Shape::Item };
        let (links, pictures) = moved(links, pictures, mark.len());
        let group = self.group();
        let tight = matches!(shape, Shape::Item | Shape::Row) && group.is_some() && self.group == group;
        let text = mark + &text;
        let links = links.into_iter().filter(|l| l.span.and_then(|s| s.of(&text)) == Some(&l.words));
        let links = links.collect();
        let place = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let pictures = pictures.into_iter().map(|p| FilePicture { at: p.at.and_then(place), ..p }).collect();
        let block = self.block(shape, text, self.holder());
        self.blocks.push(Block { tight, linked, links, pictures, ..block });
        self.group = group.filter(|_| matches!(shape, Shape::Item | Shape::Row));
    }

    /// Whether the block is a quotation of an article that a desk wrote.
    fn is_own_quote(&self) -> bool {
        self.own.is_some() && self.open.iter().any(|id| self.tree.name(*id) == "blockquote")
    }

    fn shape(&self) -> Shape {
        match self.headings.last() {
            _ if self.in_row => Shape::Row,
            Some(level) => Shape::Heading(*level),
            None if self.preformatted > 0 => Shape::Preformatted,
            None if self.captions > 0 => Shape::Caption,
            None => Shape::Paragraph,
        }
    }

    /// What the block's list or table is, so that the next block of it follows without an empty line.
    fn group(&self) -> Option<NodeId> {
        if self.in_row {
            return self.tables.last().map(|(id, _)| *id);
        }
        let word = self.words_items.first().and_then(|id| self.tree.parent(*id));
        self.lists.first().map(|(id, _)| *id).or(word)
    }
}
