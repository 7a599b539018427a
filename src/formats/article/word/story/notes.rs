//! Footnotes and endnotes: a label in place, and the note at the end of the text.

use super::{Call, Context, Story};
use crate::{
    formats::article::word::{
        pieces::{MarkId, Part},
        styles::Role,
        texts,
        xml::Element,
    },
    model::BlockKind,
};
use std::collections::{HashMap, VecDeque};

/// The author and time of a mark.
type Who = (Option<String>, Option<String>);

/// How much the notes that are taken down may cost, as [`cost`] counts. A note can be called often, and is taken down for each call.
const MOST_COST: usize = 64 << 20;
/// What an element costs beside its text.
const COST_OF_ELEMENT: usize = 16;

impl<'x> Story<'x> {
    /// The call of a note. Footnotes and endnotes are numbered together.
    pub(super) fn call(&mut self, e: Element<'x>, context: Context) {
        let is_foot = e.name() == "w:footnoteReference";
        let (notes, relations) = if is_foot { self.files.footnotes() } else { self.files.endnotes() };
        let note = e.attribute("w:id").and_then(|id| notes.get(id)).copied();
        let Some(note) = note.filter(|_| !context.is_hidden && self.in_note.is_none()) else { return };
        let piece = self.pieces.here();
        self.pieces.push(Part::Label, "[^]", context.state);
        self.calls.push(Call {
            piece,
            label: String::new(),
            own: 0..0,
            note,
            relations,
            state: context.state,
        });
    }

    /// Numbers the notes in the order of their calls in the text before all changes. A note that is inserted gets the number of one
    /// that its author deleted at the same time, since it replaces it, else a number that no other has.
    fn number_notes(&mut self) {
        let (mut next, mut freed) = (1, HashMap::<Who, VecDeque<usize>>::new());
        let (old, new): (Vec<usize>, Vec<usize>) =
            (0..self.calls.len()).partition(|c| self.calls.get(*c).is_some_and(|c| c.state.within == 0));
        for call in old {
            let deleted = self.calls.get(call).and_then(|c| c.state.deleted);
            if let Some(who) = deleted.and_then(|m| self.who(m)) {
                freed.entry(who).or_default().push_back(next);
            }
            self.label(call, next);
            next += 1;
        }
        for call in new {
            let chain = self.calls.get(call).map_or(0, |c| c.state.within);
            let who = self.pieces.insertions(chain).last().and_then(|m| self.who(*m));
            let replaced = who.and_then(|w| freed.get_mut(&w)).and_then(VecDeque::pop_front);
            self.label(call, replaced.unwrap_or(next));
            next += usize::from(replaced.is_none());
        }
    }

    /// The author and time of a mark.
    fn who(&self, mark: MarkId) -> Option<Who> {
        self.pieces.marks.get(mark).map(|m| (m.author.clone(), m.date.clone()))
    }

    fn label(&mut self, call: usize, number: usize) {
        let Some(call) = self.calls.get_mut(call) else { return };
        call.label = number.to_string();
        if let Some(piece) = self.pieces.all.get_mut(call.piece) {
            piece.text = format!("[^{number}]");
        }
    }

    /// Takes down the notes that were called. A note that is called twice is there twice.
    pub(super) fn notes(&mut self) {
        self.number_notes();
        let mut left = MOST_COST;
        for nth in 0..self.calls.len() {
            let Some(call) = self.calls.get(nth) else { return };
            let (note, state, label) = (call.note, call.state, call.label.clone());
            self.relations = call.relations;
            let Some(rest) = cost(note, left).and_then(|cost| left.checked_sub(cost)) else {
                self.repeats_notes = true;
                break;
            };
            left = rest;
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

/// What taking down a note costs: the bytes of its text, and something for each element; `None` if it is more than `most`.
fn cost(note: Element<'_>, most: usize) -> Option<usize> {
    note.descendants().try_fold(0_usize, |cost, e| {
        let cost = cost.saturating_add(COST_OF_ELEMENT).saturating_add(e.text_len());
        (cost <= most).then_some(cost)
    })
}
