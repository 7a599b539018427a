//! What a person can do at a desk: import an article, mark claims, give verdicts, revise, compare, undo, export.
//!
//! The rules of the work are here and nowhere else. Every write goes through [`Desk::act`]. Nothing here draws, prints,
//! or knows where a request comes from. Clock and randomness are handed in.

mod act;
mod articles;
mod claims;
mod courtesy;
mod error;
mod exchange;
mod history;
mod location;
mod maintenance;
mod own_actions;
mod people;
mod policy;
mod review;
mod role;
mod storage;

pub use crate::formats::bundle::title as headline;
pub use act::{Clock, Done, SystemClock};
pub use articles::import_text::{ImportContent, Imported, Preview};
pub use articles::marked_in_file::is_of_claim;
pub use articles::merge::{Merging, Proposed, Returned};
pub use articles::published::WentOut;
pub use articles::reading::Reading;
pub use articles::returned::{Brought, FileGiven, is_word};
pub use articles::returned_comments::{AnswerInFile, Ours, OursChanged, OursIs, QueryOnClaim};
pub use articles::returned_record::{TakenFile, Taking};
pub use articles::revise::{Placed, Revised, Typed};
pub use articles::standing::Standings;
pub use articles::status::StatusChange;
pub use articles::suggestion_effects::SuggestionEffect;
pub use articles::typing::{Effect, Effects};
pub use claims::evidence::PassageText;
pub use claims::interviews::{ContactChange, Conversation};
pub use claims::mark::ClaimChange;
pub use claims::offered_sources::{LinkedInFile, OfferedSource};
pub use claims::pictures::PictureView;
pub use claims::queries::{Answered, ImportedAnswers, Unmatched};
pub use claims::sources::SourceChange;
pub use claims::verdict_with_evidence::{EvidenceChoice, NewEvidence, SourceOf, WithVerdict};
pub use error::DeskError;
pub use exchange::disclose::{Disclosed, compare_disclosure};
pub use exchange::export::ExportView;
pub use exchange::export_as::ExportAs;
pub use exchange::import_bundle::{ImportOutcome, ImportedBundle};
pub use exchange::import_references::ImportedClaims;
pub use exchange::import_sources::{Apart, ImportedSource, ImportedSources};
pub use exchange::input::{
    article_bytes, file_name, is_a_bag, make_folder, read_article, read_foreign, read_input, read_sheet,
    read_small, refuse_no_article,
};
pub use exchange::membership::{
    Connect, Joined, new_password, read_certificate, read_invite, refuse_taken, write_invite,
};
pub use exchange::news::{News, NewsKind};
pub use exchange::reading_process::{READ_PDF, answer_pdf, read_pdfs_with};
pub use exchange::sync::{SyncState, Synced, why_refused};
pub use exchange::verify::{Fault, Findings, article_in, import_bundle_from, import_decided_bundle, verify};
pub use history::action_subjects::Subjects;
pub use history::compare::{Comparison, Statement, StatementKind, comparison_page};
pub use history::past::{Authored, Point};
pub use history::undo::Stepped;
pub use location::rescue_text;
pub use maintenance::backups::{KnownBackup, known_backups};
pub use maintenance::check::Backup;
pub use maintenance::connections::{Connector, Worker};
pub use maintenance::opening::{Opening, Whereabouts};
pub use maintenance::restore::{Restored, restore};
pub use maintenance::shared_status::{SharedCheck, SharedStatus};
pub use people::contacts::{Contact, KnownSigner};
pub use people::keys::MyKey;
pub use review::bulk_changes::BulkChange;
pub use review::changed_sentences::ChangedSentence;
pub use review::coverage::{Cover, Coverage, Sentence};
pub use review::gate::Gate;
pub use review::hand_over::HandedOver;
pub use review::open_items::{Open, OpenKind};
pub use review::search::{Found, FoundKind};
pub use storage::stored_files::{NewFile, StoredFile};
pub use storage::target::Target;

pub use crate::store::{
    Access, ArticleRow, ClaimRow, Filter, FormDraft, FormKey, Page, RefusedAction, RemoteFiles, Skipped, Sort,
};
pub use exchange::bring_articles::BroughtArticles;

use crate::{
    files::FileStore,
    model::{PersonId, Progress},
    store::{Store, Tx},
};
use act::SharedClock;
use articles::cache::Cache;
use maintenance::connections::Shared;
use std::{cell::RefCell, path::Path, sync::Arc};
use uuid::Uuid;

/// An open desk and the person who works at it: one connection to its file.
pub struct Desk {
    store: Store,
    clock: SharedClock,
    me: Me,
    file_store: FileStore,
    cache: RefCell<Cache>,
    shared: Shared,
    progress: Arc<dyn Progress + Send + Sync>,
    /// Updates the rows that the actions of a transaction change. It depends on the whole work with claims, so it is
    /// handed in.
    refresh_rows: fn(&Self, &Tx) -> Result<(), DeskError>,
}

/// The person who works: somebody the desk knows, or a name that the first action introduces.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Me {
    Nobody,
    Named(String),
    Known(PersonId),
}

impl Desk {
    /// Counts the cost of statements from now on.
    #[cfg(test)]
    pub fn watch(&mut self) -> crate::store::Watch {
        self.store.watch()
    }

    /// The database's plan for a statement, one line per step.
    #[cfg(test)]
    pub fn plan(&self, sql: &str) -> Vec<String> {
        self.store.plan(sql).expect("a statement")
    }

    /// The path of the desk's file.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// Begins the transaction of a whole command: all its reads see one snapshot, and its writes depend on that snapshot.
    pub fn begin(&self, access: Access) -> Result<(), DeskError> {
        if let (Access::Write, Some(why)) = (access, self.shared.unwritable) {
            return Err(why.refusal().into());
        }
        match access {
            Access::Read => self.store.begin(access)?,
            Access::Write => self.wait_to_write()?,
        }
        if access == Access::Write
            && let Err(why) = self.refuse_if_replaced()
        {
            self.store.roll_back()?;
            return Err(why);
        }
        Ok(())
    }

    /// Commits the command. Without this, closing the desk rolls it back.
    pub fn commit(&self) -> Result<(), DeskError> {
        Ok(self.store.commit()?)
    }

    /// Runs a whole command in one transaction: all of it is stored, or nothing if it fails. Inside another command it is
    /// a part of that one.
    pub fn transact<T, E: From<DeskError>>(
        &mut self,
        access: Access,
        command: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.store.is_in_transaction() {
            return command(self);
        }
        let (me, before) = (self.me.clone(), self.start(access)?);
        let done = command(self).and_then(|value| self.finish(before).map(|()| value).map_err(E::from));
        if done.is_err() {
            self.roll_back_to(before)?;
            self.me = me;
        }
        done
    }

    /// Runs `read` on one snapshot. Inside a command it is a part of that.
    fn snapshot<T>(&self, read: impl FnOnce() -> Result<T, DeskError>) -> Result<T, DeskError> {
        if self.store.is_in_transaction() {
            return read();
        }
        let before = self.start(Access::Read)?;
        let done = read();
        self.roll_back_to(before)?;
        done
    }

    /// Runs `read` on one snapshot, and again if it failed while somebody wrote: the files next to the desk are not part
    /// of the snapshot, and somebody may have erased one that it names.
    fn snapshot_with_retry<T>(&self, read: impl Fn() -> Result<T, DeskError>) -> Result<T, DeskError> {
        let before = self.seq()?;
        match self.snapshot(&read) {
            Err(e) if !e.is_cancelled() && self.seq()? != before => self.snapshot(read),
            done => done,
        }
    }

    /// Begins a transaction and returns the seq of the newest action in it.
    fn start(&self, access: Access) -> Result<i64, DeskError> {
        self.begin(access)?;
        self.seq().or_else(|e| self.store.roll_back().map_err(DeskError::from).and(Err(e)))
    }

    /// Commits what was done since `before`, and stores that this program did it.
    fn finish(&self, before: i64) -> Result<(), DeskError> {
        let seq = self.seq()?;
        let end = if seq > before { self.store.journal_end()? } else { None };
        self.shared.own_actions.commit_own(before, seq, || self.commit())?;
        if end.is_some() {
            self.shared.location.set_journal_end(end);
        }
        Ok(())
    }

    /// Commits what other devices recorded.
    fn finish_received(&self, _before: i64) -> Result<(), DeskError> {
        let end = self.store.journal_end()?;
        self.commit()?;
        self.shared.location.set_journal_end(end);
        Ok(())
    }

    /// Rolls back what was done since `before`.
    fn roll_back_to(&self, before: i64) -> Result<(), DeskError> {
        self.cache.borrow_mut().forget_after(before);
        Ok(self.store.roll_back()?)
    }

    /// Rolls back a command that was left unfinished because the program failed in it.
    pub fn roll_back_unfinished(&mut self) -> Result<(), DeskError> {
        self.cache.borrow_mut().clear();
        Ok(self.store.roll_back()?)
    }

    /// The seq of the newest action. [`Desk::changes_since`] returns what changed after it.
    pub fn seq(&self) -> Result<i64, DeskError> {
        Ok(self.store.last_seq()?)
    }
}

impl Desk {
    /// Sets who receives the progress of long work and may stop it.
    pub fn set_progress(&mut self, progress: Arc<dyn Progress + Send + Sync>) {
        self.progress = progress;
    }

    /// The receiver of the progress of long work.
    pub fn progress(&self) -> Arc<dyn Progress + Send + Sync> {
        Arc::clone(&self.progress)
    }

    /// The short number of a thing.
    pub fn number_of(&self, entity: Uuid) -> Result<i64, DeskError> {
        Ok(self.store.number(entity)?.unwrap_or_default())
    }
}
