//! What a text becomes with changes applied.

use crate::model::{Edit, FileChange};

/// The text with all changes applied, with those within others first; `None` if the edits overlap or are not in the text. Of edits at
/// one place, those of a change earlier in the list come first.
pub fn applied(changes: &[FileChange], text: &str) -> Option<String> {
    let mut added: Vec<Vec<String>> =
        changes.iter().map(|c| c.edits.iter().map(|e| e.with.clone()).collect()).collect();
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); changes.len()];
    for (at, change) in changes.iter().enumerate() {
        if let Some(list) = change.within.and_then(|w| inner.get_mut(w)) {
            list.push(at);
        }
    }
    for (at, inner) in inner.iter().enumerate().rev().filter(|(_, inner)| !inner.is_empty()) {
        let edits = edits(changes, &added, inner.iter().copied());
        let changed = parts(added.get(at)?, &edits)?;
        *added.get_mut(at)? = changed;
    }
    let outer = changes.iter().enumerate().filter(|(_, c)| c.within.is_none()).map(|(at, _)| at);
    parts(&[text.to_owned()], &edits(changes, &added, outer))?.pop()
}

/// An edit with the words that it adds after what is within it.
type Ready<'e> = (&'e Edit, &'e str);

fn edits<'e>(
    changes: &'e [FileChange],
    added: &'e [Vec<String>],
    of: impl Iterator<Item = usize>,
) -> Vec<Ready<'e>> {
    let ready =
        |at: usize| Some(changes.get(at)?.edits.iter().zip(added.get(at)?.iter().map(String::as_str)));
    let mut all = of.filter_map(ready).flatten().collect::<Vec<_>>();
    all.sort_by_key(|(e, _)| (e.span.start, e.span.end));
    all
}

/// Texts that follow each other, with edits that count through all of them. An edit at the border of two adds its words to the first
/// if it takes nothing away.
fn parts(texts: &[String], edits: &[Ready<'_>]) -> Option<Vec<String>> {
    let mut edits = edits.iter().peekable();
    let (mut from, mut changed) = (0, Vec::new());
    for (nth, text) in texts.iter().enumerate() {
        let (mut out, mut at) = (String::new(), 0);
        let is_last = nth + 1 == texts.len();
        while let Some((edit, with)) = edits.peek() {
            let (start, end) = (edit.span.start.0.checked_sub(from)?, edit.span.end.0.checked_sub(from)?);
            let is_here = start < text.len() || (start == text.len() && (end == start || is_last));
            if !is_here {
                break;
            }
            out.push_str(text.get(at..start)?);
            out.push_str(with);
            at = end;
            edits.next();
        }
        out.push_str(text.get(at..)?);
        changed.push(out);
        from += text.len();
    }
    edits.next().is_none().then_some(changed)
}
