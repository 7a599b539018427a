//! Reading a file that this desk wrote: with its own changes accepted, in the form of its own text.

use crate::desk::{DeskError, read_article};
use crate::{
    formats::interchange::docx,
    messages::Message,
    model::{ArticleState, FileMark, OwnFile, Progress, Proposal, ReadOptions, Unwatched},
    text::{Decision, merge},
};

/// The file, and its text with the changes of others rejected. `base` is the text of the revision it was made on.
pub fn read(
    state: &ArticleState,
    bytes: &[u8],
    mark: &FileMark,
    base: &str,
    progress: &dyn Progress,
) -> Result<(Proposal, String), DeskError> {
    let options = ReadOptions { own: Some(own_changes(state, mark)), ..ReadOptions::default() };
    let read = read_article(bytes, &options, progress)?;
    let text = in_form_of(base, &read.text)?;
    Ok((read, text))
}

/// The changes that are tracked in the file by us: those of the revisions after `since`, up to the file's.
fn own_changes(state: &ArticleState, mark: &FileMark) -> OwnFile {
    let place = |id: &str| state.revisions.iter().position(|r| r.id.to_string() == id);
    let since = mark.changes_since.as_deref().and_then(place);
    let (Some(since), Some(last)) = (since, place(&mark.revision)) else { return OwnFile::default() };
    let own = state.revisions.get(since + 1..=last).unwrap_or_default().iter();
    let accepted = own.filter_map(|r| {
        let name = state.people.get(&r.stamp.by)?.name.clone();
        Some((name, r.stamp.at.to_string().get(..16)?.to_owned()))
    });
    OwnFile { accepted: accepted.collect() }
}

/// A text as a word processor returns it, in the form that the base has: what a word processor does to the base itself is no edit.
fn in_form_of(base: &str, read: &str) -> Result<String, DeskError> {
    let options = ReadOptions { own: Some(OwnFile::default()), ..ReadOptions::default() };
    let file = docx::of_text(base).map_err(|e| DeskError::refused(Message::verbatim(e)))?;
    let returned = read_article(&file, &options, &Unwatched)?.text;
    if returned.trim() == base.trim() {
        let (start, end) = (base.len() - base.trim_start().len(), base.trim_end().len());
        let around = [base.get(..start), base.get(end..)].map(Option::unwrap_or_default);
        return Ok([around[0], read.trim(), around[1]].concat());
    }
    let merged = merge(&returned, base, read);
    let theirs: Vec<_> = merged.conflicts().map(|_| Some(Decision::Theirs)).collect();
    Ok(merged.resolve(&theirs).unwrap_or_else(|| read.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_processor_does_to_the_form_of_a_text_is_no_edit() {
        let base = "# A\n\n\n- loose\n\n- items\n\nOne\n- tight\n\n* star\n\nLast line.";
        let file = docx::of_text(base).unwrap();
        let options = ReadOptions { own: Some(OwnFile::default()), ..ReadOptions::default() };
        let read = read_article(&file, &options, &Unwatched).unwrap().text;
        assert_ne!(read, base);
        assert_eq!(in_form_of(base, &read).unwrap(), base);
        let edited = in_form_of(base, &read.replace("Last", "Very last")).unwrap();
        assert_eq!(edited, base.replace("Last", "Very last"));
    }
}
