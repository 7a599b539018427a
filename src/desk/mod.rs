//! What a person can do at a desk: bring an article in, mark claims, give verdicts, revise, compare, undo, export.
//!
//! The rules of the work live here and nowhere else. Every write goes through [`Desk::act`]. Nothing here draws,
//! prints, or knows how a request came in; clock and randomness are handed in.

mod act;
mod backups;
mod bring_in;
mod cache;
mod careful;
mod claims;
mod compare;
mod contacts;
mod corrections;
mod coverage;
mod current;
mod disclose;
mod error;
mod evidence;
mod export;
mod gate;
mod import;
mod input;
mod join;
mod judge;
mod keep;
mod keys;
mod lists;
mod merge;
mod open_items;
mod opening;
mod past;
mod people;
mod queries;
mod read;
mod redact;
mod restoring;
mod revise;
mod search;
mod seen;
mod shelf;
mod sign_offs;
mod sources;
mod spoken;
mod take_in;
mod typing;
mod undo;
mod verdicts;
mod verify;

pub use act::{Clock, Done, SystemClock};
pub use bring_in::{BringIn, Brought};
pub use claims::ClaimChange;
pub use compare::{Comparison, Placed, Statement, StatementKind, comparison_page};
pub use contacts::{Contact, KnownSigner};
pub use coverage::{Cover, Coverage, Sentence};
pub use disclose::{Disclosed, disclosed};
pub use error::DeskError;
pub use evidence::PassageText;
pub use export::ExportView;
pub use gate::Gate;
pub use import::{Imported, Preview};
pub use input::{
    is_a_bag, make_folder, read_article, read_foreign, read_input, read_small, read_text, write_text,
};
pub use judge::Judge;
pub use keep::Backup;
pub use keys::MyKey;
pub use merge::{Proposed, Returned, Taken};
pub use open_items::{Open, OpenKind};
pub use opening::{Moving, Opening, Whereabouts};
pub use past::{Authored, Point};
pub use read::{Reading, headline};
pub use restoring::{Restored, restore};
pub use revise::{Revised, Typed};
pub use search::{Found, FoundKind};
pub use shelf::{NewFile, StoredFile};
pub use sources::SourceChange;
pub use take_in::{ClaimsTaken, SourcesTaken};
pub use typing::{Effect, Effects};
pub use undo::Stepped;
pub use verify::{Fault, Findings, article_in, bring_in_from, verify};

pub use crate::store::{Access, ArticleRow, ClaimRow, Filter, Page, Sort};

use crate::{files::Shelf, model::PersonId, store::Store};
use cache::Cache;
use keys::Unlocked;
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    path::Path,
};

/// An open desk and who works at it.
pub struct Desk {
    store: Store,
    clock: Box<dyn Clock>,
    me: Me,
    shelf: Shelf,
    cache: RefCell<Cache>,
    wrote: Cell<Option<(i64, i64)>>,
    unlocked: RefCell<HashMap<PersonId, Unlocked>>,
    notices: RefCell<Vec<String>>,
}

/// Who works: somebody the desk knows, or a name to be introduced by the first action.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Me {
    Nobody,
    Named(String),
    Known(PersonId),
}

impl Desk {
    /// Counts what statements cost from now on.
    #[cfg(test)]
    pub fn watch(&mut self) -> crate::store::Watch {
        self.store.watch()
    }

    /// How the database goes about a statement, a line a step.
    #[cfg(test)]
    pub fn plan(&self, sql: &str) -> Vec<String> {
        self.store.plan(sql).expect("a statement")
    }

    /// Where the desk's file is.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Begins the transaction of a whole command: what it reads is one snapshot, and what it writes rests on what it reads.
    pub fn begin(&self, access: Access) -> Result<(), DeskError> {
        Ok(self.store.begin(access)?)
    }

    /// Keeps what the command did. Without this, all of it is given up when the desk is closed.
    pub fn commit(&self) -> Result<(), DeskError> {
        Ok(self.store.commit()?)
    }

    /// Runs a whole command in one transaction: all it did is kept, or nothing where it fails. Inside another command it is
    /// a part of that.
    pub fn transact<T, E: From<DeskError>>(
        &mut self,
        access: Access,
        command: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.store.is_in_transaction() {
            return command(self);
        }
        self.begin(access)?;
        let (me, before) = (self.me.clone(), self.seq()?);
        let done = command(self).and_then(|value| {
            let after = self.seq()?;
            self.commit()?;
            Ok((value, after))
        });
        if let Ok((_, after)) = &done {
            self.note_written(before, *after);
        } else {
            self.store.roll_back().map_err(DeskError::from)?;
            self.me = me;
            self.cache.borrow_mut().forget_after(before);
        }
        done.map(|(value, _)| value)
    }

    /// The seq before and after what this desk wrote since this was last asked.
    pub fn take_wrote(&self) -> Option<(i64, i64)> {
        self.wrote.take()
    }

    /// Remembers what was written, where nobody else wrote in between.
    fn note_written(&self, before: i64, after: i64) {
        let from = self.wrote.get().filter(|(_, last)| *last == before).map_or(before, |(first, _)| first);
        if after > before {
            self.wrote.set(Some((from, after)));
        }
    }

    /// The seq of the newest action: what came after it is told by [`Desk::changes_since`].
    pub fn seq(&self) -> Result<i64, DeskError> {
        Ok(self.store.last_seq()?)
    }

    /// A number that changes when another program wrote to the desk.
    pub fn data_version(&self) -> Result<i64, DeskError> {
        Ok(self.store.data_version()?)
    }
}
