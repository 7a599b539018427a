//! Tables. A row whose cells have one paragraph each is one line; the cells of any other row are read one after the other, as
//! paragraphs.

use super::{Context, Story, marks};
use crate::{
    formats::article::word::{pieces::Part, styles::Role, texts, xml::Element},
    model::BlockKind,
};

impl<'x> Story<'x> {
    /// Takes down a table. A table in a cell of a row on one line adds its words to the cell.
    pub(super) fn table(&mut self, table: Element<'x>, context: Context) {
        self.tables += 1;
        // A desk puts an empty paragraph between two tables, and what it took away may be between the rows of one.
        let name = format!("table {}", if self.own.is_some() { self.gaps } else { self.tables });
        if !context.in_row {
            self.boundary(context);
        }
        self.rows(table, context, &name);
        if !context.in_row {
            self.boundary(context);
        }
    }

    fn rows(&mut self, e: Element<'x>, context: Context, name: &str) {
        for child in e.children() {
            match child.name() {
                "w:tr" => {
                    if let Some(state) = self.touched_by(child.child("w:trPr"), context.state) {
                        self.row(child, Context { state, ..context }, name);
                    }
                }
                "w:sdt" | "w:sdtContent" | "w:customXml" => self.rows(child, context, name),
                change if marks::is_change(change) => {
                    if let Some(inside) = self.entered(child, context) {
                        self.rows(child, inside, name);
                    }
                }
                _ => self.place(child),
            }
        }
    }

    fn row(&mut self, row: Element<'x>, context: Context, name: &str) {
        let is_line = !context.in_row && is_line(row);
        if is_line {
            let unit = self.pieces.begin(
                BlockKind::Kept,
                super::Origin::Paragraph(self.paragraph + 1),
                context.state,
            );
            self.roles.push(Role::Body);
            if let Some(unit) = self.pieces.units.get_mut(unit) {
                unit.group = Some(name.to_owned());
            }
        }
        self.cells(row, context, is_line);
        if is_line {
            self.pieces.push(Part::Frame, "|", context.state);
            self.pieces.push(Part::Break, "", super::State::default());
        }
    }

    fn cells(&mut self, e: Element<'x>, context: Context, is_line: bool) {
        for child in e.children() {
            match child.name() {
                "w:tc" => {
                    if let Some(state) = self.touched_by(child.child("w:tcPr"), context.state) {
                        self.cell(child, Context { state, ..context }, is_line);
                    }
                }
                "w:sdt" | "w:sdtContent" | "w:customXml" => self.cells(child, context, is_line),
                _ => self.place(child),
            }
        }
    }

    fn cell(&mut self, cell: Element<'x>, context: Context, is_line: bool) {
        if is_line {
            self.pieces.push(Part::Frame, "| ", context.state);
            self.blocks(cell, Context { in_row: true, ..context });
            if let Some(last) = self.pieces.all.last_mut().filter(|p| p.part == Part::Words) {
                last.text.truncate(last.text.trim_end().len());
            }
            self.pieces.push(Part::Frame, " ", context.state);
        } else if context.in_row {
            self.blocks(cell, context);
        } else {
            self.blocks(cell, context);
            self.boundary(context);
        }
    }
}

/// Whether a row fits on one line: every cell has at most one paragraph with words and no text box, and some cell has one.
fn is_line(row: Element<'_>) -> bool {
    let mut cells = Vec::new();
    add_cells(row, &mut cells);
    let counts = cells.into_iter().map(|cell| {
        let paragraphs = cell.descendants().filter(|e| e.name() == "w:p");
        let has_box = cell.descendants().any(|e| e.name() == "w:txbxContent");
        paragraphs.filter(|p| has_box || !texts::is_blank(*p)).take(2).count() + usize::from(has_box) * 2
    });
    let counts = counts.collect::<Vec<_>>();
    counts.iter().all(|n| *n <= 1) && counts.contains(&1)
}

fn add_cells<'x>(e: Element<'x>, cells: &mut Vec<Element<'x>>) {
    for child in e.children() {
        match child.name() {
            "w:tc" => cells.push(child),
            "w:sdt" | "w:sdtContent" | "w:customXml" => add_cells(child, cells),
            _ => {}
        }
    }
}
