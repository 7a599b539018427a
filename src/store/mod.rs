//! The desk's SQLite file and nothing else: open, migrate, read rows, add rows.
//!
//! It decides nothing a fact-checker would recognise: what may be recorded, what replaces what, who may undo is the
//! desk's business. Facts and actions can only be added; the database itself refuses to change them.

mod backup;
mod content;
mod copy;
mod current;
mod drafts;
mod error;
mod forms;
mod journal;
mod migrate;
mod open;
mod seal;
mod settings;
mod tx;
#[cfg(test)]
mod watch;

pub use backup::{check_copy, copy_file, setting_of};
pub use content::files::{FilePlace, INSIDE, MAX_BLOB};
pub use content::repack::PackDue;
pub use current::steps::Step;
pub use current::{ArticleRow, ClaimRow, EvidenceRow, Filter, Gated, Page, QueryRow, Sort, SourceRow};
pub use drafts::{Draft, ImportDraft};
pub use error::StoreError;
pub use forms::{FormDraft, FormKey};
pub use journal::actions::Wanted;
pub use journal::check::Check;
pub use migrate::{Due, HEADER, is_desk};
pub use open::{Alone, JournalEnd, Store};
pub use tx::{Access, Added, Tx};
#[cfg(test)]
pub use watch::Watch;
