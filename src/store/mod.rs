//! The desk's SQLite file and nothing else: open, migrate, read rows, add rows.
//!
//! It decides nothing a fact-checker would recognise: what may be recorded, what replaces what, who may undo is the
//! desk's business. Facts and actions can only be added; the database itself refuses to change them.

mod actions;
mod backup;
mod blobs;
mod check;
mod contents;
mod drafts;
mod error;
mod heads;
mod migrate;
mod numbers;
mod open;
mod settings;
mod unpacked;

pub use actions::{Step, Wanted};
pub use backup::verify_copy;
pub use blobs::MAX_BLOB;
pub use check::Check;
pub use drafts::{Draft, ImportDraft};
pub use error::StoreError;
pub use numbers::NumberKind;
pub use open::Store;
