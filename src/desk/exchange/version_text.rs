//! The text of a file that is the next revision of an article.

use super::input::{read_article, text_of};
use crate::desk::{Desk, DeskError};
use crate::{
    formats::article,
    model::{ArticleId, Encoding, FileKind, Proposal, ReadOptions},
    text::{Change, Step},
};

impl Desk {
    /// The text of a file as the next revision of an article: as it is written, or as an import reads it.
    ///
    /// The writer's own file still has the byline, the date, the tags and the line ends that the import left out, and no mark before
    /// its headline. Such a file is read as an import reads it, if that is nearer to the newest revision.
    pub fn version_text(
        &self,
        article: ArticleId,
        file: &str,
        bytes: &[u8],
        encoding: Option<Encoding>,
    ) -> Result<Proposal, DeskError> {
        let whole = text_of(file, bytes, encoding)?;
        let newest = self.read(article, None)?.text;
        let is_marked = |text: &str| text.trim_start().starts_with('#');
        let options =
            ReadOptions { encoding, markdown: article::is_markdown(file), ..ReadOptions::default() };
        let is_text = matches!(article::kind(bytes, &options), FileKind::Text | FileKind::Markdown);
        if !is_text || !is_marked(&newest) || is_marked(&whole.text) {
            return Ok(whole);
        }
        let imported = read_article(bytes, &options, &*self.progress())?;
        let is_nearer = distance(&newest, &imported.text) < distance(&newest, &whole.text);
        Ok(if is_nearer { imported } else { whole })
    }
}

/// How many bytes are removed and added from one text to the other.
fn distance(from: &str, to: &str) -> usize {
    let bytes = |step: &Step| match step {
        Step::Keep(_) => 0,
        Step::Replace { len, with } => len + with.len(),
    };
    Change::between(from, to).steps().iter().map(bytes).sum()
}
