//! How much a Word file may hold besides its text. Far more than anybody writes, and few enough to list.

use super::{
    package::unreadable,
    story::{MOST_COPIED, Story},
};
use crate::{
    formats::article::ReadError,
    messages::{Message, message},
    model::FileChange,
};

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
    if story.repeats_notes {
        return Err(unreadable(message!("word_notes_repeat")));
    }
    check_copied(story.copied)?;
    few(comments, MOST_COMMENTS, |count, most| message!("word_many_comments", count = count, most = most))?;
    few(story.links.len(), MOST_LINKS, |count, most| {
        message!("word_many_links", count = count, most = most)
    })?;
    few(story.pictures.len(), MOST_PICTURES, |count, most| {
        message!("word_many_pictures", count = count, most = most)
    })?;
    few(story.left_out.len(), MOST_LEFT_OUT, |count, most| {
        message!("word_many_left_out", count = count, most = most)
    })
}

/// Fails if so many bytes are too many to copy from the file.
pub fn check_copied(bytes: usize) -> Result<(), ReadError> {
    if bytes > MOST_COPIED { Err(unreadable(message!("word_copied"))) } else { Ok(()) }
}

/// Fails if there are too many changes.
pub fn check_changes(changes: &[FileChange]) -> Result<(), ReadError> {
    few(changes.len(), MOST_CHANGES, |count, most| message!("word_many_changes", count = count, most = most))
}

fn few(count: usize, most: usize, why: fn(usize, usize) -> Message) -> Result<(), ReadError> {
    if count > most { Err(unreadable(why(count, most))) } else { Ok(()) }
}
