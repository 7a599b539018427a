//! Footnotes and endnotes: a label in place, and the note at the end of the text.

use super::{Call, Context, Story};
use crate::{
    formats::article::word::{pieces::Part, styles::Role, texts, xml::Element},
    model::BlockKind,
};

/// The most elements of notes that are taken down. A note can be called often, and is taken down for each call.
const MOST_NOTE_NODES: usize = 4_000_000;

impl<'x> Story<'x> {
    /// The call of a note. Notes are numbered in the order of their calls, footnotes and endnotes together.
    pub(super) fn call(&mut self, e: Element<'x>, context: Context) {
        let is_foot = e.name() == "w:footnoteReference";
        let (notes, relations) = if is_foot { self.files.footnotes() } else { self.files.endnotes() };
        let note = e.attribute("w:id").and_then(|id| notes.get(id)).copied();
        let Some(note) = note.filter(|_| !context.is_hidden && self.in_note.is_none()) else { return };
        let label = (self.calls.len() + 1).to_string();
        let piece = self.pieces.here();
        self.pieces.push(Part::Label, &format!("[^{label}]"), context.state);
        self.calls.push(Call { piece, label, own: 0..0, note, relations, state: context.state });
    }

    /// Takes down the notes that were called. A note that is called twice is there twice.
    pub(super) fn notes(&mut self) {
        let mut left = MOST_NOTE_NODES;
        for nth in 0..self.calls.len() {
            let Some(call) = self.calls.get(nth) else { return };
            let (note, state, label) = (call.note, call.state, call.label.clone());
            self.relations = call.relations;
            left = left.saturating_sub(note.descendants().take(left).count());
            if left == 0 {
                break;
            }
            let from = self.pieces.all.len();
            self.in_note = Some(nth);
            self.note(note, &label, Context { state, ..Context::default() });
            let own = from..self.pieces.all.len();
            if let Some(call) = self.calls.get_mut(nth) {
                call.own = own;
            }
        }
        (self.in_note, self.relations) = (None, self.files.relations);
    }

    /// One note: its paragraphs follow each other on one line.
    fn note(&mut self, note: Element<'x>, label: &str, context: Context) {
        let unit = self.pieces.begin(BlockKind::Paragraph, self.from(), context.state);
        self.roles.push(Role::Note);
        if let Some(unit) = self.pieces.units.get_mut(unit) {
            unit.marks = [(); 2].map(|()| format!("[^{label}]: "));
        }
        let paragraphs = note.descendants().filter(|e| e.name() == "w:p" && !texts::is_blank(*e));
        for (nth, paragraph) in paragraphs.enumerate() {
            if nth > 0 {
                self.words(" ", context);
            }
            self.inline(paragraph, context);
            self.fields.clear();
        }
        self.hidden.clear();
        self.boxes.clear();
        self.trim_start(unit);
        self.pieces.push(Part::Break, "", context.state);
    }

    /// Takes the blanks from the beginning of a unit, which are between the number of a note and its words.
    fn trim_start(&mut self, unit: usize) {
        let from = self.pieces.units.get(unit).map_or(0, |u| u.piece);
        let words = self.pieces.all.iter_mut().skip(from).filter(|p| p.part == Part::Words);
        for piece in words {
            piece.text = piece.text.trim_start().to_owned();
            if !piece.text.is_empty() {
                break;
            }
        }
    }
}
