//! The claims as comma-separated values: RFC 4180, UTF-8, one heading row. This format is only written, not read.
//!
//! A spreadsheet runs a cell that begins like a formula, and an article is untrusted text. Such a cell gets an apostrophe
//! before it, as OWASP advises ("CSV Injection"), so that it is only text.

use super::{ExportInput, WriteError, table};
use table::Cell;

/// The byte order mark of UTF-8.
pub const MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes the table.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    let failed = |e: &dyn std::fmt::Display| WriteError::Format("CSV", e.to_string());
    let mut out = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record(table::CLAIMS.map(|(name, _)| name)).map_err(|e| failed(&e))?;
    for row in table::claims(input) {
        out.write_record(row.into_iter().map(cell)).map_err(|e| failed(&e))?;
    }
    out.into_inner().map_err(|e| failed(&e.error()))
}

fn cell(cell: Cell) -> String {
    match cell {
        Cell::Number(n) => n.to_string(),
        Cell::Text(words) => harmless(words),
    }
}

/// The words, with an apostrophe before them if a spreadsheet could read them as a formula.
fn harmless(words: String) -> String {
    const OPENERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if words.starts_with(OPENERS) { format!("'{words}") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_made_words() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(harmless(bad.into()), format!("'{bad}"));
        }
        for good in ["", "1+1", "a=b", " =1", "'=1"] {
            assert_eq!(harmless(good.into()), good);
        }
    }
}
