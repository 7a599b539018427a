//! Articles: imported, read and revised, and the status of their claims.

pub(super) mod cache;
pub(super) mod from_file;
pub(super) mod import_text;
pub(super) mod last_places;
pub(super) mod marked_in_file;
pub(super) mod merge;
pub(super) mod places;
pub(super) mod published;
pub(super) mod read;
pub(super) mod reading;
pub(super) mod returned;
pub(super) mod returned_comments;
pub(super) mod returned_own;
pub(super) mod returned_record;
pub(super) mod revise;
pub(super) mod standing;
pub(super) mod status;
pub(super) mod suggest;
pub(super) mod suggestion_effects;
pub(super) mod suggestions;
pub(super) mod typing;
