//! What comes back: bundles brought in, on an empty desk, on the desk they came from, and beside other work on the same
//! article. Everything in them was verified when they were read. An import is one action and is undone whole.

use super::{Desk, DeskError, Done, KnownSigner, Me, Proposed, Revised};
use crate::{
    formats::bundle,
    model::{ActionKind, ArticleId, Digest, Fact, Import, Thread},
    store::NumberKind,
    text::Decision,
};
use std::io::Read;

/// An article that came in with a bundle.
#[derive(Clone, Debug)]
pub struct Brought {
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
pub enum BringIn {
    /// It is here.
    Done(Done<Brought>),
    /// Both this desk and the bundle changed the same sentences, each differently. Nothing was recorded.
    Open(Box<Proposed>),
}

impl Desk {
    /// Brings a bundle in. Where both this desk and the bundle went on with the same article, both histories are kept and
    /// the texts are merged, each conflict as `decide` says by its place; an undecided one leaves everything as it was.
    pub fn bring_in(
        &mut self,
        incoming: bundle::Incoming,
        decide: impl Fn(usize) -> Option<Decision>,
    ) -> Result<BringIn, DeskError> {
        let new = self.unknown(&incoming)?;
        if new.is_empty() {
            return Err(DeskError::NoChange(
                "everything in the bundle is on this desk already; nothing was recorded".into(),
            ));
        }
        let joint = match self.joint(&incoming)? {
            None => None,
            Some(joint) => match joint.decided(decide) {
                Ok(joint) => Some(joint),
                Err(open) => return Ok(BringIn::Open(open)),
            },
        };
        let (article, actions, signer) = (incoming.article, new.len(), self.signer(&incoming.signed)?);
        let done = self.store.transaction(|| {
            let person = self.who()?;
            let fact = Fact::Import(Import { article, bundle: incoming.digest });
            let done = self.record(ActionKind::BringIn, Thread::Desk, person, |act| Ok(act.record(fact)))?;
            self.take_in(&incoming, &new, &done)?;
            let joined = joint.as_ref().map(|j| self.join(j, person, &done)).transpose()?;
            self.remember(article, incoming.newest())?;
            if incoming.says_verified()? == "yes" {
                self.went_out_verified(article, &incoming.log)?;
            }
            Ok::<_, DeskError>((done, person, joined))
        });
        let (done, person, joined) = done?;
        self.me = Me::Known(person);
        let joined = match (joined, &joint) {
            (Some(revision), Some(joint)) => self.told_joined(joint, revision)?,
            _ => None,
        };
        let value = Brought { article, actions, signer, joined };
        Ok(BringIn::Done(Done { value, action: done.action, seq: self.seq()? }))
    }

    /// The places in the bundle's log of actions that are new here, or came in only with imports that were undone.
    fn unknown(&self, incoming: &bundle::Incoming) -> Result<Vec<usize>, DeskError> {
        let mut new = Vec::new();
        for (at, logged) in incoming.log.iter().enumerate() {
            if self.store.counts(logged.action.id)? != Some(true) {
                new.push(at);
            }
        }
        Ok(new)
    }

    fn take_in<T>(
        &self,
        incoming: &bundle::Incoming,
        new: &[usize],
        done: &Done<T>,
    ) -> Result<(), DeskError> {
        let mut base = None;
        for (_, text) in &incoming.texts {
            base = Some(self.store.put_text(text, base)?);
        }
        for digest in incoming.files.keys() {
            self.take_file(incoming, digest)?;
        }
        for &at in new {
            let logged = &incoming.log[at];
            if self.store.counts(logged.action.id)?.is_none() {
                self.store.add(&logged.action, &logged.facts)?;
            }
            self.store.brought(logged.action.id, done.action)?;
            for fact in logged.facts.iter().filter_map(|f| f.fact()) {
                self.number(incoming.article, fact)?;
            }
        }
        Ok(self.store.settle_heads(done.action)?)
    }

    fn take_file(&self, incoming: &bundle::Incoming, digest: &Digest) -> Result<(), DeskError> {
        use crate::model::Blobs;
        let failed =
            |e: std::io::Error| DeskError::refused(format!("reading a file of the bundle failed: {e}"));
        let mut bytes = Vec::new();
        if let Some(mut file) = incoming.open(digest).map_err(failed)? {
            file.read_to_end(&mut bytes).map_err(failed)?;
            self.store.put_blob(&bytes)?;
        }
        Ok(())
    }

    /// Gives what a fact speaks of its number on this desk.
    fn number(&self, article: ArticleId, fact: &Fact) -> Result<(), DeskError> {
        let (kind, entity) = match fact {
            Fact::Article(f) => (NumberKind::Article, f.article.0),
            Fact::Revision(f) => (NumberKind::Revision(article.0), f.revision.0),
            Fact::Claim(f) => (NumberKind::Claim, f.claim.0),
            Fact::Source(f) => (NumberKind::Source, f.source.0),
            Fact::Query(f) => (NumberKind::Query, f.query.0),
            Fact::Person(_)
            | Fact::Archived(_)
            | Fact::Known(_)
            | Fact::Anchors(_)
            | Fact::Evidence(_)
            | Fact::Passage(_)
            | Fact::Verdict(_)
            | Fact::Waved(_)
            | Fact::SignOff(_)
            | Fact::Policy(_)
            | Fact::Scale(..)
            | Fact::Answer(_)
            | Fact::Resolution(_)
            | Fact::Redaction(_)
            | Fact::Import(_) => return Ok(()),
        };
        self.store.give_number(kind, entity)?;
        Ok(())
    }
}
