//! The revisions, newest first, each with its changes word by word.
//!
//! Only changed paragraphs are shown, up to [`MOST_SHOWN`]. The complete texts are in the bundle.

use super::html::Html;
use crate::{
    model::{Dossier, RevisionView},
    text::{Part, Span, diff, stats},
};

/// How many changed paragraphs of one revision are shown.
const MOST_SHOWN: usize = 60;

/// Writes the section with the revisions.
pub(super) fn write(h: &mut Html, dossier: &Dossier) {
    h.raw(
        "<section id=\"revisions\" aria-labelledby=\"revisions-h\">\n<h2 id=\"revisions-h\">Revisions</h2>\n",
    );
    for (i, r) in dossier.state.revisions.iter().enumerate().rev() {
        revision(h, dossier, i, r);
    }
    h.raw("</section>\n");
}

fn revision(h: &mut Html, dossier: &Dossier, i: usize, r: &RevisionView) {
    let by = dossier.state.people.get(&r.stamp.by).map(|p| p.name.as_str());
    h.raw("<div class=\"revision\">\n<h3><a href=\"revisions/")
        .text(&format!("{:03}.md", i + 1))
        .raw("\">Revision ");
    h.number(i + 1).raw("</a> ").signed(by, &r.stamp.at.to_string()).raw("</h3>\n");
    if let Some(note) = &r.revision.note {
        h.raw("<p class=\"aside\" dir=\"auto\">").text(note).raw("</p>\n");
    }
    let text = |id| dossier.texts.get(id).map(String::as_str);
    match (r.revision.parents.first().and_then(text), text(&r.id)) {
        (Some(old), Some(new)) => changes(h, old, new),
        (None, _) | (_, None) => drop(h.raw("<p class=\"aside\">The text as it was imported.</p>\n")),
    }
    h.raw("</div>\n");
}

/// A piece of a paragraph: its HTML tag, or empty, with an optional class; and its words.
type Piece<'t> = (&'static str, &'t str);

fn changes(h: &mut Html, old: &str, new: &str) {
    let diff = diff(old, new);
    let size = stats(&diff, old, new);
    let words = |n: usize| if n == 1 { "1 word".into() } else { format!("{n} words") };
    h.raw("<details><summary>")
        .text(&words(size.inserted))
        .raw(" added, ")
        .text(&words(size.deleted))
        .raw(" removed");
    if size.moved > 0 {
        h.raw(", ").text(&words(size.moved)).raw(" moved");
    }
    h.raw("</summary>\n");
    let lines = lines(&diff.parts, old, new);
    let changed: Vec<_> =
        lines.iter().filter(|l| l.iter().any(|(tag, w)| !tag.is_empty() && !w.trim().is_empty())).collect();
    for line in changed.iter().take(MOST_SHOWN) {
        h.raw("<p dir=\"auto\">");
        line.iter().for_each(|piece| draw(h, *piece));
        h.raw("</p>\n");
    }
    if changed.len() > MOST_SHOWN {
        h.raw("<p class=\"aside\">And ").number(changed.len() - MOST_SHOWN).raw(" more paragraphs.</p>\n");
    }
    if changed.is_empty() {
        h.raw("<p class=\"aside\">Only spaces and line breaks differ.</p>\n");
    }
    h.raw("</details>\n");
}

fn draw(h: &mut Html, (tag, words): Piece) {
    let (name, class) = tag.split_once(' ').unwrap_or((tag, ""));
    if name.is_empty() {
        h.text(words);
        return;
    }
    h.raw("<").raw(name);
    if !class.is_empty() {
        h.raw(" class=\"").raw(class).raw("\"");
    }
    h.raw(">").text(words).raw("</").raw(name).raw(">");
}

/// Splits the parts into paragraphs. A line break of either text ends a paragraph.
fn lines<'t>(parts: &[Part], old: &'t str, new: &'t str) -> Vec<Vec<Piece<'t>>> {
    let mut lines = vec![Vec::new()];
    for part in parts {
        let (tag, words) = match part {
            Part::Kept { new: span, .. } => ("", within(new, span)),
            Part::Deleted { old: span } => ("del", within(old, span)),
            Part::Inserted { new: span } => ("ins", within(new, span)),
            Part::MovedFrom { old: span, .. } => ("del moved", within(old, span)),
            Part::MovedTo { new: span, .. } => ("ins moved", within(new, span)),
        };
        for (i, line) in words.split('\n').enumerate() {
            if i > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(last)) = (line.is_empty(), lines.last_mut()) {
                last.push((tag, line));
            }
        }
    }
    lines
}

fn within<'t>(text: &'t str, span: &Span) -> &'t str {
    span.of(text).unwrap_or_default()
}
