//! Where a desk keeps files: with the desk, and where a person says.

pub(super) mod backup_places;
pub(super) mod stored_files;
pub(super) mod target;
