//! The history of an article: undo, old states, comparisons, corrections, redaction.

pub(super) mod action_subjects;
pub(super) mod compare;
pub(super) mod corrections;
pub(super) mod dossier;
pub(super) mod logs;
pub(super) mod past;
pub(super) mod redact;
pub(super) mod undo;
