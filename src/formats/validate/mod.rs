//! The door for a file of anybody's: tells what kind it is and lets the room of that kind judge it.
//!
//! The kind follows from what is in the file, never from its name. Nothing is guessed: what shows no sign of a kind is
//! refused, and the refusal says what was looked for.

pub mod findings;
mod wacz;

use super::{
    bundle::{archive::Archive, bag},
    interchange::{self, NotInterchange},
};
use crate::model::{Handed, Tree};
use findings::Findings;
use thiserror::Error;

/// What was handed over is of no kind that is judged, not even a broken one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotValidated {
    /// A folder without a sign of either kind.
    #[error(
        "this folder cannot be verified: it is neither a BagIt bag ('bagit.txt' at its top) nor an unpacked WACZ \
         (a 'datapackage.json' that tells its 'wacz_version', or WARC files in 'archive/')"
    )]
    Folder,
    /// A zip archive without a sign of either kind.
    #[error(
        "this zip archive cannot be verified: it is neither a BagIt bag or a Tickmark bundle ('bagit.txt' at its top \
         or in its one top folder) nor a WACZ (a 'datapackage.json' that tells its 'wacz_version', or WARC files in \
         'archive/')"
    )]
    Archive,
    /// A file that is no archive, and no JSON that is judged.
    #[error(transparent)]
    File(#[from] NotInterchange),
}

/// Judges what was handed over. Fails only where it is of no kind that is judged, not even a broken one.
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

/// A bag before a web archive: a bag may hold web archives, and then the bag is what was handed over.
fn in_tree(tree: &dyn Tree, archive: Option<&Archive>) -> Option<Findings> {
    let bag = bag::validate(tree, archive).ok();
    bag.or_else(|| wacz::fits(tree).then(|| wacz::validate(tree, archive)))
}
