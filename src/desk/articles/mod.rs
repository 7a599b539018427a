//! Articles: brought in, read, revised, and what their claims' verdicts are worth now.

pub(super) mod cache;
pub(super) mod import_text;
pub(super) mod merge;
pub(super) mod read;
pub(super) mod reading;
pub(super) mod revise;
pub(super) mod standing;
pub(super) mod status;
pub(super) mod typing;
