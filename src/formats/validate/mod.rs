//! The entry point for validating any file: recognises its kind, and calls the validator of that kind.
//!
//! The kind follows from the content of the file, never from its name. Nothing is guessed: a file without a sign of any
//! kind is refused, and the error lists the expected signs.

pub mod findings;
mod wacz;

use super::{
    bundle::{archive::Archive, bag},
    interchange::{self, NotInterchange},
};
use crate::{
    messages::{Message, message, shown_in_english},
    model::{Handed, Tree},
};
use findings::Findings;
use thiserror::Error;

/// The file or folder is of no kind that can be validated, not even a broken one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotValidated {
    /// A folder without a sign of either kind.
    Folder,
    /// A zip archive without a sign of either kind.
    Archive,
    /// A file that is neither an archive nor JSON of a known kind.
    File(#[from] NotInterchange),
}

impl NotValidated {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Folder => message!("unverified_folder"),
            Self::Archive => message!("unverified_archive"),
            Self::File(inner) => inner.message(),
        }
    }
}

shown_in_english!(NotValidated);

/// Validates a file or folder. Fails only if it is of no kind that can be validated, not even a broken one.
pub fn validate(handed: Handed) -> Result<Findings, NotValidated> {
    let bytes = match handed {
        Handed::Folder(tree) => return in_tree(tree, None).ok_or(NotValidated::Folder),
        Handed::File(bytes) => bytes,
    };
    match Archive::open(bytes) {
        Ok(Some(archive)) => in_tree(&archive, Some(&archive)).ok_or(NotValidated::Archive),
        Ok(None) => Ok(interchange::validate(bytes)?),
        Err(refused) => Ok(bag::refusal(refused)),
    }
}

/// Tries a bag before a web archive, because a bag may contain web archives.
fn in_tree(tree: &dyn Tree, archive: Option<&Archive>) -> Option<Findings> {
    let bag = bag::validate(tree, archive).ok();
    bag.or_else(|| wacz::fits(tree).then(|| wacz::validate(tree, archive)))
}
