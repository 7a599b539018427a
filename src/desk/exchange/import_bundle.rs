//! Importing bundles: on an empty desk, on the desk that exported them, or on a desk with other work on the same article.
//! Everything in a bundle was verified when it was read. An import is one action, and one undo removes all of it.
//!
//! All slow work is done before the write lock is taken: the files are stored, the texts are merged, and a trial checks
//! whether the article can be exported afterwards. If somebody writes to the same article in the meantime, this work is
//! repeated.

use super::{
    join::{Join, Sides},
    trial_import::{AfterImport, outline},
    unknown::Unknown,
};
use crate::desk::{
    Clock, Desk, DeskError, Done, KnownSigner, Me, Proposed, Revised,
    articles::cache::named_chains,
    history::{
        dossier::{Terms, build_dossier, gather_log},
        logs::Logs,
    },
    storage::stored_files::StoredFile,
};
use crate::{
    formats::bundle,
    messages::{Language, message},
    model::{
        ActionId, ActionKind, ArticleId, Blobs, Chain, Doing, Fact, Import, NoBlobs, PersonId, RevisionId,
        Rules,
    },
    store::Tx,
    text::Decision,
};
use std::{cell::RefCell, collections::HashSet};

/// An article that was imported with a bundle.
#[derive(Clone, Debug)]
pub struct ImportedBundle {
    /// The article.
    pub article: ArticleId,
    /// How many actions were new to this desk.
    pub actions: usize,
    /// Who signed the bundle, as far as this desk knows. The name in the bundle itself proves nothing.
    pub signer: KnownSigner,
    /// The article's newest revision and the places of its claims, if the import changed the newest revision.
    pub joined: Option<Revised>,
}

/// The result of importing a bundle.
#[derive(Clone, Debug)]
pub enum ImportOutcome {
    /// It was imported.
    Done(Box<Done<ImportedBundle>>),
    /// Both this desk and the bundle changed the same sentences, each differently. Nothing was recorded.
    Open(Box<Proposed>),
}

/// The result of preparing a bundle.
enum Prepared<'i> {
    /// It can be recorded.
    Ready(Box<Ready<'i>>),
    /// A person decides first.
    Open(Box<Proposed>),
}

/// A bundle that is ready to be recorded.
struct Ready<'i> {
    /// The chains it depends on.
    chains: HashSet<Chain>,
    unknown: Unknown<'i>,
    signer: KnownSigner,
    /// If the signer is known: the article's last action at each verified export that the bundle names.
    verified: Vec<ActionId>,
    /// What joins its text with the text here, if both changed.
    join: Option<Join>,
    /// What an export should contain afterwards. Debug builds compare it with the actual export.
    expected: Vec<String>,
}

/// A bundle that was recorded.
struct RecordedBundle {
    import: Done<()>,
    actions: usize,
    signer: KnownSigner,
    /// The newest revision before the import, and after it.
    joined: Option<(RevisionId, RevisionId)>,
}

impl Desk {
    /// Imports a bundle. If both this desk and the bundle changed the article, both histories stay and the texts are
    /// merged. `decide` decides each conflict by its position; if one is undecided, nothing changes. Fails if the bundle
    /// has actions of somebody who works at this desk but is not signed with their key, unless `trust` is set. Also fails
    /// if `seen`, the newest revision when a person decided, is no longer the newest one.
    pub(in crate::desk) fn import_bundle(
        &mut self,
        incoming: bundle::Incoming,
        (trust, seen): (bool, Option<RevisionId>),
        decide: impl Fn(usize) -> Option<Decision>,
    ) -> Result<ImportOutcome, DeskError> {
        let stored = RefCell::new(Vec::new());
        let done = self.prepare_and_record(
            |desk| {
                let prepared = desk.prepare_import(&incoming, (trust, seen), &decide)?;
                if let Prepared::Ready(ready) = &prepared {
                    desk.store_files(&incoming, &ready.unknown, &mut stored.borrow_mut())?;
                }
                Ok(prepared)
            },
            |prepared, chain| match prepared {
                Prepared::Ready(ready) => ready.chains.contains(chain),
                Prepared::Open(_) => false,
            },
            |desk, prepared| match prepared {
                Prepared::Ready(ready) => desk.record_prepared(&incoming, *ready, &stored.borrow()).map(Ok),
                Prepared::Open(proposed) => Ok(Err(proposed)),
            },
        );
        if !matches!(done, Ok(Ok(_))) {
            self.remove_stored(&stored.borrow());
        }
        Ok(match done? {
            Ok(recorded) => ImportOutcome::Done(Box::new(self.import_result(incoming.article, recorded))),
            Err(proposed) => ImportOutcome::Open(proposed),
        })
    }

    /// Computes everything that can be computed before the bundle is recorded.
    fn prepare_import<'i>(
        &self,
        incoming: &'i bundle::Incoming,
        (trust, seen): (bool, Option<RevisionId>),
        decide: impl Fn(usize) -> Option<Decision>,
    ) -> Result<Prepared<'i>, DeskError> {
        let step = |n| self.progress.at(Doing::Comparing, n, 3);
        step(0)?;
        let (article, unknown) = (incoming.article, self.unknown(incoming)?);
        seen.map_or(Ok(()), |seen| self.expect_newest(article, seen))?;
        if unknown.is_empty() {
            return Err(DeskError::NoChange(message!("unchanged_bundle")));
        }
        if !trust {
            self.refuse_borrowed_names(incoming, &unknown)?;
        }
        let signer = self.signer(&incoming.signed)?;
        let verified = if signer.name.is_some() { Self::verified_exports_in(incoming)? } else { Vec::new() };
        let after_import = AfterImport::of(self, incoming, &unknown)?;
        step(1)?;
        let sides = match self.read(article, None) {
            Ok(here) => Sides::of(&after_import, incoming, &here.state.revisions)?,
            Err(DeskError::NotFound { .. }) => None,
            Err(other) => return Err(other),
        };
        let join = match sides.map(|j| j.decide(decide)).transpose() {
            Err(proposed) => return Ok(Prepared::Open(proposed)),
            Ok(join) => join,
        };
        step(2)?;
        self.refuse_unexportable(&after_import, article)?;
        let mut chains: HashSet<Chain> = incoming.log.iter().map(|l| l.action.chain).collect();
        chains.extend(named_chains(&after_import.log(Chain::Article(article))?));
        let expected = if cfg!(debug_assertions) { outline(&after_import, article) } else { Vec::new() };
        Ok(Prepared::Ready(Box::new(Ready { chains, unknown, signer, verified, join, expected })))
    }

    /// Whatever came in, the article has to go out again: a history that would not hold together on this desk does not come in.
    fn refuse_unexportable(&self, logs: &dyn Logs, article: ArticleId) -> Result<(), DeskError> {
        let out = gather_log(logs, article).and_then(|log| {
            let terms = Terms {
                policy: self.policy()?,
                since: None,
                rules: Rules::default(),
                language: Language::default(),
            };
            let dossier = build_dossier(article, log, terms, |digest| logs.text(digest), &NoBlobs)?;
            Ok(bundle::check_history(&dossier.log)?)
        });
        match out {
            Ok(()) | Err(DeskError::NotFound { .. }) => Ok(()),
            Err(e) => Err(DeskError::refused(message!("refused_trial_export", why = e.to_string()))),
        }
    }

    /// Records a prepared bundle, in the transaction of a command.
    fn record_prepared(
        &mut self,
        incoming: &bundle::Incoming,
        ready: Ready,
        stored: &[StoredFile],
    ) -> Result<RecordedBundle, DeskError> {
        let (article, signer, actions) =
            (incoming.article, ready.signer.clone(), ready.unknown.actions.len());
        let (ours, expected) = (ready.join.as_ref().map(|j| j.ours), ready.expected.clone());
        let (person, import, newest) = self.write(|tx| self.record_in(tx, incoming, ready, stored))?;
        self.me = Me::Known(person);
        debug_assert!(
            contains_in_order(&expected, &outline(self, article)),
            "what goes out is what was foreseen, and what joins it"
        );
        Ok(RecordedBundle { import, actions, signer, joined: ours.zip(newest) })
    }

    fn record_in(
        &self,
        tx: &Tx,
        incoming: &bundle::Incoming,
        ready: Ready,
        stored: &[StoredFile],
    ) -> Result<(PersonId, Done<()>, Option<RevisionId>), DeskError> {
        let (person, article) = (self.who(tx)?, incoming.article);
        let fact = Fact::Import(Import { article, bundle: incoming.digest });
        let import = self.record(tx, ActionKind::ImportBundle, Chain::Desk, person, |act| {
            act.record(fact);
            Ok(())
        })?;
        self.record_bundle(tx, (incoming, stored), &ready.unknown, &import)?;
        let join = ready.join.map(|join| self.join(tx, article, join, person, &import));
        ready.verified.iter().try_for_each(|last| self.remember_verified(article, *last))?;
        if ready.signer.name.is_some() {
            self.remember_bundle(article, incoming.newest().min(self.clock.now()))?;
        }
        Ok((person, import, join.transpose()?))
    }

    /// The result of an import. If the article was changed again at the same moment, the import still counts as done.
    fn import_result(&self, article: ArticleId, recorded: RecordedBundle) -> Done<ImportedBundle> {
        let RecordedBundle { import, actions, signer, joined } = recorded;
        let joined_result = |(ours, newest)| {
            let revised = self.snapshot(|| self.joined_revision(article, ours, newest));
            revised.unwrap_or(Some(Revised { revision: newest, placements: Vec::new() }))
        };
        let value = ImportedBundle { article, actions, signer, joined: joined.and_then(joined_result) };
        Done { value, action: import.action, seq: import.seq }
    }

    fn record_bundle<T>(
        &self,
        tx: &Tx,
        (incoming, stored): (&bundle::Incoming, &[StoredFile]),
        unknown: &Unknown,
        import: &Done<T>,
    ) -> Result<(), DeskError> {
        let (texts, files) = (unknown.texts(), unknown.files());
        let mut base = None;
        for (_, text) in incoming.texts.iter().filter(|(digest, _)| texts.contains(digest)) {
            base = Some(tx.put_text(text, base)?);
        }
        for file in stored.iter().filter(|f| files.contains(&f.digest)) {
            self.keep_stored(tx, file)?;
        }
        for logged in &unknown.actions {
            if tx.counts(logged.action.id)?.is_none() {
                tx.add(logged.action.clone(), logged.facts.clone())?;
            }
            tx.mark_part_of(logged.action.id, import.action)?;
        }
        for opened in &unknown.opened {
            tx.fill_closed(opened)?;
        }
        for (kind, entity) in unknown.facts().filter_map(Fact::numbered) {
            tx.give_number(kind, entity)?;
        }
        Ok(tx.recompute_heads(import.action)?)
    }

    /// Stores the files that new facts name. Other files of the bundle are left out, because somebody may have erased
    /// them here.
    fn store_files(
        &self,
        incoming: &bundle::Incoming,
        unknown: &Unknown,
        stored: &mut Vec<StoredFile>,
    ) -> Result<(), DeskError> {
        let failed =
            |e: std::io::Error| DeskError::refused(message!("refused_bundle_file", why = e.to_string()));
        let named = unknown.files();
        let wanted = incoming.files.iter().filter(|(digest, _)| named.contains(digest));
        let (mut done, of) = (0, wanted.clone().map(|(_, bytes)| bytes).sum());
        for (digest, bytes) in wanted {
            self.progress.at(Doing::Recording, done, of)?;
            done += bytes;
            if stored.iter().any(|s| s.digest == *digest) {
                continue;
            }
            if let Some(mut file) = Blobs::open(incoming, digest).map_err(failed)? {
                stored.push(self.store_stream("", (*digest, *bytes), &mut file)?);
            }
        }
        self.progress.at(Doing::Recording, of, of)?;
        Ok(())
    }
}

/// Whether all expected lines occur in `actual`, in the same order.
fn contains_in_order(expected: &[String], actual: &[String]) -> bool {
    let mut actual = actual.iter();
    expected.iter().all(|line| actual.any(|other| other == line))
}
