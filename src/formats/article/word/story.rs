//! Walks through a document and takes down its pieces, and what else it holds: comments' ranges, links, pictures, notes, and what is
//! left out.

mod blocks;
mod fields;
mod graphics;
mod inline;
mod marks;
mod notes;
mod open;
mod tables;

use super::{
    files::Files,
    numbering::Numbering,
    package::Relations,
    pieces::{Part, Pieces, State},
    styles::Role,
    xml::Element,
};
use crate::model::{LeftOut, LeftOutReason, Origin, OwnFile};
use open::{Fields, OpenMove};
use std::collections::HashMap;

/// How many bytes of words and addresses may be copied from the file beside the text: what is left out, links, and what comments quote.
pub const MOST_COPIED: usize = 64 << 20;

/// What the words at a place depend on.
#[derive(Clone, Copy, Debug, Default)]
struct Context {
    /// The tracked changes.
    state: State,
    /// Whether the words are hidden.
    is_hidden: bool,
    /// Whether the place is in a cell of a row on one line.
    in_row: bool,
    /// Whether the place is in an equation.
    in_equation: bool,
}

/// The range of a comment: where it begins, and where it ends.
pub type CommentRange = (usize, Option<usize>);

/// A link, by the places between pieces.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where its words begin.
    pub from: usize,
    /// Where they end.
    pub to: usize,
    /// The address as written.
    pub url: String,
    /// The note it is in, by its index in the calls.
    pub note: Option<usize>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The piece before which it is.
    pub at: usize,
    /// Its part, or its address outside of the file.
    pub target: String,
    /// Whether it is outside of the file.
    pub is_outside: bool,
    /// The words that stand for it.
    pub alt: Option<String>,
}

/// A call of a footnote or endnote.
pub struct Call<'x> {
    /// The piece that is its label.
    pub piece: usize,
    /// Its label: `1`.
    pub label: String,
    /// The pieces of the note; empty until they are taken down.
    pub own: std::ops::Range<usize>,
    note: Element<'x>,
    relations: &'x Relations,
    state: State,
}

/// A document while it is walked through.
pub struct Story<'x> {
    files: &'x Files<'x>,
    /// How to read it, if a desk wrote it.
    own: Option<&'x OwnFile>,
    /// Its words.
    pub pieces: Pieces,
    /// What each unit of the pieces is by its style.
    pub roles: Vec<Role>,
    /// The ranges of comments by their ids.
    pub ranges: HashMap<String, CommentRange>,
    /// The links.
    pub links: Vec<Link>,
    /// The pictures.
    pub pictures: Vec<Picture>,
    /// The calls of notes.
    pub calls: Vec<Call<'x>>,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
    numbering: Numbering,
    relations: &'x Relations,
    /// How many bytes of words and addresses are copied from the file beside the text.
    pub copied: usize,
    /// Whether notes are called too often to take them all down.
    pub repeats_notes: bool,
    fields: Fields,
    moves: Vec<OpenMove>,
    boxes: Vec<(Element<'x>, Context)>,
    hidden: String,
    is_reformatted: bool,
    paragraph: usize,
    tables: usize,
    /// How many empty paragraphs there are.
    gaps: usize,
    in_note: Option<usize>,
}

impl<'x> Story<'x> {
    /// Walks through the whole document.
    pub fn read(files: &'x Files<'x>, own: Option<&'x OwnFile>) -> Self {
        let mut story = Self {
            files,
            own,
            pieces: Pieces::default(),
            roles: Vec::new(),
            ranges: HashMap::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            calls: Vec::new(),
            left_out: Vec::new(),
            numbering: Numbering::read(files.numbering),
            relations: files.relations,
            copied: 0,
            repeats_notes: false,
            fields: Fields::default(),
            moves: Vec::new(),
            boxes: Vec::new(),
            hidden: String::new(),
            is_reformatted: false,
            paragraph: 0,
            tables: 0,
            gaps: 0,
            in_note: None,
        };
        if let Some(body) = files.document.root().child("w:body") {
            story.blocks(body, Context::default());
            story.boundary(Context::default());
            story.notes();
        }
        story
    }

    fn from(&self) -> Origin {
        Origin::Paragraph(self.paragraph.max(1))
    }

    fn leave_out(&mut self, text: impl Into<String>, why: LeftOutReason) {
        let text = text.into();
        if !text.trim().is_empty() && self.may_copy(text.len()) {
            self.left_out.push(LeftOut { from: self.from(), text: text.trim().to_owned(), why });
        }
    }

    /// Counts so many bytes more as copied. Returns whether that is within the limit; beyond it, the file is refused.
    fn may_copy(&mut self, bytes: usize) -> bool {
        self.copied = self.copied.saturating_add(bytes);
        self.copied <= MOST_COPIED
    }

    /// Adds the blank that a line break inside of a paragraph is, unless there is one.
    ///
    /// In a file that a desk wrote it is a line break of the text.
    fn line_break(&mut self, context: Context) {
        let is_free = !context.is_hidden && !context.in_row && self.in_note.is_none();
        if self.own.is_some() && is_free && self.fields.shows() {
            let mark = if self.roles.last() == Some(&Role::Quote) { "\n> " } else { "\n" };
            return self.pieces.push(Part::Words, mark, context.state);
        }
        let is_there =
            self.pieces.all.last().is_some_and(|p| p.state == context.state && p.text.ends_with(' '));
        if !is_there {
            self.words(" ", context);
        }
    }

    /// Adds words, unless a field or the file hides them.
    fn words(&mut self, text: &str, context: Context) {
        if text.is_empty() || !self.fields.shows() {
            return;
        }
        let text = text
            .chars()
            .filter_map(|c| match c {
                '\t' => Some('\t'),
                c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                    matches!(c, '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}').then_some(' ')
                }
                c => Some(c),
            })
            .collect::<String>();
        if context.is_hidden {
            self.hidden.push_str(&text);
        } else if context.in_row {
            let begins = self.pieces.all.last().is_some_and(|p| p.part == Part::Frame);
            let text = if begins { text.trim_start() } else { text.as_str() };
            self.pieces.push(Part::Words, &text.replace('|', "\\|"), context.state);
        } else {
            self.pieces.push(Part::Words, &text, context.state);
        }
    }
}

/// The element whose content counts in alternatives: the first choice, else the fallback.
fn chosen(alternatives: Element<'_>) -> Option<Element<'_>> {
    let choice = alternatives.child("mc:Choice").filter(|c| c.children().next().is_some());
    choice.or_else(|| alternatives.child("mc:Fallback"))
}
