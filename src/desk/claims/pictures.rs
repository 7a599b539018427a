//! The pictures of an article: where each stood in the text it came with, and its bytes if the desk has them.

use crate::desk::{Desk, DeskError, Reading};
use crate::{
    formats::article,
    messages::message,
    model::{Digest, Picture},
    text::Span,
};

/// The most bytes of a picture that is shown: 16 MiB.
const MAX_SHOWN: u64 = 16 << 20;

/// How much of a paragraph names the place of a picture, in bytes.
const MOST_WORDS: usize = 120;

/// A picture with the words before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureView {
    /// The picture.
    pub picture: Picture,
    /// The first words of the paragraph that it stood in or after, in the revision that it came with, without the marks of
    /// a heading or list. Empty if its place is not known.
    pub near: String,
}

impl Desk {
    /// The pictures of an article, in the order in which they came.
    pub fn pictures(&self, reading: &Reading) -> Result<Vec<PictureView>, DeskError> {
        let mut all: Vec<PictureView> = Vec::new();
        let mut text = None;
        for picture in reading.state.pictures.iter().map(|p| p.value.clone()) {
            if text.as_ref().is_none_or(|(of, _)| *of != picture.revision) {
                let came = self.read(reading.article, Some(picture.revision))?;
                text = Some((picture.revision, came.text));
            }
            let words = text.as_ref().map_or("", |(_, words)| words);
            let near = picture.at.map(|at| paragraph_before(words, at).to_owned()).unwrap_or_default();
            all.push(PictureView { picture, near });
        }
        Ok(all)
    }

    /// A stored picture as a `data:` address that a page shows. Fails if the file is longer than 16 MiB, is no picture of a kind
    /// that every browser shows, is missing, or its bytes changed.
    pub fn picture_address(&self, file: &Digest) -> Result<String, DeskError> {
        let bytes = self.attachment_bytes(file, MAX_SHOWN)?;
        let shown = bytes.as_deref().and_then(article::picture_address);
        shown.ok_or_else(|| DeskError::refused(message!("refused_picture", megabytes = MAX_SHOWN >> 20)))
    }
}

/// The first words of the last line with words that begins before `at`, which counts bytes.
fn paragraph_before(text: &str, at: usize) -> &str {
    let before = Span::at(0, text.len().min(at)).of(text).unwrap_or(text);
    let from = before.trim_end().rfind('\n').map_or(0, |n| n + 1);
    let line = text.get(from..).unwrap_or_default().lines().next().unwrap_or_default();
    let words = line.trim_start_matches(|c: char| "#>-*+|".contains(c) || c.is_whitespace());
    &words[..words.floor_char_boundary(MOST_WORDS)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_near_the_paragraph_that_it_is_in_or_after() {
        let text = "# Ferry\n\nIt left at ten.\n\nAnd came back.\n";
        for (at, near) in [
            (0, "Ferry"),
            (9, "Ferry"),
            (12, "It left at ten."),
            (24, "It left at ten."),
            (99, "And came back."),
        ] {
            assert_eq!(paragraph_before(text, at), near, "{at}");
        }
        assert_eq!(paragraph_before("", 3), "");
    }
}
