//! The desk's file as a whole: opened, backed up, restored, checked, packed.

pub(super) mod backups;
pub(super) mod check;
pub(super) mod connections;
pub(super) mod opening;
pub(super) mod packing;
pub(super) mod restore;
pub(super) mod shared_status;
