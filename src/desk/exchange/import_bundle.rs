//! What comes back: bundles brought in, on an empty desk, on the desk they came from, and beside other work on the same
//! article. Everything in them was verified when they were read. An import is one action and is undone whole.
//!
//! All that takes long is done before the desk is kept from writing anything else: the files are put where they are kept, the
//! texts are merged, and it is tried whether the article can go out afterwards. Where somebody wrote to the same article
//! meanwhile, that is done anew.

use super::{
    join::{Join, Joint},
    trial_import::{AfterImport, outline},
    unknown::Unknown,
};
use crate::desk::{
    Clock, Desk, DeskError, Done, KnownSigner, Me, Proposed, Revised,
    articles::cache::named,
    history::{
        dossier::{Terms, fold, gathered},
        logs::Logs,
    },
    storage::stored_files::StoredFile,
};
use crate::{
    formats::bundle,
    model::{
        ActionId, ActionKind, ArticleId, Blobs, Chain, Doing, Fact, Import, NoBlobs, PersonId, RevisionId,
        Rules,
    },
    store::Tx,
    text::Decision,
};
use std::{cell::RefCell, collections::HashSet};

/// An article that came in with a bundle.
#[derive(Clone, Debug)]
pub struct ImportedBundle {
    /// Which.
    pub article: ArticleId,
    /// How many actions were new to this desk.
    pub actions: usize,
    /// Who signed the bundle, by what this desk knows: whoever made it could write any name below what is in it.
    pub signer: KnownSigner,
    /// The article's newest revision where it is another than this desk had, and what became of the claims.
    pub joined: Option<Revised>,
}

/// What came of bringing a bundle in.
#[derive(Clone, Debug)]
pub enum ImportOutcome {
    /// It is here.
    Done(Box<Done<ImportedBundle>>),
    /// Both this desk and the bundle changed the same sentences, each differently. Nothing was recorded.
    Open(Box<Proposed>),
}

/// What came of making a bundle ready.
enum Prepared<'i> {
    /// It can be recorded.
    Ready(Box<Ready<'i>>),
    /// A person decides first.
    Open(Box<Proposed>),
}

/// A bundle that is ready to be recorded.
struct Ready<'i> {
    /// The threads it rests on.
    chains: HashSet<Chain>,
    unknown: Unknown<'i>,
    signer: KnownSigner,
    /// Of a signer that is known: the last actions as of which the article went out as verified elsewhere.
    verified: Vec<ActionId>,
    /// What joins it with what was here, where both went on.
    join: Option<Join>,
    /// What was foreseen to go out, which a debug build holds against what does.
    foreseen: Vec<String>,
}

/// A bundle that was recorded.
struct RecordedBundle {
    import: Done<()>,
    actions: usize,
    signer: KnownSigner,
    /// The newest revision that was here, and the one that is now.
    joined: Option<(RevisionId, RevisionId)>,
}

impl Desk {
    /// Brings a bundle in. Where both this desk and the bundle went on with the same article, both histories are kept and
    /// the texts are merged, each conflict as `decide` says by its place; an undecided one leaves everything as it was.
    /// Refused where the bundle speaks for somebody who works at this desk and is not signed with their key, unless `trust`
    /// says that it is believed all the same; and where `seen`, the newest revision that a person decided on, no longer is.
    pub(in crate::desk) fn import_bundle(
        &mut self,
        incoming: bundle::Incoming,
        (trust, seen): (bool, Option<RevisionId>),
        decide: impl Fn(usize) -> Option<Decision>,
    ) -> Result<ImportOutcome, DeskError> {
        let stored = RefCell::new(Vec::new());
        let done = self.record_ready(
            |desk| {
                let prepared = desk.prepared(&incoming, (trust, seen), &decide)?;
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
                Prepared::Ready(ready) => desk.take_ready(&incoming, *ready, &stored.borrow()).map(Ok),
                Prepared::Open(proposed) => Ok(Err(proposed)),
            },
        );
        if !matches!(done, Ok(Ok(_))) {
            self.take_back(&stored.borrow());
        }
        Ok(match done? {
            Ok(taken) => ImportOutcome::Done(Box::new(self.told(incoming.article, taken))),
            Err(proposed) => ImportOutcome::Open(proposed),
        })
    }

    /// Works out everything that can be before the bundle is recorded.
    fn prepared<'i>(
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
            return Err(DeskError::NoChange(
                "everything in the bundle is on this desk already; nothing was recorded".into(),
            ));
        }
        if !trust {
            self.refuse_borrowed_names(incoming, &unknown)?;
        }
        let signer = self.signer(&incoming.signed)?;
        let verified = if signer.name.is_some() { Self::told_verified(incoming)? } else { Vec::new() };
        let ahead = AfterImport::of(self, incoming, &unknown)?;
        step(1)?;
        let joint = match self.read(article, None) {
            Ok(here) => Joint::of(&ahead, incoming, &here.state.revisions)?,
            Err(DeskError::NotFound { .. }) => None,
            Err(other) => return Err(other),
        };
        let join = match joint.map(|j| j.decided(decide)).transpose() {
            Err(proposed) => return Ok(Prepared::Open(proposed)),
            Ok(join) => join,
        };
        step(2)?;
        self.refuse_what_cannot_go_out(&ahead, article)?;
        let mut chains: HashSet<Chain> = incoming.log.iter().map(|l| l.action.chain).collect();
        chains.extend(named(&ahead.log(Chain::Article(article))?));
        let foreseen = if cfg!(debug_assertions) { outline(&ahead, article) } else { Vec::new() };
        Ok(Prepared::Ready(Box::new(Ready { chains, unknown, signer, verified, join, foreseen })))
    }

    /// Whatever came in, the article has to go out again: a history that would not hold together on this desk does not come in.
    fn refuse_what_cannot_go_out(&self, logs: &dyn Logs, article: ArticleId) -> Result<(), DeskError> {
        let out = gathered(logs, article).and_then(|log| {
            let terms = Terms { policy: self.policy()?, since: None, rules: Rules::default() };
            let dossier = fold(article, log, terms, |digest| logs.text(digest), &NoBlobs)?;
            Ok(bundle::check_history(&dossier.log)?)
        });
        match out {
            Ok(()) | Err(DeskError::NotFound { .. }) => Ok(()),
            Err(e) => Err(DeskError::refused(format!(
                "the bundle was not imported, because the article could no longer be exported from this desk: {e}"
            ))),
        }
    }

    /// Records a bundle that is ready, in the transaction of a command.
    fn take_ready(
        &mut self,
        incoming: &bundle::Incoming,
        ready: Ready,
        stored: &[StoredFile],
    ) -> Result<RecordedBundle, DeskError> {
        let (article, signer, actions) =
            (incoming.article, ready.signer.clone(), ready.unknown.actions.len());
        let (ours, foreseen) = (ready.join.as_ref().map(|j| j.ours), ready.foreseen.clone());
        let (person, import, newest) = self.write(|tx| self.record_in(tx, incoming, ready, stored))?;
        self.me = Me::InfoAt(person);
        debug_assert!(
            foreseen_in(&foreseen, &outline(self, article)),
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
        ready.verified.iter().try_for_each(|last| self.went_out_verified(article, *last))?;
        if ready.signer.name.is_some() {
            self.remember(article, incoming.newest().min(self.clock.now()))?;
        }
        Ok((person, import, join.transpose()?))
    }

    /// What came of it. That the article was changed again at this very moment is no reason to say that it is not here.
    fn told(&self, article: ArticleId, taken: RecordedBundle) -> Done<ImportedBundle> {
        let RecordedBundle { import, actions, signer, joined } = taken;
        let became = |(ours, newest)| {
            let told = self.snapshot(|| self.told_joined(article, ours, newest));
            told.unwrap_or(Some(Revised { revision: newest, placements: Vec::new() }))
        };
        let value = ImportedBundle { article, actions, signer, joined: joined.and_then(became) };
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
            tx.brought(logged.action.id, import.action)?;
        }
        for opened in &unknown.opened {
            tx.open_closed(opened)?;
        }
        for (kind, entity) in unknown.facts().filter_map(Fact::numbered) {
            tx.give_number(kind, entity)?;
        }
        Ok(tx.settle_heads(import.action)?)
    }

    /// Puts the files that the news speak of where they are kept, beside those that are already; others, which somebody may
    /// have erased here, are left alone.
    fn store_files(
        &self,
        incoming: &bundle::Incoming,
        unknown: &Unknown,
        stored: &mut Vec<StoredFile>,
    ) -> Result<(), DeskError> {
        let failed =
            |e: std::io::Error| DeskError::refused(format!("reading a file of the bundle failed: {e}"));
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

/// Whether all that was foreseen came, in its order.
fn foreseen_in(foreseen: &[String], came: &[String]) -> bool {
    let mut came = came.iter();
    foreseen.iter().all(|line| came.any(|other| other == line))
}
