//! How much a Word file may hold besides its text. Far more than anybody writes, and few enough to list.

use super::{
    package::unreadable,
    story::{MOST_COPIED, Story},
};
use crate::{formats::article::ReadError, model::FileChange};

/// The most tracked changes.
const MOST_CHANGES: usize = 100_000;
/// The most comments.
const MOST_COMMENTS: usize = 200_000;
/// The most links.
const MOST_LINKS: usize = 100_000;
/// The most pictures.
const MOST_PICTURES: usize = 20_000;
/// The most paragraphs and objects that are left out.
const MOST_LEFT_OUT: usize = 200_000;

/// Fails if there is too much of anything but changes.
pub fn check(story: &Story<'_>, comments: usize) -> Result<(), ReadError> {
    let split = "split the document";
    if story.repeats_notes {
        return Err(unreadable(format!("its notes are called too often; {split}")));
    }
    check_copied(story.copied)?;
    few(comments, MOST_COMMENTS, "comments", split)?;
    few(story.links.len(), MOST_LINKS, "links", split)?;
    few(story.pictures.len(), MOST_PICTURES, "pictures", split)?;
    few(story.left_out.len(), MOST_LEFT_OUT, "paragraphs and objects to leave out", split)
}

/// Fails if so many bytes are too many to copy from the file.
pub fn check_copied(bytes: usize) -> Result<(), ReadError> {
    let why = "its comments, links and what is left out repeat too much of its text; split the document";
    if bytes > MOST_COPIED { Err(unreadable(why.to_owned())) } else { Ok(()) }
}

/// Fails if there are too many changes.
pub fn check_changes(changes: &[FileChange]) -> Result<(), ReadError> {
    let what = "take all of them or none of them (--changes accept or --changes reject)";
    few(changes.len(), MOST_CHANGES, "tracked changes", what)
}

fn few(count: usize, most: usize, what: &str, then: &str) -> Result<(), ReadError> {
    let why = || unreadable(format!("it has {count} {what}, and at most {most} are read; {then}"));
    if count > most { Err(why()) } else { Ok(()) }
}
