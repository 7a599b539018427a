//! The claims and sources as an Excel workbook. All words are plain text: no cell is a formula, no address is a link.
//! This format is only written, not read.
//!
//! The workbook has the date of the newest action, so that the same article gives the same bytes.

use super::{ExportInput, WriteError, table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use table::Cell;

/// The most characters (UTF-16 units) in an Excel cell.
/// Source: Microsoft, "Excel specifications and limits".
const MOST: usize = 32_767;

/// Writes the workbook.
pub fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    book(input).map_err(|e| WriteError::Format("an Excel workbook", e.to_string()))
}

fn book(input: &ExportInput) -> Result<Vec<u8>, XlsxError> {
    let newest = input.dossier.log.iter().map(|l| l.action.at).max().unwrap_or_default();
    let made = ExcelDateTime::from_timestamp(newest.0 / 1000)?;
    let title = &input.claims.article.title;
    let properties = DocProperties::new().set_title(cut(title, 255)).set_creation_datetime(&made);
    let mut book = Workbook::new();
    book.set_properties(&properties);
    sheet(book.add_worksheet(), "Claims", &table::CLAIMS, table::claims(input))?;
    sheet(book.add_worksheet(), "Sources", &table::SOURCES, table::sources(input))?;
    book.save_to_buffer()
}

fn sheet(
    sheet: &mut Worksheet,
    name: &str,
    columns: &[(&str, u16)],
    rows: Vec<Vec<Cell>>,
) -> Result<(), XlsxError> {
    let head = Format::new().set_bold();
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (at, (title, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, at, *title, &head)?.set_column_width(at, *width)?;
    }
    for (down, row) in (1..).zip(&rows) {
        for (across, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(words) if words.is_empty() => continue,
                Cell::Text(words) => sheet.write_string_with_format(down, across, cut(words, MOST), &body)?,
                Cell::Number(n) => sheet.write_number_with_format(down, across, *n as f64, &body)?,
            };
        }
    }
    let last = columns.len() as u16 - 1;
    sheet.autofilter(0, 0, rows.len() as u32, last)?;
    Ok(())
}

/// The words, cut with an ellipsis if they are too long for a cell.
fn cut(words: &str, most: usize) -> String {
    let mut room = most;
    let fits = |c: &char| {
        room = room.saturating_sub(c.len_utf16());
        room > 0
    };
    if words.encode_utf16().count() <= most {
        return words.into();
    }
    words.chars().take_while(fits).chain(['…']).collect()
}
