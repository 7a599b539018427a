//! Articles: imported, read and revised, and the status of their claims.

pub(super) mod cache;
pub(super) mod import_text;
pub(super) mod last_places;
pub(super) mod merge;
pub(super) mod read;
pub(super) mod reading;
pub(super) mod revise;
pub(super) mod standing;
pub(super) mod status;
pub(super) mod typing;
