//! The handlers. Each takes a request, calls the desk, and converts the answer.

pub use hub::connect;

use crate::desk::Desk;
use crate::model::ArticleId;
use crate::model::RevisionId;
use crate::wire::WireError;
use crate::wire::draw::Drawing;
use crate::wire::error::unread;
use crate::wire::page::Saved;

pub mod articles;
pub mod claims;
pub mod desk;
pub mod forms;
pub mod gate;
pub mod history;
pub mod hub;
pub mod interchange;
pub mod keys;
pub mod merging;
pub mod past;
pub mod pictures;
pub mod queries;
pub mod returned;
pub mod sources;
pub mod suggestions;
pub mod typing;

pub fn id(given: &str) -> Result<ArticleId, WireError> {
    given.parse().map_err(unread)
}

pub fn revision(given: &str) -> Result<RevisionId, WireError> {
    given.parse().map_err(unread)
}

/// A revision just saved, and how each claim was placed in it.
pub fn saved(desk: &Desk, article: ArticleId, done: crate::desk::Revised) -> Result<Saved, WireError> {
    let (draw, reading) = (Drawing::new(desk), desk.read(article, Some(done.revision))?);
    Ok(Saved {
        revision: draw.revision(&reading.revision, None)?,
        placements: draw.placements(&done.placements, &reading.text)?,
    })
}
