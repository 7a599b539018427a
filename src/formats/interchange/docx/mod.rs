//! Writes the article as a Word file (WordprocessingML): built-in styles, claims and queries as comments, and, since an older
//! revision, changes as tracked changes by the person and time of each revision. Open suggestions are tracked changes too.
//!
//! Rejecting all changes gives the older text, accepting all gives the newest. The file has no clock and no random ids: the
//! same article gives the same bytes. [`mark`] says how a file that comes back is known. The reader of Word files is with the
//! readers of articles.

mod authors;
mod body;
mod comments;
mod events;
pub mod mark;
mod package;
mod paragraphs;
mod pieces;
mod styles;
mod suggested;
mod threads;
mod xml;

use super::{ExportInput, WriteError};
use crate::{
    model::{FileMark, RevisionId},
    text::Span,
};
use authors::{Author, Authors};
use body::Body;
use events::Events;
use package::Part;
use paragraphs::{Kind, Paragraph};
use pieces::Piece;
use threads::{On, Thread};

/// Writes the file.
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, WriteError> {
    package::zipped(&parts(input)).map_err(|e| WriteError::Format("a Word file", e.to_string()))
}

/// A file that has nothing but a text. Reading it gives the form in which a text comes back from a word processor.
pub fn of_text(text: &str) -> Result<Vec<u8>, WriteError> {
    let story = Story::of(text, paragraphs::labels(text) > 0);
    let mut body = Body::new(None, &[], Default::default(), story.notes.len());
    let written = body.write(&pieces::of_one(&story.body));
    let notes: Vec<String> =
        story.notes.iter().map(|n| body.note(&pieces::of_one(std::slice::from_ref(n)))).collect();
    let document = format!("{}<w:body>{written}{SECTION}</w:body></w:document>", xml::root("document"));
    let parts = [
        Part::word("word/document.xml", "document", document),
        Part::word("word/styles.xml", "styles", styles::styles(None)),
        Part::word("word/numbering.xml", "numbering", styles::numbering(&body.lists)),
        package::settings(!notes.is_empty()),
        Part::word("word/footnotes.xml", "footnotes", footnotes_xml(&notes)),
    ];
    package::zipped(&parts).map_err(|e| WriteError::Format("a Word file", e.to_string()))
}

/// The older text, if changes are tracked since it.
fn old_text<'d>(input: &ExportInput<'d>) -> Option<(RevisionId, &'d str)> {
    let since = input.since.filter(|s| input.dossier.state.newest().is_some_and(|n| n.id != *s))?;
    Some((since, input.dossier.texts.get(&since)?))
}

fn parts(input: &ExportInput) -> Vec<Part> {
    let old = old_text(input);
    let authors = old.map(|(since, _)| Authors::since(input.dossier, since));
    let threads = threads::threads(input);
    // Footnotes are footnotes only where both texts have the same ones, for Word numbers them itself.
    let notes = paragraphs::labels(input.text);
    let as_notes = notes > 0 && old.is_none_or(|(_, text)| paragraphs::labels(text) == notes);
    let new = Story::of(input.text, as_notes);
    let old = old.map(|(_, text)| Story::of(text, as_notes));
    let (edits, suggesting) = suggested::edits(&input.dossier.state, authors.as_ref());
    let (here, there) = events(&threads, &new);
    let (in_notes, edits): (Vec<_>, Vec<_>) =
        edits.into_iter().partition(|e| new.notes.iter().any(|note| holds(note, e.span)));
    let notes = if as_notes { new.notes.len() } else { 0 };
    let mut body = Body::new(authors.as_ref(), &suggesting, (here, there), notes);
    let pieces = woven(old.as_ref().map(|o| o.body.as_slice()), &new.body);
    let written = body.write(&suggested::with_edits(pieces, &edits));
    let footnotes: Vec<String> = new
        .notes
        .iter()
        .enumerate()
        .map(|(n, note)| {
            let old = old.as_ref().map(|o| o.notes.get(n..=n).unwrap_or_default());
            let pieces = woven(old, std::slice::from_ref(note));
            let own: Vec<_> = in_notes.iter().filter(|e| holds(note, e.span)).cloned().collect();
            body.note(&suggested::with_edits(pieces, &own))
        })
        .collect();
    let (comments, extended) = comments::parts(&threads);
    let document =
        |xml: &str| format!("{}<w:body>{xml}{SECTION}</w:body></w:document>", xml::root("document"));
    let info = &input.claims.article.info;
    let mut all = vec![
        Part::word("word/document.xml", "document", document(&written)),
        Part::word("word/styles.xml", "styles", styles::styles(info.language)),
        Part::word("word/numbering.xml", "numbering", styles::numbering(&body.lists)),
        package::settings(!footnotes.is_empty()),
        Part::word("word/comments.xml", "comments", comments),
        Part::word("word/commentsExtended.xml", "commentsExtended", extended),
    ];
    if !footnotes.is_empty() {
        all.push(Part::word("word/footnotes.xml", "footnotes", footnotes_xml(&footnotes)));
    }
    let at = Author::new(None, &input.dossier.newest().to_string()).at;
    all.push(package::core(input.claims.article.headline, info.byline, info.language, &at));
    all.push(package::app());
    all.extend(property(input).map(|value| package::custom(mark::PROPERTY, &value)));
    all
}

/// The page: A4 with margins of an inch.
const SECTION: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" \
     w:bottom=\"1440\" w:left=\"1440\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr>";

/// The paragraphs of a text, and its footnotes apart from them.
/// Whether a place of the text is in a paragraph.
fn holds(paragraph: &Paragraph, span: Span) -> bool {
    paragraph.place(0) <= span.start.0 && span.end.0 <= paragraph.place(paragraph.words.len())
}

struct Story {
    body: Vec<Paragraph>,
    notes: Vec<Paragraph>,
}

impl Story {
    fn of(text: &str, as_notes: bool) -> Self {
        let all = paragraphs::paragraphs(text, as_notes);
        let (notes, body) = all.into_iter().partition(|p| matches!(p.kind, Kind::Note(_)));
        Self { body, notes }
    }
}

fn woven(old: Option<&[Paragraph]>, new: &[Paragraph]) -> Vec<Piece> {
    match old {
        Some(old) => pieces::of_two(old, new),
        None => pieces::of_one(new),
    }
}

/// Where threads begin and end in the new text and in the old one.
fn events(threads: &[Thread], new: &Story) -> (Events, Events) {
    let first = new.body.first().filter(|p| !p.words.is_empty());
    let whole = first.map_or(Span::at(0, 1), |p| Span::at(p.place(0), p.place(p.words.len())));
    let here = |on| match on {
        On::Text(span) => Some(span),
        On::Article => Some(whole),
        On::Old(_) => None,
    };
    let there = |on| match on {
        On::Old(span) => Some(span),
        On::Text(_) | On::Article => None,
    };
    (Events::of(threads, here), Events::of(threads, there))
}

fn footnotes_xml(notes: &[String]) -> String {
    let mut out = xml::root("footnotes");
    for (id, kind, sign) in
        [(-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator")]
    {
        out += &format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:r><w:{sign}/></w:r></w:p></w:footnote>"
        );
    }
    for (n, note) in notes.iter().enumerate() {
        out += &format!("<w:footnote w:id=\"{}\">{note}</w:footnote>", n + 1);
    }
    out + "</w:footnotes>"
}

/// The value of the document's own property.
fn property(input: &ExportInput) -> Option<String> {
    let newest = input.dossier.state.newest()?;
    Some(mark::property(&FileMark {
        article: input.dossier.article.to_string(),
        revision: newest.id.to_string(),
        text: newest.revision.text.to_string(),
        changes_since: old_text(input).map(|(since, _)| since.to_string()),
        at: Some(input.dossier.newest().to_string()),
    }))
}

#[cfg(test)]
mod tests;
