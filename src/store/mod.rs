//! The desk's SQLite file: open, migrate, read rows, add rows.
//!
//! It knows no rules of fact-checking. The desk decides what may be recorded, what replaces what and who may undo. Facts and
//! actions can only be added; the database itself refuses to change them.

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
mod share;
mod tx;
#[cfg(test)]
mod watch;

pub use backup::{check_copy, copy_file, setting_of};
pub use content::files::{FilePlace, INSIDE, MAX_BLOB};
pub use content::remote::{RemoteFile, RemoteFiles};
pub use content::repack::NextPack;
pub use current::steps::Step;
pub use current::{ArticleRow, ClaimRow, EvidenceRow, Filter, GateResult, Page, QueryRow, Sort, SourceRow};
pub use drafts::{Draft, ImportDraft};
pub use error::StoreError;
pub use forms::{FormDraft, FormKey};
pub use journal::actions::Wanted;
pub use journal::check::Check;
pub use migrate::{HEADER, OlderForm, is_desk};
pub use open::{ExclusiveLock, JournalEnd, Store};
pub use share::{HUB_FORM, LAST_SYNC, Membership, PassedOn, Pinned, RefusedAction, Skipped, Unsent};
pub use tx::{Access, Added, Tx};
#[cfg(test)]
pub use watch::Watch;
