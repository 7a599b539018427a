//! Why no bundle was written.

use crate::model::{Digest, SourceId};
use std::io;
use thiserror::Error;

/// Why no bundle was written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// There is no text.
    #[error("the article cannot be exported: it has no revision; redo its import first")]
    NoText,
    /// A revision's text is not in the dossier.
    #[error("the article cannot be exported: the text of its revision {0} is missing; run `tickmark check`")]
    LostText(usize),
    /// A kept file is not there.
    #[error(
        "the article cannot be exported: the file '{name}' is no longer kept ({digest}); run `tickmark check`"
    )]
    LostFile {
        /// Its name.
        name: String,
        /// The hash it was kept by.
        digest: Digest,
    },
    /// A kept file is not what it was.
    #[error("the article cannot be exported: the file '{0}' is damaged; run `tickmark check`")]
    Damaged(String),
    /// The history is not what was recorded.
    #[error("the article cannot be exported: the desk is damaged, {0}; run `tickmark check`")]
    History(String),
    /// What is withheld would have gone out.
    #[error(
        "the article was not exported: it would have let out the withheld source {0}; please report this"
    )]
    Withheld(SourceId),
    /// It is longer than a bundle may be.
    #[error("the article cannot be exported: {0}; take out attached files")]
    TooLarge(String),
    /// The person stopped it.
    #[error("the export was stopped; nothing was written")]
    Cancelled,
    /// JSON could not be made.
    #[error("the article cannot be exported: {0}")]
    Json(#[from] serde_json::Error),
    /// The disk.
    #[error("the bundle could not be written: {0}")]
    Io(#[from] io::Error),
}
