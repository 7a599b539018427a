//! Tables with data, whose rows are lines, and tables that only lay a page out, whose cells are blocks.

use crate::formats::article::html::tree::{Data, Edge, NodeId, Tree};

/// The longest cell of a table with data, in bytes.
const LONGEST: usize = 600;

/// Whether a table has data: rows and columns of short cells, and no other table, heading or several paragraphs in one.
pub fn has_data(tree: &Tree, table: NodeId) -> bool {
    if tree.attribute(table, "role").is_some_and(|r| r.eq_ignore_ascii_case("presentation")) {
        return false;
    }
    let mut count = Count::default();
    for edge in tree.walk(table).skip(1) {
        match edge {
            Edge::Enter(id) => match tree.data(id) {
                Data::Text(words) => count.letters += words.trim().len(),
                Data::Element(e) if !count.enter(e.name()) => return false,
                Data::Element(_) | Data::Document | Data::Comment(_) => {}
            },
            Edge::Leave(id) => count.leave(tree.name(id)),
        }
        if count.letters > LONGEST {
            return false;
        }
    }
    count.rows >= 2 && count.columns >= 2
}

#[derive(Default)]
struct Count {
    rows: usize,
    columns: usize,
    cells: usize,
    paragraphs: usize,
    letters: usize,
}

impl Count {
    /// Counts an element; `false` if no table with data has it.
    fn enter(&mut self, name: &str) -> bool {
        match name {
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "form" | "article" | "section" | "figure" => {
                return false;
            }
            "tr" => self.cells = 0,
            "td" | "th" => (self.cells, self.paragraphs, self.letters) = (self.cells + 1, 0, 0),
            "p" => self.paragraphs += 1,
            _ => {}
        }
        self.paragraphs <= 2
    }

    fn leave(&mut self, name: &str) {
        match name {
            "tr" => {
                self.rows += usize::from(self.cells > 0);
                self.columns = self.columns.max(self.cells);
            }
            "td" | "th" | "caption" => self.letters = 0,
            _ => {}
        }
    }
}
