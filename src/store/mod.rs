//! The desk's SQLite file and nothing else: open, migrate, read rows, add rows.
//!
//! It decides nothing a fact-checker would recognise: what may be recorded, what replaces what, who may undo is the
//! desk's business. Facts and actions can only be added; the database itself refuses to change them.

mod actions;
mod backup;
mod blobs;
mod check;
mod check_order;
mod contents;
mod current;
mod delta;
mod drafts;
mod error;
mod forms;
mod heads;
mod migrate;
mod numbers;
mod open;
mod packs;
mod places;
mod repack;
mod seal;
mod settings;
mod steps;
mod tx;
mod unpacked;
#[cfg(test)]
mod watch;

pub use actions::Wanted;
pub use backup::{check_copy, copy_file, setting_of};
pub use blobs::{INSIDE, Kept, MAX_BLOB};
pub use check::Check;
pub use current::{ArticleRow, ClaimRow, EvidenceRow, Filter, Gated, Page, QueryRow, Sort, SourceRow};
pub use drafts::{Draft, ImportDraft};
pub use error::StoreError;
pub use forms::{FormDraft, FormKey};
pub use migrate::{Due, HEADER, is_desk};
pub use open::{Alone, JournalEnd, Store};
pub use repack::PackDue;
pub use steps::Step;
pub use tx::{Access, Added, Tx};
#[cfg(test)]
pub use watch::Watch;
