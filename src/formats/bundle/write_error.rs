//! Why a bundle was not written.

use crate::{
    messages::{Message, message, shown_in_english},
    model::{Digest, SourceId},
};
use std::io;
use thiserror::Error;

/// Why a bundle was not written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The article has no revision.
    NoText,
    /// A revision's text is not in the dossier.
    LostText(usize),
    /// A stored file is missing.
    LostFile {
        /// Its name.
        name: String,
        /// Its SHA-256.
        digest: Digest,
    },
    /// A stored file does not match its digest.
    Damaged(String),
    /// The history is inconsistent, or a fact does not match its digest.
    History(Message),
    /// The bundle would have contained a withheld source.
    Withheld(SourceId),
    /// It is larger than a bundle may be.
    TooLarge(String),
    /// The person stopped the export.
    Cancelled,
    /// The JSON could not be written.
    Json(#[from] serde_json::Error),
    /// Reading or writing failed.
    Io(#[from] io::Error),
}

impl WriteError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::NoText => message!("bundle_write_no_text"),
            Self::LostText(revision) => message!("bundle_write_lost_text", revision = *revision),
            Self::LostFile { name, digest } => {
                message!("bundle_write_lost_file", name = name, digest = digest.to_string())
            }
            Self::Damaged(file) => message!("bundle_write_damaged", file = file),
            Self::History(why) => message!("bundle_write_history", why = why.clone()),
            Self::Withheld(source) => message!("bundle_write_withheld", source = source.to_string()),
            Self::TooLarge(why) => message!("bundle_write_too_large", why = why),
            Self::Cancelled => message!("bundle_write_cancelled"),
            Self::Json(why) => message!("bundle_write_json", why = why.to_string()),
            Self::Io(why) => message!("bundle_write_io", why = why.to_string()),
        }
    }
}

shown_in_english!(WriteError);
