//! The bytes that actions refer to: texts of revisions, stored as deltas, and files.

pub(super) mod delta;
pub(super) mod files;
pub(super) mod packs;
pub(super) mod remote;
pub(super) mod repack;
pub(super) mod text_places;
pub(super) mod texts;
pub(super) mod unpacked;
