//! Paragraphs, and what holds them.

use super::{Context, Story, chosen, marks};
use crate::{
    formats::article::word::{
        pieces::{Part, State, VIEWS},
        styles::Role,
        texts,
        xml::Element,
    },
    model::{BlockKind, LeftOutReason},
};

impl<'x> Story<'x> {
    /// Takes down the blocks in an element.
    pub(super) fn blocks(&mut self, e: Element<'x>, context: Context) {
        for child in e.children() {
            match child.name() {
                "w:p" => self.paragraph(child, context),
                "w:tbl" => self.table(child, context),
                "w:sdt" => self.control(child, context),
                "w:sdtContent" | "w:customXml" | "w:smartTag" => self.blocks(child, context),
                "mc:AlternateContent" => chosen(child).into_iter().for_each(|c| self.blocks(c, context)),
                "w:altChunk" => self.leave_out("altChunk", LeftOutReason::Object),
                name if marks::is_change(name) => {
                    if let Some(inside) = self.entered(child, context) {
                        self.blocks(child, inside);
                    }
                }
                _ => self.place(child),
            }
        }
    }

    /// A content control. The table of contents that Word makes is in one that says so.
    fn control(&mut self, e: Element<'x>, context: Context) {
        let gallery = e
            .child("w:sdtPr")
            .and_then(|p| p.child("w:docPartObj"))
            .and_then(|p| p.child("w:docPartGallery"));
        let Some(content) = e.child("w:sdtContent") else { return };
        if gallery.and_then(Element::value) != Some("Table of Contents") {
            return self.blocks(content, context);
        }
        for paragraph in texts::paragraphs(content) {
            self.paragraph += 1;
            self.leave_out(texts::of(paragraph), LeftOutReason::Furniture);
        }
    }

    /// Ends a paragraph before a table or at the end of a cell, even where its own break is deleted or inserted.
    pub(super) fn boundary(&mut self, context: Context) {
        self.pieces.push(Part::Break, "", context.state);
    }

    fn paragraph(&mut self, p: Element<'x>, context: Context) {
        self.paragraph += 1;
        let properties = p.child("w:pPr");
        let mark = properties.and_then(|p| p.child("w:rPr"));
        let end = self.touched_by(mark, context.state);
        if context.in_row {
            self.inline(p, context);
        } else {
            self.block(p, properties, end, context);
        }
        self.left_out_of(p, properties);
        self.fields.end_paragraph();
        if end.is_none_or(State::is_free) || context.in_row {
            self.text_boxes();
        }
    }

    fn block(
        &mut self,
        p: Element<'x>,
        properties: Option<Element<'x>>,
        end: Option<State>,
        context: Context,
    ) {
        let unit = self.pieces.begin(BlockKind::Paragraph, self.from(), context.state);
        let role = self.files.styles.role(properties);
        self.roles.push(role);
        self.inline(p, context);
        if matches!(role, Role::Body | Role::Quote) && !texts::is_blank(p) {
            self.list_item(unit, properties, end);
        }
        self.gaps += usize::from(p.children().next().is_none());
        if let Some(state) = end {
            self.pieces.push(Part::Break, "", state);
        }
    }

    /// Gives a block its mark, if it is an item of a list.
    fn list_item(&mut self, unit: usize, properties: Option<Element<'x>>, end: Option<State>) {
        let place = self.files.styles.list(properties);
        let there = VIEWS.map(|view| end.is_some_and(|s| s.is_in(view)));
        let Some(marks) = self.numbering.count(&place, there) else { return };
        if let Some(unit) = self.pieces.units.get_mut(unit) {
            (unit.kind, unit.marks) = (BlockKind::Kept, marks);
            unit.group = place.list.map(|list| format!("list {list}"));
        }
    }

    /// Lists what was hidden in a paragraph, and that only its look was changed.
    fn left_out_of(&mut self, p: Element<'x>, properties: Option<Element<'x>>) {
        let hidden = std::mem::take(&mut self.hidden);
        self.leave_out(hidden, LeftOutReason::Hidden);
        let own = properties
            .into_iter()
            .flat_map(|p| p.children().chain(p.child("w:rPr").into_iter().flat_map(|r| r.children())));
        let is_changed = own.map(Element::name).any(|name| matches!(name, "w:pPrChange" | "w:rPrChange"));
        if std::mem::take(&mut self.is_reformatted) || is_changed {
            self.leave_out(texts::of(p), LeftOutReason::Format);
        }
    }

    /// Takes down the text boxes of the paragraphs before.
    fn text_boxes(&mut self) {
        for (e, context) in std::mem::take(&mut self.boxes) {
            self.boundary(context);
            self.blocks(e, context);
            self.boundary(context);
        }
    }
}
