//! The whole body of a page, a mail or a paste as blocks, with the words as a browser shows them: blanks are one blank, `br` is a
//! line, an item of a list and a row of a table have their marks. It knows no article: it takes all and names what is hidden.

mod build;
mod hidden;
mod item;
mod look;
mod own;
mod picture;
mod table;
mod words;

pub use words::{weight, without_controls};

use super::{
    address::Address,
    tree::{NodeId, Tree},
};
use crate::{
    formats::article::document::DocumentBlock,
    model::{BlockKind, FileLink, FilePicture, LeftOutReason, Origin},
};

/// What a block is in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A heading of that level, from 1.
    Heading(usize),
    /// A paragraph, or other words that are apart from those around them.
    Paragraph,
    /// The beginning of an item of a list.
    Item,
    /// A row of a table.
    Row,
    /// The caption of a picture or table.
    Caption,
    /// Words whose blanks and lines count.
    Preformatted,
}

/// A block of a page.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub shape: Shape,
    /// Its words, with the mark of an item or row. Empty if it has pictures only.
    pub text: String,
    /// The innermost block element that it is in.
    pub holder: NodeId,
    /// Why no reader takes it for a part of the article: the page hides it, or a desk wrote it beside the article.
    pub beside: Option<LeftOutReason>,
    /// Whether it is in an article that a desk wrote, whose headings keep their levels.
    pub own: bool,
    /// Whether it goes on the list or table of the block before.
    pub tight: bool,
    /// How much of it is linked, in the unit of [`weight`].
    pub linked: usize,
    /// Its links.
    pub links: Vec<FileLink>,
    /// Its pictures.
    pub pictures: Vec<FilePicture>,
}

/// The blocks of the page, in order. `address` is where the page is from, for links without a host.
pub fn of(tree: &Tree, address: &Address) -> Vec<Block> {
    build::Builder::new(tree, address).build()
}

impl Block {
    /// Whether it is no part of what the page shows as its words.
    pub fn is_beside(&self) -> bool {
        self.beside.is_some()
    }

    /// The block in a document, as the `number`th from 1: taken, or left out as hidden.
    pub fn into_document(self, number: usize) -> DocumentBlock {
        let mark = match self.shape {
            Shape::Heading(1) => "# ",
            Shape::Heading(level) if self.own => &"###### "[6_usize.saturating_sub(level)..],
            Shape::Heading(_) => "## ",
            _ => "",
        };
        let kind = match self.shape {
            Shape::Heading(level) => BlockKind::of_level(level),
            Shape::Caption => BlockKind::Caption,
            Shape::Item | Shape::Row | Shape::Preformatted => BlockKind::Kept,
            Shape::Paragraph if self.text.contains('\n') => BlockKind::Kept,
            Shape::Paragraph => BlockKind::Paragraph,
        };
        let block = DocumentBlock {
            left_out: self.beside,
            tight: self.tight,
            links: self.links,
            pictures: self.pictures,
            ..DocumentBlock::new(kind, self.text, Origin::Paragraph(number))
        };
        block.marked(mark)
    }
}
