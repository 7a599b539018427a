//! The body of the document: paragraphs, tables and footnotes, with tracked changes, comments and bookmarks in their places.

use super::{
    authors::{Author, Authors},
    events::Events,
    paragraphs::{BREAK, CELL, Kind, note_of},
    pieces::{Piece, State, What},
    xml::escaped,
};
use std::fmt::Write;

/// Writes the body, and the texts of footnotes.
pub struct Body<'a> {
    /// Who changed what, if changes are tracked.
    pub authors: Option<&'a Authors>,
    /// Who suggests what.
    pub suggesting: &'a [Author],
    /// What begins and ends in the new text.
    pub new: Events,
    /// What begins and ends in the old text.
    pub old: Events,
    /// How many footnotes there are.
    notes: usize,
    /// The numbered lists.
    pub lists: Vec<List>,
    /// The list that the old text is in, and the one that the new text is in.
    old_list: Option<usize>,
    new_list: Option<usize>,
    /// The rows of a table that is not written yet.
    rows: Vec<Row>,
    /// Whether the last paragraph that the new text has is a row.
    is_after_row: bool,
    /// The id of the last tracked change.
    changes: usize,
    out: String,
}

/// A numbered list.
pub struct List {
    /// The number that it begins with.
    pub start: usize,
    /// Whether the new text has an item of it.
    is_in_new: bool,
}

/// A row: what says that it came or is gone, and its cells.
struct Row {
    change: String,
    cells: Vec<String>,
}

impl<'a> Body<'a> {
    /// An empty body.
    pub fn new(
        authors: Option<&'a Authors>,
        suggesting: &'a [Author],
        (new, old): (Events, Events),
        notes: usize,
    ) -> Self {
        let (lists, rows) = (Vec::new(), Vec::new());
        Self {
            authors,
            suggesting,
            new,
            old,
            notes,
            lists,
            old_list: None,
            new_list: None,
            rows,
            is_after_row: false,
            changes: 0,
            out: String::new(),
        }
    }

    /// The elements of the body for all pieces.
    pub fn write(&mut self, pieces: &[Piece]) -> String {
        for paragraph in pieces.split_inclusive(|p| matches!(p.what, What::End(_))) {
            self.paragraph(paragraph);
        }
        let table = !self.rows.is_empty();
        self.table();
        let mut rest = String::new();
        self.new.rest(&mut rest);
        self.old.rest(&mut rest);
        // A table is never the last of a body.
        if table || !rest.is_empty() || self.out.is_empty() {
            let _ = write!(self.out, "<w:p>{rest}</w:p>");
        }
        std::mem::take(&mut self.out)
    }

    /// The paragraphs of a footnote. The first begins with its number.
    pub fn note(&mut self, pieces: &[Piece]) -> String {
        let mut out = String::new();
        for (n, paragraph) in pieces.split_inclusive(|p| matches!(p.what, What::End(_))).enumerate() {
            let sign = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>\
                        <w:r><w:t xml:space=\"preserve\"> </w:t></w:r>";
            let rtl = is_rtl(paragraph);
            let words = self.cells(paragraph, rtl).concat();
            let properties = self.properties("FootnoteText", "", rtl, paragraph.last());
            let _ = write!(out, "<w:p>{properties}{}{words}</w:p>", if n == 0 { sign } else { "" });
        }
        out
    }

    fn paragraph(&mut self, pieces: &[Piece]) {
        let Some((Some(end), What::End(kind))) = pieces.last().map(|end| (Some(end), &end.what)) else {
            return;
        };
        let rtl = is_rtl(pieces);
        let cells = self.cells(pieces, rtl);
        if let Kind::Row(other) = *kind {
            return self.row(cells, other, rtl, end);
        }
        self.table();
        self.is_after_row &= end.state == State::Gone;
        let number = self.numbering(*kind, end.state);
        let properties = self.properties(&style(*kind), &number, rtl, Some(end));
        let _ = write!(self.out, "<w:p>{properties}{}</w:p>", cells.concat());
    }

    fn row(&mut self, cells: Vec<String>, other: bool, rtl: bool, end: &Piece) {
        let is_in_new = end.state != State::Gone;
        if other && is_in_new && self.is_after_row {
            self.table();
            // Two tables without a paragraph between them would become one.
            self.out += "<w:p/>";
        }
        self.is_after_row |= is_in_new;
        self.end_lists(end.state);
        let properties = self.properties("", "", rtl, None);
        let cell = |words: String| format!("<w:p>{properties}{words}</w:p>");
        let change = self.sign(end);
        self.rows.push(Row { change, cells: cells.into_iter().map(cell).collect() });
    }

    /// Writes the table that is open, if one is.
    fn table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(|r| r.cells.len()).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        let width = 9_000 / columns;
        self.out += "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>";
        self.out += &format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns);
        self.out += "</w:tblGrid>";
        for row in rows {
            self.out += "<w:tr>";
            if !row.change.is_empty() {
                let _ = write!(self.out, "<w:trPr>{}</w:trPr>", row.change);
            }
            for cell in row.cells {
                let _ = write!(
                    self.out,
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"
                );
            }
            self.out += "</w:tr>";
        }
        self.out += "</w:tbl>";
    }

    /// The list that a paragraph is in. A list goes on where its numbers do.
    fn numbering(&mut self, kind: Kind, state: State) -> String {
        let id = match kind {
            Kind::Bullet => 1,
            Kind::Numbered(number, fresh) => self.list(number, fresh, state) + 2,
            _ => {
                self.end_lists(state);
                return String::new();
            }
        };
        format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{id}\"/></w:numPr>")
    }

    /// The place of a numbered item's list. The old and the new text each go on with their own list. What is gone counts in its list
    /// until somebody accepts that, so a list of which all is gone can begin the new one.
    fn list(&mut self, number: usize, fresh: bool, state: State) -> usize {
        let all_gone = |at: &usize| self.lists.get(*at).is_some_and(|l| l.start == number && !l.is_in_new);
        let goes_on = match (state, fresh) {
            (State::Gone, false) => self.old_list.or(self.new_list),
            (State::Gone, true) => None,
            (_, false) => self.new_list,
            (_, true) => self.old_list.filter(all_gone),
        };
        let at = goes_on.unwrap_or(self.lists.len());
        if at == self.lists.len() {
            self.lists.push(List { start: number, is_in_new: false });
        }
        if let Some(list) = self.lists.get_mut(at) {
            list.is_in_new |= state != State::Gone;
        }
        if state != State::Came {
            self.old_list = Some(at);
        }
        if state != State::Gone {
            self.new_list = Some(at);
        }
        at
    }

    /// Ends the lists of the texts that have the paragraph.
    fn end_lists(&mut self, state: State) {
        self.old_list = self.old_list.filter(|_| state == State::Came);
        self.new_list = self.new_list.filter(|_| state == State::Gone);
    }

    /// The properties of a paragraph: its style, its list, its direction, and whether its end came or is gone.
    fn properties(&mut self, style: &str, number: &str, rtl: bool, end: Option<&Piece>) -> String {
        let mut inside = String::new();
        if !style.is_empty() {
            let _ = write!(inside, "<w:pStyle w:val=\"{style}\"/>");
        }
        inside += number;
        if rtl {
            inside += "<w:bidi/>";
        }
        let sign = end.map(|end| self.sign(end)).unwrap_or_default();
        if !sign.is_empty() {
            let _ = write!(inside, "<w:rPr>{sign}</w:rPr>");
        }
        if inside.is_empty() { inside } else { format!("<w:pPr>{inside}</w:pPr>") }
    }

    /// The empty elements that say that something came or is gone, or that somebody suggests that.
    fn sign(&mut self, piece: &Piece) -> String {
        self.changes(piece, (piece.new, piece.old)).iter().map(|tag| format!("<{tag}/>")).collect()
    }

    /// The tags, with their attributes and the outer one first, of what came or is gone at a place of the new or old text, or of what
    /// somebody suggests.
    fn changes(&mut self, piece: &Piece, (new, old): (Option<usize>, Option<usize>)) -> Vec<String> {
        let came = || self.authors.zip(new).and_then(|(a, at)| a.of_came(at));
        let gone = || self.authors.zip(old).and_then(|(a, at)| a.of_gone(at));
        let suggesting = |by: Option<usize>| by.and_then(|by| self.suggesting.get(by));
        let of_revision = match piece.state {
            State::Kept => None,
            State::Came => came().map(|a| ("ins", a)),
            State::Gone => gone().map(|a| ("del", a)),
        };
        let adds = suggesting(piece.adds).map(|a| ("ins", a));
        let takes = suggesting(piece.takes).map(|a| ("del", a));
        let all: Vec<_> = [of_revision, adds, takes].into_iter().flatten().collect();
        let mut id = self.changes;
        let tag = |(name, author): (&str, &Author)| {
            id += 1;
            let (by, at) = (escaped(&author.name), escaped(&author.at));
            format!("w:{name} w:id=\"{id}\" w:author=\"{by}\" w:date=\"{at}\"")
        };
        let tags = all.into_iter().map(tag).collect();
        self.changes = id;
        tags
    }

    /// The runs of a paragraph, one list for each cell.
    fn cells(&mut self, pieces: &[Piece], rtl: bool) -> Vec<String> {
        let mut cells = vec![String::new()];
        for piece in pieces {
            let What::Words(words) = &piece.what else { continue };
            let mut at = 0;
            for (n, part) in words.split(CELL).enumerate() {
                if n > 0 {
                    cells.push(String::new());
                }
                if let Some(cell) = cells.last_mut() {
                    self.words(piece, part, at, rtl, cell);
                }
                at += part.len() + CELL.len_utf8();
            }
        }
        cells
    }

    /// The runs for words that are `from` bytes into a piece, cut where a comment begins or ends and where another author does.
    fn words(&mut self, piece: &Piece, words: &str, from: usize, rtl: bool, out: &mut String) {
        let (new, old) = (piece.new.map(|n| n + from), piece.old.map(|o| o + from));
        let mut at = 0;
        while at < words.len() {
            let end = self.cut(piece.state, (new, old), at, words);
            let Some(chunk) = words.get(at..end) else { return };
            if let Some(new) = new {
                self.new.before(new + at, out);
            }
            if let Some(old) = old {
                self.old.before(old + at, out);
            }
            let tags = self.changes(piece, (new.map(|n| n + at), old.map(|o| o + at)));
            tags.iter().for_each(|tag| *out += &format!("<{tag}>"));
            let gone = piece.state == State::Gone || piece.takes.is_some();
            // No words that are suggested call a footnote.
            let notes = if piece.adds.is_some() { 0 } else { self.notes };
            runs(out, chunk, (gone, rtl), notes);
            for name in tags.iter().rev().filter_map(|t| t.split(' ').next()) {
                let _ = write!(out, "</{name}>");
            }
            if let Some(new) = new {
                self.new.after(new + end, out);
            }
            if let Some(old) = old {
                self.old.after(old + end, out);
            }
            at = end;
        }
    }

    /// The end of the next chunk that begins `at` bytes into the words.
    fn cut(&self, state: State, (new, old): (Option<usize>, Option<usize>), at: usize, words: &str) -> usize {
        let all = words.len();
        let event = |events: &Events, base: Option<usize>| {
            base.and_then(|b| events.next_after(b + at).map(|next| next - b)).unwrap_or(all)
        };
        let author = match (self.authors, state) {
            (Some(authors), State::Came) => new.map(|n| authors.next_came(n + at, n + all) - n),
            (Some(authors), State::Gone) => old.map(|o| authors.next_gone(o + at, o + all) - o),
            _ => None,
        };
        let cuts = [event(&self.new, new), event(&self.old, old), author.unwrap_or(all)];
        cuts.into_iter().filter(|cut| *cut > at && words.is_char_boundary(*cut)).min().unwrap_or(all).min(all)
    }
}

/// The style of a paragraph, by its id.
fn style(kind: Kind) -> String {
    match kind {
        Kind::Title => "Title".into(),
        Kind::Heading(level) => format!("Heading{level}"),
        Kind::Bullet => "ListBullet".into(),
        Kind::Numbered(..) => "ListNumber".into(),
        Kind::Quote => "Quote".into(),
        Kind::Note(_) => "FootnoteText".into(),
        Kind::Plain | Kind::Row(_) => String::new(),
    }
}

/// The runs for words of one state. Only the characters of the first `notes` footnotes call one.
fn runs(out: &mut String, words: &str, (gone, rtl): (bool, bool), notes: usize) {
    let note_of = |c: char| note_of(c).filter(|n| *n <= notes);
    let name = if gone { "w:delText" } else { "w:t" };
    let properties = if rtl { "<w:rPr><w:rtl/></w:rPr>" } else { "" };
    let special = |c: char| matches!(c, BREAK | '\t' | '\n') || note_of(c).is_some();
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let at = if special(first) { first.len_utf8() } else { rest.find(special).unwrap_or(rest.len()) };
        let (part, after) = rest.split_at(at);
        rest = after;
        let _ = match (first, note_of(first)) {
            (_, Some(note)) => write!(
                out,
                "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{note}\"/></w:r>"
            ),
            ('\t', _) => write!(out, "<w:r>{properties}<w:tab/></w:r>"),
            (BREAK | '\n', _) => write!(out, "<w:r>{properties}<w:br/></w:r>"),
            _ => write!(
                out,
                "<w:r>{properties}<{name} xml:space=\"preserve\">{}</{name}></w:r>",
                escaped(part)
            ),
        };
    }
}

/// Whether a paragraph is read from right to left: by its first letter.
fn is_rtl(pieces: &[Piece]) -> bool {
    let words = pieces.iter().filter_map(|p| match &p.what {
        What::Words(words) => Some(words.as_str()),
        What::End(_) => None,
    });
    let first = words.flat_map(str::chars).find(|c| c.is_alphabetic());
    first.is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}
