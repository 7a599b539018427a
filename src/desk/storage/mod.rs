//! Storing files: with the desk, and where a person wants an export.

pub(super) mod backup_places;
pub(super) mod stored_files;
pub(super) mod target;
