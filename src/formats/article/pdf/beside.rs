//! What a desk wrote beside the article when it exported it as PDF: the line with its details, the numbers of claims, and the claims
//! themselves. The structure of the file says so: sections hold them, and the reference to a claim says its number (`C12`).
//! Files of other programs have no such parts.

use hayro_interpret::hayro_syntax::{
    Pdf,
    object::{Dict, Name, Object, ObjectIdentifier, String as PdfString},
};
use std::collections::HashMap;

/// The program whose files are read so.
const PROGRAM: &[u8] = b"Tickmark";
/// How many elements of the structure are read. What comes after them is read as text.
const MOST_ELEMENTS: usize = 1_000_000;

/// How a marked part of a page stands beside the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// On lines of its own.
    Section,
    /// Between words of the article.
    Number,
}

/// The marked parts of one page, by their numbers.
pub type Marks = HashMap<i32, Beside>;

/// An element that is not read yet: on which page its parts are, and how they stand beside the article.
type Waiting<'a> = (Object<'a>, Option<ObjectIdentifier>, Option<Beside>);

/// The parts beside the article, for each page by its id. None if another program wrote the file.
pub fn of(pdf: &Pdf) -> HashMap<ObjectIdentifier, Marks> {
    let mut found: HashMap<ObjectIdentifier, Marks> = HashMap::new();
    if pdf.metadata().creator.as_deref() != Some(PROGRAM) {
        return found;
    }
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let tree = root.and_then(|r| r.get::<Dict<'_>>("StructTreeRoot")).map(Object::Dict);
    let mut waiting: Vec<Waiting<'_>> = tree.into_iter().map(|t| (t, None, None)).collect();
    let mut read = 0;
    while let Some((object, page, beside)) = waiting.pop() {
        read += 1;
        if read > MOST_ELEMENTS {
            break;
        }
        match object {
            Object::Array(array) => {
                let room = MOST_ELEMENTS.saturating_sub(waiting.len());
                waiting.extend(array.iter::<Object<'_>>().map(|o| (o, page, beside)).take(room));
            }
            Object::Dict(element) => waiting.extend(inside(&element, page, beside)),
            Object::Number(mark) => {
                if let (Some(page), Some(beside)) = (page, beside) {
                    found.entry(page).or_default().insert(mark.as_i64() as i32, beside);
                }
            }
            _ => {}
        }
    }
    found
}

/// What is in an element.
fn inside<'a>(
    element: &Dict<'a>,
    page: Option<ObjectIdentifier>,
    beside: Option<Beside>,
) -> Option<Waiting<'a>> {
    let page = element.get_ref("Pg").map(ObjectIdentifier::from).or(page);
    let inside = element.get::<Object<'a>>("K").or_else(|| element.get("MCID"))?;
    Some((inside, page, beside.or_else(|| kind(element))))
}

/// How an element stands beside the article, if it does.
fn kind(element: &Dict<'_>) -> Option<Beside> {
    match element.get::<Name<'_>>("S")?.as_str() {
        "Sect" => Some(Beside::Section),
        "Reference" => {
            let said = super::strings::decode(element.get::<PdfString<'_>>("Alt")?.as_bytes());
            let number = said.strip_prefix('C')?;
            number.bytes().all(|b| b.is_ascii_digit()).then_some(Beside::Number)
        }
        _ => None,
    }
}
