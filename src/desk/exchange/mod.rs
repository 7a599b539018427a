//! Export and import: bundles, other formats, and joining the work of two desks.

pub(super) mod bundle_history;
pub(super) mod disclose;
mod entries;
pub(super) mod export;
pub(super) mod export_as;
pub(super) mod import_bundle;
pub(super) mod import_references;
pub(super) mod import_sources;
pub(super) mod input;
pub(super) mod join;
mod last_sync;
pub(super) mod leak_warnings;
mod locate;
pub(super) mod membership;
pub(super) mod news;
pub(super) mod prepare;
pub(super) mod reading_process;
mod reading_thread;
mod receive;
mod same_source;
mod set_aside;
mod settle;
pub(super) mod sync;
pub(super) mod trial_import;
pub(super) mod unknown;
pub(super) mod verify;
