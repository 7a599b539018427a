//! Reads an article from a PDF. A PDF has no paragraphs, only glyphs at places. They become lines (`lines`), the lines columns
//! (`columns`), and those paragraphs (`paragraphs`), of which some are headings (`headings`). What pages repeat at their edges is
//! left out (`furniture`).
//!
//! It runs no script, fetches nothing, and decodes no picture. It is costly and complex, so programs call it in a process of its own.

mod answer;
mod beside;
mod columns;
mod furniture;
mod glyphs;
mod headings;
mod info;
mod join;
mod lines;
mod markers;
mod middle;
mod order;
mod page;
mod paragraphs;
mod placed;
mod seen;
mod strings;
mod style;
mod tables;
mod weight;

pub use answer::{answer, answered};

use super::document::Document;
use crate::{
    formats::article::{ReadError, plain},
    messages::{Message, message},
    model::{Encoding, FileKind, LeftOut, LeftOutReason, Origin, Proposal},
};
use columns::Column;
use glyphs::{Look, UNKNOWN};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use lines::Line;
use page::Page;
use style::Style;

/// Reads `bytes` as an article and proposes its text.
///
/// Fails if they are no PDF, have a password, have no text, or cost too much.
pub fn read(bytes: &[u8]) -> Result<Proposal, ReadError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(unread)?;
    let pages = seen::mark(page::read(&pdf)?);
    refuse_without_text(&pages)?;
    let (lines, mut left_out) = seen::lines(&pages);
    let (columns, furniture) = in_order(lines);
    left_out.extend(furniture);
    left_out.extend(pages.iter().filter(|p| p.is_blank()).map(picture));
    left_out.extend(pages.iter().flat_map(numbers));
    let style = Style::of(columns.iter().map(|c| c.lines.as_slice()));
    let paragraphs = paragraphs::of_columns(columns, &style);
    let hyphens = join::Hyphens::of(&paragraphs);
    let title = info::title(&pdf);
    let blocks = headings::blocks(&paragraphs, &hyphens, &style, title.as_deref(), &mut left_out);
    let document = Document { info: info::of(&pdf), blocks };
    let mut proposal = document.proposal(FileKind::Pdf, Encoding::Utf8)?;
    proposal.left_out.extend(left_out);
    proposal.left_out.sort_by_key(|l| l.from.number());
    proposal.info.language = plain::language_of(&proposal.text);
    Ok(proposal)
}

/// The lines of all pages in reading order, and their furniture.
fn in_order(pages: Vec<Vec<Line>>) -> (Vec<Column>, Vec<LeftOut>) {
    let rough = Style::of(pages.iter().map(Vec::as_slice));
    let leading = rough.leading(rough.size);
    let (mut columns, mut left_out) = (Vec::new(), Vec::new());
    for page in furniture::find(pages, rough.size, leading) {
        let (mut text, mut rest) = (Vec::new(), Vec::new());
        for (line, is_furniture) in page.lines.into_iter().zip(page.furniture) {
            if is_furniture { rest.push(line) } else { text.push(line) }
        }
        left_out.extend(rest.iter().map(|l| seen::left_out(l, LeftOutReason::Furniture)));
        columns.extend(columns::of_page(text));
    }
    (columns, left_out)
}

/// A page without text.
fn picture(page: &Page) -> LeftOut {
    LeftOut { from: Origin::Page(page.number), text: "[…]".into(), why: LeftOutReason::Object }
}

/// The numbers of claims on a page that a desk wrote.
fn numbers(page: &Page) -> impl Iterator<Item = LeftOut> {
    let number = |text: &String| LeftOut {
        from: Origin::Page(page.number),
        text: text.clone(),
        why: LeftOutReason::Checked,
    };
    page.numbers.iter().map(number)
}

/// Refuses a file without text, or whose letters nobody can tell.
fn refuse_without_text(pages: &[Page]) -> Result<(), ReadError> {
    let all = || pages.iter().flat_map(|p| &p.glyphs).filter(|g| g.look == Look::Seen);
    let seen = all().filter(|g| !g.text.trim().is_empty()).count();
    let unknown = all().filter(|g| g.text.contains(UNKNOWN)).count();
    match seen {
        0 if pages.iter().any(|p| p.pictures > 0) => Err(refused(message!("pdf_pictures"))),
        0 => Err(refused(message!("pdf_no_text"))),
        _ if unknown * 4 > seen => Err(refused(message!("pdf_unknown_letters"))),
        _ => Ok(()),
    }
}

fn refused(why: Message) -> ReadError {
    ReadError::Unreadable { kind: FileKind::Pdf, why }
}

fn unread(why: LoadPdfError) -> ReadError {
    refused(match why {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            message!("pdf_password")
        }
        LoadPdfError::Decryption(_) => {
            message!("pdf_encrypted")
        }
        LoadPdfError::Invalid => message!("pdf_damaged"),
    })
}
