//! Why a bundle was not written.

use crate::model::{Digest, SourceId};
use std::io;
use thiserror::Error;

/// Why a bundle was not written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The article has no revision.
    #[error("the article cannot be exported: it has no revision; redo its import first")]
    NoText,
    /// A revision's text is not in the dossier.
    #[error("the article cannot be exported: the text of its revision {0} is missing; run `tickmark check`")]
    LostText(usize),
    /// A stored file is missing.
    #[error(
        "the article cannot be exported: the file '{name}' is no longer kept ({digest}); run `tickmark check`"
    )]
    LostFile {
        /// Its name.
        name: String,
        /// Its SHA-256.
        digest: Digest,
    },
    /// A stored file does not match its digest.
    #[error("the article cannot be exported: the file '{0}' is damaged; run `tickmark check`")]
    Damaged(String),
    /// The history is inconsistent, or a fact does not match its digest.
    #[error("the article cannot be exported: the desk is damaged, {0}; run `tickmark check`")]
    History(String),
    /// The bundle would have contained a withheld source.
    #[error(
        "the article was not exported: it would have let out the withheld source {0}; please report this"
    )]
    Withheld(SourceId),
    /// It is larger than a bundle may be.
    #[error("the article cannot be exported: {0}; take out attached files")]
    TooLarge(String),
    /// The person stopped the export.
    #[error("the export was stopped; nothing was written")]
    Cancelled,
    /// The JSON could not be written.
    #[error("the article cannot be exported: {0}")]
    Json(#[from] serde_json::Error),
    /// Reading or writing failed.
    #[error("the bundle could not be written: {0}")]
    Io(#[from] io::Error),
}
